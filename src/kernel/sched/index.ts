/** The scheduler's public names. */
export { Scheduler } from './scheduler.ts'
export {
  type CpuStat,
  type CpuTime,
  cgroupCpuStat,
  cgroupCpuTimes,
  cpuTimes,
  loadavg,
  nrRunning,
  nrSwitches,
  showCpuPressure,
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
