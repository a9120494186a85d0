/** Control groups: their public names. */
export { attach, attrOf, exit, fork } from './attach.ts'
export {
  cgroupNames,
  cgroupPath,
  eventsQueue,
  mkdir as cgroupMkdir,
  namespaceRoot,
  rename as cgroupRename,
  rmdir as cgroupRmdir,
} from './cgroup.ts'
export { CONTROLLER_NAMES } from './controllers.ts'
export { cpusetOf } from './cpuset.ts'
export type { CgroupFile, Controller } from './files.ts'
export { frozenBy, shownState, shownWchan } from './freezer.ts'
export {
  DEFAULT_HIERARCHY,
  initCgroups,
  parseV1Options,
  type V1Options,
  v1Hierarchy,
  v1Unmounted,
} from './hierarchy.ts'
export {
  HIGH_BATCH,
  memcgOomKill,
  memoryHighPenalty,
  memoryHighRoom,
  memoryLimitHit,
  memoryUsage,
  noteMemoryPeak,
} from './memory.ts'
export { canFork } from './pids.ts'
export { cgroupNsOf, cgroupsOf, inInitCgroupNs, showProcCgroups } from './proc.ts'
export { setUserModeHelper } from './release-agent.ts'
export { fileOf, filesOf } from './tree.ts'
