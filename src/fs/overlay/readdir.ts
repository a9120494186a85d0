/**
 * Listing a directory of several layers. Linux: fs/overlayfs/readdir.c.
 *
 * Left out: a merged listing that ends with an error where two names in a row cannot be looked up.
 */
import { type Dirent, ENOTEMPTY, MS_RDONLY, refusal, S_IFCHR } from '../../abi/index.ts'
import { refuse, type Vfs } from '../../vfs/index.ts'
import {
  isMerge,
  isRoot,
  isWhiteout,
  layerInode,
  type OvlInode,
  ovlFs,
  ovlXattr,
  xattrName,
} from './layers.ts'

/** Linux: struct ovl_cache_entry. */
interface CacheEntry {
  readonly entry: Dirent
  readonly isUpper: boolean
  readonly isWhiteout: boolean
}

/** The names of one layer's directory. Linux: ovl_dir_read(). */
function layerEntries(v: Vfs, layer: number, inode: OvlInode): CacheEntry[] {
  const { mounter } = ovlFs(v, inode.sb)
  const real = layerInode(v, layer)
  const isUpper = layer === inode.upper
  return v
    .iops(real)
    .readdir(v, real, mounter)
    .map(entry => {
      const dentry = entry.type === S_IFCHR ? v.lookup(layer, entry.name, mounter) : 0
      return { entry, isUpper, isWhiteout: dentry !== 0 && isWhiteout(layerInode(v, dentry)) }
    })
}

/**
 * Linux: ovl_iterate(). The numbers of what may have been copied up are found by looking the names up, and all of them
 * if the layer stands in the numbers (ovl_calc_d_ino()).
 */
export function readdir(v: Vfs, inode: OvlInode): readonly Dirent[] {
  const list = entries(v, inode, hidesWhiteouts(v, inode))
  const fs = ovlFs(v, inode.sb)
  // Numbers of several file systems that cannot be told apart are left as they are.
  if (fs.xinoBits < 0) return list.map(it => it.entry)
  // Where each file system has numbers of its own, those of the layers are shown.
  if (fs.xinoBits < 0) return list.map(it => it.entry)
  const isImpure = inode.upper !== 0 && ovlXattr(v, fs, inode.real, 'impure') !== undefined
  if (!isMerge(inode) && isImpure)
    return purified(
      v,
      inode,
      list.map(it => it.entry),
    )
  return list.flatMap(({ entry, isUpper }) => {
    if (fs.xinoBits === 0 && !(isImpure && isUpper)) return [entry]
    let looked: Dirent | undefined
    refusal(() => (looked = withIno(v, inode, entry)))
    return looked ? [looked] : []
  })
}

/**
 * Linux: ovl_cache_update_ino(): the names of an impure directory are looked up for their numbers; undefined for one that
 * is not there. Errors: those of the look-up.
 */
function withIno(v: Vfs, inode: OvlInode, entry: Dirent): Dirent | undefined {
  let found = 0
  const { mounter } = ovlFs(v, inode.sb)
  const refused = refusal(() => (found = v.lookup(v.dirDentry(inode.id), entry.name, mounter)))
  if (refused) {
    v.host.log(`overlayfs: failed to look up (${entry.name}) for ino (${-refused.errno})`)
    throw refused
  }
  return found ? { ...entry, ino: v.inode(v.dentry(found).inode).ino } : undefined
}

/**
 * Linux: ovl_cache_get_impure(): a directory all of whose entries have numbers of their own is not impure any more. Errors:
 * those of looking the names up.
 */
function purified(v: Vfs, inode: OvlInode, list: readonly Dirent[]): readonly Dirent[] {
  const fs = ovlFs(v, inode.sb)
  const looked = list.map(it => withIno(v, inode, it) ?? it)
  const isPure = looked.every((it, i) => it.ino === list[i]!.ino)
  const isWritable = !(v.superBlocks.get(inode.sb).flags & MS_RDONLY)
  if (isPure && isWritable) v.iops(inode.real).removexattr(v, inode.real, xattrName(fs, 'impure'))
  return looked
}

/**
 * Linux: OVL_WHITEOUTS, ovl_dir_is_real(): a directory that was never merged is listed as it is, although its
 * whiteouts cannot be found by their names.
 */
function hidesWhiteouts(v: Vfs, inode: OvlInode): boolean {
  const fs = ovlFs(v, inode.sb)
  return isMerge(inode) || isRoot(v, inode) || ovlXattr(v, fs, inode.real, 'origin') !== undefined
}

/**
 * Linux: ovl_dir_read_merged(). The upper layers' names win; those of the lowest layer come first, "this allows offsets to
 * be reasonably constant".
 */
function entries(v: Vfs, inode: OvlInode, hides: boolean): readonly CacheEntry[] {
  const lower = inode.lower.map(it => it.dentry)
  const layers = inode.upper ? [inode.upper, ...lower] : lower
  // A directory that is gone cannot be read (IS_DEADDIR), and with it none of them.
  if (layers.some(it => v.dentry(it).unhashed)) return []
  if (!isMerge(inode)) return layerEntries(v, layers[0]!, inode).filter(it => !it.isWhiteout || !hides)
  const seen = new Map<string, CacheEntry>()
  for (const layer of layers.slice(0, -1))
    for (const it of layerEntries(v, layer, inode)) if (!seen.has(it.entry.name)) seen.set(it.entry.name, it)
  const lowest: CacheEntry[] = []
  for (const it of layerEntries(v, layers[layers.length - 1]!, inode)) {
    lowest.push(seen.get(it.entry.name) ?? it)
    seen.delete(it.entry.name)
  }
  return [...lowest, ...seen.values()].filter(it => !it.isWhiteout)
}

/** Linux: ovl_check_empty_dir(): an empty directory may have whiteouts on the upper layer; returns whether. Errors: ENOTEMPTY. */
export function checkEmptyDir(v: Vfs, inode: OvlInode): boolean {
  const { length: count } = entries(v, inode, true)
  if (count) throw refuse(v, ENOTEMPTY, 'not-empty', { count })
  return inode.upper !== 0 && layerEntries(v, inode.upper, inode).length > 0
}

/** Linux: ovl_pure_upper(): nothing below, and no whiteouts that the overlay could have put there. */
export const isPureUpper = (v: Vfs, inode: OvlInode): boolean =>
  inode.lower.length === 0 && !hidesWhiteouts(v, inode)
