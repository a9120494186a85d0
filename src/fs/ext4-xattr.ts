/**
 * Where ext4 keeps extended attributes: behind the inode as long as they fit there, else in one block.
 * Linux: fs/ext4/xattr.c, fs/ext4/acl.h.
 *
 * Left out: equal blocks are not shared, large values get no inode of their own (ea_inode).
 */
import { encode, ENOSPC } from '../abi/index.ts'
import { isAclName } from '../vfs/index.ts'

export type Xattrs = Readonly<Record<string, Uint8Array>>

/** What is behind an inode, or in a block, begins with that. */
const INODE_HEADER = 4
const BLOCK_HEADER = 32
/** The zeros behind the last entry. */
const END = 4
const ENTRY = 16
/** The prefixes in the order of their numbers (e_name_index). */
const INDEX = ['user.', 'system.posix_acl_access', 'system.posix_acl_default', 'trusted.', 'security.']

const pad = (length: number): number => (length + 3) & ~3

/** The name as it is stored: without what its number says. */
const shortName = (name: string): string => name.slice(INDEX.find(it => name.startsWith(it))?.length ?? 0)

/** Linux: ext4_acl_size(). Access lists are stored with entries of 4 and 8 bytes; a program sees 8 each. */
function storedSize(name: string, value: Uint8Array): number {
  if (!isAclName(name)) return value.length
  const entries = (value.length - 4) / 8
  return 4 + 4 * Math.min(entries, 4) + 8 * Math.max(0, entries - 4)
}

const sizeOf = (name: string, value: Uint8Array): number =>
  pad(ENTRY + encode(shortName(name)).length) + pad(storedSize(name, value))

const room = (xattrs: Xattrs, names: readonly string[]): number =>
  names.reduce((sum, name) => sum + sizeOf(name, xattrs[name]!), END)

/**
 * Which names lie in the block once `name` has a `value`, or has lost it; `block` are those there now. Linux:
 * ext4_xattr_set_handle(). Errors: ENOSPC.
 */
export type PlaceXattr = (
  xattrs: Xattrs,
  block: readonly string[],
  name: string,
  value: Uint8Array | undefined,
) => readonly string[]

/** The rule for blocks of a size, and inodes with so much room behind them. */
export const placeXattrIn =
  (blockSize: number, inodeRoom: number): PlaceXattr =>
  (xattrs, block, name, value) => {
    const others = block.filter(it => it !== name)
    if (!value) return others
    const inInode = Object.keys(xattrs).filter(it => it !== name && !block.includes(it))
    const size = sizeOf(name, value)
    if (room(xattrs, inInode) + size <= inodeRoom - INODE_HEADER) return others
    if (room(xattrs, others) + size > blockSize - BLOCK_HEADER) throw ENOSPC
    return [...others, name].sort(byEntry)
  }

/** The block is sorted. Linux: ext4_xattr_find_entry(). */
function byEntry(a: string, b: string): number {
  const index = (name: string): number => INDEX.findIndex(it => name.startsWith(it))
  const [x, y] = [shortName(a), shortName(b)]
  return index(a) - index(b) || x.length - y.length || (x < y ? -1 : x > y ? 1 : 0)
}
