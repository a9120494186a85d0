/**
 * tar archives: GNU, ustar and pax headers. Linux: tar(5).
 *
 * Left out: sparse members are written in full.
 */
import { decode, encode } from '../../../abi/index.ts'

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
  readonly size: number
  readonly mtime: number
  readonly link: string
  readonly major: number
  readonly minor: number
  /** Extended attributes. */
  readonly xattrs?: ReadonlyMap<string, string>
}

export type Format = 'gnu' | 'ustar' | 'pax'

/** A member with what it holds and where its header begins. */
export interface Found {
  readonly member: Member
  readonly data: Uint8Array
  readonly at: number
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
    let value = bytes[at]! & 0x7f
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

/** The members of an archive with their contents, up to the blocks of zeros, or to the very end. */
export function* readTar(bytes: Uint8Array, ignoreZeros = false): Generator<Found, Ending> {
  let longName = ''
  let longLink = ''
  let pax: Record<string, string> = {}
  let begin = 0
  let next = 0
  let skipped = false
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    const header = bytes.subarray(at, at + BLOCK)
    if (ignoreZeros && header.every(byte => !byte)) {
      begin = at += BLOCK
      continue
    }
    if (header.every(byte => !byte)) return { isWhole: true, inHeader: false, skipped }
    if (checksum(header) !== numberAt(header, 148, 8)) {
      skipped = true
      begin = at += BLOCK
      continue
    }
    const isLinkOrDirectory = '12345'.includes(String.fromCharCode(header[156]!))
    const size = isLinkOrDirectory ? 0 : Number(pax['size'] ?? numberAt(header, 124, 12))
    const data = bytes.subarray(at + BLOCK, at + BLOCK + size)
    next = at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
    const type = String.fromCharCode(header[156] || 48)
    if (type === 'L' || type === 'K') {
      const text = textAt(data, 0, data.length)
      if (type === 'L') longName = text
      else longLink = text
      continue
    }
    if (type === 'x' || type === 'g') {
      for (const match of decode(data).matchAll(/\d+ ([^=]+)=([^\n]*)\n/g)) pax[match[1]!] = match[2]!
      continue
    }
    const prefix = textAt(header, 257, 5) === 'ustar' && header[262] === 0 ? textAt(header, 345, 155) : ''
    const short = textAt(header, 0, 100)
    yield {
      member: {
        name: pax['path'] ?? (longName || (prefix ? `${prefix}/${short}` : short)),
        type: type === '7' ? '0' : type,
        mode: numberAt(header, 100, 8),
        uid: numberAt(header, 108, 8),
        gid: numberAt(header, 116, 8),
        user: pax['uname'] ?? textAt(header, 265, 32),
        group: pax['gname'] ?? textAt(header, 297, 32),
        size,
        mtime: Math.floor(Number(pax['mtime'] ?? numberAt(header, 136, 12))),
        link: pax['linkpath'] ?? (longLink || textAt(header, 157, 100)),
        major: numberAt(header, 329, 8),
        minor: numberAt(header, 337, 8),
        ...xattrsOf(pax),
      },
      data,
      at: begin,
      end: at,
    }
    begin = at
    longName = longLink = ''
    pax = {}
  }
  // A last block that is not whole does not matter, but data that is missing does.
  return {
    isWhole: next <= bytes.length,
    inHeader: Boolean(longName || longLink) || Object.keys(pax).length > 0,
    skipped,
  }
}

const XATTR = 'SCHILY.xattr.'

function xattrsOf(pax: Readonly<Record<string, string>>): { xattrs?: Map<string, string> } {
  const names = Object.keys(pax).filter(it => it.startsWith(XATTR))
  return names.length ? { xattrs: new Map(names.map(it => [it.slice(XATTR.length), pax[it]!])) } : {}
}

const pad = (size: number): number => Math.ceil(size / BLOCK) * BLOCK

/** The blocks of one member; what does not fit its header goes into blocks before it. */
export function tarBlocks(member: Member, data: Uint8Array, format: Format = 'gnu'): Uint8Array {
  const name = encode(member.name)
  const link = encode(member.link)
  const parts: Uint8Array[] = []
  const records = [...(member.xattrs ?? [])].map(([key, value]) => [XATTR + key, value] as const)
  const split = format === 'gnu' ? undefined : ustarSplit(member.name)
  if (format === 'gnu' && !records.length) {
    if (link.length > 100) parts.push(longBlocks('K', link))
    if (name.length > 100) parts.push(longBlocks('L', name))
  } else {
    if (link.length > 100) records.unshift(['linkpath', member.link])
    if (name.length > 100 && !split) records.unshift(['path', member.name])
    if (records.length) parts.push(paxBlocks(member.name, records))
  }
  const short = split && name.length > 100 ? encode(split[1]) : name
  parts.push(header(member, short, link, format, split && name.length > 100 ? split[0] : ''), data)
  const all = new Uint8Array(pad(parts.reduce((sum, it) => sum + it.length, 0)))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
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

/** "length keyword=value": the length counts its own digits. */
function paxBlocks(name: string, records: readonly (readonly [string, string])[]): Uint8Array {
  let text = ''
  for (const [key, value] of records) {
    const body = ` ${key}=${value}\n`
    const bytes = encode(body).length
    let length = bytes + String(bytes).length
    if (String(length).length > String(bytes).length) length++
    text += `${length}${body}`
  }
  const data = encode(text)
  const slash = name.replace(/\/+$/, '').lastIndexOf('/')
  const head = `${slash < 0 ? '.' : name.slice(0, slash)}/PaxHeaders/${name.slice(slash + 1)}`
  const all = new Uint8Array(BLOCK + pad(data.length))
  all.set(header(plainMember('x', data.length), encode(head).subarray(0, 100), new Uint8Array(0), 'pax', ''))
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
  mtime: 0,
  link: '',
  major: 0,
  minor: 0,
})

function longBlocks(type: string, text: Uint8Array): Uint8Array {
  const all = new Uint8Array(BLOCK + pad(text.length + 1))
  const member = plainMember(type, text.length + 1)
  all.set(header(member, encode('././@LongLink'), new Uint8Array(0), 'gnu', ''))
  all.set(text, BLOCK)
  return all
}

function header(it: Member, name: Uint8Array, link: Uint8Array, format: Format, prefix: string): Uint8Array {
  const block = new Uint8Array(BLOCK)
  const put = (text: string, at: number): void => block.set(encode(text), at)
  const octal = (value: number, width: number, at: number): void =>
    put(`${value.toString(8).padStart(width - 1, '0')}\0`, at)
  block.set(name.subarray(0, 100))
  octal(it.mode & 0o7777, 8, 100)
  octal(it.uid, 8, 108)
  octal(it.gid, 8, 116)
  octal(it.size, 12, 124)
  octal(it.mtime, 12, 136)
  put(it.type, 156)
  block.set(link.subarray(0, 100), 157)
  put(format === 'gnu' ? 'ustar  \0' : 'ustar\x0000', 257)
  if (prefix) put(prefix, 345)
  put(it.user.slice(0, 31), 265)
  put(it.group.slice(0, 31), 297)
  if (it.type === '3' || it.type === '4') {
    octal(it.major, 8, 329)
    octal(it.minor, 8, 337)
  }
  put(`${checksum(block).toString(8).padStart(6, '0')}\0 `, 148)
  return block
}
