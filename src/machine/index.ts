export { ActivityLog, type ActivityEntry } from './activity.ts'
export type { BootOptions } from './boot.ts'
export {
  type Changes,
  type HiddenCommand,
  type Input,
  type InputEntry,
  login,
  Machine,
  type Snapshot,
  type Terminal,
} from './machine.ts'
export { Moments } from './moments.ts'
export { type HostClock, Pace } from './pace.ts'
export { fetchAll, fetchUserland, onUserland } from './programs.ts'
export type { Attention } from './view/attention.ts'
export { Recorder } from './recorder.ts'
export { record, type Recording, replay, replaying } from './replay.ts'
export { type Gap, type Slice, type Throttling, Timeline } from './timeline.ts'
export { bucketCurve, type Level, periodsOf, ranIn, slicesBelow } from './view/bucket.ts'
export { cgroupNodes, type CgroupNode, cgroupShare } from './view/cgroups.ts'
export {
  type LayerCell,
  type LayerEvent,
  layerEvents,
  layerRowAt,
  overlayMounts,
  type OverlayView,
} from './view/layers.ts'
export { memoryTanks, type Tank } from './view/memory.ts'
export { type OomKill, oomKills } from './view/oom.ts'
export { objectChanges, type ChangeKind, type ChangeVerb, type ObjectChange } from './view/changes.ts'
export {
  countKthreads,
  cpuShare,
  initialNamespaces,
  kthreadRows,
  NAMESPACE_KINDS,
  type NamespaceKind,
  type NamespaceNumbers,
  taskRows,
  type TaskRow,
} from './view/tasks.ts'
export { loadWhy, wcwidth } from '../userland/index.ts'
export type { Refusal } from '../abi/index.ts'
export { weightFromShares } from '../kernel/index.ts'
