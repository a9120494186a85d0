/** tar archives: GNU, ustar and pax headers. Linux: tar(5). */
import { decode, encode, type Timespec } from '../../../abi/index.ts'
import { type Attributes, attributesOf } from './attributes.ts'
import { type PaxRecord, parsePax, parsePaxTime, paxText, paxTime } from './pax.ts'
import {
  condense,
  condensedSize,
  gnuSparse,
  mapBlocks,
  putGnuSparse,
  type Sparse,
  sparseOf,
  sparseRecords,
  type SparseVersion,
} from './sparse.ts'

export const BLOCK = 512

/**
 * One member of an archive; `type` is the type flag: 0 file, 1 hard link, 2 symbolic link, 3 4 devices, 5
 * directory, 6 FIFO.
 */
export interface Member {
  readonly name: string
  readonly type: string
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly user: string
  readonly group: string
  /** Of the file; an archive may keep less of it. */
  readonly size: number
  readonly mtime: Timespec
  readonly link: string
  readonly major: number
  readonly minor: number
  readonly attributes?: Attributes | undefined
  /** The map of a file whose holes are not in the archive. */
  readonly sparse?: Sparse | undefined
}

export type Format = 'gnu' | 'ustar' | 'pax'

/** A member with what it holds and where its header begins. */
export interface Found {
  readonly member: Member
  readonly data: Uint8Array
  readonly at: number
  /** Where its contents begin. */
  readonly dataAt: number
  readonly end: number
}

const textAt = (bytes: Uint8Array, at: number, length: number): string => {
  const field = bytes.subarray(at, at + length)
  const end = field.indexOf(0)
  return decode(end < 0 ? field : field.subarray(0, end))
}

/** A number in octal, or base 256 if its first bit is set. */
function numberAt(bytes: Uint8Array, at: number, length: number): number {
  if (bytes[at]! & 0x80) {
    let value = (bytes[at]! & 0x7f) - (bytes[at] === 0xff ? 0x80 : 0)
    for (let i = 1; i < length; i++) value = value * 256 + bytes[at + i]!
    return value
  }
  return Number.parseInt(textAt(bytes, at, length).trim() || '0', 8) || 0
}

function checksum(header: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 32 : header[i]!
  return sum
}

/** Whether the blocks begin like an archive. */
export const isTar = (bytes: Uint8Array): boolean =>
  bytes.length >= BLOCK &&
  (bytes.subarray(0, BLOCK).every(byte => !byte) || checksum(bytes) === numberAt(bytes, 148, 8))

/**
 * How reading ended: whether no data is missing, and whether something had to be skipped that is no header.
 */
export interface Ending {
  readonly isWhole: boolean
  /** What is missing belongs to a long name or a pax header. */
  readonly inHeader: boolean
  readonly skipped: boolean
}

/** What was read so far of a member: the blocks that stand before its header. */
interface Ahead {
  longName: string
  longLink: string
  pax: PaxRecord[]
}

/** The members of an archive with their contents, up to the blocks of zeros, or to the very end. */
export function* readTar(bytes: Uint8Array, ignoreZeros = false): Generator<Found, Ending> {
  let ahead: Ahead = { longName: '', longLink: '', pax: [] }
  let global: PaxRecord[] = []
  let begin = 0
  let next = 0
  let skipped = false
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    const header = bytes.subarray(at, at + BLOCK)
    const isZero = header.every(byte => !byte)
    if (isZero && !ignoreZeros) return { isWhole: true, inHeader: false, skipped }
    if (isZero || checksum(header) !== numberAt(header, 148, 8)) {
      skipped ||= !isZero
      begin = at += BLOCK
      continue
    }
    const type = String.fromCharCode(header[156] || 48)
    const map = type === 'S' ? gnuSparse(bytes, at, numberAt) : undefined
    const start = map?.end ?? at + BLOCK
    const own = ahead.pax.findLast(([key]) => key === 'size')?.[1]
    const size = '12345'.includes(type) ? 0 : Number(own ?? numberAt(header, 124, 12))
    const data = bytes.subarray(start, start + size)
    next = at = start + pad(size)
    if (type === 'L') ahead.longName = textAt(data, 0, data.length)
    else if (type === 'K') ahead.longLink = textAt(data, 0, data.length)
    else if (type === 'x') ahead.pax = parsePax(data)
    else if (type === 'g') global = [...global, ...parsePax(data)]
    if ('LKxg'.includes(type)) continue
    const pax = [...global, ...ahead.pax]
    const told = map ? { sparse: map.sparse, begin: 0 } : sparseOf(pax, data)
    const dataAt = start + (told?.begin ?? 0)
    // Each part of a sparse file is padded, so there may be more than its size says.
    if (told) next = at = dataAt + told.sparse.extents.reduce((sum, it) => sum + pad(it.length), 0)
    const kept = told ? bytes.subarray(dataAt, next) : data
    const member = memberOf(header, { ...ahead, pax }, size, told?.sparse)
    yield { member, data: kept, at: begin, dataAt, end: at }
    begin = at
    ahead = { longName: '', longLink: '', pax: [] }
  }
  // A last block that is not whole does not matter, but data that is missing does.
  return {
    isWhole: next <= bytes.length,
    inHeader: Boolean(ahead.longName || ahead.longLink) || ahead.pax.length > 0,
    skipped,
  }
}

function memberOf(header: Uint8Array, ahead: Ahead, size: number, sparse: Sparse | undefined): Member {
  const pax = new Map(ahead.pax)
  const prefix = textAt(header, 257, 5) === 'ustar' && header[262] === 0 ? textAt(header, 345, 155) : ''
  const short = textAt(header, 0, 100)
  const type = String.fromCharCode(header[156] || 48)
  const time = pax.get('mtime')
  return {
    name:
      pax.get('GNU.sparse.name') ??
      pax.get('path') ??
      (ahead.longName || (prefix ? `${prefix}/${short}` : short)),
    type: type === '7' || type === 'S' ? '0' : type,
    mode: numberAt(header, 100, 8),
    uid: Number(pax.get('uid') ?? numberAt(header, 108, 8)),
    gid: Number(pax.get('gid') ?? numberAt(header, 116, 8)),
    user: pax.get('uname') ?? textAt(header, 265, 32),
    group: pax.get('gname') ?? textAt(header, 297, 32),
    size: sparse?.size ?? size,
    mtime: time === undefined ? { sec: numberAt(header, 136, 12), nsec: 0 } : parsePaxTime(time),
    link: pax.get('linkpath') ?? (ahead.longLink || textAt(header, 157, 100)),
    major: numberAt(header, 329, 8),
    minor: numberAt(header, 337, 8),
    attributes: attributesOf(ahead.pax),
    sparse,
  }
}

const pad = (size: number): number => Math.ceil(size / BLOCK) * BLOCK

/** How a member is written. */
export interface Writing {
  readonly format: Format
  readonly sparseVersion: SparseVersion
  /** Records of a pax header that only the file itself can tell: its times and attributes. */
  readonly records: readonly PaxRecord[]
  readonly pid: number
}

/** The blocks of one member; what does not fit its header goes into blocks before it. */
export function tarBlocks(member: Member, data: Uint8Array, how: Writing): Uint8Array {
  const { format, sparseVersion } = how
  const { sparse } = member
  const link = encode(member.link)
  const parts: Uint8Array[] = []
  const split = format === 'gnu' ? undefined : ustarSplit(member.name)
  let name = encode(member.name)
  const isLong = name.length > 100
  const byPax = sparse && format === 'pax'
  if (format === 'gnu') {
    if (link.length > 100) parts.push(longBlocks('K', link))
    if (isLong) parts.push(longBlocks('L', name))
  } else {
    const records: PaxRecord[] = []
    if (isLong && !split) records.push(['path', member.name])
    if (byPax) records.push(...sparseRecords(member.name, sparse, sparseVersion))
    if (format === 'pax' && (member.mtime.nsec || !fitsOctal(member.mtime.sec, 12)))
      records.push(['mtime', paxTime(member.mtime)])
    if (format === 'pax') records.push(...how.records)
    if (link.length > 100) records.push(['linkpath', member.link])
    for (const id of ['uid', 'gid'] as const)
      if (format === 'pax' && !fitsOctal(member[id], 8)) records.push([id, String(member[id])])
    if (records.length) parts.push(paxBlocks(member, records))
    if (byPax && sparseVersion !== '0.0') name = encode(beside(member.name, `GNUSparseFile.${how.pid}`))
  }
  const map = byPax && sparseVersion === '1.0' ? mapBlocks(sparse) : new Uint8Array(0)
  const kept = sparse ? condense(data, sparse) : data
  const size = sparse ? condensedSize(sparse) + map.length : data.length
  const short = split && isLong ? encode(split[1]) : name
  const block = header(
    { ...member, size, type: sparse && !byPax ? 'S' : member.type },
    short,
    link,
    format,
    split && isLong ? split[0] : '',
  )
  const more = sparse && !byPax ? putGnuSparse(block, sparse) : new Uint8Array(0)
  seal(block)
  parts.push(block, more, map, kept)
  const all = new Uint8Array(pad(parts.reduce((sum, it) => sum + it.length, 0)))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** `dir/FOLDER/file` for `dir/file`, cut as headers need it. */
function beside(name: string, folder: string): string {
  const bare = name.replace(/\/+$/, '')
  const slash = bare.lastIndexOf('/')
  return decode(
    encode(`${slash < 0 ? '.' : bare.slice(0, slash)}/${folder}/${bare.slice(slash + 1)}`).subarray(0, 100),
  )
}

/** A long name as ustar's prefix and name; undefined if no slash is in the right place. */
function ustarSplit(name: string): readonly [string, string] | undefined {
  for (let slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
    const [prefix, rest] = [name.slice(0, slash), name.slice(slash + 1)]
    if (rest && encode(prefix).length <= 155 && encode(rest).length <= 100) return [prefix, rest]
  }
  return undefined
}

/** Whether a name fits a ustar header without pax records. */
export const fitsUstar = (name: string): boolean =>
  encode(name).length <= 100 || ustarSplit(name) !== undefined

/** An extended header with its records. */
function paxBlocks(member: Member, records: readonly PaxRecord[]): Uint8Array {
  const data = paxText(records)
  const head = beside(member.name, 'PaxHeaders')
  const all = new Uint8Array(BLOCK + pad(data.length))
  const its = { ...plainMember('x', data.length), user: '', group: '', mtime: member.mtime }
  all.set(seal(header(its, encode(head), new Uint8Array(0), 'pax', '')))
  all.set(data, BLOCK)
  return all
}

const plainMember = (type: string, size: number): Member => ({
  name: '',
  type,
  mode: 0o644,
  uid: 0,
  gid: 0,
  user: 'root',
  group: 'root',
  size,
  mtime: { sec: 0, nsec: 0 },
  link: '',
  major: 0,
  minor: 0,
})

function longBlocks(type: string, text: Uint8Array): Uint8Array {
  const all = new Uint8Array(BLOCK + pad(text.length + 1))
  const member = plainMember(type, text.length + 1)
  all.set(seal(header(member, encode('././@LongLink'), new Uint8Array(0), 'gnu', '')))
  all.set(text, BLOCK)
  return all
}

const fitsOctal = (value: number, width: number): boolean => value >= 0 && value < 8 ** (width - 1)

/** A number too large for octal digits, or below zero. "GNU: the first bit of the field is set". */
function base256(value: number, width: number): Uint8Array {
  const field = new Uint8Array(width)
  let rest = value
  for (let i = width - 1; i >= 0; i--) {
    field[i] = ((rest % 256) + 256) % 256
    rest = Math.floor(rest / 256)
  }
  field[0]! |= 0x80
  return field
}

function header(it: Member, name: Uint8Array, link: Uint8Array, format: Format, prefix: string): Uint8Array {
  const block = new Uint8Array(BLOCK)
  const put = (text: string, at: number): void => block.set(encode(text), at)
  const octal = (value: number, width: number, at: number): void => {
    if (fitsOctal(value, width)) put(`${value.toString(8).padStart(width - 1, '0')}\0`, at)
    else if (format === 'gnu') block.set(base256(value, width), at)
    else put(`${'0'.repeat(width - 1)}\0`, at)
  }
  block.set(name.subarray(0, 100))
  octal(it.mode & 0o7777, 8, 100)
  octal(it.uid, 8, 108)
  octal(it.gid, 8, 116)
  octal(it.size, 12, 124)
  octal(it.mtime.sec, 12, 136)
  put(it.type, 156)
  block.set(link.subarray(0, 100), 157)
  put(format === 'gnu' ? 'ustar  \0' : 'ustar\x0000', 257)
  if (prefix) put(prefix, 345)
  put(it.user.slice(0, 31), 265)
  put(it.group.slice(0, 31), 297)
  if (it.type === '3' || it.type === '4' || (format !== 'gnu' && it.type !== 'x')) {
    octal(it.major, 8, 329)
    octal(it.minor, 8, 337)
  }
  return block
}

/** Put in the checksum, when nothing more changes. */
function seal(block: Uint8Array): Uint8Array {
  block.set(encode(`${checksum(block).toString(8).padStart(6, '0')}\0 `), 148)
  return block
}
