/** How stty shows the settings of a terminal. Linux: stty.c:display_all(), display_changed(). */
import { ICANON, type Termios, VMIN, VTIME, type Winsize } from '../../../abi/index.ts'
import { baud, CHARACTERS, CHOICES, type Field, MODES } from './modes.ts'

const isOn = (it: Termios, field: Field, bit: number): boolean => (it[field] & bit) !== 0

/** The chosen one of each group of alternatives in a field. */
const chosen = (it: Termios, field: Field): string[] =>
  CHOICES.filter(choice => choice.field === field).map(
    ({ mask, names }) => names.find(([, bits]) => bits === (it[field] & mask))![0],
  )

/** ^C, ^?, <undef>, M-x. */
function visible(code: number): string {
  if (code === 0) return '<undef>'
  if (code === 127) return '^?'
  if (code < 32) return `^${String.fromCharCode(code + 64)}`
  if (code >= 128) return `M-${visible(code - 128)}`
  return String.fromCharCode(code)
}

const character = ([name, index]: readonly [string, number, number], it: Termios): string =>
  `${name} = ${visible(it.cc[index]!)};`

/** Everything. */
export function describeAll(it: Termios, window: Winsize): string[][] {
  const of = (field: Field): string[] =>
    MODES.filter(entry => entry[1] === field).map(([name, , bit]) =>
      isOn(it, field, bit) ? name : `-${name}`,
    )
  const control = of('cflag')
  // The size of a character stands after the modes of parity.
  control.splice(3, 0, ...chosen(it, 'cflag'))
  return [
    [`speed ${baud(it)} baud;`, `rows ${window.rows};`, `columns ${window.cols};`, 'line = 0;'],
    [...CHARACTERS.map(entry => character(entry, it)), `min = ${it.cc[VMIN]};`, `time = ${it.cc[VTIME]};`],
    control,
    of('iflag'),
    [...of('oflag'), ...chosen(it, 'oflag')],
    of('lflag'),
  ]
}

/** What differs from `sane`. */
export function describeChanged(it: Termios): string[][] {
  const characters = CHARACTERS.filter(([, index, sane]) => it.cc[index] !== sane).map(entry =>
    character(entry, it),
  )
  if (!(it.lflag & ICANON)) characters.push(`min = ${it.cc[VMIN]};`, `time = ${it.cc[VTIME]};`)
  const changed = (field: Field): string[] =>
    MODES.filter(([, of, bit, sane]) => of === field && sane !== null && isOn(it, field, bit) !== sane)
      .map(([name, , , sane]) => (sane ? `-${name}` : name))
      .concat(field === 'oflag' ? chosen(it, field).filter(name => !name.endsWith('0')) : [])
  return [
    [`speed ${baud(it)} baud;`, 'line = 0;'],
    characters,
    changed('cflag'),
    changed('iflag'),
    changed('oflag'),
    changed('lflag'),
  ]
}

/** What `stty -g` prints. */
export const saved = (it: Termios): string =>
  [it.iflag, it.oflag, it.cflag, it.lflag, 0, ...it.cc, ...Array<number>(15).fill(0)]
    .map(n => n.toString(16))
    .filter((_, i) => i !== 4)
    .join(':')
