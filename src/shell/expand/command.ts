/**
 * Expansions that sleep: command and process substitution, and file names. Words are expanded by plain functions; when
 * one needs a substitution it throws `NEEDED`, the substitution runs, and the word is expanded again with its result.
 * Bash: subst.c:command_substitute(), process_substitute().
 */
import {
  decode,
  O_CLOEXEC,
  SIGINT,
  SIG_BLOCK,
  SIG_SETMASK,
  sigmask,
  type Blocking,
  WEXITSTATUS,
  WIFEXITED,
  WTERMSIG,
} from '../../abi/index.ts'
import { runList, runSource } from '../exec/run.ts'
import { forkShell, waitFor, waiting, type Body } from '../exec/process.ts'
import { isOpen } from '../exec/redirect.ts'
import { isTraceless } from '../exec/traceless.ts'
import { dieIfInterrupted } from '../exec/trap.ts'
import { Complaint, NEEDED, isErrno, type Shell } from '../shell.ts'
import type { List, Part, Substitution, ProcessSubstitution, Word } from '../tree.ts'
import type { Field } from './fields.ts'
import { globField } from './glob.ts'
import { expandPattern, expandRegExp, expandString, expandWord, type Substituted } from './word.ts'

/** Run `expansion`, a plain function, doing what it needs in between. */
export function* expanding<T>(sh: Shell, expansion: (sh: Shell) => T): Blocking<T> {
  const outer = sh.memo
  try {
    // Most words need nothing.
    sh.memo = undefined
    const result = expansion(sh)
    sh.memo = outer
    if (sh.notices.length) yield* sh.flush()
    return result
  } catch (e) {
    sh.memo = outer
    if (e !== NEEDED) throw e
  }
  return yield* retrying(sh, expansion)
}

function* retrying<T>(sh: Shell, expansion: (sh: Shell) => T): Blocking<T> {
  const outer = sh.memo
  const memo = new Map<Part, unknown>()
  const { status } = sh
  for (;;) {
    sh.memo = memo
    // Each time the word is gone through anew, `$?` is what it was before it.
    sh.status = status
    try {
      const result = expansion(sh)
      sh.memo = outer
      return result
    } catch (e) {
      sh.memo = outer
      if (e !== NEEDED) throw e
    }
    const part = sh.needed!
    const text: string =
      part.type === 'process'
        ? yield* processSubstitution(sh, part)
        : yield* substitute(sh, part as Substitution)
    memo.set(part, { text, status: sh.status } satisfies Substituted)
  }
}

/** The arguments that words become. */
export function* expandWords(sh: Shell, words: readonly Word[]): Blocking<string[]> {
  const fields: Field[] = []
  for (const word of words) {
    if (word.plain !== undefined) fields.push({ text: word.plain, pattern: undefined })
    else for (const field of yield* expanding(sh, () => fieldsOf(sh, word))) fields.push(field)
  }
  return yield* globbed(sh, fields)
}

const fieldsOf = (sh: Shell, word: Word): Field[] => {
  const out: Field[] = []
  expandWord(sh, word, out)
  return out
}

function* globbed(sh: Shell, fields: readonly Field[]): Blocking<string[]> {
  const out: string[] = []
  for (const field of fields) {
    if (field.pattern === undefined || sh.options.has('noglob')) out.push(field.text)
    else for (const name of yield* globField(sh, field.pattern, field.text)) out.push(name)
  }
  return out
}

export const expandText = (sh: Shell, word: Word): Blocking<string> =>
  expanding(sh, () => expandString(sh, word))
export const expandToPattern = (sh: Shell, word: Word): Blocking<string> =>
  expanding(sh, () => expandPattern(sh, word))
export const expandToRegExp = (sh: Shell, word: Word): Blocking<string> =>
  expanding(sh, () => expandRegExp(sh, word))

/** `$(…)`: what the commands print, without newlines at the end. */
function* substitute(sh: Shell, part: Substitution): Blocking<string> {
  const file = part.source === undefined ? plainFile(sh, part) : undefined
  if (file) return yield* readRedirected(sh, file)
  let ends: readonly [number, number]
  try {
    ends = openPipe(sh, O_CLOEXEC, 'command')
  } catch (e) {
    // It is as if nothing had been printed.
    if (sh.isDash || !(e instanceof Complaint)) throw e
    yield* sh.tell(e)
    return ''
  }
  const [from, to] = ends
  const list = part.source === undefined ? part.list() : undefined
  const [only, more] = list?.items ?? []
  const isLight = only !== undefined && !more && !only.background && isTraceless(sh, only.command)
  const body = substitution(part, list, from, to)
  const pid = yield* forkShell(sh, body, undefined, isLight ? 'view' : 'copy')
  sh.sys.close(to)
  const [text, status] = yield* uninterrupted(sh, outcome(sh, pid, from))
  sh.substitutionStatus = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status)
  sh.status = sh.substitutionStatus
  return text
}

/** What a substitution prints, and the raw status it ends with. */
function* outcome(sh: Shell, pid: number, from: number): Blocking<readonly [string, number]> {
  const text = yield* readAll(sh, from)
  sh.sys.close(from)
  const status = yield* waiting(sh, waitFor(sh, pid))
  // What ^C did to the substitution it does to the shell.
  if (!sh.isDash && WTERMSIG(status) === SIGINT) yield* sh.sys.kill(sh.sys.getpid(), SIGINT)
  return [text, status]
}

/** ^C waits for the end of a substitution. Bash: subst.c:command_substitute(). */
function* uninterrupted<T>(sh: Shell, work: Blocking<T>): Blocking<T> {
  if (sh.isDash) return yield* work
  const { sys } = sh
  const mask = sys.sigprocmask(SIG_BLOCK, sigmask(SIGINT))
  let result: T
  try {
    result = yield* work
  } catch (e) {
    sys.sigprocmask(SIG_SETMASK, mask)
    throw e
  }
  const isPending = (sys.sigpending() & sigmask(SIGINT)) !== 0n
  sys.sigprocmask(SIG_SETMASK, mask)
  if (!isPending) return result
  // Now it comes.
  yield* sys.sched_yield()
  yield* dieIfInterrupted(sh)
  return result
}

/** What the child of `$(…)` does. */
const substitution = (part: Substitution, list: List | undefined, from: number, to: number): Body =>
  function* (child) {
    child.substitutionDepth++
    child.disposition = 'substitution'
    if (!child.shopts.has('inherit_errexit')) child.setOption('errexit', false)
    child.setOption('monitor', false)
    child.sys.dup2(to, 1)
    if (to !== 1) child.sys.close(to)
    child.sys.close(from)
    if (!list) return yield* runSource(child, part.source!, part.line, 'command substitution')
    return yield* runList(child, list, true)
  }

function openPipe(sh: Shell, flags: number, what: string): readonly [number, number] {
  try {
    return sh.sys.pipe2(flags)
  } catch (e) {
    if (!isErrno(e)) throw e
    const complaint = new Complaint(`cannot make pipe for ${what} substitution: ${e.message}`, 1, 'discard')
    complaint.where = `${sh.errorName()}: `
    throw complaint
  }
}

/** `$(< file)` reads the file without a command. */
function plainFile(sh: Shell, part: Substitution): Word | undefined {
  const { items } = part.list()
  const command = items.length === 1 ? items[0]!.command : undefined
  if (sh.isDash || command?.type !== 'simple' || command.words.length || command.assigns.length)
    return undefined
  const redirect = command.redirects.length === 1 ? command.redirects[0]! : undefined
  return redirect?.operator === '<' && redirect.fd === undefined ? redirect.target : undefined
}

function* readRedirected(sh: Shell, target: Word): Blocking<string> {
  const path = yield* expandText(sh, target)
  sh.substitutionStatus = sh.status = 0
  try {
    const fd = yield* sh.sys.open(path, 0)
    const text = yield* readAll(sh, fd)
    sh.sys.close(fd)
    return text
  } catch (e) {
    sh.substitutionStatus = sh.status = 1
    yield* sh.complain(`${path}: ${(e as Error).message}`)
    return ''
  }
}

function* readAll(sh: Shell, fd: number): Blocking<string> {
  const chunks: Uint8Array[] = []
  for (;;) {
    try {
      const bytes = yield* sh.sys.read(fd, 65536)
      if (!bytes.length) break
      chunks.push(bytes)
    } catch (e) {
      if ((e as { name?: string }).name !== 'EINTR' || sh.interrupted) break
    }
  }
  const text = chunks.length === 1 ? decode(chunks[0]!) : decode(concat(chunks))
  const trimmed = text.replace(/\n+$/, '')
  if (!trimmed.includes('\0')) return trimmed
  if (!sh.isDash) yield* sh.complain('warning: command substitution: ignored null byte in input')
  return trimmed.replaceAll('\0', '')
}

function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((sum, it) => sum + it.length, 0))
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}

/** `<(…)` or `>(…)`: the name of a descriptor that leads to the commands. */
function* processSubstitution(sh: Shell, part: ProcessSubstitution): Blocking<string> {
  const [from, to] = openPipe(sh, 0, 'process')
  const [ours, theirs] = part.operator === '<' ? [from, to] : [to, from]
  const pid = yield* forkShell(sh, function* (child) {
    child.disposition = 'process'
    child.setOption('monitor', false)
    child.sys.dup2(theirs, part.operator === '<' ? 1 : 0)
    child.sys.close(theirs)
    child.sys.close(ours)
    return yield* runList(child, part.list(), true)
  })
  sh.sys.close(theirs)
  const fd = highDescriptor(sh, ours)
  sh.substitutionFds.push(fd)
  sh.processSubstitutions.push(pid)
  sh.lastBackground = pid
  sh.jobs.anonymous.set(pid, undefined)
  return `/dev/fd/${fd}`
}

/** Bash takes 63 and downwards for these. Bash: general.c:move_to_high_fd(). */
function highDescriptor(sh: Shell, fd: number): number {
  for (let want = 63; want > 3; want--) {
    if (isOpen(sh, want)) continue
    try {
      sh.sys.dup2(fd, want)
    } catch {
      // Beyond the limit.
      continue
    }
    sh.sys.close(fd)
    return want
  }
  return fd
}

/** Close what process substitutions of the finished command left open. */
export function closeSubstitutions(sh: Shell, from = 0): void {
  for (const fd of sh.substitutionFds.splice(from)) {
    try {
      sh.sys.close(fd)
    } catch {
      // The command closed it.
    }
  }
}
