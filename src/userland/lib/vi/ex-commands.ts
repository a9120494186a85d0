/**
 * The commands of ex. Linux: vim's ex_cmds.c, ex_cmds2.c; index.txt.
 *
 * Left out: mappings, abbreviations, scripts beyond :source, windows and tabs, tags, help, quickfix.
 */
import { type Blocking, decode, Errno } from '../../../abi/index.ts'
import { readBytes } from '../command.ts'
import { bang, outside, readInto, write, writeAllBuffers, writeIfChanged } from './ex-files.ts'
import { append, indent, printLines, sortLines, transfer } from './ex-lines.ts'
import { counted, type ExCommand, type ExRequest, fileName, place } from './ex-request.ts'
import { checkWritten, editArgument, editFile, fileInfo, quitVi } from './files.ts'
import { keysOf } from './keys.ts'
import { join, put, remove, shift, yank } from './operators.ts'
import { OptionError, setOptions } from './options.ts'
import { runShell } from './shell.ts'
import { Quit, type Vi, ViError } from './state.ts'
import { globalCommand, substitute } from './substitute.ts'
import { travel } from './undo.ts'
import { getcwd } from '../getcwd.ts'

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
    if (!/^\s*("|$)/.test(line)) yield* vi.runEx(line)
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
      vi.say(getcwd(vi.sys))
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
      vi.say(getcwd(vi.sys))
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
  { name: 'read', least: 1, range: true, takesBar: 'filter', run: readInto },
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
  { name: 'write', least: 1, range: true, bang: true, takesBar: 'filter', run: write },
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
      yield* vi.runEx(value.text)
    },
  },
  {
    name: '*',
    least: 1,
    range: true,
    *run(vi, request) {
      const value = vi.register(request.args)
      if (value) yield* vi.runEx(value.text)
    },
  },
  missing('syntax', 2),
  missing('let', 3),
  missing('if', 2),
  missing('function', 2),
  missing('call', 3),
  missing('colorscheme', 4),
]

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
  if (end < request.args.length) yield* vi.runEx(request.args.slice(end + 1))
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
    while (vi.pending.length) yield* vi.runNormal()
  } catch (e) {
    if (!(e instanceof ViError)) throw e
  } finally {
    vi.pending.length = 0
    vi.pending.push(...rest)
  }
}
