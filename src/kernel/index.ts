import { registerEventFiles } from './late.ts'
import { registerNet } from './net/late.ts'

/** The kernel's public names. */
export type { BlockDriver } from './block/disk.ts'
export { blockDrivers, ROOT_DEVICE, showPartitions } from './block/genhd.ts'
export { capable, nsCapable } from './capability.ts'
export { callerOf } from './caller.ts'
export {
  attach,
  attrOf,
  type CgroupFile,
  legacyName,
  type MemCgroup,
  type Controller,
  cgroupMkdir,
  cgroupNames,
  cgroupNsOf,
  cgroupPath,
  cgroupRename,
  cgroupRmdir,
  cgroupsOf,
  checkDelegation,
  DELEGATABLE,
  cpusetOf,
  DEFAULT_HIERARCHY,
  fileOf,
  filesOf,
  frozenBy,
  inInitCgroupNs,
  namespaceRoot,
  findV1Hierarchy,
  parseV1Options,
  shownState,
  shownWchan,
  showProcCgroups,
  type V1Options,
  v1Hierarchy,
  v1Remount,
  v1Unmounted,
} from './cgroup/index.ts'
export { diskStats, inflight, showDiskstats } from './block/blk-stat.ts'
export { initCred } from './cred.ts'
export { showKmsg } from './devices.ts'
export type { KernelMessage } from './dmesg.ts'
export { cancelTimer, startTimer, type Timer } from './hrtimer.ts'
export { nsPath } from './ioctl.ts'
export { IPC_LIMITS, type IpcLimit, ipcLimit, mqueueLimit, setIpcLimit, showSysvIpc } from './ipc.ts'
export { Kernel, type KernelOptions, type TaskIo } from './kernel.ts'
export { netModule } from './net/late.ts'
export { devicesOf } from './net/net-namespace.ts'
export type { IfAddress, NetDevice, Neighbour, Route } from './net/types.ts'
export { showFdLocks, showLocks } from './locks.ts'
export { memoryUse, oomScore } from './mm.ts'
export { dirtyLimits } from './mm/page-writeback.ts'
export { showSwaps, swapUse } from './mm/swap.ts'
export { dropPageCache } from './mm/vmscan.ts'
export { memoryOf, PAGE_TABLES } from './task-memory.ts'
export {
  NAMESPACE_LINKS,
  type NsKind,
  type NsLink,
  nsInum,
  nsKind,
  nsOf,
  nsOwner,
  showTimensOffsets,
  storeTimensOffsets,
} from './nsproxy.ts'
export { TIMER_SLACK } from './prctl.ts'
export { pidIn, taskByPid } from './pid-namespace.ts'
export {
  bootId,
  credOf,
  hostnameOf,
  lastPid,
  openSetgroups,
  pidNsOf,
  setComm,
  setDomainname,
  setHostname,
  setLastPid,
  showIdMap,
  showSetgroups,
  storeIdMap,
  storeSetgroups,
  tasksIn,
  userNsOfPidNs,
  uuid,
} from './procfs.ts'
export { dropFileCred, fileCred, keepFileCred } from './file-cred.ts'
export { createTrigger, destroyTrigger, pollTrigger, triggerQueues } from './psi-trigger.ts'
export { ptraceMayAccess, ptraceRefused, tracerOf } from './ptrace.ts'
export { resume } from './run.ts'
export * from './sched/index.ts'
export { sendSignal } from './signal.ts'
export { sigqueueSize } from './sigqueue.ts'
export { type InitOptions, spawn, spawnInit, type SpawnOptions } from './spawn.ts'
export { spawnKthreads } from './kthread.ts'
export { hasMm, isKthread, nrKthreads, PF_FORKNOEXEC, PF_RANDOMIZE } from './task-flags.ts'
export { type Level, MISSING, type Syscall, SYSCALLS } from './syscalls.ts'
export { MODULES, type Module, moduleRefcount, showModules } from './modules.ts'
export { NAMESPACE_LIMITS, type NamespaceLimit, sysctl } from './sysctl.ts'
export {
  closeMaster,
  masterDrained,
  masterWrite,
  onMasterOutput,
  openPty,
  setMasterLimit,
  setWinsize,
} from './tty/pty.ts'
export type {
  Cgroup,
  CgroupNamespace,
  Disk,
  Files,
  Hierarchy,
  IdExtent,
  IpcKind,
  IpcNamespace,
  IpcObject,
  KernelSchema,
  Namespace,
  NetNamespace,
  NsProxy,
  PidNamespace,
  Sighand,
  Task,
  TaskState,
  TimeNamespace,
  Tty,
  UserNamespace,
  UtsNamespace,
} from './types.ts'
export {
  isSameThreadGroup,
  isThreadGroupLeader,
  leaderOf,
  processTimes,
  setProcess,
  threadIds,
} from './thread-group.ts'
export { setUcountMax, ucountMax } from './ucount.ts'
export { fromKgid, fromKuid, inUserNs, makeKgid, makeKuid } from './user-namespace.ts'
export { KERNEL_RELEASE, KERNEL_VERSION } from './version.ts'
export { waitEvent } from './wait-queue.ts'
export { wakeUp } from './wake-up.ts'
/** eventfd(2) and epoll(7), which are loaded late. */
export const loadEventFiles = async (): Promise<void> => registerEventFiles(await import('./event-files.ts'))
/** Sockets and network devices, which are loaded late. */
export const loadNet = async (): Promise<void> => registerNet(await import('./net/index.ts'))
/** The drivers of block devices, which are loaded late. */
export const loadBlockDrivers = () => import('./block/fops.ts')
export { type Refused, refuse } from './refuse.ts'
