/**
 * Redirections: descriptors are opened, copied and closed; for commands that run in the shell itself what was there is
 * kept at 10 or above, where the limit allows that, and put back. Bash: redir.c.
 */
import {
  EBADF,
  EEXIST,
  F_DUPFD,
  F_DUPFD_CLOEXEC,
  F_GETFD,
  O_APPEND,
  O_CLOEXEC,
  O_CREAT,
  O_EXCL,
  O_RDONLY,
  O_RDWR,
  O_TRUNC,
  O_WRONLY,
  encode,
  isReg,
  type Blocking,
} from '../../abi/index.ts'
import { assignReference, splitReference, subscriptValue } from '../expand/assign.ts'
import { expandText, expandWords } from '../expand/command.ts'
import { Complaint, isErrno, reason, type Shell } from '../shell.ts'
import type { Redirect } from '../tree.ts'

/** Descriptors to put back: where, and the copy kept (-1: it was closed). */
export type Undo = [fd: number, kept: number][]

/** Carry out redirections. Throws a `Complaint`; what was done until then is in `undo`, if that is wanted. */
export function* redirect(sh: Shell, redirects: readonly Redirect[], undo: Undo | undefined): Blocking<void> {
  for (const it of redirects) {
    try {
      yield* redirectOne(sh, it, undo)
    } catch (e) {
      if (!isErrno(e)) throw e
      throw new Complaint(`${guilty(it, e)}: ${e.message}`, 1)
    }
  }
}

/** What a failure of dup2(2) and the like is put down to. Bash: redir.c:redirection_error(). */
function guilty(it: Redirect, e: unknown): string {
  if (it.delimiter !== undefined) return 'cannot create temp file for here-document'
  const to = it.fd ?? (it.operator[0] === '<' ? 0 : 1)
  if (to > 0x7fffffff) return 'file descriptor out of range'
  return e === EBADF ? String(to) : it.target.text
}

function* redirectOne(sh: Shell, it: Redirect, undo: Undo | undefined): Blocking<void> {
  if (it.operator.startsWith('<<')) return yield* hereText(sh, it, undo)
  const target = yield* targetOf(sh, it)
  const isCopy = it.operator === '>&' || it.operator === '<&'
  if (isCopy && (target === '-' || /^\d+-?$/.test(target))) return copy(sh, it, target, undo)
  if (isCopy && sh.isDash) throw new Complaint('Syntax error: Bad fd number', 2, 'exit')
  if (it.operator === '<&') throw new Complaint(`${target}: ambiguous redirect`, 1)
  if (it.operator === '>&' && (it.fd ?? 1) !== 1) throw new Complaint(`${target}: ambiguous redirect`, 1)
  const both = it.operator === '&>' || it.operator === '&>>' || isCopy
  const fd = yield* openTarget(sh, it, target)
  if (it.variable) return keepInVariable(sh, it.variable, fd, undo)
  place(sh, fd, it.fd ?? (it.operator[0] === '<' ? 0 : 1), undo)
  if (both) {
    save(sh, 2, undo)
    sh.sys.dup2(1, 2)
  }
}

function* targetOf(sh: Shell, it: Redirect): Blocking<string> {
  if (sh.isDash) return yield* expandText(sh, it.target)
  const words = yield* expandWords(sh, [it.target])
  if (words.length !== 1) throw new Complaint(`${it.target.text}: ambiguous redirect`, 1)
  return words[0]!
}

function* openTarget(sh: Shell, it: Redirect, path: string): Blocking<number> {
  const { operator } = it
  if (sh.isRestricted && operator !== '<')
    throw new Complaint(`${path}: restricted: cannot redirect output`, 1)
  try {
    if (operator === '<') return yield* sh.sys.open(path, O_RDONLY)
    if (operator === '<>') return yield* sh.sys.open(path, O_RDWR | O_CREAT, 0o666)
    if (operator === '>>' || operator === '&>>')
      return yield* sh.sys.open(path, O_WRONLY | O_CREAT | O_APPEND, 0o666)
    if (operator !== '>|' && sh.options.has('noclobber')) return yield* openNoClobber(sh, path)
    return yield* sh.sys.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
  } catch (e) {
    if (!isErrno(e)) throw e
    if (sh.isDash)
      throw new Complaint(
        `cannot ${operator === '<' ? 'open' : 'create'} ${path}: ${dashReason(e.message, operator)}`,
        sh.isAsh ? 1 : 2,
      )
    throw new Complaint(`${path}: ${e.message}`, 1)
  }
}

/** dash has words of its own for ENOENT. */
export const dashReason = (message: string, operator: string): string =>
  message === 'No such file or directory'
    ? operator === '<'
      ? 'No such file'
      : 'Directory nonexistent'
    : message

function* openNoClobber(sh: Shell, path: string): Blocking<number> {
  try {
    return yield* sh.sys.open(path, O_WRONLY | O_CREAT | O_EXCL, 0o666)
  } catch (e) {
    if (e !== EEXIST) throw e
    if (isRegularOrNowhere(sh, path))
      throw new Complaint(
        sh.isDash ? `cannot create ${path}: File exists` : `${path}: cannot overwrite existing file`,
        sh.isDash && !sh.isAsh ? 2 : 1,
      )
    return yield* sh.sys.open(path, O_WRONLY)
  }
}

function isRegularOrNowhere(sh: Shell, path: string): boolean {
  try {
    return isReg(sh.sys.stat(path))
  } catch {
    return true
  }
}

/** `{name}>file`: the descriptor stays open after the command, unless varredir_close says otherwise. */
function keepInVariable(sh: Shell, name: string, fd: number, undo: Undo | undefined): void {
  const high = sh.sys.fcntl(fd, F_DUPFD, 10)
  sh.sys.close(fd)
  try {
    assignReference(sh, name, String(high))
  } catch (e) {
    sh.sys.close(high)
    if (!(e instanceof Complaint)) throw e
    sh.warn(e.message)
    throw new Complaint(`${name}: cannot assign fd to variable`, 1)
  }
  if (sh.shopts.has('varredir_close')) undo?.push([high, -1])
}

/** What `{name}>&-` closes. */
function storedDescriptor(sh: Shell, name: string): number {
  const it = splitReference(name)
  const text = it?.index === undefined ? sh.get(name) : subscriptValue(sh, it.name, it.index)
  const isNumber = /^\s*[-+]?\d+\s*$/.test(text ?? '')
  if (text === undefined || (isNumber && Number(text) < 0))
    throw new Complaint(`${name}: ambiguous redirect`, 1)
  // What is no number closes nothing, and nobody is told.
  return isNumber ? Number(text) : -1
}

/** `>&2`, `<&3-`, `>&-`. */
function copy(sh: Shell, it: Redirect, target: string, undo: Undo | undefined): void {
  const fd = it.variable
    ? target === '-'
      ? storedDescriptor(sh, it.variable)
      : Number.NaN
    : (it.fd ?? (it.operator === '<&' ? 0 : 1))
  if (target === '-') {
    if (!it.variable) save(sh, fd, undo)
    close(sh, fd)
    return
  }
  const from = Number.parseInt(target, 10)
  if (it.variable) return keepInVariable(sh, it.variable, sh.sys.dup(from), undo)
  try {
    sh.sys.fcntl(from, 1)
  } catch {
    const shown = it.target.plain === undefined && !sh.isDash ? it.target.text : target.replace('-', '')
    throw new Complaint(`${shown}: ${EBADF.message}`, sh.isDash && !sh.isAsh ? 2 : 1)
  }
  if (from !== fd) {
    const wasOpen = isOpen(sh, fd)
    save(sh, fd, undo)
    // Bash keeps a moved descriptor only where it replaces one that was open.
    if (target.endsWith('-') && wasOpen) save(sh, from, undo)
    try {
      sh.sys.dup2(from, fd)
    } catch (e) {
      throw new Complaint(`${from}: ${reason(e)}`, 1)
    }
    if (target.endsWith('-')) sh.sys.close(from)
  }
}

/** Move an opened descriptor to where it is wanted. */
function place(sh: Shell, from: number, to: number, undo: Undo | undefined): void {
  if (from === to) {
    undo?.push([to, -1])
    return
  }
  try {
    save(sh, to, undo)
    sh.sys.dup2(from, to)
  } catch (e) {
    close(sh, from)
    throw e
  }
  sh.sys.close(from)
}

export function isOpen(sh: Shell, fd: number): boolean {
  try {
    sh.sys.fcntl(fd, F_GETFD)
    return true
  } catch {
    return false
  }
}

function save(sh: Shell, fd: number, undo: Undo | undefined): void {
  if (undo) undo.push([fd, keep(sh, fd)])
}

/** A copy of a descriptor that commands do not see; -1 if it is closed, as it will be again. */
export function keep(sh: Shell, fd: number): number {
  try {
    return sh.sys.fcntl(fd, F_DUPFD_CLOEXEC, 10)
  } catch (e) {
    if (e === EBADF) return -1
    if (sh.isDash) {
      close(sh, fd)
      throw new Complaint(`${fd}: ${reason(e)}`, 2)
    }
    return keepLow(sh, fd)
  }
}

/** Bash: redir.c:add_undo_redirect(). */
function keepLow(sh: Shell, fd: number): number {
  try {
    return sh.sys.fcntl(fd, F_DUPFD_CLOEXEC, 0)
  } catch (e) {
    sh.notices.push(`${sh.errorName()}: redirection error: cannot duplicate fd: ${reason(e)}\n`)
    throw e
  }
}

function close(sh: Shell, fd: number): void {
  try {
    sh.sys.close(fd)
  } catch {
    // "n>&- ... closes" what may be closed already.
  }
}

/** Here-documents and here-strings: through a pipe if it holds them, else a file without a name. */
function* hereText(sh: Shell, it: Redirect, undo: Undo | undefined): Blocking<void> {
  const text = (yield* expandText(sh, it.target)) + (it.operator === '<<<' ? '\n' : '')
  const bytes = encode(text)
  const fd = bytes.length <= 65536 ? yield* pipeWith(sh, bytes) : yield* fileWith(sh, bytes)
  if (it.variable) keepInVariable(sh, it.variable, fd, undo)
  else place(sh, fd, it.fd ?? 0, undo)
}

function* pipeWith(sh: Shell, bytes: Uint8Array): Blocking<number> {
  const [from, to] = sh.sys.pipe2(0)
  if (bytes.length) yield* sh.sys.write(to, bytes)
  sh.sys.close(to)
  return from
}

function* fileWith(sh: Shell, bytes: Uint8Array): Blocking<number> {
  const path = `${sh.get('TMPDIR') || '/tmp'}/sh-thd.${sh.sys.getpid()}`
  const to = yield* sh.sys.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
  const from = yield* sh.sys.open(path, O_RDONLY)
  sh.sys.unlink(path)
  yield* sh.sys.write(to, bytes)
  sh.sys.close(to)
  return from
}

/** Put back what redirections displaced, the last first. */
export function undoRedirects(sh: Shell, undo: Undo): void {
  for (const [fd, kept] of undo.reverse())
    if (kept < 0) close(sh, fd)
    else {
      sh.sys.dup2(kept, fd)
      sh.sys.close(kept)
    }
  undo.length = 0
}

/** `exec` keeps its redirections: only the copies go. */
export function keepRedirects(sh: Shell, undo: Undo): void {
  for (const [, kept] of undo) if (kept >= 0) close(sh, kept)
  undo.length = 0
}
