/** Looking a name up through the layers. Linux: fs/overlayfs/namei.c. */
import { isDir } from '../../abi/index.ts'
import type { Caller, Vfs } from '../../vfs/index.ts'
import { isOpaque, isWhiteout, layerInode, OvlInode, ovlFs, ovlXattr } from './layers.ts'

/** Linux: ovl_lookup(): directories merge, anything else hides what is below; a whiteout hides and shows nothing. */
export function lookup(v: Vfs, dir: OvlInode, name: string, as: Caller): OvlInode | undefined {
  const fs = ovlFs(v, dir.sb)
  const seek = (layer: number): number => v.lookup(layer, name, fs.mounter)
  const upper = dir.upper ? seek(dir.upper) : 0
  const lower: number[] = []
  if (upper) {
    const inode = layerInode(v, upper)
    if (isWhiteout(inode)) return undefined
    if (!isDir(inode)) return newOvlInode(v, dir.sb, upper, originOf(v, dir, upper, seek))
    if (isOpaque(v, fs, inode)) return newOvlInode(v, dir.sb, upper, [])
  }
  for (const layer of dir.lower) {
    const found = seek(layer)
    if (!found) continue
    const inode = layerInode(v, found)
    if (isWhiteout(inode)) break
    if (!isDir(inode)) {
      if (!upper && !lower.length) lower.push(found)
      break
    }
    lower.push(found)
    if (isOpaque(v, fs, inode)) break
  }
  return upper || lower.length ? newOvlInode(v, dir.sb, upper, lower) : undefined
}

/** The lower file that an upper one was copied from, for its inode number. Linux: ovl_check_origin(). */
function originOf(v: Vfs, dir: OvlInode, upper: number, seek: (layer: number) => number): readonly number[] {
  const origin = ovlXattr(v, ovlFs(v, dir.sb), layerInode(v, upper), 'origin')
  if (!origin) return []
  for (const layer of dir.lower) {
    const found = seek(layer)
    if (found && layerInode(v, found).ino === originIno(origin)) return [found]
  }
  return []
}

/** Linux: struct ovl_fh: version, magic, length, flags, type, UUID of the file system, inode number and generation. */
export function originXattr(ino: number): Uint8Array {
  const fh = Uint8Array.of(
    0,
    0xfb,
    29,
    0,
    1,
    0x5c,
    0xa1,
    0xab,
    0x1e,
    0,
    0,
    0x40,
    0,
    0x80,
    0,
    0,
    0,
    0,
    0,
    0,
    1,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
  )
  new DataView(fh.buffer).setUint32(21, ino, true)
  return fh
}

const originIno = (fh: Uint8Array): number => new DataView(fh.buffer, fh.byteOffset).getUint32(21, true)

const lastInos = new WeakMap<Vfs, Map<number, number>>()

/** Linux: ovl_next_ino(): directories of an overlay over several file systems are numbered as they are met. */
function nextIno(v: Vfs, sb: number): number {
  let map = lastInos.get(v)
  if (!map) lastInos.set(v, (map = new Map()))
  const next = (map.get(sb) ?? 1) + 1
  map.set(sb, next)
  return next
}

/** Linux: ovl_get_inode(). */
export function newOvlInode(v: Vfs, sb: number, upper: number, lower: readonly number[]): OvlInode {
  const directory = isDir(layerInode(v, upper || lower[0]!))
  return v.newTransientInode(new OvlInode(v, sb, upper, lower, directory ? nextIno(v, sb) : 0))
}

/**
 * Linux: ovl_lower_positive(): whether a lower layer would show the name if the upper one had nothing there, so that
 * removing it needs a whiteout.
 */
export function lowerPositive(v: Vfs, dir: OvlInode, name: string): boolean {
  const fs = ovlFs(v, dir.sb)
  for (const layer of dir.lower) {
    const found = v.lookup(layer, name, fs.mounter)
    if (found) return !isWhiteout(layerInode(v, found))
  }
  return false
}
