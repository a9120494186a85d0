/**
 * The disk's file system as programs see it: an ext4 on /dev/vda. Linux: fs/ext4/.
 *
 * Left out: everything below the file interface (journal, extents, inode tables); growing directories, quotas.
 */
import { EBUSY, EINVAL, encode, ENOENT, ENOTBLK, isBlk, isLink, MS_RDONLY, S_IFDIR } from '../abi/index.ts'
import type { Own } from '../state/index.ts'
import { type Caller, type FileSystemType, inodeAt, pathLookup, vfsCreate, type Vfs } from '../vfs/index.ts'
import { hashOrder } from './dx-hash.ts'
import { newStore, type StoreKind, type StoreSuper, storeFops, storeInodeOps, storeStatfs } from './store.ts'

const EXT4_MAGIC = 0xef53
/** A link up to this length lies in the inode (i_block). */
const FAST_SYMLINK = 60
/** 8154588 KiB, of which 16384 KiB are reserved, and 524288 inodes, of which the first 10 are special. */
const BLOCKS = 2038647
const RESERVED = 4096
const INODES = 524288
const FIRST_INO = 11

const kind: StoreKind = {
  dirSize: () => 4096,
  blocksOf: inode =>
    (inode.mode & S_IFDIR) === S_IFDIR && !isLink(inode)
      ? 1
      : isLink(inode) && encode(inode.link).length >= FAST_SYMLINK
        ? 1
        : 0,
  order: hashOrder,
  userXattrs: true,
}
const iops = storeInodeOps(kind)

/** The device number that `source` names. Errors: ENOENT, ENOTBLK. Linux: lookup_bdev(). */
export function deviceOf(v: Vfs, source: string, as: Caller): number {
  if (as.task === 0) return BOOT_DEVICE
  const inode = inodeAt(v, pathLookup(v, as, source, 'follow'))
  if (!isBlk(inode)) throw ENOTBLK
  return inode.rdev
}

/** 254:0, /dev/vda. */
export const BOOT_DEVICE = 0xfe00

export const ext4: FileSystemType = {
  name: 'ext4',
  magic: EXT4_MAGIC,
  requiresDev: true,
  keepsNames: true,
  usernsMount: false,
  iops: () => iops as never,
  fops: storeFops,
  statfs: (v, sb) => storeStatfs(v, sb.id, EXT4_MAGIC, RESERVED),
  remount(v, sb, options, _as, flags) {
    check(v, options)
    // The services of the host keep log files open on it.
    if (flags & MS_RDONLY && !(sb.flags & MS_RDONLY)) throw EBUSY
    return sb.options
  },
  mount(v, source, options, flags, as) {
    if (!source) throw ENOENT
    const dev = deviceOf(v, source, as)
    check(v, options)
    for (const sb of v.superBlocks.values()) {
      if (sb.type !== 'ext4' || sb.dev !== dev) continue
      if ((sb.flags ^ flags) & MS_RDONLY) throw EBUSY
      return sb.id
    }
    return format(v, dev, flags)
  },
}

const OPTIONS =
  /^(errors=(continue|panic|remount-ro)|data=ordered|defaults|barrier(=\d)?|discard|nodiscard|user_xattr|acl|commit=\d+|)$/

function check(v: Vfs, options: string): void {
  for (const option of options.split(',')) {
    if (OPTIONS.test(option)) continue
    v.host.log(`ext4: Unknown parameter '${option.split('=')[0]}'`)
    throw EINVAL
  }
}

/** Only the boot disk has a file system on it; making one on another device is not modelled. */
function format(v: Vfs, dev: number, flags: number): number {
  if (dev !== BOOT_DEVICE) throw EINVAL
  const as = { cred: { fsuid: 0, fsgid: 0 } } as unknown as Caller
  const root = { mode: 0o755, uid: 0, gid: 0 }
  const sb = newStore(
    v,
    kind,
    {
      type: 'ext4',
      magic: EXT4_MAGIC,
      dev,
      flags,
      userNs: v.initUserNs,
      options: 'errors=remount-ro',
      maxBlocks: BLOCKS,
      maxInodes: INODES,
      nextIno: 2,
    },
    root,
  )
  own(v, sb.id).nextIno = FIRST_INO
  const found = vfsCreate(v, as, sb.root, 'lost+found', { mode: S_IFDIR | 0o700, uid: 0, gid: 0 })
  v.inodes.own(v.dentry(found).inode).size = 16384
  return sb.id
}

const own = (v: Vfs, sb: number): Own<StoreSuper> => v.superBlocks.own(sb) as Own<StoreSuper>

/** What a disk holds that is not shown: the rest of an installation. */
export interface DiskUse {
  readonly usedBlocks: number
  readonly usedInodes: number
  readonly nextIno: number
}

/** After the image is unpacked: count what a real installation takes, so that df and ls -i tell the usual. */
export function settleDisk(v: Vfs, sb: number, use: DiskUse): void {
  Object.assign(own(v, sb), use)
}
