/**
 * python3 - a few things of the Python language, for labs that fill memory or burn CPU with a line of it
 * Linux: CPython 3.11 Python/pythonrun.c; python3(1). This is not CPython, and says so.
 *
 * Left out: nearly everything; see lib/python/parser.ts and lib/python/interpreter.ts.
 */
import { type Blocking, decode, Errno, type Sys } from '../../abi/index.ts'
import { command, type Process, readAll, readBytes } from '../lib/command.ts'
import { Interpreter } from '../lib/python/interpreter.ts'
import { type Forking, forking } from '../lib/python/journal.ts'
import { SystemExit } from '../lib/python/modules.ts'
import { parseProgram, Unsupported } from '../lib/python/parser.ts'
import { PySyntaxError } from '../lib/python/tokens.ts'
import { PyError } from '../lib/python/values.ts'
import { getcwd } from '../lib/getcwd.ts'

const WHAT = `This is Vitrine's python3. It is not Python: it understands a few things of the
language of Python 3.11, so that a lab can fill memory or burn CPU with one line.
`
const USAGE = `${WHAT}
usage: python3 -c cmd [arg] ...
       python3 file [arg] ...
       python3 - [arg] ...      (the program comes from standard input)

It knows numbers, strings, lists, dictionaries, if, while, for, def, try and with;
print, input, open, len, range, bytearray and their like; and something of the
modules os, sys, time, threading, signal, select, struct, ctypes, fcntl and socket.
`

const python3 = command({
  name: 'python3',
  summary: 'a few things of the Python language',
  suite: 'other',
  usage: 'python3 -c cmd [arg] ...',
  raw: true,

  *main(sys, _flags, args, me) {
    const rest = [...args]
    while (/^-[BEIOSsuvqb]+$/.test(rest[0] ?? '')) rest.shift()
    const [first, ...more] = rest
    if (first === '--version' || first === '-V') return print(me, WHAT)
    if (first === '--help' || first === '-h') return print(me, USAGE)
    if (first?.startsWith('-c')) {
      const text = first.length > 2 ? first.slice(2) : more.shift()
      if (text !== undefined) return yield* run(sys, me, text, '<string>', ['-c', ...more])
      yield* sys.write(
        2,
        "Argument expected for the -c option\nusage: python3 [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `python -h' for more information.\n",
      )
      return 2
    }
    if (first === undefined && sys.isatty(0))
      return yield* refuse(sys, 'a session at the prompt; use -c or a file')
    if (first === undefined || first === '-')
      return yield* run(sys, me, decode(yield* readAll(sys, 0)), '<stdin>', ['-', ...more])
    if (first.startsWith('-')) return yield* refuse(sys, `the option ${first}`)
    try {
      const text = decode(yield* readBytes(sys, first))
      return yield* run(
        sys,
        me,
        text.replace(/^#!.*/, ''),
        first.startsWith('/') ? first : `${getcwd(sys)}/${first}`,
        rest,
      )
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* sys.write(
        2,
        `python3: can't open file '${getcwd(sys)}/${first}': [Errno ${e.errno}] ${e.message}\n`,
      )
      return 2
    }
  },
})

export default Object.assign(forking(python3), { names: python3.names, spec: python3.spec })

function print(me: Process, text: string): number {
  me.out.print(text)
  return 0
}

function* refuse(sys: Sys, what: string): Blocking<number> {
  yield* sys.write(2, `python3 (Vitrine): this is not Python; ${what} is not supported\n`)
  return 1
}

function* run(sys: Sys, me: Process, text: string, file: string, argv: readonly string[]): Blocking<number> {
  if (!/\bfork\b/.test(text)) (sys as Forking).forget()
  const interpreter = new Interpreter(sys, me, argv)
  const { threads } = interpreter
  threads.report = (name, error) => reportThread(threads.sys, name, error, file)
  return yield* threads.main(runMain(sys, me, interpreter, text, file))
}

function* runMain(
  sys: Sys,
  me: Process,
  interpreter: Interpreter,
  text: string,
  file: string,
): Blocking<number> {
  try {
    yield* interpreter.run(parseProgram(text))
    // Linux: pyrun_file()'s flush_io(): before it is waited for other threads.
    yield* me.out.flush()
    return 0
  } catch (e) {
    if (sys.isatty(1)) yield* me.out.flush()
    if (e instanceof Unsupported) return yield* refuse(sys, e.what)
    if (e instanceof SystemExit) return yield* leave(sys, e)
    if (e instanceof PySyntaxError) {
      const line = text.split('\n')[e.line - 1] ?? ''
      yield* sys.write(2, `  File "${file}", line ${e.line}\n    ${line.trim()}\n${e.kind}: ${e.message}\n`)
      return 1
    }
    if (!(e instanceof PyError)) throw e
    yield* sys.write(2, traceback(e, file))
    return 1
  }
}

function traceback(e: PyError, file: string): string {
  const frames = [...e.lines]
    .reverse()
    .map(({ line, where }) => `  File "${file}", line ${line}, in ${where}\n`)
  const message = e.message ? `${e.kind}: ${e.message}` : e.kind
  return `Traceback (most recent call last):\n${frames.join('')}${message}\n`
}

/** What nobody has caught ends a thread, and only that. Linux: threading.excepthook(). */
function* reportThread(sys: Sys, name: string, e: unknown, file: string): Blocking<void> {
  if (e instanceof SystemExit) return
  if (e instanceof Unsupported) {
    yield* refuse(sys, e.what)
    yield* sys.exit_group(1)
  }
  if (!(e instanceof PyError)) throw e
  yield* sys.write(2, `Exception in thread ${name}:\n${traceback(e, file)}`)
}

/** A number is the status; nothing is success; anything else is printed. */
function* leave(sys: Sys, { value }: SystemExit): Blocking<number> {
  if (value === null) return 0
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value) & 0xff
  if (typeof value === 'string') yield* sys.write(2, `${value}\n`)
  return 1
}
