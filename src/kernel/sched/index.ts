/** The scheduler's public names. */
export { type PsiGroup, PSI_RESOURCES, type PsiResource } from './psi.ts'
export { Scheduler } from './scheduler.ts'
export {
  type CpuStat,
  type CpuTime,
  cgroupCpuStat,
  cgroupCpuTimes,
  cpuTimes,
  loadavg,
  nrIowait,
  nrRunning,
  nrSwitches,
  rqSchedInfo,
  showPressure,
  type TaskSchedInfo,
  taskSchedInfo,
  taskSwitches,
  taskTimes,
} from './settle.ts'
export type { SchedEvent, SchedTrace } from './trace.ts'
export {
  MAX_SHARES,
  MIN_SHARES,
  niceFromWeight,
  niceToWeight,
  sharesFromWeight,
  WEIGHT_IDLEPRIO,
  weightFromShares,
} from './weight.ts'
