/** ip neighbour. iproute2: ip/ipneigh.c. */
import {
  type Blocking,
  NLM_F_CREATE,
  NLM_F_EXCL,
  NLM_F_REPLACE,
  NUD_FAILED,
  NUD_NOARP,
  NUD_PERMANENT,
  NUD_REACHABLE,
  NUD_STALE,
  type NeighMessage,
  RTM_DELNEIGH,
  RTM_GETNEIGH,
  RTM_NEWNEIGH,
} from '../../../abi/index.ts'
import type { Rtnl } from './netlink.ts'
import type { Printer } from './output.ts'
import { parseHost } from './prefix.ts'
import { invalid, matches, noDevice, Quit, unknownCommand, usage, type Words } from './words.ts'

const USAGE = `Usage: ip neigh { add | del | change | replace }
                { ADDR [ lladdr LLADDR ] [ nud STATE ] } [ dev DEV ]

       ip neigh { show | flush } [ to PREFIX ] [ dev DEV ] [ nud STATE ]
`

const STATES: Readonly<Record<string, number>> = {
  permanent: NUD_PERMANENT,
  noarp: NUD_NOARP,
  reachable: NUD_REACHABLE,
  stale: NUD_STALE,
  failed: NUD_FAILED,
}

interface Given {
  dst: string | undefined
  dev: string | undefined
  lladdr: string | undefined
  state: number | undefined
}

function parse(words: Words, family: number): Given {
  const given: Given = { dst: undefined, dev: undefined, lladdr: undefined, state: undefined }
  while (words.more) {
    const word = words.take()
    if (word === 'lladdr') given.lladdr = words.argument()
    else if (word === 'nud') given.state = stateOf(words.argument())
    else if (word === 'dev') given.dev = words.argument()
    else if (word === 'all') given.state = 0xff
    else if (matches(word, 'help')) throw usage(USAGE)
    else given.dst = parseHost(word === 'to' ? words.argument() : word, family).address
  }
  return given
}

function stateOf(word: string): number {
  const state = word === 'all' ? 0xff : STATES[word]
  if (state === undefined) throw invalid('nud state is bad', word)
  return state
}

function* deviceOf(rtnl: Rtnl, name: string | undefined): Blocking<number> {
  if (name === undefined) return 0
  const index = yield* rtnl.indexOf(name)
  if (!index) throw noDevice(name)
  return index
}

function* modify(rtnl: Rtnl, words: Words, family: number, type: number, flags: number): Blocking<void> {
  const { dst, dev, lladdr, state } = parse(words, family)
  if (dev === undefined || dst === undefined)
    throw new Quit('Device and destination are required arguments.', 255)
  const index = yield* deviceOf(rtnl, dev)
  const neigh: NeighMessage = {
    family: dst.includes(':') ? 10 : 2,
    index,
    dst,
    ...(lladdr !== undefined && { lladdr }),
    ...(type === RTM_NEWNEIGH && { state: state ?? NUD_PERMANENT }),
  }
  yield* rtnl.talk({ type, flags, neigh })
}

function* picked(
  rtnl: Rtnl,
  words: Words,
  family: number,
): Blocking<readonly [Given, readonly NeighMessage[]]> {
  const given = parse(words, family)
  const index = yield* deviceOf(rtnl, given.dev)
  const answers = yield* rtnl.dump({ type: RTM_GETNEIGH })
  const state = given.state ?? 0xff & ~NUD_NOARP
  const found = answers.flatMap(({ neigh }) => (neigh ? [neigh] : []))
  return [
    given,
    found.filter(
      it =>
        (!index || it.index === index) &&
        (given.dst === undefined || it.dst === given.dst) &&
        (!family || it.family === family) &&
        ((it.state ?? 0) & state) !== 0,
    ),
  ]
}

function* show(rtnl: Rtnl, p: Printer, words: Words, family: number): Blocking<void> {
  const [given, found] = yield* picked(rtnl, words, family)
  for (const it of found) {
    const name = yield* rtnl.nameOf(it.index)
    const states = Object.entries(STATES)
      .filter(([, bit]) => (it.state ?? 0) & bit)
      .map(([word]) => word.toUpperCase())
    const dev = given.dev === undefined ? `dev ${p.paint(name, 'ifname')} ` : ''
    const lladdr = it.lladdr ? `lladdr ${p.paint(it.lladdr, 'mac')} ` : ''
    p.put(`${p.paint(it.dst, it.family === 10 ? 'inet6' : 'inet')} ${dev}${lladdr}${states.join(' ')} \n`, {
      dst: it.dst,
      ...(dev && { dev: name }),
      ...(it.lladdr && { lladdr: it.lladdr }),
      state: states,
    })
  }
}

function* flush(rtnl: Rtnl, words: Words, family: number): Blocking<void> {
  if (!words.more) throw new Quit('Flush requires arguments.', 255)
  const [given, found] = yield* picked(rtnl, words, family)
  const isKept = (it: NeighMessage): boolean => given.state === undefined && it.state === NUD_PERMANENT
  for (const neigh of found) if (!isKept(neigh)) yield* rtnl.talk({ type: RTM_DELNEIGH, neigh })
}

export function* ipNeighbour(rtnl: Rtnl, p: Printer, words: Words): Blocking<void> {
  const family = p.style.family === 'link' ? 0 : p.style.family
  if (!words.more) return yield* show(rtnl, p, words, family)
  const act = words.take()
  const change = (type: number, flags: number): Blocking<void> => modify(rtnl, words, family, type, flags)
  if (matches(act, 'add')) return yield* change(RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_EXCL)
  if (matches(act, 'change') || act === 'chg') return yield* change(RTM_NEWNEIGH, NLM_F_REPLACE)
  if (matches(act, 'replace')) return yield* change(RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_REPLACE)
  if (matches(act, 'delete')) return yield* change(RTM_DELNEIGH, 0)
  if (matches(act, 'show') || matches(act, 'lst') || matches(act, 'list'))
    return yield* show(rtnl, p, words, family)
  if (matches(act, 'flush')) return yield* flush(rtnl, words, family)
  if (matches(act, 'help')) throw usage(USAGE)
  throw unknownCommand(act, 'ip neigh')
}
