/**
 * Path walk: from the text of a path to a place in the tree of mounts. Linux: fs/namei.c.
 *
 * A symbolic link is followed by putting its text in front of what is left of the path, so that a walk needs no
 * recursion; `..` climbs out of mounts and stops at the caller's root.
 *
 * Left out: RCU walk, automounts, openat2's RESOLVE_*.
 */
import {
  EACCES,
  EFAULT,
  ELOOP,
  encode,
  ENAMETOOLONG,
  type Errno,
  ENOENT,
  ENOTDIR,
  isDir,
  isLink,
  MS_NOSYMFOLLOW,
  NAME_MAX,
  PATH_MAX,
  S_IFDIR,
  S_IFMT,
  S_ISVTX,
} from '../abi/index.ts'
import { touchAtime } from './atime.ts'
import { inodePermission, MAY_EXEC } from './permission.ts'
import { placeOf, refuse } from './refuse.ts'
import type { Caller, Dentry, Inode, Path } from './types.ts'
import type { Vfs } from './vfs.ts'

export const MAX_SYMLINKS = 40

export const tooManyLinks = (v: Vfs): Errno => refuse(v, ELOOP, 'links-max', { max: MAX_SYMLINKS })

/** Whether a name is longer in bytes than a limit, which it can only be with a third as many characters. */
export const isLonger = (name: string, limit: number): boolean =>
  name.length * 3 > limit && (name.length > limit || encode(name).length > limit)

export const tooLong = (v: Vfs, of: 'name' | 'path'): Errno =>
  refuse(v, ENAMETOOLONG, 'path-length', { of, max: of === 'name' ? NAME_MAX : PATH_MAX - 1 })

/** Where a name is to be made or removed: its directory, and the last component as it was written. */
export interface Parent extends Path {
  readonly last: string
  /** `norm` for an ordinary name; Linux: enum LAST_NORM, LAST_ROOT, LAST_DOT, LAST_DOTDOT. */
  readonly type: 'norm' | 'root' | 'dot' | 'dotdot'
  /** Something like `name/`. */
  readonly trailingSlash: boolean
}

/** Linux: struct nameidata. */
class Walk {
  readonly v: Vfs
  readonly as: Caller
  mount = 0
  dentry = 0
  last = ''
  type: Parent['type'] = 'root'
  trailingSlash = false
  links = 0

  constructor(v: Vfs, as: Caller) {
    this.v = v
    this.as = as
    v.walked = this
  }

  /** Linux: link_path_walk(). With `parent`, stop before the last component; else follow it if it is a link and `follow`. */
  run(path: string, parent: boolean, follow: boolean): void {
    // getname(): what is no text is an address that cannot be read.
    if (typeof path !== 'string') throw EFAULT
    if (path === '') throw ENOENT
    if (isLonger(path, PATH_MAX - 1)) throw tooLong(this.v, 'path')
    const { fs } = this.as
    this.#start(path, fs.pwdMount, fs.pwdDentry)
    let i = 0
    for (;;) {
      while (path.charCodeAt(i) === 47) i++
      if (i >= path.length) return this.#ended(parent)
      const inode = this.#directory()
      inodePermission(this.v, this.as, inode, MAY_EXEC)
      let end = path.indexOf('/', i)
      if (end < 0) end = path.length
      const name = path.slice(i, end)
      let next = end
      while (path.charCodeAt(next) === 47) next++
      const isLast = next >= path.length
      const slash = end < path.length
      if (isLast && parent) return this.#stopBefore(name, slash)
      const rest = this.#component(name, isLast, !isLast || follow || slash)
      if (rest === undefined) {
        if (isLast) return slash ? void this.#directory() : undefined
        i = next
        continue
      }
      // A link: go on with its text and then the rest of this path.
      path = isLast ? rest + (slash ? '/' : '') : rest + path.slice(end)
      this.#start(path, this.mount, this.dentry)
      i = 0
    }
  }

  #start(path: string, mount: number, dentry: number): void {
    const absolute = path.charCodeAt(0) === 47
    this.mount = absolute ? this.as.fs.rootMount : mount
    this.dentry = absolute ? this.as.fs.rootDentry : dentry
  }

  /** The path is over: it was `/`, or nothing after a link's text. */
  #ended(parent: boolean): void {
    this.type = 'root'
    if (!parent) return
    this.last = '/'
  }

  #stopBefore(name: string, slash: boolean): void {
    this.last = name
    this.type = name === '.' ? 'dot' : name === '..' ? 'dotdot' : 'norm'
    this.trailingSlash = slash
    if (isLonger(name, NAME_MAX)) throw tooLong(this.v, 'name')
  }

  #directory(): Inode {
    const inode = this.v.inode(this.v.dentry(this.dentry).inode)
    if ((inode.mode & S_IFMT) !== S_IFDIR) throw ENOTDIR
    return inode
  }

  /** One step. Returns the text of a link that is to be followed; a magic link is followed here. */
  #component(name: string, isLast: boolean, follow: boolean): string | undefined {
    if (name === '.') return undefined
    if (name === '..') {
      this.#dotdot()
      return undefined
    }
    const { v } = this
    if (isLonger(name, NAME_MAX)) throw tooLong(v, 'name')
    const dir = this.dentry
    const found = v.lookup(dir, name, this.as)
    if (!found) throw ENOENT
    const inode = v.inode(v.dentry(found).inode)
    if (follow && isLink(inode)) return this.#follow(inode, isLast)
    this.dentry = found
    this.crossMounts()
    return undefined
  }

  #follow(link: Inode, isLast: boolean): string | undefined {
    const { v } = this
    if (++this.links > MAX_SYMLINKS) throw tooManyLinks(v)
    if (isLast) mayFollowLink(v, this.as, v.inode(v.dentry(this.dentry).inode), link)
    pickLink(v, this.mount, link)
    const iops = v.iops(link)
    const place = iops.getLink?.(v, link, this.as)
    if (!place) return iops.readlink(v, link, this.as)
    this.mount = place.mount
    this.dentry = place.dentry
    return undefined
  }

  /** Linux: follow_dotdot(). */
  #dotdot(): void {
    const { v } = this
    const { rootMount, rootDentry } = this.as.fs
    for (;;) {
      if (this.dentry === rootDentry && this.mount === rootMount) break
      const mount = v.mounts.get(this.mount)
      if (this.dentry !== mount.root) {
        this.dentry = v.dentry(this.dentry).parent
        break
      }
      if (mount.parent === 0 || mount.parent === mount.id) break
      this.dentry = mount.mountpoint
      this.mount = mount.parent
    }
    this.crossMounts()
  }

  /** Linux: traverse_mounts(): to the topmost mount here. */
  crossMounts(): void {
    const { v } = this
    while (v.isMountpoint(this.dentry)) {
      const on = v.lookupMnt(this.mount, this.dentry)
      if (!on) return
      this.mount = on
      this.dentry = v.mounts.get(on).root
    }
  }
}

/** Linux: may_follow_link(): fs.protected_symlinks, against link races in /tmp. */
export function mayFollowLink(v: Vfs, as: Caller, dir: Inode, link: Inode): void {
  if (!v.sysctl.protectedSymlinks || link.uid === as.cred.fsuid) return
  if ((dir.mode & (S_ISVTX | 0o002)) !== (S_ISVTX | 0o002) || dir.uid === link.uid) return
  throw refuse(v, EACCES, 'protected-symlinks', { path: placeOf(v, dir), ouid: link.uid, duid: dir.uid })
}

/** Linux: pick_link(): a link is about to be followed. Errors: ELOOP. */
export function pickLink(v: Vfs, mount: number, link: Inode): void {
  const { flags, root } = v.mounts.get(mount)
  if (flags & MS_NOSYMFOLLOW) throw refuse(v, ELOOP, 'nosymfollow', { path: { mount, dentry: root } })
  touchAtime(v, mount, link)
}

/** Linux: filename_lookup(). Errors: ENOENT, ENOTDIR, EACCES, ELOOP, ENAMETOOLONG. */
export function pathLookup(v: Vfs, as: Caller, path: string, follow: 'follow' | 'nofollow'): Path {
  const walk = new Walk(v, as)
  walk.run(path, false, follow === 'follow')
  return { mount: walk.mount, dentry: walk.dentry }
}

/** Linux: filename_parentat(). */
export function pathParent(v: Vfs, as: Caller, path: string): Parent {
  const walk = new Walk(v, as)
  walk.run(path, true, false)
  const { mount, dentry, last, type, trailingSlash } = walk
  return { mount, dentry, last, type, trailingSlash }
}

/** As pathParent, but from a place instead of from the working directory: the text of a link that open(2) follows. */
export function pathParentFrom(v: Vfs, as: Caller, from: Path, path: string): Parent {
  const fs = { ...as.fs, pwdMount: from.mount, pwdDentry: from.dentry }
  return pathParent(v, { ...as, fs }, path)
}

/** Linux: user_path_at() with LOOKUP_DIRECTORY. */
export function pathDirectory(v: Vfs, as: Caller, path: string): Path {
  const it = pathLookup(v, as, path, 'follow')
  if (!isDir(inodeAt(v, it))) throw ENOTDIR
  return it
}

/** The inode at a place. */
export const inodeAt = (v: Vfs, path: Path): Inode => v.inode(v.dentry(path.dentry).inode)

/** Linux: follow_down(): the topmost of the mounts stacked on a place. */
export function followDown(v: Vfs, path: Path): Path {
  let { mount, dentry } = path
  for (let on = v.lookupMnt(mount, dentry); on; on = v.lookupMnt(mount, dentry)) {
    mount = on
    dentry = v.mounts.get(on).root
  }
  return { mount, dentry }
}

/** Linux: is_subdir(). */
export function isSubdir(v: Vfs, dentry: number, ancestor: number): boolean {
  for (let it: Dentry = v.dentry(dentry); ; it = v.dentry(it.parent)) {
    if (it.id === ancestor) return true
    if (it.parent === it.id) return false
  }
}
