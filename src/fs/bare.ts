/**
 * File systems of subsystems that are not modelled: they can be mounted and are empty, so that the table of mounts is
 * that of a usual host; and some that can only be refused. Linux: security/inode.c, fs/debugfs/, fs/tracefs/, kernel/bpf/inode.c, fs/hugetlbfs/,
 * ipc/mqueue.c, fs/fuse/control.c, fs/configfs/.
 *
 * Left out: everything in them: debugging files, tracing, pinned BPF objects, huge pages, message queues.
 */
import { EBUSY, EINVAL, makedev } from '../abi/index.ts'
import type { Kernel } from '../kernel/index.ts'
import type { Caller, FileSystemType } from '../vfs/index.ts'
import { deviceOf } from './disk.ts'
import { pseudoFileSystem, staticDir } from './pseudo.ts'

interface Bare {
  readonly name: string
  readonly magic: number
  readonly mode: number
  readonly options: string
  /** The device number of those that the kernel has mounted inside itself since early on. */
  readonly minor?: number
  readonly size?: number
  readonly blockSize?: number
}

const BARE: readonly Bare[] = [
  { name: 'debugfs', magic: 0x64626720, mode: 0o700, options: '', minor: 7 },
  { name: 'tracefs', magic: 0x74726163, mode: 0o700, options: '', minor: 12 },
  { name: 'securityfs', magic: 0x73636673, mode: 0o755, options: '', minor: 6 },
  { name: 'bpf', magic: 0xcafe4a11, mode: 0o1700, options: 'mode=700' },
  { name: 'hugetlbfs', magic: 0x958458f6, mode: 0o755, options: 'pagesize=2M', blockSize: 2 << 20 },
  { name: 'mqueue', magic: 0x19800202, mode: 0o1777, options: '', minor: 19, size: 40 },
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

/** Their types. Only message queues may be mounted in a user namespace: the one that owns the IPC namespace. */
export function bareFileSystems(k: Kernel): FileSystemType[] {
  const ipcOwner = (as: Caller): number => {
    const proxy = k.nsproxies.find(k.tasks.find(as.task)?.nsproxy ?? 0)
    return k.ipcNamespaces.find(proxy?.ipc ?? 0)?.userNs ?? k.initUserNs
  }
  return BARE.map(({ name, magic, mode, options, minor, size, blockSize }) => {
    const attributes = { ino: 1, mode, ...(size && { size }) }
    return pseudoFileSystem({
      name,
      magic,
      usernsMount: name === 'mqueue',
      ownerUserNs: (_, as) => ipcOwner(as),
      instance: () => name,
      ...(minor && { dev: () => makedev(0, minor), permanent: true }),
      tree: () => ({ root: staticDir(attributes, {}), options }),
      statfs: () => ({ bsize: blockSize ?? 4096 }),
    })
  })
}
