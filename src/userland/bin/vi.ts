/**
 * vi - Vi IMproved, a programmer's text editor; ex, view
 * https://www.vim.org/docs.php
 *
 * As Debian's vim.tiny: called vi, ex or view it is vi-compatible, called vim it has vim's defaults. Unlike there, arrow
 * keys work while text is inserted by somebody at a terminal.
 *
 * Left out: what the files of lib/vi say; -r, -t, -d, -o, -p, -s, -w, -T.
 */
import { type Blocking, Errno, SIG_IGN, SIGPIPE, type Sys } from '../../abi/index.ts'
import { command, type Process, writeAll } from '../lib/command.ts'
import { Lines } from '../lib/lines.ts'
import { Screen } from '../lib/screen.ts'
import { executeLine } from '../lib/vi/command-line.ts'
import { drawVi, showPages } from '../lib/vi/draw.ts'
import { addressOf, runExLine } from '../lib/vi/ex.ts'
import { sourceFile } from '../lib/vi/ex-commands.ts'
import { bufferOf, editFile, fill, loadStdin } from '../lib/vi/files.ts'
import { normalCommand } from '../lib/vi/normal.ts'
import { optionDefaults } from '../lib/vi/options.ts'
import { Hangup, Quit, Vi, ViError } from '../lib/vi/state.ts'

const VERSION = 'VIM - Vi IMproved 9.0 (2022 Jun 28, compiled Feb 16 2025 05:23:41)\n'
const HELP = `${VERSION}
Usage: vim [arguments] [file ..]       edit specified file(s)
   or: vim [arguments] -               read text from stdin

Arguments:
   --\t\t\tOnly file names after this
   -v\t\t\tVi mode (like "vi")
   -e\t\t\tEx mode (like "ex")
   -s\t\t\tSilent (batch) mode (only for "ex")
   -R\t\t\tReadonly mode (like "view")
   -m\t\t\tModifications (writing files) not allowed
   -M\t\t\tModifications in text not allowed
   -C\t\t\tCompatible with Vi: 'compatible'
   -N\t\t\tNot fully Vi compatible: 'nocompatible'
   -n\t\t\tNo swap file, use memory only
   -u <vimrc>\t\tUse <vimrc> instead of any .vimrc
   +\t\t\tStart at end of file
   +<lnum>\t\tStart at line <lnum>
   --cmd <command>\tExecute <command> before loading any vimrc file
   -c <command>\t\tExecute <command> after loading the first file
   -S <session>\t\tSource file <session> after loading the first file
   -h  or  --help\tPrint Help (this message) and exit
   --version\t\tPrint version information and exit
`

interface Request {
  readonly files: string[]
  readonly commands: string[]
  readonly early: string[]
  ex: boolean
  silent: boolean
  readonly: boolean
  compatible: boolean
  modifiable: boolean
  write: boolean
  stdin: boolean
  vimrc: string | undefined
}

/** A command line that vim refuses. */
class BadArgument {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

export default command({
  name: 'vi',
  aliases: ['ex', 'view', 'vim', 'vim.tiny'],
  summary: "Vi IMproved, a programmer's text editor",
  usage: 'vim [arguments] [file ..]',
  suite: 'other',
  help: HELP,
  version: VERSION,
  raw: true,

  *main(sys, _flags, args, me) {
    let request: Request
    try {
      request = parse(args, me.name.slice(me.name.lastIndexOf('/') + 1))
    } catch (e) {
      if (!(e instanceof BadArgument)) throw e
      yield* writeAll(sys, 2, `${VERSION}${e.message}\nMore info with: "vim -h"\n`)
      return 1
    }
    if (args.includes('--version') || args.includes('-h') || args.includes('--help')) {
      me.out.print(args.includes('--version') ? VERSION : HELP)
      return 0
    }
    sys.sigaction(SIGPIPE, SIG_IGN)
    if (request.ex && !sys.isatty(0)) request.silent = true
    return yield* run(sys, me, request)
  },
})

function parse(args: readonly string[], name: string): Request {
  const request: Request = {
    files: [],
    commands: [],
    early: [],
    ex: name === 'ex',
    silent: false,
    readonly: name === 'view',
    compatible: !name.startsWith('vim'),
    modifiable: true,
    write: true,
    stdin: false,
    vimrc: undefined,
  }
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    const value = (): string => {
      if (i + 1 >= args.length) throw new BadArgument(`Argument missing after: "${arg}"`)
      return args[++i]!
    }
    if (arg === '--') {
      request.files.push(...args.slice(i + 1))
      break
    }
    if (arg === '-') request.stdin = true
    else if (arg === '--cmd') request.early.push(value())
    else if (arg.startsWith('+')) request.commands.push(arg.slice(1) || '$')
    else if (/^--(version|help|clean|noplugin|not-a-term)$/.test(arg)) continue
    else if (arg.startsWith('-')) letters(request, arg, value)
    else request.files.push(arg)
  }
  return request
}

function letters(request: Request, arg: string, value: () => string): void {
  for (let at = 1; at < arg.length; at++) {
    const letter = arg[at]!
    const rest = arg.slice(at + 1)
    if (letter === 'e' || letter === 'E') request.ex = true
    else if (letter === 's' && request.ex) request.silent = true
    else if (letter === 'v') request.ex = false
    else if (letter === 'R') request.readonly = true
    else if (letter === 'm') request.write = false
    else if (letter === 'M') request.modifiable = request.write = false
    else if (letter === 'C' || letter === 'N') request.compatible = letter === 'C'
    else if (letter === 'c') return void request.commands.push(rest || value())
    else if (letter === 'S') return void request.commands.push(`source ${rest || value()}`)
    else if (letter === 'u' || letter === 'i' || letter === 'T') {
      const file = rest || value()
      if (letter === 'u') request.vimrc = file
      return
    } else if (!/^[bhnyZlDVopOXf]$/.test(letter)) throw new BadArgument(`Unknown option argument: "${arg}"`)
  }
}

// ---- Running

function* run(sys: Sys, me: Process, request: Request): Blocking<number> {
  const screen = request.silent
    ? undefined
    : new Screen(sys, { input: request.stdin ? 2 : 0, alternate: true, paste: true, signalKeys: true })
  const options = optionDefaults(request.compatible)
  options.esckeys = screen?.isTty ?? false
  options.modifiable = request.modifiable
  options.write = request.write
  const vi = new Vi(sys, me.env, me.envp, options, screen)
  vi.forceReadonly = request.readonly
  vi.runNormal = () => normalCommand(vi)
  vi.runEx = line => runExLine(vi, line)
  vi.draw = () => drawVi(vi)
  vi.pages = lines => showPages(vi, lines)
  vi.parseAddress = text => addressOf(vi, text)
  vi.current = bufferOf(vi, '')
  vi.exMode = request.ex
  const input = new Lines(sys, 0)
  vi.exLine = () => (screen ? typedLine(vi) : input.next())
  vi.enterEx = function* () {
    vi.exMode = true
  }
  if (screen) yield* warn(sys)
  let status = 0
  try {
    yield* screen?.open() ?? nothing()
    yield* start(vi, request)
    yield* screen ? interactive(vi) : silent(vi)
    status = Number(vi.failed)
  } catch (e) {
    if (e instanceof Quit) status = e.status
    else if (e instanceof Hangup) status = screen?.quit ? 128 + screen.quit : 1
    else throw e
  } finally {
    yield* flush(vi)
    yield* screen?.close() ?? nothing()
  }
  if (screen && status === 1 && !screen.quit) yield* complain(sys)
  else if (screen?.quit) yield* deadly(sys)
  return status
}

function* nothing(): Blocking<void> {}

function* warn(sys: Sys): Blocking<void> {
  const text =
    (sys.isatty(1) ? '' : 'Vim: Warning: Output is not to a terminal\n') +
    (sys.isatty(0) ? '' : 'Vim: Warning: Input is not from a terminal\n')
  if (text) yield* tell(sys, 2, text)
}

const complain = (sys: Sys): Blocking<void> =>
  tell(sys, 1, 'Vim: Error reading input, exiting...\r\nVim: Finished.\r\n')
const deadly = (sys: Sys): Blocking<void> =>
  tell(sys, 1, 'Vim: Caught deadly signal TERM\r\nVim: Finished.\r\n')

function* tell(sys: Sys, fd: number, text: string): Blocking<void> {
  try {
    yield* sys.write(fd, text)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
  }
}

/** Read what is to be read before the first key: start-up files, the text, the commands of the command line. */
function* start(vi: Vi, request: Request): Blocking<void> {
  for (const line of request.early) yield* attempt(vi, runExLine(vi, line))
  if (!request.silent && request.vimrc !== 'NONE') yield* startUp(vi, request.vimrc)
  vi.args = request.files
  vi.buffers.length = 0
  if (request.stdin) {
    yield* loadStdin(vi)
  } else if (request.files.length) {
    for (const name of request.files) bufferOf(vi, name)
    vi.current = bufferOf(vi, request.files[0]!)
    yield* editFile(vi, request.files[0]!)
  } else {
    vi.current = bufferOf(vi, '')
    fill(vi, vi.current, { lines: [], bytes: 0, noeol: false })
    vi.current.isNew = true
  }
  if (request.ex) vi.moveTo(vi.firstNonBlank(vi.lastLine))
  for (const line of request.commands) yield* attempt(vi, executeLine(vi, line))
}

/** ~/.vimrc, or ~/.exrc, or what the environment says. */
function* startUp(vi: Vi, vimrc: string | undefined): Blocking<void> {
  const init = vi.env.get('VIMINIT') ?? vi.env.get('EXINIT')
  if (vimrc === undefined && init) return yield* attempt(vi, runExLine(vi, init))
  const home = vi.env.get('HOME') ?? ''
  for (const name of vimrc === undefined ? [`${home}/.vimrc`, `${home}/.exrc`] : [vimrc]) {
    try {
      vi.sys.stat(name)
    } catch (e) {
      if (e instanceof Errno) continue
      throw e
    }
    return yield* attempt(vi, sourceFile(vi, name))
  }
}

/** Failing is no reason to end. */
function* attempt(vi: Vi, act: Blocking<void>): Blocking<void> {
  try {
    yield* act
  } catch (e) {
    if (e instanceof ViError) fail(vi, e)
    else if (e instanceof Errno) vi.say(e.message, true)
    else throw e
  }
}

function fail(vi: Vi, e: ViError): void {
  vi.failed = true
  vi.pending.length = 0
  vi.text.commit(vi.cursor)
  vi.mode = 'normal'
  if (e.message) vi.say(e.message, true)
  vi.moveTo(vi.cursor, vi.want)
}

function* interactive(vi: Vi): Blocking<void> {
  for (;;) {
    if (vi.exMode) yield* exPrompt(vi)
    else
      try {
        yield* normalCommand(vi)
        if (!vi.replaying) vi.moveTo(vi.cursor, vi.want)
      } catch (e) {
        if (!(e instanceof ViError)) throw e
        fail(vi, e)
        if (!e.message) yield* vi.screen!.write('\x07')
      }
    yield* vi.sys.burn(20_000)
  }
}

/** Ex mode at a terminal: a prompt, a line, what it prints. */
function* exPrompt(vi: Vi): Blocking<void> {
  const screen = vi.screen!
  yield* screen.write(`\x1b[${screen.rows};1H\r\nEntering Ex mode.  Type "visual" to go to Normal mode.`)
  while (vi.exMode) {
    yield* screen.write('\r\n:')
    const line = yield* typedLine(vi)
    if (line === undefined) throw new Hangup()
    vi.printed = []
    vi.say('')
    const before = vi.cursor.line
    yield* attempt(vi, line === '' ? nextLine(vi) : runExLine(vi, line))
    const shown = vi.printed.splice(0)
    if (vi.message) shown.push(vi.message)
    else if (!shown.length && vi.cursor.line !== before) shown.push(vi.line)
    if (shown.length) yield* screen.write(`\r\n${shown.join('\r\n')}`)
  }
  screen.redraw()
}

function* nextLine(vi: Vi): Blocking<void> {
  if (vi.cursor.line >= vi.lastLine) throw new ViError('E501: At end-of-file')
  vi.moveTo(vi.firstNonBlank(vi.cursor.line + 1))
  vi.print(vi.line)
}

/** A line typed without the help of the screen's last line. */
function* typedLine(vi: Vi): Blocking<string | undefined> {
  let text = ''
  for (;;) {
    const key = yield* vi.screen!.key()
    if (key === '') return undefined
    if (key === '\r' || key === '\n') {
      yield* vi.screen!.write('\r\n')
      return text
    }
    if (key === '\x7f' || key === '\b') text = text.slice(0, -1)
    else if ([...key].length === 1 && key >= ' ') text += key
    yield* vi.screen!.write(key >= ' ' && [...key].length === 1 ? key : '\b \b')
  }
}

/** `ex -s`: commands from standard input, and nothing but what they print. */
function* silent(vi: Vi): Blocking<void> {
  yield* flush(vi)
  for (;;) {
    const line = yield* vi.exLine()
    if (line === undefined) return
    const before = vi.cursor.line
    yield* attempt(vi, line.trim() === '' ? nextLine(vi) : runExLine(vi, line))
    if (vi.cursor.line !== before && !vi.printed.length && line.trim() === '') vi.print(vi.line)
    yield* flush(vi)
  }
}

function* flush(vi: Vi): Blocking<void> {
  if (vi.screen || !vi.printed.length) return
  yield* tell(vi.sys, 1, vi.printed.map(it => `${it}\n`).join(''))
  vi.printed = []
}
