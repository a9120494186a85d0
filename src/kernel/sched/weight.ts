/**
 * Weights of tasks and groups. Linux: kernel/sched/core.c:sched_prio_to_weight[], kernel/sched/fair.c:calc_delta_fair().
 * Loads are kept 1024 times as fine as the numbers users see, as 64-bit Linux does (scale_load).
 */

/** Nice -20 to 19. Each step is about 10 % of CPU time between two tasks: a factor of 1.25. */
const PRIO_TO_WEIGHT = [
  88761, 71755, 56483, 46273, 36291, 29154, 23254, 18705, 14949, 11916, 9548, 7620, 6100, 4904, 3906, 3121,
  2501, 1991, 1586, 1277, 1024, 820, 655, 526, 423, 335, 272, 215, 172, 137, 110, 87, 70, 56, 45, 36, 29, 23,
  18, 15,
] as const

export const WEIGHT_IDLEPRIO = 3
export const MIN_SHARES = 2
export const MAX_SHARES = 1 << 18
const SCALE = 1024
export const NICE_0_LOAD = 1024 * SCALE

export const scaleLoad = (weight: number): number => weight * SCALE

/** The load of a task with this nice value. */
export const niceToWeight = (nice: number): number => PRIO_TO_WEIGHT[nice + 20] ?? 1024

/** How far virtual time moves while `weight` runs for `delta`. */
export const calcDeltaFair = (delta: number, weight: number): number =>
  weight === NICE_0_LOAD ? delta : Math.floor((delta * NICE_0_LOAD) / weight)

/** cpu.weight is the same scale with 100 for 1024. Linux: sched_weight_from_cgroup() and back, rounding to nearest. */
export const sharesFromWeight = (weight: number): number => Math.floor((weight * 1024 + 50) / 100)
export const weightFromShares = (shares: number): number => Math.floor((shares * 100 + 512) / 1024)

/** cpu.weight.nice shows the nice value whose weight is nearest. Linux: cpu_weight_nice_read_s64(). */
export function niceFromWeight(weight: number): number {
  let best = Number.POSITIVE_INFINITY
  let at = 0
  for (; at < PRIO_TO_WEIGHT.length; at++) {
    const delta = Math.abs(PRIO_TO_WEIGHT[at]! - weight)
    if (delta >= best) break
    best = delta
  }
  return at - 1 - 20
}
