/**
 * Extended attributes: in the room behind an inode, else in a block of their own. Linux: fs/ext4/xattr.c, fs/ext4/acl.c.
 */
import { crc32c, get16, get32, le32, put16, put32 } from './fields.ts'

export type Xattrs = Readonly<Record<string, Uint8Array>>

const MAGIC = 0xea020000
const ENTRY = 16
const BLOCK_HEADER = 32
/** Names are kept without what they begin with. Longer beginnings first. */
const PREFIXES = [
  [2, 'system.posix_acl_access'],
  [3, 'system.posix_acl_default'],
  [7, 'system.'],
  [1, 'user.'],
  [4, 'trusted.'],
  [6, 'security.'],
] as const

const pad4 = (length: number): number => (length + 3) & ~3
const isAcl = (index: number): boolean => index === 2 || index === 3

interface Entry {
  readonly index: number
  readonly name: Uint8Array
  readonly value: Uint8Array
}

function entriesOf(xattrs: Xattrs): Entry[] {
  const entries = Object.entries(xattrs).map(([full, value]) => {
    const [index, prefix] = PREFIXES.find(([, it]) => full.startsWith(it)) ?? [0, '']
    const name = new TextEncoder().encode(full.slice(prefix.length))
    return { index, name, value: isAcl(index) ? aclToDisk(value) : value }
  })
  return entries.sort((a, b) => a.index - b.index || a.name.length - b.name.length || compare(a.name, b.name))
}

function compare(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, i) => byte !== b[i])
  return at < 0 ? 0 : a[at]! - b[at]!
}

/** Linux: ext4_xattr_hash_entry(). */
function hashOf({ name, value }: Entry): number {
  let hash = 0
  for (const byte of name) hash = ((hash << 5) ^ (hash >>> 27) ^ byte) >>> 0
  const padded = new Uint8Array(pad4(value.length))
  padded.set(value)
  for (let at = 0; at < padded.length; at += 4)
    hash = ((hash << 16) ^ (hash >>> 16) ^ get32(padded, at)) >>> 0
  return hash
}

/** Entries from `at` on, values from the end back; offsets count from `base`. */
function place(bytes: Uint8Array, entries: readonly Entry[], at: number, base: number): number[] {
  let end = bytes.length
  return entries.map(it => {
    end -= pad4(it.value.length)
    bytes[at] = it.name.length
    bytes[at + 1] = it.index
    put16(bytes, at + 2, it.value.length ? end - base : 0)
    put32(bytes, at + 8, it.value.length)
    const hash = hashOf(it)
    put32(bytes, at + 12, hash)
    bytes.set(it.name, at + ENTRY)
    bytes.set(it.value, end)
    at += ENTRY + pad4(it.name.length)
    return hash
  })
}

/** What stands in the room behind an inode. */
export function buildInInode(xattrs: Xattrs, room: number): Uint8Array {
  const bytes = new Uint8Array(room)
  const entries = entriesOf(xattrs)
  if (!entries.length) return bytes
  put32(bytes, 0, MAGIC)
  place(bytes, entries, 4, 4)
  return bytes
}

/** A block of attributes; `block` is its number, which its checksum covers. */
export function buildXattrBlock(
  xattrs: Xattrs,
  blockSize: number,
  block: number,
  checksumSeed: number | undefined,
): Uint8Array {
  const bytes = new Uint8Array(blockSize)
  put32(bytes, 0, MAGIC)
  put32(bytes, 4, 1)
  put32(bytes, 8, 1)
  const hashes = place(bytes, entriesOf(xattrs), BLOCK_HEADER, 0)
  put32(
    bytes,
    12,
    hashes.reduce((hash, it) => ((hash << 16) ^ (hash >>> 16) ^ it) >>> 0, 0),
  )
  resealXattrBlock(bytes, block, checksumSeed)
  return bytes
}

/** Put the checksum of a block into its header. */
export function resealXattrBlock(bytes: Uint8Array, block: number, checksumSeed: number | undefined): void {
  if (checksumSeed === undefined) return
  put32(bytes, 16, 0)
  put32(bytes, 16, crc32c(crc32c(crc32c(checksumSeed, le32(block)), le32(0)), bytes))
}

/** The attributes in the room behind an inode, or in a block. */
export function readXattrs(bytes: Uint8Array, isBlock: boolean): Record<string, Uint8Array> {
  const found: Record<string, Uint8Array> = {}
  if (bytes.length < 4 || get32(bytes, 0) !== MAGIC) return found
  const base = isBlock ? 0 : 4
  for (let at = isBlock ? BLOCK_HEADER : 4; at + ENTRY <= bytes.length && get32(bytes, at); ) {
    const length = bytes[at]!
    const index = bytes[at + 1]!
    const from = base + get16(bytes, at + 2)
    const value = bytes.slice(from, from + get32(bytes, at + 8))
    const prefix = PREFIXES.find(([it]) => it === index)?.[1] ?? ''
    const name = new TextDecoder().decode(bytes.subarray(at + ENTRY, at + ENTRY + length))
    found[prefix + name] = isAcl(index) ? aclFromDisk(value) : value
    at += ENTRY + pad4(length)
  }
  return found
}

/** Entries without the id that most tags do not have; version 1 instead of 2. Linux: ext4_acl_to_disk(). */
function aclToDisk(value: Uint8Array): Uint8Array {
  const out: number[] = [1, 0, 0, 0]
  for (let at = 4; at + 8 <= value.length; at += 8)
    out.push(...value.subarray(at, at + (hasId(get16(value, at)) ? 8 : 4)))
  return Uint8Array.from(out)
}

/** Linux: ext4_acl_from_disk(). */
function aclFromDisk(value: Uint8Array): Uint8Array {
  const out: number[] = [2, 0, 0, 0]
  for (let at = 4; at + 4 <= value.length; ) {
    const isLong = hasId(get16(value, at))
    out.push(
      ...value.subarray(at, at + 4),
      ...(isLong ? value.subarray(at + 4, at + 8) : [255, 255, 255, 255]),
    )
    at += isLong ? 8 : 4
  }
  return Uint8Array.from(out)
}

/** ACL_USER and ACL_GROUP name somebody. */
const hasId = (tag: number): boolean => tag === 2 || tag === 8
