/**
 * The load averages: exponentially damped counts of running tasks over 1, 5 and 15 minutes, in fixed point.
 * Linux: kernel/sched/loadavg.c. Nothing is done on the ticks between: samples are caught up with when the count changes.
 */
const FIXED_1 = 2048
const EXP = [1884, 2014, 2037] as const
/** LOAD_FREQ: 5 s and one tick of 4 ms. */
const LOAD_FREQ = 5_004_000_000

export class LoadAverage {
  #avenrun: [number, number, number] = [0, 0, 0]
  #next = LOAD_FREQ

  /** Take the samples that were due up to `clock`, while `active` tasks were running. */
  catchUp(clock: number, active: number): void {
    while (this.#next <= clock) {
      if (!active && !this.#avenrun[0] && !this.#avenrun[1] && !this.#avenrun[2]) {
        this.#next += LOAD_FREQ * (Math.floor((clock - this.#next) / LOAD_FREQ) + 1)
        return
      }
      for (let i = 0; i < 3; i++) this.#avenrun[i] = calcLoad(this.#avenrun[i]!, EXP[i]!, active * FIXED_1)
      this.#next += LOAD_FREQ
    }
  }

  /** As /proc/loadavg shows them: rounded to hundredths as the kernel rounds. */
  get values(): [number, number, number] {
    return this.#avenrun.map(load => Math.floor(((load + FIXED_1 / 200) * 100) / FIXED_1) / 100) as [
      number,
      number,
      number,
    ]
  }
}

/** Linux: calc_load(). */
function calcLoad(load: number, exp: number, active: number): number {
  let next = load * exp + active * (FIXED_1 - exp)
  if (active >= load) next += FIXED_1 - 1
  return Math.floor(next / FIXED_1)
}
