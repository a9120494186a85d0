/** ip route and, as far as there are rules, ip rule. iproute2: ip/iproute.c, ip/iprule.c. */
import {
  AF_INET,
  AF_INET6,
  addressBits,
  type Blocking,
  inNetwork,
  NLM_F_APPEND,
  NLM_F_CREATE,
  NLM_F_EXCL,
  NLM_F_REPLACE,
  type RouteMessage,
  RT_SCOPE_HOST,
  RT_SCOPE_LINK,
  RT_SCOPE_NOWHERE,
  RT_SCOPE_UNIVERSE,
  RT_TABLE_LOCAL,
  RT_TABLE_MAIN,
  RTM_DELROUTE,
  RTM_GETROUTE,
  RTM_NEWROUTE,
  RTN_BLACKHOLE,
  RTN_BROADCAST,
  RTN_ANYCAST,
  RTN_LOCAL,
  RTN_MULTICAST,
  RTN_PROHIBIT,
  RTN_THROW,
  RTN_UNICAST,
  RTN_UNREACHABLE,
  RTNH_F_DEAD,
  RTNH_F_LINKDOWN,
  RTNH_F_ONLINK,
  RTPROT_BOOT,
  RTPROT_KERNEL,
} from '../../../abi/index.ts'
import { parseScope, scopeName } from './addr.ts'
import type { Rtnl } from './netlink.ts'
import type { Json, Printer } from './output.ts'
import { parseHost, parsePrefix, type Prefix } from './prefix.ts'
import { duplicate, invalid, matches, noDevice, Quit, unknownCommand, usage, type Words } from './words.ts'

const USAGE = `Usage: ip route { list | flush } SELECTOR
       ip route get ADDRESS [ from ADDRESS iif STRING ] [ oif STRING ]
       ip route { add | del | change | append | replace } ROUTE
SELECTOR := [ root PREFIX ] [ match PREFIX ] [ exact PREFIX ]
            [ table TABLE_ID ] [ proto RTPROTO ]
            [ type TYPE ] [ scope SCOPE ]
ROUTE := [ TYPE ] PREFIX [ via ADDRESS ] [ dev STRING ] [ src ADDRESS ] [ metric METRIC ]
         [ table TABLE_ID ] [ proto RTPROTO ] [ scope SCOPE ] [ mtu NUMBER ] [ onlink ]
TYPE := { unicast | local | broadcast | multicast | throw |
          unreachable | prohibit | blackhole }
`

const TYPES: Readonly<Record<string, number>> = {
  unicast: RTN_UNICAST,
  local: RTN_LOCAL,
  broadcast: RTN_BROADCAST,
  anycast: RTN_ANYCAST,
  multicast: RTN_MULTICAST,
  blackhole: RTN_BLACKHOLE,
  unreachable: RTN_UNREACHABLE,
  prohibit: RTN_PROHIBIT,
  throw: RTN_THROW,
}
const TABLES: Readonly<Record<string, number>> = { default: 253, main: RT_TABLE_MAIN, local: RT_TABLE_LOCAL }
const PROTOCOLS: Readonly<Record<string, number>> = {
  unspec: 0,
  redirect: 1,
  kernel: RTPROT_KERNEL,
  boot: RTPROT_BOOT,
  static: 4,
  ra: 9,
  dhcp: 16,
}

const nameIn = (names: Readonly<Record<string, number>>, value: number): string =>
  Object.entries(names).find(([, it]) => it === value)?.[0] ?? `${value}`

function valueIn(names: Readonly<Record<string, number>>, word: string, complaint: string): number {
  const value = names[word] ?? (/^\d+$/.test(word) ? Number(word) : Number.NaN)
  if (Number.isNaN(value)) throw invalid(complaint, word)
  return value
}

export const tableName = (table: number): string => nameIn(TABLES, table)
const tableOf = (word: string): number => valueIn(TABLES, word, '"table" value is invalid\n')

// Printing

/** What a listing has picked by, which goes without saying. */
interface Selector {
  table: number
  isAll: boolean
  dev?: number
  proto?: number
  scope?: number
  type?: number
  root?: Prefix
  match?: Prefix
  exact?: Prefix
  via?: string
  src?: string
}

const FLAG_NAMES: readonly (readonly [number, string])[] = [
  [RTNH_F_DEAD, 'dead'],
  [RTNH_F_ONLINK, 'onlink'],
  [RTNH_F_LINKDOWN, 'linkdown'],
]

/** Linux: print_route(). */
function* describe(
  rtnl: Rtnl,
  p: Printer,
  it: RouteMessage,
  by?: Selector,
): Blocking<{ text: string; value: Json }> {
  const isInet6 = it.family === AF_INET6
  const type = it.type ?? RTN_UNICAST
  const isDefault = it.dstLen === 0
  const dst = isDefault ? 'default' : it.dstLen === addressBits(it.family) ? it.dst : `${it.dst}/${it.dstLen}`
  const showsType = type !== RTN_UNICAST || p.style.details
  const family = isInet6 ? 'inet6' : 'inet'
  const flags = FLAG_NAMES.filter(([bit]) => (it.flags ?? 0) & bit).map(([, name]) => name)
  const parts: (readonly [text: string, key: string, value: Json | undefined])[] = [
    [`${nameIn(TYPES, type)} `, 'type', showsType ? nameIn(TYPES, type) : undefined],
    [`${isDefault ? dst : p.paint(dst, family)} `, 'dst', dst],
    [`via ${p.paint(it.gateway ?? '', family)} `, 'gateway', it.gateway],
  ]
  if (it.oif !== undefined && by?.dev === undefined) {
    const name = yield* rtnl.nameOf(it.oif)
    parts.push([`dev ${p.paint(name, 'ifname')} `, 'dev', name])
  }
  const table = it.table ?? RT_TABLE_MAIN
  const showsTable = by ? by.isAll && table !== RT_TABLE_MAIN : false
  const showsProto = it.protocol !== undefined && (it.protocol !== RTPROT_BOOT || p.style.details)
  const hasScope = (it.scope ?? 0) !== RT_SCOPE_UNIVERSE || (p.style.details && !isInet6)
  const metric = it.priority ?? (isInet6 ? 0 : undefined)
  parts.push(
    [`table ${tableName(table)} `, 'table', showsTable ? tableName(table) : undefined],
    [
      `proto ${nameIn(PROTOCOLS, it.protocol ?? 0)} `,
      'protocol',
      showsProto && by && by.proto === undefined ? nameIn(PROTOCOLS, it.protocol!) : undefined,
    ],
    [
      `scope ${scopeName(it.scope ?? 0)} `,
      'scope',
      hasScope && by && by.scope === undefined ? scopeName(it.scope ?? 0) : undefined,
    ],
    [`src ${p.paint(it.prefsrc ?? '', family)} `, 'prefsrc', it.prefsrc],
    [`metric ${metric} `, 'metric', metric],
  )
  const shown = parts.filter(([, , value]) => value !== undefined)
  const text = shown.map(([word]) => word).join('') + flags.map(name => `${name} `).join('')
  const value = Object.fromEntries([...shown.map(([, key, it]) => [key, it!] as const), ['flags', flags]])
  const rest = it.mtu ? `mtu ${it.mtu} ` : ''
  return {
    text: text + rest + (isInet6 && by ? 'pref medium' : ''),
    value: isInet6 && by ? { ...value, pref: 'medium' } : value,
  }
}

// Listing

function* parseSelector(rtnl: Rtnl, words: Words, family: number): Blocking<Selector> {
  const by: Selector = { table: RT_TABLE_MAIN, isAll: false }
  const device = function* (): Blocking<void> {
    const name = words.argument()
    by.dev = yield* rtnl.indexOf(name)
    if (!by.dev) throw noDevice(name)
  }
  while (words.more) {
    const word = words.take()
    if (matches(word, 'table')) {
      const name = words.argument()
      if (matches(name, 'all')) by.isAll = true
      else by.table = tableOf(name)
    } else if (word === 'dev' || word === 'oif') yield* device()
    else if (matches(word, 'protocol'))
      by.proto = valueIn(PROTOCOLS, words.argument(), 'invalid "protocol"\n')
    else if (matches(word, 'scope')) by.scope = parseScope(words.argument())
    else if (matches(word, 'type')) by.type = valueIn(TYPES, words.argument(), 'node type value is invalid\n')
    else if (word === 'via') by.via = parseHost(words.argument(), family).address
    else if (word === 'src') by.src = parseHost(words.argument(), family).address
    else {
      const isRoot = matches(word, 'root')
      const isMatch = !isRoot && matches(word, 'match')
      const isExact = !isRoot && !isMatch && matches(word, 'exact')
      const isTo = word === 'to'
      if (matches(word, 'help')) throw usage(USAGE)
      const prefix = parsePrefix(isRoot || isMatch || isExact || isTo ? words.argument() : word, family)
      if (isRoot) by.root = prefix
      else if (isMatch) by.match = prefix
      else by.exact = prefix
    }
  }
  return by
}

const isWithin = (it: RouteMessage, prefix: Prefix): boolean =>
  it.dstLen >= prefix.length && inNetwork(it.dst, prefix.address, prefix.length)

const isPicked = (by: Selector, it: RouteMessage): boolean =>
  (by.isAll || it.table === by.table) &&
  (by.dev === undefined || it.oif === by.dev) &&
  (by.proto === undefined || it.protocol === by.proto) &&
  (by.scope === undefined || it.scope === by.scope) &&
  (by.type === undefined || it.type === by.type) &&
  (by.via === undefined || it.gateway === by.via) &&
  (by.src === undefined || it.prefsrc === by.src) &&
  (!by.root || isWithin(it, by.root)) &&
  (!by.match || (it.dstLen <= by.match.length && inNetwork(by.match.address, it.dst, it.dstLen))) &&
  (!by.exact || (it.dstLen === by.exact.length && inNetwork(it.dst, by.exact.address, by.exact.length)))

function* routes(rtnl: Rtnl, by: Selector, family: number): Blocking<readonly RouteMessage[]> {
  const answers = yield* rtnl.dump({ type: RTM_GETROUTE, route: { family, dst: '', dstLen: 0 } })
  return answers.flatMap(({ route }) => (route && isPicked(by, route) ? [route] : []))
}

function* list(rtnl: Rtnl, p: Printer, words: Words, family: number): Blocking<void> {
  const by = yield* parseSelector(rtnl, words, family)
  const wanted = by.exact?.family || by.root?.family || by.match?.family || family
  for (const it of yield* routes(rtnl, by, wanted || (by.isAll ? 0 : AF_INET))) {
    const { text, value } = yield* describe(rtnl, p, it, by)
    p.put(`${text}\n`, value)
  }
}

function* flush(rtnl: Rtnl, words: Words, family: number): Blocking<void> {
  if (!words.more) throw new Quit('"ip route flush" requires arguments.', 255)
  const by = yield* parseSelector(rtnl, words, family)
  for (const route of yield* routes(rtnl, by, family || AF_INET))
    yield* rtnl.talk({ type: RTM_DELROUTE, route })
}

// Changing

type Change = { -readonly [K in keyof RouteMessage]?: RouteMessage[K] }

interface Given {
  readonly message: Change
  dst: Prefix | undefined
  dev: string | undefined
}

/** Linux: iproute_modify(), its words. */
function parseRoute(words: Words, family: number): Given {
  const message: Change = {}
  const given: Given = { message, dst: undefined, dev: undefined }
  while (words.more) {
    const word = words.take()
    if (word === 'src') message.prefsrc = parseHost(words.argument(), family).address
    else if (word === 'via') message.gateway = gatewayOf(words, family)
    else if (word === 'tos' || matches(word, 'dsfield')) message.tos = words.number('tos')
    else if (word === 'metric' || matches(word, 'priority') || word === 'preference')
      message.priority = words.number('metric')
    else if (word === 'scope') message.scope = parseScope(words.argument())
    else if (word === 'mtu') message.mtu = words.number('mtu')
    else if (word === 'onlink') message.flags = (message.flags ?? 0) | RTNH_F_ONLINK
    else if (matches(word, 'protocol'))
      message.protocol = valueIn(PROTOCOLS, words.argument(), 'invalid "protocol"\n')
    else if (matches(word, 'table')) message.table = tableOf(words.argument())
    else if (word === 'dev' || word === 'oif') given.dev = words.argument()
    else parseDestination(word === 'to' ? words.argument() : word, words, given, family)
  }
  return given
}

function gatewayOf(words: Words, family: number): string {
  const word = words.argument()
  if (word === 'inet' || word === 'inet6')
    return parseHost(words.argument(), word === 'inet' ? AF_INET : AF_INET6).address
  return parseHost(word, family).address
}

function parseDestination(first: string, words: Words, given: Given, family: number): void {
  let word = first
  const type = given.message.type === undefined ? TYPES[word] : undefined
  if (type !== undefined) {
    given.message.type = type
    word = words.argument()
  }
  if (matches(word, 'help')) throw usage(USAGE)
  if (given.dst) throw duplicate('to', word)
  given.dst = parsePrefix(word, family || (given.message.gateway?.includes(':') ? AF_INET6 : 0))
}

const defaultScope = (type: number, hasGateway: boolean, isDelete: boolean): number => {
  if (type === RTN_LOCAL) return RT_SCOPE_HOST
  if (type === RTN_BROADCAST || type === RTN_MULTICAST || type === RTN_ANYCAST) return RT_SCOPE_LINK
  if (type !== RTN_UNICAST && type !== 0) return RT_SCOPE_UNIVERSE
  if (isDelete) return RT_SCOPE_NOWHERE
  return hasGateway ? RT_SCOPE_UNIVERSE : RT_SCOPE_LINK
}

function* modify(rtnl: Rtnl, words: Words, family: number, type: number, flags: number): Blocking<void> {
  const isDelete = type === RTM_DELROUTE
  if (!words.more) throw usage(USAGE)
  const { message, dst, dev } = parseRoute(words, family)
  const isInet6 = (dst?.family || family) === AF_INET6 || message.gateway?.includes(':')
  const own = isInet6 ? AF_INET6 : AF_INET
  const kind = message.type ?? (isDelete ? 0 : RTN_UNICAST)
  const oif = dev === undefined ? undefined : yield* rtnl.indexOf(dev)
  if (dev !== undefined && !oif) throw noDevice(dev)
  const route: RouteMessage = {
    protocol: isDelete ? 0 : RTPROT_BOOT,
    scope: isInet6
      ? isDelete
        ? RT_SCOPE_NOWHERE
        : RT_SCOPE_UNIVERSE
      : defaultScope(kind, Boolean(message.gateway), isDelete),
    ...message,
    table: message.table ?? (kind === RTN_LOCAL || kind === RTN_BROADCAST ? RT_TABLE_LOCAL : RT_TABLE_MAIN),
    type: kind,
    family: own,
    dst: dst && dst.length > 0 ? dst.address : isInet6 ? '::' : '0.0.0.0',
    dstLen: dst?.length ?? 0,
    ...(oif && { oif }),
  }
  yield* rtnl.talk({ type, flags, route })
}

/** Linux: iproute_get(). */
function* get(rtnl: Rtnl, p: Printer, words: Words, family: number): Blocking<void> {
  let dst: Prefix | undefined
  let oif = 0
  while (words.more) {
    const word = words.take()
    if (word === 'oif' || word === 'dev') {
      const name = words.argument()
      oif = yield* rtnl.indexOf(name)
      if (!oif) throw noDevice(name)
    } else if (word === 'from' || word === 'iif' || word === 'mark' || word === 'uid' || word === 'tos')
      words.argument()
    else if (matches(word, 'help')) throw usage(USAGE)
    else if (word !== 'fibmatch') dst = parsePrefix(word === 'to' ? words.argument() : word, family)
  }
  if (!dst) throw new Quit('need at least a destination address', 255)
  const answer = yield* rtnl.talk({
    type: RTM_GETROUTE,
    route: { family: dst.family, dst: dst.address, dstLen: dst.length, ...(oif && { oif }) },
  })
  const route = answer?.route
  if (!route) return
  const { text, value } = yield* describe(rtnl, p, route)
  const uid = rtnl.sys.getuid()
  const isOwn = route.type === RTN_LOCAL
  const cache = route.family === AF_INET6 ? '' : `uid ${uid} \n    cache ${isOwn ? '<local> ' : ''}`
  p.put(`${text}${cache}${route.family === AF_INET6 ? 'pref medium' : ''}\n`, {
    ...(value as Record<string, Json>),
    uid,
    cache: isOwn ? ['local'] : [],
  })
}

export function* ipRoute(rtnl: Rtnl, p: Printer, words: Words): Blocking<void> {
  const family = p.style.family === 'link' ? 0 : p.style.family
  if (!words.more) return yield* list(rtnl, p, words, family)
  const act = words.take()
  const change = (type: number, flags: number): Blocking<void> => modify(rtnl, words, family, type, flags)
  if (matches(act, 'add')) return yield* change(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL)
  if (matches(act, 'change') || act === 'chg') return yield* change(RTM_NEWROUTE, NLM_F_REPLACE)
  if (matches(act, 'replace')) return yield* change(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE)
  if (matches(act, 'prepend')) return yield* change(RTM_NEWROUTE, NLM_F_CREATE)
  if (matches(act, 'append')) return yield* change(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_APPEND)
  if (matches(act, 'delete')) return yield* change(RTM_DELROUTE, 0)
  if (matches(act, 'list') || matches(act, 'show') || act === 'lst')
    return yield* list(rtnl, p, words, family)
  if (matches(act, 'get')) return yield* get(rtnl, p, words, family)
  if (matches(act, 'flush')) return yield* flush(rtnl, words, family)
  if (matches(act, 'help')) throw usage(USAGE)
  throw unknownCommand(act, 'ip route')
}
