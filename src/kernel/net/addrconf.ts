/**
 * IPv6 addresses of devices: ::1 on lo, a link-local one on everything else that has a carrier, and those that programs
 * add. A new one is tentative until nobody else turned out to have it. Linux: net/ipv6/addrconf.c.
 *
 * Left out: router advertisements, privacy addresses, addrgenmode but eui64.
 */
import {
  AF_INET6,
  EACCES,
  EADDRNOTAVAIL,
  EEXIST,
  IFA_F_NODAD,
  IFF_LOOPBACK,
  IFF_NOARP,
  parseAddress,
  formatAddress,
  RT_SCOPE_LINK,
} from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import { refuse } from '../refuse.ts'
import { isOperUp, isUp } from './net-device.ts'
import { LOOPBACK_ADDRESSES, permanent } from './net-namespace.ts'
import type { IfAddress, NetDevice } from './types.ts'

/** One probe, after a delay of up to a second and a second to answer. */
const DAD_TIME = 1_500_000_000

export const inet6Addresses = (dev: NetDevice): readonly IfAddress[] =>
  dev.addresses.filter(it => it.family === AF_INET6)

const setAddresses = (k: Kernel, id: number, list: readonly IfAddress[]): void => {
  const me = k.netDevices.own(id)
  me.addresses = [...me.addresses.filter(it => it.family !== AF_INET6), ...list]
}

const isDisabled = (k: Kernel, dev: NetDevice): boolean =>
  (k.sysctl.get(`net/ipv6/conf/${dev.id}/disable_ipv6 ${dev.net}`) ??
    k.sysctl.get(`net/ipv6/conf/default/disable_ipv6 ${dev.net}`) ??
    '0') !== '0'

/** fe80:: and the address of the card, with ff:fe in its middle. Linux: addrconf_ifid_eui48(). */
function linkLocal(mac: string): string {
  const bytes = mac.split(':').map(it => BigInt(`0x${it}`))
  const eui = [bytes[0]! ^ 2n, bytes[1]!, bytes[2]!, 0xffn, 0xfen, bytes[3]!, bytes[4]!, bytes[5]!]
  const id = eui.reduce((value, byte) => (value << 8n) | byte, 0n)
  return formatAddress((parseAddress('fe80::') ?? 0n) | id, AF_INET6)
}

/** The device is up, or has got its carrier. Linux: addrconf_notify(), addrconf_dev_config(). */
export function addrconfUp(k: Kernel, id: number): void {
  const dev = k.netDevices.get(id)
  if (!isUp(dev) || isDisabled(k, dev)) return
  const has = (local: string): boolean => dev.addresses.some(it => it.local === local)
  if (dev.flags & IFF_LOOPBACK) {
    const [, loopback] = LOOPBACK_ADDRESSES
    if (!has(loopback!.local)) insertAddress6(k, id, loopback!)
    return
  }
  // A port of a bridge has none of its own. - addrconf_notify()
  if (!isOperUp(dev) || !dev.carrier || dev.master) return
  const local = linkLocal(dev.address)
  if (!has(local))
    insertAddress6(k, id, permanent({ family: AF_INET6, local, prefixlen: 64, scope: RT_SCOPE_LINK }))
}

/** It went down: the addresses are given up. Linux: addrconf_ifdown(). */
export function addrconfDown(k: Kernel, id: number): void {
  if (inet6Addresses(k.netDevices.get(id)).length) setAddresses(k, id, [])
}

/** Linux: dev_disable_change(). */
export const disableInet6 = (k: Kernel, id: number, isOff: boolean): void =>
  isOff ? addrconfDown(k, id) : addrconfUp(k, id)

/** Linux: ipv6_add_addr(): of the wider scope first. Errors: EEXIST, EACCES. */
export function insertAddress6(k: Kernel, id: number, it: IfAddress): void {
  const dev = k.netDevices.get(id)
  if (isDisabled(k, dev)) throw refuse(k, EACCES, 'ipv6-off', { name: dev.name })
  const list = [...inet6Addresses(dev)]
  if (list.some(other => other.local === it.local))
    throw refuse(k, EEXIST, 'address-taken', { address: it.local, name: dev.name })
  const isSure = dev.flags & (IFF_NOARP | IFF_LOOPBACK) || it.flags & IFA_F_NODAD
  const at = list.findIndex(other => other.scope >= it.scope)
  list.splice(at < 0 ? list.length : at, 0, { ...it, dadEnds: isSure ? 0 : k.now() + DAD_TIME })
  setAddresses(k, id, list)
}

/** Errors: EADDRNOTAVAIL. */
export function deleteAddress6(k: Kernel, id: number, local: string, prefixlen: number): void {
  const list = inet6Addresses(k.netDevices.get(id))
  const gone = list.find(it => it.local === local && it.prefixlen === prefixlen)
  if (!gone) throw EADDRNOTAVAIL
  setAddresses(
    k,
    id,
    list.filter(it => it !== gone),
  )
}
