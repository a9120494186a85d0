/**
 * seq - print numbers, as busybox does it: zeros in front of what is given widen what is printed
 * Linux: busybox coreutils/seq.c.
 */
import { applet, synopsis, textOf } from './applet.ts'

export const seq = applet('seq', function* (_sys, given, numbers, me) {
  const separator = textOf(given.s) ?? '\n'
  const padded = given.w === true
  const last = number(numbers.at(-1)!)
  const first = numbers.length > 1 ? number(numbers[0]!) : 1
  const step = numbers.length === 3 ? number(numbers[1]!) : 1
  const counted = numbers.length > 1 ? numbers.slice(0, -1) : numbers
  const places = Math.max(...counted.map(it => it.split('.')[1]?.length ?? 0))
  const whole = Math.max(...numbers.map(it => it.split('.')[0]!.length))
  const width = padded ? whole + (places && places + 1) : 0
  for (let i = 0; ; i++) {
    const value = first + step * i
    if (step > 0 ? value > last + step * 1e-10 : step < 0 && value < last + step * 1e-10) break
    const digits = Math.abs(value).toFixed(places)
    const sign = value < 0 || Object.is(value, -0) ? '-' : ''
    me.out.print(`${i ? separator : ''}${sign}${digits.padStart(width - sign.length, '0')}`)
    yield* me.out.drain()
  }
  if (step === 0 || (step > 0 ? first <= last : first >= last)) me.out.print('\n')
  return 0
})

function number(text: string): number {
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) throw synopsis()
  return Number(text)
}
