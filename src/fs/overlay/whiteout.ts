/**
 * Whiteouts, temporary names, and removing what lies on the upper layer. Linux: ovl_whiteout(), ovl_lookup_temp(),
 * ovl_clear_empty() and ovl_cleanup() of fs/overlayfs/dir.c.
 */
import { EIO, EMLINK, ENOENT, isDir, refusal, S_IFCHR } from '../../abi/index.ts'
import {
  type NewInode,
  type Vfs,
  vfsCreate,
  vfsLink,
  vfsRename,
  vfsRmdir,
  vfsUnlink,
} from '../../vfs/index.ts'
import { isWhiteout, layerInode, type OvlFs } from './layers.ts'

/** What a new whiteout is. */
export const whiteoutOf = ({ mounter: { cred } }: OvlFs): NewInode => ({
  mode: S_IFCHR,
  uid: cred.fsuid,
  gid: cred.fsgid,
  rdev: 0,
})

/** Linux: temp_id: all overlays of a machine count together. */
const tempIds = new WeakMap<Vfs, number>()

/** Linux: ovl_lookup_temp(): the next name in a work directory. */
export function tempName(v: Vfs): string {
  const id = (tempIds.get(v) ?? 0) + 1
  tempIds.set(v, id)
  return `#${id.toString(16)}`
}

/** Linux: ovl_create_temp(): the name of what is made in the work directory. Errors: ENOENT if somebody removed that. */
export function createTemp(v: Vfs, fs: OvlFs): string {
  const name = tempName(v)
  if (v.dentry(fs.work).unhashed) throw ENOENT
  return name
}

/** Linux: share_whiteout is false: the overlays whose whiteouts could not be linked. */
const unshared = new WeakSet<OvlFs>()

/**
 * Linux: ovl_whiteout(): a whiteout in the work directory. One stays there, and those that are used are hard links of it,
 * until one cannot be made. Errors: ENOENT, ENOSPC.
 */
function whiteout(v: Vfs, fs: OvlFs): number {
  const kept = keptWhiteout(v, fs) ?? vfsCreate(v, fs.mounter, fs.work, createTemp(v, fs), whiteoutOf(fs))
  if (unshared.has(fs)) return kept
  const name = createTemp(v, fs)
  const refused = refusal(() => vfsLink(v, fs.mounter, kept, fs.work, name))
  if (!refused) return v.lookup(fs.work, name, fs.mounter)
  if (refused !== EMLINK) {
    const { nlink } = layerInode(v, kept)
    const how = `(nlink=${nlink}, err=${2n ** 64n - BigInt(refused.errno)})`
    v.host.log(`overlayfs: Failed to link whiteout - disabling whiteout inode sharing${how}`)
    unshared.add(fs)
  }
  return kept
}

/** Linux: ovl_cleanup_and_whiteout(): a whiteout in place of what there is, if there is anything. */
export function cleanupAndWhiteout(v: Vfs, fs: OvlFs, dir: number, name: string, upper: number): void {
  const made = whiteout(v, fs)
  if (upper) removeUpper(v, fs, upper)
  vfsRename(v, fs.mounter, made, dir, name, 0)
}

function keptWhiteout(v: Vfs, fs: OvlFs): number | undefined {
  const work = layerInode(v, fs.work)
  for (const { name } of v.iops(work).readdir(v, work, fs.mounter)) {
    const found = name.startsWith('#') ? v.lookup(fs.work, name, fs.mounter) : 0
    if (found && isWhiteout(layerInode(v, found))) return found
  }
  return undefined
}

/** Remove an entry of the upper layer. A directory has to be empty. */
export function removeUpper(v: Vfs, fs: OvlFs, upper: number): void {
  if (isDir(layerInode(v, upper))) vfsRmdir(v, fs.mounter, upper)
  else vfsUnlink(v, fs.mounter, upper)
}

/**
 * Linux: ovl_clear_empty(): an upper directory that has nothing but whiteouts changes places with an empty one, which is
 * opaque so that nothing shows through meanwhile. Errors: EIO if it cannot be made opaque.
 */
export function clearEmpty(v: Vfs, fs: OvlFs, upper: number): void {
  createTemp(v, fs)
  if (!fs.xattrs) throw EIO
  const dir = layerInode(v, upper)
  for (const { name } of v.iops(dir).readdir(v, dir, fs.mounter))
    vfsUnlink(v, fs.mounter, v.lookup(upper, name, fs.mounter))
}
