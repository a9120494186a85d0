/** How settings are changed: modes, what combines them, characters, what was saved. Linux: stty.c:set_mode() and others. */
import {
  BRKINT,
  ECHOCTL,
  ECHOE,
  ECHOKE,
  ICANON,
  ICRNL,
  IGNCR,
  INLCR,
  ISIG,
  IXANY,
  IXON,
  ONLCR,
  OPOST,
  PARENB,
  type Sys,
  TTY_DEFAULT,
  VEOF,
  VEOL,
  VERASE,
  VINTR,
  VKILL,
  VMIN,
  VTIME,
} from '../../../abi/index.ts'
import { fatal, usage } from '../command.ts'
import { CHARACTERS, CHOICES, type Field, MODES, SAME, withBaud } from './modes.ts'

/** Settings on their way to the terminal. */
export interface Change {
  termios: { iflag: number; oflag: number; cflag: number; lflag: number; cc: number[] }
  window: { rows: number; cols: number } | undefined
}

/** Whether a setting is followed by a value. */
export const takesValue = (word: string): boolean =>
  CHARACTERS.some(([name]) => name === word) ||
  ['min', 'time', 'rows', 'cols', 'columns', 'line', 'ispeed', 'ospeed'].includes(word)

/** Set a character, a size, a speed. */
export function setValue(sys: Sys, fd: number, next: Change, word: string, value: string): void {
  const entry = CHARACTERS.find(([name]) => name === word)
  if (entry) {
    next.termios.cc[entry[1]] = code(value)
    return
  }
  const isSpeed = word === 'ispeed' || word === 'ospeed'
  if (isSpeed && !setSpeed(next.termios, value)) throw usage(`invalid ${word} ‘${value}’`)
  if (isSpeed) return
  if (!/^(0x[0-9a-f]+|\d+)$/i.test(value)) throw fatal(`invalid integer argument: ‘${value}’`)
  const number = Number(value)
  if (word === 'min') next.termios.cc[VMIN] = number
  if (word === 'time') next.termios.cc[VTIME] = number
  if (word === 'rows') next.window = { ...(next.window ?? sys.tiocgwinsz(fd)), rows: number }
  if (word === 'cols' || word === 'columns')
    next.window = { ...(next.window ?? sys.tiocgwinsz(fd)), cols: number }
}

/** Set the speed; false if there is no such speed. */
export function setSpeed(it: Change['termios'], text: string): boolean {
  const cflag = withBaud(it.cflag, text)
  if (cflag !== undefined) it.cflag = cflag
  return cflag !== undefined
}

/** ^C, undef, a character, or its number. */
function code(text: string): number {
  if (text === '^-' || text === 'undef' || text === '') return 0
  if (text === '^?') return 127
  if (/^\^.$/.test(text)) return text.charCodeAt(1) & 0x1f
  if (text.length === 1) return text.charCodeAt(0)
  if (!/^(0x[0-9a-f]+|\d+)$/i.test(text)) throw fatal(`invalid integer argument: ‘${text}’`)
  return text.startsWith('0') && !/^0x/i.test(text) ? Number.parseInt(text, 8) : Number(text)
}

function setBits(it: Change['termios'], field: Field, bit: number, on: boolean): void {
  if (on) it[field] |= bit
  else it[field] &= ~bit
}

/** A mode or one of the combinations; false for what is neither. */
export function setMode(it: Change['termios'], word: string): boolean {
  const off = word.startsWith('-')
  const given = off ? word.slice(1) : word
  const name = SAME[given] ?? given
  const mode = MODES.find(entry => entry[0] === name)
  if (!off && choose(it, name)) return true
  if (mode) setBits(it, mode[1], mode[2], !off)
  else if (name === 'sane' && !off) sane(it)
  else if (name === 'raw' || name === 'cooked') (name === 'raw') !== off ? raw(it) : cooked(it)
  else if (name === 'cbreak') setBits(it, 'lflag', ICANON, off)
  else if (name === 'nl') newlines(it, off)
  else if (name === 'ek') for (const index of [VERASE, VKILL]) it.cc[index] = TTY_DEFAULT.cc[index]!
  else if (name === 'crt') setBits(it, 'lflag', ECHOE | ECHOCTL | ECHOKE, true)
  else if (name === 'dec') {
    setBits(it, 'lflag', ECHOE | ECHOCTL | ECHOKE, true)
    setBits(it, 'iflag', IXANY, false)
    it.cc[VINTR] = 3
    it.cc[VERASE] = 127
    it.cc[VKILL] = 21
  } else return combine(it, name, !off)
  return true
}

/** One of several values of the same bits. */
function choose(it: Change['termios'], name: string): boolean {
  const choice = CHOICES.find(({ names }) => names.some(entry => entry[0] === name))
  const entry = choice?.names.find(([its]) => its === name)
  if (!choice || !entry) return false
  it[choice.field] = (it[choice.field] & ~choice.mask) | entry[1]
  return true
}

const PARODD = 0o1000
const ISTRIP = 0o40
const IUCLC = 0o1000
const OLCUC = 2
const XCASE = 4

/** Words that stand for several settings; false for what is none. */
function combine(it: Change['termios'], name: string, on: boolean): boolean {
  switch (name) {
    case 'evenp':
    case 'parity':
    case 'oddp':
      setBits(it, 'cflag', PARENB, on)
      if (on) setBits(it, 'cflag', PARODD, name === 'oddp')
      return choose(it, on ? 'cs7' : 'cs8')
    case 'litout':
    case 'pass8':
      setBits(it, 'cflag', PARENB, !on)
      setBits(it, 'iflag', ISTRIP, !on)
      if (name === 'litout') setBits(it, 'oflag', OPOST, !on)
      return choose(it, on ? 'cs8' : 'cs7')
    case 'decctlq':
      setBits(it, 'iflag', IXANY, !on)
      return true
    case 'lcase':
    case 'LCASE':
      setBits(it, 'iflag', IUCLC, on)
      setBits(it, 'oflag', OLCUC, on)
      setBits(it, 'lflag', XCASE, on)
      return true
    case 'tabs':
      return choose(it, on ? 'tab0' : 'tab3')
  }
  return name === 'drain'
}

function sane(it: Change['termios']): void {
  for (const [, field, bit, value] of MODES) if (value !== null) setBits(it, field, bit, value)
  setBits(it, 'iflag', IXON, true)
  for (const [, index, value] of CHARACTERS) it.cc[index] = value
  for (const { names } of CHOICES.slice(1)) choose(it, names[0]![0])
  it.cc[VMIN] = 1
  it.cc[VTIME] = 0
}

function raw(it: Change['termios']): void {
  it.iflag = 0
  setBits(it, 'oflag', OPOST, false)
  setBits(it, 'lflag', ISIG | ICANON | 4, false)
  it.cc[VMIN] = 1
  it.cc[VTIME] = 0
}

function cooked(it: Change['termios']): void {
  setBits(it, 'iflag', BRKINT | 4 | 0o40 | ICRNL | IXON, true)
  setBits(it, 'oflag', OPOST, true)
  setBits(it, 'lflag', ISIG | ICANON, true)
  it.cc[VEOF] = 4
  it.cc[VEOL] = 0
}

function newlines(it: Change['termios'], off: boolean): void {
  setBits(it, 'iflag', ICRNL, off)
  setBits(it, 'oflag', ONLCR, off)
  if (off) setBits(it, 'iflag', INLCR | IGNCR, false)
}

/** Set all to what `stty -g` printed; false for another word. */
export function restore(it: Change['termios'], word: string): boolean {
  const fields = word.split(':')
  if (fields.length !== 36 || fields.some(field => !/^[0-9a-f]+$/i.test(field))) return false
  const numbers = fields.map(field => Number.parseInt(field, 16))
  ;[it.iflag, it.oflag, it.cflag, it.lflag] = [numbers[0]!, numbers[1]!, numbers[2]!, numbers[3]!]
  it.cc = numbers.slice(4, 4 + it.cc.length)
  return true
}
