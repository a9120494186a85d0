/**
 * File systems of subsystems that are not modelled: they can be mounted and are empty, so that the table of mounts is
 * that of a usual host; and some that can only be refused. Linux: security/inode.c, fs/debugfs/, fs/tracefs/, kernel/bpf/inode.c, fs/hugetlbfs/,
 * fs/fuse/control.c, fs/configfs/.
 *
 * Left out: everything in them: debugging files, tracing, pinned BPF objects, huge pages; but securityfs says which LSMs
 * there are.
 */
import { EBUSY, EINVAL, makedev, S_ISVTX } from '../abi/index.ts'
import type { Kernel } from '../kernel/index.ts'
import type { FileSystemType } from '../vfs/index.ts'
import { deviceOf } from './disk.ts'
import { mqueue } from './mqueue.ts'
import { pseudoFileSystem, type PseudoFile, type PseudoNode, staticDir } from './pseudo.ts'

interface Bare {
  readonly name: string
  readonly magic: number
  readonly mode: number
  readonly options: string
  /** The device number of those that the kernel has mounted inside itself since early on. */
  readonly minor?: number
  readonly size?: number
  readonly blockSize?: number
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
  { name: 'debugfs', magic: 0x64626720, mode: 0o700, options: '', minor: 7 },
  { name: 'tracefs', magic: 0x74726163, mode: 0o700, options: '', minor: 12 },
  { name: 'securityfs', magic: 0x73636673, mode: 0o755, options: '', minor: 6, entries: SECURITY },
  { name: 'bpf', magic: 0xcafe4a11, mode: 0o1777, options: '' },
  { name: 'hugetlbfs', magic: 0x958458f6, mode: 0o755, options: 'pagesize=2M', blockSize: 2 << 20 },
  { name: 'configfs', magic: 0x62656570, mode: 0o755, options: '' },
  { name: 'fusectl', magic: 0x65735543, mode: 0o755, options: '' },
]

/** Types whose drivers are there and find nothing they could mount. */
const REFUSED = [
  ['fuseblk', true],
  ['fuse', false],
  ['pstore', false],
] as const

/** Linux: a mount that the driver refuses: another one has the device, or it holds something else. */
export const refusedFileSystems: readonly FileSystemType[] = REFUSED.map(([name, requiresDev]) => {
  const unused = (): never => {
    throw EINVAL
  }
  const mount: FileSystemType['mount'] = (v, source, _options, _flags, as) => {
    if (!requiresDev) throw EINVAL
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
})

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
  const types = BARE.map(({ name, magic, mode, options, minor, size, blockSize, entries }) => {
    const attributes = { ino: 1, mode, ...(size && { size }) }
    if (name === 'bpf') return bpf(magic)
    return pseudoFileSystem({
      name,
      magic,
      usernsMount: false,
      instance: () => name,
      ...(minor && { dev: () => makedev(0, minor), permanent: true }),
      tree: () => ({ root: staticDir(attributes, entries ?? {}), options }),
      statfs: () => ({ bsize: blockSize ?? 4096 }),
    })
  })
  return types.flatMap(it => (it.name === 'configfs' ? [mqueue(k), it] : [it]))
}
