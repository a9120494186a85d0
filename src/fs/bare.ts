/**
 * File systems of subsystems that are not modelled: they can be mounted and are empty, so that the table of mounts is
 * that of a usual host; and some that can only be refused. Linux: security/inode.c, fs/debugfs/, fs/tracefs/, kernel/bpf/inode.c,
 * fs/fuse/control.c, fs/configfs/, fs/pstore/.
 *
 * Left out: everything in them: debugging files, tracing, pinned BPF objects; but securityfs says which LSMs there are.
 * A type that comes with a module is in /proc/filesystems from then on, the module in no list.
 */
import { EBUSY, EINVAL, ENOENT, makedev, S_ISVTX } from '../abi/index.ts'
import type { Kernel } from '../kernel/index.ts'
import type { FileSystemType, Vfs } from '../vfs/index.ts'
import { deviceOf } from './disk.ts'
import { hugetlbfs } from './hugetlbfs.ts'
import { mqueue } from './mqueue.ts'
import { type PseudoDir, pseudoFileSystem, type PseudoFile, type PseudoNode, staticDir } from './pseudo.ts'

interface Bare {
  readonly name: string
  readonly magic: number
  readonly mode: number
  readonly options: string
  /** uid=, gid= and mode= are heeded, what else there is ignored; without it there are no options. */
  readonly owned?: boolean
  /** The device number of those that the kernel has mounted inside itself since early on. */
  readonly minor?: number
  readonly entries?: Readonly<Record<string, PseudoNode>>
}

const file = (ino: number, text: string): PseudoFile => ({ kind: 'file', ino, mode: 0o444, show: () => text })

/** Linux: security/inode.c: lsm_read(), security/apparmor/apparmorfs.c: the namespace of profiles one is in. */
const SECURITY = {
  lsm: file(2, 'lockdown,capability,landlock,yama,apparmor,tomoyo,bpf'),
  apparmor: staticDir(
    { ino: 3, mode: 0o755 },
    {
      '.ns_level': file(4, '0\n'),
      '.ns_name': file(5, 'root\n'),
      '.ns_stacked': file(6, 'no\n'),
      '.stacked': file(7, 'no\n'),
    },
  ),
}

const BARE: readonly Bare[] = [
  { name: 'debugfs', magic: 0x64626720, mode: 0o700, options: '', owned: true, minor: 7 },
  { name: 'tracefs', magic: 0x74726163, mode: 0o700, options: '', owned: true, minor: 12 },
  { name: 'securityfs', magic: 0x73636673, mode: 0o755, options: '', minor: 6, entries: SECURITY },
  { name: 'bpf', magic: 0xcafe4a11, mode: 0o1777, options: '' },
  { name: 'configfs', magic: 0x62656570, mode: 0o755, options: '' },
  { name: 'fusectl', magic: 0x65735543, mode: 0o755, options: '' },
]

/** Linux: struct debugfs_fs_info, tracefs_fs_info. `shown` is the mode as options name it. */
interface Owned {
  readonly uid: number
  readonly gid: number
  readonly mode: number
  readonly shown: number
}

const OWNED: Owned = { uid: 0, gid: 0, mode: 0o700, shown: 0o700 }

/** What options make of it: those that are not there leave it as it was. Linux: debugfs_parse_options(), debugfs_apply_options(). */
function ownedBy(text: string, old: Owned): Owned {
  const it = { ...old, shown: OWNED.mode }
  for (const option of text.split(',')) {
    const [, key, digits] = /^(uid|gid|mode)=(\d+)$/.exec(option) ?? []
    if (key === 'uid' || key === 'gid') it[key] = Number(digits)
    else if (key && /^[0-7]+$/.test(digits!)) it.mode = it.shown = Number.parseInt(digits!, 8) & 0o7777
  }
  return it
}

/** Linux: debugfs_show_options(). */
const shownOwner = ({ uid, gid, shown }: Owned): string =>
  [uid && `uid=${uid}`, gid && `gid=${gid}`, shown !== OWNED.mode && `mode=${shown.toString(8)}`]
    .filter(Boolean)
    .join(',')

/** A file system of the kernel's own, of which there is one, and whose root belongs to whom the last mount said. */
const owned = ({ name, magic, minor }: Bare): FileSystemType => {
  const of = (v: Vfs, sb: number): Owned => (v.superBlocks.get(sb).data as Owned | undefined) ?? OWNED
  return pseudoFileSystem({
    name,
    magic,
    instance: () => name,
    reconfigured: true,
    ...(minor && { dev: () => makedev(0, minor), permanent: true }),
    tree(v, text, _as, sb) {
      const data = ownedBy(text, OWNED)
      const root: PseudoDir = {
        ...staticDir({ ino: 1, mode: 0 }, {}),
        get mode() {
          return of(v, sb).mode
        },
        get uid() {
          return of(v, sb).uid
        },
        get gid() {
          return of(v, sb).gid
        },
      }
      return { root, options: shownOwner(data), data }
    },
    remount(v, sb, text) {
      const data = ownedBy(text, of(v, sb.id))
      v.superBlocks.own(sb.id).data = data
      return shownOwner(data)
    },
  })
}

/** Linux: fs/pstore/inode.c: where the last words of a kernel that died are kept; what it does not know it ignores. */
const pstore: FileSystemType = pseudoFileSystem({
  name: 'pstore',
  magic: 0x6165676c,
  instance: () => 'pstore',
  reconfigured: true,
  tree: (_v, text) => ({ root: staticDir({ ino: 1, mode: 0o750 }, {}), options: kmsgBytes(text) ?? '' }),
  remount: (_v, sb, text) => kmsgBytes(text) ?? sb.options,
})
const kmsgBytes = (text: string): string | undefined => /(?:^|,)(kmsg_bytes=\d+)(?:,|$)/.exec(text)?.[1]

/** A driver that finds nothing it could mount: another one has the device, or it holds something else. */
const refused = (name: string, requiresDev: boolean, errno = EINVAL): FileSystemType => {
  const unused = (): never => {
    throw EINVAL
  }
  const mount: FileSystemType['mount'] = (v, source, _options, _flags, as) => {
    if (!requiresDev) throw errno
    const dev = deviceOf(v, source, as)
    for (const sb of v.superBlocks.values()) if (sb.dev === dev) throw EBUSY
    throw EINVAL
  }
  return {
    name,
    magic: 0,
    requiresDev,
    usernsMount: name === 'fuse',
    iops: unused,
    fops: unused,
    statfs: unused,
    mount,
  }
}

export const refusedFileSystems: readonly FileSystemType[] = [
  refused('fuseblk', true),
  refused('fuse', false),
  pstore,
]

const ON_DISKS =
  'squashfs vfat msdos xfs btrfs iso9660 udf erofs f2fs hfs hfsplus jfs minix reiserfs romfs exfat gfs2 ocfs2 zonefs'
const ELSEWHERE = 'autofs ecryptfs virtiofs ceph ubifs nfs nfs4 cifs smb3 afs'

/** Linux: fs/binfmt_misc.c. Left out: interpreters cannot be registered. */
const BINFMT_MISC = {
  register: { kind: 'file', ino: 3, mode: 0o200, store: () => {} } satisfies PseudoFile,
  status: { kind: 'file', ino: 2, mode: 0o644, show: () => 'enabled\n' } satisfies PseudoFile,
}

const empty = (name: string, magic: number, mode: number): FileSystemType =>
  pseudoFileSystem({ name, magic, tree: () => ({ root: staticDir({ ino: 1, mode }, {}), options: '' }) })

/** What is in modules that are loaded when somebody mounts such a type. Linux: get_fs_type(), request_module("fs-…"). */
export const loadableFileSystems: readonly FileSystemType[] = [
  ...ON_DISKS.split(' ').map(name => refused(name, true)),
  ...ELSEWHERE.split(' ').map(name => refused(name, false)),
  refused('9p', false, ENOENT),
  empty('nfsd', 0x6e667364, 0o555),
  empty('rpc_pipefs', 0x67596969, 0o555),
  pseudoFileSystem({
    name: 'binfmt_misc',
    magic: 0x42494e4d,
    noOptions: true,
    instance: () => 'binfmt_misc',
    tree: () => ({ root: staticDir({ ino: 1, mode: 0o755 }, BINFMT_MISC), options: '' }),
  }),
]

/** Linux: kernel/bpf/inode.c: each mount is one of its own; what it does not know among its options it ignores. */
const bpf = (magic: number): FileSystemType =>
  pseudoFileSystem({
    name: 'bpf',
    magic,
    usernsMount: false,
    tree(_v, text) {
      const given = /(?:^|,)mode=([0-7]+)(?:,|$)/.exec(text)?.[1]
      const mode = given === undefined ? 0o1777 : Number.parseInt(given, 8) & 0o7777
      const shown = mode & ~S_ISVTX
      return {
        root: staticDir({ ino: 1, mode }, {}),
        options: shown === 0o777 ? '' : `mode=${shown.toString(8)}`,
      }
    },
  })

/** Their types, and between them the one of message queues, in the order in which they are registered. */
export function bareFileSystems(k: Kernel): FileSystemType[] {
  const types = BARE.map(it => {
    const { name, magic, mode, options, minor, entries } = it
    if (name === 'bpf') return bpf(magic)
    if (it.owned) return owned(it)
    return pseudoFileSystem({
      name,
      magic,
      usernsMount: false,
      instance: () => name,
      ...(minor && { dev: () => makedev(0, minor), permanent: true }),
      noOptions: true,
      tree: () => ({ root: staticDir({ ino: 1, mode }, entries ?? {}), options }),
    })
  })
  return types.flatMap(it => (it.name === 'configfs' ? [hugetlbfs(k), mqueue(k), it] : [it]))
}
