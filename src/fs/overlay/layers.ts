/**
 * What an overlay is made of: its layers, its options, and the inode that stands for one name in them.
 * Linux: fs/overlayfs/ovl_entry.h, util.c.
 */
import { type Errno, isDir, S_IFCHR, S_IFMT, type Timespec } from '../../abi/index.ts'
import type { Caller, Inode, SuperBlock, Vfs } from '../../vfs/index.ts'

/** Linux: struct ovl_fs. Dentries of the layers' roots and what the mounter asked for. Never changes. */
export interface OvlFs {
  /** 0 without an upper layer. */
  readonly upper: number
  /** The directory `work` inside the work directory. */
  readonly work: number
  readonly lowers: readonly number[]
  /** Super blocks kept alive. */
  readonly pinned: readonly number[]
  /** All layers lie on one file system: then the overlay has one st_dev, and inode numbers are the real ones. */
  readonly sameFs: boolean
  /** st_dev of files by the super block they really lie on, when not all layers share one. */
  readonly pseudoDevs: ReadonlyMap<number, number>
  readonly userxattr: boolean
  /** Extended attributes can be stored on the upper layer: else nothing can be made opaque. */
  readonly xattrs: boolean
  readonly stackDepth: number
  /** Ids that Linux gives to the private mounts through which an overlay reaches its layers. */
  readonly mntIds: readonly number[]
  /** In whose name the layers are read and written. */
  readonly mounter: Caller
}

/** Linux: struct ovl_inode. Shows the attributes of the real inode, whichever it is at the moment. */
export class OvlInode implements Inode {
  readonly id = 0
  readonly epoch = 0
  readonly sb: number
  readonly v: Vfs
  /** Dentry on the upper layer, 0 if it is not there. */
  upper: number
  /** Dentries on lower layers, topmost first; of a file at most one. */
  readonly lower: readonly number[]
  /** Number of a directory while it is in memory, when the layers are on several file systems. */
  readonly ephemeralIno: number

  constructor(v: Vfs, sb: number, upper: number, lower: readonly number[], ephemeralIno: number) {
    this.v = v
    this.sb = sb
    this.upper = upper
    this.lower = lower
    this.ephemeralIno = ephemeralIno
    if (upper) v.dget(upper)
    for (const dentry of lower) v.dget(dentry)
  }

  /** Linux: ovl_inode_real(). */
  get real(): Inode {
    return this.v.inode(this.v.dentry(this.upper || this.lower[0]!).inode)
  }
  get ino(): number {
    return inoOf(this.v, this)
  }
  get mode(): number {
    return this.real.mode
  }
  get nlink(): number {
    return this.real.nlink
  }
  get uid(): number {
    return this.real.uid
  }
  get gid(): number {
    return this.real.gid
  }
  get rdev(): number {
    return this.real.rdev
  }
  get size(): number {
    return this.real.size
  }
  get atime(): Timespec {
    return this.real.atime
  }
  get mtime(): Timespec {
    return this.real.mtime
  }
  get ctime(): Timespec {
    return this.real.ctime
  }
  get btime(): Timespec {
    return this.real.btime
  }
}

export const ovlFs = (v: Vfs, sb: number): OvlFs => v.superBlocks.get(sb).data as OvlFs
export const isOverlay = (sb: SuperBlock): boolean => sb.type === 'overlay'

/** The inode a dentry of a layer leads to. */
export const layerInode = (v: Vfs, dentry: number): Inode => v.inode(v.dentry(dentry).inode)

/** Linux: OVL_TYPE_MERGE: a directory that shows more than one layer. */
export const isMerge = (inode: OvlInode): boolean =>
  isDir(inode) && inode.lower.length > (inode.upper ? 0 : 1)

/** Linux: ovl_type_merge_or_lower(). */
export const isMergeOrLower = (inode: OvlInode): boolean => isDir(inode) && inode.lower.length > 0

/**
 * The inode number that stays the same across a copy-up: the lower one's, if the copy remembers where it came from.
 * A lower file with several names loses its number, since its names come apart. Linux: ovl_getattr().
 */
function inoOf(v: Vfs, inode: OvlInode): number {
  const fs = ovlFs(v, inode.sb)
  if (isDir(inode) && !fs.sameFs) return inode.ephemeralIno
  const origin = inode.upper ? inode.lower[0] : undefined
  if (origin === undefined) return inode.real.ino
  const lower = layerInode(v, origin)
  return isDir(lower) || lower.nlink === 1 ? lower.ino : inode.real.ino
}

/** Linux: IS_WHITEOUT(): "a character device with 0/0 device number" - overlayfs document. */
export const isWhiteout = (inode: Pick<Inode, 'mode' | 'rdev'>): boolean =>
  (inode.mode & S_IFMT) === S_IFCHR && inode.rdev === 0

/** The name of one of the overlay's own extended attributes. */
export const xattrName = (fs: OvlFs, name: string): string =>
  `${fs.userxattr ? 'user' : 'trusted'}.overlay.${name}`

/** An overlay's own attribute of a real inode, or undefined. Linux: ovl_getxattr(). */
export function ovlXattr(v: Vfs, fs: OvlFs, inode: Inode, name: string): Uint8Array | undefined {
  const full = xattrName(fs, name)
  const iops = v.iops(inode)
  return iops.listxattr(v, inode).includes(full) ? iops.getxattr(v, inode, full) : undefined
}

/** Linux: ovl_path_is_opaquedir(): what lies below does not show through. */
export const isOpaque = (v: Vfs, fs: OvlFs, inode: Inode): boolean =>
  ovlXattr(v, fs, inode, 'opaque')?.[0] === 0x79

/** Linux: ovl_setxattr(). Without attributes on the upper layer it fails with `otherwise`, if given, or does nothing. */
export function setOvlXattr(
  v: Vfs,
  fs: OvlFs,
  inode: Inode,
  name: string,
  value: Uint8Array,
  otherwise?: Errno,
): void {
  if (fs.xattrs) v.iops(inode).setxattr(v, inode, xattrName(fs, name), value, 0)
  else if (otherwise) throw otherwise
}

export const YES = Uint8Array.of(0x79)
