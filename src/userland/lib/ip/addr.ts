/** ip address. iproute2: ip/ipaddress.c. */
import {
  AF_INET,
  AF_INET6,
  type AddrMessage,
  type Blocking,
  formatAddress,
  IFA_F_NODAD,
  IFA_F_NOPREFIXROUTE,
  IFA_F_PERMANENT,
  IFA_F_SECONDARY,
  IFA_F_TENTATIVE,
  inNetwork,
  type LinkMessage,
  networkOf,
  NLM_F_CREATE,
  NLM_F_EXCL,
  NLM_F_REPLACE,
  parseAddress,
  RT_SCOPE_HOST,
  RT_SCOPE_LINK,
  RT_SCOPE_UNIVERSE,
  RTM_DELADDR,
  RTM_GETADDR,
  RTM_NEWADDR,
} from '../../../abi/index.ts'
import { briefLink, describe, printBrief } from './link-print.ts'
import { type Filter, parseFilter, passes, shownDevice } from './link.ts'
import type { Rtnl } from './netlink.ts'
import type { Json, Printer } from './output.ts'
import { parsePrefix, type Prefix } from './prefix.ts'
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

const USAGE = `Usage: ip address {add|change|replace} IFADDR dev IFNAME [ LIFETIME ]
                                                      [ CONFFLAG-LIST ]
       ip address del IFADDR dev IFNAME
       ip address flush [ dev IFNAME ] [ scope SCOPE-ID ]
                            [ to PREFIX ] [ FLAG-LIST ] [ label LABEL ] [up]
       ip address [ show [ dev IFNAME ] [ scope SCOPE-ID ] [ master DEVICE ]
                         [ nomaster ]
                         [ type TYPE ] [ to PREFIX ] [ FLAG-LIST ]
                         [ label LABEL ] [up] ]
`

const SCOPES: Readonly<Record<number, string>> = {
  [RT_SCOPE_UNIVERSE]: 'global',
  [RT_SCOPE_LINK]: 'link',
  [RT_SCOPE_HOST]: 'host',
  200: 'site',
}
export const scopeName = (scope: number): string => SCOPES[scope] ?? `${scope}`

export function parseScope(word: string): number {
  const known = Object.entries(SCOPES).find(([, name]) => name === word)?.[0]
  const scope = Number(known ?? (word === 'nowhere' ? 255 : word))
  if (!(scope >= 0 && scope <= 255)) throw invalid('invalid scope value.', word)
  return scope
}

const FOREVER = 0xffff_ffff

function parseLifetime(words: Words, what: string): number {
  const word = words.argument()
  if (word === 'forever') return FOREVER
  if (!/^\d+$/.test(word)) throw invalid(`${what} value`, word)
  return Number(word)
}

// add, change, replace, delete

interface Given {
  local: Prefix | undefined
  peer: Prefix | undefined
  broadcast: string | undefined
  dev: string | undefined
  message: { -readonly [K in keyof AddrMessage]?: AddrMessage[K] }
}

/** Linux: ipaddr_modify(), its words. */
function parseAddr(words: Words, family: number): Given {
  const given: Given = {
    local: undefined,
    peer: undefined,
    broadcast: undefined,
    dev: undefined,
    message: {},
  }
  const { message } = given
  while (words.more) {
    const word = words.take()
    if (word === 'peer' || word === 'remote') given.peer = parsePrefix(words.argument(), family)
    else if (matches(word, 'broadcast') || word === 'brd') given.broadcast = words.argument()
    else if (word === 'scope') message.scope = parseScope(words.argument())
    else if (word === 'dev') given.dev = words.argument()
    else if (word === 'label') message.label = words.argument()
    else if (matches(word, 'metric') || word === 'priority') message.metric = words.number('metric')
    else if (matches(word, 'valid_lft')) message.validLft = parseLifetime(words, 'valid_lft')
    else if (matches(word, 'preferred_lft')) message.preferredLft = parseLifetime(words, 'preferred_lft')
    else if (word === 'nodad') message.flags = (message.flags ?? 0) | IFA_F_NODAD
    else if (word === 'noprefixroute') message.flags = (message.flags ?? 0) | IFA_F_NOPREFIXROUTE
    else parseLocal(word === 'local' ? words.argument() : word, given, family)
  }
  return given
}

function parseLocal(word: string, given: Given, family: number): void {
  if (matches(word, 'help')) throw usage(USAGE)
  if (given.local) throw duplicate('local', word)
  given.local = parsePrefix(word, family)
}

function* modify(rtnl: Rtnl, words: Words, family: number, type: number, flags: number): Blocking<void> {
  const given = parseAddr(words, family)
  const { local, peer, dev, message } = given
  if (dev === undefined) throw missing('dev', 1)
  if (message.label !== undefined && !message.label.startsWith(dev))
    throw new Quit(`"dev" (${dev}) must match "label" (${message.label}).`)
  const isDelete = type === RTM_DELADDR
  const isWildcard = isDelete && local !== undefined && !local.hasLength && local.family === AF_INET && !peer
  if (isWildcard) yield* warnWildcard(rtnl, local.address)
  const prefixlen = peer?.length ?? local?.length ?? 0
  const broadcast = given.broadcast && broadcastOf(given.broadcast, local, prefixlen)
  if (message.scope === undefined && !isDelete && local?.family === AF_INET)
    message.scope = local.address.startsWith('127.') ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE
  const index = yield* rtnl.indexOf(dev)
  if (!index) throw noDevice(dev)
  const addr: AddrMessage = {
    ...message,
    index,
    family: local?.family ?? family,
    prefixlen,
    local: local?.address ?? '',
    ...(!isWildcard && local && { address: peer?.address ?? local.address }),
    ...(broadcast && { broadcast }),
  }
  yield* rtnl.talk({ type, flags, addr })
}

/** `+` sets the bits of the host, `-` clears them. */
function broadcastOf(word: string, local: Prefix | undefined, length: number): string {
  if (word !== '+' && word !== '-') return parsePrefix(word, AF_INET).address
  if (local?.family !== AF_INET) throw new Quit('Broadcast can be set only for IPv4 addresses')
  const network = networkOf(local.address, length)
  if (word === '-') return network
  return formatAddress((parseAddress(network) ?? 0n) | ((1n << BigInt(32 - length)) - 1n), AF_INET)
}

function* warnWildcard({ sys }: Rtnl, address: string): Blocking<void> {
  yield* sys.write(
    2,
    `Warning: Executing wildcard deletion to stay compatible with old scripts.
         Explicitly specify the prefix length (${address}/32) to avoid this warning.
         This special behaviour is likely to disappear in further releases,
         fix your scripts!
`,
  )
}

// show, flush

interface AddrFilter extends Filter {
  scope?: number
  to?: Prefix
  label?: string
  /** Bits that have to be set, and bits that may not be. */
  has: number
  hasNot: number
}

const FLAG_WORDS: Readonly<Record<string, readonly [bit: number, isSet: boolean]>> = {
  permanent: [IFA_F_PERMANENT, true],
  dynamic: [IFA_F_PERMANENT, false],
  primary: [IFA_F_SECONDARY, false],
  secondary: [IFA_F_SECONDARY, true],
  temporary: [IFA_F_SECONDARY, true],
  tentative: [IFA_F_TENTATIVE, true],
  '-tentative': [IFA_F_TENTATIVE, false],
  nodad: [IFA_F_NODAD, true],
  noprefixroute: [IFA_F_NOPREFIXROUTE, true],
}

function* parseShow(rtnl: Rtnl, words: Words): Blocking<AddrFilter> {
  const filter: AddrFilter = { has: 0, hasNot: 0 }
  let dev: string | undefined
  while (words.more) {
    let word = words.take()
    const flag = FLAG_WORDS[word]
    if (flag) {
      if (flag[1]) filter.has |= flag[0]
      else filter.hasNot |= flag[0]
    } else if (word === 'to') filter.to = parsePrefix(words.argument(), 0)
    else if (word === 'scope') {
      const scope = words.argument()
      if (scope !== 'all') filter.scope = parseScope(scope)
    } else if (word === 'label') filter.label = words.argument()
    else if (!(yield* parseFilter(rtnl, words, filter, word))) {
      if (word === 'dev') word = words.argument()
      else if (matches(word, 'help')) throw usage(USAGE)
      if (dev !== undefined) throw duplicate('dev', word)
      dev = word
    }
  }
  if (dev !== undefined) filter.index = yield* shownDevice(rtnl, dev)
  return filter
}

/** `lo*`: a pattern of the shell. */
const matchesLabel = (pattern: string, label: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(label)

const isWanted = (filter: AddrFilter, it: AddrMessage, link: LinkMessage): boolean =>
  (filter.scope === undefined || it.scope === filter.scope) &&
  ((it.flags ?? 0) & filter.has) === filter.has &&
  !((it.flags ?? 0) & filter.hasNot) &&
  (!filter.to || inNetwork(it.local, filter.to.address, filter.to.length)) &&
  (filter.label === undefined || matchesLabel(filter.label, it.label ?? link.ifname!))

function* addresses(rtnl: Rtnl, family: number): Blocking<readonly AddrMessage[]> {
  const answers = yield* rtnl.dump({
    type: RTM_GETADDR,
    addr: { family, index: 0, prefixlen: 0, local: '' },
  })
  return answers.flatMap(({ addr }) => (addr ? [addr] : []))
}

function* show(rtnl: Rtnl, p: Printer, words: Words): Blocking<void> {
  const filter = yield* parseShow(rtnl, words)
  const { style } = p
  const family = style.family === 'link' ? -1 : style.family
  const all = family < 0 ? [] : yield* addresses(rtnl, family)
  const isFiltered =
    filter.scope !== undefined || filter.to || filter.label !== undefined || filter.has || filter.hasNot
  for (const link of yield* rtnl.links()) {
    if (!passes(filter, link)) continue
    const own = all.filter(it => it.index === link.index && isWanted(filter, it, link))
    if (!own.length && (isFiltered || (family > 0 && !style.details))) continue
    yield* printDevice(rtnl, p, link, own, filter)
  }
}

function* printDevice(
  rtnl: Rtnl,
  p: Printer,
  link: LinkMessage,
  own: readonly AddrMessage[],
  filter: AddrFilter,
): Blocking<void> {
  const { style } = p
  const info = own.map(it => addressValue(it, style.brief))
  if (style.brief) {
    if (style.family === 'link') return yield* printBrief(rtnl, p, link)
    const { text, value } = yield* briefLink(rtnl, p, link)
    const cells = own.map(it => `${paintAddress(p, it)}/${it.prefixlen} `)
    return p.put(`${text}${cells.join('')}\n`, { ...value, addr_info: info })
  }
  if (style.oneline && !style.json) {
    for (const it of own) p.put(`${link.index}: ${link.ifname}    ${addressText(p, it)}\n`, null)
    return
  }
  // The address of the card does not pass a filter for networks.
  const plain = filter.to ? { ...p.style, family: AF_INET as number | 'link' } : p.style
  const { text, value } = yield* describe(
    rtnl,
    Object.assign(Object.create(p), { style: plain }) as Printer,
    link,
    filter.index !== undefined,
  )
  const head = filter.label === undefined ? `${text}\n` : ''
  p.put(head + own.map(it => `    ${addressText(p, it)}\n`).join(''), { ...value, addr_info: info })
}

const nameOf = (family: number): 'inet' | 'inet6' => (family === AF_INET6 ? 'inet6' : 'inet')
const peerOf = (it: AddrMessage): string | undefined => (it.address === it.local ? undefined : it.address)

const paintAddress = (p: Printer, it: AddrMessage): string => {
  const peer = peerOf(it)
  const paint = (text: string): string => p.paint(text, nameOf(it.family))
  return peer === undefined ? paint(it.local) : `${paint(it.local)} peer ${paint(peer)}`
}

/** Linux: print_ifa_flags(), in its order. */
function flagNames({ family, flags = 0, preferredLft }: AddrMessage): string[] {
  const names: readonly (readonly [boolean, string])[] = [
    [(flags & IFA_F_SECONDARY) !== 0, family === AF_INET6 ? 'temporary' : 'secondary'],
    [(flags & IFA_F_NODAD) !== 0, 'nodad'],
    [preferredLft === 0, 'deprecated'],
    [(flags & IFA_F_TENTATIVE) !== 0, 'tentative'],
    [!(flags & IFA_F_PERMANENT), 'dynamic'],
    [(flags & IFA_F_NOPREFIXROUTE) !== 0, 'noprefixroute'],
  ]
  return names.filter(([is]) => is).map(([, name]) => name)
}

const lifetime = (seconds = FOREVER): string => (seconds === FOREVER ? 'forever' : `${seconds}sec`)

function addressText(p: Printer, it: AddrMessage): string {
  const words = [
    `${nameOf(it.family)} ${paintAddress(p, it)}/${it.prefixlen}`,
    it.broadcast ? `brd ${p.paint(it.broadcast, nameOf(it.family))}` : '',
    `scope ${scopeName(it.scope ?? 0)}`,
    ...flagNames(it),
  ]
  const lives = `valid_lft ${lifetime(it.validLft)} preferred_lft ${lifetime(it.preferredLft)}`
  return `${words.filter(Boolean).join(' ')} ${it.label ?? ''}\n       ${lives}`
}

function addressValue(it: AddrMessage, isBrief: boolean): Json {
  const peer = peerOf(it)
  const place = { local: it.local, ...(peer !== undefined && { address: peer }), prefixlen: it.prefixlen }
  if (isBrief) return place
  return {
    family: nameOf(it.family),
    ...place,
    ...(it.broadcast && { broadcast: it.broadcast }),
    scope: scopeName(it.scope ?? 0),
    ...Object.fromEntries(flagNames(it).map(name => [name, true])),
    ...(it.label && { label: it.label }),
    valid_life_time: it.validLft ?? FOREVER,
    preferred_life_time: it.preferredLft ?? FOREVER,
  }
}

function* flush(rtnl: Rtnl, p: Printer, words: Words): Blocking<void> {
  if (!words.more) throw new Quit('Flush requires arguments.', 1)
  const filter = yield* parseShow(rtnl, words)
  const family = p.style.family === 'link' ? 0 : p.style.family
  for (;;) {
    const links = yield* rtnl.links()
    const found = (yield* addresses(rtnl, family)).find(it => {
      const link = links.find(({ index }) => index === it.index)
      return link && passes(filter, link) && isWanted(filter, it, link)
    })
    if (!found) return
    yield* rtnl.talk({ type: RTM_DELADDR, addr: found })
  }
}

export function* ipAddress(rtnl: Rtnl, p: Printer, words: Words): Blocking<void> {
  if (!words.more) return yield* show(rtnl, p, words)
  const act = words.take()
  const family = p.style.family === 'link' ? 0 : p.style.family
  if (matches(act, 'add')) return yield* modify(rtnl, words, family, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL)
  if (matches(act, 'change') || act === 'chg')
    return yield* modify(rtnl, words, family, RTM_NEWADDR, NLM_F_REPLACE)
  if (matches(act, 'replace'))
    return yield* modify(rtnl, words, family, RTM_NEWADDR, NLM_F_CREATE | NLM_F_REPLACE)
  if (matches(act, 'delete')) return yield* modify(rtnl, words, family, RTM_DELADDR, 0)
  if (matches(act, 'show') || matches(act, 'lst') || matches(act, 'list')) return yield* show(rtnl, p, words)
  if (matches(act, 'flush')) return yield* flush(rtnl, p, words)
  if (matches(act, 'help')) throw usage(USAGE)
  throw unknownCommand(act, 'ip address')
}
