/**
 * pidstat - report statistics for Linux tasks
 * Linux: sysstat 12.6, pidstat.c; pidstat(1).
 */
import {
  type Blocking,
  CLOCK_REALTIME,
  Errno,
  SIGCHLD,
  SIG_DFL,
  SIGINT,
  type Sys,
  WNOHANG,
} from '../../abi/index.ts'
import { command, execvp, type Process } from '../lib/command.ts'
import { cpuTimes, HZ, meminfo, uptime } from '../lib/proc.ts'
import { banner, clock, Paint, Pause, Usage, VERSION } from '../lib/sysstat/common.ts'
import { CHILD, type Span, type Style, type Table, TASK } from '../lib/sysstat/pidstat.ts'
import { type Wish, wishOf } from '../lib/sysstat/pidstat-options.ts'
import { readTasks, type TaskCounters } from '../lib/sysstat/tasks.ts'
import { readUsers, userName } from '../lib/users.ts'

const USAGE = `Usage: pidstat [ options ] [ <interval> [ <count> ] ] [ -e <program> <args> ]
Options are:
[ -d ] [ -H ] [ -h ] [ -I ] [ -l ] [ -R ] [ -r ] [ -s ] [ -t ] [ -U [ <username> ] ]
[ -u ] [ -V ] [ -v ] [ -w ] [ -C <command> ] [ -G <process_name> ]
[ -p { <pid> [,...] | SELF | ALL } ] [ -T { TASK | CHILD | ALL } ]
[ --dec={ 0 | 1 | 2 } ] [ --human ]
`

export default command({
  name: 'pidstat',
  summary: 'report statistics for Linux tasks',
  suite: 'other',
  usage: 'pidstat [ options ] [ <interval> [ <count> ] ] [ -e <program> <args> ]',
  help: USAGE,
  raw: true,

  *main(sys, _flags, args, me) {
    let wish: Wish | undefined
    try {
      wish = wishOf(args)
    } catch (e) {
      if (!(e instanceof Usage)) throw e
      yield* sys.write(2, USAGE)
      return 1
    }
    if (!wish) {
      me.out.print(VERSION)
      return 0
    }
    const groups = groupsOf(wish)
    if (!groups.flat().length) {
      yield* sys.write(2, 'Requested activities not available\n')
      return 1
    }
    return yield* new Report(sys, me, wish, groups).run()
  },
})

/** Tables that stand together: each by itself, or with -h all of the tasks and all of the children. */
function groupsOf({ tables, task, child, letters }: Wish): Table[][] {
  const tasks = task ? tables.map(it => TASK[it]) : []
  const children = child ? tables.flatMap(it => CHILD[it] ?? []) : []
  if (letters.has('h')) return [tasks, children].filter(it => it.length)
  return tables.flatMap(it => [...(task ? [[TASK[it]]] : []), ...(child && CHILD[it] ? [[CHILD[it]]] : [])])
}

/** A look at the tasks, and when: seconds since the boot. */
interface Sample {
  readonly at: number
  readonly tasks: ReadonlyMap<string, TaskCounters>
}

const keyOf = ({ tgid, tid }: TaskCounters): string => `${tgid}/${tid}`

/** What is sampled and printed. */
class Report {
  readonly #sys: Sys
  readonly #me: Process
  readonly #wish: Wish
  readonly #groups: readonly (readonly Table[])[]
  #pids: readonly number[] | undefined
  #users: (uid: number) => string = String
  #style!: Style

  constructor(sys: Sys, me: Process, wish: Wish, groups: readonly (readonly Table[])[]) {
    this.#sys = sys
    this.#me = me
    this.#wish = wish
    this.#groups = groups
    this.#pids = wish.pids?.map(it => it || sys.getpid())
  }

  *run(): Blocking<number> {
    const { letters, human, decimals, program, rounds } = this.#wish
    const sys = this.#sys
    const cpus = (yield* cpuTimes(sys)).length - 1
    const memory = (yield* meminfo(sys))('MemTotal')
    const paint = new Paint(sys, this.#me, decimals)
    this.#style = { paint, human, cpus: letters.has('I') ? cpus : 1, memory }
    if (letters.has('U')) {
      const users = yield* readUsers(sys)
      this.#users = uid => userName(users, uid) ?? String(uid)
    }
    if (program.length) this.#pids = [this.#start(program)]
    this.#me.out.print(banner(sys, this.#me, cpus))
    if (rounds.interval || program.length) yield* this.#rounds()
    else {
      const now = this.#clock()
      this.#tables(undefined, yield* this.#sample(), now, now, true, false)
    }
    return 0
  }

  /** -e: the program runs beside. */
  #start(argv: readonly string[]): number {
    const { envp } = this.#me
    return this.#sys.clone(0, function* (its) {
      its.sigaction(SIGINT, SIG_DFL)
      try {
        return yield* execvp(its, argv, envp)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* its.write(2, `exec: ${e.message}\n`)
        return 1
      }
    })
  }

  *#sample(): Blocking<Sample> {
    const { letters } = this.#wish
    const depth = { threads: letters.has('t'), stack: letters.has('s'), files: letters.has('v') }
    const at = yield* uptime(this.#sys)
    const tasks = new Map<string, TaskCounters>()
    for (const it of yield* readTasks(this.#sys, this.#pids, depth)) tasks.set(keyOf(it), it)
    return { at, tasks }
  }

  #clock(): string {
    if (this.#wish.letters.has('H')) return String(this.#sys.clock_gettime(CLOCK_REALTIME).sec)
    return clock(this.#sys, this.#me)
  }

  /** A report after each interval, then the averages. With -e until the program has ended. */
  *#rounds(): Blocking<void> {
    const { rounds, program, letters } = this.#wish
    const pause = new Pause(this.#sys)
    let hasEnded = false
    if (program.length) this.#sys.sigaction(SIGCHLD, () => (hasEnded = true))
    const first = yield* this.#sample()
    // One process and one table: a heading for all rows.
    const isSingle = this.#pids?.length === 1 && this.#groups.length === 1
    let before = first
    let head = this.#clock()
    for (let round = 0; round < rounds.count && !hasEnded; round++) {
      yield* pause.for(rounds.interval || Number.MAX_SAFE_INTEGER / 1e9)
      if (pause.isOver) break
      const after = yield* this.#sample()
      // Who is waited for has nobody left to tell of.
      if (this.#pids && !after.tasks.size) return
      const row = this.#clock()
      this.#tables(before, after, head, row, !isSingle || round === 0 || letters.has('h'), false)
      yield* this.#me.out.flush()
      before = after
      head = row
    }
    if (program.length) yield* this.#sys.wait4(this.#pids![0]!, WNOHANG)
    // A line for the ^C on the screen.
    if (pause.isOver) this.#me.out.print('\n')
    if (before !== first && !letters.has('h'))
      this.#tables(first, before, 'Average:', 'Average:', !isSingle, true)
  }

  #tables(
    before: Sample | undefined,
    after: Sample,
    head: string,
    row: string,
    isHeaded: boolean,
    isAverage: boolean,
  ): void {
    const seconds = Math.max(1 / HZ, after.at - (before?.at ?? 0))
    const spans = [...after.tasks]
      .filter(([, it]) => this.#isWanted(it, after))
      .map(([key, it]): Span => ({ before: before?.tasks.get(key), after: it, seconds, isAverage }))
    for (const group of this.#groups) {
      if (isHeaded) this.#me.out.print(`\n${this.#heading(group, head)}\n`)
      for (const span of spans)
        if (!this.#wish.onlyActive || group.some(it => it.isActive(span)))
          this.#me.out.print(this.#row(group, span, row))
    }
  }

  /** -C, -G and -U. */
  #isWanted(it: TaskCounters, all: Sample): boolean {
    const { command, process, user, letters } = this.#wish
    if (user !== undefined && this.#users(it.uid) !== user) return false
    if (command && !command.test(letters.has('l') ? it.cmdline || it.comm : it.comm)) return false
    const leader = all.tasks.get(`${it.tgid}/0`) ?? it
    return !process || process.test(leader.comm)
  }

  #heading(group: readonly Table[], time: string): string {
    const { letters } = this.#wish
    const ids = letters.has('t') ? '      TGID       TID' : '       PID'
    const stamp = letters.has('h') ? '# Time' : time
    return `${stamp.padEnd(11)}${(letters.has('U') ? 'USER' : 'UID').padStart(letters.has('U') ? 9 : 6)}${ids}${group.map(it => it.heads).join('')}  Command`
  }

  #row(group: readonly Table[], span: Span, time: string): string {
    const { letters } = this.#wish
    const { paint } = this.#style
    const { after } = span
    const user = letters.has('U') ? this.#users(after.uid).padStart(9) : String(after.uid).padStart(6)
    const id = (value: number | undefined): string => paint.item(String(value ?? '-').padStart(10))
    const ids = letters.has('t')
      ? after.tid
        ? id(undefined) + id(after.tid)
        : id(after.tgid) + id(undefined)
      : id(after.tgid)
    const name = letters.has('l') && after.cmdline && !after.tid ? after.cmdline : after.comm
    const cells = group.map(it => it.cells(span, this.#style)).join('')
    return time.padEnd(11) + paint.item(user) + ids + cells + paint.command(after.tid ? `|__${name}` : name)
  }
}
