/**
 * Routes: how they are kept, found and refused. Those of IPv4 are kept as Linux keeps them, what the kernel makes of its
 * addresses among them; of IPv6 only what programs add is kept, the rest follows from the addresses.
 * Linux: net/ipv4/{fib_trie,fib_semantics,fib_frontend}.c, net/ipv6/{route,ip6_fib}.c.
 *
 * Left out: several next hops, rules, metrics but the MTU, exceptions; kernel routes of IPv6 cannot be deleted.
 */
import {
  AF_INET,
  AF_INET6,
  addressBits,
  EACCES,
  EEXIST,
  EHOSTUNREACH,
  EINVAL,
  ENETUNREACH,
  ENODEV,
  ENOENT,
  type Errno,
  ESRCH,
  IFF_LOOPBACK,
  inNetwork,
  networkOf,
  NLM_F_APPEND,
  NLM_F_CREATE,
  NLM_F_EXCL,
  NLM_F_REPLACE,
  parseAddress,
  RT_SCOPE_HOST,
  RT_SCOPE_LINK,
  RT_SCOPE_NOWHERE,
  RT_TABLE_LOCAL,
  RT_TABLE_MAIN,
  RTN_BLACKHOLE,
  RTN_LOCAL,
  RTN_MULTICAST,
  RTN_PROHIBIT,
  RTN_THROW,
  RTN_UNICAST,
  RTN_UNREACHABLE,
  RTNH_F_ONLINK,
  type RouteMessage,
  RT_SCOPE_UNIVERSE,
  RTN_UNSPEC,
} from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import { refuse } from '../refuse.ts'
import { deviceByIndex, deviceDown, isUp } from './net-device.ts'
import { ExtAck } from './extack.ts'
import { devicesOf, kernelRoute } from './net-namespace.ts'
import type { NetDevice, Route } from './types.ts'

const number = (address: string): bigint => parseAddress(address) ?? 0n

/** In the order of a dump: by table, network, the longer prefix first, the lower metric first. */
function compare(a: Route, b: Route): number {
  if (a.table !== b.table)
    return b.table === RT_TABLE_MAIN || (a.table !== RT_TABLE_MAIN && a.table > b.table) ? 1 : -1
  const [x, y] = [number(a.dst), number(b.dst)]
  if (x !== y) return x < y ? -1 : 1
  return b.dstLen - a.dstLen || b.tos - a.tos || a.priority - b.priority
}

/** What there is of a family, as a dump lists it. */
export function routesOf(k: Kernel, net: number, family: number): readonly Route[] {
  const kept = k.netNamespaces.get(net).routes.filter(it => it.family === family)
  return family === AF_INET6 ? [...kept, ...inet6Routes(k, net)].sort(compare6) : kept.sort(compare)
}

/** The longest prefix first, for each device in its turn. Linux: fib6_dump_table() of a tree of prefixes. */
function compare6(a: Route, b: Route): number {
  if (a.table !== b.table) return b.table === RT_TABLE_MAIN ? 1 : -1
  const [x, y] = [number(a.dst), number(b.dst)]
  if (x !== y) return a.dstLen === 0 ? 1 : b.dstLen === 0 ? -1 : x < y ? -1 : 1
  return b.dstLen - a.dstLen || a.priority - b.priority
}

/** What IPv6 makes of the addresses that are in use. Linux: addrconf_prefix_route(), addrconf_f6i_alloc(). */
function inet6Routes(k: Kernel, net: number): readonly Route[] {
  const routes: Route[] = []
  const add = (dev: NetDevice, type: number, dst: string, dstLen: number, priority: number): void => {
    const route = kernelRoute(dev.id, type, dst, dstLen, RT_SCOPE_UNIVERSE, '')
    routes.push({ ...route, family: AF_INET6, priority })
  }
  for (const dev of devicesOf(k, net)) {
    if (!isUp(dev)) continue
    const own = dev.addresses.filter(it => it.family === AF_INET6)
    for (const { local, prefixlen, dadEnds } of own) {
      if (dadEnds <= k.now()) add(dev, RTN_LOCAL, local, 128, 0)
      if (prefixlen < 128) add(dev, RTN_UNICAST, networkOf(local, prefixlen), prefixlen, 256)
    }
    if (!(dev.flags & IFF_LOOPBACK) && dev.carrier) add(dev, RTN_MULTICAST, 'ff00::', 8, 256)
  }
  return unique(routes)
}

const unique = (routes: readonly Route[]): readonly Route[] =>
  routes.filter((it, i) => routes.findIndex(other => isSame(other, it)) === i)

const isSame = (a: Route, b: Route): boolean =>
  (Object.keys(a) as (keyof Route)[]).every(key => a[key] === b[key])

/** Put a route of the kernel's own; the same one twice is one. */
export function addKernelRoute(k: Kernel, net: number, route: Route): void {
  const { routes } = k.netNamespaces.get(net)
  if (!routes.some(it => isSame(it, route))) k.netNamespaces.own(net).routes = [...routes, route]
}

export function dropRoutes(k: Kernel, net: number, isGone: (route: Route) => boolean): void {
  const { routes } = k.netNamespaces.get(net)
  const kept = routes.filter(it => !isGone(it))
  if (kept.length < routes.length) k.netNamespaces.own(net).routes = kept
}

/** A device went down, or lost all its addresses: what leads over it goes; its own addresses stay in the first case. */
export function flushDevice(k: Kernel, { id, net }: NetDevice, withLocal: boolean): void {
  dropRoutes(k, net, it => it.dev === id && (withLocal || it.scope !== RT_SCOPE_HOST))
  if (withLocal) {
    const ns = k.netNamespaces.get(net)
    if (ns.neighbours.some(it => it.dev === id))
      k.netNamespaces.own(net).neighbours = ns.neighbours.filter(it => it.dev !== id)
  }
}

/** RTM_NEWROUTE. Linux: fib_table_insert(), ip6_route_add(). Errors: EINVAL, ENODEV, EEXIST, ENOENT, ENETDOWN, … */
export function insertRoute(k: Kernel, net: number, message: RouteMessage, flags: number): void {
  const route = routeFrom(k, net, message)
  const { routes } = k.netNamespaces.get(net)
  const key = (it: Route): boolean => isSameKey(it, route)
  const found = routesOf(k, net, route.family).filter(key)
  const taken = (): Errno => refuse(k, EEXIST, 'route-taken', { network: `${route.dst}/${route.dstLen}` })
  if (found.length && flags & NLM_F_EXCL) throw taken()
  if (found.length && flags & NLM_F_REPLACE) {
    k.netNamespaces.own(net).routes = [...routes.filter(it => it !== found[0]), route]
    return
  }
  if (!found.length && !(flags & NLM_F_CREATE)) throw ENOENT
  if (found.some(it => isSame(it, route))) throw taken()
  k.netNamespaces.own(net).routes = flags & NLM_F_APPEND ? [...routes, route] : [route, ...routes]
}

const isSameKey = (a: Route, b: Route): boolean =>
  a.family === b.family &&
  a.table === b.table &&
  a.dst === b.dst &&
  a.dstLen === b.dstLen &&
  a.tos === b.tos &&
  a.priority === b.priority &&
  (a.family === AF_INET || a.dev === b.dev || a.gateway !== '' || b.gateway !== '')

const REFUSING: Readonly<Record<number, Errno>> = {
  [RTN_BLACKHOLE]: EINVAL,
  [RTN_UNREACHABLE]: EHOSTUNREACH,
  [RTN_PROHIBIT]: EACCES,
  [RTN_THROW]: EACCES,
}

const IP6_RT_PRIO_USER = 1024

/** Linux: fib_create_info(), ip6_route_info_create(). */
function routeFrom(k: Kernel, net: number, message: RouteMessage): Route {
  const { family, dst, dstLen, type = RTN_UNICAST } = message
  if (networkOf(dst, dstLen) !== dst) throw new ExtAck(EINVAL, 'Invalid prefix for given prefix length')
  const isInet6 = family === AF_INET6
  const route: Route = {
    family,
    table: message.table || RT_TABLE_MAIN,
    dst,
    dstLen,
    tos: message.tos ?? 0,
    type,
    protocol: message.protocol ?? 0,
    scope: message.scope ?? RT_SCOPE_UNIVERSE,
    priority: message.priority || (isInet6 ? IP6_RT_PRIO_USER : 0),
    prefsrc: message.prefsrc ?? '',
    gateway: message.gateway ?? '',
    dev: 0,
    flags: message.flags ?? 0,
    mtu: message.mtu ?? 0,
  }
  if (REFUSING[type]) {
    if (route.gateway || message.oif) throw new ExtAck(EINVAL, 'Route type can not be given a nexthop')
    const lo = devicesOf(k, net).find(it => it.flags & IFF_LOOPBACK)
    return isInet6 ? { ...route, dev: lo?.id ?? 0 } : route
  }
  return { ...route, dev: nexthop(k, net, route, message.oif ?? 0).id }
}

/** The device that a route leads over. Linux: fib_check_nh(). */
function nexthop(k: Kernel, net: number, route: Route, oif: number): NetDevice {
  const given = oif ? deviceByIndex(k, net, oif) : undefined
  if (oif && !given) throw new ExtAck(ENODEV, 'Nexthop device is not up')
  const dev = route.gateway ? viaGateway(k, net, route, given) : given
  if (!dev) throw new ExtAck(ENODEV, 'Device for nexthop is not up')
  if (!isUp(dev) && route.scope !== RT_SCOPE_HOST)
    throw new ExtAck(deviceDown(k, dev), 'Device for nexthop is not up')
  if (route.prefsrc && !isLocal(k, net, route.prefsrc)) throw new ExtAck(EINVAL, 'Invalid prefsrc address')
  return dev
}

function viaGateway(k: Kernel, net: number, route: Route, given: NetDevice | undefined): NetDevice {
  const { gateway, family, flags } = route
  if (family === AF_INET && route.scope >= RT_SCOPE_LINK)
    throw new ExtAck(EINVAL, 'Nexthop has invalid scope')
  if (flags & RTNH_F_ONLINK) {
    if (!given) throw new ExtAck(ENODEV, 'Nexthop device required for onlink')
    if (!isUp(given)) throw new ExtAck(deviceDown(k, given), 'Nexthop device is not up')
    return given
  }
  const isLinkLocal = family === AF_INET6 && inNetwork(gateway, 'fe80::', 10)
  if (isLinkLocal && given) return given
  if (isLocal(k, net, gateway)) throw new ExtAck(EINVAL, 'Nexthop has invalid gateway')
  const found = lookup(k, net, gateway, given?.id)
  const isDirect = found && !found.gateway && found.type === RTN_UNICAST
  if (!isDirect)
    throw family === AF_INET6
      ? refuse(k, EHOSTUNREACH, 'gateway-unreachable', { gateway })
      : new ExtAck(refuse(k, ENETUNREACH, 'gateway-unreachable', { gateway }), 'Nexthop has invalid gateway')
  return k.netDevices.get(found.dev)
}

const isLocal = (k: Kernel, net: number, address: string): boolean =>
  devicesOf(k, net).some(dev => dev.addresses.some(it => it.local === address)) ||
  lookup(k, net, address)?.type === RTN_LOCAL

/** RTM_DELROUTE. Linux: fib_table_delete(). Errors: ESRCH. */
export function deleteRoute(k: Kernel, net: number, message: RouteMessage): void {
  const dev = message.oif ? deviceByIndex(k, net, message.oif) : undefined
  if (message.oif && !dev) throw ENODEV
  const matches = (it: Route): boolean =>
    it.family === message.family &&
    it.table === (message.table || RT_TABLE_MAIN) &&
    it.dst === message.dst &&
    it.dstLen === message.dstLen &&
    it.tos === (message.tos ?? 0) &&
    (!message.priority || it.priority === message.priority) &&
    (!message.type || message.type === RTN_UNSPEC || it.type === message.type) &&
    (!message.protocol || it.protocol === message.protocol) &&
    ((message.scope ?? RT_SCOPE_NOWHERE) === RT_SCOPE_NOWHERE || it.scope === message.scope) &&
    (!message.prefsrc || it.prefsrc === message.prefsrc) &&
    (!message.gateway || it.gateway === message.gateway) &&
    (!dev || it.dev === dev.id)
  const { routes } = k.netNamespaces.get(net)
  const found = [...routes].sort(compare).find(matches)
  if (!found) throw ESRCH
  k.netNamespaces.own(net).routes = routes.filter(it => it !== found)
}

/** The route to an address: in the table of its own addresses, then in the main one. Linux: fib_lookup(). */
export function lookup(k: Kernel, net: number, address: string, dev?: number): Route | undefined {
  const family = address.includes(':') ? AF_INET6 : AF_INET
  const all = routesOf(k, net, family).filter(
    it =>
      inNetwork(address, it.dst, it.dstLen) && (dev === undefined || it.dev === dev || it.type === RTN_LOCAL),
  )
  for (const table of [RT_TABLE_LOCAL, RT_TABLE_MAIN]) {
    const candidates = all.filter(it => it.table === table)
    candidates.sort((a, b) => b.dstLen - a.dstLen || a.priority - b.priority)
    if (candidates[0]) return candidates[0]
  }
  return undefined
}

/** What `ip route get` asks: where a packet to an address would go and come from. Errors: ENETUNREACH, EINVAL, … */
export function routeTo(k: Kernel, net: number, address: string, oif: number): Route {
  const given = oif ? deviceByIndex(k, net, oif) : undefined
  const found = lookup(k, net, address, given?.id)
  if (!found) throw ENETUNREACH
  const refused = REFUSING[found.type]
  if (refused) throw refused
  const isOwn = found.type === RTN_LOCAL
  // Packets to oneself go over lo. - ip_route_output_key_hash_rcu()
  const dev = isOwn ? devicesOf(k, net).find(it => it.flags & IFF_LOOPBACK)! : k.netDevices.get(found.dev)
  const prefsrc = found.prefsrc || (isOwn ? address : sourceFor(dev, found.gateway || address))
  return { ...found, dst: address, dstLen: addressBits(found.family), dev: dev.id, prefsrc }
}

/** Linux: inet_select_addr(): the address in the same network, else the first. */
function sourceFor(dev: NetDevice, towards: string): string {
  const own = dev.addresses.filter(it => (it.family === AF_INET6) === towards.includes(':'))
  return (own.find(it => inNetwork(towards, it.address, it.prefixlen)) ?? own[0])?.local ?? ''
}
