/**
 * The commands of ex. Linux: vim's ex_cmds.c, ex_cmds2.c; index.txt.
 *
 * Left out: mappings, abbreviations, scripts beyond :source, windows and tabs, tags, help, quickfix.
 */
import { type Blocking, Errno, type Sys } from '../../abi/index.ts'
import { writeAll } from './command.ts'
import { readBytes } from './command.ts'
import { columnOf } from './editor-columns.ts'
import { runExLine } from './vi-ex.ts'
import { checkWritten, editArgument, editFile, fileInfo, quitVi, readLines, writeFile } from './vi-files.ts'
import { keysOf, normalCommand } from './vi-normal.ts'
import { travel } from './vi-undo.ts'
import { OptionError, setOptions } from './vi-options.ts'
import { filter, join, put, remove, shift, yank } from './vi-operators.ts'
import { pipeThrough, runShell } from './vi-shell.ts'
import { Quit, type Vi, ViError } from './vi-state.ts'
import { globalCommand, substitute } from './vi-substitute.ts'
import { decode } from '../../abi/index.ts'

/** A command with its range, from 0; line -1 is the 0 of `:0r`. */
export interface ExRequest {
  readonly first: number
  readonly last: number
  /** How many lines of the range were given. */
  readonly given: number
  readonly bang: boolean
  readonly args: string
  readonly raw: string
  readonly name: string
}

export interface ExCommand {
  readonly name: string
  /** How many letters must be given. */
  readonly least: number
  readonly range?: true
  readonly bang?: true
  readonly noArgs?: true
  /** `|` is part of the arguments. */
  readonly takesBar?: true
  run(vi: Vi, request: ExRequest): Blocking<void>
}

/** Lines of a count behind the command: `d 3` deletes three lines from the last of the range. */
function counted(vi: Vi, request: ExRequest): { first: number; last: number; register: string } {
  const named = /^[dy]/.test(request.name) ? /^([a-zA-Z"_-]?)\s*(\d*)\s*(.*)$/ : /^()(\d*)\s*(.*)$/
  const [, register = '', count = '', rest = ''] = named.exec(request.args)!
  if (rest) throw new ViError(`E488: Trailing characters: ${rest}`)
  const first = Math.max(0, request.first)
  if (!count) return { first, last: Math.max(0, request.last), register }
  if (count === '0') throw new ViError('E939: Positive count required')
  const from = Math.max(0, request.last)
  return { first: from, last: Math.min(vi.lastLine, from + Number(count) - 1), register }
}

const place = (line: number) => ({ line, at: 0 })

/** The file name a text means: % and # are the current and the alternate one. */
function fileName(vi: Vi, text: string): string {
  const name = text.trim().replace(/\\(.)|[%#]/g, (found, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped
    const buffer = found === '%' ? vi.current.name : vi.alternate?.name
    if (!buffer)
      throw new ViError(
        found === '%'
          ? "E499: Empty file name for '%' or '#', only works with \":p:h\""
          : "E194: No alternate file name to substitute for '#'",
      )
    return buffer
  })
  if (!name.startsWith('~')) return name
  return name.replace(/^~(?=\/|$)/, vi.env.get('HOME') ?? '~')
}

function* write(vi: Vi, request: ExRequest): Blocking<void> {
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

function* readInto(vi: Vi, request: ExRequest): Blocking<void> {
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

function* bang(vi: Vi, request: ExRequest): Blocking<void> {
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
function* outside(vi: Vi, command: string | undefined, head: string): Blocking<void> {
  const note = vi.text.modified && command !== undefined ? '[No write since last change]\n' : ''
  yield* writeAll(vi.sys, 1, head + note)
  const status = yield* runShell(vi, command, resetSignals)
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

const resetSignals = (_its: Sys): void => {}

function* append(vi: Vi, request: ExRequest, offset: number): Blocking<void> {
  const lines: string[] = []
  for (;;) {
    const line = yield* vi.exLine()
    if (line === undefined || line === '.') break
    lines.push(line)
  }
  const at = Math.max(0, request.last + offset)
  if (!lines.length) return
  yield* vi.change(function* () {
    const fresh = vi.text.length === 1 && vi.line === '' && vi.current.isNew
    vi.text.splice(fresh ? 0 : at, fresh ? 1 : 0, lines)
    vi.moveTo(vi.firstNonBlank((fresh ? 0 : at) + lines.length - 1))
  })
}

function* printLines(vi: Vi, request: ExRequest, style: 'plain' | 'number' | 'list'): Blocking<void> {
  const { first, last } = counted(vi, { ...request, args: request.args.replace(/^[#lp]+/, '') })
  const wanted = request.args.startsWith('#') ? 'number' : request.args.startsWith('l') ? 'list' : style
  for (let line = first; line <= last; line++) vi.print(shownLine(vi, line, wanted))
  vi.moveTo(vi.firstNonBlank(last))
}

function shownLine(vi: Vi, line: number, style: string): string {
  const text = vi.text.line(line)
  const number = style === 'number' || vi.options.number ? `${String(line + 1).padStart(7)} ` : ''
  if (style !== 'list' && !vi.options.list) return number + expanded(text, vi.options.tabstop)
  return `${number}${[...text].map(char => (char < ' ' ? `^${String.fromCharCode(char.charCodeAt(0) + 64)}` : char)).join('')}$`
}

/** A text with its tabs as blanks. */
function expanded(text: string, tabstop: number): string {
  let row = ''
  for (const part of text.split(/(\t)/))
    row +=
      part === '\t'
        ? ' '.repeat(tabstop - (columnOf(row, row.length, { tabstop, list: false }) % tabstop))
        : part
  return row
}

/** :m and :t. */
function* transfer(vi: Vi, request: ExRequest, keep: boolean): Blocking<void> {
  const target = vi.parseAddress(request.args)
  if (target === undefined) throw new ViError('E14: Invalid address')
  if (target > vi.lastLine || target < -1) throw new ViError('E16: Invalid range')
  const { first, last } = request
  if (!keep && target >= first && target < last)
    throw new ViError('E134: Cannot move a range of lines into itself')
  const lines = vi.text.lines.slice(first, last + 1)
  yield* vi.change(function* () {
    vi.text.splice(target + 1, 0, lines)
    if (keep) return vi.moveTo(vi.firstNonBlank(target + lines.length))
    const from = target < first ? first + lines.length : first
    vi.text.splice(from, lines.length, [])
    vi.moveTo(vi.firstNonBlank(target < first ? target + lines.length : target))
  })
  const count = lines.length
  if (keep) vi.report(count, plural => `${count} more line${plural ? 's' : ''}`)
  else vi.report(count, plural => `${count} line${plural ? 's' : ''} moved`)
}

function showRegisters(vi: Vi): void {
  vi.print('Type Name Content')
  const names = ['"', ...'0123456789abcdefghijklmnopqrstuvwxyz-.:%#/']
  for (const name of names) {
    const value = vi.register(name)
    if (!value) continue
    const text = (value.text + (value.shape === 'lines' ? '\n' : '')).replace(
      /[\x00-\x1f]/g,
      char => `^${String.fromCharCode(char.charCodeAt(0) + 64)}`,
    )
    vi.print(`  ${value.shape === 'lines' ? 'l' : value.shape === 'block' ? 'b' : 'c'}  "${name}   ${text}`)
  }
}

function showMarks(vi: Vi): void {
  vi.print('mark line  col file/text')
  for (const [name, { line, at }] of [...vi.current.marks].sort())
    vi.print(
      ` ${name} ${String(line + 1).padStart(6)} ${String(at).padStart(4)} ${vi.text.line(line).trimStart()}`,
    )
}

function showBuffers(vi: Vi): void {
  for (const it of vi.buffers) {
    const flag = it === vi.current ? '%' : it === vi.alternate ? '#' : ' '
    const state = `${it.loaded ? (it === vi.current ? 'a' : 'h') : ' '}${it.text.modified ? ' +' : '  '}`
    const name = `"${it.name || '[No Name]'}"`
    vi.print(
      `${String(it.number).padStart(3)} ${flag}${state} ${name.padEnd(30)} line ${(it === vi.current ? vi.cursor : it.cursor).line + (it.visited ? 1 : 0)}`,
    )
  }
}

/** :source and the files read at the start. */
export function* sourceFile(vi: Vi, name: string): Blocking<void> {
  for (const line of decode(yield* readBytes(vi.sys, name)).split('\n'))
    if (!/^\s*("|$)/.test(line)) yield* runExLine(vi, line)
}

function* writeAllBuffers(vi: Vi, request: ExRequest): Blocking<void> {
  if (vi.text.modified || vi.current.name) if (vi.text.modified) yield* writeFile(vi, { bang: request.bang })
}

function* gotoBuffer(vi: Vi, buffer: number | undefined): Blocking<void> {
  const found = buffer === undefined ? undefined : vi.buffers[buffer]
  if (!found) throw new ViError(`E86: Buffer ${(buffer ?? 0) + 1} does not exist`)
  if (found === vi.current) return
  if (vi.text.modified && !vi.options.hidden)
    throw new ViError('E37: No write since last change (add ! to override)')
  yield* editFile(vi, found.name)
}

const missing = (name: string, least = name.length): ExCommand => ({
  name,
  least,
  range: true,
  bang: true,
  takesBar: true,
  *run() {
    throw new ViError('E319: Sorry, the command is not available in this version')
  },
})

/** In the order in which abbreviations are looked up. */
export const EX_COMMANDS: readonly ExCommand[] = [
  { name: 'append', least: 1, range: true, bang: true, run: (vi, request) => append(vi, request, 1) },
  {
    name: 'args',
    least: 2,
    *run(vi) {
      vi.print(vi.args.map((it, i) => (i === vi.argument ? `[${it}]` : it)).join(' '))
    },
  },
  {
    name: 'buffer',
    least: 1,
    range: true,
    bang: true,
    *run(vi, request) {
      const index = request.args
        ? /^\d+$/.test(request.args)
          ? Number(request.args) - 1
          : vi.buffers.findIndex(it => it.name.includes(request.args))
        : request.last
      if (request.args && index < 0) throw new ViError(`E94: No matching buffer for ${request.args}`)
      yield* gotoBuffer(vi, index)
    },
  },
  {
    name: 'bnext',
    least: 2,
    *run(vi) {
      yield* gotoBuffer(vi, vi.current.number % vi.buffers.length)
    },
  },
  {
    name: 'bprevious',
    least: 2,
    *run(vi) {
      yield* gotoBuffer(vi, (vi.current.number + vi.buffers.length - 2) % vi.buffers.length)
    },
  },
  {
    name: 'buffers',
    least: 7,
    *run(vi) {
      showBuffers(vi)
    },
  },
  {
    name: 'change',
    least: 1,
    range: true,
    bang: true,
    *run(vi, request) {
      yield* vi.change(function* () {
        remove(vi, { from: place(request.first), to: place(request.last), shape: 'lines' }, '')
      })
      yield* append(vi, { ...request, last: request.first - 1 }, 1)
    },
  },
  {
    name: 'cd',
    least: 2,
    bang: true,
    *run(vi, request) {
      const to = fileName(vi, request.args) || vi.env.get('HOME') || '/'
      try {
        vi.sys.chdir(to)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        throw new ViError(`E344: Can't find directory "${to}" in cdpath`)
      }
      vi.say(vi.sys.getcwd())
    },
  },
  { name: 'copy', least: 2, range: true, run: (vi, request) => transfer(vi, request, true) },
  {
    name: 'delete',
    least: 1,
    range: true,
    *run(vi, request) {
      const { first, last, register } = counted(vi, request)
      yield* vi.change(function* () {
        remove(vi, { from: place(first), to: place(last), shape: 'lines' }, register)
      })
    },
  },
  {
    name: 'display',
    least: 2,
    *run(vi) {
      showRegisters(vi)
    },
  },
  {
    name: 'edit',
    least: 1,
    bang: true,
    *run(vi, request) {
      const name = fileName(vi, request.args)
      const other = name !== '' && name !== vi.current.name
      if (!request.bang && vi.text.modified && (!other || !vi.options.hidden))
        throw new ViError('E37: No write since last change (add ! to override)')
      if (request.bang && vi.text.modified) vi.current.loaded = false
      yield* editFile(vi, name, { reload: !other })
    },
  },
  {
    name: 'echo',
    least: 2,
    takesBar: true,
    *run(vi, request) {
      throw new ViError(
        `E319: Sorry, the command is not available in this version: echo ${request.args}`.trimEnd(),
      )
    },
  },
  {
    name: 'ex',
    least: 2,
    bang: true,
    *run(vi) {
      yield* vi.enterEx()
    },
  },
  { name: 'exit', least: 3, range: true, bang: true, run: writeIfChanged },
  {
    name: 'file',
    least: 1,
    bang: true,
    *run(vi, request) {
      if (request.args) {
        vi.current.name = fileName(vi, request.args)
        vi.current.isNew = false
      }
      vi.say(fileInfo(vi))
    },
  },
  {
    name: 'files',
    least: 5,
    *run(vi) {
      showBuffers(vi)
    },
  },
  {
    name: 'first',
    least: 2,
    bang: true,
    *run(vi, request) {
      yield* changeArgument(vi, 0, request.bang)
    },
  },
  {
    name: 'global',
    least: 1,
    range: true,
    bang: true,
    takesBar: true,
    run: (vi, request) => globalCommand(vi, request, !request.bang),
  },
  {
    name: 'help',
    least: 1,
    bang: true,
    *run() {
      throw new ViError('E433: No tags file')
    },
  },
  {
    name: 'history',
    least: 3,
    *run(vi) {
      vi.print('      #  cmd history')
      for (const [i, it] of vi.history[':'].entries())
        vi.print(`${i + 1 === vi.history[':'].length ? '>' : ' '}${String(i + 1).padStart(6)}  ${it}`)
    },
  },
  { name: 'insert', least: 1, range: true, bang: true, run: (vi, request) => append(vi, request, 0) },
  {
    name: 'join',
    least: 1,
    range: true,
    bang: true,
    *run(vi, request) {
      const { first, last } = counted(vi, request)
      const end = last === first ? Math.min(first + 1, vi.lastLine) : last
      yield* vi.change(function* () {
        join(vi, first, end, request.bang)
      })
    },
  },
  { name: 'list', least: 1, range: true, run: (vi, request) => printLines(vi, request, 'list') },
  {
    name: 'last',
    least: 2,
    bang: true,
    *run(vi, request) {
      yield* changeArgument(vi, vi.args.length - 1, request.bang)
    },
  },
  {
    name: 'ls',
    least: 2,
    bang: true,
    *run(vi) {
      showBuffers(vi)
    },
  },
  { name: 'move', least: 1, range: true, run: (vi, request) => transfer(vi, request, false) },
  {
    name: 'mark',
    least: 2,
    range: true,
    *run(vi, request) {
      if (!/^[a-zA-Z'`]$/.test(request.args))
        throw new ViError(
          request.args
            ? 'E191: Argument must be a letter or forward/backward quote'
            : 'E471: Argument required',
        )
      vi.current.marks.set(request.args, place(request.last))
    },
  },
  {
    name: 'marks',
    least: 5,
    *run(vi) {
      showMarks(vi)
    },
  },
  {
    name: 'next',
    least: 1,
    bang: true,
    *run(vi, request) {
      yield* changeArgument(vi, vi.argument + Number(request.args || 1), request.bang)
    },
  },
  {
    name: 'Next',
    least: 1,
    bang: true,
    *run(vi, request) {
      yield* changeArgument(vi, vi.argument - 1, request.bang)
    },
  },
  {
    name: 'nohlsearch',
    least: 3,
    noArgs: true,
    *run(vi) {
      vi.highlightOff = true
    },
  },
  {
    name: 'normal',
    least: 4,
    range: true,
    bang: true,
    takesBar: true,
    *run(vi, request) {
      for (let line = request.first; line <= Math.min(request.last, vi.lastLine); line++) {
        if (request.given) vi.moveTo(place(line))
        yield* typed(vi, request.args)
      }
    },
  },
  { name: 'number', least: 2, range: true, run: (vi, request) => printLines(vi, request, 'number') },
  { name: '#', least: 1, range: true, run: (vi, request) => printLines(vi, request, 'number') },
  { name: 'print', least: 1, range: true, run: (vi, request) => printLines(vi, request, 'plain') },
  { name: 'Print', least: 1, range: true, run: (vi, request) => printLines(vi, request, 'plain') },
  {
    name: 'previous',
    least: 4,
    bang: true,
    *run(vi, request) {
      yield* changeArgument(vi, vi.argument - 1, request.bang)
    },
  },
  {
    name: 'put',
    least: 2,
    range: true,
    bang: true,
    *run(vi, request) {
      const value = vi.register(request.args)
      if (!value) throw new ViError(`E353: Nothing in register ${request.args || '"'}`)
      yield* vi.change(function* () {
        vi.cursor = place(Math.max(0, request.last))
        put(vi, { text: value.text, shape: 'lines' }, 1, request.bang || request.last < 0)
        vi.moveTo(
          vi.firstNonBlank(
            request.bang ? vi.cursor.line : vi.cursor.line + value.text.split('\n').length - 1,
          ),
        )
      })
    },
  },
  {
    name: 'pwd',
    least: 2,
    *run(vi) {
      vi.say(vi.sys.getcwd())
    },
  },
  {
    name: 'quit',
    least: 1,
    bang: true,
    noArgs: true,
    *run(vi, request) {
      quitVi(vi, request.bang)
    },
  },
  {
    name: 'qall',
    least: 2,
    bang: true,
    noArgs: true,
    *run(vi, request) {
      if (!request.bang) checkWritten(vi)
      throw new Quit(vi.screen ? 0 : Number(vi.failed))
    },
  },
  {
    name: 'quitall',
    least: 5,
    bang: true,
    noArgs: true,
    *run(vi, request) {
      if (!request.bang) checkWritten(vi)
      throw new Quit(vi.screen ? 0 : Number(vi.failed))
    },
  },
  {
    name: 'cquit',
    least: 2,
    bang: true,
    *run(_vi, request) {
      throw new Quit(Number(request.args || 1))
    },
  },
  { name: 'read', least: 1, range: true, takesBar: true, run: readInto },
  {
    name: 'redo',
    least: 3,
    noArgs: true,
    *run(vi) {
      travel(vi, false)
    },
  },
  {
    name: 'registers',
    least: 3,
    *run(vi) {
      showRegisters(vi)
    },
  },
  {
    name: 'retab',
    least: 3,
    range: true,
    bang: true,
    *run(vi, request) {
      yield* vi.change(function* () {
        const [first, last] = request.given ? [request.first, request.last] : [0, vi.lastLine]
        for (let line = first; line <= last; line++) shift(vi, line, line, 0)
      })
    },
  },
  {
    name: 'rewind',
    least: 3,
    bang: true,
    *run(vi, request) {
      yield* changeArgument(vi, 0, request.bang)
    },
  },
  { name: 'substitute', least: 1, range: true, takesBar: true, run: substituteThenMore },
  {
    name: '&',
    least: 1,
    range: true,
    *run(vi, request) {
      yield* substitute(vi, { ...request, args: request.args.replace(/^&/, vi.lastSubstitute?.flags ?? '') })
    },
  },
  { name: '~', least: 1, range: true, run: (vi, request) => substitute(vi, { ...request, name: '&' }) },
  { name: 'set', least: 2, run: set },
  { name: 'setlocal', least: 4, run: set },
  { name: 'setglobal', least: 4, run: set },
  {
    name: 'shell',
    least: 2,
    noArgs: true,
    *run(vi) {
      if (vi.screen) yield* vi.screen.lend(outside(vi, undefined, ''))
      else yield* runShell(vi, undefined)
    },
  },
  {
    name: 'sort',
    least: 3,
    range: true,
    bang: true,
    *run(vi, request) {
      yield* sortLines(vi, request)
    },
  },
  {
    name: 'source',
    least: 2,
    *run(vi, request) {
      try {
        yield* sourceFile(vi, fileName(vi, request.args))
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        throw new ViError(`E484: Can't open file ${request.args}`)
      }
    },
  },
  {
    name: 'startinsert',
    least: 4,
    bang: true,
    *run(vi, request) {
      vi.pending.push(request.bang ? 'A' : 'i')
    },
  },
  {
    name: 'stop',
    least: 2,
    bang: true,
    *run(vi) {
      if (vi.screen) yield* vi.screen.suspend('\r\n')
    },
  },
  {
    name: 'suspend',
    least: 3,
    bang: true,
    *run(vi) {
      if (vi.screen) yield* vi.screen.suspend('\r\n')
    },
  },
  { name: 't', least: 1, range: true, run: (vi, request) => transfer(vi, request, true) },
  {
    name: 'undo',
    least: 1,
    *run(vi) {
      vi.undoUndoes = vi.has('u') ? !vi.undoUndoes : true
      travel(vi, vi.undoUndoes)
    },
  },
  {
    name: 'vglobal',
    least: 1,
    range: true,
    takesBar: true,
    run: (vi, request) => globalCommand(vi, request, false),
  },
  {
    name: 'visual',
    least: 2,
    bang: true,
    *run(vi, request) {
      vi.exMode = false
      if (request.args) yield* editFile(vi, fileName(vi, request.args))
    },
  },
  {
    name: 'view',
    least: 3,
    bang: true,
    *run(vi, request) {
      if (!request.bang && vi.text.modified)
        throw new ViError('E37: No write since last change (add ! to override)')
      yield* editFile(vi, fileName(vi, request.args))
      vi.options.readonly = true
    },
  },
  {
    name: 'version',
    least: 2,
    *run(vi) {
      vi.print('VIM - Vi IMproved 9.0 (2022 Jun 28, compiled Feb 16 2025 05:23:41)')
    },
  },
  { name: 'write', least: 1, range: true, bang: true, takesBar: true, run: write },
  {
    name: 'wq',
    least: 2,
    range: true,
    bang: true,
    *run(vi, request) {
      yield* write(vi, request)
      quitVi(vi, request.bang)
    },
  },
  { name: 'wall', least: 2, bang: true, noArgs: true, run: writeAllBuffers },
  {
    name: 'wqall',
    least: 3,
    bang: true,
    noArgs: true,
    *run(vi, request) {
      yield* writeAllBuffers(vi, request)
      throw new Quit(0)
    },
  },
  {
    name: 'wnext',
    least: 2,
    range: true,
    bang: true,
    *run(vi, request) {
      yield* write(vi, request)
      yield* editArgument(vi, vi.argument + 1)
    },
  },
  { name: 'xit', least: 1, range: true, bang: true, run: writeIfChanged },
  {
    name: 'xall',
    least: 2,
    bang: true,
    noArgs: true,
    *run(vi, request) {
      yield* writeAllBuffers(vi, request)
      throw new Quit(0)
    },
  },
  {
    name: 'yank',
    least: 1,
    range: true,
    *run(vi, request) {
      const { first, last, register } = counted(vi, request)
      yank(vi, { from: place(first), to: place(last), shape: 'lines' }, register)
    },
  },
  { name: '<', least: 1, range: true, run: (vi, request) => indent(vi, request, -1) },
  { name: '>', least: 1, range: true, run: (vi, request) => indent(vi, request, 1) },
  {
    name: '=',
    least: 1,
    range: true,
    *run(vi, request) {
      const line = request.given ? request.last + 1 : vi.text.length
      vi.say(`line ${line}`)
    },
  },
  { name: '!', least: 1, range: true, takesBar: true, run: bang },
  {
    name: '@',
    least: 1,
    range: true,
    *run(vi, request) {
      const value = vi.register(request.args || vi.lastMacro)
      if (!value) throw new ViError('E748: No previously used register')
      yield* runExLine(vi, value.text)
    },
  },
  {
    name: '*',
    least: 1,
    range: true,
    *run(vi, request) {
      const value = vi.register(request.args)
      if (value) yield* runExLine(vi, value.text)
    },
  },
  missing('syntax', 2),
  missing('let', 3),
  missing('if', 2),
  missing('function', 2),
  missing('call', 3),
  missing('colorscheme', 4),
]

function* writeIfChanged(vi: Vi, request: ExRequest): Blocking<void> {
  if (vi.text.modified || request.args || request.given) yield* write(vi, request)
  quitVi(vi, request.bang)
}

function* changeArgument(vi: Vi, index: number, bang: boolean): Blocking<void> {
  if (!bang && vi.text.modified && !vi.options.hidden)
    throw new ViError('E37: No write since last change (add ! to override)')
  if (bang && vi.text.modified) vi.current.loaded = false
  yield* editArgument(vi, index)
}

/** What stands behind a `|` after :s runs too; one in the pattern must be escaped. */
function* substituteThenMore(vi: Vi, request: ExRequest): Blocking<void> {
  let end = request.args.length
  for (let i = 0; i < request.args.length; i++) {
    if (request.args[i] === '\\') i++
    else if (request.args[i] === '|') {
      end = i
      break
    }
  }
  yield* substitute(vi, { ...request, args: request.args.slice(0, end) })
  if (end < request.args.length) yield* runExLine(vi, request.args.slice(end + 1))
}

function* set(vi: Vi, request: ExRequest): Blocking<void> {
  try {
    for (const line of setOptions(vi.options, request.args.replace(/\s"\s.*$/, ''))) vi.print(line)
  } catch (e) {
    if (e instanceof OptionError) throw new ViError(e.message)
    throw e
  }
}

function* typed(vi: Vi, keys: string): Blocking<void> {
  const rest = vi.pending.splice(0)
  vi.pending.push(...keysOf(keys), '\x1b')
  try {
    while (vi.pending.length) yield* normalCommand(vi)
  } catch (e) {
    if (!(e instanceof ViError)) throw e
  } finally {
    vi.pending.length = 0
    vi.pending.push(...rest)
  }
}

function* indent(vi: Vi, request: ExRequest, direction: 1 | -1): Blocking<void> {
  const more = /^[<>]*/.exec(request.args)![0].length
  const { first, last } = counted(vi, { ...request, args: request.args.slice(more) })
  yield* vi.change(function* () {
    shift(vi, first, last, direction * (1 + more))
    vi.moveTo(vi.firstNonBlank(last))
  })
}

function* sortLines(vi: Vi, request: ExRequest): Blocking<void> {
  const [first, last] = request.given ? [request.first, request.last] : [0, vi.lastLine]
  const numeric = request.args.includes('n')
  const fold = request.args.includes('i')
  const key = (text: string) => (fold ? text.toLowerCase() : text)
  const number = (text: string) => Number(/-?\d+/.exec(text)?.[0] ?? -Infinity)
  const order = (a: string, b: string) =>
    numeric ? number(a) - number(b) : key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0
  let lines = vi.text.lines.slice(first, last + 1).sort(order)
  if (request.bang) lines.reverse()
  if (request.args.includes('u')) lines = lines.filter((it, i) => !i || order(lines[i - 1]!, it) !== 0)
  yield* vi.change(function* () {
    vi.text.splice(first, last - first + 1, lines)
    vi.moveTo(place(first))
  })
}
