/** Looking a name up through the layers. Linux: fs/overlayfs/namei.c. */
import {
  decode,
  EACCES,
  EINVAL,
  EIO,
  ELOOP,
  ENAMETOOLONG,
  EPERM,
  ESTALE,
  isDir,
  isReg,
} from '../../abi/index.ts'
import type { Inode, Vfs } from '../../vfs/index.ts'
import { checkProtattr } from './fileattr.ts'
import { originFh, originOf, verifySetFh } from './file-handle.ts'
import { getNlink, lookupIndex } from './index-dir.ts'
import {
  type Found,
  hashesByLower,
  isOpaque,
  isWhiteout,
  type LayerPath,
  layerInode,
  lowerOf,
  type OvlFs,
  OvlInode,
  ovlFs,
  ovlXattr,
  setOvlXattr,
  verifiesLower,
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
  const lower = d.stop
    ? []
    : lookupLower(v, fs, dir, d, { dentry: upper, metacopy: upperMetacopy, origin }, name)
  if (d.metacopy || (upperMetacopy && !lower.length)) {
    v.host.log(`overlayfs: metacopy with no lower data found - abort lookup (${shown(v, dir, name)})`)
    throw EIO
  }
  if (!upper && !lower.length) return undefined
  const found = { upper, lower, origin, redirect, metacopy: upperMetacopy }
  const inode = newOvlInode(v, dir.sb, fs.index ? withIndex(v, fs, found, d.isDir) : found)
  if (upper) inode.lowerNames?.delete(`${dir.id}/${name}`)
  else if (!d.isDir && (fs.index || inode.upper)) (inode.lowerNames ??= new Set()).add(`${dir.id}/${name}`)
  return inode
}

/** The part of ovl_lookup() about the index: a lower file that was copied up by another name is served by its entry. */
function withIndex(v: Vfs, fs: OvlFs, found: Found, isDirectory: boolean): Found {
  const origin = lowerOf(v, found)
  if (!origin || (isDirectory && !verifiesLower(fs))) return found
  const index = lookupIndex(v, fs, found.upper, origin)
  if (!index) return found
  if (found.upper) return { ...found, indexed: true }
  const real = layerInode(v, index)
  const metacopy = isReg(real) && ovlXattr(v, fs, real, 'metacopy') !== undefined
  return { ...found, upper: index, indexed: true, metacopy, redirect: redirectXattr(v, fs, real) }
}

/** What the upper layer has under the name. */
interface UpperFound {
  readonly dentry: number
  readonly metacopy: boolean
  readonly origin: number
}

/** The second half of ovl_lookup(): from the layers of the directory, or after an absolute redirect from all. */
function lookupLower(
  v: Vfs,
  fs: OvlFs,
  dir: OvlInode,
  d: Search,
  upper: UpperFound,
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
    if ((upper.metacopy || d.metacopy) && !fs.metacopy) {
      v.host.log(`overlayfs: refusing to follow metacopy origin for (${shown(v, dir, name)})`)
      throw EPERM
    }
    if (upper.dentry && !found.length) {
      if (d.isDir) fixOrigin(v, fs, dir, layerInode(v, it), layerInode(v, upper.dentry))
      // "do not merge with a lower dir that does not match a stored origin xattr" - fs/overlayfs/namei.c
      const verifies = d.isDir ? verifiesLower(fs) : fs.index && upper.origin
      const refused = verifies && verifySetFh(v, fs, upper.dentry, { name: 'origin', real: it, set: false })
      if (refused && d.isDir) break
      if (refused) throw refused
    }
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
const shown = (v: Vfs, dir: OvlInode, name: string): string => {
  const { id, parent, name: above } = v.dentry(v.dirDentry(dir.id))
  return `${parent === id ? '' : above}/${name}`
}

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
    // "Caught in a trap of overlapping layers" - fs/overlayfs/namei.c
    if (fs.traps.has(inode.id)) throw ELOOP
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

/** Linux: ovl_lookup_positive_unlocked(). Errors: EACCES (a redirect that leads upwards). */
function seek(v: Vfs, fs: OvlFs, base: number, name: string): number {
  if (name === '.' || name === '..') throw EACCES
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
  if (!value) return undefined
  const text = value.length ? decode(value) : '(null)'
  const isPath = text.startsWith('/') ? !/\/(?:\/|$)/.test(text) : !text.includes('/')
  const isFine = isPath && value.length > 0
  if (isFine) return text
  v.host.log(`overlayfs: invalid redirect (${text})`)
  throw EINVAL
}

/** Linux: ovl_fix_origin(): a merged directory remembers the lower one from when it is first looked up. */
function fixOrigin(v: Vfs, fs: OvlFs, dir: OvlInode, lower: Inode, upper: Inode): void {
  if (!fs.xattrs || ovlXattr(v, fs, upper, 'origin')) return
  setOvlXattr(v, fs, upper, 'origin', originFh(v, fs, lower))
  setImpure(v, fs, dir)
}

/** Linux: ovl_set_impure(): entries of this upper directory have inode numbers from elsewhere. */
export function setImpure(v: Vfs, fs: OvlFs, dir: OvlInode): void {
  const upper = layerInode(v, dir.upper)
  if (!ovlXattr(v, fs, upper, 'impure')) setOvlXattr(v, fs, upper, 'impure', YES)
}

/** What is kept of an overlay's inodes while they are in memory. */
interface InodeCache {
  lastIno: number
  /** Linux: the inode hash: the inodes that are not directories by the real one that tells them apart. */
  readonly byKey: Map<number, OvlInode>
}
const caches = new WeakMap<Vfs, Map<number, InodeCache>>()

function cacheOf(v: Vfs, sb: number): InodeCache {
  let all = caches.get(v)
  if (!all) caches.set(v, (all = new Map()))
  let cache = all.get(sb)
  if (!cache) all.set(sb, (cache = { lastIno: 1, byKey: new Map() }))
  return cache
}

/**
 * Linux: ovl_get_inode(): all names of one file share an inode. Directories have one name. Errors: ESTALE if the layers were
 * changed so that a name leads to what another one is made of.
 */
export function newOvlInode(v: Vfs, sb: number, found: Found): OvlInode {
  const fs = ovlFs(v, sb)
  const real = layerInode(v, found.upper || found.lower[0]!.dentry)
  const cache = cacheOf(v, sb)
  const below = lowerOf(v, found)
  const key = hashesByLower(fs, found, below) ? below!.id : found.upper ? real.id : 0
  const known = key ? cache.byKey.get(key) : undefined
  if (known && !verifyInode(known, found, below, real)) throw ESTALE
  if (known && !isDir(real)) return known
  // Directories of an overlay over several file systems are numbered as they are met (ovl_next_ino()).
  const inode = initInode(v, fs, new OvlInode(v, sb, found, isDir(real) ? ++cache.lastIno : 0))
  if (!isDir(real)) inode.links = fs.index ? getNlink(v, fs, below, found.upper, real.nlink) : real.nlink
  if (key && !known) cache.byKey.set(key, inode)
  return inode
}

/** Linux: ovl_verify_inode(). A file may have been copied up by another name, a directory has to be as it was. */
function verifyInode(known: OvlInode, found: Found, below: Inode | undefined, real: Inode): boolean {
  if (isDir(known) && ((!below && known.lowerInode) || (!found.upper && known.upper))) return false
  if (below && known.lowerInode !== below.id) return false
  return !found.upper || (known.upper !== 0 && known.real === real)
}

/** Linux: ovl_inode_update(): what could not be known by its lower inode is now known by its copy. */
export function inodeUpdate(v: Vfs, inode: OvlInode, upper: number): void {
  const { byKey } = cacheOf(v, inode.sb)
  inode.upper = upper
  if (!isDir(inode) && byKey.get(inode.lowerInode) !== inode) byKey.set(inode.real.id, inode)
}

function initInode(v: Vfs, fs: OvlFs, inode: OvlInode): OvlInode {
  checkProtattr(v, fs, inode)
  return v.newTransientInode(inode)
}

/** The inode is used no more. */
export function forgetInode(v: Vfs, inode: OvlInode): void {
  const { byKey } = cacheOf(v, inode.sb)
  for (const key of [inode.lowerInode, inode.upper ? inode.real.id : 0])
    if (byKey.get(key) === inode) byKey.delete(key)
}

/** The overlay is unmounted. */
export const forgetInodes = (v: Vfs, sb: number): void => void caches.get(v)?.delete(sb)

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
