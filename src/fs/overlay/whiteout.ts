/** Whiteouts, and removing what lies on the upper layer. Linux: ovl_whiteout() and ovl_cleanup() of fs/overlayfs/dir.c. */
import { isDir, S_IFCHR } from '../../abi/index.ts'
import { type NewInode, type Vfs, vfsCreate, vfsLink, vfsRmdir, vfsUnlink } from '../../vfs/index.ts'
import { isWhiteout, layerInode, type OvlFs } from './layers.ts'

/** What a new whiteout is. */
export const whiteoutOf = ({ mounter: { cred } }: OvlFs): NewInode => ({
  mode: S_IFCHR,
  uid: cred.fsuid,
  gid: cred.fsgid,
  rdev: 0,
})

/** Linux: ovl_whiteout(): one whiteout stays in the work directory, and further ones are hard links of it. */
export function whiteout(v: Vfs, fs: OvlFs, upperDir: number, name: string): void {
  const work = layerInode(v, fs.work)
  for (const entry of v.iops(work).readdir(v, work, fs.mounter)) {
    if (!entry.name.startsWith('#')) continue
    const shared = v.lookup(fs.work, entry.name, fs.mounter)
    if (shared && isWhiteout(layerInode(v, shared))) return vfsLink(v, fs.mounter, shared, upperDir, name)
  }
  const kept = vfsCreate(v, fs.mounter, fs.work, '#3', whiteoutOf(fs))
  vfsLink(v, fs.mounter, kept, upperDir, name)
}

/** Remove an entry of the upper layer, if it is there, with the whiteouts in it. */
export function removeUpper(v: Vfs, fs: OvlFs, upper: number): void {
  if (!upper) return
  const inode = layerInode(v, upper)
  if (!isDir(inode)) return vfsUnlink(v, fs.mounter, upper)
  clearWhiteouts(v, fs, upper)
  vfsRmdir(v, fs.mounter, upper)
}

/** Linux: ovl_cleanup_whiteouts(): an upper directory that looks empty may still be full of them. */
function clearWhiteouts(v: Vfs, fs: OvlFs, upper: number): void {
  const dir = layerInode(v, upper)
  for (const { name } of v.iops(dir).readdir(v, dir, fs.mounter)) {
    const child = v.lookup(upper, name, fs.mounter)
    if (child && isWhiteout(layerInode(v, child))) vfsUnlink(v, fs.mounter, child)
  }
}
