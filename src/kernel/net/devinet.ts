/**
 * IPv4 addresses of devices, and the routes that follow from them. Linux: net/ipv4/devinet.c, fib_add_ifaddr() and
 * fib_del_ifaddr() of net/ipv4/fib_frontend.c.
 *
 * Left out: promotion of secondary addresses can be seen, but not be turned off.
 */
import {
  AF_INET,
  EADDRNOTAVAIL,
  EEXIST,
  EINVAL,
  formatAddress,
  IFA_F_NOPREFIXROUTE,
  IFA_F_SECONDARY,
  IFF_LOOPBACK,
  inNetwork,
  networkOf,
  parseAddress,
  RT_SCOPE_HOST,
  RT_SCOPE_LINK,
  RTN_BROADCAST,
  RTN_LOCAL,
  RTN_UNICAST,
} from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import { refuse } from '../refuse.ts'
import { isUp } from './net-device.ts'
import { addKernelRoute, dropRoutes, flushDevice } from './fib.ts'
import { kernelRoute, LOOPBACK_ADDRESSES } from './net-namespace.ts'
import type { IfAddress, NetDevice, Route } from './types.ts'

export const inetAddresses = (dev: NetDevice): readonly IfAddress[] =>
  dev.addresses.filter(it => it.family === AF_INET)

const isSecondary = ({ flags }: IfAddress): boolean => (flags & IFA_F_SECONDARY) !== 0

const isSameSubnet = (a: IfAddress, b: IfAddress): boolean =>
  a.prefixlen === b.prefixlen && inNetwork(a.address, b.address, b.prefixlen)

/** Add an address. Linux: __inet_insert_ifa(). Errors: EEXIST, EINVAL. */
export function insertAddress(k: Kernel, id: number, it: IfAddress): void {
  const dev = k.netDevices.get(id)
  const list = [...inetAddresses(dev)]
  const peers = list.filter(other => isSameSubnet(other, it))
  if (peers.some(other => other.local === it.local))
    throw refuse(k, EEXIST, 'address-taken', { address: it.local, name: dev.name })
  if (peers.some(other => other.scope !== it.scope)) throw EINVAL
  const added = { ...it, flags: (it.flags & ~IFA_F_SECONDARY) | (peers.length ? IFA_F_SECONDARY : 0) }
  let at = list.length
  if (!isSecondary(added)) {
    at = 0
    list.forEach((other, i) => {
      if (!isSecondary(other) && added.scope <= other.scope) at = i + 1
    })
  }
  list.splice(at, 0, added)
  setAddresses(k, id, list)
  for (const route of routesFor(k.netDevices.get(id), added)) addKernelRoute(k, dev.net, route)
}

function setAddresses(k: Kernel, id: number, list: readonly IfAddress[]): void {
  const me = k.netDevices.own(id)
  me.addresses = [...list, ...me.addresses.filter(it => it.family !== AF_INET)]
}

/** The routes that an address brings; while the device is down only the one to itself. Linux: fib_add_ifaddr(). */
function routesFor(dev: NetDevice, it: IfAddress): readonly Route[] {
  const own = kernelRoute(dev.id, RTN_LOCAL, it.local, 32, RT_SCOPE_HOST, it.local)
  if (!isUp(dev)) return [own]
  const routes = [own]
  const broadcast = (dst: string): Route =>
    kernelRoute(dev.id, RTN_BROADCAST, dst, 32, RT_SCOPE_LINK, it.local)
  if (it.broadcast && it.broadcast !== '255.255.255.255') routes.push(broadcast(it.broadcast))
  const network = networkOf(it.address, it.prefixlen)
  const hasNetwork = network !== '0.0.0.0' && !isSecondary(it) && (network !== it.local || it.prefixlen < 32)
  if (!hasNetwork) return routes
  const isLoopback = (dev.flags & IFF_LOOPBACK) !== 0
  const scope = isLoopback ? RT_SCOPE_HOST : RT_SCOPE_LINK
  if (!(it.flags & IFA_F_NOPREFIXROUTE))
    routes.push(
      kernelRoute(dev.id, isLoopback ? RTN_LOCAL : RTN_UNICAST, network, it.prefixlen, scope, it.local),
    )
  if (it.prefixlen < 31) routes.push(broadcast(lastOf(network, it.prefixlen)))
  return routes
}

const lastOf = (network: string, length: number): string =>
  formatAddress((parseAddress(network) ?? 0n) | ((1n << BigInt(32 - length)) - 1n), AF_INET)

/** Remove an address; the next one of its network takes its place. Linux: __inet_del_ifa(). Errors: EADDRNOTAVAIL. */
export function deleteAddress(k: Kernel, id: number, matches: (it: IfAddress) => boolean): void {
  const dev = k.netDevices.get(id)
  const list = inetAddresses(dev)
  const gone = list.find(matches)
  if (!gone) throw EADDRNOTAVAIL
  const rest = list.filter(it => it !== gone)
  const next = isSecondary(gone) ? undefined : rest.find(it => isSecondary(it) && isSameSubnet(it, gone))
  setAddresses(
    k,
    id,
    rest.map(it => (it === next ? { ...it, flags: it.flags & ~IFA_F_SECONDARY } : it)),
  )
  if (!rest.length) return flushDevice(k, k.netDevices.get(id), true)
  const kept = inetAddresses(k.netDevices.get(id)).flatMap(it => routesFor(dev, it))
  const isKept = (route: Route): boolean =>
    kept.some(it => it.dst === route.dst && it.dstLen === route.dstLen && it.prefsrc === route.prefsrc)
  dropRoutes(k, dev.net, it => it.dev === id && it.prefsrc === gone.local && !isKept(it))
  for (const route of kept) addKernelRoute(k, dev.net, route)
}

/** Linux: inetdev_event() and fib_netdev_event() with NETDEV_UP. */
export function inetdevUp(k: Kernel, id: number): void {
  const dev = k.netDevices.get(id)
  if (dev.flags & IFF_LOOPBACK && !inetAddresses(dev).length)
    return insertAddress(k, id, LOOPBACK_ADDRESSES[0]!)
  for (const it of inetAddresses(dev))
    for (const route of routesFor(dev, it)) addKernelRoute(k, dev.net, route)
}

export const inetdevDown = (k: Kernel, id: number): void => flushDevice(k, k.netDevices.get(id), false)
