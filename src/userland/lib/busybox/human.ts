/** Sizes as busybox makes them readable. Linux: busybox libbb/human_readable.c. */

const UNITS = ['', 'K', 'M', 'G', 'T', 'P', 'E']

/** `6`, `4.0K`, `16.0K`, `1.9M`: one place behind the point, rounded to the nearest. */
export function human(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024
    unit++
  }
  if (unit === 0) return String(value)
  const tenths = Math.floor(value * 10 + 0.5)
  return `${Math.floor(tenths / 10)}.${tenths % 10}${UNITS[unit]}`
}
