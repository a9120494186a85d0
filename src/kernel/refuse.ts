/**
 * Why calls are refused: what the line that refuses says, `throw refuse(k, EPERM, 'map-written', { … })`, and the log
 * of what was said. How the two come together is in refusal.ts.
 */
import { EACCES, EPERM, type Errno, type Refusal, type Rule, type Rules } from '../abi/index.ts'
import type { Cred, Given } from '../vfs/index.ts'
import type { Kernel } from './kernel.ts'
import type { Pid } from './pid-namespace.ts'
import type { Task } from './types.ts'

/** How many refusals are remembered. */
const KEPT = 128

/** A refusal with what is needed to show it to the right people. */
export type Refused = Omit<Refusal, 'overcome' | 'isLast'> & {
  readonly task: number
  readonly struct: Pid | undefined
  /** The task and those above it, from the task upwards. */
  readonly lineage: readonly number[]
  overcome: boolean
}

/** What was said by the line that refuses, at a moment of the virtual clock. */
export interface Said {
  readonly at: number
  readonly errno: Errno
  readonly rule: Rule
  readonly facts: object
}

/** The refusals of one machine, the newest last. */
export class Refusals {
  /** Write down what befell a task; set by the kernel. */
  readonly note: (id: number, rule: Rule, facts: object) => void
  log: readonly Refused[] = []
  /** When the last of the children that have ended was started, by its parent. */
  readonly lastCommand = new Map<number, number>()
  #said: Said | undefined
  // The capability that somebody lacked last. Fields, because it is asked for in vain all the time.
  #deniedAt = -1
  #cap = 0
  #owner = 0
  #cred: Cred | undefined

  constructor(note: Refusals['note']) {
    this.note = note
  }

  say(at: number, errno: Errno, rule: Rule, facts: object, unlessSaid = false): void {
    if (unlessSaid && this.#said?.at === at && this.#said.errno === errno) return
    this.#said = { at, errno, rule, facts }
  }

  deny(at: number, cred: Cred, cap: number, owner: number): void {
    this.#deniedAt = at
    this.#cap = cap
    this.#owner = owner
    this.#cred = cred
  }

  /** What was said of the errno that a call ends with now. Every call takes time, so the moment tells them apart. */
  take(k: Kernel, errno: Errno): Said | undefined {
    const said = this.#said
    this.#said = undefined
    const at = k.now()
    if (said?.at === at && said.errno === errno) return said
    if (this.#deniedAt !== at || !this.#cred || (errno !== EPERM && errno !== EACCES)) return undefined
    return { at, errno, rule: 'capable', facts: lacking(k, this.#cred, this.#cap, this.#owner) }
  }

  add(it: Refused): void {
    this.log = [...this.log.slice(1 - KEPT), it]
  }
}

/** As `throw refuse(k, EPERM, 'map-written', { … })`. */
export function refuse<R extends Rule>(k: Kernel, errno: Errno, rule: R, facts: Given<R>): Errno {
  k.refusals.say(k.now(), errno, rule, facts)
  return errno
}

/** `user:[4026531837]`. */
export const userNsName = (k: Kernel, id: number): string =>
  `user:[${k.userNamespaces.find(id)?.inum ?? '?'}]`

export const pidNsName = (k: Kernel, id: number): string => `pid:[${k.pidNamespaces.get(id).inum}]`

export const lacking = (k: Kernel, cred: Cred, cap: number, owner: number): Rules['capable'] => ({
  cap,
  owner: userNsName(k, owner),
  mine: userNsName(k, cred.userNs),
  uid: cred.euid,
  held: (cred.capEffective >> BigInt(cap)) & 1n ? 1 : 0,
  bounded: (cred.capBset >> BigInt(cap)) & 1n ? 0 : 1,
})

/** Something befell a task that is no error of a call: it was killed, or its set-user-ID program gained nothing. */
export function note<R extends Rule>(k: Kernel, id: number, rule: R, facts: Given<R>): void {
  k.refusals.note(id, rule, facts)
}

/** A process ends. If it ends well, what it and its children were refused on the way was no failure of the command. */
export function commandEnded(k: Kernel, { id, parent, startTime }: Task, status: number): void {
  const { log, lastCommand } = k.refusals
  lastCommand.set(parent, Math.max(startTime, lastCommand.get(parent) ?? 0))
  lastCommand.delete(id)
  if (status) return
  for (let i = log.length - 1; i >= 0 && log[i]!.at >= startTime; i--)
    if (log[i]!.lineage.includes(id)) log[i]!.overcome = true
}
