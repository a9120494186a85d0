/**
 * The keys of top: what each changes, what it asks for, and the help about them.
 * Linux: procps-ng src/top/top.c:do_key().
 */
import { type Blocking, Errno, signalNumber, type Sys } from '../../../abi/index.ts'
import type { Screen } from '../raw-terminal.ts'
import { readUsers, userId } from '../users.ts'
import { type Sample, shownFields, type TopView } from './top.ts'
import { BOLD } from './top-screen.ts'
import { isField, SCALES } from './top-fields.ts'
import { manageFields } from './top-manage.ts'

/** Where top is: what is shown and how, and what was said last. */
export interface State {
  delay: number
  message: string
  done: boolean
  before: Sample
  /** The row of messages and prompts. */
  row: number
  topPid: number
  /** The tasks as they are shown, and what `L` looks for in them. */
  lines: readonly string[]
  wanted: string
  readonly view: TopView
  /** `b`, `x`, `y`: what is marked is reversed instead of bold; the sort column, running tasks are marked. */
  reverse: boolean
  sortShown: boolean
  runningShown: boolean
}

const SORTS: Readonly<Record<string, string>> = { M: '%MEM', P: '%CPU', N: 'PID', T: 'TIME+' }

/** Scrolling keys, as lines; a page is a screenful. */
const SCROLLS: Readonly<Record<string, (page: number) => number>> = {
  up: () => -1,
  down: () => 1,
  pageup: page => -page,
  pagedown: page => page,
  home: () => Number.NEGATIVE_INFINITY,
  end: () => Number.POSITIVE_INFINITY,
}

const onOff = (is: boolean): string => (is ? 'On' : 'Off')

/** Do what a key means. */
export function* press(sys: Sys, screen: Screen, state: State, key: string): Blocking<void> {
  const { view } = state
  const scroll = SCROLLS[key]
  if (scroll) {
    view.first = Math.max(0, view.first + scroll(screen.rows - state.row - 1))
    return
  }
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
      state.message = `Cumulative time ${onOff(view.cumulative)}`
      return
    case 'I':
      view.solaris = !view.solaris
      state.message = `Irix mode ${onOff(!view.solaris)}`
      return
    case 'V':
      view.forest = !view.forest
      return
    case 'b':
      state.reverse = !state.reverse
      return
    case 'x':
      state.sortShown = !state.sortShown
      return
    case 'y':
      state.runningShown = !state.runningShown
      return
    case '<':
    case '>':
      return moveSort(screen, view, key === '<' ? -1 : 1)
    case '=':
      return showAll(view)
    case 'o':
    case 'O':
      return yield* addFilter(screen, state, key === 'O')
    case '\x0f':
      yield* screen.ask(
        state.row,
        `<Enter> to resume, filters: ${view.filters.map(it => `'${it.text}'`).join(' + ') || 'none'}`,
      )
      return
    case '+':
      view.filters = []
      return
    case 'L':
      state.wanted = (yield* screen.ask(state.row, 'Locate string')) ?? ''
      return locate(state, view.first)
    case '&':
      return locate(state, view.first + 1)
    case 'w':
    case 'G':
      state.message = "Command disabled, 'A' mode required"
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
    case 'f':
    case 'F':
      return yield* manageFields(screen, view)
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

/** The field beside the one the list is sorted by. */
function moveSort(screen: Screen, view: TopView, by: number): void {
  const fields = shownFields(view, screen.cols)
  view.sort = fields[fields.indexOf(view.sort) + by] ?? view.sort
}

/** Nothing but filters limits the list any more. */
function showAll(view: TopView): void {
  view.maxTasks = 0
  view.first = 0
  view.user = undefined
  view.pids = []
  view.hideIdle = false
}

/** The first line from `from` on with the text that was asked for comes to the top. */
function locate(state: State, from: number): void {
  const { view, wanted, lines } = state
  if (!wanted) return
  const at = lines.findIndex((line, i) => i + view.first >= from && line.includes(wanted))
  if (at < 0) state.message = `"${wanted}" not found`
  else view.first += at
}

/** A number that was typed; undefined, with a message, where it is none. */
function integer(state: State, text: string): number | undefined {
  if (/^-?\d+$/.test(text)) return Number(text)
  state.message = 'Unacceptable integer'
  return undefined
}

/** `[!]FIELD=text`, `[!]FIELD<value`, `[!]FIELD>value`. Linux: other_filters(). */
function* addFilter(screen: Screen, state: State, isExact: boolean): Blocking<void> {
  const { filters } = state.view
  const how = isExact ? 'case sensitive' : 'ignoring case'
  const answer = yield* screen.ask(state.row, `add filter #${filters.length + 1} (${how}) as: [!]FLD?VAL`)
  if (!answer) return
  const parts = /^(!?)([^=<>]*)([=<>])(.*)$/.exec(answer)
  if (!parts) state.message = "'include' filter delimiter is missing"
  else if (!isField(parts[2]!)) state.message = `unrecognized field name '${parts[2]}'`
  else if (!parts[4]) state.message = `'${parts[1] ? 'exclude' : 'include'}' filter value is missing`
  else
    filters.push({
      text: answer,
      isDenied: parts[1] === '!',
      isExact,
      field: parts[2]!,
      how: parts[3] as '=' | '<' | '>',
      value: parts[4],
    })
}

const HELP_SCREEN = (delay: number): string[] => [
  `${BOLD('Help for Interactive Commands')} - procps-ng 4.0.2`,
  `Window ${BOLD('1:Def')}: Cumulative mode ${BOLD('Off')}.  ${BOLD('System')}: Delay ${BOLD(`${delay.toFixed(1)} secs`)}; Secure mode ${BOLD('Off')}.`,
  '',
  "  E,e         Scale memory: 'E' summary; 'e' task windows",
  "  l,t,m       Toggle: 'l' load avg; 't' task/cpu; 'm' memory",
  "  1           Toggle: '1' single/separate states",
  '  M,N,P,T     Sort by: memory; pid; cpu; time.   R  Reverse the sort',
  '  c,i,S,H,V,I Toggle: command line; idle; cumulative time; threads; forest; Irix mode',
  '  o,O,+,=     Filter: on a field (O: case sensitive); + ends filters; = other limits',
  '  L,&         Locate a string; the next one',
  '  x,y,b       Mark: sort field; running tasks; reversed instead of bold',
  '  <,>         Sort by the field to the left or right; arrows and pages scroll',
  '  n,#,u,U     Limit: number of tasks; tasks of a user',
  '  k,r         Manipulate tasks: kill; renice',
  '  f           Fields: which are shown, their order, the one to sort by',
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
  const wanted = answer ? integer(state, answer) : undefined
  if (wanted !== undefined && wanted >= 0) state.view.maxTasks = wanted
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
  const pid = answer ? integer(state, answer) : state.topPid
  if (pid === undefined) return
  const name = yield* screen.ask(state.row, `Send pid ${pid} signal [15/sigterm]`)
  if (name === undefined) return
  const signal = signalNumber(name || '15')
  if (signal === undefined) {
    state.message = 'Invalid signal'
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
  const pid = answer ? integer(state, answer) : state.topPid
  if (pid === undefined) return
  const text = yield* screen.ask(state.row, `Renice PID ${pid} to value`)
  const value = text ? integer(state, text) : undefined
  if (value === undefined) return
  try {
    sys.setpriority(0, pid, value)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    state.message = `Failed renice of PID ${pid} to ${value}: ${e.message}`
  }
}
