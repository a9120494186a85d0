/**
 * File handles: how an overlay remembers which inode of a lower layer a copy was made of, and which upper directory an
 * index belongs to. Linux: struct ovl_fh of fs/overlayfs/overlayfs.h, and the functions on it in namei.c, copy_up.c.
 */
import { CAP_DAC_READ_SEARCH, ENODATA, type Errno, ESTALE, S_IFMT } from '../../abi/index.ts'
import type { Caller, Inode, SuperBlock, Vfs } from '../../vfs/index.ts'
import { layerInode, type OvlFs, ovlXattr, setOvlXattr } from './layers.ts'

const MAGIC = 0xfb
const FLAG_UPPER = 4
const FILEID_INO32_GEN = 1
/** Version, magic, length, flags, type and the UUID of the file system come before the file's own part. */
const HEAD = 21
const EXT4_UUID = [0x5c, 0xa1, 0xab, 0x1e, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 1]

/** What the handles of a file system are: 32-bit inode numbers, something of its own, or none. */
export type HandleKind = 'ino32' | 'own' | undefined

/** Linux: ovl_can_decode_fh(). Opening by handle takes a right in the initial user namespace. */
export function canDecodeFh(v: Vfs, sb: SuperBlock, as: Caller): HandleKind {
  if (!v.host.capable(as.cred, CAP_DAC_READ_SEARCH, v.initUserNs)) return undefined
  if (sb.type === 'ext4') return 'ino32'
  if (sb.type === 'overlay') return (sb.data as OvlFs).nfsExport ? 'own' : undefined
  return ['tmpfs', 'devtmpfs', 'cgroup2', 'squashfs'].includes(sb.type) ? 'own' : undefined
}

function uuidOf(sb: SuperBlock): readonly number[] {
  if (sb.type === 'ext4' && sb.id < 8) return EXT4_UUID
  let state = Math.imul(sb.id, 0x9e3779b1)
  return EXT4_UUID.map(() => (state = Math.imul(state ^ (state >>> 15), 0x85ebca6b) >>> 0) & 0xff)
}

/** Linux: ovl_encode_real_fh(). The generation of an inode is its id here. */
export function encodeFh(v: Vfs, fs: OvlFs, inode: Inode, isUpper: boolean): Uint8Array {
  const sb = v.superBlocks.get(inode.sb)
  const isShort = sb.type === 'ext4'
  const handle = new Uint8Array(HEAD + (isShort ? 8 : 12))
  handle.set([0, MAGIC, handle.length, isUpper ? FLAG_UPPER : 0, FILEID_INO32_GEN])
  if (fs.uuid) handle.set(uuidOf(sb), 5)
  const view = new DataView(handle.buffer)
  view.setUint32(HEAD, isShort ? inode.ino : inode.id >>> 0, true)
  view.setUint32(HEAD + 4, isShort ? inode.id >>> 0 : inode.ino, true)
  return handle
}

/** The handle of a lower inode that its copy keeps; empty where the file system has none. Linux: ovl_set_origin(). */
export const originFh = (v: Vfs, fs: OvlFs, lower: Inode): Uint8Array =>
  canDecodeFh(v, v.superBlocks.get(lower.sb), fs.mounter) ? encodeFh(v, fs, lower, false) : new Uint8Array()

/** Whether bytes look like a handle. Linux: ovl_check_fb_len(). */
export const isFh = (bytes: Uint8Array): boolean =>
  bytes.length > HEAD && bytes[0] === 0 && bytes[1] === MAGIC && bytes[2] === bytes.length

/** Linux: ovl_decode_real_fh(): the inode that a handle means, if it is still there on one of these file systems. */
export function decodeFh(v: Vfs, fs: OvlFs, bytes: Uint8Array, sbs: readonly number[]): Inode | undefined {
  if (!isFh(bytes)) return undefined
  const isShort = bytes.length === HEAD + 8
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const inode = v.findInode(view.getUint32(HEAD + (isShort ? 4 : 0), true))
  if (!inode || inode.nlink === 0 || !sbs.includes(inode.sb)) return undefined
  if (inode.ino !== view.getUint32(HEAD + (isShort ? 0 : 4), true)) return undefined
  const hasUuid = bytes.subarray(5, HEAD).some(it => it !== 0)
  return hasUuid === fs.uuid ? inode : undefined
}

/** Linux: ovl_get_fh(): the handle kept in an attribute; what is none counts as none, with a line in the log. */
export function storedFh(v: Vfs, fs: OvlFs, on: Inode, name: string): Uint8Array | undefined {
  const bytes = ovlXattr(v, fs, on, name)
  if (!bytes?.length || isFh(bytes)) return bytes?.length ? bytes : undefined
  // Linux prints the buffer, in which three bytes stand before the value.
  const shown = Uint8Array.of(0, 0, 0, ...bytes).subarray(0, bytes.length)
  v.host.log(`overlayfs: invalid origin (${hex(shown)})`)
  return undefined
}

export const hex = (bytes: Uint8Array): string =>
  [...bytes].map(it => it.toString(16).padStart(2, '0')).join('')

/** Linux: ovl_check_origin(): what an upper file was copied from, 0 if that is not known. */
export function originOf(v: Vfs, fs: OvlFs, upper: Inode): number {
  const handle = storedFh(v, fs, upper, 'origin')
  if (!handle) return 0
  const sbs = fs.lowers.map(it => v.dentry(it).sb)
  const inode = decodeFh(v, fs, handle, sbs)
  return inode && (inode.mode & S_IFMT) === (upper.mode & S_IFMT) ? inode.id : 0
}

/** Linux: ovl_verify_fh(): compare a stored handle; returns ENODATA if there is none, ESTALE if it is another. */
export function verifyFh(v: Vfs, fs: OvlFs, on: Inode, name: string, fh: Uint8Array): Errno | undefined {
  const stored = storedFh(v, fs, on, name)
  if (!stored) return ENODATA
  return stored.length === fh.length && stored.every((byte, i) => byte === fh[i]) ? undefined : ESTALE
}

/** What may go wrong when a handle is compared, and where it is kept. */
interface Verified {
  readonly name: 'origin' | 'upper'
  /** Dentry of the layer that the handle has to mean. */
  readonly real: number
  /** Store the handle if there is none. */
  readonly set: boolean
}

/** Linux: ovl_verify_set_fh(): ovl_verify_origin() and ovl_verify_upper(). The log says what did not agree. */
export function verifySetFh(v: Vfs, fs: OvlFs, on: number, { name, real, set }: Verified): Errno | undefined {
  const inode = layerInode(v, real)
  const fh = encodeFh(v, fs, inode, name === 'upper')
  const holder = layerInode(v, on)
  const refused = verifyFh(v, fs, holder, name, fh)
  if (refused === ENODATA && set) {
    setOvlXattr(v, fs, holder, name, fh)
    return undefined
  }
  if (refused)
    v.host.log(
      `overlayfs: failed to verify ${name} (${lastTwo(v, real)}, ino=${inode.ino}, err=${-refused.errno})`,
    )
  return refused
}

/** `%pd2` of printk: the last two names of a path. */
export function lastTwo(v: Vfs, dentry: number): string {
  const { id, parent, name } = v.dentry(dentry)
  if (parent === id) return '/'
  const above = v.dentry(parent)
  return `${above.parent === above.id ? '' : above.name}/${name}`
}
