/**
 * The inodes index: the directory `index` in the work directory, where a copied-up file with several names has one more,
 * made of the file handle of the lower file, so that all names find the same copy. With nfs_export everything that is
 * copied up has an entry. Linux: the index functions of fs/overlayfs/{namei,util,copy_up,readdir}.c.
 *
 * Left out: opening overlay files by handle, for which nfs_export keeps its entries.
 */
import {
  decode,
  EINVAL,
  EIO,
  encode,
  ENODATA,
  ENOENT,
  type Errno,
  ESTALE,
  isDir,
  S_IFDIR,
  S_IFMT,
} from '../../abi/index.ts'
import { type Inode, type Vfs, vfsCreate } from '../../vfs/index.ts'
import { decodeFh, encodeFh, hex, isFh, lastTwo, storedFh, verifyFh, verifySetFh } from './file-handle.ts'
import {
  isWhiteout,
  layerInode,
  type OvlFs,
  type OvlInode,
  ovlXattr,
  setOvlXattr,
  verifiesLower,
} from './layers.ts'
import { cleanupAndWhiteout, removeUpper } from './whiteout.ts'

const unhex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], it => Number.parseInt(it, 16))

/** Linux: ovl_get_index_name(): the handle of the lower inode in hexadecimal. */
export const indexName = (v: Vfs, fs: OvlFs, lower: Inode): string => hex(encodeFh(v, fs, lower, false))

/** Linux: ovl_need_index(): lower files with several names, or for NFS all. */
export function needsIndex(v: Vfs, fs: OvlFs, inode: OvlInode): boolean {
  const lower = inode.lowerInode ? v.findInode(inode.lowerInode) : undefined
  if (!lower || !fs.index) return false
  return verifiesLower(fs) || (!isDir(lower) && lower.nlink > 1)
}

/** Linux: ovl_lookup_index(): the entry of a lower inode, 0 if there is none that fits. Errors: EIO. */
export function lookupIndex(v: Vfs, fs: OvlFs, upper: number, origin: Inode): number {
  const index = v.lookup(fs.index, indexName(v, fs, origin), fs.mounter)
  if (!index) return 0
  const inode = layerInode(v, index)
  const type = inode.mode & S_IFMT
  if (isWhiteout(inode) || type !== (origin.mode & S_IFMT)) {
    const types = `ftype=${type.toString(16)}, origin ftype=${(origin.mode & S_IFMT).toString(16)}`
    throw failed(v, `bad index found (index=${lastTwo(v, index)}, ${types}).`)
  }
  if (!isDir(inode)) return upper && v.dentry(upper).inode !== inode.id ? 0 : index
  if (!upper)
    throw failed(v, `suspected uncovered redirected dir found (origin=?, index=${lastTwo(v, index)}).`)
  if (verifySetFh(v, fs, index, { name: 'upper', real: upper, set: false })) throw EIO
  return index
}

function failed(v: Vfs, why: string): Errno {
  v.host.log(`overlayfs: ${why}`)
  return EIO
}

/** Linux: ovl_create_index(): the entry of a directory is an empty one that tells the upper directory's handle. */
export function createIndex(v: Vfs, fs: OvlFs, lower: Inode, upper: Inode): void {
  const { fsuid: uid, fsgid: gid } = fs.mounter.cred
  const made = vfsCreate(v, fs.mounter, fs.index, indexName(v, fs, lower), { mode: S_IFDIR, uid, gid })
  setOvlXattr(v, fs, layerInode(v, made), 'upper', encodeFh(v, fs, upper, true))
}

/**
 * Linux: ovl_set_nlink_upper(), ovl_set_nlink_lower(): how many names the overlay shows, told as a difference from the
 * links of the upper or the lower file, which stays right while one name changes.
 */
export function setNlink(v: Vfs, fs: OvlFs, inode: OvlInode, base: 'U' | 'L'): void {
  const real = base === 'U' ? inode.real : v.inode(inode.lowerInode)
  const difference = inode.links - real.nlink
  const text = `${base}${difference < 0 ? '' : '+'}${difference}`
  setOvlXattr(v, fs, inode.real, 'nlink', encode(text))
}

/** Linux: ovl_get_nlink(): how many names an overlay file has. */
export function getNlink(
  v: Vfs,
  fs: OvlFs,
  lower: Inode | undefined,
  upper: number,
  otherwise: number,
): number {
  if (!lower || !upper || lower.nlink === 1) return otherwise
  const real = layerInode(v, upper)
  const text = ovlXattr(v, fs, real, 'nlink')
  const [, base, difference] = /^([UL])([+-]\d+)$/.exec(text ? decode(text) : '') ?? []
  const count = (base === 'L' ? lower : real).nlink + Number(difference)
  if (base && count > 0) return count
  const errno = text === undefined ? ENODATA.errno : base ? 0 : EIO.errno
  v.host.log(`overlayfs: failed to get index nlink (${lastTwo(v, upper)}, err=${errno ? -errno : 0})`)
  return otherwise
}

/** Linux: ovl_cleanup_index(): the last name is gone. For NFS a whiteout says that there was a file. */
export function cleanupIndex(v: Vfs, fs: OvlFs, inode: OvlInode): void {
  const { real } = inode
  if (!isDir(real) && real.nlink !== 1) {
    const what = `${lastTwo(v, inode.upper)}, ino=${real.ino}, nlink=${real.nlink}`
    v.host.log(`overlayfs: cleanup linked index (${what})`)
    inode.links = real.nlink - 1
    return setNlink(v, fs, inode, 'U')
  }
  const name = indexName(v, fs, v.inode(inode.lowerInode))
  const index = v.lookup(fs.index, name, fs.mounter)
  if (verifiesLower(fs)) cleanupAndWhiteout(v, fs, fs.index, name, index)
  else if (index) removeUpper(v, fs, index)
}

/** Linux: ovl_indexdir_cleanup(): at mount, leftovers and entries whose files are gone are removed. Errors: EINVAL, EIO. */
export function cleanIndexDir(v: Vfs, fs: OvlFs): void {
  const dir = layerInode(v, fs.index)
  for (const { name } of v.iops(dir).readdir(v, dir, fs.mounter)) {
    const index = v.lookup(fs.index, name, fs.mounter)
    const refused = name.startsWith('#') ? ESTALE : verifyIndex(v, fs, index)
    if (!refused) continue
    if (refused !== ESTALE && refused !== ENOENT) {
      v.host.log(`overlayfs: failed index dir cleanup (${-refused.errno})`)
      throw refused
    }
    if (refused === ENOENT && fs.nfsExport) cleanupAndWhiteout(v, fs, fs.index, name, index)
    else removeUpper(v, fs, index)
  }
}

/** Linux: ovl_verify_index(): returns ESTALE for an entry of another time, ENOENT for one that no name uses. */
function verifyIndex(v: Vfs, fs: OvlFs, index: number): Errno | undefined {
  const inode = layerInode(v, index)
  const { name } = v.dentry(index)
  const type = `ftype=${(inode.mode & S_IFMT).toString(16)}`
  const fail = (errno: Errno): Errno => {
    v.host.log(`overlayfs: failed to verify index (${lastTwo(v, index)}, ${type}, err=${-errno.errno})`)
    return errno
  }
  const orphan = (): Errno => {
    v.host.log(`overlayfs: orphan index entry (${lastTwo(v, index)}, ${type}, nlink=${inode.nlink})`)
    return ENOENT
  }
  const fh = unhex(name)
  if (!/^[0-9a-f]+$/.test(name) || !isFh(fh)) return fail(EINVAL)
  if (isWhiteout(inode)) return undefined
  if (isDir(inode) && !fs.nfsExport) return undefined
  let upper: Inode = inode
  if (isDir(inode)) {
    const stored = storedFh(v, fs, inode, 'upper')
    if (!stored) return fail(ESTALE)
    const found = decodeFh(v, fs, stored, [v.dentry(fs.upper).sb])
    if (!found) return orphan()
    upper = found
  }
  const refused = verifyFh(v, fs, upper, 'origin', fh)
  if (refused) return fail(refused)
  if (isDir(inode) || inode.nlink !== 1) return undefined
  const origin = decodeFh(
    v,
    fs,
    fh,
    fs.lowers.map(it => v.dentry(it).sb),
  )
  if (!origin) return fail(ESTALE)
  return getNlink(v, fs, origin, index, 0) ? undefined : orphan()
}
