/** Numbers, sizes and times as stress-ng takes and shows them. Linux: stress-ng 0.15, core-parse-opts.c, core-time.c. */

/** A refused option: the message stands alone, without the program's name. */
export class Refused {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

/** A whole number that may be negative. Linux: stress_get_int32(). */
export function integer(text: string): number {
  if (text === '') throw new Refused('Invalid number ')
  const rest = text.slice(/^-?\d*/.exec(text)![0].length)
  if (rest) throw new Refused(`Value ${text} contains non-numeric: '${rest}'`)
  return Number(text)
}

/** A number of something. Linux: stress_get_uint64(). */
export function count(text: string): number {
  if (text.startsWith('-')) throw new Refused(`Invalid negative number ${text}`)
  return integer(text)
}

/** A number with the unit that its last letter is; what stands between the two is not looked at. */
function scaled(text: string, units: Readonly<Record<string, number>>, what: string): number {
  if (text.startsWith('-')) throw new Refused(`Invalid negative number ${text}`)
  const digits = /^\s*\+?(\d+)/.exec(text)?.[1]
  if (digits === undefined) throw new Refused(`Invalid number ${text}`)
  const unit = text.slice(-1)
  if (/\d/.test(unit)) return Number(digits)
  const factor = units[unit.toLowerCase()]
  if (factor === undefined) throw new Refused(`Illegal ${what} specifier ${unit}`)
  return Number(digits) * factor
}

const SIZES = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40, p: 2 ** 50, e: 2 ** 60 }
const TIMES = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_556_926 }

/** Seconds: `60`, `5m`, `1h`. */
export const seconds = (text: string): number => scaled(text, TIMES, 'time')

/** Bytes: `64M`, `1g`, or `25%` of what is free. */
export function bytes(text: string, free = (): number => 0): number {
  const percent = /^\d+(?=.*%$)/.exec(text)
  if (percent) return Math.floor((Number(percent[0]) * free()) / 100)
  return scaled(text, SIZES, 'length')
}

export function within(
  value: number,
  name: string,
  least: number,
  most: number,
  show: (value: number) => string = String,
): number {
  if (value >= least && value <= most) return value
  throw new Refused(
    `Value ${show(value)} is out of range for ${name}, allowed: ${show(least)} .. ${show(most)}`,
  )
}

/** `4.0KB`. Linux: stress_uint64_to_str(). */
export function size(bytes: number): string {
  const power = Math.max(0, Math.min(6, Math.floor(Math.log2(Math.max(1, bytes)) / 10)))
  return `${(bytes / 2 ** (10 * power)).toFixed(1)}${' KMGTPE'.charAt(power).trim()}B`
}

/** `65.03s (1 min, 5.03 secs)`: above a minute also in larger units. Linux: stress_duration_to_str(). */
export const lasting = (total: number): string => `${total.toFixed(2)}s${spelled(total)}`

/** ` (1 min, 40.00 secs)`, empty up to a minute. */
export function spelled(total: number): string {
  if (total <= 60) return ''
  const part = (n: number, unit: string): string[] => (n ? [`${n} ${unit}${n === 1 ? '' : 's'}`] : [])
  const parts = [
    ...part(Math.floor(total / 86_400), 'day'),
    ...part(Math.floor(total / 3600) % 24, 'hour'),
    ...part(Math.floor(total / 60) % 60, 'min'),
    `${(total % 60).toFixed(2)} secs`,
  ]
  return ` (${parts.join(', ')})`
}

/** A name out of a list. */
export function oneOf(text: string, option: string, names: readonly string[]): string {
  if (names.includes(text)) return text
  throw new Refused(`${option} must be one of: ${names.join(' ')}`)
}

/** Processors as `0,2-3`, of those that there are. Linux: stress_set_cpu_affinity(). */
export function processors(text: string, online: number): number[] {
  const number = (it: string): number => {
    if (!/^\d+$/.test(it)) throw new Refused(`taskset: invalid number '${it}'`)
    const cpu = Number(it)
    if (cpu >= online)
      throw new Refused(`taskset: invalid range, ${cpu} is not allowed, allowed range: 0 to ${online - 1}`)
    return cpu
  }
  const found = new Set<number>()
  for (const part of text.split(',').filter(Boolean)) {
    const [low = '', high = low] = part.split('-')
    const first = number(low)
    const last = number(high)
    if (part.includes('-') && last <= first)
      throw new Refused(`taskset: invalid range in '${part}' (end value must be larger than start value`)
    for (let cpu = first; cpu <= last; cpu++) found.add(cpu)
  }
  return [...found]
}
