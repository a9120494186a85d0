/**
 * The lines of a trace: who, when, what; calls that others interrupt are `<unfinished ...>` and taken up again as
 * `<... read resumed>`. Linux: strace's strace.c:printleader(), syscall.c.
 */
import { CLOCK_REALTIME, type SigInfo, type Sys, type Timespec, type TraceEvent } from '../../../abi/index.ts'
import { callName, decodeCall, resultText, restartText } from './calls.ts'
import type { Scene, Shown } from './decode.ts'
import { signalText } from './flags.ts'
import { callNumber } from './sets.ts'
import type { Style } from './values.ts'
import { localtime, strftime } from '../time.ts'

export interface LogOptions extends Style {
  /** -t: 1, -tt: 2, -ttt: 3. */
  readonly clock: number
  /** -r */
  readonly relative: boolean
  /** -T */
  readonly spent: boolean
  /** -n */
  readonly numbers: boolean
  /** -a */
  readonly column: number
  /** -y: 1, -yy: 2. */
  readonly paths: number
  /** Every line begins with its process: -f into a file. */
  readonly always: boolean
}

/** What a tracee is doing. */
export interface Process {
  pid: number
  shown: Shown | undefined
  /** Its line is begun and not ended. */
  open: boolean
  since: number
  hidden: boolean
  /** The number of its last call. */
  number: number
  /** Paths of descriptors as they are shown, and for -P. */
  readonly fds: Map<number, string>
  readonly files: Map<number, string>
}

export const newProcess = (pid: number): Process => ({
  pid,
  shown: undefined,
  open: false,
  since: 0,
  hidden: false,
  number: 0,
  fds: new Map(),
  files: new Map(),
})

type Of<T extends TraceEvent['type']> = Extract<TraceEvent, { type: T }>

export class Log {
  readonly #sys: Sys
  readonly #options: LogOptions
  readonly #print: (text: string) => void
  /** Where the line stands, and whose it is. */
  #column = 0
  #writer: Process | undefined
  #before: number | undefined
  /** How many processes there are; with more than one, lines say whose they are. */
  processes = 0

  constructor(sys: Sys, options: LogOptions, print: (text: string) => void) {
    this.#sys = sys
    this.#options = options
    this.#print = print
  }

  #put(text: string): void {
    this.#column += [...text].length
    this.#print(text)
  }

  endLine(text = ''): void {
    this.#print(`${text}\n`)
    this.#column = 0
    this.#writer = undefined
  }

  /** The beginning of a line; somebody else's that is not ended stays so. */
  #leader(it: Process, time: number): void {
    if (this.#writer) this.endLine(' <unfinished ...>')
    this.#writer = it
    const { always } = this.#options
    const who = String(it.pid)
    if (always) this.#put(`${who.padEnd(5)} `)
    else if (this.processes > 1) this.#put(`[pid ${who.padStart(5)}] `)
    this.#put(this.#stamp(time))
    if (this.#options.numbers) this.#put(`[${String(it.number).padStart(4)}] `)
  }

  #stamp(time: number): string {
    const { clock, relative } = this.#options
    let text = clock ? clockText(this.#realtime(time), clock) : ''
    if (relative) {
      const since = this.#before === undefined ? 0 : time - this.#before
      this.#before = time
      const digits = `${String(Math.floor(since / 1e9)).padStart(6)}.${micro(since % 1e9)} `
      text += clock ? `(+${digits.trimEnd()}) ` : digits
    }
    return text
  }

  /** CLOCK_REALTIME of an event. */
  #realtime(time: number): Timespec {
    const now = this.#sys.clock_gettime(CLOCK_REALTIME)
    const boot = this.#sys.clock_gettime(7)
    const ago = boot.sec * 1e9 + boot.nsec - time
    const ns = now.nsec - ago
    const carry = Math.floor(ns / 1e9)
    return { sec: now.sec + carry, nsec: ns - carry * 1e9 }
  }

  #scene(it: Process): Scene {
    const { paths } = this.#options
    const path = (name: string): string => {
      try {
        const target = this.#sys.readlink(`/proc/${it.pid}/${name}`)
        return target + (paths > 1 ? this.#device(`/proc/${it.pid}/${name}`) : '')
      } catch {
        return ''
      }
    }
    const fd = (number: number): string => {
      if (!paths) return String(number)
      const found = path(`fd/${number}`)
      if (found) it.fds.set(number, found)
      const known = found || it.fds.get(number)
      return known ? `${number}<${known}>` : String(number)
    }
    const cwd = paths ? path('cwd') : ''
    return { pid: it.pid, style: this.#options, fd, cwd: cwd ? `AT_FDCWD<${cwd}>` : 'AT_FDCWD' }
  }

  /** `<char 1:3>` */
  #device(path: string): string {
    const { mode, rdev } = this.#sys.stat(path)
    const kind = (mode & 0o170000) === 0o020000 ? 'char' : (mode & 0o170000) === 0o060000 ? 'block' : ''
    return kind ? `<${kind} ${(rdev >>> 8) & 0xfff}:${rdev & 0xff}>` : ''
  }

  decode = (it: Process, name: string, args: readonly unknown[]): Shown =>
    decodeCall(this.#scene(it), name, args)

  // ---- Calls

  enter(it: Process, event: Of<'enter'>): void {
    const restarts = event.resumed && (event.name === 'nanosleep' || event.name === 'poll')
    const shown = this.decode(it, event.name, event.args)
    it.shown = restarts
      ? { name: 'restart_syscall', before: '<... resuming interrupted read ...>', after: () => '' }
      : shown
    it.since = event.time
    it.number = callNumber(it.shown.name)
    this.#leader(it, event.time)
    this.#put(`${it.shown.name}(${it.shown.before}`)
    it.open = true
  }

  exit(it: Process, event: Of<'exit'>): void {
    const shown = it.shown ?? this.decode(it, event.name, event.args)
    if (this.#writer !== it) {
      this.#leader(it, event.time)
      this.#put(`<... ${shown.name} resumed>`)
    }
    it.open = false
    const isExit = event.never && event.name.startsWith('exit')
    if (event.never) this.#put(isExit ? ')' : ' <unfinished ...>)')
    else this.#put(`${shown.after(event.result, !event.errno && !event.restart)})`)
    const pad = Math.max(this.#options.column - this.#column, 0)
    this.#put(`${' '.repeat(pad)}${pad ? '' : ' '}= ${this.#result(shown, event)}`)
    if (this.#options.spent && !event.never) this.#put(` <${seconds(event.time - it.since)}>`)
    this.endLine()
  }

  #result(shown: Shown, event: Of<'exit'>): string {
    if (event.never) return '?'
    if (event.restart) return `? ${restartText(event.name)}`
    // What sigreturn gives is the number of the call that is started again.
    if (event.name === 'rt_sigreturn' && typeof event.result === 'string')
      return String(callNumber(callName(event.result, [])))
    return resultText(shown, event.result, event.errno)
  }

  // ---- Everything else

  signal(it: Process, time: number, info: SigInfo): void {
    this.#leader(it, time)
    this.endLine(`--- ${signalText(info.signo)} ${infoText(info)} ---`)
  }

  stopped(it: Process, time: number, signal: number): void {
    this.#leader(it, time)
    this.endLine(`--- stopped by ${signalText(signal)} ---`)
  }

  /** A thread goes on under the pid of its leader; its line, if it is still open, ends here. */
  pidChanges(it: Process, leader: number): void {
    if (this.#writer === it) this.endLine(` <pid changed to ${leader} ...>`)
  }

  superseded(it: Process, time: number, old: number): void {
    this.#leader(it, time)
    this.endLine(`+++ superseded by execve in pid ${old} +++`)
  }

  /** A line of ours about the call before. */
  remark(it: Process, time: number, text: string): void {
    this.#leader(it, time)
    this.endLine(`    ${text}`)
  }

  exited(it: Process, time: number, text: string): void {
    this.#leader(it, time)
    this.endLine(`+++ ${text} +++`)
  }

  /** We let go of a process; its line ends here. */
  detached(it: Process): void {
    if (!it.open) return
    if (this.#writer !== it) {
      this.#leader(it, 0)
      this.#put(`<... ${it.shown?.name ?? ''} resumed>`)
    }
    this.endLine(' <detached ...>')
  }
}

const micro = (ns: number): string => String(Math.floor(ns / 1000)).padStart(6, '0')
const seconds = (ns: number): string => `${Math.floor(ns / 1e9)}.${micro(ns % 1e9)}`

function clockText(time: Timespec, clock: number): string {
  if (clock > 2) return `${time.sec}.${micro(time.nsec)} `
  const text = strftime('%H:%M:%S', localtime(time))
  return clock === 2 ? `${text}.${micro(time.nsec)} ` : `${text} `
}

/** Clock ticks, in hundredths of a second. */
const ticks = (name: string, value: number): string =>
  value ? `${name}=${value} /* ${(value / 100).toFixed(2)} s */` : `${name}=0`

function infoText({ signo, code, pid, uid, status, utime, stime }: SigInfo): string {
  const fields = [`si_signo=${signalText(signo)}`, `si_code=${code}`]
  if (pid !== undefined) fields.push(`si_pid=${pid}`, `si_uid=${uid}`)
  if (status !== undefined) {
    const isExit = code === 'CLD_EXITED'
    fields.push(`si_status=${isExit ? status : signalText(status)}`)
    fields.push(ticks('si_utime', utime ?? 0), ticks('si_stime', stime ?? 0))
  }
  return `{${fields.join(', ')}}`
}
