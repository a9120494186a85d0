/**
 * Why calls were refused. The line that refuses says which rule it is (`throw refuse(k, EPERM, 'map-written', …)`), and
 * where the errno leaves the kernel the two are put together with the call: no rule is told twice, and a refusal that
 * the kernel itself gets over leaves nothing behind. A capability that is missing says so by itself (capability.ts).
 * why(1) and the page read the log. Linux has nothing of the kind; it was proposed in 2015 as prctl(PR_GET_ERR_DESC).
 *
 * The log lives beside the tables: it tells what happened and decides nothing, and replaying fills it again.
 */
import { EPERM, Errno, ESRCH, type Refusal, type Rule } from '../abi/index.ts'
import type { Path } from '../vfs/index.ts'
import { callerOf } from './caller.ts'
import type { Kernel } from './kernel.ts'
import { taskByPid } from './pid-namespace.ts'
import { ptraceMayAccess } from './ptrace.ts'
import type { Refused, Said } from './refuse.ts'
import type { Task } from './types.ts'
import { fromKgid, fromKuid } from './user-namespace.ts'

/** Calls that ask whether something would be refused: to learn that it would is no failure. */
const QUESTIONS: ReadonlySet<string> = new Set(['access', 'stat', 'lstat', 'fstatat', 'getxattr', 'refusals'])

/** A call ends with an error: if a rule was named for it, write that down. Returns the error. */
export function refused(
  k: Kernel,
  id: number,
  call: string,
  args: readonly unknown[],
  error: unknown,
): unknown {
  if (!(error instanceof Errno)) return error
  const said = k.refusals.take(k, error)
  const task = k.tasks.find(id)
  if (said && task && !QUESTIONS.has(call)) record(k, task, said, call, args)
  return error
}

/** See `note` of refuse.ts. */
export function writeNote(k: Kernel, id: number, rule: Rule, facts: object): void {
  const task = k.tasks.find(id)
  if (task) record(k, task, { at: k.now(), errno: undefined, rule, facts }, '', [])
}

function record(
  k: Kernel,
  task: Task,
  { at, errno, rule, facts }: Omit<Said, 'errno'> & { readonly errno: Errno | undefined },
  call: string,
  args: readonly unknown[],
): void {
  k.refusals.add({
    at,
    errno: errno?.errno ?? 0,
    rule,
    facts: seenBy(k, task, facts),
    call,
    args: args.filter(it => typeof it === 'string' || typeof it === 'number'),
    comm: task.comm,
    pid: 0,
    task: task.id,
    struct: k.pids.get(task.id),
    lineage: lineageOf(k, task),
    overcome: false,
  } as unknown as Refused)
}

/** Places become paths, and ids those of the task's user namespace. */
function seenBy(k: Kernel, task: Task, facts: object): Record<string, unknown> {
  const seen: Record<string, unknown> = {}
  for (const [name, fact] of Object.entries(facts)) seen[name] = factSeenBy(k, task, name, fact)
  return seen
}

function factSeenBy(k: Kernel, task: Task, name: string, fact: unknown): unknown {
  if (typeof fact === 'object') return pathSeenBy(k, task, fact as Path)
  const { userNs } = k.creds.get(task.cred)
  if (name.endsWith('uid')) return fromKuid(k, userNs, fact as number)
  return name.endsWith('gid') ? fromKgid(k, userNs, fact as number) : fact
}

/** Pipes and the like lie nowhere, and a dead task is nowhere to look from. */
function pathSeenBy(k: Kernel, task: Task, { mount, dentry }: Path): string {
  const { vfs } = k
  if (!task.fs || !vfs.mounts.find(mount) || !vfs.findDentry(dentry)) return ''
  return vfs.showPath({ mount, dentry }, callerOf(k, task))
}

function lineageOf(k: Kernel, task: Task): readonly number[] {
  const ids: number[] = []
  for (let it: Task | undefined = task; it; it = k.tasks.find(it.parent)) ids.push(it.id)
  return ids
}

/** The system call: what a task and its descendants were refused. Errors: ESRCH, EPERM. */
export function refusals(k: Kernel, task: Task, pid: number): readonly Refusal[] {
  const { log } = k.refusals
  const target = pid ? taskByPid(k, task.pidNs, pid) : task.id
  const found = target
    ? log.filter(it => it.lineage.includes(target))
    : log.filter(it => numberIn(it, task.pidNs) === pid)
  if (!target && !found.length) throw ESRCH
  const isMine = (id: number): boolean => ptraceMayAccess(k, callerOf(k, task), id)
  // Of a task that is gone those may know who may look into the one above it.
  const who = target || found[0]!.lineage.find(id => k.tasks.find(id)) || 0
  if (!isMine(who)) throw EPERM
  const since = k.refusals.lastCommand.get(target) ?? 0
  return found
    .filter(it => it.task !== task.id || it.comm !== task.comm)
    .map(it => shownTo(it, task.pidNs, it.at >= since))
}

/** The number that a pid namespace knew the task by. */
function numberIn({ struct }: Refused, pidNs: number): number {
  return struct?.numbers[struct.spaces.indexOf(pidNs)] ?? 0
}

/** Without what only the kernel needs. */
function shownTo(it: Refused, pidNs: number, isLast: boolean): Refusal {
  const { rule, facts, errno, call, args, comm, at, overcome } = it
  return { rule, facts, errno, call, args, comm, at, overcome, isLast, pid: numberIn(it, pidNs) } as Refusal
}
