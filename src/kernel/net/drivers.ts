/**
 * The kinds of devices: what each begins with, and what happens when it gets up, goes down or changes. Linux:
 * drivers/net/{loopback,dummy,veth,virtio_net,ifb}.c, drivers/net/{macvlan,ipvlan}/, net/bridge/, net/8021q/.
 *
 * Left out: everything about packets; VXLAN, tunnels, bonds, tun; spanning tree.
 */
import {
  EBUSY,
  EEXIST,
  EINVAL,
  ENODEV,
  EPROTONOSUPPORT,
  ERANGE,
  IFF_BROADCAST,
  IFF_MULTICAST,
  IFF_NOARP,
  type LinkMessage,
} from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import { registerDevice, setCarrier, setMacQuietly } from './dev.ts'
import { ExtAck } from './extack.ts'
import { type Driver, type NewDevice, rtnlLinkRegister } from './link-ops.ts'
import { deviceDown, isUp } from './net-device.ts'
import type { DeviceKind, NetDevice } from './types.ts'

const ETHER = { minMtu: 68, maxMtu: 65535 }
const GSO_MAX = 524_280

/** Both ends are up, or there is no carrier on either. Linux: veth_open(), veth_close(). */
function pairChanged(k: Kernel, dev: NetDevice): void {
  const peer = k.netDevices.find(dev.link)
  if (!peer) return
  const both = isUp(dev) && isUp(peer)
  for (const it of [dev, peer]) setCarrier(k, it.id, both)
}

const livePort = (dev: NetDevice): boolean => isUp(dev) && dev.carrier

/** Linux: br_port_state_selection(), br_stp_recalculate_bridge_id(). */
function portChanged(k: Kernel, bridge: NetDevice): void {
  const ports = [...k.netDevices.values()].filter(it => it.master === bridge.id)
  if (bridge.addrAssign === 1) {
    const lowest = ports.map(it => it.address).sort()[0] ?? '00:00:00:00:00:00'
    if (lowest !== bridge.address) setMacQuietly(k, bridge.id, lowest)
  }
  if (isUp(bridge)) setCarrier(k, bridge.id, ports.some(livePort))
}

const lowerOf = (k: Kernel, dev: { readonly link?: number }): NetDevice => {
  const lower = k.netDevices.find(dev.link ?? 0)
  if (!lower) throw ENODEV
  return lower
}

/** Linux: netif_stacked_transfer_operstate(). */
const followLower = (k: Kernel, dev: NetDevice): void => setCarrier(k, dev.id, lowerOf(k, dev).carrier)

/** Until both ends are up. */
const UNLINKED = { carrier: false, operstate: 'lowerlayerdown' } as const

function createVeth(k: Kernel, draft: NewDevice, message: LinkMessage, peerNet: number): NetDevice {
  const { peer = {} } = message
  const other = registerDevice(k, {
    kind: 'veth',
    net: peerNet,
    name: peer.ifname ?? 'veth%d',
    ...peerDraft(peer),
    ...UNLINKED,
  })
  const dev = registerOr(k, other, { ...draft, ...UNLINKED, link: other.id })
  k.netDevices.own(other.id).link = dev.id
  return dev
}

/** What the message says of the other end. */
const peerDraft = ({ index, address, mtu, txQueueLen }: LinkMessage): Partial<NetDevice> => ({
  ...(index !== undefined && { ifindex: index }),
  ...(address !== undefined && { address }),
  ...(mtu !== undefined && { mtu }),
  ...(txQueueLen !== undefined && { txQueueLen }),
})

/** The second end; when it is refused the first one goes as well. */
function registerOr(k: Kernel, first: NetDevice, draft: NewDevice): NetDevice {
  try {
    return registerDevice(k, draft)
  } catch (e) {
    k.netDevices.remove(first.id)
    throw e
  }
}

function createVlan(k: Kernel, draft: NewDevice, { data = {} }: LinkMessage): NetDevice {
  const id = Number(data.id ?? Number.NaN)
  if (Number.isNaN(id)) throw new ExtAck(EINVAL, '8021q: VLAN properties not specified')
  if (!(id >= 0 && id < 4095)) throw new ExtAck(ERANGE, '8021q: Invalid VLAN id')
  const protocol = data.protocol ?? '802.1Q'
  if (protocol !== '802.1Q' && protocol !== '802.1ad')
    throw new ExtAck(EPROTONOSUPPORT, '8021q: Invalid VLAN protocol')
  const lower = lowerOf(k, draft)
  if (lower.kind === 'loopback') throw new ExtAck(EINVAL, '8021q: VLANs not supported on device')
  const isTaken = [...k.netDevices.values()].some(
    it => it.kind === 'vlan' && it.link === lower.id && it.data.id === id,
  )
  if (isTaken) throw new ExtAck(EEXIST, '8021q: VLAN device already exists')
  const { address, mtu } = lower
  return registerDevice(k, { address, addrAssign: 2, mtu, ...draft, carrier: false, data: { protocol, id } })
}

/** Whether something of another kind already takes all packets of a device. Linux: netdev_is_rx_handler_busy(). */
const isTakenBy = (k: Kernel, lower: NetDevice, kind: DeviceKind): boolean =>
  lower.master !== 0 || [...k.netDevices.values()].some(it => it.link === lower.id && it.kind === kind)

function createMacvlan(k: Kernel, draft: NewDevice, { data = {} }: LinkMessage): NetDevice {
  const lower = lowerOf(k, draft)
  if (isTakenBy(k, lower, 'ipvlan')) throw EBUSY
  const { mode = 'vepa' } = data
  return registerDevice(k, { mtu: lower.mtu, ...draft, carrier: lower.carrier, data: { mode } })
}

function createIpvlan(k: Kernel, draft: NewDevice, { data = {} }: LinkMessage): NetDevice {
  const lower = lowerOf(k, draft)
  if (isTakenBy(k, lower, 'macvlan')) throw EBUSY
  const { mode = 'l3', flag = 'bridge' } = data
  const { address, mtu, carrier } = lower
  return registerDevice(k, { address, addrAssign: 2, mtu, ...draft, carrier, data: { mode, flag } })
}

const QUIET = { flags: IFF_BROADCAST | IFF_NOARP }

const DRIVERS: Readonly<Record<DeviceKind, Driver>> = {
  loopback: { defaults: {}, minMtu: 0, maxMtu: 0, isLocal: true, tsoMaxSize: GSO_MAX },
  virtio: { ...ETHER, defaults: {}, qdisc: 'fq_codel' },
  dummy: { defaults: QUIET, minMtu: 0, maxMtu: 0, pattern: 'dummy%d' },
  ifb: { defaults: QUIET, ...ETHER, maxMtu: 0, pattern: 'ifb%d', qdisc: 'fq_codel' },
  veth: {
    ...ETHER,
    defaults: {},
    queues: 2,
    tsoMaxSize: GSO_MAX,
    pattern: 'veth%d',
    create: createVeth,
    opened: pairChanged,
    stopped: pairChanged,
  },
  bridge: {
    ...ETHER,
    defaults: {},
    tsoMaxSize: GSO_MAX,
    isLocal: true,
    pattern: 'bridge%d',
    // An address of its own makes it look at its ports, and it has none. - br_dev_newlink()
    create: (k, draft) =>
      registerDevice(k, { ...draft, ...(draft.address && { carrier: false, operstate: 'down' }) }),
    opened(k, dev) {
      if ([...k.netDevices.values()].some(it => it.master === dev.id)) portChanged(k, dev)
    },
    portChanged,
  },
  vlan: {
    defaults: {},
    minMtu: 0,
    maxMtu: 65535,
    needsLink: true,
    pattern: 'vlan%d',
    create: createVlan,
    check(k, dev) {
      if (!isUp(lowerOf(k, dev))) throw deviceDown(k, lowerOf(k, dev))
    },
    opened: followLower,
  },
  macvlan: {
    ...ETHER,
    defaults: {},
    needsLink: true,
    pattern: 'macvlan%d',
    create: createMacvlan,
    check(k, dev) {
      if (!isUp(lowerOf(k, dev))) throw deviceDown(k, lowerOf(k, dev))
    },
    opened: markUp,
  },
  ipvlan: {
    ...ETHER,
    defaults: { flags: IFF_BROADCAST | IFF_MULTICAST | IFF_NOARP },
    needsLink: true,
    pattern: 'ipvlan%d',
    create: createIpvlan,
    opened: markUp,
  },
}

/** Its carrier was that of the device below from the beginning; now it counts. */
function markUp(k: Kernel, dev: NetDevice): void {
  followLower(k, dev)
  if (dev.carrier && dev.operstate === 'unknown') k.netDevices.own(dev.id).operstate = 'up'
}

for (const [kind, it] of Object.entries(DRIVERS)) rtnlLinkRegister(kind as DeviceKind, it)
