/**
 * top - display Linux processes
 * Linux: procps-ng src/top/top.c; top(1).
 *
 * Left out: other windows (A, G), colours (z, Z), a saved configuration (W).
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { command, fatal, type Flags, type Options, type Process } from '../lib/command.ts'
import { meminfo, procText } from '../lib/proc.ts'
import { Screen } from '../lib/raw-terminal.ts'
import { chosen, sample, type Sample, summary, taskLines, type TopView } from '../lib/procps/top.ts'
import { fieldNames, isField, SCALES, usualColumns, type Words } from '../lib/procps/top-fields.ts'
import { press, type State } from '../lib/procps/top-keys.ts'
import { BOLD, keysOf, REVERSE } from '../lib/procps/top-screen.ts'
import { groupName, readUsers, userId, userName } from '../lib/users.ts'

const HELP = `
Usage:
 top [options]

Options:
 -b, --batch-mode                run in non-interactive batch mode
 -c, --cmdline-toggle            reverse last remembered 'c' state
 -d, --delay =SECS [.TENTHS]     iterative delay as SECS [.TENTHS]
 -E, --scale-summary-mem =SCALE  set mem as: k,m,g,t,p,e for SCALE
 -e, --scale-task-mem =SCALE     set mem with: k,m,g,t,p for SCALE
 -H, --threads-show              show tasks plus all their threads
 -i, --idle-toggle               reverse last remembered 'i' state
 -n, --iterations =NUMBER        exit on maximum iterations NUMBER
 -O, --list-fields               output all field names, then exit
 -o, --sort-override =FIELD      force sorting on this named FIELD
 -p, --pid =PIDLIST              monitor only the tasks in PIDLIST
 -S, --accum-time-toggle         reverse last remembered 'S' state
 -s, --secure-mode               run with secure mode restrictions
 -U, --filter-any-user =USER     show only processes owned by USER
 -u, --filter-only-euser =USER   show only processes owned by USER
 -w, --width [=COLUMNS]          change print width [,use COLUMNS]
 -1, --single-cpu-toggle         reverse last remembered '1' state

 -h, --help                      display this help text, then exit
 -V, --version                   output version information & exit

For more details see top(1).
`
/** What top waits between its first two looks, so that there is a difference to show. Linux: LIB_USLEEP. */
const PRIMING = 150_000_000
const SETUP = 20_000_000

const OPTIONS = {
  batchMode: { short: 'b' },
  cmdlineToggle: { short: 'c' },
  delay: { short: 'd', value: '=SECS' },
  scaleSummaryMem: { short: 'E', value: '=SCALE' },
  scaleTaskMem: { short: 'e', value: '=SCALE' },
  threadsShow: { short: 'H' },
  idleToggle: { short: 'i' },
  iterations: { short: 'n', value: '=NUMBER' },
  listFields: { short: 'O' },
  sortOverride: { short: 'o', value: '=FIELD' },
  pid: { short: 'p', value: '=PIDLIST', repeat: true },
  accumTimeToggle: { short: 'S' },
  secureMode: { short: 's' },
  filterAnyUser: { short: 'U', value: '=USER' },
  filterOnlyEuser: { short: 'u', value: '=USER' },
  width: { short: 'w', value: '[=COLUMNS]' },
  singleCpuToggle: { short: '1' },
} as const satisfies Options

/** The widest line, and the most processes -p may name. */
const MAX_WIDTH = 512
const MAX_PIDS = 20

export default command({
  name: 'top',
  summary: 'display Linux processes',
  suite: 'procps',
  usage: 'top [options]',
  help: HELP,
  options: OPTIONS,
  // top ends well after a wrong option: its getopt's message is all it says.
  wrongUsage: '',
  wrongStatus: 0,
  // "-w 200": the width may stand in the next word.
  obsolete: args =>
    args.flatMap((arg, i) => {
      const isWidth = (word: string | undefined) => /^-[a-zA-Z]*w$/.test(word ?? '')
      if (isWidth(arg) && args[i + 1] && !args[i + 1]!.startsWith('-')) return [arg + args[i + 1]]
      return isWidth(args[i - 1]) && !arg.startsWith('-') ? [] : [arg]
    }),

  *main(sys, flags, args, me) {
    if (args.length) throw fatal(`unknown option '${args[0]}'`)
    if (flags.listFields) {
      for (const name of fieldNames()) me.out.line(name)
      return 0
    }
    const delay = flags.delay === undefined ? 3 : Number(flags.delay)
    if (delay < 0) throw fatal('-d requires positive argument')
    if (!(delay >= 0)) throw fatal(`bad delay interval '${flags.delay}'`)
    if (flags.width && !(Number(flags.width) > 2 && Number(flags.width) <= MAX_WIDTH))
      throw fatal(`bad width arg '${flags.width}'`)
    const rounds = flags.iterations === undefined ? Number.POSITIVE_INFINITY : Number(flags.iterations)
    if (!(rounds > 0)) throw fatal(`bad iterations argument '${flags.iterations}'`)
    const view = yield* viewOf(sys, flags)
    if ((yield* procText(sys, '/proc/stat')) === undefined) {
      yield* sys.write(2, 'Error, do this: mount -t proc proc /proc\n')
      return 47
    }
    const users = yield* readUsers(sys)
    const names: Names = {
      user: uid => userName(users, uid) ?? String(uid),
      group: gid => groupName(users, gid) ?? String(gid),
    }
    if (!flags.batchMode && !sys.isatty(0)) throw fatal('failed tty get')
    let before = yield* sample(sys, view.threads)
    // Reading terminfo and laying out its fields: top is seen in its own picture.
    yield* sys.burn(SETUP)
    yield* sys.nanosleep(PRIMING)
    if (!flags.batchMode) return yield* interactive(sys, me, view, before, delay, rounds, names)

    const width =
      flags.width === undefined ? Number(me.env.get('COLUMNS')) || 80 : Number(flags.width) || MAX_WIDTH
    for (let round = 0; round < rounds; round++) {
      if (round) {
        yield* sys.nanosleep(delay * 1e9)
        me.out.print('\n')
      }
      const after = yield* sample(sys, view.threads)
      const shown = chosen(after, view)
      for (const line of yield* summary(sys, before, after, view, shown)) me.out.line(line.slice(0, width))
      me.out.line('')
      const memory = (yield* meminfo(sys))('MemTotal')
      for (const line of yield* taskLines(sys, before, after, view, shown, memory, names, width))
        me.out.line(line)
      yield* me.out.flush()
      before = after
    }
    return 0
  },
})

function* viewOf(sys: Sys, flags: Flags<typeof OPTIONS>): Blocking<TopView> {
  const scale = (text: string | undefined, usual: number, letters: string): number => {
    if (text === undefined) return usual
    const found = letters.indexOf(text)
    if (found < 0) throw fatal(`bad memory scaling arg '${text}'`)
    return found
  }
  if (flags.sortOverride === '') throw fatal('-o argument missing')
  const sort = flags.sortOverride?.replace(/^[+-]/, '') ?? '%CPU'
  if (!isField(sort)) throw fatal(`unrecognized field name '${sort}'`)
  const pids = (flags.pid ?? []).flatMap(it => it.split(','))
  for (const it of pids) if (!/^\d+$/.test(it)) throw fatal(`bad pid '${it}'`)
  if (pids.length > MAX_PIDS) throw fatal(`pid limit (${MAX_PIDS}) exceeded`)
  const selections = [flags.filterAnyUser, flags.filterOnlyEuser, flags.pid]
  const who = flags.filterAnyUser ?? flags.filterOnlyEuser
  const user = who === undefined ? undefined : userId(yield* readUsers(sys), who)
  if (who !== undefined && user === undefined) throw fatal('Invalid user')
  if (selections.filter(it => it !== undefined).length > 1)
    throw fatal('conflicting process selections (U/p/u)')
  return {
    sort,
    ascending: flags.sortOverride?.startsWith('-') ?? false,
    fullCommand: flags.cmdlineToggle ?? false,
    singleCpu: flags.singleCpuToggle ?? false,
    hideIdle: flags.idleToggle ?? false,
    threads: flags.threadsShow ?? false,
    forest: false,
    pids: pids.map(it => Number(it) || sys.getpid()),
    user,
    anyUser: flags.filterAnyUser !== undefined,
    maxTasks: 0,
    first: 0,
    filters: [],
    solaris: false,
    memoryScale: scale(flags.scaleSummaryMem, 1, SCALES),
    taskScale: scale(flags.scaleTaskMem, 0, SCALES.slice(0, -1)),
    showLoad: true,
    showCpus: true,
    showMemory: true,
    cumulative: flags.accumTimeToggle ?? false,
    columns: usualColumns(),
  }
}

type Names = Pick<Words, 'user' | 'group'>

const CLEAR = '\x1b[H\x1b[J'

/** The screen: a picture every few seconds, keys in between. */
function* interactive(
  sys: Sys,
  me: Process,
  view: TopView,
  first: Sample,
  seconds: number,
  rounds: number,
  names: Names,
): Blocking<number> {
  const screen = new Screen(sys)
  yield* screen.enter()
  yield* sys.write(1, CLEAR)
  const state: State = {
    delay: seconds,
    message: '',
    done: false,
    before: first,
    row: 6,
    topPid: 0,
    lines: [],
    wanted: '',
    view,
    reverse: false,
    sortShown: false,
    runningShown: true,
  }
  for (let round = 0; round < rounds && !screen.quit && !state.done; round++) {
    const after = yield* sample(sys, view.threads)
    yield* picture(sys, screen, state, after, names)
    state.before = after
    if (round + 1 >= rounds) break
    const typed = yield* screen.keys(state.delay * 1000)
    state.message = ''
    for (const key of keysOf(typed)) yield* press(sys, screen, state, key)
  }
  yield* screen.leave()
  void me
  return 0
}

function* picture(sys: Sys, screen: Screen, state: State, after: Sample, names: Names): Blocking<void> {
  const { view, before } = state
  const shown = chosen(after, view)
  const head = yield* summary(sys, before, after, view, shown)
  const memory = (yield* meminfo(sys))('MemTotal')
  const [title, ...tasks] = yield* taskLines(sys, before, after, view, shown, memory, names, screen.cols)
  state.row = head.length + 1
  state.lines = tasks
  state.topPid = Number.parseInt(tasks[0] ?? '0', 10)
  const strong = (line: string): string =>
    line
      .slice(0, screen.cols)
      .replace(
        /\d+(\.\d+)?(?= *(total|running|sleeping|stopped|zombie|us|sy|ni|id|wa|hi|si|st|free|used|buff|avail))/g,
        BOLD('$&'),
      )
  yield* screen.draw([
    ...head.map(strong),
    state.message ? REVERSE(` ${state.message} `) : '',
    REVERSE(title!.padEnd(screen.cols)),
    ...tasks.slice(0, Math.max(0, screen.rows - head.length - 2)).map(line => marked(line, title!, state)),
  ])
}

/** A task that runs, or only its column that the list is sorted by, stands out. */
function marked(line: string, title: string, { view, reverse, sortShown, runningShown }: State): string {
  const mark = reverse ? REVERSE : BOLD
  const isRunning = /^\s*\d+ \S+\s+\S+\s+\S+\s+\S+\s+\S+\s+\S+ R /.test(line)
  if (isRunning && runningShown) return mark(line)
  const at = title.indexOf(view.sort)
  if (!sortShown || at < 0) return line
  const end = view.sort === 'COMMAND' ? line.length : at + view.sort.length
  const start = line.slice(0, end).search(/\S+\s*$/)
  return line.slice(0, start) + mark(line.slice(start, end)) + line.slice(end)
}
