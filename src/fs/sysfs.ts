/**
 * sysfs: what the kernel tells of its devices and of itself: CPUs, disks, network devices, and the mount points below
 * /sys/fs. Linux: fs/sysfs/, drivers/base/{cpu,topology}.c, net/core/net-sysfs.c, kernel/ksysfs.c.
 *
 * Left out: attributes that can be written, but for modules and network devices.
 */
import { DELEGATABLE, type Kernel, nsOf } from '../kernel/index.ts'
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
 * what is there; an attribute has a mode of its own.
 */
export type Entry = string | ((as: Caller) => string) | PseudoDir | Attribute | Entries | Live
export interface Attribute {
  readonly mode: number
  readonly show: (as: Caller) => string
  readonly store?: (as: Caller, text: string) => void
  /** The text ends as it is, without a newline of its own. */
  readonly isBare?: boolean
}
export interface Entries {
  readonly [name: string]: Entry
}
interface Live {
  readonly live: () => Entries
}
const isLive = (entry: Entries | Live): entry is Live => typeof entry.live === 'function'
const isAttribute = (entry: Entries | Live | Attribute): entry is Attribute =>
  'mode' in entry && typeof entry.mode === 'number'

/** Linux: sysfs_create_mount_point(). */
const MOUNT_POINT: Entries = {}

/** Gives out inode numbers from 1, in the order in which the tree is built. */
class Builder {
  #ino = 0

  build(entry: Entry): PseudoNode {
    if (isNode(entry)) return entry
    if (typeof entry === 'string' && entry.startsWith('-> ')) return this.#link(entry.slice(3))
    if (typeof entry !== 'object') return this.#file(entry)
    if (isAttribute(entry)) return this.#attribute(entry)
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

  #attribute({ mode, show, store, isBare }: Attribute): PseudoFile {
    const node: PseudoFile = {
      kind: 'file',
      ino: ++this.#ino,
      mode,
      size: PAGE,
      show: as => `${show(as)}${isBare ? '' : '\n'}`,
    }
    return store ? { ...node, store } : node
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

/** Network devices, buses and the like come late. */
interface LateEntries {
  readonly netEntries: typeof import('./sysfs-net.ts').netEntries
  readonly machineEntries: typeof import('./sysfs-machine.ts').machineEntries
}
let late: LateEntries | undefined

export const loadSysfs = async (): Promise<void> => {
  const [{ netEntries }, { machineEntries }] = await Promise.all([
    import('./sysfs-net.ts'),
    import('./sysfs-machine.ts'),
  ])
  late = { netEntries, machineEntries }
}

const ofMachine = (k: Kernel, which: 'bus' | 'firmware' | 'hypervisor' | 'power'): Live => ({
  live: () => late?.machineEntries(k)[which] ?? {},
})

const perDevice = (k: Kernel, net: number, which: 'classNet' | 'virtual' | 'card'): Live => ({
  live: () => late?.netEntries(k, net)[which]() ?? {},
})

function tree(k: Kernel, net: number): PseudoDir {
  const builder = new Builder()
  const disks = blockEntries(k)
  return builder.dir(
    {
      fs: { bpf: MOUNT_POINT, cgroup: MOUNT_POINT, ext4: {}, fuse: { connections: MOUNT_POINT } },
      block: disks.block,
      bus: ofMachine(k, 'bus'),
      firmware: ofMachine(k, 'firmware'),
      hypervisor: ofMachine(k, 'hypervisor'),
      power: ofMachine(k, 'power'),
      class: { block: disks.classBlock, net: perDevice(k, net, 'classNet') },
      dev: { block: disks.devBlock },
      devices: {
        'pci0000:00': {
          ...disks.pci,
          '0000:00:03.0': { virtio2: { net: perDevice(k, net, 'card') } },
        },
        system: { cpu: cpuDirectory(k) },
        virtual: { block: disks.virtual, net: perDevice(k, net, 'virtual') },
      },
      module: moduleDirectory(k),
      kernel: {
        config: MOUNT_POINT,
        debug: MOUNT_POINT,
        security: MOUNT_POINT,
        tracing: MOUNT_POINT,
        cgroup: {
          delegate: DELEGATABLE.join('\n'),
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

/** The network namespace of who mounts; before there is anybody, the first one. */
const netNsOf = (k: Kernel, as: Caller): number => nsOf(k, as.task || k.initTask, 'net')

export const sysfs = (k: Kernel): FileSystemType =>
  pseudoFileSystem({
    name: 'sysfs',
    magic: SYSFS_MAGIC,
    usernsMount: true,
    usernsVisible: true,
    noOptions: true,
    fileSize: PAGE,
    strict: true,
    // One instance a network namespace, which also says who may mount it.
    ownerUserNs: (_, as) => k.netNamespaces.find(netNsOf(k, as))?.userNs ?? k.initUserNs,
    instance: (_v, _options, as) => netNsOf(k, as),
    tree: (_v, _options, as) => ({ root: tree(k, netNsOf(k, as)), options: '' }),
  })
