/**
 * top - display Linux processes
 * Linux: procps-ng src/top/top.c; top(1).
 *
 * Left out: the field editor (f), other windows (A, G), colours, a saved configuration.
 */
import { type Blocking, Errno, signalNumber, type Sys } from '../../abi/index.ts'
import { command, fatal, type Flags, type Options, type Process } from '../lib/command.ts'
import { meminfo, procText } from '../lib/proc.ts'
import { Screen } from '../lib/raw-terminal.ts'
import {
  chosen,
  fieldNames,
  isField,
  sample,
  type Sample,
  SCALES,
  summary,
  taskLines,
  type TopView,
} from '../lib/procps/top.ts'
import { readUsers, userId, userName } from '../lib/users.ts'

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
    const user = (uid: number): string => userName(users, uid) ?? String(uid)
    if (!flags.batchMode && !sys.isatty(0)) throw fatal('failed tty get')
    let before = yield* sample(sys)
    // Reading terminfo and laying out its fields: top is seen in its own picture.
    yield* sys.burn(SETUP)
    yield* sys.nanosleep(PRIMING)
    if (!flags.batchMode) return yield* interactive(sys, me, view, before, delay, rounds, user)

    const width =
      flags.width === undefined ? Number(me.env.get('COLUMNS')) || 80 : Number(flags.width) || MAX_WIDTH
    for (let round = 0; round < rounds; round++) {
      if (round) {
        yield* sys.nanosleep(delay * 1e9)
        me.out.print('\n')
      }
      const after = yield* sample(sys)
      const shown = chosen(after, view)
      for (const line of yield* summary(sys, before, after, view, shown)) me.out.line(line.slice(0, width))
      me.out.line('')
      const memory = (yield* meminfo(sys))('MemTotal')
      for (const line of taskLines(before, after, view, shown, memory, user, width)) me.out.line(line)
      yield* me.out.flush()
      before = after
    }
    return 0
  },
})

function* viewOf(sys: Sys, flags: Flags<typeof OPTIONS>): Blocking<TopView> {
  const scale = (text: string | undefined, usual: number): number => {
    if (text === undefined) return usual
    const found = SCALES.indexOf(text)
    if (found < 0) throw fatal(`bad memory scaling arg '${text}'`)
    return found
  }
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
    memoryScale: scale(flags.scaleSummaryMem, 1),
    taskScale: scale(flags.scaleTaskMem, 0),
    showLoad: true,
    showCpus: true,
    showMemory: true,
    cumulative: flags.accumTimeToggle ?? false,
  }
}

const BOLD = (text: string): string => `\x1b[1m${text}\x1b[m`
const REVERSE = (text: string): string => `\x1b[7m${text}\x1b[m`
const CLEAR = '\x1b[H\x1b[J'

/** The screen: a picture every few seconds, keys in between. */
function* interactive(
  sys: Sys,
  me: Process,
  view: TopView,
  first: Sample,
  seconds: number,
  rounds: number,
  user: (uid: number) => string,
): Blocking<number> {
  const screen = new Screen(sys)
  yield* screen.enter()
  yield* sys.write(1, CLEAR)
  const state = { delay: seconds, message: '', done: false, before: first, row: 6, topPid: 0, view }
  for (let round = 0; round < rounds && !screen.quit && !state.done; round++) {
    const after = yield* sample(sys)
    yield* picture(sys, screen, state, after, user)
    state.before = after
    if (round + 1 >= rounds) break
    const typed = yield* screen.keys(state.delay * 1000)
    state.message = ''
    for (const key of typed) yield* press(sys, screen, state, key)
  }
  yield* screen.leave()
  void me
  return 0
}

interface State {
  delay: number
  message: string
  done: boolean
  before: Sample
  /** The row of messages and prompts. */
  row: number
  topPid: number
  readonly view: TopView
}

function* picture(
  sys: Sys,
  screen: Screen,
  state: State,
  after: Sample,
  user: (uid: number) => string,
): Blocking<void> {
  const { view, before } = state
  const shown = chosen(after, view)
  const head = yield* summary(sys, before, after, view, shown)
  const memory = (yield* meminfo(sys))('MemTotal')
  const [title, ...tasks] = taskLines(before, after, view, shown, memory, user, screen.cols)
  state.row = head.length + 1
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
    ...tasks
      .slice(0, Math.max(0, screen.rows - head.length - 2))
      .map(line => (/^\s*\d+ \S+\s+\S+\s+\S+\s+\S+\s+\S+\s+\S+ R /.test(line) ? BOLD(line) : line)),
  ])
}

const SORTS: Readonly<Record<string, string>> = { M: '%MEM', P: '%CPU', N: 'PID', T: 'TIME+' }

function* press(sys: Sys, screen: Screen, state: State, key: string): Blocking<void> {
  const { view } = state
  const sort = SORTS[key]
  if (sort) {
    view.sort = sort
    view.ascending = false
    return
  }
  switch (key) {
    case 'q':
      state.done = true
      return
    case 'R':
      view.ascending = !view.ascending
      return
    case 'c':
      view.fullCommand = !view.fullCommand
      return
    case '1':
      view.singleCpu = !view.singleCpu
      return
    case 'i':
      view.hideIdle = !view.hideIdle
      return
    case 'H':
      view.threads = !view.threads
      return
    case 'S':
      view.cumulative = !view.cumulative
      return
    case 'l':
      view.showLoad = !view.showLoad
      return
    case 't':
      view.showCpus = !view.showCpus
      return
    case 'm':
      view.showMemory = !view.showMemory
      return
    case 'E':
      view.memoryScale = (view.memoryScale + 1) % SCALES.length
      return
    case 'e':
      view.taskScale = (view.taskScale + 1) % (SCALES.length - 1)
      return
    case 'h':
    case '?':
      return yield* help(sys, screen, state)
    case 'd':
    case 's':
      return yield* changeDelay(screen, state)
    case 'n':
    case '#':
      return yield* changeTasks(screen, state)
    case 'u':
    case 'U':
      return yield* changeUser(sys, screen, state, key === 'U')
    case 'k':
      return yield* killTask(sys, screen, state)
    case 'r':
      return yield* reniceTask(sys, screen, state)
    case ' ':
    case '\n':
    case '\r':
      return
    default:
      if (key > ' ' && key < '\x7f') state.message = "Unknown command - try 'h' for help"
  }
}

const HELP_SCREEN = (delay: number): string[] => [
  `${BOLD('Help for Interactive Commands')} - procps-ng 4.0.2`,
  `Window ${BOLD('1:Def')}: Cumulative mode ${BOLD('Off')}.  ${BOLD('System')}: Delay ${BOLD(`${delay.toFixed(1)} secs`)}; Secure mode ${BOLD('Off')}.`,
  '',
  "  E,e         Scale memory: 'E' summary; 'e' task windows",
  "  l,t,m       Toggle: 'l' load avg; 't' task/cpu; 'm' memory",
  "  1           Toggle: '1' single/separate states",
  '  M,N,P,T     Sort by: memory; pid; cpu; time.   R  Reverse the sort',
  '  c,i,S       Toggle: command line; idle tasks; cumulative time',
  '  n,#,u,U     Limit: number of tasks; tasks of a user',
  '  k,r         Manipulate tasks: kill; renice',
  '  d or s      Set update interval',
  '  q           Quit',
  "          ( commands shown with '.' require a visible task display window )",
  "Press 'h' or '?' for help with Windows,",
  "Type 'q' or <Esc> to continue ",
]

function* help(_sys: Sys, screen: Screen, state: State): Blocking<void> {
  yield* screen.draw(HELP_SCREEN(state.delay))
  while (!screen.quit && !/[q\x1b\r\n ]/.test(yield* screen.keys(3_600_000)))
    yield* screen.draw(HELP_SCREEN(state.delay))
}

function* changeDelay(screen: Screen, state: State): Blocking<void> {
  const answer = yield* screen.ask(state.row, `Change delay from ${state.delay.toFixed(1)} to`)
  if (!answer) return
  const delay = Number(answer)
  if (delay >= 0) state.delay = delay
  else state.message = `Unacceptable floating point`
}

function* changeTasks(screen: Screen, state: State): Blocking<void> {
  const answer = yield* screen.ask(
    state.row,
    `Maximum tasks = ${state.view.maxTasks}, change to (0 is unlimited)`,
  )
  if (answer && /^\d+$/.test(answer)) state.view.maxTasks = Number(answer)
}

function* changeUser(sys: Sys, screen: Screen, state: State, any: boolean): Blocking<void> {
  const answer = yield* screen.ask(state.row, 'Which user (blank for all)')
  if (answer === undefined) return
  const uid = answer ? userId(yield* readUsers(sys), answer) : undefined
  if (answer && uid === undefined) state.message = 'Invalid user'
  else {
    state.view.user = uid
    state.view.anyUser = any
  }
}

function* killTask(sys: Sys, screen: Screen, state: State): Blocking<void> {
  const answer = yield* screen.ask(state.row, `PID to signal/kill [default pid = ${state.topPid}]`)
  if (answer === undefined) return
  const pid = answer ? Number(answer) : state.topPid
  const name = yield* screen.ask(state.row, `Send pid ${pid} signal [15/sigterm]`)
  if (name === undefined) return
  const signal = signalNumber(name || '15')
  if (signal === undefined || !(pid > 0)) {
    state.message = signal === undefined ? 'Invalid signal' : 'Unacceptable integer'
    return
  }
  try {
    yield* sys.kill(pid, signal)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    state.message = `Failed signal pid '${pid}' with '${signal}': ${e.message}`
  }
}

function* reniceTask(sys: Sys, screen: Screen, state: State): Blocking<void> {
  const answer = yield* screen.ask(state.row, `PID to renice [default pid = ${state.topPid}]`)
  if (answer === undefined) return
  const pid = answer ? Number(answer) : state.topPid
  const value = yield* screen.ask(state.row, `Renice PID ${pid} to value`)
  if (!value) return
  try {
    sys.setpriority(0, pid, Number(value))
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    state.message = `Failed renice of PID ${pid} to ${value}: ${e.message}`
  }
}
