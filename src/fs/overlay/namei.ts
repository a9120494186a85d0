/** Looking a name up through the layers. Linux: fs/overlayfs/namei.c. */
import { decode, EINVAL, EIO, ENAMETOOLONG, EPERM, isDir, isReg, S_IFMT } from '../../abi/index.ts'
import type { Inode, Vfs } from '../../vfs/index.ts'
import {
  type Found,
  isOpaque,
  isWhiteout,
  type LayerPath,
  layerInode,
  type OvlFs,
  OvlInode,
  ovlFs,
  ovlXattr,
  setOvlXattr,
  YES,
} from './layers.ts'

/** Linux: struct ovl_lookup_data: what the layers above have said about the name. */
interface Search {
  /** The name in the layer at hand, or after an absolute redirect a path from that layer's root. */
  name: string
  isDir: boolean
  opaque: boolean
  stop: boolean
  last: boolean
  redirect: string | undefined
  metacopy: boolean
}

/** Linux: ovl_lookup(): directories merge, anything else hides what is below; a whiteout hides and shows nothing. */
export function lookup(v: Vfs, dir: OvlInode, name: string): OvlInode | undefined {
  const fs = ovlFs(v, dir.sb)
  const d: Search = {
    name,
    isDir: false,
    opaque: false,
    stop: false,
    last: !fs.redirectFollow && !dir.lower.length,
    redirect: undefined,
    metacopy: false,
  }
  let upper = 0
  let upperMetacopy = false
  let origin = 0
  let redirect: string | undefined
  if (dir.upper) {
    upper = lookupLayer(v, fs, dir.upper, d)
    if (upper && !d.isDir) {
      origin = originOf(v, fs, layerInode(v, upper))
      upperMetacopy = d.metacopy
    }
    redirect = d.redirect
  }
  const lower = d.stop ? [] : lookupLower(v, fs, dir, d, upper, upperMetacopy, name)
  if (d.metacopy || (upperMetacopy && !lower.length)) {
    v.host.log(`overlayfs: metacopy with no lower data found - abort lookup (${shown(v, dir, name)})`)
    throw EIO
  }
  if (!upper && !lower.length) return undefined
  return newOvlInode(v, dir.sb, { upper, lower, origin, redirect, metacopy: upperMetacopy })
}

/** The second half of ovl_lookup(): from the layers of the directory, or after an absolute redirect from all. */
function lookupLower(
  v: Vfs,
  fs: OvlFs,
  dir: OvlInode,
  d: Search,
  upper: number,
  upperMetacopy: boolean,
  name: string,
): LayerPath[] {
  const roots: readonly LayerPath[] = fs.lowers.map((dentry, i) => ({ layer: i + 1, dentry }))
  let places = d.redirect?.startsWith('/') ? roots : dir.lower
  const found: LayerPath[] = []
  for (let i = 0; i < places.length; i++) {
    const { layer, dentry } = places[i]!
    d.last = fs.redirectFollow ? layer === roots.length : i === places.length - 1
    const it = lookupLayer(v, fs, dentry, d)
    // A whiteout ends the search as well.
    if (!it) {
      if (d.stop) break
      continue
    }
    if ((upperMetacopy || d.metacopy) && !fs.metacopy) {
      v.host.log(`overlayfs: refusing to follow metacopy origin for (${shown(v, dir, name)})`)
      throw EPERM
    }
    if (upper && !found.length && d.isDir) fixOrigin(v, fs, dir, layerInode(v, it), layerInode(v, upper))
    // Of a chain of metadata-only copies the topmost and the last are of interest.
    if (d.metacopy && found.length) continue
    found.push({ layer, dentry: it })
    if (d.redirect && !fs.redirectFollow) {
      v.host.log(`overlayfs: refusing to follow redirect for (${shown(v, dir, name)})`)
      throw EPERM
    }
    if (d.stop) break
    if (d.redirect?.startsWith('/') && places !== roots) {
      places = roots
      i = layer - 1
    }
  }
  return found
}

/** `%pd2` of printk: the last two names of a path. */
const shown = (v: Vfs, dir: OvlInode, name: string): string =>
  `${v.dentry(v.dirDentry(dir.id)).name || ''}/${name}`

/** Linux: ovl_lookup_layer(). */
function lookupLayer(v: Vfs, fs: OvlFs, base: number, d: Search): number {
  if (!d.name.startsWith('/')) return lookupSingle(v, fs, base, d, d.name, '', '')
  let at = base
  for (let rest = d.name.length - 1; at && isDir(layerInode(v, at)); ) {
    const start = d.name.length - rest
    const slash = d.name.indexOf('/', start)
    const name = d.name.slice(start, slash < 0 ? undefined : slash)
    at = lookupSingle(v, fs, at, d, name, d.name.slice(0, start), slash < 0 ? '' : d.name.slice(slash))
    if (slash < 0) break
    rest -= name.length + 1
  }
  return at
}

/** Linux: ovl_lookup_single(). `before` and `after` are what stands around the name in `d.name`. */
function lookupSingle(
  v: Vfs,
  fs: OvlFs,
  base: number,
  d: Search,
  name: string,
  before: string,
  after: string,
): number {
  const isLast = after === ''
  const it = seek(v, fs, base, name)
  if (!it) return 0
  const inode = layerInode(v, it)
  const stopped = (opaque: boolean): number => {
    d.stop = true
    if (opaque) d.opaque = true
    return 0
  }
  if (isWhiteout(inode)) return stopped(true)
  if (isLast && d.metacopy && !isReg(inode)) return stopped(false)
  if (!isDir(inode)) {
    if (d.isDir || !isLast) return stopped(false)
    d.metacopy = isReg(inode) && ovlXattr(v, fs, inode, 'metacopy') !== undefined
    d.stop = !d.metacopy
    if (!d.metacopy || d.last) return it
  } else {
    if (isLast) d.isDir = true
    if (d.last) return it
    if (isOpaque(v, fs, inode)) {
      d.stop = true
      if (isLast) d.opaque = true
      return it
    }
  }
  checkRedirect(v, fs, inode, d, before, after)
  return it
}

function seek(v: Vfs, fs: OvlFs, base: number, name: string): number {
  try {
    return v.lookup(base, name, fs.mounter)
  } catch (e) {
    if (e === ENAMETOOLONG) return 0
    throw e
  }
}

/** Linux: ovl_check_redirect(): the layers below know the rest of the path by another name. */
function checkRedirect(v: Vfs, fs: OvlFs, inode: Inode, d: Search, before: string, after: string): void {
  const redirect = redirectXattr(v, fs, inode)
  if (redirect === undefined) return
  const isAbsolute = redirect.startsWith('/')
  // An opaque ancestor does not stop what an absolute redirect below it says.
  if (isAbsolute) d.stop = false
  d.redirect = (isAbsolute ? redirect : before + redirect) + after
  d.name = d.redirect
}

/** Linux: ovl_get_redirect_xattr(). Errors: EINVAL. */
function redirectXattr(v: Vfs, fs: OvlFs, inode: Inode): string | undefined {
  const value = ovlXattr(v, fs, inode, 'redirect')
  if (!value?.length) return undefined
  const text = decode(value)
  const isFine = text.startsWith('/') ? !/\/(?:\/|$)/.test(text) : !text.includes('/')
  if (isFine) return text
  v.host.log(`overlayfs: invalid redirect (${text})`)
  throw EINVAL
}

/** Linux: ovl_fix_origin(): a merged directory remembers the lower one from when it is first looked up. */
function fixOrigin(v: Vfs, fs: OvlFs, dir: OvlInode, lower: Inode, upper: Inode): void {
  if (!fs.xattrs || ovlXattr(v, fs, upper, 'origin')) return
  setOvlXattr(v, fs, upper, 'origin', originXattr(v, lower))
  setImpure(v, fs, dir)
}

/** Linux: ovl_set_impure(): entries of this upper directory have inode numbers from elsewhere. */
export function setImpure(v: Vfs, fs: OvlFs, dir: OvlInode): void {
  const upper = layerInode(v, dir.upper)
  if (!ovlXattr(v, fs, upper, 'impure')) setOvlXattr(v, fs, upper, 'impure', YES)
}

// File handles: which inode a copy was made of.

const HANDLE_SIZE = 29
/** Linux: struct ovl_fh: version, magic, length, flags, type, UUID of the file system. */
const HANDLE_HEAD = [
  0,
  0xfb,
  HANDLE_SIZE,
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
]

/** Linux: ovl_encode_real_fh(). The generation is the inode's id here. A file of an overlay has no handle. */
export function originXattr(v: Vfs, inode: Inode): Uint8Array {
  if (v.superBlocks.get(inode.sb).type === 'overlay') return new Uint8Array()
  const handle = new Uint8Array(HANDLE_SIZE)
  handle.set(HANDLE_HEAD)
  const view = new DataView(handle.buffer)
  view.setUint32(21, inode.ino, true)
  view.setUint32(25, inode.id, true)
  return handle
}

/** Linux: ovl_check_origin(): the inode a handle means, if it is still there on the file system of a lower layer. */
function originOf(v: Vfs, fs: OvlFs, upper: Inode): number {
  const handle = ovlXattr(v, fs, upper, 'origin')
  if (handle?.length !== HANDLE_SIZE) return 0
  const view = new DataView(handle.buffer, handle.byteOffset)
  const id = view.getUint32(25, true)
  const inode = v.findInode(id)
  if (!inode) return 0
  const isLower = fs.lowers.some(it => v.dentry(it).sb === inode.sb)
  const isSame = inode.ino === view.getUint32(21, true) && (inode.mode & S_IFMT) === (upper.mode & S_IFMT)
  return isLower && isSame && inode.nlink > 0 ? id : 0
}

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
export function newOvlInode(v: Vfs, sb: number, found: Found): OvlInode {
  const directory = isDir(layerInode(v, found.upper || found.lower[0]!.dentry))
  return v.newTransientInode(new OvlInode(v, sb, found, directory ? nextIno(v, sb) : 0))
}

/**
 * Linux: ovl_lower_positive(): whether a lower layer would show the name if the upper one had nothing there, so that
 * removing it needs a whiteout.
 */
export function lowerPositive(v: Vfs, dir: OvlInode, name: string): boolean {
  const fs = ovlFs(v, dir.sb)
  for (const { dentry } of dir.lower) {
    const found = seek(v, fs, dentry, name)
    if (found) return !isWhiteout(layerInode(v, found))
  }
  return false
}
