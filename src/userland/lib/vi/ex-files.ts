/** The commands of ex that write, read and go through the shell: :w, :r, :!. Linux: vim's ex_cmds.c. */
import type { Blocking } from '../../../abi/index.ts'
import { writeAll } from '../command.ts'
import { type ExRequest, fileName } from './ex-request.ts'
import { quitVi, readLines, writeFile } from './files.ts'
import { filter } from './operators.ts'
import { pipeThrough, runShell } from './shell.ts'
import { type Vi, ViError } from './state.ts'

export function* write(vi: Vi, request: ExRequest): Blocking<void> {
  const range = request.given ? { first: Math.max(0, request.first), last: Math.max(0, request.last) } : {}
  if (request.args.startsWith('!')) return yield* writeToCommand(vi, request)
  const append = request.args.startsWith('>>')
  const name = fileName(vi, append ? request.args.slice(2) : request.args)
  yield* writeFile(vi, { ...range, bang: request.bang, append, ...(name ? { name } : {}) })
}

function* writeToCommand(vi: Vi, request: ExRequest): Blocking<void> {
  const [first, last] = request.given ? [request.first, request.last] : [0, vi.lastLine]
  const text = vi.text.lines
    .slice(Math.max(0, first), last + 1)
    .map(it => `${it}\n`)
    .join('')
  const { text: output } = yield* pipeThrough(vi, request.args.slice(1), text)
  for (const line of output.split('\n').slice(0, output.endsWith('\n') ? -1 : undefined))
    if (output) vi.print(line)
}

export function* readInto(vi: Vi, request: ExRequest): Blocking<void> {
  const at = request.last + 1
  let lines: readonly string[]
  if (request.args.startsWith('!')) {
    const { text, status } = yield* pipeThrough(vi, expandBang(vi, request.args.slice(1)), undefined)
    lines = text === '' ? [] : (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
    if (status) vi.say(`shell returned ${status}`)
  } else {
    const name = fileName(vi, request.args) || vi.current.name
    if (!name) throw new ViError('E32: No file name')
    lines = yield* readLines(vi, name)
  }
  if (!lines.length) return
  yield* vi.change(function* () {
    vi.text.splice(at, 0, lines)
    // In vi the cursor goes to the first new line, in ex to the last.
    vi.moveTo(vi.firstNonBlank(vi.screen ? at : at + lines.length - 1))
  })
  if (request.args.startsWith('!') && lines.length > vi.options.report) vi.say(`${lines.length} more lines`)
}

function expandBang(vi: Vi, text: string): string {
  const command = text.replace(/\\!|!/g, found => (found === '!' ? vi.lastBang : '!'))
  const named = command.replace(/\\([%#])|([%#])(?=$|[\s.'")])/g, (found, escaped: string | undefined) =>
    escaped !== undefined ? escaped : ((found === '%' ? vi.current.name : vi.alternate?.name) ?? found),
  )
  vi.lastBang = named
  return named
}

export function* bang(vi: Vi, request: ExRequest): Blocking<void> {
  const command = expandBang(vi, request.raw.trimStart())
  if (request.given) {
    yield* vi.change(() => filter(vi, Math.max(0, request.first), request.last, command))
    return
  }
  const { screen } = vi
  if (!screen) {
    yield* runShell(vi, command)
    return
  }
  yield* screen.lend(outside(vi, command, `:!${command}\r\n`))
  vi.say('')
  yield* vi.draw()
}

/** Run a command with the terminal as it was, and wait for a key. */
export function* outside(vi: Vi, command: string | undefined, head: string): Blocking<void> {
  const note = vi.text.modified && command !== undefined ? '[No write since last change]\n' : ''
  yield* writeAll(vi.sys, 1, head + note)
  const status = yield* runShell(vi, command)
  if (command === undefined) return
  yield* writeAll(
    vi.sys,
    1,
    `${status ? `\nshell returned ${status}\n` : ''}\nPress ENTER or type command to continue`,
  )
  let byte: Uint8Array
  do byte = yield* vi.sys.read(0, 1)
  while (byte.length && byte[0] !== 13 && byte[0] !== 10)
}

export function* writeAllBuffers(vi: Vi, request: ExRequest): Blocking<void> {
  if (vi.text.modified || vi.current.name) if (vi.text.modified) yield* writeFile(vi, { bang: request.bang })
}

export function* writeIfChanged(vi: Vi, request: ExRequest): Blocking<void> {
  if (vi.text.modified || request.args || request.given) yield* write(vi, request)
  quitVi(vi, request.bang)
}
