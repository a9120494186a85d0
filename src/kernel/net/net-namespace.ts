/**
 * A network namespace begins with a loopback device that is down; the first one also has the host's card, set up. What
 * can be done with devices comes later (late.ts). Linux: net/core/net_namespace.c.
 */
import {
  AF_INET,
  AF_INET6,
  IFA_F_PERMANENT,
  IFF_BROADCAST,
  IFF_LOOPBACK,
  IFF_MULTICAST,
  IFF_UP,
  RT_SCOPE_HOST,
  RT_SCOPE_LINK,
  RT_SCOPE_UNIVERSE,
  RT_TABLE_LOCAL,
  RT_TABLE_MAIN,
  RTN_BROADCAST,
  RTN_LOCAL,
  RTN_UNICAST,
  RTPROT_BOOT,
  RTPROT_KERNEL,
} from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import type { Namespace } from '../types.ts'
import { loadedNet } from './late.ts'
import type { IfAddress, NetDevice, Route } from './types.ts'

const NO_ADDRESS = '00:00:00:00:00:00'
const LOOPBACK_IFINDEX = 1
const FOREVER = Number.POSITIVE_INFINITY

/** What a device is unless its driver says otherwise. Linux: ether_setup(). */
export const DEFAULTS: Omit<NetDevice, 'id' | 'epoch' | 'net' | 'ifindex' | 'name' | 'kind' | 'address'> = {
  altnames: [],
  flags: IFF_BROADCAST | IFF_MULTICAST,
  mtu: 1500,
  txQueueLen: 1000,
  broadcast: 'ff:ff:ff:ff:ff:ff',
  alias: '',
  group: 0,
  master: 0,
  link: 0,
  qdisc: 'noop',
  carrier: true,
  operstate: 'unknown',
  carrierUps: 0,
  carrierDowns: 0,
  addrAssign: 0,
  nameAssign: 3,
  addresses: [],
  data: {},
}

/** An address that nobody gave an end. */
export const permanent = (
  it: Pick<IfAddress, 'family' | 'local' | 'prefixlen' | 'scope'> & Partial<IfAddress>,
): IfAddress => ({
  address: it.local,
  broadcast: '',
  label: '',
  flags: IFA_F_PERMANENT,
  validUntil: FOREVER,
  preferredUntil: FOREVER,
  dadEnds: 0,
  ...it,
})

export const LOOPBACK_ADDRESSES: readonly IfAddress[] = [
  permanent({ family: AF_INET, local: '127.0.0.1', prefixlen: 8, scope: RT_SCOPE_HOST, label: 'lo' }),
  permanent({ family: AF_INET6, local: '::1', prefixlen: 128, scope: RT_SCOPE_HOST }),
]

/** A new namespace. Linux: setup_net(), loopback_net_init(). */
export function createNetNs(k: Kernel, ns: Omit<Namespace, 'id' | 'epoch'>): number {
  const { id } = k.netNamespaces.insert({
    ...ns,
    lastIfindex: LOOPBACK_IFINDEX,
    routes: [],
    neighbours: [],
    nsids: {},
  })
  k.netDevices.insert({
    ...DEFAULTS,
    net: id,
    ifindex: LOOPBACK_IFINDEX,
    name: 'lo',
    kind: 'loopback',
    flags: IFF_LOOPBACK,
    mtu: 65536,
    address: NO_ADDRESS,
    broadcast: NO_ADDRESS,
    nameAssign: 2,
  })
  inheritSysctls(k, id)
  return id
}

/** What a new namespace takes over from the first one, if it was changed there. Linux: devinet_init_net(), tcp_sk_init(). */
function inheritSysctls(k: Kernel, net: number): void {
  const first = [...k.netNamespaces.values()][0]!.id
  for (const [key, value] of k.sysctl)
    if (/^net\/ipv4\/(conf\/(all|default)\/|tcp_[rw]mem)/.test(key) && key.endsWith(` ${first}`))
      k.sysctl.set(key.replace(/ \d+$/, ` ${net}`), value)
}

/** The namespace of the boot: `lo` is up, and `eth0` has what the host's start gave it. */
export function initNetNs(k: Kernel, ns: Omit<Namespace, 'id' | 'epoch'>): number {
  const id = createNetNs(k, ns)
  const [lo] = devicesOf(k, id)
  const me = k.netDevices.own(lo!.id)
  me.flags |= IFF_UP
  me.qdisc = 'noqueue'
  me.addresses = LOOPBACK_ADDRESSES
  const eth0 = k.netDevices.insert({
    ...DEFAULTS,
    net: id,
    ifindex: 2,
    name: 'eth0',
    kind: 'virtio',
    flags: DEFAULTS.flags | IFF_UP,
    qdisc: 'fq_codel',
    address: '52:54:00:12:34:56',
    operstate: 'up',
    carrierUps: 1,
    carrierDowns: 1,
    nameAssign: 1,
    addresses: [
      permanent({
        family: AF_INET,
        local: '10.0.2.15',
        prefixlen: 24,
        broadcast: '10.0.2.255',
        scope: RT_SCOPE_UNIVERSE,
        label: 'eth0',
      }),
      permanent({ family: AF_INET6, local: 'fe80::5054:ff:fe12:3456', prefixlen: 64, scope: RT_SCOPE_LINK }),
    ],
  })
  const net = k.netNamespaces.own(id)
  net.lastIfindex = 2
  net.routes = bootRoutes(lo!.id, eth0.id)
  return id
}

/** A route that the kernel makes of an address. Linux: fib_magic(). */
export const kernelRoute = (
  dev: number,
  type: number,
  dst: string,
  dstLen: number,
  scope: number,
  prefsrc: string,
): Route => ({
  family: AF_INET,
  table: type === RTN_UNICAST ? RT_TABLE_MAIN : RT_TABLE_LOCAL,
  dst,
  dstLen,
  tos: 0,
  type,
  protocol: RTPROT_KERNEL,
  scope,
  priority: 0,
  prefsrc,
  gateway: '',
  dev,
  flags: 0,
  mtu: 0,
})

function bootRoutes(lo: number, eth0: number): readonly Route[] {
  const [link, host] = [RT_SCOPE_LINK, RT_SCOPE_HOST]
  return [
    {
      ...kernelRoute(eth0, RTN_UNICAST, '0.0.0.0', 0, RT_SCOPE_UNIVERSE, ''),
      protocol: RTPROT_BOOT,
      gateway: '10.0.2.2',
    },
    kernelRoute(eth0, RTN_UNICAST, '10.0.2.0', 24, link, '10.0.2.15'),
    kernelRoute(eth0, RTN_LOCAL, '10.0.2.15', 32, host, '10.0.2.15'),
    kernelRoute(eth0, RTN_BROADCAST, '10.0.2.255', 32, link, '10.0.2.15'),
    kernelRoute(lo, RTN_LOCAL, '127.0.0.0', 8, host, '127.0.0.1'),
    kernelRoute(lo, RTN_LOCAL, '127.0.0.1', 32, host, '127.0.0.1'),
    kernelRoute(lo, RTN_BROADCAST, '127.255.255.255', 32, link, '127.0.0.1'),
  ]
}

/** The devices of a namespace, by index. */
export const devicesOf = (k: Kernel, net: number): readonly NetDevice[] =>
  [...k.netDevices.values()].filter(it => it.net === net).sort((a, b) => a.ifindex - b.ifindex)

/** The last user of a namespace has gone. Until devices can be made there is only `lo`. Linux: cleanup_net(). */
export function freeNetNs(k: Kernel, net: number): void {
  loadedNet()?.cleanupDevices(k, net)
  for (const it of devicesOf(k, net)) k.netDevices.remove(it.id)
}
