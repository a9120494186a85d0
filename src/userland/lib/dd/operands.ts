/** The operands of dd: sizes, conversions, flags. Linux: coreutils dd.c, scanargs(). */
import {
  O_APPEND,
  O_DIRECT,
  O_DIRECTORY,
  O_DSYNC,
  O_NOATIME,
  O_NOCTTY,
  O_NOFOLLOW,
  O_NONBLOCK,
  O_SYNC,
} from '../../../abi/index.ts'
import { fatal, usage } from '../command.ts'
import { suffixFactor } from '../numbers.ts'
import { quote } from '../quote.ts'

/** Conversions of which only one makes sense. */
const EXCLUSIVE = [
  [['ascii', 'ebcdic', 'ibm'], 'any two of {ascii,ebcdic,ibm}'],
  [['block', 'unblock'], 'block and unblock'],
  [['lcase', 'ucase'], 'lcase and ucase'],
  [['excl', 'nocreat'], 'excl and nocreat'],
] as const

const CONVERSIONS = new Set([
  'ascii',
  'ebcdic',
  'ibm',
  'block',
  'unblock',
  'lcase',
  'ucase',
  'sparse',
  'swab',
  'sync',
  'excl',
  'nocreat',
  'notrunc',
  'noerror',
  'fdatasync',
  'fsync',
])
const FLAGS: Readonly<Record<string, number>> = {
  append: O_APPEND,
  direct: O_DIRECT,
  directory: O_DIRECTORY,
  dsync: O_DSYNC,
  sync: O_SYNC,
  fullblock: 0,
  nonblock: O_NONBLOCK,
  noatime: O_NOATIME,
  nocache: 0,
  noctty: O_NOCTTY,
  nofollow: O_NOFOLLOW,
  count_bytes: 0,
  skip_bytes: 0,
  seek_bytes: 0,
}

export interface Amount {
  readonly number: number
  readonly bytes: boolean
}

/** What the operands ask for. */
export interface Settings {
  input: string | undefined
  output: string | undefined
  ibs: number
  obs: number
  cbs: number
  blocks: boolean
  count: Amount | undefined
  skip: Amount
  seek: Amount
  conversions: Set<string>
  iflags: Set<string>
  oflags: Set<string>
  status: string
}

/** The flags of open(2). */
export function bits(flags: ReadonlySet<string>): number {
  let all = 0
  for (const it of flags) all |= FLAGS[it] ?? 0
  return all
}

/** A number with factors: `2x1k`, `4M`; a trailing B means bytes. */
function amount(text: string): Amount {
  const bytes = /B$/.test(text) && !/[kKMGTPEZYi]B$/.test(text)
  let number = 1
  for (const part of text.split('x')) {
    const match = /^(\d+)([A-Za-z]*)$/.exec(part)
    const suffix = match?.[2] === 'B' ? '' : match?.[2]
    const factor = match ? suffixFactor(suffix!) : undefined
    if (!match || factor === undefined) throw fatal(`invalid number: ${quote(text)}`)
    number *= Number(match[1]) * Number(factor)
    if (number >= 2 ** 64)
      throw fatal(`invalid number: ${quote(text)}: Value too large for defined data type`)
  }
  return { number, bytes }
}

/** The operands as settings. Linux: scanargs(). Throws what a wrong one deserves. */
export function parse(args: readonly string[]): Settings {
  const set: Settings = {
    input: undefined,
    output: undefined,
    ibs: 512,
    obs: 512,
    cbs: 0,
    blocks: false,
    count: undefined,
    skip: { number: 0, bytes: false },
    seek: { number: 0, bytes: false },
    conversions: new Set(),
    iflags: new Set(),
    oflags: new Set(),
    status: '',
  }
  const size = (text: string): number => {
    const { number } = amount(text)
    if (!number) throw fatal(`invalid number: ${quote(text)}`)
    return number
  }
  const words = (text: string, known: (word: string) => boolean, what: string): Set<string> => {
    for (const word of text.split(',')) if (!known(word)) throw usage(`invalid ${what}: ${quote(word)}`)
    return new Set(text.split(','))
  }
  let bs = 0
  for (const arg of args) {
    const [, key, value] = /^(\w+)=(.*)$/s.exec(arg) ?? []
    switch (key === undefined ? '' : key) {
      case 'if':
        set.input = value
        break
      case 'of':
        set.output = value
        break
      case 'bs':
        bs = size(value!)
        break
      case 'ibs':
        set.ibs = size(value!)
        break
      case 'obs':
        set.obs = size(value!)
        break
      case 'cbs':
        set.cbs = size(value!)
        break
      case 'count':
        set.count = amount(value!)
        break
      case 'skip':
      case 'iseek':
        set.skip = amount(value!)
        break
      case 'seek':
      case 'oseek':
        set.seek = amount(value!)
        break
      case 'conv':
        set.conversions = words(value!, it => CONVERSIONS.has(it), 'conversion')
        break
      case 'iflag':
        set.iflags = words(value!, it => it in FLAGS, 'input flag')
        break
      case 'oflag':
        set.oflags = words(value!, it => it in FLAGS, 'output flag')
        break
      case 'status':
        if (!['none', 'noxfer', 'progress'].includes(value!))
          throw usage(`invalid status level: ${quote(value!)}`)
        set.status = value!
        break
      default:
        throw usage(`unrecognized operand ${quote(arg)}`)
    }
  }
  if (bs) {
    set.ibs = set.obs = bs
    set.blocks = true
  }
  for (const [words, what] of EXCLUSIVE)
    if (
      words.filter(it => set.conversions.has(it)).length > 1 &&
      (set.cbs || !words.some(it => it === 'block'))
    )
      throw fatal(`cannot combine ${what}`)
  if (set.count && set.iflags.has('count_bytes')) set.count = { ...set.count, bytes: true }
  if (set.iflags.has('skip_bytes')) set.skip = { ...set.skip, bytes: true }
  if (set.oflags.has('seek_bytes')) set.seek = { ...set.seek, bytes: true }
  return set
}
