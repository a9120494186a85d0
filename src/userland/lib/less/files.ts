/** Other files, what is known of this one, marks, the editor, saving a pipe. Linux: less's edit.c, ifile.c, mark.c. */
import { type Blocking, O_CREAT, O_EXCL, O_WRONLY } from '../../../abi/index.ts'
import { writeAll } from '../command.ts'
import { outsideCommand } from '../screen-shell.ts'
import { ask, askKey } from './prompt.ts'
import type { Less } from './screen.ts'

/** The commands of two keys that begin with a colon. */
export function* afterColon(less: Less, count: number | undefined): Blocking<void> {
  const key = yield* askKey(less, ' :'.slice(1))
  switch (key) {
    case 'n':
      return yield* changeFile(less, count ?? 1, undefined)
    case 'p':
      return yield* changeFile(less, -(count ?? 1), undefined)
    case 'x':
      return yield* changeFile(less, 0, (count ?? 1) - 1)
    case 'e':
    case 'E':
      return yield* examine(less)
    case 'd':
      if (less.names.length < 2) return yield* less.bell()
      less.names.splice(less.index, 1)
      return yield* changeFile(less, 0, Math.min(less.index, less.names.length - 1))
    case 'f':
      return yield* showInfo(less)
    case 'q':
    case 'Q':
      return yield* less.quit()
  }
  if (key !== '\x7f' && key !== '\x1b') yield* less.bell()
}

/** E, :e: another file. */
export function* examine(less: Less): Blocking<void> {
  const name = (yield* ask(less, 'Examine: '))?.trim()
  if (!name) return
  if (less.names.includes(name)) return yield* changeFile(less, 0, less.names.indexOf(name))
  less.names.splice(less.index + 1, 0, name)
  const problem = yield* less.enter(less.index + 1)
  if (!problem) return
  less.names.splice(less.index + 1, 1)
  less.message = problem
}

/** Another file of the list, by distance or by number. */
export function* changeFile(less: Less, step: number, number: number | undefined): Blocking<void> {
  const index = number ?? less.index + step
  if (index < 0 || index >= less.names.length) {
    less.message = step > 0 ? 'No next file' : step < 0 ? 'No previous file' : 'No such file'
    return
  }
  const problem = yield* less.enter(index)
  if (problem) less.message = problem
}

/** =: what is known of the file. */
export function* showInfo(less: Less): Blocking<void> {
  const spots = yield* less.shown()
  yield* less.text.all()
  const last = spots.at(-1)
  const atEnd = yield* less.atEnd(spots)
  const files = less.names.length > 1 ? ` (file ${less.index + 1} of ${less.names.length})` : ''
  const place = last
    ? ` ${less.linesText(spots)} byte ${less.text.bytes[last.line + 1]}/${less.text.size ?? less.text.bytes.at(-1)}`
    : ''
  less.message =
    `${less.text.name}${files}${place} ${atEnd ? '(END)' : last ? `${less.percent(last)}%` : ''}`.trim()
}

/** m */
export function* setMark(less: Less): Blocking<void> {
  const name = yield* askKey(less, 'set mark: ')
  if (/^[a-zA-Z]$/.test(name)) less.text.marks.set(name, less.top)
}

/** ': back to a mark. */
export function* toMark(less: Less): Blocking<void> {
  const name = yield* askKey(less, 'goto mark: ')
  const spot = name === '^' ? { line: 0, row: 0 } : less.text.marks.get(name)
  if (name === '$') return yield* less.toEnd(undefined)
  if (!spot && name === "'") return yield* less.toLine(1)
  if (!spot) {
    less.message = 'Mark not set'
    return
  }
  const here = less.top
  less.top = spot
  less.padded = true
  less.text.marks.set("'", here)
}

/** v: the editor at this line. */
export function* editFile(less: Less): Blocking<void> {
  if (!less.text.name || less.help) {
    less.message = less.help ? 'Cannot edit the help file' : 'Cannot edit standard input'
    return
  }
  const spots = yield* less.shown()
  const middle = spots[Math.floor((spots.length - 1) / 2)]?.line ?? 0
  const editor = less.me.env.get('VISUAL') || less.me.env.get('EDITOR') || 'editor'
  const line = `${editor} +${middle + 1} '${less.text.name.replaceAll("'", "'\\''")}'`
  yield* less.screen.lend(outsideCommand(less.sys, less.me, line, less.screen))
  const { name } = less.text
  less.texts.delete(name)
  const top = less.top
  yield* less.enter(less.index)
  less.top = top
}

/** s: keep what came through a pipe. */
export function* saveInput(less: Less): Blocking<void> {
  if (less.text.name) {
    less.message = 'Input is not a pipe'
    return
  }
  const name = yield* ask(less, 'log file: ')
  if (!name) return
  yield* less.text.all()
  try {
    const fd = yield* less.sys.open(name, O_WRONLY | O_CREAT | O_EXCL, 0o644)
    yield* writeAll(less.sys, fd, less.text.lines.map(it => `${it}\n`).join(''))
    less.sys.close(fd)
  } catch {
    less.message = `Cannot write to "${name}"`
  }
}
