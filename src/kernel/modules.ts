/**
 * Modules: code that was loaded into the kernel later. Here they are names only, since all they bring is there from the
 * start; but they are listed, depend on each other, and come and go. Linux: kernel/module/main.c, procfs.c.
 *
 * Left out: parameters, signatures, loading on demand; a module that goes takes nothing with it.
 */
import {
  CAP_SYS_MODULE,
  EAGAIN,
  EEXIST,
  ENOENT,
  ENOEXEC,
  EPERM,
  type Blocking,
  decode,
} from '../abi/index.ts'
import { readWhole } from '../vfs/index.ts'
import { callerOf } from './caller.ts'
import { capable } from './capability.ts'
import { usable } from './file-calls.ts'
import type { Kernel } from './kernel.ts'
import { refuse } from './refuse.ts'
import type { Task } from './types.ts'

/** A module that the host knows. */
export interface Module {
  readonly name: string
  readonly size: number
  /** Uses besides those of other modules and of mounts; undefined for one that is not loaded at boot. */
  readonly uses: number | undefined
  /** Below /lib/modules/RELEASE/kernel, without `.ko`. */
  readonly path: string
  readonly depends: readonly string[]
}

/** `FILE SIZE USES DIRECTORY DEPENDS…`, the one that was loaded last first; `-` for one that was not. */
const TABLE = `cls_cgroup 16384 0 net/sched
sch_netem 24576 0 net/sched
sch_tbf 20480 0 net/sched
sch_htb 36864 0 net/sched
xt_mark 16384 0 net/netfilter x_tables
xt_comment 16384 0 net/netfilter x_tables
xt_tcpudp 20480 0 net/netfilter x_tables
xt_addrtype 16384 0 net/netfilter x_tables
xt_conntrack 16384 0 net/netfilter x_tables nf_conntrack
xt_MASQUERADE 20480 0 net/netfilter nf_nat x_tables nf_conntrack
nft_nat 16384 0 net/netfilter nf_nat nf_conntrack nf_tables
nft_masq 16384 0 net/netfilter nf_nat nf_conntrack nf_tables
nft_chain_nat 16384 0 net/netfilter nf_nat nf_tables
nf_nat 57344 0 net/netfilter nf_conntrack libcrc32c
nft_compat 20480 0 net/netfilter x_tables nf_tables nfnetlink
x_tables 61440 0 net/netfilter
nf_conntrack 188416 0 net/netfilter nf_defrag_ipv6 nf_defrag_ipv4 libcrc32c
nf_defrag_ipv6 24576 0 net/ipv6/netfilter
nf_defrag_ipv4 16384 0 net/ipv4/netfilter
nf_tables 307200 0 net/netfilter nfnetlink libcrc32c
nfnetlink 20480 0 net/netfilter
libcrc32c 16384 0 lib
ipvlan 40960 0 drivers/net/ipvlan
macvlan 28672 0 drivers/net
bridge 319488 0 net/bridge stp llc
stp 16384 0 net/802 llc
llc 16384 0 net/llc
veth 36864 0 drivers/net
tun 61440 0 drivers/net
loop 32768 0 drivers/block
fuse 176128 1 fs/fuse
overlay 163840 0 fs/overlayfs
configfs 57344 1 fs/configfs
virtio-rng 16384 0 drivers/char/hw_random virtio virtio_ring
virtio_net 73728 0 drivers/net net_failover virtio virtio_ring
net_failover 24576 0 drivers/net failover
failover 16384 0 net/core
dummy 16384 0 drivers/net
virtio_console 40960 1 drivers/char virtio virtio_ring
ext4 983040 0 fs/ext4 crc16 mbcache jbd2
crc16 16384 0 lib
mbcache 16384 0 fs
jbd2 167936 0 fs/jbd2
crc32c-intel 24576 3 arch/x86/crypto
crc32c_generic 16384 0 crypto
virtio_blk 28672 1 drivers/block virtio virtio_ring
virtio_pci 24576 0 drivers/virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio virtio_ring
virtio_pci_legacy_dev 16384 0 drivers/virtio
virtio_pci_modern_dev 20480 0 drivers/virtio
virtio 20480 0 drivers/virtio virtio_ring
virtio_ring 49152 0 drivers/virtio
br_netfilter 36864 - net/bridge bridge`

export const MODULES: readonly Module[] = TABLE.split('\n').map(line => {
  const [file, size, uses, directory, ...depends] = line.split(' ')
  const name = file!.replaceAll('-', '_')
  const path = `${directory}/${file}`
  return { name, size: Number(size), uses: uses === '-' ? undefined : Number(uses), path, depends }
})

/** The names of what is loaded, the last one first. */
export const loadedAtBoot = (): string[] => MODULES.filter(it => it.uses !== undefined).map(it => it.name)

const moduleOf = (name: string): Module | undefined => MODULES.find(it => it.name === name)

/** Those that use a module. */
const holders = (k: Kernel, name: string): string[] =>
  k.modules.filter(it => moduleOf(it)?.depends.includes(name))

/** Linux: module_refcount(): modules that need it, file systems of its type that are mounted, and other uses. */
export function moduleRefcount(k: Kernel, name: string): number {
  const mounted = [...k.vfs.superBlocks.values()].filter(it => it.type === name).length
  return holders(k, name).length + mounted + (moduleOf(name)?.uses ?? 0)
}

/** finit_module(2). Errors: EPERM, EEXIST, ENOENT (something it needs is not loaded), ENOEXEC. */
export function* finitModule(k: Kernel, task: Task, fd: number): Blocking<void> {
  if (!capable(k, k.creds.get(task.cred), CAP_SYS_MODULE)) throw EPERM
  const text = decode(yield* readWhole(k.vfs, callerOf(k, task), usable(k, task, fd)))
  const name = /\0name=([^\0]+)\0/.exec(text)?.[1]
  const it = name === undefined ? undefined : moduleOf(name)
  if (!it) throw ENOEXEC
  if (k.modules.includes(it.name)) throw EEXIST
  if (it.depends.some(needed => !k.modules.includes(needed))) throw ENOENT
  k.modules.unshift(it.name)
}

/** delete_module(2). Errors: EPERM, ENOENT, EAGAIN (Linux: EWOULDBLOCK; it is in use). */
export function deleteModule(k: Kernel, task: Task, name: string): void {
  if (!capable(k, k.creds.get(task.cred), CAP_SYS_MODULE)) throw EPERM
  if (!k.modules.includes(name)) throw ENOENT
  if (moduleRefcount(k, name)) throw refuse(k, EAGAIN, 'module-used', { name })
  k.modules.splice(k.modules.indexOf(name), 1)
}

/** /proc/modules. Addresses are for those who may see them. Linux: m_show(). */
export function showModules(k: Kernel): string {
  return k.modules
    .map(name => {
      const { size } = moduleOf(name)!
      const users = holders(k, name)
      const named = users.map(it => `${it},`).join('') || '-'
      return `${name} ${size} ${moduleRefcount(k, name)} ${named} Live 0x0000000000000000\n`
    })
    .join('')
}
