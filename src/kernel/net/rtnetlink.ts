/**
 * rtnetlink(7): requests about devices, addresses, routes, neighbours and numbers of namespaces.
 * Linux: net/core/rtnetlink.c, rtm_to_ifaddr() of net/ipv4/devinet.c, and what the files beside this one name.
 *
 * Left out: statistics of single drivers, rules, queue disciplines, notifications.
 */
import {
  AF_INET,
  AF_INET6,
  CAP_NET_ADMIN,
  EADDRNOTAVAIL,
  EINVAL,
  ENODEV,
  EOPNOTSUPP,
  EPERM,
  ERANGE,
  IFA_F_PERMANENT,
  IFA_F_TENTATIVE,
  NLM_F_CREATE,
  NLM_F_DUMP,
  NLM_F_EXCL,
  type AddrMessage,
  type LinkMessage,
  type NlMsg,
  type RouteMessage,
  RT_SCOPE_HOST,
  RT_SCOPE_LINK,
  RT_SCOPE_UNIVERSE,
  RT_TABLE_DEFAULT,
  RT_TABLE_LOCAL,
  RT_TABLE_MAIN,
  RTM_DELADDR,
  RTM_DELLINK,
  RTM_DELNEIGH,
  RTM_DELROUTE,
  RTM_GETADDR,
  RTM_GETLINK,
  RTM_GETNEIGH,
  RTM_GETNSID,
  RTM_GETROUTE,
  RTM_GETRULE,
  RTM_NEWADDR,
  RTM_NEWLINK,
  RTM_NEWNEIGH,
  RTM_NEWNSID,
  RTM_NEWROUTE,
  RTM_NEWRULE,
  RTNH_F_LINKDOWN,
  inNetwork,
} from '../../abi/index.ts'
import { nsCapable } from '../capability.ts'
import type { Kernel } from '../kernel.ts'
import type { Task } from '../types.ts'
import { deleteAddress6, insertAddress6 } from './addrconf.ts'
import * as dev from './dev.ts'
import { deleteAddress, insertAddress } from './devinet.ts'
import { ExtAck } from './extack.ts'
import { deleteRoute, insertRoute, routesOf, routeTo } from './fib.ts'
import { creatable, driverOf, type NewDevice } from './link-ops.ts'
import { addNeighbour, deleteNeighbour } from './neighbour.ts'
import { namedNet, netByFd, newId, peerId, peerIdAlloc, targetNet } from './net-ids.ts'
import { deviceByIndex, deviceByName, IFNAMSIZ, isUp, shownFlags, shownOperstate } from './net-device.ts'
import { devicesOf } from './net-namespace.ts'
import type { IfAddress, NetDevice, Route } from './types.ts'

/** Who sends, and the namespace of the socket. */
interface Request {
  readonly k: Kernel
  readonly task: Task
  readonly net: number
  readonly message: NlMsg
}

type Handler = (request: Request) => readonly NlMsg[] | void

const answer = (type: number, what: Partial<NlMsg>): NlMsg => ({ type, flags: 0, ...what })

/** What a request is answered with. Requests that change something need CAP_NET_ADMIN over the namespace. */
export function rtnetlinkReceive(k: Kernel, task: Task, net: number, message: NlMsg): readonly NlMsg[] {
  const handler = HANDLERS[message.type]
  if (!handler) throw EOPNOTSUPP
  const isGet = (message.type & 3) === 2
  const owner = k.netNamespaces.get(net).userNs
  if (!isGet && !nsCapable(k, k.creds.get(task.cred), CAP_NET_ADMIN, owner)) throw EPERM
  return handler({ k, task, net, message }) ?? []
}

const HANDLERS: Readonly<Record<number, Handler>> = {
  [RTM_GETLINK]: getLink,
  [RTM_NEWLINK]: newLink,
  [RTM_DELLINK]: delLink,
  [RTM_GETADDR]: getAddr,
  [RTM_NEWADDR]: newAddr,
  [RTM_DELADDR]: delAddr,
  [RTM_GETROUTE]: getRoute,
  [RTM_NEWROUTE]: ({ k, net, message }) => insertRoute(k, net, message.route!, message.flags),
  [RTM_DELROUTE]: ({ k, net, message }) => deleteRoute(k, net, message.route!),
  [RTM_GETNEIGH]: getNeigh,
  [RTM_NEWNEIGH]: ({ k, net, message }) => addNeighbour(k, net, message.neigh!, message.flags),
  [RTM_DELNEIGH]: ({ k, net, message }) => deleteNeighbour(k, net, message.neigh!),
  [RTM_GETRULE]: getRule,
  [RTM_GETNSID]: getNsid,
  [RTM_NEWNSID]: newNsid,
}

// Devices

/** Linux: rtnl_fill_ifinfo(). */
function linkMessage(k: Kernel, it: NetDevice): LinkMessage {
  const driver = driverOf(it.kind)
  const below = it.link ? k.netDevices.find(it.link) : undefined
  const isElsewhere = below !== undefined && below.net !== it.net
  const isPort = it.master !== 0
  return {
    index: it.ifindex,
    hwType: it.kind === 'loopback' ? 772 : 1,
    flags: shownFlags(it),
    ifname: it.name,
    altnames: it.altnames,
    mtu: it.mtu,
    minMtu: driver.minMtu,
    maxMtu: driver.maxMtu,
    qdisc: it.qdisc,
    operstate: shownOperstate(it),
    carrier: it.carrier,
    group: it.group,
    txQueueLen: it.txQueueLen,
    address: it.address,
    broadcast: it.broadcast,
    promiscuity: (isPort ? 1 : 0) + (it.flags & 0x100 ? 1 : 0),
    allmulti: (isPort ? 1 : 0) + (it.flags & 0x200 ? 1 : 0),
    queues: driver.queues ?? 1,
    tsoMaxSize: driver.tsoMaxSize ?? 65536,
    ...(it.alias && { alias: it.alias }),
    ...(isPort && { master: k.netDevices.get(it.master).ifindex }),
    ...(below && { link: below.ifindex }),
    ...(isElsewhere && { linkNetnsid: peerIdAlloc(k, it.net, below.net) }),
    ...(driver.pattern && { kind: it.kind, data: it.data }),
    ...(it.kind === 'virtio' && { parentBus: 'virtio', parentDev: 'virtio2' }),
    rx: NOTHING,
    tx: NOTHING,
  }
}

/** No packets are carried yet. */
const NOTHING = { bytes: 0, packets: 0 }

const shown = (k: Kernel, it: NetDevice): NlMsg => answer(RTM_NEWLINK, { link: linkMessage(k, it) })

/** The device that a message is about. */
function deviceFor(k: Kernel, net: number, { index, ifname }: LinkMessage): NetDevice | undefined {
  if (index) return deviceByIndex(k, net, index)
  return ifname === undefined ? undefined : deviceByName(k, net, ifname)
}

function getLink({ k, net, message: { flags, link = {} } }: Request): readonly NlMsg[] {
  if (flags & NLM_F_DUMP) return devicesOf(k, net).map(it => shown(k, it))
  const found = deviceFor(k, net, link)
  if (!found) throw ENODEV
  return [shown(k, found)]
}

/** Linux: __rtnl_newlink(): change the device if it is there, make it otherwise. */
function newLink(request: Request): void {
  const { k, net, message } = request
  const link = message.link ?? {}
  if (link.ifname !== undefined && link.ifname.length >= IFNAMSIZ)
    throw new ExtAck(ERANGE, 'Attribute failed policy validation')
  const found = deviceFor(k, net, link)
  if (found) {
    if (message.flags & NLM_F_EXCL) throw dev.nameTaken(k, found.name)
    return setLink(request, found, link)
  }
  if (!(message.flags & NLM_F_CREATE)) {
    if (link.group !== undefined && link.index === undefined && link.ifname === undefined)
      return setGroup(request, link)
    throw ENODEV
  }
  if (link.kind === undefined) throw EOPNOTSUPP
  create(request, link, link.kind)
}

/** `ip link set group N …`. Linux: rtnl_group_changelink(). */
function setGroup(request: Request, link: LinkMessage): void {
  for (const it of devicesOf(request.k, request.net)) if (it.group === link.group) setLink(request, it, link)
}

function create(request: Request, link: LinkMessage, name: string): void {
  const { k, task, net } = request
  const kind = creatable(name)
  if (!kind) throw new ExtAck(EOPNOTSUPP, 'Unknown device type')
  const cred = k.creds.get(task.cred)
  const target = targetNet(k, task, cred, net, link)
  const driver = driverOf(kind)
  // What it stands on is in the namespace of the socket. - IFLA_LINK_NETNSID says otherwise
  const below = link.link === undefined ? undefined : deviceByIndex(k, net, link.link)
  if (link.link !== undefined && !below) throw ENODEV
  if (driver.needsLink && !below)
    throw link.data?.id === undefined && kind === 'vlan' ? vlanWithout(link) : EINVAL
  const draft: NewDevice = {
    net: target,
    kind,
    name: link.ifname ?? driver.pattern!,
    ...(link.index && { ifindex: link.index }),
    ...(link.address !== undefined && { address: link.address }),
    ...(link.mtu !== undefined && { mtu: link.mtu }),
    ...(link.txQueueLen !== undefined && { txQueueLen: link.txQueueLen }),
    ...(link.group !== undefined && { group: link.group }),
    ...(below && { link: below.id }),
    ...(link.data && { data: link.data }),
  }
  const peerNet = link.peer ? namedNet(k, task, target, link.peer) : target
  const made = (driver.create ?? dev.registerDevice)(k, draft, link, peerNet)
  if (link.master) setMaster(k, target, made.id, link.master)
  if (link.flags !== undefined) dev.changeFlags(k, made.id, link.flags, link.change ?? 0)
}

/** A vlan on nothing: what is missing first. */
const vlanWithout = (link: LinkMessage): ExtAck | typeof EINVAL =>
  link.data ? EINVAL : new ExtAck(EINVAL, '8021q: VLAN properties not specified')

function setMaster(k: Kernel, net: number, id: number, index: number): void {
  const master = index ? deviceByIndex(k, net, index) : undefined
  if (index && !master) throw EINVAL
  dev.setMaster(k, id, master?.id ?? 0)
}

/** Linux: do_setlink(), in its order. */
function setLink({ k, task, net }: Request, it: NetDevice, link: LinkMessage): void {
  const { id } = it
  const isMoved = link.netNsFd !== undefined || link.netNsPid !== undefined
  if (isMoved) dev.changeNamespace(k, id, targetNet(k, task, k.creds.get(task.cred), net, link), link.ifname)
  if (link.address !== undefined) dev.changeAddress(k, id, link.address)
  if (link.mtu !== undefined) dev.changeMtu(k, id, link.mtu)
  if (link.index !== undefined && link.ifname !== undefined) dev.changeName(k, id, link.ifname)
  const me = k.netDevices.own(id)
  if (link.group !== undefined && link.index !== undefined) me.group = link.group
  if (link.alias !== undefined) me.alias = link.alias
  if (link.broadcast !== undefined) me.broadcast = link.broadcast
  if (link.txQueueLen !== undefined) me.txQueueLen = link.txQueueLen
  if (link.altnames) me.altnames = altnames(k, net, me.altnames, link.altnames)
  if (link.master !== undefined) setMaster(k, net, id, link.master)
  if (link.data) k.netDevices.own(id).data = { ...it.data, ...link.data }
  if (link.carrier !== undefined) setCarrier(k, it, link.carrier)
  if (link.flags !== undefined) dev.changeFlags(k, id, link.flags, link.change ?? 0)
}

/** Linux: dev_change_carrier(): of devices that let it be set. Errors: EOPNOTSUPP, EINVAL. */
function setCarrier(k: Kernel, it: NetDevice, carrier: boolean): void {
  if (it.kind !== 'dummy') throw EOPNOTSUPP
  dev.setCarrier(k, it.id, carrier)
}

/** Linux: netdev_name_node_alt_create(). A name with a minus before it goes. Errors: EEXIST, ENODEV. */
function altnames(
  k: Kernel,
  net: number,
  old: readonly string[],
  changes: readonly string[],
): readonly string[] {
  const names = new Set(old)
  for (const name of changes) {
    if (name.startsWith('-')) {
      if (!names.delete(name.slice(1))) throw EINVAL
    } else if (deviceByName(k, net, name)) throw dev.nameTaken(k, name)
    else names.add(name)
  }
  return [...names]
}

function delLink({ k, net, message: { link = {} } }: Request): void {
  const found = deviceFor(k, net, link)
  if (!found) throw link.ifname === undefined && !link.index ? EINVAL : ENODEV
  if (!driverOf(found.kind).pattern) throw EOPNOTSUPP
  if (link.kind !== undefined && link.kind !== found.kind) throw EOPNOTSUPP
  dev.unregisterDevice(k, found.id)
}

// Addresses

const INFINITY = 0xffff_ffff
const secondsLeft = (k: Kernel, until: number): number =>
  until === Number.POSITIVE_INFINITY ? INFINITY : Math.max(0, Math.round((until - k.now()) / 1e9))

/** Linux: inet_fill_ifaddr(), inet6_fill_ifaddr(). */
function addrMessage(k: Kernel, { ifindex }: NetDevice, it: IfAddress): AddrMessage {
  const isTentative = it.dadEnds > k.now()
  return {
    family: it.family,
    index: ifindex,
    prefixlen: it.prefixlen,
    local: it.local,
    address: it.address,
    scope: it.scope,
    flags: it.flags | (isTentative ? IFA_F_TENTATIVE : 0),
    validLft: secondsLeft(k, it.validUntil),
    preferredLft: secondsLeft(k, it.preferredUntil),
    ...(it.broadcast && { broadcast: it.broadcast }),
    ...(it.label && { label: it.label }),
  }
}

function getAddr({ k, net, message: { addr } }: Request): readonly NlMsg[] {
  const family = addr?.family ?? 0
  const answers: NlMsg[] = []
  for (const wanted of [AF_INET, AF_INET6].filter(it => !family || it === family))
    for (const device of devicesOf(k, net))
      for (const it of device.addresses)
        if (it.family === wanted && it.validUntil > k.now())
          answers.push(answer(RTM_NEWADDR, { addr: addrMessage(k, device, it) }))
  return answers
}

/** Linux: rtm_to_ifaddr(), inet6_rtm_newaddr(). */
function newAddr({ k, net, message: { addr, flags } }: Request): void {
  if (!addr || (addr.family !== AF_INET && addr.family !== AF_INET6)) throw EOPNOTSUPP
  const device = deviceByIndex(k, net, addr.index)
  if (!device) throw ENODEV
  const { validLft = INFINITY, preferredLft = INFINITY } = addr
  if (!validLft || preferredLft > validLft) throw EINVAL
  const until = (seconds: number): number =>
    seconds === INFINITY ? Number.POSITIVE_INFINITY : k.now() + seconds * 1e9
  const added: IfAddress = {
    family: addr.family,
    local: addr.local,
    address: addr.address ?? addr.local,
    prefixlen: addr.prefixlen,
    broadcast: addr.broadcast ?? '',
    label: addr.family === AF_INET ? (addr.label ?? device.name) : '',
    scope: addr.family === AF_INET ? (addr.scope ?? RT_SCOPE_UNIVERSE) : scopeOf6(addr.local),
    flags: (addr.flags ?? 0) | (validLft === INFINITY ? IFA_F_PERMANENT : 0),
    validUntil: until(validLft),
    preferredUntil: until(preferredLft),
    dadEnds: 0,
  }
  const isSame = (it: IfAddress): boolean => it.local === added.local && it.prefixlen === added.prefixlen
  if (!(flags & NLM_F_EXCL) && device.addresses.some(isSame)) return replace(k, device.id, added, isSame)
  if (addr.family === AF_INET) insertAddress(k, device.id, added)
  else insertAddress6(k, device.id, added)
}

function replace(k: Kernel, id: number, added: IfAddress, isSame: (it: IfAddress) => boolean): void {
  const me = k.netDevices.own(id)
  me.addresses = me.addresses.map(it =>
    isSame(it) ? { ...it, ...added, flags: it.flags | added.flags } : it,
  )
}

/** Linux: ipv6_addr_scope(), as rt_scope() shows it. */
const scopeOf6 = (address: string): number =>
  address === '::1' ? RT_SCOPE_HOST : inNetwork(address, 'fe80::', 10) ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE

function delAddr({ k, net, message: { addr } }: Request): void {
  if (!addr) throw EINVAL
  const device = deviceByIndex(k, net, addr.index)
  if (!device) throw ENODEV
  if (addr.family === AF_INET6) return deleteAddress6(k, device.id, addr.local, addr.prefixlen)
  if (addr.family !== AF_INET) throw EADDRNOTAVAIL
  deleteAddress(
    k,
    device.id,
    it =>
      it.local === addr.local &&
      (addr.label === undefined || it.label === addr.label) &&
      (addr.address === undefined || it.prefixlen === addr.prefixlen),
  )
}

// Routes, neighbours, numbers of namespaces

function routeMessage(k: Kernel, it: Route): RouteMessage {
  const { family, dst, dstLen, tos, table, protocol, scope, type } = it
  const device = it.dev ? k.netDevices.get(it.dev) : undefined
  const isDown = device && isUp(device) && !device.carrier && scope !== RT_SCOPE_HOST
  const flags = it.flags | (isDown ? RTNH_F_LINKDOWN : 0)
  return {
    ...{ family, dst, dstLen, tos, table, protocol, scope, type, flags },
    ...(it.gateway && { gateway: it.gateway }),
    ...(device && { oif: device.ifindex }),
    ...(it.priority && { priority: it.priority }),
    ...(it.prefsrc && { prefsrc: it.prefsrc }),
    ...(it.mtu && { mtu: it.mtu }),
  }
}

function getRoute({ k, net, message: { flags, route } }: Request): readonly NlMsg[] {
  const shownAs = (it: Route): NlMsg => answer(RTM_NEWROUTE, { route: routeMessage(k, it) })
  if (flags & NLM_F_DUMP) {
    const { family = 0, table } = route ?? {}
    const all = [AF_INET, AF_INET6].filter(it => !family || it === family).flatMap(it => routesOf(k, net, it))
    return all.filter(it => !table || it.table === table).map(shownAs)
  }
  if (!route) throw EINVAL
  const found = routeTo(k, net, route.dst, route.oif ?? 0)
  return [answer(RTM_NEWROUTE, { route: { ...routeMessage(k, found), table: found.table || RT_TABLE_MAIN } })]
}

function getNeigh({ k, net }: Request): readonly NlMsg[] {
  return k.netNamespaces.get(net).neighbours.map(({ family, dev: id, dst, lladdr, state }) => {
    const { ifindex } = k.netDevices.get(id)
    return answer(RTM_NEWNEIGH, { neigh: { family, index: ifindex, dst, state, ...(lladdr && { lladdr }) } })
  })
}

/** Linux: fib_default_rules_init(), fib6_rules_net_init(): priority and table. */
const RULES: Readonly<Record<number, readonly (readonly [number, number])[]>> = {
  [AF_INET]: [
    [0, RT_TABLE_LOCAL],
    [32766, RT_TABLE_MAIN],
    [32767, RT_TABLE_DEFAULT],
  ],
  [AF_INET6]: [
    [0, RT_TABLE_LOCAL],
    [32766, RT_TABLE_MAIN],
  ],
}

function getRule({ message: { rule } }: Request): readonly NlMsg[] {
  const family = rule?.family || AF_INET
  return (RULES[family] ?? []).map(([priority, table]) =>
    answer(RTM_NEWRULE, { rule: { family, priority, table } }),
  )
}

const invalidPeer = (): ExtAck => new ExtAck(EINVAL, 'Peer netns reference is invalid')

function peerOf(k: Kernel, task: Task, fd: number): number {
  try {
    return netByFd(k, task, fd)
  } catch {
    throw invalidPeer()
  }
}

function getNsid({ k, task, net, message: { flags, nsid = {} } }: Request): readonly NlMsg[] {
  const numbered = (id: number): NlMsg => answer(RTM_NEWNSID, { nsid: { nsid: id } })
  if (flags & NLM_F_DUMP) return idsOf(k, net, nsid.target).map(numbered)
  if (nsid.fd !== undefined) return [numbered(peerId(k, net, peerOf(k, task, nsid.fd)))]
  if (nsid.nsid === undefined) throw new ExtAck(EINVAL, 'Peer netns reference is missing')
  if (!Object.values(k.netNamespaces.get(net).nsids).includes(nsid.nsid)) throw invalidPeer()
  return [numbered(nsid.nsid)]
}

/** The numbers that a namespace has given, or those that the one with the number `target` has. */
function idsOf(k: Kernel, net: number, target: number | undefined): readonly number[] {
  const { nsids } = k.netNamespaces.get(net)
  if (target === undefined) return Object.values(nsids).sort((a, b) => a - b)
  const found = Object.entries(nsids).find(([, id]) => id === target)
  if (!found) throw new ExtAck(EINVAL, 'Target netns reference is invalid')
  return idsOf(k, Number(found[0]), undefined)
}

function newNsid({ k, task, net, message: { nsid = {} } }: Request): void {
  if (nsid.nsid === undefined || nsid.fd === undefined) throw new ExtAck(EINVAL, 'nsid is missing')
  newId(k, net, peerOf(k, task, nsid.fd), nsid.nsid)
}
