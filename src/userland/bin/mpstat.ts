/**
 * mpstat - report processors related statistics
 * Linux: sysstat 12.6, mpstat.c; mpstat(1).
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { command, type Process } from '../lib/command.ts'
import {
  clock,
  banner,
  date,
  decimalsOf,
  Paint,
  Pause,
  type Rounds,
  roundsOf,
  Usage,
  VERSION,
} from '../lib/sysstat/common.ts'
import { type Counters, numbers, type Place, placeOf, readCounters, readNodes } from '../lib/sysstat/cpus.ts'
import { type Host, type Item, json, type Plan, type Span, tables, text } from '../lib/sysstat/mpstat.ts'

const USAGE = `Usage: mpstat [ options ] [ <interval> [ <count> ] ]
Options are:
[ -A ] [ -n ] [ -T ] [ -u ] [ -V ]
[ -I { SUM | CPU | SCPU | ALL } ] [ -N { <node_list> | ALL } ]
[ --dec={ 0 | 1 | 2 } ] [ -o JSON ] [ -P { <cpu_list> | ALL } ]
`

/** The words of the command line, sorted. */
interface Wish {
  readonly letters: Set<string>
  readonly interrupts: Set<string>
  /** Lists of -P and -N. */
  readonly cpus: string[]
  readonly nodes: string[]
  readonly rounds: Rounds
  readonly decimals: number
  readonly json: boolean
}

export default command({
  name: 'mpstat',
  summary: 'report processors related statistics',
  suite: 'other',
  usage: 'mpstat [ options ] [ <interval> [ <count> ] ]',
  help: USAGE,
  raw: true,

  *main(sys, _flags, args, me) {
    try {
      const wish = wishOf(args)
      if (wish) return yield* report(sys, me, wish)
      me.out.print(VERSION)
      return 0
    } catch (e) {
      if (!(e instanceof Usage)) throw e
      yield* sys.write(2, USAGE)
      return 1
    }
  },
})

const INTERRUPTS = ['SUM', 'CPU', 'SCPU', 'ALL']

/** What is asked for; undefined for the version. */
function wishOf(args: readonly string[]): Wish | undefined {
  const letters = new Set<string>()
  const interrupts = new Set<string>()
  const cpus: string[] = []
  const nodes: string[] = []
  const words: string[] = []
  let decimals = 2
  let isJson = false
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    const value = (): string => {
      const it = args[++i]
      if (it === undefined) throw new Usage()
      return it
    }
    if (arg.startsWith('--dec')) decimals = decimalsOf(arg)
    else if (arg === '-I') for (const it of value().split(',')) interrupts.add(it)
    else if (arg === '-P') cpus.push(value())
    else if (arg === '-N') nodes.push(value())
    else if (arg === '-o') {
      if (value() !== 'JSON') throw new Usage()
      isJson = true
    } else if (/^-[AnTuV]+$/.test(arg)) for (const letter of arg.slice(1)) letters.add(letter)
    else words.push(arg)
  }
  if ([...interrupts].some(it => !INTERRUPTS.includes(it))) throw new Usage()
  if (letters.has('V')) return undefined
  return { letters, interrupts, cpus, nodes, rounds: roundsOf(words), decimals, json: isJson }
}

/** A list of -P or -N: `all`, numbers, or ALL for both. */
function itemsOf(lists: readonly string[], known: readonly number[]): Item[] {
  const found = new Set<Item>()
  for (const list of lists) {
    if (list === 'ALL') for (const it of ['all', ...known] as const) found.add(it)
    else
      for (const part of list.split(',').filter(Boolean)) {
        const some = part === 'all' ? (['all'] as const) : numbers(part)
        if (!some?.every(it => it === 'all' || known.includes(it))) throw new Usage()
        for (const it of some) found.add(it)
      }
  }
  return (['all', ...known] as const).filter(it => found.has(it))
}

function planOf({ letters, interrupts, cpus, nodes }: Wish, host: Host): Plan {
  const every = letters.has('A')
  const kind = (name: string): boolean => every || interrupts.has('ALL') || interrupts.has(name)
  const node = every || letters.has('n') || nodes.length > 0
  const cpu = every || letters.has('u') || letters.has('T') || (!node && !interrupts.size)
  const nodeNumbers = host.nodes.map(it => it.number)
  return {
    cpu,
    node,
    sum: kind('SUM'),
    hard: kind('CPU'),
    soft: kind('SCPU'),
    items: itemsOf(cpus.length ? cpus : [every ? 'ALL' : 'all'], host.cpus),
    chosen: cpus.length > 0,
    nodeItems: itemsOf(nodes.length ? nodes : [every ? 'ALL' : 'all'], nodeNumbers),
    topology: letters.has('T'),
  }
}

function* hostOf(sys: Sys, counters: Counters): Blocking<Host> {
  const cpus = [...counters.cpus.keys()]
  const nodes = yield* readNodes(sys, cpus)
  const places = new Map<number, Place>()
  for (const cpu of cpus) places.set(cpu, yield* placeOf(sys, cpu, nodes))
  return { cpus, places, nodes }
}

/** One report since the boot, or one after each interval and their average. */
function* report(sys: Sys, me: Process, wish: Wish): Blocking<number> {
  const { interval, count } = wish.rounds
  const paint = new Paint(sys, me, wish.decimals)
  const first = yield* readCounters(sys)
  const host = yield* hostOf(sys, first)
  const plan = planOf(wish, host)
  if (wish.json) return yield* reportJson(sys, me, wish, plan, host, first, paint)
  me.out.print(banner(sys, me, host.cpus.length))
  const time = clock(sys, me)
  const print = function* (span: Span, isHeaded: boolean): Blocking<void> {
    me.out.print(text(tables(plan, host, span, paint), span, isHeaded))
    yield* me.out.flush()
  }
  if (!interval) {
    yield* print({ before: undefined, after: first, head: time, row: time }, true)
    return 0
  }
  const repeats = manyKinds(plan)
  const pause = new Pause(sys)
  let before = first
  let head = time
  for (let round = 0; round < count; round++) {
    yield* pause.for(interval)
    if (pause.isOver) break
    const after = yield* readCounters(sys)
    const row = clock(sys, me)
    yield* print({ before, after, head, row }, repeats || round === 0)
    before = after
    head = row
  }
  if (before !== first)
    yield* print({ before: first, after: before, head: 'Average:', row: 'Average:' }, repeats)
  return 0
}

/** More than one table, or rows of single processors. */
function manyKinds({ cpu, node, sum, hard, soft, items, nodeItems }: Plan): boolean {
  const kinds = [cpu, node, sum, hard, soft].filter(it => it).length
  const single = (cpu || sum) && items.some(it => it !== 'all')
  return kinds > 1 || single || (node && nodeItems.some(it => it !== 'all'))
}

function* reportJson(
  sys: Sys,
  me: Process,
  { rounds: { interval, count } }: Wish,
  plan: Plan,
  host: Host,
  first: Counters,
  paint: Paint,
): Blocking<number> {
  const { nodename, sysname, release, machine } = sys.uname()
  const member = (name: string, value: string): string => `\t\t\t"${name}": ${value},\n`
  me.out.print(
    `{"sysstat": {\n\t"hosts": [\n\t\t{\n${member('nodename', `"${nodename}"`)}${member('sysname', `"${sysname}"`)}` +
      `${member('release', `"${release}"`)}${member('machine', `"${machine}"`)}` +
      `${member('number-of-cpus', String(host.cpus.length))}${member('date', `"${date(sys, me)}"`)}\t\t\t"statistics": [\n`,
  )
  const pause = new Pause(sys)
  let before: Counters | undefined = interval ? first : undefined
  for (let round = 0; round < count; round++) {
    if (interval) yield* pause.for(interval)
    if (pause.isOver) break
    const after: Counters = interval ? yield* readCounters(sys) : first
    const span = { before, after, head: '', row: '' }
    me.out.print((round ? ',\n' : '') + json(tables(plan, host, span, paint), clock(sys, me)))
    yield* me.out.flush()
    before = after
  }
  me.out.print('\n\t\t\t]\n\t\t}\n\t]\n}}\n')
  return 0
}
