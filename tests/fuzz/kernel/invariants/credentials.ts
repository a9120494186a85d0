/**
 * Credentials: what holds of each, and that no step gives more capabilities over any user namespace than there were
 * before, except as capabilities(7) and user_namespaces(7) say: executing a file that gives them, or as root; a new
 * user namespace; entering one over which one had CAP_SYS_ADMIN; becoming its owner.
 */
import { CAP_FULL_SET, CAP_SYS_ADMIN, CAP_SETUID, SECBIT_NOROOT } from '../../../../src/abi/index.ts'
import type { Kernel, Task } from '../../../../src/kernel/index.ts'
import type { Cred } from '../../../../src/vfs/index.ts'

/** The tasks before a step, and who they were. */
export type Before = ReadonlyMap<number, { readonly task: Task; readonly cred: Cred }>

export function tasksBefore(k: Kernel): Before {
  const found = new Map<number, { task: Task; cred: Cred }>()
  for (const task of k.tasks.values()) found.set(task.id, { task, cred: k.creds.get(task.cred) })
  return found
}

const bit = (cap: number): bigint => 1n << BigInt(cap)
const isWithin = (set: bigint, other: bigint): boolean => !(set & ~other)

/** What holds of every credential at any time. */
export function checkCredentials(k: Kernel): void {
  for (const it of k.creds.values()) {
    const { capEffective, capPermitted, capInheritable, capAmbient, capBset } = it
    if (!k.userNamespaces.find(it.userNs)) throw new Error(`cred ${it.id} is in no user namespace`)
    if (!isWithin(capEffective, capPermitted)) throw new Error(`cred ${it.id}: effective exceeds permitted`)
    if (!isWithin(capAmbient, capPermitted & capInheritable))
      throw new Error(`cred ${it.id}: ambient exceeds the others`)
    for (const set of [capPermitted, capInheritable, capBset])
      if (!isWithin(set, CAP_FULL_SET)) throw new Error(`cred ${it.id} has a capability that there is not`)
  }
}

const ENTERING = new Set(['unshare', 'join', 'joinMounted', 'setns'])

/** What a step of `me` may have done to credentials. */
export function checkMonotone(k: Kernel, before: Before, me: number, what: string): void {
  for (const task of k.tasks.values()) {
    // Who executes as another thread than the leader has become it.
    const acting = what === 'exec' && !k.tasks.find(me) ? before.get(me)?.task.tgid : me
    const isMine = task.id === acting
    const old = before.get(isMine ? me : task.id)
    const now = k.creds.get(task.cred)
    const say = (text: string): never => {
      throw new Error(`${what} of task ${me}: task ${task.id} ${text}`)
    }
    if (!old) {
      checkBorn(k, me, now, say)
      continue
    }
    if (old.task.noNewPrivs && !task.noNewPrivs) say('lost no_new_privs')
    if (old.cred.id === now.id) continue
    if (!isMine) say('has other credentials now')
    if (what === 'exec') checkExec(old.cred, now, old.task.noNewPrivs, say)
    else if (now.userNs !== old.cred.userNs) checkEntered(k, old.cred, now, ENTERING.has(what), say)
    else checkSame(k, old.cred, now, say)
  }
}

type Say = (text: string) => never

/** A child has what its parent has, or all of a new namespace. */
function checkBorn(k: Kernel, me: number, now: Cred, say: Say): void {
  const parent = k.tasks.find(me)
  if (!parent) return
  const its = k.creds.get(parent.cred)
  if (its.id === now.id) return
  const ns = k.userNamespaces.get(now.userNs)
  if (ns.parent !== its.userNs || ns.owner !== its.euid) say('was born with the credentials of somebody else')
}

/**
 * The capabilities that somebody can get at in a namespace without help. "If a process's effective user ID matches
 * the owner of the namespace and it is in the parent, it has all capabilities" - user_namespaces(7).
 */
function power(k: Kernel, cred: Cred, userNs: number): bigint {
  for (let id = userNs; id; ) {
    if (id === cred.userNs) return cred.capPermitted
    const { parent, owner } = k.userNamespaces.get(id)
    if (parent === cred.userNs && owner === cred.euid) return CAP_FULL_SET
    id = parent
  }
  return 0n
}

function isInside(k: Kernel, outer: number, userNs: number): boolean {
  for (let id = userNs; id; id = k.userNamespaces.get(id).parent) if (id === outer) return true
  return false
}

function checkEntered(k: Kernel, old: Cred, now: Cred, mayEnter: boolean, say: Say): void {
  if (!mayEnter) say('is in another user namespace now')
  for (const { id } of k.userNamespaces.values())
    if (!isInside(k, now.userNs, id) && power(k, now, id) & ~power(k, old, id))
      say(`gained capabilities over user namespace ${id} by entering ${now.userNs}`)
  const isNew = k.userNamespaces.get(now.userNs).parent === old.userNs
  if (!isNew && !(power(k, old, now.userNs) & bit(CAP_SYS_ADMIN))) say(`entered user namespace ${now.userNs}`)
}

function checkSame(k: Kernel, old: Cred, now: Cred, say: Say): void {
  if (!isWithin(now.capPermitted, old.capPermitted)) say('was permitted more capabilities')
  if (!isWithin(now.capBset, old.capBset)) say('has a larger bounding set')
  if (!isWithin(now.capInheritable, old.capInheritable | old.capBset)) say('inherits what is out of bounds')
  const ids = [old.uid, old.euid, old.suid]
  if (old.capEffective & bit(CAP_SETUID)) return
  for (const id of [now.uid, now.euid, now.suid]) if (!ids.includes(id)) say(`became user ${id}`)
  for (const { id } of k.userNamespaces.values())
    if (now.euid === old.euid && power(k, now, id) & ~power(k, old, id)) say(`gained capabilities over ${id}`)
}

/** "Transformation of capabilities during execve()" - capabilities(7), as far as it limits. */
function checkExec(old: Cred, now: Cred, noNewPrivs: boolean, say: Say): void {
  if (now.userNs !== old.userNs) say('executed its way into another user namespace')
  if (now.capBset !== old.capBset || now.capInheritable !== old.capInheritable)
    say('lost or gained bounds by exec')
  if (!isWithin(now.capAmbient, old.capAmbient)) say('gained ambient capabilities by exec')
  if (noNewPrivs && !isWithin(now.capPermitted, old.capPermitted))
    say('gained capabilities in spite of no_new_privs')
  // Who has another effective id than the real one is made to be what it really is.
  if (noNewPrivs && now.euid !== old.euid && now.euid !== old.uid)
    say('became another user in spite of no_new_privs')
  if (now.uid !== old.uid || now.gid !== old.gid) say('changed its real ids by exec')
  if (now.suid !== now.euid || now.fsuid !== now.euid) say('has other saved ids than effective ones')
  if (!isWithin(now.capPermitted, old.capBset | old.capInheritable | old.capAmbient | old.capPermitted))
    say('has capabilities beyond its bounds')
  const isPlain = now.euid !== 0 && old.uid !== 0 && now.euid === old.euid
  const fromFile = bit(12) | bit(21)
  if (isPlain && old.securebits & SECBIT_NOROOT && !isWithin(now.capPermitted, old.capAmbient | fromFile))
    say('gained capabilities from an ordinary file')
}
