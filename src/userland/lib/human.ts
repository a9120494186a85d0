/** Amounts with a unit, rounded to the nearest: `2.1 MB`, `977 KiB`, `171 kB`. gnulib human.c as dd uses it. */

const LETTERS = ['', 'K', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y']

/** An amount of bytes; `fraction` shows tenths of plain amounts below 10 in the smallest power as well. */
export function humanAmount(amount: number, base: 1000 | 1024, fraction = false): string {
  let power = 0
  let value = amount
  while (value >= base) {
    value /= base
    power++
  }
  if (fraction && power === 0) {
    power = 1
    value /= base
  }
  let text = value < 10 && power > 0 ? value.toFixed(1) : String(Math.round(value))
  if (value < 10 && power > 0 && Number(text) >= 10) text = '10'
  const letter = power === 1 && base === 1000 ? 'k' : LETTERS[power]!
  return `${text} ${letter}${base === 1024 && power ? 'i' : ''}B`
}

/** `1.3G`, `977.3M`, `40K`: one decimal unless it is zero. Linux: util-linux lib/strutils.c:size_to_human_string(). */
export function sizeToHuman(bytes: number): string {
  let power = 0
  while (power < 6 && bytes >= 1024 ** (power + 1)) power++
  const scale = 1024 ** power
  const tenths = Math.floor((Math.floor(((bytes % scale) * 1000) / scale) + 50) / 100)
  const whole = Math.floor(bytes / scale) + (tenths === 10 ? 1 : 0)
  return `${whole}${tenths % 10 ? `.${tenths % 10}` : ''}${power ? LETTERS[power] : 'B'}`
}
