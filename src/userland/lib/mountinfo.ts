/**
 * What /proc/PID/mountinfo and /etc/fstab say, as mount, umount, findmnt and mountpoint read it.
 * Linux: util-linux libmount/src/{tab,tab_parse,fs,optstr}.c; proc(5), fstab(5).
 */

/** One mount. Linux: struct libmnt_fs. */
export interface MountEntry {
  readonly id: number
  readonly parent: number
  /** `major:minor` of the file system. */
  readonly dev: string
  /** Which directory of the file system is mounted. */
  readonly root: string
  readonly target: string
  readonly vfsOptions: string
  /** `shared:1 master:2`, as printed. */
  readonly optFields: string
  readonly fstype: string
  readonly source: string
  readonly fsOptions: string
  /** `vfsOptions` and `fsOptions` made one, as mount(8) shows them. */
  readonly options: string
}

/** Undo the kernel's \040 for blanks in paths. */
export const unmangle = (text: string): string =>
  text.includes('\\')
    ? text.replace(/\\([0-7]{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8)))
    : text

/** All mounts in the order of the file. */
export function parseMountinfo(text: string): MountEntry[] {
  const entries: MountEntry[] = []
  for (const line of text.split('\n')) {
    const dash = line.indexOf(' - ')
    if (dash < 0) continue
    const [id, parent, dev, root, target, vfsOptions, ...optional] = line.slice(0, dash).split(' ')
    const [fstype, source, fsOptions] = line.slice(dash + 3).split(' ')
    entries.push({
      id: Number(id),
      parent: Number(parent),
      dev: dev!,
      root: unmangle(root!),
      target: unmangle(target!),
      vfsOptions: unmangle(vfsOptions!),
      optFields: optional.join(' '),
      fstype: fstype!,
      source: unmangle(source ?? 'none'),
      fsOptions: unmangle(fsOptions ?? ''),
      options: mergeOptions(unmangle(vfsOptions!), unmangle(fsOptions ?? '')),
    })
  }
  return entries
}

/** One list out of the mount's and the file system's options: read-only if either is. */
export function mergeOptions(vfs: string, fs: string): string {
  if (!fs || vfs === fs) return vfs
  const all = `${vfs},${fs}`.split(',')
  const rest = all.filter(it => it !== 'ro' && it !== 'rw')
  return [all.includes('ro') ? 'ro' : 'rw', ...rest].join(',')
}

/** Mounts below `entry`, oldest first, as libmount walks the tree. */
export const childMounts = (all: readonly MountEntry[], entry: MountEntry): MountEntry[] =>
  all.filter(it => it.parent === entry.id && it.id !== entry.id).sort((a, b) => a.id - b.id)

/** The mount all others hang below: the one with the smallest parent. */
export const rootMount = (all: readonly MountEntry[]): MountEntry | undefined =>
  all.reduce<MountEntry | undefined>((best, it) => (!best || it.parent < best.parent ? it : best), undefined)

/** Whether another mount covers this one in the same place. */
export const isShadowed = (all: readonly MountEntry[], entry: MountEntry): boolean =>
  all.some(it => it.parent === entry.id && it.target === entry.target)

/** The topmost mount on exactly this path. */
export function mountAt(all: readonly MountEntry[], path: string): MountEntry | undefined {
  for (let i = all.length - 1; i >= 0; i--) if (all[i]!.target === path) return all[i]
  return undefined
}

/** `shared`, `private,slave`, …: what findmnt's PROPAGATION column says. */
export function propagationOf(entry: MountEntry): string {
  const fields = entry.optFields.split(' ')
  const has = (name: string): boolean => fields.some(it => it === name || it.startsWith(`${name}:`))
  const more = ['master', 'unbindable'].filter(has).map(it => (it === 'master' ? ',slave' : ',unbindable'))
  return `${has('shared') ? 'shared' : 'private'}${more.join('')}`
}

/** One line of /etc/fstab. */
export interface FstabEntry {
  readonly source: string
  readonly target: string
  readonly fstype: string
  readonly options: string
  readonly freq: string
  readonly passno: string
}

/** All lines of /etc/fstab that are not comments; `wrong` hears the number of a line without its three fields. */
export function parseFstab(text: string, wrong?: (line: number) => void): FstabEntry[] {
  const entries: FstabEntry[] = []
  for (const [i, line] of text.split('\n').entries()) {
    const [source, target, fstype, options, freq, passno] = line.trim().split(/\s+/).map(unmangle)
    if (!source || source.startsWith('#')) continue
    if (!target || !fstype) {
      wrong?.(i + 1)
      continue
    }
    entries.push({
      source,
      target,
      fstype,
      options: options ?? 'defaults',
      freq: freq ?? '0',
      passno: passno ?? '0',
    })
  }
  return entries
}

const PSEUDO = new Set(
  (
    'anon_inodefs apparmorfs autofs bdev binder binfmt_misc bpf cgroup cgroup2 configfs cpuset debugfs devfs devpts ' +
    'devtmpfs dlmfs dmabuf drm efivarfs fuse.archivemount fuse.avfsd fuse.dumpfs fuse.encfs fuse.gvfs-fuse-daemon ' +
    'fuse.gvfsd-fuse fuse.lxcfs fuse.rofiles-fuse fuse.vmware-vmblock fuse.xwmfs futexfs hugetlbfs ipathfs mqueue ' +
    'fusectl nfsd none nsfs overlay pipefs proc pstore ramfs resctrl rpc_pipefs securityfs selinuxfs smackfs sockfs spufs ' +
    'sysfs tmpfs tracefs vboxsf virtiofs'
  ).split(' '),
)

/** Whether a file system of this type has no device. Linux: mnt_fstype_is_pseudofs(). */
export const isPseudoType = (fstype: string): boolean => PSEUDO.has(fstype)

/**
 * Whether `fstype` is in a list such as `tmpfs,proc`, or not in one such as `notmpfs,proc`; each name may have its own
 * `no`. Linux: match_fstype().
 */
export function matchesType(fstype: string, list: string): boolean {
  const not = list.startsWith('no')
  for (const name of (not ? list.slice(2) : list).toLowerCase().split(',')) {
    if (name === `no${fstype}`) return false
    if (name === fstype) return !not
  }
  return not
}

/**
 * Whether all of a list such as `noexec,size=1m,+noatime` hold: `noX` means no X, `+noX` the option of that name.
 * Linux: mnt_match_options().
 */
export function matchesOptions(options: string, list: string): boolean {
  const values = new Map(options.split(',').map(it => it.split('=', 2) as [string, string | undefined]))
  return list.split(',').every(it => {
    const [, plus, no, name, value] = /^(\+?)(no)?([^=]*)(?:=(.*))?$/.exec(it)!
    const wanted = plus ? `${no ?? ''}${name}` : name!
    const found = values.has(wanted) && (!value || values.get(wanted) === value)
    return found === !(no && !plus)
  })
}
