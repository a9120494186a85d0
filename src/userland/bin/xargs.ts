/**
 * xargs - build and execute command lines from standard input
 * https://www.gnu.org/software/findutils/manual/html_node/find_html/xargs-options.html
 */
import {
  type Blocking,
  decode,
  ENOENT,
  Errno,
  O_RDONLY,
  refusal,
  type Sys,
  WEXITSTATUS,
  WIFEXITED,
  WIFSIGNALED,
  WTERMSIG,
} from '../../abi/index.ts'
import { command, execvp, fatal, fork, must, type Process, readAll, usage } from '../lib/command.ts'
import { parseNumber } from '../lib/numbers.ts'
import { quote, quoteShell } from '../lib/quote.ts'

const DEFAULT_SIZE = 131072

export default command({
  name: 'xargs',
  summary: 'Run COMMAND with arguments INITIAL-ARGS and more arguments read from input.',
  usage: 'xargs [OPTION]... COMMAND [INITIAL-ARGS]...',
  suite: 'findutils',
  authors: 'Mike Rendell, David MacKenzie, and James Youngman',
  stopAtOperand: true,
  options: {
    null: {
      short: '0',
      help: 'items are separated by a null, not whitespace;\ndisables quote and backslash processing and\nlogical EOF processing',
    },
    argFile: { short: 'a', value: '=FILE', help: 'read arguments from FILE, not standard input' },
    delimiter: {
      short: 'd',
      value: '=CHARACTER',
      help: 'items in input stream are separated by CHARACTER,\nnot by whitespace; disables quote and backslash\nprocessing and logical EOF processing',
    },
    E: {
      value: 'END',
      help: 'set logical EOF string; if END occurs as a line\nof input, the rest of the input is ignored\n(ignored if -0 or -d was specified)',
    },
    eof: {
      short: 'e',
      value: '[=END]',
      help: 'equivalent to -E END if END is specified;\notherwise, there is no end-of-file string',
    },
    I: { value: 'R', help: 'same as --replace=R' },
    replace: {
      short: 'i',
      value: '[=R]',
      help: 'replace R in INITIAL-ARGS with names read\nfrom standard input, split at newlines;\nif R is unspecified, assume {}',
    },
    L: { value: 'MAX-LINES', help: 'use at most MAX-LINES non-blank input lines per\ncommand line' },
    maxLines: {
      short: 'l',
      value: '[=MAX-LINES]',
      help: 'similar to -L but defaults to at most one non-\nblank input line if MAX-LINES is not specified',
    },
    maxArgs: { short: 'n', value: '=MAX-ARGS', help: 'use at most MAX-ARGS arguments per command line' },
    openTty: {
      short: 'o',
      help: 'Reopen stdin as /dev/tty in the child process\nbefore executing the command; useful to run an\ninteractive application.',
    },
    maxProcs: { short: 'P', value: '=MAX-PROCS', help: 'run at most MAX-PROCS processes at a time' },
    interactive: { short: 'p', help: 'prompt before running commands' },
    noRunIfEmpty: {
      short: 'r',
      help: 'if there are no arguments, then do not run COMMAND;\nif this option is not given, COMMAND will be\nrun at least once',
    },
    maxChars: { short: 's', value: '=MAX-CHARS', help: 'limit length of command line to MAX-CHARS' },
    verbose: { short: 't', help: 'print commands before executing them' },
    processSlotVar: { value: '=VAR', help: 'set environment variable VAR in child processes' },
    showLimits: { help: 'show limits on command-line length' },
    exit: { short: 'x', help: 'exit if the size (see -s) is exceeded' },
  },

  *main(sys, flags, args, me) {
    const number = (text: string | undefined, option: string, least: number): number | undefined => {
      if (text === undefined) return undefined
      const it = parseNumber(text)
      if (!('value' in it)) throw usage(`invalid number "${text}" for -${option} option`)
      if (it.value < least) throw usage(`value ${text} for -${option} option should be >= ${least}`)
      return it.value
    }
    let maxArgs = number(flags.maxArgs, 'n', 1)
    let maxLines = number(
      flags.L ?? (flags.maxLines === '' ? '1' : flags.maxLines),
      flags.L === undefined ? 'l' : 'L',
      1,
    )
    const procs = number(flags.maxProcs, 'P', 0)
    const size = yield* sizeOf(me as Process, flags.maxChars)
    if (flags.showLimits) yield* sys.write(2, limits(me as Process, size))
    yield* warnOfConflicts(me as Process)
    let replace = flags.I ?? (flags.replace === '' ? '{}' : flags.replace)
    const last = me.order.findLast(it => ['I', 'replace', 'L', 'maxLines', 'maxArgs'].includes(it.key))?.key
    if (last === 'maxArgs' && !(maxArgs === 1 && replace !== undefined)) replace = maxLines = undefined
    else if (last === 'L' || last === 'maxLines') replace = maxArgs = undefined
    else if (last === 'I' || last === 'replace') maxArgs = maxLines = undefined

    let fd = 0
    if (flags.argFile !== undefined) {
      const path = flags.argFile
      fd = yield* must(`Cannot open input file ${quote(path)}`, sys.open(path, O_RDONLY))
    }
    const closed = refusal(() => sys.fstat(fd))
    const text = closed ? '' : decode(yield* readAll(sys, fd))
    const separator = flags.null
      ? '\0'
      : flags.delimiter === undefined
        ? undefined
        : delimiterOf(flags.delimiter)
    const eof = flags.E ?? flags.eof
    if (separator === undefined && text.includes('\0')) yield* me.warn(NUL_WARNING)
    const items =
      separator !== undefined
        ? delimited(text, separator)
        : replace !== undefined
          ? lineItems(text)
          : words(text, eof)
    if (items.problem) yield* me.warn(items.problem)
    if (replace === '') throw fatal('command too long')
    const initial = args.length ? args : ['echo']
    const runner = new Runner(
      sys,
      me as Process,
      flags,
      procs === undefined ? 1 : procs || Number.POSITIVE_INFINITY,
      fd,
    )
    if (replace !== undefined) {
      for (const item of items.list)
        yield* runner.run([
          initial[0]!.split(replace).join(item.text),
          ...initial.slice(1).map(it => it.split(replace).join(item.text)),
        ])
    } else {
      let batch: string[] = []
      let lines = 0
      const base = initial.reduce((sum, it) => sum + it.length + 1, 0)
      let length = base
      let any = false
      for (const item of items.list) {
        const over = length + item.text.length + 1 > size
        if (over && (!batch.length || (flags.exit && maxArgs !== undefined && batch.length < maxArgs))) {
          yield* runner.wait()
          if (batch.length) throw fatal('argument list too long')
          const fits = base <= size
          throw fatal(
            fits ? 'argument line too long' : 'cannot fit single argument within argument list size limit',
          )
        }
        if (over || batch.length === maxArgs || (maxLines !== undefined && lines >= maxLines)) {
          yield* runner.run([...initial, ...batch])
          any = true
          batch = []
          lines = 0
          length = base
        }
        batch.push(item.text)
        length += item.text.length + 1
        if (item.endsLine) lines++
      }
      if (batch.length || (!any && !flags.noRunIfEmpty && !items.problem))
        yield* runner.run([...initial, ...batch])
    }
    yield* runner.wait()
    if (closed) throw fatal('error closing file', closed)
    return runner.status || (items.problem ? 1 : 0)
  },
})

/** -s: too small is raised and too large is lowered to what the system allows. */
function* sizeOf(me: Process, text: string | undefined): Blocking<number> {
  if (text === undefined) return DEFAULT_SIZE
  const it = parseNumber(text)
  if (!('value' in it)) throw usage(`invalid number "${text}" for -s option`)
  const most = ARG_MAX - HEADROOM - environmentSize(me)
  if (it.value < 1) yield* me.warn(`value ${text} for -s option should be >= 1`)
  if (it.value > most) yield* me.warn(`value ${text} for -s option should be <= ${most}`)
  return Math.min(Math.max(1, it.value), most)
}

/** What execve(2) takes, and what POSIX wants to stay free of it. */
const ARG_MAX = 2_097_152
const HEADROOM = 2048
const environmentSize = (me: Process): number =>
  me.envp.reduce((sum, it) => sum + new TextEncoder().encode(it).length + 1, 0)

const limits = (me: Process, size: number): string => {
  const environment = environmentSize(me)
  return `Your environment variables take up ${environment} bytes
POSIX upper limit on argument length (this system): ${ARG_MAX - HEADROOM - environment}
POSIX smallest allowable upper limit on argument length (all systems): 4096
Maximum length of command we could actually use: ${ARG_MAX - HEADROOM - 2 * environment}
Size of command buffer we are actually using: ${size}
Maximum parallelism (--max-procs must be no greater): 2147483647
`
}

/** -I, -L and -n exclude each other; the last one counts. */
function* warnOfConflicts(me: Process): Blocking<void> {
  const previous: Record<string, string> = {}
  for (const { key, value } of me.order as readonly { key: string; value: string }[]) {
    const kind = /^(I|replace)$/.test(key)
      ? 'replace'
      : /^(L|maxLines)$/.test(key)
        ? 'max-lines'
        : key === 'maxArgs'
          ? 'max-args'
          : ''
    if (!kind) continue
    const name =
      kind === 'replace'
        ? '--replace/-I/-i'
        : kind === 'max-args'
          ? '--max-args/-n'
          : key === 'L'
            ? '-L'
            : '--max-lines/-l'
    // `-I R -n 1` says the same twice.
    if (kind === 'max-args' && value === '1' && previous.replace !== undefined) continue
    for (const other of Object.keys(previous)) {
      if (other === kind) continue
      yield* me.warn(
        `warning: options --${other} and ${name} are mutually exclusive, ignoring previous --${other} value`,
      )
      delete previous[other]
    }
    previous[kind] = value
  }
}

interface Item {
  readonly text: string
  readonly endsLine: boolean
}
interface Items {
  readonly list: readonly Item[]
  readonly problem?: string
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
}

function delimiterOf(text: string): string {
  if ([...text].length === 1) return text
  const match = /^\\(?:([abfnrtv\\])|x([0-9a-fA-F]+)|(0[0-7]*))$/.exec(text)
  if (!match)
    throw fatal(
      `Invalid input delimiter specification ${text}: the delimiter must be either a single character or an escape sequence starting with \\.`,
    )
  return match[1]
    ? ESCAPES[match[1]]!
    : String.fromCharCode(match[2] ? Number.parseInt(match[2], 16) : Number.parseInt(match[3]!, 8))
}

function delimited(text: string, separator: string): Items {
  const parts = text.split(separator)
  if (parts.at(-1) === '') parts.pop()
  return { list: parts.map(it => ({ text: it, endsLine: true })) }
}

/** Items for -I: whole lines, leading blanks and quotes removed, empty ones skipped. */
function lineItems(text: string): Items {
  const list: Item[] = []
  for (const line of text.split('\n')) {
    const bare = line.replace(/^[ \t]+/, '')
    if (!bare) continue
    const it = unquote(bare, true)
    if (it.problem) return { list, problem: it.problem }
    list.push({ text: it.words[0] ?? '', endsLine: true })
  }
  return { list }
}

const NUL_WARNING =
  'WARNING: a NUL character occurred in the input.  It cannot be passed through in the argument list.  Did you mean to use the --null option?'

/** Lines; one that ends with a backslash goes on. */
function logicalLines(text: string): string[] {
  const lines: string[] = []
  let open = ''
  for (const line of text.split('\n')) {
    const whole = open + line
    const goesOn = /(?:^|[^\\])(?:\\\\)*\\$/.test(whole)
    if (!goesOn) lines.push(whole)
    open = goesOn ? `${whole}\n` : ''
  }
  if (open) lines.push(open.slice(0, -1))
  return lines
}

function words(text: string, eof: string | undefined): Items {
  const list: Item[] = []
  let continued: string[] = []
  for (const line of logicalLines(text)) {
    if (eof !== undefined && line === eof) break
    const it = unquote(line, false)
    const all = [...continued, ...it.words]
    continued = []
    const stop = eof === undefined ? -1 : all.indexOf(eof)
    const kept = stop < 0 ? all : all.slice(0, stop)
    const goesOn = /[ \t]$/.test(line) && stop < 0
    for (const [i, word] of kept.entries())
      list.push({ text: word, endsLine: i === kept.length - 1 && !goesOn })
    if (it.problem) return { list, problem: it.problem }
    if (stop >= 0) break
  }
  return { list }
}

/** The words of a line, quotes and backslashes undone; `whole` keeps blanks. */
function unquote(line: string, whole: boolean): { words: string[]; problem?: string } {
  const words: string[] = []
  let word: string | undefined
  for (let at = 0; at < line.length; at++) {
    const char = line[at]!
    if (char === '"' || char === "'") {
      const end = line.indexOf(char, at + 1)
      if (end < 0)
        return {
          words,
          problem: `unmatched ${char === '"' ? 'double' : 'single'} quote; by default quotes are special to xargs unless you use the -0 option`,
        }
      word = (word ?? '') + line.slice(at + 1, end)
      at = end
    } else if (char === '\\' && at + 1 < line.length) word = (word ?? '') + line[++at]
    else if (/[ \t\v\f\r]/.test(char) && !whole) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + char
  }
  if (word !== undefined) words.push(word)
  return { words }
}

interface RunFlags {
  readonly verbose?: boolean | undefined
  readonly interactive?: boolean | undefined
  readonly openTty?: boolean | undefined
  readonly processSlotVar?: string | undefined
}

/** Runs the command lines, some of them at a time. */
class Runner {
  status = 0
  #running = 0
  /** The commands that run, by slot. */
  readonly #slots: number[] = []
  readonly #sys: Sys
  readonly #me: Process
  readonly #flags: RunFlags
  #command = ''
  readonly #most: number
  readonly #input: number

  constructor(sys: Sys, me: Process, flags: RunFlags, most: number, input: number) {
    this.#sys = sys
    this.#me = me
    this.#flags = flags
    this.#most = most
    this.#input = input
  }

  *run(argv: readonly string[]): Blocking<void> {
    const sys = this.#sys
    this.#command = argv[0]!
    const line = argv.map(it => quoteShell(it)).join(' ')
    while (this.#running >= this.#most) yield* this.#reap()
    if (this.#flags.interactive) {
      if (!(yield* this.#asked(line))) return
    } else if (this.#flags.verbose) yield* sys.write(2, `${line}\n`)
    const { name, envp } = this.#me
    const slot = this.#slot()
    const environment = slot === undefined ? envp : [...envp, `${this.#flags.processSlotVar}=${slot}`]
    const stdin = this.#flags.openTty ? '/dev/tty' : this.#input ? undefined : '/dev/null'
    const pid = fork(sys, name, function* (its) {
      if (stdin) {
        try {
          const fd = yield* its.open(stdin, O_RDONLY)
          its.dup2(fd, 0)
          if (fd) its.close(fd)
        } catch (e) {
          if (!(e instanceof Errno)) throw e
          if (stdin === '/dev/tty') yield* its.write(2, `${name}: ${quote(stdin)}: ${e.message}\n`)
          if (stdin === '/dev/tty') return 127
        }
      }
      try {
        // An argument ends where a NUL is.
        return yield* execvp(
          its,
          argv.map(it => it.split('\0')[0]!),
          environment,
        )
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* its.write(2, `${name}: ${argv[0]}: ${e.message}\n`)
        return e === ENOENT ? 127 : 126
      }
    })
    if (slot !== undefined) this.#slots[slot] = pid
    this.#running++
  }

  /** The lowest number that no running command has. */
  #slot(): number | undefined {
    if (this.#flags.processSlotVar === undefined) return undefined
    const free = this.#slots.indexOf(0)
    return free < 0 ? this.#slots.push(0) - 1 : free
  }

  /** -p: the answer comes from the terminal. */
  *#asked(line: string): Blocking<boolean> {
    let fd: number
    try {
      fd = yield* this.#sys.open('/dev/tty', O_RDONLY)
    } catch (e) {
      yield* this.#sys.write(2, line)
      throw fatal('failed to open /dev/tty for reading', e)
    }
    yield* this.#sys.write(2, `${line}?...`)
    const answer = decode(yield* this.#sys.read(fd, 4096))
    this.#sys.close(fd)
    return /^[yY]/.test(answer)
  }

  *wait(): Blocking<void> {
    while (this.#running) yield* this.#reap()
  }

  *#reap(): Blocking<void> {
    const { status, pid } = (yield* this.#sys.wait4(-1, 0))!
    this.#running--
    const slot = this.#slots.indexOf(pid)
    if (slot >= 0) this.#slots[slot] = 0
    if (WIFSIGNALED(status))
      throw fatal(`${this.#command}: terminated by signal ${WTERMSIG(status)}`, undefined, 125)
    if (!WIFEXITED(status)) return
    const code = WEXITSTATUS(status)
    if (code === 255) throw fatal(`${this.#command}: exited with status 255; aborting`, undefined, 124)
    if (code === 126 || code === 127) {
      yield* this.wait()
      throw fatal('', undefined, code)
    }
    if (code) this.status = 123
  }
}
