/**
 * Paths and option strings as libmount treats them before it calls mount(2).
 * Linux: util-linux lib/canonicalize.c, libmount/src/{optmap,optstr}.c; mount(8).
 *
 * Left out: LABEL=, UUID= and the other tags: no file system here has one.
 */
import {
  ENOENT,
  Errno,
  isLink,
  MS_BIND,
  MS_DIRSYNC,
  MS_I_VERSION,
  MS_LAZYTIME,
  MS_MANDLOCK,
  MS_MOVE,
  MS_NOATIME,
  MS_NODEV,
  MS_NODIRATIME,
  MS_NOEXEC,
  MS_NOSUID,
  MS_NOSYMFOLLOW,
  MS_PRIVATE,
  MS_RDONLY,
  MS_REC,
  MS_RELATIME,
  MS_REMOUNT,
  MS_SHARED,
  MS_SILENT,
  MS_SLAVE,
  MS_STRICTATIME,
  MS_SYNCHRONOUS,
  MS_UNBINDABLE,
  type Sys,
} from '../../abi/index.ts'
import { getcwd } from './getcwd.ts'

/** An absolute path without links, `.` and `..`. Throws an Errno if a part is missing. Linux: realpath(3). */
export function realpath(sys: Sys, path: string): string {
  if (!path) throw ENOENT
  let left = path.split('/')
  let at = path.startsWith('/') ? '' : getcwd(sys).replace(/^\/$/, '')
  for (let links = 0; left.length; ) {
    const name = left.shift()!
    if (!name || name === '.') continue
    if (name === '..') {
      at = at.slice(0, Math.max(0, at.lastIndexOf('/')))
      continue
    }
    const next = `${at}/${name}`
    if (!isLink(sys.lstat(next)) || ++links > 40) {
      at = next
      continue
    }
    const to = sys.readlink(next)
    if (to.startsWith('/')) at = ''
    left = [...to.split('/'), ...left]
  }
  return at || '/'
}

/** What a bind mount is remounted for. Linux: MNT_BIND_SETTABLE. */
export const BIND_SETTABLE =
  MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_NOATIME | MS_NODIRATIME | MS_RELATIME | MS_RDONLY | MS_NOSYMFOLLOW

/** mount and umount are set-user-id root for the sake of fstab's `user`; all else a user does as that user. */
export function dropPrivileges(sys: Sys): void {
  const uid = sys.getuid()
  const gid = sys.getgid()
  if (gid !== sys.getegid()) sys.setresgid(gid, gid, gid)
  if (uid !== sys.geteuid()) sys.setresuid(uid, uid, uid)
}

/** The canonical path, or the path itself when there is no such file. */
export function canonical(sys: Sys, path: string): string {
  try {
    return realpath(sys, path)
  } catch (e) {
    if (e instanceof Errno) return path
    throw e
  }
}

/** Options that are flags of mount(2): what they set and what they clear. */
const FLAGS: Readonly<Record<string, readonly [set: number, clear: number]>> = {
  ro: [MS_RDONLY, 0],
  rw: [0, MS_RDONLY],
  exec: [0, MS_NOEXEC],
  noexec: [MS_NOEXEC, 0],
  suid: [0, MS_NOSUID],
  nosuid: [MS_NOSUID, 0],
  dev: [0, MS_NODEV],
  nodev: [MS_NODEV, 0],
  sync: [MS_SYNCHRONOUS, 0],
  async: [0, MS_SYNCHRONOUS],
  dirsync: [MS_DIRSYNC, 0],
  mand: [MS_MANDLOCK, 0],
  nomand: [0, MS_MANDLOCK],
  atime: [0, MS_NOATIME],
  noatime: [MS_NOATIME, 0],
  diratime: [0, MS_NODIRATIME],
  nodiratime: [MS_NODIRATIME, 0],
  relatime: [MS_RELATIME, 0],
  norelatime: [0, MS_RELATIME],
  strictatime: [MS_STRICTATIME, 0],
  nostrictatime: [0, MS_STRICTATIME],
  lazytime: [MS_LAZYTIME, 0],
  nolazytime: [0, MS_LAZYTIME],
  iversion: [MS_I_VERSION, 0],
  noiversion: [0, MS_I_VERSION],
  symfollow: [0, MS_NOSYMFOLLOW],
  nosymfollow: [MS_NOSYMFOLLOW, 0],
  silent: [MS_SILENT, 0],
  loud: [0, MS_SILENT],
  remount: [MS_REMOUNT, 0],
  bind: [MS_BIND, 0],
  rbind: [MS_BIND | MS_REC, 0],
  move: [MS_MOVE, 0],
  shared: [MS_SHARED, 0],
  rshared: [MS_SHARED | MS_REC, 0],
  slave: [MS_SLAVE, 0],
  rslave: [MS_SLAVE | MS_REC, 0],
  private: [MS_PRIVATE, 0],
  rprivate: [MS_PRIVATE | MS_REC, 0],
  unbindable: [MS_UNBINDABLE, 0],
  runbindable: [MS_UNBINDABLE | MS_REC, 0],
  defaults: [0, 0],
}

/** What the options that let users mount bring along: MNT_SECURE and MNT_OWNERSECURE of libmount/src/optmap.c. */
const IMPLIED: Readonly<Record<string, number>> = {
  user: MS_NOEXEC | MS_NOSUID | MS_NODEV,
  users: MS_NOEXEC | MS_NOSUID | MS_NODEV,
  owner: MS_NOSUID | MS_NODEV,
  group: MS_NOSUID | MS_NODEV,
}

/** Contexts of SELinux, which libmount drops where SELinux is off. */
const SELINUX = /^(?:(?:fs|def|root)?context=.*|seclabel)$/

/** Options that mean something to mount(8) only, and never reach the kernel. */
const USERSPACE =
  /^(?:(?:no)?(?:user|users|owner|group|auto)|nofail|_netdev|(?:user|comment|uhelper|helper|loop|offset|sizelimit|encryption)(?:=.*)?|[xX]-.*)$/

export const MS_PROPAGATION = MS_SHARED | MS_SLAVE | MS_PRIVATE | MS_UNBINDABLE

/** Flags, data for the file system, and what is for mount(8) itself. */
export interface MountOptions {
  readonly flags: number
  /** Flags of the propagation changes that follow the mount, with MS_REC if they are recursive. */
  readonly propagation: readonly number[]
  readonly data: string
  readonly user: readonly string[]
}

/** Take an option string apart. */
export function parseOptions(text: string): MountOptions {
  let flags = 0
  const propagation: number[] = []
  const data: string[] = []
  const user: string[] = []
  for (const option of splitOptions(text)) {
    const known = FLAGS[option]
    if (known && known[0] & MS_PROPAGATION) propagation.push(known[0])
    else if (known) flags = (flags | known[0]) & ~known[1]
    else if (USERSPACE.test(option)) {
      user.push(option)
      flags |= IMPLIED[option.split('=')[0]!] ?? 0
    } else if (!SELINUX.test(option)) data.push(option)
  }
  return { flags, propagation, data: data.join(','), user }
}

/** Those options of a list that are flags of mount(2). Linux: mnt_fs_get_vfs_options(). */
export const flagOptions = (text: string): string =>
  splitOptions(text)
    .filter(it => FLAGS[it] && it !== 'defaults')
    .join(',')

/** Split at commas outside double quotes. */
export function splitOptions(text: string): string[] {
  const parts: string[] = []
  let part = ''
  let quoted = false
  for (const char of text) {
    if (char === '"') quoted = !quoted
    if (char !== ',' || quoted) part += char
    else {
      if (part) parts.push(part)
      part = ''
    }
  }
  if (part) parts.push(part)
  return parts
}
