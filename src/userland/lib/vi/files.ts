/**
 * Files in vi: reading, writing, what it says of them, and which one is edited. Linux: vim's fileio.c and buffer.c.
 *
 * Left out: other encodings, encryption, backups, swap files, following changes on disk.
 */
import {
  type Blocking,
  decode,
  EACCES,
  ENOENT,
  ENOTDIR,
  encode,
  Errno,
  isDir,
  isReg,
  O_APPEND,
  O_CREAT,
  O_TRUNC,
  O_WRONLY,
  W_OK,
} from '../../../abi/index.ts'
import { readAll, readBytes, writeAll } from '../command.ts'
import { TextBuffer } from '../editor-buffer.ts'
import { columnOf } from '../editor-columns.ts'
import { WriteError } from '../output.ts'
import { type Buffer, Quit, type Vi, ViError } from './state.ts'

interface Contents {
  readonly lines: readonly string[]
  readonly bytes: number
  readonly noeol: boolean
}

/** Bytes as lines. */
function split(bytes: Uint8Array): Contents {
  const text = decode(bytes)
  const noeol = text !== '' && !text.endsWith('\n')
  const lines = text === '' ? [] : (noeol ? text : text.slice(0, -1)).split('\n')
  return { lines, bytes: bytes.length, noeol }
}

export const quoted = (name: string): string => `"${name}"`

const countText = (vi: Vi, lines: number, bytes: number): string =>
  vi.has('l', 'shortmess')
    ? `${lines}L, ${bytes}B`
    : `${lines} line${lines === 1 ? '' : 's'}, ${bytes} byte${bytes === 1 ? '' : 's'}`

const newText = (vi: Vi): string => (vi.has('n', 'shortmess') ? '[New]' : '[New File]')
const noeolText = (vi: Vi): string => (vi.has('i', 'shortmess') ? '[noeol]' : '[Incomplete last line]')

// ---- Buffers

/** The buffer of a name, made if there is none. */
export function bufferOf(vi: Vi, name: string): Buffer {
  const known = name ? vi.buffers.find(it => it.name === name) : undefined
  if (known) return known
  const buffer: Buffer = {
    number: vi.buffers.length + 1,
    name,
    text: new TextBuffer(),
    cursor: { line: 0, at: 0 },
    marks: new Map(),
    loaded: false,
    visited: false,
    readonly: false,
    noeol: false,
    dos: false,
    isNew: false,
  }
  vi.buffers.push(buffer)
  vi.attach(buffer)
  return buffer
}

/** Edit a file: it becomes the current one, read from disk unless it is loaded. */
export function* editFile(vi: Vi, name: string, { reload = false } = {}): Blocking<void> {
  const buffer = name ? bufferOf(vi, name) : vi.current
  const old = vi.current as Buffer | undefined
  if (old && old !== buffer) {
    old.cursor = vi.cursor
    vi.alternate = old
    if (!old.text.modified) old.loaded = false
  }
  vi.current = buffer
  buffer.visited = true
  vi.lineUndo = undefined
  if (buffer.loaded && !reload)
    vi.say(`${quoted(buffer.name)} line ${buffer.cursor.line + 1} of ${buffer.text.length}`)
  else yield* load(vi, buffer)
  vi.options.readonly = buffer.readonly
  const line = Math.min(buffer.cursor.line, vi.lastLine)
  vi.top = 0
  vi.moveTo(line ? vi.firstNonBlank(line) : { line, at: 0 })
}

function* load(vi: Vi, buffer: Buffer): Blocking<void> {
  const { name } = buffer
  buffer.isNew = false
  let contents: Contents = { lines: [], bytes: 0, noeol: false }
  let trouble: string | undefined
  try {
    if (name && isDir(vi.sys.stat(name))) trouble = `${quoted(name)} is a directory`
    else if (name) contents = split(yield* readBytes(vi.sys, name))
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    buffer.isNew = e === ENOENT
    trouble = `${quoted(name)} ${e === ENOENT ? newText(vi) : e === EACCES ? '[Permission Denied]' : e === ENOTDIR ? '[New DIRECTORY]' : `[READ ERRORS]`}`
  }
  fill(vi, buffer, contents)
  buffer.readonly = !buffer.isNew && name !== '' && !trouble && !writable(vi, name)
  if (vi.forceReadonly) buffer.readonly = true
  if (trouble) vi.say(trouble)
  else if (name) vi.say(readMessage(vi, buffer, contents))
}

/** Put contents in a buffer as what it was from the start. */
export function fill(vi: Vi, buffer: Buffer, { lines, noeol }: Contents): void {
  // vim takes a file for one of DOS when every line ends so; vi does not look.
  buffer.dos = !vi.options.compatible && lines.length > 0 && !noeol && lines.every(it => it.endsWith('\r'))
  buffer.text = new TextBuffer(buffer.dos ? lines.map(it => it.slice(0, -1)) : lines)
  buffer.noeol = noeol
  buffer.loaded = true
  vi.attach(buffer)
}

function writable(vi: Vi, name: string): boolean {
  try {
    vi.sys.access(name, W_OK)
    return true
  } catch (e) {
    if (e instanceof Errno) return false
    throw e
  }
}

function readMessage(vi: Vi, buffer: Buffer, { lines, bytes, noeol }: Contents): string {
  const special = buffer.name && !isReg(vi.sys.stat(buffer.name)) ? '[character special] ' : ''
  const readonly = buffer.readonly ? '[readonly] ' : ''
  const dos = buffer.dos ? (vi.has('x', 'shortmess') ? '[dos] ' : '[dos format] ') : ''
  return `${quoted(buffer.name)} ${readonly}${special}${dos}${noeol ? `${noeolText(vi)} ` : ''}${countText(vi, lines.length, bytes)}`
}

/** What a file holds, as :r inserts it. */
export function* readLines(vi: Vi, name: string): Blocking<readonly string[]> {
  try {
    if (isDir(vi.sys.stat(name))) throw new ViError(`${quoted(name)} is a directory`)
    const contents = split(yield* readBytes(vi.sys, name))
    vi.say(
      `${quoted(name)} ${contents.noeol ? `${noeolText(vi)} ` : ''}${countText(vi, contents.lines.length, contents.bytes)}`,
    )
    return contents.lines
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    throw new ViError(`E484: Can't open file ${name}`)
  }
}

/** Standard input as the text, for `vi -`. */
export function* loadStdin(vi: Vi): Blocking<void> {
  const buffer = bufferOf(vi, '')
  vi.current = buffer
  fill(vi, buffer, split(yield* readAll(vi.sys, 0)))
  buffer.text.neverSaved()
  vi.moveTo({ line: 0, at: 0 })
}

// ---- Writing

export interface WriteRequest {
  readonly name?: string
  readonly bang?: boolean
  readonly append?: boolean
  /** Lines from 0; the whole text if not given. */
  readonly first?: number
  readonly last?: number
}

/** :w. Throws ViError when the file cannot or should not be written. */
export function* writeFile(vi: Vi, request: WriteRequest): Blocking<void> {
  const { current } = vi
  const name = request.name || current.name
  if (!name) throw new ViError('E32: No file name')
  const whole = request.first === undefined
  const own = name === current.name
  const existed = exists(vi, name)
  if (existed === 'directory') throw new ViError(`E502: ${quoted(name)} is a directory`)
  if (!request.bang)
    refuse(vi, name, { own, existed: existed === 'file', whole, append: request.append ?? false })
  const lines = vi.text.lines.slice(request.first ?? 0, (request.last ?? vi.lastLine) + 1)
  const { empty } = vi.text
  const noeol = whole && current.noeol && !vi.options.fixendofline
  const ending = current.dos ? '\r\n' : '\n'
  const data = encode(
    empty
      ? ''
      : lines
          .map(it => it + ending)
          .join('')
          .slice(0, noeol ? -1 : undefined),
  )
  yield* store(vi, name, data, request)
  if (!current.name && whole) current.name = name
  if (whole && name === current.name) {
    vi.text.saved()
    current.isNew = false
    current.noeol = noeol
    current.readonly = current.readonly && !request.bang
    vi.options.readonly = current.readonly
  }
  const count = empty ? 0 : lines.length
  vi.say(
    `${quoted(name)} ${existed ? '' : `${newText(vi)} `}${current.dos ? (vi.has('x', 'shortmess') ? '[dos] ' : '[dos format] ') : ''}${noeol ? `${noeolText(vi)} ` : ''}${countText(vi, count, data.length)} ${request.append ? 'appended' : 'written'}`,
  )
}

function exists(vi: Vi, name: string): 'file' | 'directory' | undefined {
  try {
    return isDir(vi.sys.stat(name)) ? 'directory' : 'file'
  } catch (e) {
    if (e instanceof Errno) return undefined
    throw e
  }
}

function refuse(
  vi: Vi,
  name: string,
  { own, existed, whole, append }: { own: boolean; existed: boolean; whole: boolean; append: boolean },
): void {
  if (!vi.options.write) throw new ViError("E142: File not written: Writing is disabled by 'write' option")
  if (own && vi.options.readonly) throw new ViError("E45: 'readonly' option is set (add ! to override)")
  if (own && !whole) throw new ViError('E140: Use ! to write partial buffer')
  if (!own && existed && !append) throw new ViError('E13: File exists (add ! to override)')
  if (own && existed && !writable(vi, name))
    throw new ViError(`E505: ${quoted(name)} is read-only (add ! to override)`)
}

function* store(vi: Vi, name: string, data: Uint8Array, { bang, append }: WriteRequest): Blocking<void> {
  const flags = O_WRONLY | O_CREAT | (append ? O_APPEND : O_TRUNC)
  let mode: number | undefined
  try {
    if (bang && exists(vi, name) && !writable(vi, name)) {
      mode = vi.sys.stat(name).mode & 0o7777
      vi.sys.chmod(name, mode | 0o200)
    }
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    mode = undefined
  }
  try {
    const fd = yield* vi.sys.open(name, flags, 0o666)
    try {
      yield* writeAll(vi.sys, fd, data)
      yield* vi.sys.fsync(fd)
    } finally {
      vi.sys.close(fd)
    }
    if (mode !== undefined) vi.sys.chmod(name, mode)
  } catch (e) {
    if (e instanceof WriteError) throw new ViError(`${quoted(name)} E514: Write error (file system full?)`)
    if (e instanceof Errno) throw new ViError(`${quoted(name)} E212: Can't open file for writing`)
    throw e
  }
}

// ---- Leaving

/** :q. */
export function quitVi(vi: Vi, bang: boolean): void {
  if (!bang) checkWritten(vi)
  const more = vi.args.length - vi.argument - 1
  if (!bang && more > 0 && !vi.warnedOfMore) {
    vi.warnedOfMore = true
    throw new ViError(`E173: ${more} more file${more === 1 ? '' : 's'} to edit`)
  }
  throw new Quit(vi.screen ? 0 : Number(vi.failed))
}

/** Refuse to lose changes. */
export function checkWritten(vi: Vi): void {
  if (vi.text.modified) throw new ViError('E37: No write since last change (add ! to override)')
  const other = vi.buffers.find(it => it.loaded && it.text.modified)
  if (other) throw new ViError(`E162: No write since last change for buffer "${other.name || '[No Name]'}"`)
}

/** :n, :prev: edit another file of the command line. */
export function* editArgument(vi: Vi, index: number): Blocking<void> {
  if (vi.args.length <= 1) throw new ViError('E163: There is only one file to edit')
  if (index < 0) throw new ViError('E164: Cannot go before first file')
  if (index >= vi.args.length) throw new ViError('E165: Cannot go beyond last file')
  vi.argument = index
  yield* editFile(vi, vi.args[index]!)
}

/** ^^: the file edited before. */
export function* editAlternate(vi: Vi): Blocking<void> {
  if (!vi.alternate) throw new ViError('E23: No alternate file')
  if (vi.text.modified && !vi.options.hidden)
    throw new ViError('E37: No write since last change (add ! to override)')
  yield* editFile(vi, vi.alternate.name)
}

/** ^G and :f. */
export function fileInfo(vi: Vi): string {
  const { current, text, cursor, options } = vi
  const name = quoted(current.name || '[No Name]')
  const flags = [
    text.modified ? '[Modified]' : '',
    current.isNew ? newText(vi) : '',
    options.readonly ? (vi.has('r', 'shortmess') ? '[RO]' : '[readonly]') : '',
  ].join('')
  const head = `${name}${flags || !options.ruler ? ` ${flags}` : ' '}`.trimEnd()
  if (text.empty) return `${head} --No lines in buffer--`
  const percent = Math.floor(((cursor.line + 1) * 100) / text.length)
  const place = columnText(vi)
  return options.ruler
    ? `${head} ${text.length} line${text.length === 1 ? '' : 's'} --${percent}%--`
    : `${head} line ${cursor.line + 1} of ${text.length} --${percent}%-- col ${place}${argumentText(vi)}`
}

const argumentText = (vi: Vi): string =>
  vi.args.length > 1 ? ` (file ${vi.argument + 1} of ${vi.args.length})` : ''

/** The column by bytes and on the screen. */
export function columnText(vi: Vi): string {
  if (!vi.line) return '0-1'
  const bytes = encode(vi.line.slice(0, vi.cursor.at)).length + 1
  const tab = vi.mode === 'normal' && !vi.options.list && vi.line[vi.cursor.at] === '\t'
  const column = columnOf(vi.line, vi.cursor.at + (tab ? 1 : 0), vi.display) + (tab ? 0 : 1)
  return bytes === column ? String(bytes) : `${bytes}-${column}`
}
