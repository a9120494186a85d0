/** Control groups: their public names. */
export { attach, attrOf, checkDelegation, exit, fork } from './attach.ts'
export { cgroupNames, cgroupPath, namespaceRoot } from './cgroup.ts'
export { legacyName } from './controllers.ts'
export { cpusetOf } from './cpus-allowed.ts'
export { checkDevice } from './devices.ts'
export { mkdir as cgroupMkdir, rename as cgroupRename, rmdir as cgroupRmdir } from './directories.ts'
export type { CgroupFile, Controller } from './files.ts'
export { frozenBy, shownState, shownWchan } from './freezer.ts'
export {
  DEFAULT_HIERARCHY,
  findV1Hierarchy,
  initCgroups,
  v1Hierarchy,
  v1Remount,
  v1Unmounted,
} from './hierarchy.ts'
export {
  chargeHeap,
  chargeProgram,
  HIGH_BATCH,
  type LimitHit,
  memcg,
  type MemCgroup,
  memcgOf,
  memoryHighPenalty,
  memoryHighRoom,
  memoryLimitHit,
  memoryUsage,
  oomQueue,
  unchargeTask,
} from './memcg.ts'
export { markUnderOom, memcgOomKill, noteEvents, noteLimitHit } from './memcg-oom.ts'
export { canFork, releasePids } from './pids.ts'
export { cgroupNsOf, cgroupsOf, inInitCgroupNs, showProcCgroups } from './proc.ts'
export { DELEGATABLE, fileOf, filesOf } from './tree.ts'
export { parseV1Options, type V1Options } from './v1-options.ts'
