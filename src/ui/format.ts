/** Numbers as people read them. */

export const percent = (share: number): string =>
  `${(share * 100).toFixed(share >= 0.0005 && share < 0.0995 ? 1 : 0)} %`

/** A duration in ns: `10 ms`, `1.2 s`, `350 µs`. */
export function duration(ns: number): string {
  if (ns < 1e6) return `${Math.round(ns / 1e3)} µs`
  if (ns < 1e9) return `${trim(ns / 1e6)} ms`
  return `${trim(ns / 1e9)} s`
}

/** A quota, what it may save up, and its period; the unit once where all have the same: `10 / 100 ms`. */
export function quotaName(quota: number, burst: number, period: number): string {
  const unit = duration(period).split(' ')[1]!
  const [a, b, c] = [quota, burst, period].map(duration) as [string, string, string]
  const isSame = a.endsWith(` ${unit}`) && (!burst || b.endsWith(` ${unit}`))
  const short = (it: string): string => (isSame ? it.split(' ')[0]! : it)
  return `${short(a)}${burst ? ` + ${short(b)}` : ''} / ${c}`
}

const trim = (n: number): string => (n < 10 ? n.toFixed(1).replace(/\.0$/, '') : Math.round(n).toString())

/** A speed of the virtual clock. */
export const speedName = (speed: number): string => `${speed < 1 ? `1/${Math.round(1 / speed)}` : speed} ×`

/** The time of day of the virtual host, UTC. */
export const clockTime = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(11, 21)

/** `0 B`, `812 B`, `1.4 kB`, `12 MB`. */
export function bytes(n: number): string {
  if (n < 1000) return `${n} B`
  return n < 1e6 ? `${trim(n / 1e3)} kB` : n < 1e9 ? `${trim(n / 1e6)} MB` : `${trim(n / 1e9)} GB`
}

/** Memory as the kernel counts it: `812 B`, `16 KiB`, `20 MiB`. */
export function kib(n: number): string {
  if (n < 1024) return `${n} B`
  return n < 2 ** 20
    ? `${trim(n / 1024)} KiB`
    : n < 2 ** 30
      ? `${trim(n / 2 ** 20)} MiB`
      : `${trim(n / 2 ** 30)} GiB`
}
