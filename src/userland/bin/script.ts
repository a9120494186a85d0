/**
 * script - make typescript of terminal session
 * Linux: util-linux term-utils/script.c, lib/pty-session.c; script(1).
 *
 * Left out: --echo's modes (a session echoes as its terminal says).
 */
import {
  type Blocking,
  CLOCK_MONOTONIC,
  CLOCK_REALTIME,
  EINTR,
  EIO,
  Errno,
  exitStatus,
  O_APPEND,
  O_CLOEXEC,
  O_CREAT,
  O_NOCTTY,
  O_NOFOLLOW,
  O_RDWR,
  O_TRUNC,
  O_WRONLY,
  POLLHUP,
  POLLIN,
  SIGWINCH,
  type Sys,
  TCSETSF,
  TCSETSW,
  type Termios,
  TIOCGPTN,
  TIOCSCTTY,
  WEXITSTATUS,
  WIFEXITED,
  WIFSIGNALED,
  WTERMSIG,
} from '../../abi/index.ts'
import { command, fatal, type Flags, fork, must, type Options, type Process, usage } from '../lib/command.ts'
import { rawTermios } from '../lib/script-terminal.ts'
import { localtime, strftime } from '../lib/time.ts'

const OPTIONS = {
  logIn: { short: 'I', value: '<file>', help: 'log stdin to file' },
  logOut: { short: 'O', value: '<file>', help: 'log stdout to file (default)' },
  logIo: { short: 'B', value: '<file>', help: 'log stdin and stdout to file' },
  logTiming: { short: 'T', value: '<file>', help: 'log timing information to file' },
  timing: { short: 't', value: '[=<file>]', help: 'deprecated alias to -T (default file is stderr)' },
  loggingFormat: { short: 'm', value: '<name>', help: "force to 'classic' or 'advanced' format" },
  append: { short: 'a', help: 'append to the log file' },
  command: { short: 'c', value: '<command>', help: 'run command rather than interactive shell' },
  return: { short: 'e', help: 'return exit code of the child process' },
  flush: { short: 'f', help: 'run flush after each write' },
  force: { help: 'use output file even when it is a link' },
  echo: { short: 'E', value: '<when>', help: 'echo input in session (auto, always or never)' },
  outputLimit: { short: 'o', value: '<size>', help: 'terminate if output files exceed size' },
  quiet: { short: 'q', help: 'be quiet' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

const HELP = `
Usage:
 script [options] [file]

Make a typescript of a terminal session.

Options:
 -I, --log-in <file>           log stdin to file
 -O, --log-out <file>          log stdout to file (default)
 -B, --log-io <file>           log stdin and stdout to file

 -T, --log-timing <file>       log timing information to file
 -t[<file>], --timing[=<file>] deprecated alias to -T (default file is stderr)
 -m, --logging-format <name>   force to 'classic' or 'advanced' format

 -a, --append                  append to the log file
 -c, --command <command>       run command rather than interactive shell
 -e, --return                  return exit code of the child process
 -f, --flush                   run flush after each write
     --force                   use output file even when it is a link
 -E, --echo <when>             echo input in session (auto, always or never)
 -o, --output-limit <size>     terminate if output files exceed size
 -q, --quiet                   be quiet

 -h, --help                    display this help
 -V, --version                 display version

For more details see script(1).
`

export default command({
  name: 'script',
  summary: 'make typescript of terminal session',
  suite: 'util-linux',
  usage: 'script [options] [file]',
  help: HELP,
  options: OPTIONS,

  *main(sys, flags, args, me) {
    if (args.length > 1) throw usage('unexpected number of arguments')
    if (flags.loggingFormat !== undefined && !/^(classic|advanced)$/.test(flags.loggingFormat))
      throw fatal(`unsupported logging format: '${flags.loggingFormat}'`)
    const session = new Session(sys, me, flags, args[0])
    const say = function* (text: string): Blocking<void> {
      if (!flags.quiet) yield* sys.write(1, text)
    }
    yield* say(`Script started, ${session.announcement}.\n`)
    try {
      yield* session.open()
    } catch (e) {
      if (!(e instanceof Refused)) throw e
      yield* me.warn(`cannot open ${e.path}`, e.errno)
      yield* say('Script done.\n')
      return 1
    }
    const status = yield* session.run()
    yield* say('Script done.\n')
    return flags.return ? exitStatus(status) : 0
  },
})

/** A log file that cannot be opened. */
class Refused {
  readonly path: string
  readonly errno: unknown
  constructor(path: string, errno: unknown) {
    this.path = path
    this.errno = errno
  }
}

/** A file of the log, and which streams go there. */
interface LogFile {
  readonly path: string
  readonly streams: string
  fd: number
}

const BLOCK = 16384

class Session {
  readonly #sys: Sys
  readonly #me: Process
  readonly #flags: Given
  readonly #files: LogFile[] = []
  readonly #timingPath: string | undefined
  readonly #isAdvanced: boolean
  #timing = -1
  #master = -1
  #since = 0
  #began = 0
  #size = 0
  #resized = false

  constructor(sys: Sys, me: Process, flags: Given, file: string | undefined) {
    this.#sys = sys
    this.#me = me
    this.#flags = flags
    const add = (path: string | undefined, streams: string): void => {
      if (path !== undefined) this.#files.push({ path, streams, fd: -1 })
    }
    add(flags.logIo, 'IO')
    add(flags.logIn, 'I')
    add(flags.logOut ?? file, 'O')
    if (!this.#files.length) add('typescript', 'O')
    const hasInput = this.#files.some(it => it.streams.includes('I'))
    this.#isAdvanced = flags.loggingFormat ? flags.loggingFormat === 'advanced' : hasInput
    this.#timingPath = flags.logTiming ?? flags.timing
  }

  /** `output log file is 'typescript', timing file is 'tm'` */
  get announcement(): string {
    const parts: string[] = []
    const of = (streams: string): LogFile | undefined => this.#files.find(it => it.streams === streams)
    const both = of('IO')
    if (both) parts.push(`input/output log file is '${both.path}'`)
    const input = of('I')
    const output = of('O')
    if (output) parts.push(`output log file is '${output.path}'`)
    if (input) parts.push(`input log file is '${input.path}'`)
    if (this.#timingPath) parts.push(`timing file is '${this.#timingPath}'`)
    return parts.join(', ')
  }

  *open(): Blocking<void> {
    for (const it of this.#files) {
      const how = this.#flags.append ? O_APPEND : O_TRUNC
      const follow = this.#flags.force || this.#flags.append ? 0 : O_NOFOLLOW
      it.fd = yield* this.#create(it.path, how | (it.path === 'typescript' ? follow : 0))
    }
    if (this.#timingPath) this.#timing = yield* this.#create(this.#timingPath, O_TRUNC)
    else if (this.#timingPath === '') this.#timing = 2
  }

  *#create(path: string, how: number): Blocking<number> {
    try {
      return yield* this.#sys.open(path, O_WRONLY | O_CREAT | O_CLOEXEC | how, 0o666)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      throw new Refused(path, e)
    }
  }

  *run(): Blocking<number> {
    const sys = this.#sys
    const saved = sys.isatty(0) ? sys.tcgetattr(0) : undefined
    this.#master = yield* must(
      'failed to create pseudo-terminal',
      sys.open('/dev/ptmx', O_RDWR | O_NOCTTY | O_CLOEXEC),
    )
    const slave = `/dev/pts/${sys.ioctl(this.#master, TIOCGPTN)}`
    this.#resize()
    const child = this.#start(slave, saved)
    sys.sigaction(SIGWINCH, () => {
      this.#resized = true
    })
    if (saved) yield* sys.tcsetattr(0, TCSETSF, rawTermios(saved))
    this.#since = this.#began = this.#now()
    yield* this.#header(saved !== undefined)
    yield* this.#proxy(child)
    const { status } = yield* this.#reap(child)
    if (saved) yield* sys.tcsetattr(0, TCSETSW, saved)
    yield* this.#footer(status)
    return status
  }

  #resize(): void {
    if (this.#sys.isatty(0)) this.#sys.tiocswinsz(this.#master, this.#sys.tiocgwinsz(0))
  }

  #start(slave: string, termios: Termios | undefined): number {
    const { command: line } = this.#flags
    const { envp, env, name } = this.#me
    const shell = env.get('SHELL') ?? '/bin/sh'
    const base = shell.slice(shell.lastIndexOf('/') + 1)
    return fork(this.#sys, name, function* (its) {
      its.setsid()
      const fd = yield* its.open(slave, O_RDWR)
      its.ioctl(fd, TIOCSCTTY, 0)
      if (termios) yield* its.tcsetattr(fd, TCSETSW, termios)
      for (const to of [0, 1, 2]) its.dup2(fd, to)
      if (fd > 2) its.close(fd)
      const argv = line === undefined ? [base, '-i'] : [base, '-c', line]
      return yield* must(`failed to execute ${shell}`, its.execve(shell, argv, envp))
    })
  }

  #now(): number {
    const { sec, nsec } = this.#sys.clock_gettime(CLOCK_MONOTONIC)
    return sec * 1e9 + nsec
  }

  /** Between the real terminal and the session's, until nobody has that open. */
  *#proxy(child: number): Blocking<void> {
    const sys = this.#sys
    let input = true
    let owesEnd = false
    for (;;) {
      if (this.#resized) {
        this.#resized = false
        this.#resize()
      }
      const fds = [{ fd: this.#master, events: POLLIN }, ...(input ? [{ fd: 0, events: POLLIN }] : [])]
      let ready: readonly number[]
      try {
        ready = yield* sys.poll(fds, owesEnd ? IDLE : -1)
      } catch (e) {
        if (e !== EINTR) throw e
        continue
      }
      if (owesEnd && !ready[0]) {
        owesEnd = false
        yield* sys.write(this.#master, END_OF_FILE)
      }
      if (ready[0]! & (POLLIN | POLLHUP) && !(yield* this.#output())) return
      if (this.#isFull()) {
        yield* sys.kill(child, 15)
        return
      }
      if (ready[1]) {
        input = yield* this.#input()
        owesEnd = !input
      }
    }
  }

  *#output(): Blocking<boolean> {
    let data: Uint8Array
    try {
      data = yield* this.#sys.read(this.#master, BLOCK)
    } catch (e) {
      if (e === EIO) return false
      if (e === EINTR) return true
      throw e
    }
    if (!data.length) return false
    yield* this.#log('O', data)
    yield* this.#sys.write(1, data)
    return true
  }

  /** What was typed. False at its end: then the session gets its terminal's end-of-file character, once it is idle. */
  *#input(): Blocking<boolean> {
    const data = yield* this.#sys.read(0, BLOCK)
    if (!data.length) return false
    yield* this.#sys.write(this.#master, data)
    yield* this.#log('I', data)
    return true
  }

  #isFull(): boolean {
    const limit = sizeOf(this.#flags.outputLimit)
    return limit !== undefined && this.#size >= limit
  }

  *#log(stream: 'I' | 'O', data: Uint8Array): Blocking<void> {
    for (const it of this.#files)
      if (it.streams.includes(stream)) {
        yield* this.#sys.write(it.fd, data)
        this.#size += data.length
      }
    if (this.#timing < 0 || !this.#files.some(it => it.streams.includes(stream))) return
    yield* this.#time(this.#isAdvanced ? `${stream} ` : '', String(data.length))
  }

  *#time(lead: string, rest: string): Blocking<void> {
    const now = this.#now()
    const delay = lead.startsWith('H') ? 0 : now - this.#since
    if (!lead.startsWith('H')) this.#since = now
    yield* this.#sys.write(this.#timing, `${lead}${seconds(delay)} ${rest}\n`)
  }

  get #date(): string {
    return strftime('%Y-%m-%d %H:%M:%S+00:00', localtime(this.#sys.clock_gettime(CLOCK_REALTIME)))
  }

  *#header(isTty: boolean): Blocking<void> {
    const facts = this.#facts(isTty)
    const text = isTty
      ? facts.map(([name, value]) => `${name}="${value}"`).join(' ')
      : '<not executed on terminal>'
    const own = this.#flags.command
    const lead = own === undefined ? '' : `COMMAND="${own}" `
    for (const it of this.#files)
      yield* this.#sys.write(it.fd, `Script started on ${this.#date} [${lead}${text}]\n`)
    if (this.#timing < 0 || !this.#isAdvanced) return
    const rows: (readonly [string, string])[] = [['START_TIME', this.#date], ...facts]
    rows.push(['SHELL', this.#me.env.get('SHELL') ?? '/bin/sh'])
    if (own !== undefined) rows.push(['COMMAND', own])
    if (this.#timingPath) rows.push(['TIMING_LOG', this.#timingPath])
    for (const stream of ['O', 'I'])
      for (const it of this.#files) if (it.streams.includes(stream)) rows.push([LOG_NAMES[stream]!, it.path])
    for (const [name, value] of rows) yield* this.#time('H ', `${name} ${value}`)
  }

  /** What the terminal is. */
  #facts(isTty: boolean): (readonly [string, string])[] {
    if (!isTty) return []
    const { rows, cols } = this.#sys.tiocgwinsz(0)
    return [
      ['TERM', this.#me.env.get('TERM') ?? ''],
      ['TTY', this.#sys.readlink('/proc/self/fd/0')],
      ['COLUMNS', String(cols)],
      ['LINES', String(rows)],
    ]
  }

  *#reap(child: number): Blocking<{ status: number }> {
    for (;;)
      try {
        const waited = yield* this.#sys.wait4(child, 0)
        if (waited) return waited
      } catch (e) {
        if (e !== EINTR) throw e
      }
  }

  *#footer(status: number): Blocking<void> {
    const code = WIFEXITED(status) ? WEXITSTATUS(status) : exitStatus(status)
    for (const it of this.#files)
      yield* this.#sys.write(it.fd, `\nScript done on ${this.#date} [COMMAND_EXIT_CODE="${code}"]\n`)
    if (this.#timing < 0 || !this.#isAdvanced) return
    yield* this.#time('H ', `DURATION ${seconds(this.#now() - this.#began)}`)
    if (WIFSIGNALED(status)) yield* this.#time('H ', `EXIT_SIGNAL ${WTERMSIG(status)}`)
    else yield* this.#time('H ', `EXIT_CODE ${code}`)
  }
}

const LOG_NAMES: Readonly<Record<string, string>> = { O: 'OUTPUT_LOG', I: 'INPUT_LOG' }
const END_OF_FILE = '\x04'
/** ms without output after which a session counts as idle. */
const IDLE = 50

const seconds = (ns: number): string =>
  `${Math.floor(ns / 1e9)}.${String(Math.floor((ns % 1e9) / 1000)).padStart(6, '0')}`

/** `1k`, `2MiB` as bytes. */
function sizeOf(text: string | undefined): number | undefined {
  const found = /^(\d+)(?:([KMGT])(?:iB)?)?$/i.exec(text ?? '')
  return found
    ? Number(found[1]) * 1024 ** ('KMGT'.indexOf((found[2] ?? '').toUpperCase() || 'x') + 1)
    : undefined
}
