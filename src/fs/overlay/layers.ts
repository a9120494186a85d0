/**
 * What an overlay is made of: its layers, its options, and the inode that stands for one name in them.
 * Linux: fs/overlayfs/ovl_entry.h, util.c.
 *
 * Left out: the place of xino's bits above the 48th, where Linux has them unless all layers are ext4.
 */
import { EPERM, type Errno, isDir, isReg, S_IFCHR, S_IFMT, type Timespec } from '../../abi/index.ts'
import type { Caller, Inode, SuperBlock, Vfs } from '../../vfs/index.ts'
import type { Config } from './params.ts'

/** Linux: struct ovl_fs. Dentries of the layers' roots and what the mounter asked for. Never changes. */
export interface OvlFs {
  readonly config: Readonly<Config>
  /** 0 without an upper layer. */
  readonly upper: number
  /** The directory `work` inside the work directory, or `index`, which is used instead if there is one. */
  readonly work: number
  /** The directory `index`, 0 without. */
  readonly index: number
  /** The work directory itself. */
  readonly workBase: number
  /** Linux: upperdir_locked, workdir_locked: nobody else had them in use when they were taken. */
  readonly upperLocked: boolean
  readonly workLocked: boolean
  readonly lowers: readonly number[]
  /** Super blocks kept alive. */
  readonly pinned: readonly number[]
  /** Linux: the trap inodes: what may not turn up within a layer, being the root of one or the work directory. */
  readonly traps: ReadonlySet<number>
  /**
   * Linux: xino_mode. 0: all layers lie on one file system, so that inode numbers are the real ones; above 0: so many high
   * bits of an inode number tell the layer's file system; -1: neither. In the first two cases there is one st_dev.
   */
  readonly xinoBits: number
  /** st_dev of files by the super block they really lie on, when not all layers share one. */
  readonly pseudoDevs: ReadonlyMap<number, number>
  /** Linux: fsid: the number of a file system among those of the layers, 0 being the upper one's. */
  readonly fsids: ReadonlyMap<number, number>
  readonly userxattr: boolean
  /** File handles tell the UUID of their file system. */
  readonly uuid: boolean
  /** Files can be found by handle: all are indexed, and lower directories must be those that were copied. */
  readonly nfsExport: boolean
  /** Renamed directories and metadata-only copies leave a redirect; and redirects are followed. */
  readonly redirectDir: boolean
  readonly redirectFollow: boolean
  /** Copies of metadata only. */
  readonly metacopy: boolean
  /** Lower layers may be changed while nothing is mounted: no feature is used that forbids it. */
  readonly offlineChanges: boolean
  /** Extended attributes can be stored on the upper layer: else nothing can be made opaque. */
  readonly xattrs: boolean
  readonly stackDepth: number
  /** Ids that Linux gives to the private mounts through which an overlay reaches its layers. */
  readonly mntIds: readonly number[]
  /** In whose name the layers are read and written. */
  readonly mounter: Caller
}

/** Linux: struct ovl_path: a place in the layer of that number, the topmost lower one being 1. */
export interface LayerPath {
  readonly layer: number
  readonly dentry: number
}

/** What a lookup has found out about a name. */
export interface Found {
  /** Dentry on the upper layer, 0 if it is not there. */
  readonly upper: number
  /** On the lower layers, topmost first; the last of a file's has its data. */
  readonly lower: readonly LayerPath[]
  /** The inode that an upper file was copied from, wherever it is now; 0 if that is not known. */
  readonly origin?: number
  /** The upper name shows something that lies elsewhere on the lower layers. */
  readonly redirect?: string | undefined
  /** The upper file has metadata only. */
  readonly metacopy?: boolean
  /** There is an entry for it in the index. */
  readonly indexed?: boolean
}

/**
 * Linux: struct ovl_inode. What stat(2) shows is that of the real inode, whichever it is at the moment; who may do what is
 * decided by a copy of its mode and owner, renewed by whatever is done through the overlay (`copyattr`).
 */
export class OvlInode implements Inode {
  readonly id = 0
  readonly epoch = 0
  readonly sb: number
  readonly v: Vfs
  mode = 0
  uid = 0
  gid = 0
  /** Immutable and append-only: of the real inode when it was looked up, or kept in the attribute `protattr`. */
  protFlags = 0
  upper: number
  readonly lower: readonly LayerPath[]
  /** The inode on a lower layer that this is or was copied from, 0 if there is none. */
  readonly lowerInode: number
  /** The inode whose number this one keeps across a copy-up, 0 if it takes that of the upper file. */
  readonly origin: number
  /** Linux: OVL_INDEX. */
  indexed: boolean
  /**
   * The names of a file that an index may know, as `DIRECTORY/NAME`, that are not on the upper layer yet. Linux: the
   * dentries without OVL_E_UPPER_ALIAS.
   */
  lowerNames: Set<string> | undefined
  /** Linux: i_nlink: how many names an indexed file has, copied up or not. */
  links: number
  redirect: string | undefined
  metacopy: boolean
  /** Number of a directory while it is in memory, when the layers are on several file systems. */
  readonly ephemeralIno: number

  constructor(v: Vfs, sb: number, found: Found, ephemeralIno: number) {
    this.v = v
    this.sb = sb
    this.upper = found.upper
    this.lower = found.lower
    const below = lowerOf(v, found)
    this.lowerInode = below?.id ?? 0
    this.origin = hashesByLower(ovlFs(v, sb), found, below) ? this.lowerInode : 0
    this.indexed = found.indexed ?? false
    this.lowerNames = undefined
    this.links = 0
    this.redirect = found.redirect
    this.metacopy = found.metacopy ?? false
    this.ephemeralIno = ephemeralIno
    if (this.upper) v.dget(this.upper)
    for (const { dentry } of this.lower) v.dget(dentry)
    copyattr(this)
  }

  /** Linux: ovl_inode_real(). */
  get real(): Inode {
    return layerInode(this.v, this.upper || this.lower[0]!.dentry)
  }
  /** Linux: ovl_inode_realdata(): where the contents of a file are. */
  get data(): Inode {
    return this.upper && !this.metacopy ? this.real : layerInode(this.v, this.lower.at(-1)!.dentry)
  }
  get ino(): number {
    return inoOf(this.v, this)
  }
  get nlink(): number {
    return this.indexed && !isDir(this.real) ? this.links : this.real.nlink
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
  get flags(): number {
    return (this.real.flags ?? 0) | this.protFlags
  }
}

/** Linux: ovl_copyattr(). */
export function copyattr(inode: OvlInode): void {
  const { mode, uid, gid } = inode.real
  inode.mode = mode
  inode.uid = uid
  inode.gid = gid
}

export const ovlFs = (v: Vfs, sb: number): OvlFs => v.superBlocks.get(sb).data as OvlFs
export const isOverlay = (sb: SuperBlock): boolean => sb.type === 'overlay'

/** The inode a dentry of a layer leads to. */
export const layerInode = (v: Vfs, dentry: number): Inode => v.inode(v.dentry(dentry).inode)

/** Linux: OVL_TYPE_MERGE: a directory that shows more than one layer. */
export const isMerge = (inode: OvlInode): boolean =>
  isDir(inode) && inode.lower.length > (inode.upper ? 0 : 1)

/** Linux: ovl_type_merge_or_lower(): part of it lies on a lower layer. */
export const isMergeOrLower = (inode: OvlInode): boolean =>
  isDir(inode) ? inode.lower.length > 0 : inode.upper === 0 || inode.metacopy

/** The lower inode that a name leads to, or by its handle the one that an upper file was copied from. */
export const lowerOf = (v: Vfs, { lower, origin }: Found): Inode | undefined =>
  lower[0] ? layerInode(v, lower[0].dentry) : origin ? v.findInode(origin) : undefined

/**
 * Linux: ovl_hash_bylower() and OVL_CONST_INO: an inode is known by the lower one, and has its number, unless there are
 * several names of which each is copied up for itself.
 */
export function hashesByLower(fs: OvlFs, { upper, indexed }: Found, below: Inode | undefined): boolean {
  if (!below) return false
  if (indexed || !fs.upper) return true
  if ((upper || !fs.index) && !isDir(below) && below.nlink > 1) return false
  return !(fs.nfsExport && upper)
}

/** Linux: ovl_verify_lower(), ovl_index_all(). */
export const verifiesLower = (fs: OvlFs): boolean => fs.nfsExport && fs.index !== 0

/** Linux: ovl_getattr(): the inode whose number is shown. The root of an overlay has no origin, whatever it merges. */
export function numberedBy(v: Vfs, inode: OvlInode): Inode {
  const { real } = inode
  if (!inode.upper || isRoot(v, inode)) return real
  const lower = v.findInode(inode.origin)
  if (!lower || inode.indexed) return lower ?? real
  return !verifiesLower(ovlFs(v, inode.sb)) && (isDir(lower) || lower.nlink === 1) ? lower : real
}

/** A number of this machine is exact up to here, so that the bits of the layer may stand lower than on Linux. */
const EXACT_BITS = 48

/** Linux: ovl_map_dev_ino(), ovl_map_ino(). */
function inoOf(v: Vfs, inode: OvlInode): number {
  const fs = ovlFs(v, inode.sb)
  if (fs.xinoBits < 0 && isDir(inode)) return inode.ephemeralIno
  const shown = numberedBy(v, inode)
  if (fs.xinoBits <= 0) return shown.ino
  const shift = Math.min(65 - fs.xinoBits, EXACT_BITS)
  return shown.ino + (fs.fsids.get(shown.sb) ?? 0) * 2 ** shift
}

export const isRoot = (v: Vfs, inode: OvlInode): boolean =>
  v.dentry(v.superBlocks.get(inode.sb).root).inode === inode.id

/** Linux: ovl_type_origin(): it is a copy of something whose number it has. */
export const hasOrigin = (inode: OvlInode): boolean => inode.upper !== 0 && inode.origin !== 0

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

/** Linux: ovl_path_is_opaquedir(): what lies below does not show through. The value is "y" and nothing else. */
export function isOpaque(v: Vfs, fs: OvlFs, inode: Inode): boolean {
  const value = ovlXattr(v, fs, inode, 'opaque')
  return value?.length === 1 && value[0] === YES[0]
}

/**
 * Linux: ovl_setxattr(). Without attributes on the upper layer it fails with `otherwise`, if given, or does nothing.
 * Errors: EPERM (links and special files have no user.* attributes; for ovl_set_origin() that is no failure).
 */
export function setOvlXattr(
  v: Vfs,
  fs: OvlFs,
  inode: Inode,
  name: string,
  value: Uint8Array,
  otherwise?: Errno,
): void {
  if (fs.userxattr && !isDir(inode) && !isReg(inode)) {
    if (name === 'origin') return
    throw EPERM
  }
  if (fs.xattrs) v.iops(inode).setxattr(v, inode, xattrName(fs, name), value, 0)
  else if (otherwise) throw otherwise
}

export const YES = Uint8Array.of(0x79)
