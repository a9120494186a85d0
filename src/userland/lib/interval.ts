/** Durations such as `1.5m`, for sleep and timeout. Linux: coreutils sleep.c, gnulib xstrtod. */

const FACTORS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86400 }

/** Nanoseconds; undefined for what is no duration. */
export function parseInterval(text: string): number | undefined {
  const match =
    /^\s*\+?(0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|inf(?:inity)?)([smhd]?)$/i.exec(text)
  if (!match) return undefined
  const seconds = /^inf/i.test(match[1]!) ? Number.POSITIVE_INFINITY : Number(match[1])
  return seconds * FACTORS[match[2]!]! * 1e9
}
