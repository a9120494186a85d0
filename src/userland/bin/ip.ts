/**
 * ip - show / manipulate routing, network devices, interfaces and namespaces
 * iproute2: ip/ip.c; ip(8), ip-link(8), ip-address(8), ip-route(8), ip-neighbour(8), ip-netns(8).
 *
 * Left out: objects but those above and rule, which lists; monitor, -batch, -timestamp, -rcvbuf, -loops.
 */
import { AF_INET, AF_INET6, type Blocking, type Sys } from '../../abi/index.ts'
import { command, type Process } from '../lib/command.ts'
import { ipAddress } from '../lib/ip/addr.ts'
import { ipLink } from '../lib/ip/link.ts'
import { ipNeighbour } from '../lib/ip/neigh.ts'
import { Rtnl } from '../lib/ip/netlink.ts'
import { ipNetns } from '../lib/ip/netns.ts'
import { enterNetns } from '../lib/ip/netns-names.ts'
import { Printer, type Style } from '../lib/ip/output.ts'
import { ipRoute } from '../lib/ip/route.ts'
import { ipRule } from '../lib/ip/rule.ts'
import { invalid, matches, Quit, usage, Words } from '../lib/ip/words.ts'

const USAGE = `Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }
where  OBJECT := { address | link | neighbour | netns | route | rule }
       OPTIONS := { -V[ersion] | -s[tatistics] | -d[etails] | -h[uman-readable] |
                    -j[son] | -p[retty] | -f[amily] { inet | inet6 | link } |
                    -4 | -6 | -0 | -br[ief] | -o[neline] | -n[etns] name | -a[ll] |
                    -c[olor] }
`
const VERSION = 'ip utility, iproute2-6.1.0, libbpf 1.1.2\n'

type Object_ = (rtnl: Rtnl, p: Printer, words: Words) => Blocking<void>

/** In the order in which the beginnings of their names are tried. */
const OBJECTS: readonly (readonly [string, Object_ | undefined])[] = [
  ['address', ipAddress],
  ['addrlabel', undefined],
  ['route', ipRoute],
  ['rule', ipRule],
  ['neighbor', ipNeighbour],
  ['neighbour', ipNeighbour],
  ['ntable', undefined],
  ['link', ipLink],
  ['netns', undefined],
]

interface Options {
  readonly style: Style
  readonly netns: string | undefined
  readonly isAll: boolean
  readonly words: readonly string[]
  readonly ends: 'help' | 'version' | undefined
}

/** One word of the options: `-4`, `-br`, `--json`, `-f inet6` … */
const OPTIONS: readonly (readonly [string, string])[] = [
  ['family', 'value'],
  ['4', 'flag'],
  ['6', 'flag'],
  ['0', 'flag'],
  ['human-readable', 'flag'],
  ['iec', 'flag'],
  ['statistics', 'flag'],
  ['details', 'flag'],
  ['resolve', 'flag'],
  ['oneline', 'flag'],
  ['Version', 'flag'],
  ['force', 'flag'],
  ['brief', 'flag'],
  ['json', 'flag'],
  ['pretty', 'flag'],
  ['color', 'flag'],
  ['help', 'flag'],
  ['netns', 'value'],
  ['Numeric', 'flag'],
  ['all', 'flag'],
]

function familyFrom(word: string): number | 'link' {
  if (word === 'inet' || word === 'inet6') return word === 'inet' ? AF_INET : AF_INET6
  if (word === 'link') return 'link'
  throw invalid('invalid protocol family', word)
}

function parseOptions(args: readonly string[]): Options {
  const words = [...args]
  const given = new Map<string, string>()
  let family: number | 'link' = 0
  let stats = 0
  while (words[0]?.startsWith('-')) {
    const word = words.shift()!
    if (word === '--') break
    const [name, value] = word.replace(/^--?/, '').split('=')
    const found = OPTIONS.find(
      ([full]) => (full === 'help' ? /^(h|help)$/ : /./).test(name!) && matches(name!, full),
    )
    if (!found) throw new Quit(`Option "${word.replace(/^--/, '-')}" is unknown, try "ip -help".`)
    const [full, kind] = found
    if (kind === 'value') given.set(full, words.shift() ?? '(null)')
    else given.set(full, value ?? '')
    if (full === 'family') family = familyFrom(given.get(full)!)
    if (full === '4' || full === '6' || full === '0')
      family = full === '4' ? AF_INET : full === '6' ? AF_INET6 : 'link'
    if (full === 'statistics') stats++
  }
  const has = (name: string): boolean => given.has(name)
  return {
    style: {
      family,
      mode: false,
      json: has('json'),
      pretty: has('pretty'),
      oneline: has('oneline'),
      brief: has('brief'),
      color: has('color') && given.get('color') !== 'never' && !has('json'),
      details: has('details'),
      stats,
    },
    netns: given.get('netns'),
    isAll: has('all'),
    words,
    ends: has('Version') ? 'version' : has('help') ? 'help' : undefined,
  }
}

function* main(sys: Sys, args: readonly string[], me: Process): Blocking<void> {
  const { style, netns, isAll, words, ends } = parseOptions(args)
  if (ends === 'version') return void me.out.print(VERSION)
  if (netns !== undefined) yield* enterNetns(sys, netns)
  const [object = '', ...rest] = words
  if (ends === 'help' || !object || matches(object, 'help')) throw usage(USAGE)
  const found = OBJECTS.find(([name]) => matches(object, name))
  if (!found) throw new Quit(`Object "${object}" is unknown, try "ip help".`, 1)
  const [name, run] = found
  const rtnl = new Rtnl(sys)
  const p = new Printer(me.out, name === 'link' ? { ...style, family: 'link', mode: true } : style)
  if (run) yield* run(rtnl, p, new Words(rest))
  else if (name === 'netns') yield* ipNetns({ rtnl, sys, p, words: new Words(rest), envp: me.envp, isAll })
  else throw new Quit(`Object "${object}" is unknown, try "ip help".`, 1)
  if (shows(name, rest)) p.finish()
}

/** JSON is an answer to a question. */
const shows = (name: string, [act = 'show']: readonly string[]): boolean =>
  ['show', 'list', 'lst', 'get', 'list-id'].some(it => matches(act, it)) && name !== ''

export default command({
  name: 'ip',
  summary: 'show / manipulate routing, network devices, interfaces and tunnels',
  usage: 'ip [ OPTIONS ] OBJECT { COMMAND | help }',
  suite: 'other',
  raw: true,
  *main(sys, _flags, args, me) {
    try {
      yield* main(sys, args, me)
    } catch (e) {
      if (!(e instanceof Quit)) throw e
      if (e.message) yield* sys.write(2, `${e.message}\n`)
      return e.status
    }
    return 0
  },
})
