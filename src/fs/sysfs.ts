/**
 * sysfs: what the kernel tells of its devices and of itself: the CPUs, the loopback interface and the mount points
 * below /sys/fs. Linux: fs/sysfs/, drivers/base/{cpu,topology}.c, net/core/net-sysfs.c, kernel/ksysfs.c.
 *
 * Left out: what is in bus, firmware and power; attributes that can be written, but for modules.
 */
import { EINVAL, ENOENT } from '../abi/index.ts'
import type { Kernel } from '../kernel/index.ts'
import type { Caller, FileSystemType } from '../vfs/index.ts'
import { kernfsOrder } from './kernfs.ts'
import { blockEntries } from './sysfs-block.ts'
import { moduleDirectory } from './sysfs-module.ts'
import {
  type PseudoDir,
  type PseudoFile,
  type PseudoLink,
  type PseudoNode,
  pseudoFileSystem,
  staticDir,
} from './pseudo.ts'

const SYSFS_MAGIC = 0x62656572
const PAGE = 4096

/**
 * A tree as it is written down: text is a file, a function computes one, `-> x` is a link, a node is itself, `live` lists
 * what is there.
 */
export type Entry = string | ((as: Caller) => string) | PseudoDir | Entries | Live
export interface Entries {
  readonly [name: string]: Entry
}
interface Live {
  readonly live: () => Entries
}
const isLive = (entry: Entries | Live): entry is Live => typeof entry.live === 'function'

/** Linux: sysfs_create_mount_point(). */
const MOUNT_POINT: Entries = {}

/** Gives out inode numbers from 1, in the order in which the tree is built. */
class Builder {
  #ino = 0

  build(entry: Entry): PseudoNode {
    if (isNode(entry)) return entry
    if (typeof entry === 'string' && entry.startsWith('-> ')) return this.#link(entry.slice(3))
    if (typeof entry !== 'object') return this.#file(entry)
    return isLive(entry) ? this.#liveDir(entry.live) : this.dir(entry)
  }

  /** What is in it is built when it first comes up. */
  #liveDir(list: () => Entries): PseudoDir {
    const built = new Map<string, PseudoNode>()
    const nodeOf = (name: string, entry: Entry): PseudoNode => {
      const known = built.get(name)
      if (known) return known
      const node = Object.assign(this.build(entry), { alive: () => Object.hasOwn(list(), name) })
      built.set(name, node)
      return node
    }
    return staticDir({ ino: ++this.#ino, mode: 0o755 }, () => {
      const entries = Object.entries(list()).sort(([a], [b]) => kernfsOrder(a, b))
      return Object.fromEntries(entries.map(([name, entry]) => [name, nodeOf(name, entry)]))
    })
  }

  dir(entries: Entries, mode = 0o755): PseudoDir {
    const ino = ++this.#ino
    const built = Object.entries(entries).map(([name, entry]) => [name, this.build(entry)] as const)
    const subdirs = built.filter(([, node]) => node.kind === 'dir').length
    built.sort(([a], [b]) => kernfsOrder(a, b))
    const dir = staticDir({ ino, mode, nlink: 2 + subdirs }, Object.fromEntries(built))
    return entries === MOUNT_POINT ? { ...dir, emptyForever: true } : dir
  }

  #file(text: string | ((as: Caller) => string)): PseudoFile {
    const show = typeof text === 'string' ? () => `${text}\n` : (as: Caller) => `${text(as)}\n`
    return { kind: 'file', ino: ++this.#ino, mode: 0o444, size: PAGE, show }
  }

  #link(target: string): PseudoLink {
    return { kind: 'link', ino: ++this.#ino, mode: 0o777, size: 0, readlink: () => target }
  }
}

const isNode = (entry: Entry): entry is PseudoDir =>
  typeof entry === 'object' && 'kind' in entry && entry.kind === 'dir'

const mask = (from: number, to: number): string =>
  ((1n << BigInt(to + 1)) - (1n << BigInt(from))).toString(16)
const range = (from: number, to: number): string => (from === to ? `${from}` : `${from}-${to}`)

/** One package of single-threaded cores, as the virtual machine has it. */
function topology(cpu: number, cpus: number): Entries {
  const [all, allList, own] = [mask(0, cpus - 1), range(0, cpus - 1), mask(cpu, cpu)]
  return {
    cluster_cpus: own,
    cluster_cpus_list: `${cpu}`,
    cluster_id: '65535',
    core_cpus: own,
    core_cpus_list: `${cpu}`,
    core_id: `${cpu}`,
    core_siblings: all,
    core_siblings_list: allList,
    die_cpus: all,
    die_cpus_list: allList,
    die_id: '0',
    package_cpus: all,
    package_cpus_list: allList,
    physical_package_id: '0',
    thread_siblings: own,
    thread_siblings_list: `${cpu}`,
  }
}

function cpuDirectory(k: Kernel): Entries {
  const all = range(0, k.cpus - 1)
  const cpus: Record<string, Entry> = {}
  for (let cpu = 0; cpu < k.cpus; cpu++)
    cpus[`cpu${cpu}`] = { topology: topology(cpu, k.cpus), ...(cpu > 0 && { online: '1' }) }
  return {
    ...cpus,
    online: all,
    possible: all,
    present: all,
    offline: '',
    isolated: '',
    kernel_max: '8191',
    smt: { active: '0', control: 'notsupported' },
  }
}

/** The loopback interface of the reader's network namespace. Linux: drivers/net/loopback.c. */
function loopback(k: Kernel): Entries {
  const isUp = (as: Caller): boolean => {
    const proxy = k.nsproxies.find(k.tasks.find(as.task)?.nsproxy ?? 0)
    if (!proxy) throw ENOENT
    return k.netNamespaces.get(proxy.net).loUp
  }
  const zero = '00:00:00:00:00:00'
  return {
    address: zero,
    addr_len: '6',
    broadcast: zero,
    dev_id: '0x0',
    ifindex: '1',
    iflink: '1',
    mtu: '65536',
    tx_queue_len: '1000',
    type: '772',
    subsystem: '-> ../../../../class/net',
    carrier(as) {
      if (!isUp(as)) throw EINVAL
      return '1'
    },
    flags: as => (isUp(as) ? '0x9' : '0x8'),
    operstate: as => (isUp(as) ? 'unknown' : 'down'),
  }
}

function tree(k: Kernel): PseudoDir {
  const builder = new Builder()
  const disks = blockEntries(k)
  return builder.dir(
    {
      fs: { bpf: MOUNT_POINT, cgroup: MOUNT_POINT, ext4: {}, fuse: { connections: MOUNT_POINT } },
      block: disks.block,
      class: { block: disks.classBlock, net: { lo: '-> ../../devices/virtual/net/lo' } },
      dev: { block: disks.devBlock },
      devices: {
        'pci0000:00': disks.pci,
        system: { cpu: cpuDirectory(k) },
        virtual: { block: disks.virtual, net: { lo: loopback(k) } },
      },
      module: moduleDirectory(k),
      kernel: {
        config: MOUNT_POINT,
        debug: MOUNT_POINT,
        security: MOUNT_POINT,
        tracing: MOUNT_POINT,
        cgroup: {
          delegate: 'cgroup.procs\ncgroup.threads\ncgroup.subtree_control\nmemory.oom.group',
          features: 'nsdelegate\nfavordynmods\nmemory_localevents\nmemory_recursiveprot',
        },
        fscaps: '1',
        kexec_crash_loaded: '0',
        kexec_loaded: '0',
        mm: {},
        oops_count: '0',
        warn_count: '0',
      },
    },
    0o555,
  )
}

/** The caller's network namespace; undefined while booting. */
const netNsOf = (k: Kernel, as: Caller) =>
  k.netNamespaces.find(k.nsproxies.find(k.tasks.find(as.task)?.nsproxy ?? 0)?.net ?? 0)

export const sysfs = (k: Kernel): FileSystemType =>
  pseudoFileSystem({
    name: 'sysfs',
    magic: SYSFS_MAGIC,
    usernsMount: true,
    usernsVisible: true,
    fileSize: PAGE,
    strict: true,
    // One instance a network namespace, which also says who may mount it.
    ownerUserNs: (_, as) => netNsOf(k, as)?.userNs ?? k.initUserNs,
    instance: (_v, _options, as) => netNsOf(k, as)?.inum ?? k.inums.net,
    tree: () => ({ root: tree(k), options: '' }),
  })
