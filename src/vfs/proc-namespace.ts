/**
 * The texts of /proc/PID/mountinfo, mounts and mountstats. Linux: fs/proc_namespace.c; proc(5).
 */
import {
  major,
  minor,
  MS_DIRSYNC,
  MS_LAZYTIME,
  MS_MANDLOCK,
  MS_NOATIME,
  MS_NODEV,
  MS_NODIRATIME,
  MS_NOEXEC,
  MS_NOSUID,
  MS_NOSYMFOLLOW,
  MS_RDONLY,
  MS_RELATIME,
  MS_SYNCHRONOUS,
} from '../abi/index.ts'
import { dentryPath, pathBelow } from './d-path.ts'
import { mountsOf, mountsWith } from './mount.ts'
import type { Caller, Mount, Path, SuperBlock } from './types.ts'
import type { Vfs } from './vfs.ts'

const MOUNT_OPTIONS = [
  [MS_NOSUID, 'nosuid'],
  [MS_NODEV, 'nodev'],
  [MS_NOEXEC, 'noexec'],
  [MS_NOATIME, 'noatime'],
  [MS_NODIRATIME, 'nodiratime'],
  [MS_RELATIME, 'relatime'],
  [MS_NOSYMFOLLOW, 'nosymfollow'],
] as const
const SUPER_OPTIONS = [
  [MS_SYNCHRONOUS, 'sync'],
  [MS_DIRSYNC, 'dirsync'],
  [MS_MANDLOCK, 'mand'],
  [MS_LAZYTIME, 'lazytime'],
] as const

type Option = readonly [bit: number, name: string]

const named = (flags: number, options: readonly Option[]): string[] =>
  options.filter(([bit]) => flags & bit).map(([, name]) => name)

const access = (flags: number): string => (flags & MS_RDONLY ? 'ro' : 'rw')

/** Linux: mangle(): blanks, line ends and backslashes as octal escapes. */
const mangle = (text: string, also = ''): string =>
  text.replace(/[ \t\n\\#]/g, c =>
    c === '#' && !also.includes('#') ? c : `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`,
  )

const superOptions = (v: Vfs, sb: SuperBlock): string => {
  const own = v.fsOf(sb).showOptions?.(v, sb) ?? sb.options
  return [...named(sb.flags, SUPER_OPTIONS), ...(own ? [own] : [])].join(',')
}

const join = (...parts: readonly string[]): string => parts.filter(Boolean).join(',')

/** The mounts of a namespace that lie below a root, with where. Those outside a chroot do not show. */
function* visible(v: Vfs, ns: number, root: Path): Generator<readonly [Mount, SuperBlock, string]> {
  for (const it of mountsOf(v, ns)) {
    const at = pathBelow(v, { mount: it.id, dentry: it.root }, root)
    if (at !== undefined) yield [it, v.superBlocks.get(it.sb), at]
  }
}

/** Linux: get_dominating_id(): the nearest peer group up the line of masters that is seen under this root. */
function dominating(v: Vfs, ns: number, root: Path, group: number): number {
  for (let g = group; g; ) {
    const members = mountsWith(v, 'peerGroup', g)
    if (
      members.some(it => it.ns === ns && pathBelow(v, { mount: it.id, dentry: it.root }, root) !== undefined)
    )
      return g
    g = members[0]?.master ?? 0
  }
  return 0
}

function propagation(v: Vfs, it: Mount, ns: number, root: Path): string {
  let text = ''
  if (it.peerGroup) text += ` shared:${it.peerGroup}`
  if (it.master) {
    text += ` master:${it.master}`
    const from = dominating(v, ns, root, it.master)
    if (from && from !== it.master) text += ` propagate_from:${from}`
  }
  return it.unbindable ? `${text} unbindable` : text
}

/** /proc/PID/mountinfo of a task in mount namespace `ns` whose root is `root`, as `as` reads it. */
export function showMountinfo(v: Vfs, ns: number, root: Path, as: Caller): string {
  let text = ''
  for (const [it, sb, at] of visible(v, ns, root)) {
    const parent = v.mounts.get(it.parent).mntId
    const inside = v.fsOf(sb).showRoot?.(v, it.root, as) ?? rootText(v, it)
    const options = join(access(it.flags), ...named(it.flags, MOUNT_OPTIONS))
    text += `${it.mntId} ${parent} ${major(sb.dev)}:${minor(sb.dev)} ${mangle(inside)} ${mangle(at)} ${options}`
    text += `${propagation(v, it, ns, root)} - ${sb.type} ${mangle(it.source, '#')}`
    text += ` ${join(access(sb.flags), superOptions(v, sb))}\n`
  }
  return text
}

/** Namespace files show their name as root. */
function rootText(v: Vfs, it: Mount): string {
  const root = v.dentry(it.root)
  return root.parent === root.id && root.name !== '/' ? root.name : dentryPath(v, it.root)
}

/** /proc/PID/mounts. */
export function showMounts(v: Vfs, ns: number, root: Path): string {
  let text = ''
  for (const [it, sb, at] of visible(v, ns, root)) {
    const mount = named(it.flags, MOUNT_OPTIONS).join(',')
    const own = v.fsOf(sb).showOptions?.(v, sb) ?? sb.options
    const options = join(access(it.flags | sb.flags), ...named(sb.flags, SUPER_OPTIONS), mount, own)
    text += `${mangle(it.source, '#')} ${mangle(at)} ${sb.type} ${options} 0 0\n`
  }
  return text
}

/** /proc/PID/mountstats. */
export function showMountstats(v: Vfs, ns: number, root: Path): string {
  let text = ''
  for (const [it, sb, at] of visible(v, ns, root))
    text += `device ${mangle(it.source, '#')} mounted on ${mangle(at)} with fstype ${sb.type}\n`
  return text
}
