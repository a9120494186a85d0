/**
 * Network devices: how they come and go, get up and down, change their name, address and namespace. What a kind of
 * device does then is in drivers.ts. Linux: net/core/dev.c, net/core/link_watch.c.
 *
 * Left out: queues and packets; notifications to who watches (RTNLGRP_LINK).
 */
import {
  EADDRNOTAVAIL,
  EBUSY,
  EEXIST,
  EINVAL,
  ELOOP,
  EOPNOTSUPP,
  type Errno,
  IFF_ALLMULTI,
  IFF_LOOPBACK,
  IFF_PROMISC,
  IFF_UP,
} from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import { refuse } from '../refuse.ts'
import { addrconfDown, addrconfUp } from './addrconf.ts'
import { inetdevDown, inetdevUp } from './devinet.ts'
import { ExtAck } from './extack.ts'
import { flushDevice } from './fib.ts'
import { driverOf } from './link-ops.ts'
import { deviceByIndex, deviceByName, IFNAMSIZ, isUp } from './net-device.ts'
import { DEFAULTS, devicesOf } from './net-namespace.ts'
import type { NetDevice } from './types.ts'

/** A namespace's next free index. Linux: dev_new_index(). */
function newIndex(k: Kernel, net: number): number {
  const ns = k.netNamespaces.own(net)
  do ns.lastIfindex++
  while (deviceByIndex(k, net, ns.lastIfindex))
  return ns.lastIfindex
}

const isValidName = (name: string): boolean =>
  name !== '' && name.length < IFNAMSIZ && name !== '.' && name !== '..' && !/[/:\s]/.test(name)

export const nameTaken = (k: Kernel, name: string): Errno => refuse(k, EEXIST, 'device-name-taken', { name })

/** `dummy%d` becomes the first free of dummy0, dummy1, … Linux: dev_alloc_name(). Errors: EINVAL, EEXIST. */
function allocName(k: Kernel, net: number, pattern: string): string {
  if (!isValidName(pattern)) throw EINVAL
  if (!pattern.includes('%')) {
    if (deviceByName(k, net, pattern)) throw nameTaken(k, pattern)
    return pattern
  }
  if (!/^[^%]*%d[^%]*$/.test(pattern)) throw EINVAL
  for (let n = 0; ; n++) {
    const name = pattern.replace('%d', `${n}`)
    if (!deviceByName(k, net, name)) return name
  }
}

/** A random address of a card that was made by software. Linux: eth_random_addr(). */
export function randomAddress(k: Kernel): string {
  const bytes = k.random.bytes(6)
  bytes[0] = (bytes[0]! & 0xfe) | 2
  return [...bytes].map(it => it.toString(16).padStart(2, '0')).join(':')
}

type Draft = Partial<NetDevice> & Pick<NetDevice, 'net' | 'name' | 'kind'>

/** Linux: register_netdevice(). Errors: EINVAL, EEXIST, EBUSY (the index is taken). */
export function registerDevice(k: Kernel, draft: Draft): NetDevice {
  const name = allocName(k, draft.net, draft.name)
  if (draft.ifindex && deviceByIndex(k, draft.net, draft.ifindex)) throw EBUSY
  const { defaults } = driverOf(draft.kind)
  return k.netDevices.insert({
    ...DEFAULTS,
    ...defaults,
    address: randomAddress(k),
    addrAssign: draft.address ? 3 : 1,
    ...draft,
    name,
    ifindex: draft.ifindex || newIndex(k, draft.net),
    nameAssign: draft.name === name ? 3 : 1,
  })
}

/** Those that stand on a device: they go where it goes to rest. Linux: NETDEV_UNREGISTER of vlan, macvlan and ipvlan. */
const standingOn = (k: Kernel, id: number): readonly NetDevice[] =>
  [...k.netDevices.values()].filter(it => it.link === id)

/** Linux: unregister_netdevice(). The other end of a pair goes too, and what stands on it. */
export function unregisterDevice(k: Kernel, id: number): void {
  if (!k.netDevices.find(id)) return
  quiesce(k, id)
  const { link, kind } = k.netDevices.get(id)
  k.netDevices.remove(id)
  for (const it of standingOn(k, id)) unregisterDevice(k, it.id)
  if (kind === 'veth') unregisterDevice(k, link)
}

/** Down, out of its bridge, without addresses, routes and ports: as before it is moved or removed. */
function quiesce(k: Kernel, id: number): void {
  closeDevice(k, id)
  setMaster(k, id, 0)
  for (const port of k.netDevices.values()) if (port.master === id) setMaster(k, port.id, 0)
  k.netDevices.own(id).addresses = []
  flushDevice(k, k.netDevices.get(id), true)
}

/** Linux: __dev_open(). Errors: those of the driver (ENETDOWN). */
export function openDevice(k: Kernel, id: number): void {
  const dev = k.netDevices.get(id)
  if (isUp(dev)) return
  const driver = driverOf(dev.kind)
  driver.check?.(k, dev)
  const me = k.netDevices.own(id)
  me.flags |= IFF_UP
  if (me.qdisc === 'noop') me.qdisc = driver.qdisc ?? 'noqueue'
  driver.opened?.(k, k.netDevices.get(id))
  inetdevUp(k, id)
  addrconfUp(k, id)
  bridgeOf(k, id)
}

/** Linux: __dev_close(). */
export function closeDevice(k: Kernel, id: number): void {
  const dev = k.netDevices.get(id)
  if (!isUp(dev)) return
  // Linux: vlan_device_event().
  for (const above of standingOn(k, id)) if (above.kind === 'vlan') closeDevice(k, above.id)
  k.netDevices.own(id).flags &= ~IFF_UP
  driverOf(dev.kind).stopped?.(k, k.netDevices.get(id))
  inetdevDown(k, id)
  addrconfDown(k, id)
  bridgeOf(k, id)
}

/** Linux: netif_carrier_on(), netif_carrier_off(), and what link_watch.c makes of them. */
export function setCarrier(k: Kernel, id: number, carrier: boolean): void {
  const dev = k.netDevices.get(id)
  if (dev.carrier === carrier) return
  const me = k.netDevices.own(id)
  me.carrier = carrier
  if (carrier) me.carrierUps++
  else me.carrierDowns++
  const hasLower = dev.link !== 0 && dev.link !== id
  me.operstate = carrier ? 'up' : hasLower ? 'lowerlayerdown' : 'down'
  if (isUp(dev) && carrier) addrconfUp(k, id)
  for (const above of standingOn(k, id)) if (above.kind !== 'veth') setCarrier(k, above.id, carrier)
  bridgeOf(k, id)
}

/** Tell the bridge of a port that the port changed. */
function bridgeOf(k: Kernel, id: number): void {
  const { master } = k.netDevices.get(id)
  if (master) driverOf('bridge').portChanged?.(k, k.netDevices.get(master))
}

/** Make a device a port of a bridge, or of none. Linux: do_set_master(). Errors: EOPNOTSUPP, EBUSY, EINVAL, ELOOP. */
export function setMaster(k: Kernel, id: number, master: number): void {
  const dev = k.netDevices.get(id)
  if (dev.master === master) return
  if (master) checkPort(dev, k.netDevices.get(master))
  const old = dev.master
  k.netDevices.own(id).master = master
  for (const it of [old, master]) if (it) driverOf('bridge').portChanged?.(k, k.netDevices.get(it))
}

/** Linux: br_add_if(). */
function checkPort(dev: NetDevice, master: NetDevice): void {
  if (master.kind !== 'bridge') throw EOPNOTSUPP
  if (dev.flags & IFF_LOOPBACK) throw EINVAL
  if (dev.kind === 'bridge') throw new ExtAck(ELOOP, 'Can not enslave a bridge to a bridge')
  if (dev.kind === 'ipvlan') throw EOPNOTSUPP
}

/** Linux: dev_change_name(). Errors: EBUSY, EINVAL, EEXIST. */
export function changeName(k: Kernel, id: number, name: string): void {
  const dev = k.netDevices.get(id)
  if (isUp(dev)) throw EBUSY
  if (name === dev.name) return
  const free = allocName(k, dev.net, name)
  const me = k.netDevices.own(id)
  me.name = free
  me.nameAssign = 4
  me.addresses = me.addresses.map(it => (it.label === dev.name ? { ...it, label: free } : it))
}

/** Linux: dev_set_mtu_ext(). */
export function changeMtu(k: Kernel, id: number, mtu: number): void {
  const { minMtu, maxMtu } = driverOf(k.netDevices.get(id).kind)
  if (mtu < 0 || mtu < minMtu) throw new ExtAck(EINVAL, 'mtu less than device minimum')
  if (maxMtu && mtu > maxMtu) throw new ExtAck(EINVAL, 'mtu greater than device maximum')
  k.netDevices.own(id).mtu = mtu
}

/** Linux: dev_set_mac_address(). Errors: EOPNOTSUPP, EINVAL, EADDRNOTAVAIL. */
export function changeAddress(k: Kernel, id: number, address: string): void {
  const dev = k.netDevices.get(id)
  if (dev.kind === 'loopback') throw EOPNOTSUPP
  if (address.length !== dev.address.length) throw EINVAL
  if (Number.parseInt(address.slice(0, 2), 16) & 1 || !/[1-9a-f]/.test(address)) throw EADDRNOTAVAIL
  const me = k.netDevices.own(id)
  me.address = address
  me.addrAssign = 3
}

/**
 * Linux: __dev_change_net_namespace(): it arrives there down and without addresses, under its own index if that is
 * free. Errors: EINVAL (it cannot leave), EEXIST (its name is taken there).
 */
export function changeNamespace(k: Kernel, id: number, net: number, pattern?: string): void {
  const dev = k.netDevices.get(id)
  if (driverOf(dev.kind).isLocal) throw refuse(k, EINVAL, 'device-stays', { name: dev.name })
  if (dev.net === net) return
  const isTaken = deviceByName(k, net, dev.name) !== undefined
  if (isTaken && !pattern) throw nameTaken(k, dev.name)
  const name = isTaken ? allocName(k, net, pattern!) : dev.name
  quiesce(k, id)
  const ifindex = deviceByIndex(k, net, dev.ifindex) ? newIndex(k, net) : dev.ifindex
  const me = k.netDevices.own(id)
  me.net = net
  me.name = name
  me.ifindex = ifindex
  me.qdisc = 'noop'
}

/** The flags that may be changed, but for IFF_UP. Linux: __dev_change_flags(). */
export function changeFlags(k: Kernel, id: number, flags: number, change: number): void {
  const CHANGEABLE = 0x20 | 0x80 | 0x1000 | 0x2000 | 0x4000 | 0x8000 | IFF_PROMISC | IFF_ALLMULTI
  const mask = change & CHANGEABLE
  if (mask) {
    const me = k.netDevices.own(id)
    me.flags = (me.flags & ~mask) | (flags & mask)
  }
  if (!(change & IFF_UP)) return
  if (flags & IFF_UP) openDevice(k, id)
  else closeDevice(k, id)
}

/**
 * A namespace has gone: cards return to the first one, everything else is destroyed. Linux: default_device_exit_net(),
 * default_device_exit_batch().
 */
export function cleanupDevices(k: Kernel, net: number): void {
  const initNet = [...k.netNamespaces.values()][0]!.id
  for (const { id } of devicesOf(k, net)) {
    const dev = k.netDevices.find(id)
    if (!dev || dev.kind === 'loopback') continue
    if (dev.kind === 'virtio') changeNamespace(k, id, initNet, 'dev%d')
    else unregisterDevice(k, id)
  }
  for (const ns of k.netNamespaces.values())
    if (ns.nsids[net] !== undefined) {
      const { [net]: _gone, ...nsids } = ns.nsids
      k.netNamespaces.own(ns.id).nsids = nsids
    }
}

/** A bridge takes the address of one of its ports. Linux: br_stp_change_bridge_id(). */
export function setMacQuietly(k: Kernel, id: number, address: string): void {
  k.netDevices.own(id).address = address
}
