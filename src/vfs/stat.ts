/**
 * stat(2), statfs(2), readlink(2). Linux: fs/stat.c, fs/statfs.c.
 */
import {
  EINVAL,
  isLink,
  MS_NOATIME,
  MS_NODEV,
  MS_NODIRATIME,
  MS_NOEXEC,
  MS_NOSUID,
  MS_RDONLY,
  MS_RELATIME,
  type Stat,
  type Statfs,
} from '../abi/index.ts'
import { touchAtime } from './atime.ts'
import { inodeAt, pathLookup } from './namei.ts'
import type { Caller, Inode, SuperBlock } from './types.ts'
import type { Vfs } from './vfs.ts'

/** Linux: generic_fillattr() and the file system's getattr. */
export function statInode(v: Vfs, as: Caller, inode: Inode): Stat {
  const sb = v.superBlocks.get(inode.sb)
  const own = v.iops(inode).getattr?.(v, inode, as)
  const { ino, mode, nlink, uid, gid, rdev, size, atime, mtime, ctime, btime } = inode
  const stat = {
    dev: sb.dev,
    ino,
    mode,
    nlink,
    uid,
    gid,
    rdev,
    size,
    blksize: sb.blockSize,
    blocks: 0,
    atime,
    mtime,
    ctime,
    btime,
  }
  return own ? { ...stat, ...own } : stat
}

/** stat(2). */
export const stat = (v: Vfs, as: Caller, path: string): Stat =>
  statInode(v, as, inodeAt(v, pathLookup(v, as, path, 'follow')))

/** lstat(2). */
export const lstat = (v: Vfs, as: Caller, path: string): Stat =>
  statInode(v, as, inodeAt(v, pathLookup(v, as, path, 'nofollow')))

/** fstat(2) of an open file. */
export const fstat = (v: Vfs, as: Caller, file: number): Stat =>
  statInode(v, as, v.inode(v.openFiles.get(file).inode))

/** readlink(2). Errors: EINVAL when it is no link. */
export function readlink(v: Vfs, as: Caller, path: string): string {
  const place = pathLookup(v, as, path, 'nofollow')
  const inode = inodeAt(v, place)
  if (!isLink(inode)) throw EINVAL
  touchAtime(v, place.mount, inode)
  return v.iops(inode).readlink(v, inode, as)
}

/** statfs(2). */
export function statfs(v: Vfs, as: Caller, path: string): Statfs {
  const place = pathLookup(v, as, path, 'follow')
  return statfsOf(v, inodeAt(v, place).sb, v.mounts.get(place.mount).flags)
}

/** fstatfs(2) of an open file. */
export function fstatfs(v: Vfs, id: number): Statfs {
  const file = v.openFiles.get(id)
  return statfsOf(v, v.inode(file.inode).sb, v.mounts.get(file.mount).flags)
}

function statfsOf(v: Vfs, id: number, mountFlags: number): Statfs {
  const sb = v.superBlocks.get(id)
  return { fsid: [0, 0], ...v.fsOf(sb).statfs(v, sb), flags: statfsFlags(sb, mountFlags) }
}

/** Linux: calculate_f_flags(). ST_VALID, ST_RDONLY, ST_NOSUID, … of statfs(2). */
function statfsFlags(sb: SuperBlock, flags: number): number {
  const map = [
    [MS_RDONLY, 1],
    [MS_NOSUID, 2],
    [MS_NODEV, 4],
    [MS_NOEXEC, 8],
    [MS_NOATIME, 1024],
    [MS_NODIRATIME, 2048],
    [MS_RELATIME, 4096],
  ] as const
  let bits = 0x20
  for (const [from, to] of map) if (flags & from) bits |= to
  return sb.flags & MS_RDONLY ? bits | 1 : bits
}
