/** ip link. iproute2: ip/iplink.c, ip/iplink_{vlan,veth,macvlan,ipvlan,bridge}.c. */
import {
  type Blocking,
  IFF_ALLMULTI,
  IFF_MULTICAST,
  IFF_NOARP,
  IFF_PROMISC,
  IFF_UP,
  type LinkMessage,
  NLM_F_CREATE,
  NLM_F_EXCL,
  RTM_DELLINK,
  RTM_NEWLINK,
} from '../../../abi/index.ts'
import { describe, printBrief } from './link-print.ts'
import type { Rtnl } from './netlink.ts'
import { openNetns } from './netns-names.ts'
import type { Printer } from './output.ts'
import {
  duplicate,
  invalid,
  matches,
  missing,
  noDevice,
  Quit,
  unknownCommand,
  usage,
  type Words,
} from './words.ts'

export const LINK_USAGE = `Usage: ip link add [link DEV | parentdev NAME] [ name ] NAME
		    [ txqueuelen PACKETS ]
		    [ address LLADDR ]
		    [ broadcast LLADDR ]
		    [ mtu MTU ] [index IDX ]
		    [ netns { PID | NAME } ]
		    type TYPE [ ARGS ]

	ip link delete { DEVICE | dev DEVICE | group DEVGROUP } type TYPE [ ARGS ]

	ip link set { DEVICE | dev DEVICE | group DEVGROUP } ARGS

	ip link show [ DEVICE | group GROUP ] [up] [master DEV] [type TYPE] [nomaster]

TYPE := { bridge | dummy | ifb | ipvlan | macvlan | veth | vlan }
`

type Change = { -readonly [K in keyof LinkMessage]: LinkMessage[K] }

/** What `add` and `set` read: the message so far, and names that stand for indexes. */
interface Parsed {
  message: Change
  name: string | undefined
  dev: string | undefined
  link: string | undefined
  group: number | undefined
  type: string | undefined
}

const isName = (name: string): boolean => name !== '' && !/[/\s]/.test(name)

function lladdr(word: string): string {
  if (!/^[\da-f]{1,2}(:[\da-f]{1,2}){5}$/i.test(word)) throw new Quit(`"${word}" is invalid lladdr.`)
  return word
    .split(':')
    .map(it => it.toLowerCase().padStart(2, '0'))
    .join(':')
}

/** A namespace by its name or by a process in it. */
function* namespaceOf(rtnl: Rtnl, word: string): Blocking<Pick<LinkMessage, 'netNsFd' | 'netNsPid'>> {
  try {
    return { netNsFd: yield* openNetns(rtnl.sys, word) }
  } catch {
    if (/^\d+$/.test(word)) return { netNsPid: Number(word) }
    throw invalid('Invalid "netns" value\n', word)
  }
}

const groupOf = (word: string): number => {
  if (word === 'default') return 0
  if (/^\d+$/.test(word)) return Number(word)
  throw invalid('Invalid "group" value\n', word)
}

function flag(message: Change, bit: number, isOn: boolean): void {
  message.change = (message.change ?? 0) | bit
  message.flags = isOn ? (message.flags ?? 0) | bit : (message.flags ?? 0) & ~bit
}

type Parse = (words: Words, parsed: Parsed, rtnl: Rtnl) => Blocking<void> | void
interface Keyword {
  readonly name: string
  /** It may be cut short. */
  readonly isCut?: boolean
  readonly parse: Parse
}

const KEYWORDS: readonly Keyword[] = [
  { name: 'up', parse: (_, { message }) => flag(message, IFF_UP, true) },
  { name: 'down', parse: (_, { message }) => flag(message, IFF_UP, false) },
  {
    name: 'name',
    parse(words, parsed) {
      const word = words.argument()
      if (parsed.name !== undefined) throw duplicate('name', word)
      if (!isName(word)) throw invalid('"name" not a valid ifname', word)
      parsed.name = word
    },
  },
  { name: 'index', isCut: true, parse: (words, { message }) => void (message.index = words.number('index')) },
  { name: 'link', isCut: true, parse: (words, parsed) => void (parsed.link = words.argument()) },
  {
    name: 'address',
    isCut: true,
    parse: (words, { message }) => void (message.address = lladdr(words.argument())),
  },
  {
    name: 'broadcast',
    isCut: true,
    parse: (words, { message }) => void (message.broadcast = lladdr(words.argument())),
  },
  { name: 'brd', parse: (words, { message }) => void (message.broadcast = lladdr(words.argument())) },
  ...['txqueuelen', 'qlen'].map(
    (name): Keyword => ({
      name,
      isCut: true,
      parse: (words, { message }) => void (message.txQueueLen = words.number('txqueuelen')),
    }),
  ),
  { name: 'txqlen', parse: (words, { message }) => void (message.txQueueLen = words.number('txqueuelen')) },
  { name: 'mtu', parse: (words, { message }) => void (message.mtu = words.number('mtu')) },
  {
    name: 'netns',
    *parse(words, { message }, rtnl) {
      Object.assign(message, yield* namespaceOf(rtnl, words.argument()))
    },
  },
  {
    name: 'multicast',
    parse: (words, { message }) => flag(message, IFF_MULTICAST, words.onOff('multicast')),
  },
  {
    name: 'allmulticast',
    parse: (words, { message }) => flag(message, IFF_ALLMULTI, words.onOff('allmulticast')),
  },
  { name: 'promisc', parse: (words, { message }) => flag(message, IFF_PROMISC, words.onOff('promisc')) },
  { name: 'trailers', parse: (words, { message }) => flag(message, 0x20, !words.onOff('trailers')) },
  { name: 'arp', parse: (words, { message }) => flag(message, IFF_NOARP, !words.onOff('arp')) },
  { name: 'carrier', parse: (words, { message }) => void (message.carrier = words.onOff('carrier')) },
  {
    name: 'master',
    *parse(words, { message }, rtnl) {
      const word = words.argument()
      message.master = yield* rtnl.indexOf(word)
      if (!message.master) throw invalid('Device does not exist\n', word)
    },
  },
  { name: 'nomaster', parse: (_, { message }) => void (message.master = 0) },
  {
    name: 'dynamic',
    isCut: true,
    parse: (words, { message }) => flag(message, 0x8000, words.onOff('dynamic')),
  },
  { name: 'type', isCut: true, parse: parseType },
  { name: 'alias', isCut: true, parse: (words, { message }) => void (message.alias = words.argument()) },
  {
    name: 'group',
    parse(words, parsed) {
      const word = words.argument()
      if (parsed.group !== undefined) throw duplicate('group', word)
      parsed.group = groupOf(word)
    },
  },
]

const DATA: Readonly<Record<string, readonly string[]>> = {
  vlan: ['protocol', 'id'],
  macvlan: ['mode'],
  ipvlan: ['mode', 'flag'],
}

/** `type KIND` and what the kind takes; it is the last word of all. */
function* parseType(words: Words, parsed: Parsed, rtnl: Rtnl): Blocking<void> {
  const kind = words.argument()
  parsed.type = kind
  const { message } = parsed
  if (kind === 'veth') return yield* parsePeer(words, message, rtnl)
  const data: Record<string, string | number> = {}
  while (words.more) {
    const key = words.take()
    const known = DATA[kind]?.find(it => matches(key, it))
    if (key === 'help') throw usage(LINK_USAGE)
    if (kind === 'bridge') data[key] = words.argument()
    else if (known === 'id') data.id = words.number('id')
    else if (known) data[known] = words.argument()
    else if (kind === 'ipvlan' && ['bridge', 'private', 'vepa'].includes(key)) data.flag = key
    else if (DATA[kind]) throw new Quit(`${kind}: unknown command "${key}"?`)
    else break
  }
  if (Object.keys(data).length) message.data = data
}

/** `peer [ name NAME | … ]`. iproute2: ip/link_veth.c. */
function* parsePeer(words: Words, message: Change, rtnl: Rtnl): Blocking<void> {
  if (!words.more) return
  if (words.word !== 'peer') return
  words.take()
  const peer = newParsed()
  yield* parse(words, peer, rtnl)
  const { name, dev } = peer
  if (name !== undefined && dev !== undefined)
    throw new Quit('both "name" and "dev" cannot be used when creating devices.')
  const given = name ?? dev
  message.peer = { ...peer.message, ...(given !== undefined && { ifname: given }) }
}

const newParsed = (): Parsed => ({
  message: {},
  name: undefined,
  dev: undefined,
  link: undefined,
  group: undefined,
  type: undefined,
})

/** Linux: iplink_parse(). */
function* parse(words: Words, parsed: Parsed, rtnl: Rtnl): Blocking<void> {
  while (words.more) {
    const word = words.take()
    const found = KEYWORDS.find(it => (it.isCut ? matches(word, it.name) : word === it.name))
    if (found) {
      const done = found.parse(words, parsed, rtnl)
      if (done) yield* done
      if (parsed.type !== undefined) return
      continue
    }
    if (matches(word, 'help')) throw usage(LINK_USAGE)
    const dev = word === 'dev' ? words.argument() : word
    if (parsed.dev !== undefined) throw duplicate('dev', dev)
    if (!isName(dev)) throw invalid('"dev" not a valid ifname', dev)
    parsed.dev = dev
  }
}

/** Linux: iplink_modify(). */
function* modify(rtnl: Rtnl, words: Words, type: number, flags: number): Blocking<void> {
  const parsed = newParsed()
  yield* parse(words, parsed, rtnl)
  const { message, name, link } = parsed
  if (type === RTM_DELLINK || !(flags & NLM_F_CREATE)) return yield* change(rtnl, type, parsed)
  if (parsed.type === undefined) throw new Quit('Not enough information: "type" argument is required', 1)
  if (name !== undefined && parsed.dev !== undefined)
    throw new Quit('both "name" and "dev" cannot be used when creating devices.')
  const ifname = name ?? parsed.dev
  if (link !== undefined) {
    message.link = yield* rtnl.indexOf(link)
    if (!message.link) throw noDevice(link)
  }
  if (parsed.group !== undefined) message.group = parsed.group
  yield* rtnl.talk({
    type,
    flags,
    link: { ...message, kind: parsed.type, ...(ifname !== undefined && { ifname }) },
  })
}

function* change(
  rtnl: Rtnl,
  type: number,
  { message, name, dev, group, type: kind }: Parsed,
): Blocking<void> {
  const about = { ...message, ...(kind !== undefined && { kind }) }
  if (dev === undefined && group !== undefined)
    return void (yield* rtnl.talk({ type, link: { ...about, group } }))
  if (dev === undefined) throw missing('dev')
  const index = yield* rtnl.indexOf(dev)
  if (!index) throw noDevice(dev)
  const link = {
    ...about,
    index,
    ...(group !== undefined && { group }),
    ...(name !== undefined && { ifname: name }),
  }
  yield* rtnl.talk({ type, link })
}

/** What `ip link show` and `ip addr show` pick devices by. */
export interface Filter {
  index?: number
  up?: boolean
  master?: number
  nomaster?: boolean
  kind?: string
  group?: number
}

/** One word of a filter; false if it is none. */
export function* parseFilter(rtnl: Rtnl, words: Words, filter: Filter, word: string): Blocking<boolean> {
  if (word === 'up') filter.up = true
  else if (word === 'master') {
    const name = words.argument()
    filter.master = yield* rtnl.indexOf(name)
    if (!filter.master) throw invalid('Device does not exist\n', name)
  } else if (word === 'nomaster') filter.nomaster = true
  else if (word === 'type') filter.kind = words.argument()
  else if (word === 'group') filter.group = groupOf(words.argument())
  else return false
  return true
}

export const passes = (filter: Filter, it: LinkMessage): boolean =>
  (filter.index === undefined || filter.index === it.index) &&
  (!filter.up || (it.flags! & IFF_UP) !== 0) &&
  (filter.master === undefined || filter.master === it.master) &&
  (!filter.nomaster || !it.master) &&
  (filter.kind === undefined || filter.kind === it.kind) &&
  (filter.group === undefined || filter.group === it.group)

/** A device that is to be shown. Linux: nodev() of ipaddr_list_flush_or_save(). */
export function* shownDevice(rtnl: Rtnl, name: string): Blocking<number> {
  const index = yield* rtnl.indexOf(name)
  if (!index) throw new Quit(`Device "${name}" does not exist.`, 1)
  return index
}

function* show(rtnl: Rtnl, p: Printer, words: Words): Blocking<void> {
  const filter: Filter = {}
  let dev: string | undefined
  while (words.more) {
    let word = words.take()
    if (yield* parseFilter(rtnl, words, filter, word)) continue
    if (word === 'dev') word = words.argument()
    else if (matches(word, 'help')) throw usage(LINK_USAGE)
    if (dev !== undefined) throw duplicate('dev', word)
    dev = word
  }
  if (dev !== undefined) filter.index = yield* shownDevice(rtnl, dev)
  for (const it of (yield* rtnl.links()).filter(link => passes(filter, link))) {
    if (p.style.brief) yield* printBrief(rtnl, p, it)
    else {
      const { text, value } = yield* describe(rtnl, p, it)
      p.put(`${text}\n`, value)
    }
  }
}

/** `ip link property add dev DEV altname NAME …` */
function* property(rtnl: Rtnl, words: Words): Blocking<void> {
  const act = words.take()
  const isAdd = matches(act, 'add')
  if (!isAdd && !matches(act, 'delete')) throw usage(LINK_USAGE)
  const names: string[] = []
  let dev: string | undefined
  while (words.more) {
    const word = words.take()
    if (word === 'altname') while (words.more) names.push(`${isAdd ? '' : '-'}${words.take()}`)
    else dev = word === 'dev' ? words.argument() : word
  }
  if (dev === undefined) throw missing('dev')
  const index = yield* rtnl.indexOf(dev)
  if (!index) throw noDevice(dev)
  yield* rtnl.talk({ type: RTM_NEWLINK, link: { index, altnames: names } })
}

export function* ipLink(rtnl: Rtnl, p: Printer, words: Words): Blocking<void> {
  if (!words.more) return yield* show(rtnl, p, words)
  const act = words.take()
  if (matches(act, 'add')) return yield* modify(rtnl, words, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL)
  if (matches(act, 'set') || matches(act, 'change')) return yield* modify(rtnl, words, RTM_NEWLINK, 0)
  if (matches(act, 'replace')) return yield* modify(rtnl, words, RTM_NEWLINK, NLM_F_CREATE)
  if (matches(act, 'delete')) return yield* modify(rtnl, words, RTM_DELLINK, 0)
  if (matches(act, 'show') || matches(act, 'lst') || matches(act, 'list')) return yield* show(rtnl, p, words)
  if (matches(act, 'property')) return yield* property(rtnl, words)
  if (matches(act, 'help')) throw usage(LINK_USAGE)
  throw unknownCommand(act, 'ip link')
}
