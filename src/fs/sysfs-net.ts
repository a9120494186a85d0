/**
 * What sysfs tells of network devices: a directory each, in the place of what it belongs to. Linux: net/core/net-sysfs.c;
 * Documentation/ABI/testing/sysfs-class-net. A mount shows the devices of the network namespace it was made in.
 *
 * Left out: writing to queues, threaded, gro_flush_timeout and napi_defer_hard_irqs; statistics are 0.
 */
import {
  CAP_NET_ADMIN,
  EINVAL,
  EOPNOTSUPP,
  EPERM,
  EIO,
  ENOENT,
  type Errno,
  IFF_LOOPBACK,
} from '../abi/index.ts'
import { devicesOf, type Kernel, nsCapable, type NetDevice, netModule } from '../kernel/index.ts'
import type { Caller } from '../vfs/index.ts'
import type { Attribute, Entries, Entry } from './sysfs.ts'

const STATISTICS = `collisions multicast rx_bytes rx_compressed rx_crc_errors rx_dropped rx_errors rx_fifo_errors
rx_frame_errors rx_length_errors rx_missed_errors rx_nohandler rx_over_errors rx_packets tx_aborted_errors tx_bytes
tx_carrier_errors tx_compressed tx_dropped tx_errors tx_fifo_errors tx_heartbeat_errors tx_packets tx_window_errors`

/** Where the card of the host is. */
const VIRTIO = 'pci0000:00/0000:00:03.0/virtio2/net'

const refusing = (errno: Errno) => (): string => {
  throw errno
}

const isHardware = (it: NetDevice): boolean => it.kind === 'virtio'
const home = (it: NetDevice): string => (isHardware(it) ? VIRTIO : 'virtual/net')

/** The directory of the device that has a name when somebody looks. */
function directory(k: Kernel, net: number, name: string, isCard: boolean): Entries {
  const device = (): NetDevice => {
    const found = devicesOf(k, net).find(it => it.name === name)
    if (!found) throw ENOENT
    return found
  }
  const of = (show: (it: NetDevice) => string | number) => (): string => `${show(device())}`
  /** Who writes needs power over the namespace. Linux: netdev_store(). */
  const kept = (
    show: (it: NetDevice) => string | number,
    store: (it: NetDevice, value: number) => void,
  ): Attribute => ({
    mode: 0o644,
    show: of(show),
    store(as, text) {
      requireAdmin(k, as, net)
      const value = parse(text)
      withErrno(() => store(device(), value))
    },
  })
  const fixed = (text: string): Attribute => ({ mode: 0o644, show: () => text })
  const own = (it: NetDevice): number => it.id
  const up = isCard ? '../../../../../..' : '../../../..'
  const peer = (it: NetDevice): number => k.netDevices.find(it.link)?.ifindex ?? it.ifindex
  return {
    addr_assign_type: of(it => it.addrAssign),
    addr_len: '6',
    address: of(it => it.address),
    broadcast: of(it => it.broadcast),
    carrier: kept(
      it => {
        if (!isUp(it)) throw EINVAL
        return it.carrier ? 1 : 0
      },
      (it, value) => setCarrier(k, it, value !== 0),
    ),
    carrier_changes: of(it => it.carrierUps + it.carrierDowns),
    carrier_down_count: of(it => it.carrierDowns),
    carrier_up_count: of(it => it.carrierUps),
    dev_id: '0x0',
    dev_port: '0',
    ...(isCard && { device: '-> ../../../virtio2' }),
    dormant: of(it => (isUp(it) ? 0 : refuse(EINVAL))),
    duplex: isCard ? 'unknown' : refusing(EINVAL),
    flags: kept(
      it => `0x${(it.flags & 0xffff).toString(16)}`,
      (it, value) => netModule().changeFlags(k, own(it), value, it.flags ^ value),
    ),
    gro_flush_timeout: fixed('0'),
    ifalias: { mode: 0o644, isBare: true, show: of(it => it.alias && `${it.alias}\n`), store: storeAlias },
    ifindex: of(it => it.ifindex),
    iflink: of(peer),
    link_mode: '0',
    mtu: kept(
      it => it.mtu,
      (it, value) => netModule().changeMtu(k, own(it), value),
    ),
    name_assign_type: of(it => it.nameAssign),
    napi_defer_hard_irqs: fixed('0'),
    netdev_group: kept(
      it => it.group,
      (it, value) => void (k.netDevices.own(own(it)).group = value),
    ),
    operstate: of(it => netModule().shownOperstate(it)),
    phys_port_id: refusing(EOPNOTSUPP),
    phys_port_name: refusing(EOPNOTSUPP),
    phys_switch_id: refusing(EOPNOTSUPP),
    power: POWER,
    proto_down: fixed('0'),
    queues: queues(isCard),
    speed: isCard ? '-1' : refusing(EINVAL),
    statistics: Object.fromEntries(STATISTICS.split(/\s+/).map(key => [key, '0'])),
    subsystem: `-> ${up}/class/net`,
    testing: of(it => (isUp(it) ? 0 : refuse(EINVAL))),
    threaded: fixed('0'),
    tx_queue_len: kept(
      it => it.txQueueLen,
      (it, value) => void (k.netDevices.own(own(it)).txQueueLen = value),
    ),
    type: of(it => (it.flags & IFF_LOOPBACK ? 772 : 1)),
    uevent: { mode: 0o644, show: of(it => `INTERFACE=${it.name}\nIFINDEX=${it.ifindex}`) },
  }

  function storeAlias(as: Caller, text: string): void {
    requireAdmin(k, as, net)
    k.netDevices.own(device().id).alias = text.replace(/\n$/, '')
  }
}

const isUp = ({ flags }: NetDevice): boolean => (flags & 1) !== 0

function refuse(errno: Errno): never {
  throw errno
}

function setCarrier(k: Kernel, it: NetDevice, carrier: boolean): void {
  if (it.kind !== 'dummy') throw EOPNOTSUPP
  netModule().setCarrier(k, it.id, carrier)
}

function requireAdmin(k: Kernel, as: Caller, net: number): void {
  if (!nsCapable(k, as.cred, CAP_NET_ADMIN, k.netNamespaces.get(net).userNs)) throw EPERM
}

/** Linux: kstrtoul(). */
function parse(text: string): number {
  const digits = text.trim()
  if (!/^(0x[\da-f]+|\d+)$/i.test(digits)) throw EINVAL
  return Number(digits)
}

/** A file has no room for more than a number. */
function withErrno(act: () => void): void {
  try {
    act()
  } catch (e) {
    throw e instanceof netModule().ExtAck ? e.errno : e
  }
}

const POWER: Entries = {
  async: { mode: 0o644, show: () => 'disabled' },
  autosuspend_delay_ms: { mode: 0o644, show: refusing(EIO) },
  control: { mode: 0o644, show: () => 'auto' },
  runtime_active_kids: '0',
  runtime_active_time: '0',
  runtime_enabled: 'disabled',
  runtime_status: 'unsupported',
  runtime_suspended_time: '0',
  runtime_usage: '0',
}

const queues = (isCard: boolean): Entries => ({
  'rx-0': {
    rps_cpus: { mode: 0o644, show: () => '0' },
    rps_flow_cnt: { mode: 0o644, show: () => '0' },
    ...(isCard && { virtio_net: { mergeable_rx_buffer_size: '1536' } }),
  },
  'tx-0': {
    byte_queue_limits: {
      hold_time: { mode: 0o644, show: () => '1000' },
      inflight: '0',
      limit: { mode: 0o644, show: () => '0' },
      limit_max: { mode: 0o644, show: () => '1879048192' },
      limit_min: { mode: 0o644, show: () => '0' },
    },
    traffic_class: refusing(ENOENT),
    tx_maxrate: { mode: 0o644, show: () => '0' },
    tx_timeout: '0',
    xps_cpus: { mode: 0o644, show: refusing(ENOENT) },
    xps_rxqs: { mode: 0o644, show: () => '0' },
  },
})

export interface NetEntries {
  readonly classNet: () => Record<string, Entry>
  readonly virtual: () => Record<string, Entry>
  readonly card: () => Record<string, Entry>
}

/** What stands below class/net, devices/virtual/net and the card's own net. */
export function netEntries(k: Kernel, net: number): NetEntries {
  const list = (isCard: boolean) => (): Record<string, Entry> =>
    Object.fromEntries(
      devicesOf(k, net)
        .filter(it => isHardware(it) === isCard)
        .map(it => [it.name, directory(k, net, it.name, isCard)]),
    )
  return {
    classNet: () =>
      Object.fromEntries(devicesOf(k, net).map(it => [it.name, `-> ../../devices/${home(it)}/${it.name}`])),
    virtual: list(false),
    card: list(true),
  }
}
