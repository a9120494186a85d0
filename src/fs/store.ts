/**
 * A file system that keeps its files here: dentries are its directories, inodes hold contents. tmpfs and the disk are
 * this with different numbers. Linux: fs/libfs.c and mm/shmem.c; the disk shows what fs/ext4/ would.
 */
import {
  EEXIST,
  encode,
  ENODATA,
  ENOSPC,
  ENOTEMPTY,
  ENXIO,
  EOPNOTSUPP,
  FALLOC_FL_KEEP_SIZE,
  FALLOC_FL_PUNCH_HOLE,
  isDir,
  isReg,
  makedev,
  RENAME_EXCHANGE,
  S_IFDIR,
  S_IFMT,
  SEEK_DATA,
  XATTR_CREATE,
  XATTR_NAME_CAPS,
  XATTR_REPLACE,
  type Errno,
} from '../abi/index.ts'
import type { Own } from '../state/index.ts'
import {
  ACL_ACCESS,
  type AclName,
  type FileOps,
  type Inode,
  type InodeOps,
  isAclName,
  type NewInode,
  type OpenFile,
  posixAclChmod,
  setattrCopy,
  type SuperBlock,
  unsupported,
  type Vfs,
  refuse,
} from '../vfs/index.ts'
import type { PlaceXattr, Xattrs } from './ext4-xattr.ts'
import {
  type Content,
  cutContent,
  EMPTY,
  fillContent,
  ownContent,
  PAGE,
  punchContent,
  readContent,
  seekContent,
  sharedContent,
  writeContent,
} from './pages.ts'
import {
  addBlocks,
  availableBlocks,
  contentBlocks,
  fittingBlocks,
  freeBlocks,
  ownSuper,
  superOf,
  usage,
} from './store-blocks.ts'

/** An inode with its contents. */
export interface StoreInode extends Inode {
  readonly content: Content
  /** The target of a symbolic link. */
  readonly link: string
  readonly xattrs: Xattrs
  /** The names among them that lie in a block of their own (ext4). */
  readonly xattrBlock: readonly string[]
}

/** A super block that counts what it holds. Limits of 0 are none. */
export interface StoreSuper extends SuperBlock {
  readonly maxBlocks: number
  readonly usedBlocks: number
  readonly maxInodes: number
  readonly usedInodes: number
  readonly nextIno: number
  /** Blocks that only who may use the reserve gets (s_r_blocks_count), and blocks that nobody gets (s_resv_clusters). */
  readonly reserved?: number
  readonly withheld?: number
  /** Files are found through maps of their blocks, which take blocks as well (ext2, ext3). */
  readonly mapped?: boolean
}

/** Which FS_*_FL there are. Linux: EXT4_FL_USER_VISIBLE, EXT4_FL_USER_MODIFIABLE, EXT4_FL_INHERITED and the like. */
export interface StoreFlags {
  /** What new files have. */
  readonly initial: number
  /** What may be asked for, `directories` of it for directories only. */
  readonly known: number
  readonly directories: number
  /** What a new file takes over from its directory. */
  readonly inherited: number
}

/** In what stores differ. */
export interface StoreKind {
  /** st_size of a directory with so many names. */
  dirSize(names: number): number
  /** The size of a directory that is going to have these names, where that depends on more than their number. */
  growDir?(v: Vfs, dir: StoreInode, names: Iterable<string>): number
  /** Blocks that an inode takes besides those of its content: a directory's, a long link's. */
  blocksOf(inode: StoreInode): number
  /** The order in which getdents lists names; `names` come oldest first. */
  order(names: string[]): string[]
  /** Each further name of a file counts as an inode. */
  readonly countsLinks: boolean
  /** The prefixes of extended attributes that are kept. Linux: s_xattr. */
  readonly xattrs: readonly string[]
  /** Which of them need a block. */
  readonly placeXattr?: PlaceXattr
  /** The flags of chattr(1), for file systems that have them. */
  readonly fileattr?: StoreFlags
  /** The number of a new inode in `dir`, where that is not the next one. */
  takeIno?(v: Vfs, sb: number, mode: number, dir: StoreInode | undefined): number
  /** An inode's number is free again. */
  giveIno?(v: Vfs, inode: StoreInode): void
  /** Whether it knows POSIX access lists (SB_POSIXACL). */
  readonly acls: boolean
}

/** Device numbers below are anonymous: makedev(0, …). */
const FIRST_DISK = makedev(1, 0)
const LAST_PAGE = 2 ** 52
/** No block is left, or none but what root keeps. */
const full = (v: Vfs, sb: StoreSuper): Errno =>
  refuse(v, ENOSPC, 'fs-blocks', {
    type: sb.type,
    size: sb.maxBlocks * sb.blockSize,
    used: sb.usedBlocks * sb.blockSize,
  })

/** Linux: shmem_reserve_inode(). Errors: ENOSPC. */
function reserveInode(v: Vfs, sb: number): Own<StoreSuper> {
  const { maxInodes, usedInodes } = superOf(v, sb)
  if (maxInodes && usedInodes >= maxInodes)
    throw refuse(v, ENOSPC, 'fs-inodes', { type: v.superBlocks.get(sb).type, max: maxInodes })
  const own = ownSuper(v, sb)
  own.usedInodes++
  return own
}

/** Files of a disk are cached, and written back; others are nowhere but in memory. */
const isOnDisk = (v: Vfs, sb: number): boolean => v.superBlocks.get(sb).dev >= FIRST_DISK

/**
 * So many pages of a file in memory come or go; who brings the first ones has the file on its account.
 * Linux: shmem_add_to_page_cache(), shmem_undo_range().
 */
function accountShmem(v: Vfs, id: number, pages: number): void {
  const { cached = 0, content, sb } = v.inode(id) as StoreInode
  if (isOnDisk(v, sb)) return
  const now = Math.max(0, Math.min(content.blocks, cached + pages))
  if (now === cached) return
  const own = v.inodes.own(id) as Own<StoreInode>
  own.cached = now
  if (!cached) own.memcg = v.host.memcgOf?.() ?? 0
  v.host.shmemCharged?.(own, now - cached)
}

/** Linux: ext4_mask_flags(): the flags that a file of this type can have. */
const flagsFor = (it: StoreFlags, mode: number, flags: number): number =>
  isDir({ mode }) ? flags : flags & ~it.directories

/** Linux: ext4_inherit_flags at creation, for files and directories. */
function newFlags(it: StoreFlags | undefined, mode: number, parent: number): number {
  if (!it || !(isReg({ mode }) || isDir({ mode }))) return 0
  return it.initial | flagsFor(it, mode, parent & it.inherited)
}

/** A new inode of a store, in the directory `dir`; also its root. Errors: ENOSPC. */
export function newStoreInode(
  v: Vfs,
  kind: StoreKind,
  sb: number,
  attr: NewInode,
  dir?: StoreInode,
): StoreInode {
  const own = reserveInode(v, sb)
  const ino = kind.takeIno ? kind.takeIno(v, sb, attr.mode, dir) : own.nextIno++
  const now = v.host.now()
  const directory = isDir(attr)
  const link = attr.link ?? ''
  const xattrs = attr.xattrs ?? {}
  let block: readonly string[] = []
  for (const name in xattrs) block = kind.placeXattr?.(xattrs, block, name, xattrs[name]) ?? block
  return v.newInode<StoreInode>({
    id: 0,
    epoch: 0,
    sb,
    ino,
    mode: attr.mode,
    nlink: directory ? 2 : 1,
    uid: attr.uid,
    gid: attr.gid,
    rdev: attr.rdev ?? 0,
    size: directory ? kind.dirSize(0) : link ? encode(link).length : 0,
    atime: now,
    mtime: now,
    ctime: now,
    btime: now,
    content: EMPTY,
    link,
    xattrs,
    xattrBlock: block,
    cached: 0,
    memcg: 0,
    flags: newFlags(kind.fileattr, attr.mode, dir?.flags ?? 0),
  })
}

/** The inode operations of a store. */
export function storeInodeOps(kind: StoreKind): InodeOps<StoreInode> {
  const namesIn = (v: Vfs, dir: Inode): ReadonlyMap<string, number> | undefined =>
    v.children(v.dirDentry(dir.id))

  /** The directory got (`names` 1) or lost (-1) a name, `links` a subdirectory. */
  function touchDir(v: Vfs, id: number, names: number, links: number, added?: string): void {
    const dir = v.ownInode<StoreInode>(id)
    const known = namesIn(v, dir)
    const count = (known?.size ?? 0) + names
    dir.mtime = dir.ctime = v.host.now()
    dir.nlink += links
    if (!kind.growDir) dir.size = Math.max(kind.dirSize(count), kind.dirSize(0))
    else if (added !== undefined) growDir(v, dir, [...(known?.keys() ?? []), added])
  }

  function growDir(v: Vfs, dir: Own<StoreInode>, names: readonly string[]): void {
    const before = kind.blocksOf(dir)
    dir.size = Math.max(dir.size, kind.growDir!(v, dir, names))
    addBlocks(v, dir.sb, kind.blocksOf(dir) - before)
  }

  function dropLink(v: Vfs, inode: Inode, links: number): void {
    const it = v.ownInode(inode.id)
    if (kind.countsLinks && !isDir(it) && it.nlink > 1) ownSuper(v, it.sb).usedInodes--
    it.nlink -= links
    it.ctime = v.host.now()
  }

  const childOf = (v: Vfs, dir: Inode, name: string): Inode | undefined => {
    const dentry = v.child(v.dirDentry(dir.id), name)
    return dentry ? v.inode(v.dentry(dentry).inode) : undefined
  }

  function mustBeEmpty(v: Vfs, dir: Inode): void {
    if (namesIn(v, dir)?.size) throw refuse(v, ENOTEMPTY, 'not-empty', { count: namesIn(v, dir)!.size })
  }

  const keepsXattr = (name: string): boolean =>
    kind.xattrs.some(prefix => name.startsWith(prefix)) || (kind.acls && isAclName(name))

  function setXattr(v: Vfs, inode: StoreInode, name: string, value: Uint8Array | undefined): void {
    const block = kind.placeXattr?.(inode.xattrs, inode.xattrBlock, name, value) ?? []
    const before = kind.blocksOf(inode)
    const { [name]: _, ...rest } = inode.xattrs
    const it = v.inodes.own(inode.id) as Own<StoreInode>
    it.xattrs = value ? { ...inode.xattrs, [name]: value } : rest
    it.xattrBlock = block
    it.ctime = v.host.now()
    addBlocks(v, it.sb, kind.blocksOf(it) - before)
  }

  /** The access list of a file follows its mode. Linux: ext4_setattr(), shmem_setattr(). */
  function chmodAcl(v: Vfs, inode: StoreInode, mode: number): void {
    const acl = inode.xattrs[ACL_ACCESS]
    if (acl) setXattr(v, v.inode(inode.id) as StoreInode, ACL_ACCESS, posixAclChmod(acl, mode))
  }

  return {
    ...unsupported,

    readdir(v, dir) {
      const names = namesIn(v, dir)
      if (!names) return []
      return kind.order([...names.keys()]).map(name => {
        const inode = v.inode(v.dentry(names.get(name)!).inode)
        return { name, ino: inode.ino, type: inode.mode & S_IFMT }
      })
    },

    create(v, dir, name, attr, as) {
      const sb = superOf(v, dir.sb)
      const size = isDir(attr) ? kind.dirSize(0) : 0
      const needed = kind.blocksOf({ ...dir, ...attr, size, link: attr.link ?? '', xattrBlock: [] })
      if (needed > availableBlocks(v, sb, as)) throw full(v, sb)
      const inode = newStoreInode(v, kind, dir.sb, attr, dir)
      addBlocks(v, dir.sb, kind.blocksOf(inode))
      touchDir(v, dir.id, 1, isDir(attr) ? 1 : 0, name)
      return inode
    },

    tmpfile(v, dir, attr, as) {
      if (!availableBlocks(v, superOf(v, dir.sb), as)) throw full(v, superOf(v, dir.sb))
      const inode = newStoreInode(v, kind, dir.sb, attr, dir)
      v.ownInode(inode.id).nlink = 0
      return inode
    },

    link(v, dir, name, inode) {
      if (kind.countsLinks) reserveInode(v, dir.sb)
      const it = v.ownInode(inode.id)
      it.nlink++
      it.ctime = v.host.now()
      touchDir(v, dir.id, 1, 0, name)
    },

    unlink(v, dir, name) {
      dropLink(v, childOf(v, dir, name)!, 1)
      touchDir(v, dir.id, -1, 0)
    },

    rmdir(v, dir, name) {
      const victim = childOf(v, dir, name)!
      mustBeEmpty(v, victim)
      dropLink(v, victim, 2)
      touchDir(v, dir.id, -1, -1)
    },

    rename(v, from, name, to, newName, flags) {
      const moved = childOf(v, from, name)!
      const target = childOf(v, to, newName)
      if (flags & RENAME_EXCHANGE) {
        const links = (isDir(target!) ? 1 : 0) - (isDir(moved) ? 1 : 0)
        touchDir(v, from.id, 0, from.id === to.id ? 0 : links)
        touchDir(v, to.id, 0, from.id === to.id ? 0 : -links)
        return
      }
      if (target && isDir(target)) mustBeEmpty(v, target)
      const dirs = isDir(moved) ? 1 : 0
      if (target) dropLink(v, target, isDir(target) ? 2 : 1)
      const goes = target && isDir(target) ? 1 : 0
      if (from.id === to.id) touchDir(v, to.id, target ? -1 : 0, -goes)
      else {
        touchDir(v, from.id, -1, -dirs)
        touchDir(v, to.id, target ? 0 : 1, dirs - goes, newName)
      }
      v.ownInode(moved.id).ctime = v.host.now()
    },

    readlink: (_v, inode) => inode.link,

    getattr(v, inode) {
      const { blockSize } = superOf(v, inode.sb)
      return { blocks: (allBlocks(v, kind, inode) * blockSize) / 512 }
    },

    setattr(v, inode, attr) {
      if (attr.size !== undefined) resize(v, inode.id, attr.size)
      setattrCopy(v, inode, attr)
      if (attr.mode !== undefined) chmodAcl(v, inode, attr.mode)
    },

    ...(kind.acls && { getAcl: (_v: Vfs, inode: StoreInode, name: AclName) => inode.xattrs[name] }),

    getxattr(_v, inode, name) {
      if (!keepsXattr(name)) throw EOPNOTSUPP
      if (!Object.hasOwn(inode.xattrs, name)) throw ENODATA
      return inode.xattrs[name]!
    },

    setxattr(v, inode, name, value, flags) {
      if (!keepsXattr(name)) throw EOPNOTSUPP
      const exists = Object.hasOwn(inode.xattrs, name)
      if (exists && flags & XATTR_CREATE) throw EEXIST
      if (!exists && flags & XATTR_REPLACE) throw ENODATA
      setXattr(v, inode, name, value.slice())
    },

    listxattr: (_v, inode) =>
      inode.xattrBlock.length
        ? [...Object.keys(inode.xattrs).filter(it => !inode.xattrBlock.includes(it)), ...inode.xattrBlock]
        : Object.keys(inode.xattrs),

    removexattr(v, inode, name) {
      if (!keepsXattr(name)) throw EOPNOTSUPP
      if (!Object.hasOwn(inode.xattrs, name)) throw ENODATA
      setXattr(v, inode, name, undefined)
    },

    needKillpriv: (_v, inode) => XATTR_NAME_CAPS in inode.xattrs,

    ...(kind.fileattr && {
      fileattrSet(v: Vfs, inode: StoreInode, flags: number) {
        const it = kind.fileattr!
        if (flags & ~it.known || flagsFor(it, inode.mode, flags) !== flags) throw EOPNOTSUPP
        const own = v.ownInode(inode.id)
        own.flags = flags
        own.ctime = v.host.now()
      },
    }),

    evict(v, inode) {
      const it = inode as StoreInode
      if (it.cached) v.host.shmemCharged?.(it, -it.cached)
      v.host.dropPages?.(it, 0, LAST_PAGE)
      const sb = ownSuper(v, it.sb)
      sb.usedBlocks -= allBlocks(v, kind, it)
      kind.giveIno?.(v, it)
      sb.usedInodes--
    },
  }
}

/** What an inode takes in all, in blocks of its file system. */
const allBlocks = (v: Vfs, kind: StoreKind, it: StoreInode): number =>
  contentBlocks(superOf(v, it.sb), it.content, it.size) + kind.blocksOf(it)

function ownedContent(inode: Own<StoreInode>) {
  const content = ownContent(inode.content, inode.epoch)
  inode.content = content
  return content
}

function resize(v: Vfs, id: number, size: number): void {
  const inode = v.inodes.own(id) as Own<StoreInode>
  const before = usage(v, inode)
  if (size === 0) inode.content = EMPTY
  else if (size < inode.size) cutContent(ownedContent(inode), size)
  if (size < inode.size) v.host.dropPages?.(inode, Math.ceil(size / PAGE), LAST_PAGE)
  inode.size = size
  addBlocks(v, inode.sb, usage(v, inode) - before)
  accountShmem(v, id, 0)
}

/** What a new file holds; a larger `size` leaves a hole behind it. */
export function putContent(v: Vfs, id: number, bytes: Uint8Array, size = bytes.length): void {
  const inode = v.inodes.own(id) as Own<StoreInode>
  const content = ownedContent(inode)
  writeContent(content, 0, bytes)
  inode.size = Math.max(size, bytes.length)
  addBlocks(v, inode.sb, usage(v, inode))
}

/** One table for all: the VFS lets nobody read a directory, or open a link. */
export const storeFops: FileOps = {
  seekable: true,

  read(v, file, count, pos) {
    const inode = v.inode(file.inode) as StoreInode
    return readContent(inode.content, pos, Math.max(0, Math.min(count, inode.size - pos)))
  },

  write(v, file, data, pos, as) {
    if (data.length === 0) return 0
    const inode = v.inodes.own(file.inode) as Own<StoreInode>
    const sb = superOf(v, inode.sb)
    const room = availableBlocks(v, sb, as)
    const count =
      room === Number.POSITIVE_INFINITY ? data.length : fittingBlocks(sb, inode, pos, data.length, room)
    if (count === 0) throw full(v, sb)
    const before = contentBlocks(sb, inode.content, inode.size)
    const pages = inode.content.blocks
    const content = ownedContent(inode)
    writeContent(content, pos, count < data.length ? data.subarray(0, count) : data)
    if (content.blocks > pages) accountShmem(v, inode.id, content.blocks - pages)
    if (pos + count > inode.size) inode.size = pos + count
    addBlocks(v, inode.sb, contentBlocks(sb, content, inode.size) - before)
    inode.mtime = inode.ctime = v.host.now()
    return count
  },

  seekHole(v, file, offset, whence) {
    const inode = v.inode(file.inode) as StoreInode
    const found = seekContent(inode.content, offset, inode.size, whence === SEEK_DATA)
    if (found < 0) throw ENXIO
    return found
  },

  fallocate(v, file, mode, offset, length) {
    if (mode & ~(FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE)) throw EOPNOTSUPP
    if (mode & FALLOC_FL_PUNCH_HOLE)
      return changeContent(v, file, it => punchContent(it.content, offset, offset + length))
    fillRange(v, file, offset, length, (mode & FALLOC_FL_KEEP_SIZE) !== 0)
  },
}

/** Give a range blocks. Errors: ENOSPC, before anything changes. */
function fillRange(v: Vfs, file: OpenFile, offset: number, length: number, keepsSize: boolean): void {
  needRoom(v, v.inode(file.inode) as StoreInode, offset, length)
  fillAsFits(v, file, offset, length, keepsSize)
}

/** The same without a check: what there is room for gets blocks; returns how many bytes. */
export function fillAsFits(
  v: Vfs,
  file: OpenFile,
  offset: number,
  length: number,
  keepsSize: boolean,
): number {
  const inode = v.inode(file.inode) as StoreInode
  const sb = superOf(v, inode.sb)
  const room = fittingBlocks(sb, inode, offset, length, freeBlocks(sb))
  if (room)
    changeContent(v, file, it => {
      fillContent(it.content, offset, offset + room)
      if (!keepsSize) it.size = Math.max(it.size, offset + room)
    })
  return room
}

/** What a store without a limit can fill at once: 2 GiB, the memory of the host. */
const MEMORY_PAGES = 1 << 19

/** Check that a range can be filled. Errors: ENOSPC. */
export function needRoom(v: Vfs, inode: StoreInode, offset: number, length: number): void {
  const sb = superOf(v, inode.sb)
  const free = sb.maxBlocks ? freeBlocks(sb) : MEMORY_PAGES
  if (fittingBlocks(sb, inode, offset, length, free) < length) throw full(v, sb)
}

/** Have the pages of an open file rearranged, and keep account of the blocks. */
export function changeContent(
  v: Vfs,
  file: OpenFile,
  change: (it: { content: ReturnType<typeof ownedContent>; size: number }) => void,
): void {
  const inode = v.inodes.own(file.inode) as Own<StoreInode>
  const before = usage(v, inode)
  const it = { content: ownedContent(inode), size: inode.size }
  change(it)
  inode.size = it.size
  inode.mtime = inode.ctime = v.host.now()
  addBlocks(v, inode.sb, usage(v, inode) - before)
  accountShmem(v, inode.id, 0)
}

/** statfs(2) of a store; `reserved` blocks are free but not available. */
export function storeStatfs(v: Vfs, id: number, magic: number, reserved = 0) {
  const { blockSize, maxBlocks, usedBlocks, maxInodes, usedInodes, withheld = 0 } = superOf(v, id)
  const bfree = maxBlocks ? maxBlocks - usedBlocks : 0
  return {
    type: magic,
    bsize: blockSize,
    blocks: maxBlocks,
    bfree,
    bavail: Math.max(0, bfree - reserved - withheld),
    files: maxInodes,
    ffree: maxInodes ? maxInodes - usedInodes : 0,
    namelen: 255,
  }
}

/** A super block and root of a new store. */
export function newStore(
  v: Vfs,
  kind: StoreKind,
  it: Omit<
    StoreSuper,
    'id' | 'epoch' | 'root' | 'active' | 'usedBlocks' | 'usedInodes' | 'blockSize' | 'data'
  > & { readonly data?: unknown },
  root: { mode: number; uid: number; gid: number },
): StoreSuper {
  const draft = { data: undefined, ...it, blockSize: PAGE, usedBlocks: 0, usedInodes: 0 }
  const sb = v.newSuperBlock(draft)
  v.setRoot(sb.id, newStoreInode(v, kind, sb.id, { ...root, mode: S_IFDIR | root.mode }))
  return superOf(v, sb.id)
}

/** Let `to` have what `from` has, if both lie in stores. Pages are copied only when one of them is written. */
export function shareContent(v: Vfs, from: Inode, to: Inode): boolean {
  if (!('content' in from) || !('content' in to)) return false
  const { size } = from
  const content = sharedContent((from as StoreInode).content)
  const target = superOf(v, to.sb)
  if (contentBlocks(target, content, size) > freeBlocks(target)) throw full(v, target)
  ;(v.inodes.own(from.id) as Own<StoreInode>).content = content
  const own = v.inodes.own(to.id) as Own<StoreInode>
  own.content = content
  own.size = size
  addBlocks(v, own.sb, usage(v, own))
  return true
}
