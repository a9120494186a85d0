/** A device, as `ip link` and `ip addr` print it. iproute2: ip/ipaddress.c:print_linkinfo(). */
import {
  AF_INET6,
  ARPHRD_LOOPBACK,
  type Blocking,
  IFF_ALLMULTI,
  IFF_BROADCAST,
  IFF_LOOPBACK,
  IFF_LOWER_UP,
  IFF_MULTICAST,
  IFF_NOARP,
  IFF_POINTOPOINT,
  IFF_PROMISC,
  IFF_RUNNING,
  IFF_UP,
  type LinkMessage,
} from '../../../abi/index.ts'
import type { Rtnl } from './netlink.ts'
import { netnsNameOf } from './netns-names.ts'
import type { Color, Json, Printer } from './output.ts'

const FLAGS: readonly (readonly [number, string])[] = [
  [IFF_LOOPBACK, 'LOOPBACK'],
  [IFF_BROADCAST, 'BROADCAST'],
  [IFF_POINTOPOINT, 'POINTOPOINT'],
  [IFF_MULTICAST, 'MULTICAST'],
  [IFF_NOARP, 'NOARP'],
  [IFF_ALLMULTI, 'ALLMULTI'],
  [IFF_PROMISC, 'PROMISC'],
  [IFF_UP, 'UP'],
  [IFF_LOWER_UP, 'LOWER_UP'],
]

function flagNames(flags: number, isBelowDown: boolean): string[] {
  const names = FLAGS.filter(([bit]) => flags & bit).map(([, name]) => name)
  if (flags & IFF_UP && !(flags & IFF_RUNNING)) names.unshift('NO-CARRIER')
  if (isBelowDown) names.push('M-DOWN')
  return names
}

/** What stands behind the @ of a name, and whether that device is down. */
interface Below {
  readonly name: string
  readonly isDown: boolean
}

function* belowOf(rtnl: Rtnl, { link, linkNetnsid }: LinkMessage): Blocking<Below | undefined> {
  if (link === undefined) return undefined
  if (linkNetnsid !== undefined) return { name: `if${link}`, isDown: false }
  const found = (yield* rtnl.links()).find(it => it.index === link)
  return { name: found?.ifname ?? `if${link}`, isDown: !((found?.flags ?? 0) & IFF_UP) }
}

/** The text and the value of a device. */
export interface Shown {
  text: string
  value: Record<string, Json>
}

const stateColor = (state: string): Color | undefined =>
  state === 'up' ? 'up' : state === 'down' ? 'down' : undefined

const groupName = (group: number): string => (group ? `${group}` : 'default')

/** `%-16s %-14s `: what -br prints of any device. */
export function* briefLink(rtnl: Rtnl, p: Printer, it: LinkMessage): Blocking<Shown> {
  const below = yield* belowOf(rtnl, it)
  const name = below ? `${it.ifname}@${below.name}` : it.ifname!
  const state = it.operstate!.toUpperCase()
  const color = stateColor(it.operstate!)
  const padded = `${state.padEnd(14)} `
  return {
    text: p.paint(`${name.padEnd(16)} `, 'ifname') + (color ? p.paint(padded, color) : padded),
    value: { ...(linkValue(it, below) as Record<string, Json>), ifname: it.ifname!, operstate: state },
  }
}

/** `link`, or `link_index` and where it is. */
const linkValue = ({ link, linkNetnsid }: LinkMessage, below: Below | undefined): Json =>
  !below ? {} : linkNetnsid === undefined ? { link: below.name } : { link_index: link! }

/** `ip -br link` */
export function* printBrief(rtnl: Rtnl, p: Printer, it: LinkMessage): Blocking<void> {
  const { text, value } = yield* briefLink(rtnl, p, it)
  const below = yield* belowOf(rtnl, it)
  const flags = flagNames(it.flags!, below?.isDown ?? false)
  p.put(`${text}${p.paint(it.address!, 'mac')} <${flags.join(',')}> \n`, {
    ...value,
    address: it.address!,
    flags,
  })
}

/** The whole of a device; `ip link` says its mode; a list for IPv6 says less. */
export function* describe(rtnl: Rtnl, p: Printer, it: LinkMessage, isAlone = false): Blocking<Shown> {
  const { style } = p
  const below = yield* belowOf(rtnl, it)
  const names = flagNames(it.flags!, below?.isDown ?? false)
  const master = it.master ? yield* rtnl.nameOf(it.master) : undefined
  const isInet6 = style.family === AF_INET6 && !isAlone
  const state = it.operstate!.toUpperCase()
  const color = stateColor(it.operstate!)
  const name = below ? `${it.ifname}@${below.name}: ` : `${it.ifname}: `
  const words = [
    `${it.index}: ${p.paint(name, 'ifname')}<${names.join(',')}>`,
    `mtu ${it.mtu}`,
    isInet6 ? '' : `qdisc ${it.qdisc}`,
    master ? `master ${master}` : '',
    'state',
  ]
  const more = [style.mode ? 'mode DEFAULT' : '', isInet6 ? '' : `group ${groupName(it.group!)}`]
  const line = (parts: readonly string[]): string =>
    parts
      .filter(Boolean)
      .map(part => `${part} `)
      .join('')
  const painted = color ? p.paint(`${state} `, color) : `${state} `
  const shown: Shown = {
    text: line(words) + painted + line(more) + (it.txQueueLen ? `qlen ${it.txQueueLen}` : ''),
    value: {
      ifindex: it.index!,
      ...(linkValue(it, below) as Record<string, Json>),
      ifname: it.ifname!,
      flags: names,
      mtu: it.mtu!,
      ...(!isInet6 && { qdisc: it.qdisc! }),
      ...(master !== undefined && { master }),
      operstate: state,
      ...(style.mode && { linkmode: 'DEFAULT' }),
      ...(!isInet6 && { group: groupName(it.group!) }),
      ...(it.txQueueLen ? { txqlen: it.txQueueLen } : {}),
    },
  }
  if (style.family === 0 || style.family === 'link' || style.details) yield* addHardware(rtnl, p, it, shown)
  else yield* addNetns(rtnl, it, shown)
  if (style.stats) addStats(p, it, shown)
  return shown
}

/** Where the other end is, if it is elsewhere. */
function* addNetns(rtnl: Rtnl, { linkNetnsid }: LinkMessage, shown: Shown): Blocking<void> {
  if (linkNetnsid === undefined) return
  const named = yield* netnsNameOf(rtnl, linkNetnsid)
  shown.text += named === undefined ? ` link-netnsid ${linkNetnsid}` : ` link-netns ${named}`
  Object.assign(shown.value, named === undefined ? { link_netnsid: linkNetnsid } : { link_netns: named })
}

function* addHardware(rtnl: Rtnl, p: Printer, it: LinkMessage, shown: Shown): Blocking<void> {
  const type = it.hwType === ARPHRD_LOOPBACK ? 'loopback' : 'ether'
  shown.text += `\n    link/${type} ${p.paint(it.address!, 'mac')} brd ${p.paint(it.broadcast!, 'mac')}`
  Object.assign(shown.value, { link_type: type, address: it.address!, broadcast: it.broadcast! })
  yield* addNetns(rtnl, it, shown)
  if (p.style.details) addDetails(it, shown)
  if (it.alias) {
    shown.text += `\n    alias ${it.alias}`
    shown.value.ifalias = it.alias
  }
  for (const altname of it.altnames ?? []) shown.text += `\n    altname ${altname}`
  if (it.altnames?.length) shown.value.altnames = it.altnames
}

/** What a kind has to say of itself; empty for most. */
function kindText({ kind, data = {} }: LinkMessage): string {
  if (kind === 'vlan') return `vlan protocol ${data.protocol} id ${data.id} <REORDER_HDR> `
  if (kind === 'macvlan') return `macvlan mode ${data.mode} bcqueuelen 1000 usedbcqueuelen 1000 `
  if (kind === 'ipvlan') return `ipvlan  mode ${data.mode} ${data.flag} `
  return `${kind} `
}

function addDetails(it: LinkMessage, shown: Shown): void {
  const rows: readonly (readonly [string, string, string | number | undefined])[] = [
    ['addrgenmode', 'inet6_addr_gen_mode', 'eui64'],
    ['numtxqueues', 'num_tx_queues', it.queues],
    ['numrxqueues', 'num_rx_queues', it.queues],
    ['gso_max_size', 'gso_max_size', 65536],
    ['gso_max_segs', 'gso_max_segs', 65535],
    ['tso_max_size', 'tso_max_size', it.tsoMaxSize],
    ['tso_max_segs', 'tso_max_segs', 65535],
    ['gro_max_size', 'gro_max_size', 65536],
    ['parentbus', 'parentbus', it.parentBus],
    ['parentdev', 'parentdev', it.parentDev],
  ]
  shown.text += ` promiscuity ${it.promiscuity}  allmulti ${it.allmulti} minmtu ${it.minMtu} maxmtu ${it.maxMtu} `
  if (it.kind) shown.text += `\n    ${kindText(it)}`
  Object.assign(shown.value, {
    promiscuity: it.promiscuity,
    allmulti: it.allmulti,
    min_mtu: it.minMtu,
    max_mtu: it.maxMtu,
    ...(it.kind && {
      linkinfo: {
        info_kind: it.kind,
        ...(it.data && Object.keys(it.data).length && { info_data: it.data }),
      },
    }),
  })
  for (const [word, key, value] of rows)
    if (value !== undefined) {
      shown.text += `${word} ${value} `
      shown.value[key] = value
    }
}

const STATS = {
  RX: ['bytes', 'packets', 'errors', 'dropped', ' missed', '  mcast'],
  TX: ['bytes', 'packets', 'errors', 'dropped', 'carrier', 'collsns'],
} as const
const ERRORS = {
  RX: [' length', '   crc', '  frame', '   fifo', 'overrun'],
  TX: ['aborted', '  fifo', ' window', 'heartbt', 'transns'],
} as const
const KEYS = {
  RX: ['bytes', 'packets', 'errors', 'dropped', 'over_errors', 'multicast'],
  TX: ['bytes', 'packets', 'errors', 'dropped', 'carrier_errors', 'collisions'],
} as const

/** Linux: print_stats64(). Numbers stand below their headings. */
function addStats(p: Printer, it: LinkMessage, shown: Shown): void {
  const stats64: Record<string, Json> = {}
  for (const way of ['RX', 'TX'] as const) {
    const { bytes, packets } = (way === 'RX' ? it.rx : it.tx) ?? { bytes: 0, packets: 0 }
    const values = [bytes, packets, 0, 0, 0, 0]
    const heads = STATS[way]
    shown.text += `\n    ${way}:  ${heads.join(' ')}           `
    shown.text += `\n    ${values.map((value, i) => `${value}`.padStart(i ? heads[i]!.length : 10)).join(' ')} `
    if (p.style.stats > 1) {
      const errors = ERRORS[way]
      shown.text += `\n    ${way} errors: ${errors.join(' ')}`
      shown.text += `\n    ${errors.map((head, i) => '0'.padStart(i ? head.length : head.length + 11)).join(' ')} `
    }
    stats64[way.toLowerCase()] = Object.fromEntries(KEYS[way].map((key, i) => [key, values[i]!]))
  }
  shown.value.stats64 = stats64
}
