/**
 * cgtop - show control groups by what they use
 * A program of Vitrine's own: `man cgtop` is its manual. What it shows looks like systemd-cgtop(1), which needs systemd.
 */
import { type Blocking, ENOENT, EINTR, SIGINT, type Sys } from '../../abi/index.ts'
import { command, fatal, type Flags, type Options, type Process } from '../lib/command.ts'
import { type Hierarchy, hierarchies, nameOf } from '../lib/cgview/groups.ts'
import { type Row, rowOf, type Sample, sample } from '../lib/cgview/usage.ts'
import { canonical } from '../lib/mountinfo-path.ts'
import { statOf } from '../lib/path.ts'
import { Screen } from '../lib/raw-terminal.ts'
import { textWidth } from '../lib/wcwidth.ts'

const OPTIONS = {
  batch: { short: 'b', help: 'print one table after the other; so it does without a terminal' },
  iterations: { short: 'n', value: '=N', help: 'end after N tables' },
  delay: { short: 'd', value: '=SECONDS', help: 'time between tables, 1 by default' },
  path: { short: 'p', help: 'sort by path' },
  tasks: { short: 't', help: 'sort by tasks' },
  cpu: { short: 'c', help: 'sort by CPU, the default' },
  memory: { short: 'm', help: 'sort by memory' },
  io: { short: 'i', help: 'sort by input and output' },
  order: { value: '=KEY', help: 'sort by path, tasks, cpu, memory or io' },
  raw: { short: 'r', help: 'sizes in bytes' },
  processes: { short: 'P', help: 'count processes, not tasks' },
  depth: { value: '=N', help: 'how deep below the first group to look, 3 by default' },
  quota: { short: 'x', help: 'show quotas, and in how many percent of the periods they were used up' },
} as const satisfies Options

export default command({
  name: 'cgtop',
  summary: 'show control groups by what they use',
  suite: 'other',
  usage: 'cgtop [OPTION]... [GROUP]',
  version: 'cgtop (Vitrine)\n',
  options: OPTIONS,
  epilogue:
    "Keys: p t c m i sort, x shows quotas, r sizes in bytes, + and - change the delay, q ends.\nThis program is Vitrine's own. On hosts with systemd, systemd-cgtop shows the like.",

  *main(sys, flags, args, me) {
    if (args.length > 1) throw fatal('too many arguments')
    const all = yield* hierarchies(sys)
    if (!all.length) throw fatal('no cgroup file system is mounted')
    const top = new Top(sys, me, all, settingsOf(flags, rootOf(sys, all, args[0])))
    return yield* flags.batch || !sys.isatty(0) || !sys.isatty(1) ? top.batch() : top.screen()
  },
})

const ORDERS = ['path', 'tasks', 'cpu', 'memory', 'io'] as const
type Order = (typeof ORDERS)[number]

interface Settings {
  readonly root: string
  readonly depth: number
  readonly iterations: number
  readonly counting: 'tasks' | 'processes'
  order: Order
  delay: number
  raw: boolean
  quota: boolean
}

function settingsOf(flags: Flags<typeof OPTIONS>, root: string): Settings {
  const number = (text: string | undefined, usual: number, what: string): number => {
    if (text === undefined) return usual
    if (!/^\d+(\.\d+)?$/.test(text)) throw fatal(`invalid ${what}: '${text}'`)
    return Number(text)
  }
  const order = flags.order ?? ORDERS.find(it => flags[it]) ?? 'cpu'
  if (!(ORDERS as readonly string[]).includes(order)) throw fatal(`invalid order: '${order}'`)
  const iterations = number(flags.iterations, Number.POSITIVE_INFINITY, 'number of iterations')
  const delay = number(flags.delay, 1, 'delay')
  if (!iterations || !delay) throw fatal('the number of iterations and the delay must be above 0')
  return {
    root,
    depth: number(flags.depth, 3, 'depth'),
    iterations,
    counting: flags.processes ? 'processes' : 'tasks',
    order: order as Order,
    delay,
    raw: flags.raw ?? false,
    quota: flags.quota ?? false,
  }
}

/** The path of the group to begin with: it may be given as a directory. */
function rootOf(sys: Sys, all: readonly Hierarchy[], text = '/'): string {
  const directory = canonical(sys, text)
  const mounted = all.find(it => `${directory}/`.startsWith(`${it.path}/`))
  const path = mounted ? nameOf(mounted, directory) : `/${text.replace(/^\/+|\/+$/g, '')}`
  if (!all.some(it => statOf(sys, it.path + path))) throw fatal(text, ENOENT)
  return path
}

/** What each order compares; the largest comes first, equal ones by path. */
const VALUE: Readonly<Record<Order, (row: Row) => number>> = {
  path: () => 0,
  tasks: row => row.tasks ?? -1,
  cpu: row => row.share ?? -1,
  memory: row => row.memory ?? -1,
  io: row => (row.input ?? -1) + (row.output ?? -1),
}

class Top {
  readonly #sys: Sys
  readonly #me: Process
  readonly #all: readonly Hierarchy[]
  readonly #settings: Settings

  constructor(sys: Sys, me: Process, all: readonly Hierarchy[], settings: Settings) {
    this.#sys = sys
    this.#me = me
    this.#all = all
    this.#settings = settings
  }

  /** Tables below each other, the first with what has been used during the first interval. */
  *batch(): Blocking<number> {
    let isOver = false
    this.#sys.sigaction(SIGINT, () => {
      isOver = true
    })
    let before = yield* this.#sample()
    for (let round = 0; round < this.#settings.iterations; round++) {
      try {
        yield* this.#sys.nanosleep(this.#settings.delay * 1e9)
      } catch (e) {
        if (e !== EINTR) throw e
      }
      if (isOver) return 0
      const after = yield* this.#sample()
      if (round) this.#me.out.line('')
      for (const line of this.#table(before, after, Number.POSITIVE_INFINITY)) this.#me.out.line(line)
      yield* this.#me.out.flush()
      before = after
    }
    return 0
  }

  *screen(): Blocking<number> {
    const screen = new Screen(this.#sys)
    yield* screen.enter()
    let before: Sample | undefined
    for (let round = 0; round <= this.#settings.iterations && !screen.quit; ) {
      const after = yield* this.#sample()
      // A key does not shorten what rates are made of.
      const isDue = !before || after.at - before.at >= this.#settings.delay * 0.9
      const [heads = '', ...rows] = this.#table(before, after, screen.cols)
      yield* screen.draw([`\x1b[7m${heads.padEnd(screen.cols)}\x1b[0m`, ...rows.slice(0, screen.rows - 1)])
      if (isDue) {
        before = after
        round++
      }
      if (round > this.#settings.iterations) break
      if (this.#press(yield* screen.keys(this.#settings.delay * 1000))) break
    }
    yield* screen.leave()
    return 0
  }

  /** What keys do; true for the end. */
  #press(keys: string): boolean {
    for (const key of keys) {
      const order = ORDERS.find(it => it[0] === key)
      if (order) this.#settings.order = order
      if (key === 'r') this.#settings.raw = !this.#settings.raw
      if (key === 'x') this.#settings.quota = !this.#settings.quota
      if (key === '+') this.#settings.delay += this.#settings.delay < 1 ? 0.25 : 1
      if (key === '-')
        this.#settings.delay = Math.max(0.25, this.#settings.delay - (this.#settings.delay <= 1 ? 0.25 : 1))
      if (key === 'q') return true
    }
    return false
  }

  *#sample(): Blocking<Sample> {
    const { root, depth, counting } = this.#settings
    return yield* sample(this.#sys, this.#all, root, depth, counting)
  }

  #table(before: Sample | undefined, after: Sample, width: number): string[] {
    const { order, raw, quota, counting } = this.#settings
    const rows = [...after.groups.values()].map(it => rowOf(before, after, it))
    const value = VALUE[order]
    // A group has what those below it have: it stands before them, however its numbers are rounded.
    rows.sort((a, b) => {
      if (isAbove(a.path, b.path)) return -1
      if (isAbove(b.path, a.path)) return 1
      return value(b) - value(a) || (a.path < b.path ? -1 : 1)
    })
    const size = (bytes: number | undefined): string => (raw ? whole(bytes) : human(bytes))
    const columns: readonly (readonly [head: string, width: number, of: (row: Row) => string])[] = [
      [counting === 'tasks' ? 'Tasks' : 'Procs', 7, row => whole(row.tasks)],
      ['%CPU', 7, row => tenths(row.share)],
      ...(quota
        ? ([
            ['Quota', 7, (row: Row) => tenths(row.quota === undefined ? undefined : row.quota * 100)],
            ['%Thr', 7, (row: Row) => tenths(row.short)],
          ] as const)
        : []),
      ['Memory', raw ? 12 : 9, row => size(row.memory)],
      ['Input/s', raw ? 12 : 9, row => size(row.input)],
      ['Output/s', raw ? 12 : 9, row => size(row.output)],
    ]
    const taken = columns.reduce((sum, [, it]) => sum + it, 0)
    const longest = Math.max(6, ...rows.map(it => textWidth(it.path)))
    const room = Math.max(12, Math.min(Math.max(longest, 36), width - taken))
    const path = (text: string): string =>
      (textWidth(text) > room ? `${text.slice(0, room - 1)}…` : text).padEnd(room)
    return [
      path('CGroup') + columns.map(([head, it]) => head.padStart(it)).join(''),
      ...rows.map(row => path(row.path) + columns.map(([, it, of]) => of(row).padStart(it)).join('')),
    ]
  }
}

const isAbove = (path: string, other: string): boolean =>
  path !== other && other.startsWith(path === '/' ? path : `${path}/`)

const whole = (value: number | undefined): string => (value === undefined ? '-' : String(Math.round(value)))
const tenths = (value: number | undefined): string => (value === undefined ? '-' : value.toFixed(1))

/** `12.5M`; less than a kilobyte as it is. */
function human(bytes: number | undefined): string {
  if (bytes === undefined) return '-'
  let amount = bytes
  let unit = 0
  while (amount >= 1024 && unit < 4) {
    amount /= 1024
    unit++
  }
  return unit ? `${amount.toFixed(1)}${'KMGT'[unit - 1]}` : `${Math.round(amount)}B`
}
