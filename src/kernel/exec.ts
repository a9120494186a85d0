/**
 * execve(2): another program in the same task. Linux: fs/exec.c, fs/binfmt_script.c, fs/binfmt_elf.c,
 * what becomes of credentials is in commoncap.ts.
 *
 * Left out: binfmt_misc, fexecve.
 */
import {
  type Blocking,
  E2BIG,
  ELOOP,
  ENOENT,
  ENOEXEC,
  Errno,
  parseElf,
  type Program,
  decode,
  encode,
} from '../abi/index.ts'
import {
  type Caller,
  type Cred,
  fsnotifyExec,
  inodeAt,
  inodePermission,
  MAY_READ,
  openExec,
  type Path,
} from '../vfs/index.ts'
import { readHeader } from './bprm.ts'
import { callerOf } from './caller.ts'
import { execCreds } from './commoncap.ts'
import { checkNprocAtExec, commitCreds } from './cred.ts'
import { deThread } from './de-thread.ts'
import { checkFileMax, closeOnExec, copyFiles, putFiles } from './files.ts'
import { chargeHeap, chargeProgram } from './cgroup/index.ts'
import type { Kernel } from './kernel.ts'
import { loadFailure } from './ld-so.ts'
import { setExe, setRss } from './mm.ts'
import { refuse } from './refuse.ts'
import type { Task } from './types.ts'
import { SCHEDULE } from './wake-up.ts'

type NewCred = Omit<Cred, 'id' | 'epoch'>

/** BINPRM_BUF_SIZE: how much of a file's beginning decides what it is. */
const SCRIPT_MAX = 256
const MAX_INTERPRETERS = 5
/** A quarter of the default stack limit, and MAX_ARG_STRLEN. */
const ARG_MAX = 2 << 20
const ARG_STRLEN_MAX = 128 << 10

/** What was found at the end of the chain of interpreters. */
interface Binary {
  readonly path: Path
  readonly program: Program
  readonly argv: readonly string[]
}

/** The system call. Never returns when it succeeds: `resume` finds another program in the thread. */
export function* execve(
  k: Kernel,
  task: Task,
  path: string,
  argv: readonly string[],
  envp: readonly string[],
): Blocking<never> {
  const id = exec(k, task, path, argv, envp)
  k.trace?.returned(id, undefined)
  yield SCHEDULE
  throw new Error('execve returned')
}

/** Everything but the switch itself; also for tasks that the kernel starts. Returns the id of who goes on. */
export function exec(
  k: Kernel,
  task: Task,
  path: string,
  argv: readonly string[],
  envp: readonly string[],
): number {
  const as = callerOf(k, task)
  checkArguments(k, argv, envp)
  checkNprocAtExec(k, task)
  checkFileMax(k, task)
  const binary = load(k, as, path, argv.length ? argv : [''], envp)
  const cred = execCreds(k, task, binary.path)
  const id = deThread(k, task.id)
  commit(k, id, path, binary, cred, envp)
  return id
}

function checkArguments(k: Kernel, argv: readonly string[], envp: readonly string[]): void {
  let total = 0
  for (const strings of [argv, envp])
    for (const text of strings) {
      if (text.length >= ARG_STRLEN_MAX) throw refuse(k, E2BIG, 'arg-strlen', { max: ARG_STRLEN_MAX })
      total += text.length + 9
    }
  if (total > ARG_MAX) throw refuse(k, E2BIG, 'arg-max', { total, max: ARG_MAX })
}

/** Linux: search_binary_handler(), once more for every `#!`. */
function load(k: Kernel, as: Caller, path: string, argv: readonly string[], envp: readonly string[]): Binary {
  let script = ''
  for (let depth = 0; depth <= MAX_INTERPRETERS; depth++) {
    const place = script ? interpreterAt(k, as, path, script) : openExec(k.vfs, as, path)
    const header = readHeader(k, as, place)
    fsnotifyExec(k.vfs, place.dentry)
    if (header[0] !== 0x23 || header[1] !== 0x21) return loadElf(k, as, place, header, path, argv, envp)
    const { interpreter, argument } = parseScript(k, path, header)
    script = path
    argv = [interpreter, ...(argument ? [argument] : []), path, ...argv.slice(1)]
    path = interpreter
  }
  throw refuse(k, ELOOP, 'interpreters-max', { max: MAX_INTERPRETERS })
}

/** Linux: open_exec(). The file that a script or an executable names; that it is not there is told of as if that one were not. */
function interpreterAt(k: Kernel, as: Caller, interpreter: string, path: string): Path {
  try {
    return openExec(k.vfs, as, interpreter)
  } catch (e) {
    throw e === ENOENT ? refuse(k, ENOENT, 'interpreter-missing', { path, interpreter }) : e
  }
}

/** How a file of no known format begins, as far as that is text. */
const startOf = (header: Uint8Array): string => /^[ -~]*/.exec(decode(header.subarray(0, 16)))![0]

/** Linux: load_script(). What follows the interpreter's name is one argument, spaces and all. */
function parseScript(k: Kernel, path: string, header: Uint8Array): { interpreter: string; argument: string } {
  const start = decode(header.subarray(2, SCRIPT_MAX))
  const newline = start.indexOf('\n')
  const line = (newline < 0 ? start : start.slice(0, newline)).replace(/^[ \t]+/, '').replace(/[ \t]+$/, '')
  const found = /^([^ \t\0]+)(?:[ \t]+(.*))?$/s.exec(line)
  if (!found) throw refuse(k, ENOEXEC, 'exec-format', { path, starts: '#!' })
  const isCut = newline < 0 && header.length >= SCRIPT_MAX
  if (isCut && found[2] === undefined) throw refuse(k, ENOEXEC, 'exec-format', { path, starts: '#!' })
  return { interpreter: found[1]!, argument: (found[2] ?? '').split('\0')[0]! }
}

function loadElf(
  k: Kernel,
  as: Caller,
  place: Path,
  header: Uint8Array,
  path: string,
  argv: readonly string[],
  envp: readonly string[],
): Binary {
  const it = parseElf(header)
  if (!it) throw refuse(k, ENOEXEC, 'exec-format', { path, starts: startOf(header) })
  const interp = it.interp === undefined ? undefined : interpreterAt(k, as, it.interp, path)
  const failure = loadFailure(k, as, { path: place, interp, needed: it.needed ?? [] }, argv[0] || path, envp)
  const program = failure ?? k.programs.get(it.program)
  if (!program) throw refuse(k, ENOEXEC, 'exec-format', { path, starts: startOf(header) })
  return { path: place, program, argv }
}

/** Linux: the rest of begin_new_exec(), and setup_new_exec(): there is no way back any more. */
function commit(
  k: Kernel,
  id: number,
  path: string,
  binary: Binary,
  cred: NewCred,
  envp: readonly string[],
): void {
  const task = k.tasks.get(id)
  const old = k.creds.get(task.cred)
  // Who may not read the program may not look into what runs it. Linux: would_dump().
  const isDumpable = old.euid === old.uid && old.egid === old.gid && isReadable(k, task, binary.path)
  setExe(k, id, binary.path)
  k.tasks.own(id).dumpable = isDumpable
  if (!sameCred(old, cred)) commitCreds(k, id, cred)
  if (task.rss) {
    chargeHeap(k, id, -task.rss, k.swap?.resize(id, 0))
    setRss(k, id, 0)
  }
  chargeProgram(k, id)
  unshareFilesForExec(k, id)
  closeOnExec(k, k.tasks.get(id))
  resetHandlers(k, id)
  const me = k.tasks.own(id)
  me.comm = commOf(path)
  me.argv = binary.argv.slice()
  me.environ = envp.slice()
  me.didExec = true
  me.hiwaterRss = 0
  const thread = k.threads.get(id)!
  thread.program = binary.program(thread.sys, binary.argv, envp)
}

function isReadable(k: Kernel, task: Task, path: Path): boolean {
  try {
    inodePermission(k.vfs, callerOf(k, task), inodeAt(k.vfs, path), MAY_READ)
    return true
  } catch (e) {
    if (e instanceof Errno) return false
    throw e
  }
}

/** The name of the file, cut to TASK_COMM_LEN. */
export const commOf = (path: string): string => cutComm(path.slice(path.lastIndexOf('/') + 1))

export function cutComm(name: string): string {
  const bytes = encode(name)
  return bytes.length < 16 ? name : decode(bytes.subarray(0, 15))
}

function unshareFilesForExec(k: Kernel, id: number): void {
  const { files } = k.tasks.get(id)
  if (k.files.get(files).users === 1) return
  k.tasks.own(id).files = copyFiles(k, files)
  putFiles(k, files)
}

/** "Signals that are being caught are reset to the default" - execve(2). */
export function resetHandlers(k: Kernel, id: number): void {
  const { sighand } = k.tasks.get(id)
  const { actions } = k.sighands.get(sighand)
  if (actions.includes('handler')) {
    const hand = k.sighands.own(sighand)
    hand.actions = actions.map(action => (action === 'handler' ? 'SIG_DFL' : action))
    hand.flags = []
  }
  k.handlers.delete(sighand)
}

const COMPARED = [
  'suid',
  'sgid',
  'euid',
  'egid',
  'fsuid',
  'fsgid',
  'capPermitted',
  'capEffective',
  'capAmbient',
  'securebits',
] as const

const sameCred = (a: Cred, b: NewCred): boolean => COMPARED.every(field => a[field] === b[field])
