/**
 * A machine: a booted host with its clock, its terminals, its history of commits and its input log. Its state is a
 * function of the boot options and the log, so that replaying the log on a fresh machine gives the same machine.
 *
 * It knows no host time: whoever owns it says how far the virtual clock may run (see pace.ts).
 */
import { encode, type Refusal } from '../abi/index.ts'
import {
  callerOf,
  type Kernel,
  type KernelMessage,
  type KernelSchema,
  masterDrained,
  masterWrite,
  onMasterOutput,
  openPty,
  type SchedTrace,
  setMasterLimit,
  setWinsize,
  spawn,
  type SpawnOptions,
} from '../kernel/index.ts'
import { type ChangeSet, compare, type Snapshot as StoreSnapshot } from '../state/index.ts'
import { boot, type BootOptions } from './boot.ts'
import { hashTables } from './hash.ts'
import { requestModules, worldStands } from './programs.ts'

/** The state of a machine at one moment. Never changes. */
export type Snapshot = StoreSnapshot<KernelSchema> & { readonly clock: number; readonly kernel: KernelFacts }
export type Changes = ChangeSet<KernelSchema>

/** What a snapshot needs besides the tables to be read by itself. */
export interface KernelFacts {
  readonly cpus: number
  readonly memory: number
  readonly cgroup: 'v1' | 'v2'
}

/** One thing that came from outside, and when: after `step` events, at virtual time `at`. */
export type InputEntry = { readonly at: number; readonly step: number } & Input

export type Input =
  | {
      readonly kind: 'terminal'
      readonly rows: number
      readonly cols: number
      readonly user: string
      readonly limit?: number
    }
  | { readonly kind: 'data'; readonly tty: number; readonly text: string }
  | { readonly kind: 'drained'; readonly tty: number; readonly bytes: number }
  | { readonly kind: 'resize'; readonly tty: number; readonly rows: number; readonly cols: number }
  | { readonly kind: 'command'; readonly id: number; readonly script: string }

/** A terminal of the host: what a person's screen and keyboard are plugged into. */
export interface Terminal {
  /** Its place in the order of opening, from 0. */
  readonly index: number
  write(text: string): void
  resize(rows: number, cols: number): void
  /** The screen has shown so many bytes more: matters to a terminal that was opened with a limit. */
  drained(bytes: number): void
  /** Bytes for the screen; returns a function that stops listening. */
  onOutput(listener: (bytes: Uint8Array) => void): () => void
  /** The login shell has ended; the Enter key logs in anew. */
  readonly closed: boolean
  /** The current directory of whoever has the terminal at the moment, as init would name it. */
  readonly cwd: string
  /** Be told when that happens; returns a function that stops listening. */
  onEnd(listener: () => void): () => void
}

type Listener<T> = (it: T) => void

/** The id of the first task. */
const INIT = 1

class Listeners<T> {
  readonly #all = new Set<Listener<T>>()

  add(listener: Listener<T>): () => void {
    this.#all.add(listener)
    return () => this.#all.delete(listener)
  }

  emit(it: T): void {
    for (const listener of [...this.#all]) listener(it)
  }
}

export class Machine {
  readonly options: BootOptions
  readonly #kernel: Kernel
  readonly #log: InputEntry[] = []
  readonly #commits = new Listeners<{ snapshot: Snapshot; changes: Changes }>()
  readonly #inputs = new Listeners<InputEntry>()
  readonly #terminals: HostTerminal[] = []
  #snapshot: Snapshot

  constructor(options: BootOptions = {}) {
    this.options = options
    this.#kernel = boot(options)
    this.#snapshot = this.#commitTables()
  }

  /** Virtual ns since the machine was switched on. */
  get now(): number {
    return this.#kernel.clock
  }

  /** The realtime clock of a snapshot as seconds since 1970. */
  realtimeOf(snapshot: Snapshot): number {
    return this.#kernel.bootTime.sec + snapshot.clock / 1e9
  }

  /** Events processed so far; two machines that agree on their log and on this number agree on everything. */
  get steps(): number {
    return this.#kernel.sched.steps
  }

  /** When something happens next without input, or undefined when everybody sleeps for ever. */
  nextEvent(): number | undefined {
    return this.#kernel.sched.nextEventTime()
  }

  /**
   * Let virtual time pass until `ns` since boot. `budget` is asked between events and may say stop by returning
   * false; then false is returned and the clock stands where it came to.
   */
  runUntil(ns: number, budget?: () => boolean): boolean {
    if (worldStands()) return false
    return this.#kernel.sched.run(ns, () => !worldStands() && (budget?.() ?? true)) && !worldStands()
  }

  get snapshot(): Snapshot {
    return this.#snapshot
  }

  /** End the epoch if it changed anything, and tell everybody who watches. */
  commit(): Snapshot {
    const changes = this.#kernel.store.changes()
    const changed = Object.keys(changes).length > 0
    if (!changed && this.#snapshot.clock === this.#kernel.clock) return this.#snapshot
    this.#snapshot = this.#commitTables()
    this.#commits.emit({ snapshot: this.#snapshot, changes })
    for (const terminal of this.#terminals) terminal.noteEnd()
    return this.#snapshot
  }

  #commitTables(): Snapshot {
    const k = this.#kernel
    k.sched.settle()
    const facts: KernelFacts = { cpus: k.cpus, memory: k.memory, cgroup: this.options.cgroup ?? 'v2' }
    return { ...k.store.commit(), clock: k.clock, kernel: facts }
  }

  onCommit(listener: Listener<{ snapshot: Snapshot; changes: Changes }>): () => void {
    return this.#commits.add(listener)
  }

  /** Everything that came from outside so far. */
  get log(): readonly InputEntry[] {
    return this.#log
  }

  onInput(listener: Listener<InputEntry>): () => void {
    return this.#inputs.add(listener)
  }

  get terminals(): readonly Terminal[] {
    return this.#terminals
  }

  /**
   * Plug in a terminal and log a user in on it. With a `limit`, whoever writes to it waits while so many bytes have not
   * been acknowledged by `drained`; without one the screen takes everything.
   */
  openTerminal(size: { rows: number; cols: number; user?: string; limit?: number }): Terminal {
    const { rows, cols, user = 'root', limit } = size
    return this.#input({ kind: 'terminal', rows, cols, user, ...(limit && { limit }) }) as Terminal
  }

  /**
   * The last thing that the kernel refused who works on a terminal between two moments (virtual ns), if what it was
   * refused to did not succeed all the same.
   */
  refused(terminal: number, from: number, to: number): Refusal | undefined {
    const { shell } = this.#terminals[terminal]!
    const found = this.#kernel.refusals.log.findLast(
      it => it.at >= from && it.at <= to && !it.overcome && it.lineage.includes(shell),
    )
    return found && ({ ...found, isLast: true, pid: found.struct?.numbers[0] ?? 0 } as Refusal)
  }

  /** Run a shell script as root where nobody sees it (a lab's check or set-up); its output comes to `onOutput`. */
  runHidden(script: string): HiddenCommand {
    return this.#input({ kind: 'command', id: this.#log.length, script }) as HiddenCommand
  }

  /** Take an input entry at this moment, and write it down. Replaying does the same with recorded ones. */
  apply(input: Input): unknown {
    return this.#input(input)
  }

  #input(input: Input): unknown {
    const entry: InputEntry = { ...input, at: this.now, step: this.steps }
    this.#log.push(entry)
    const result = this.#act(entry)
    this.#inputs.emit(entry)
    return result
  }

  #act(input: InputEntry): unknown {
    const k = this.#kernel
    switch (input.kind) {
      case 'terminal': {
        const terminal = new HostTerminal(this, k, this.#terminals.length, input)
        this.#terminals.push(terminal)
        return terminal
      }
      case 'data':
        return this.#terminals[input.tty]!.receive(input.text)
      case 'drained':
        return masterDrained(k, this.#terminals[input.tty]!.pty, input.bytes)
      case 'resize':
        return setWinsize(k, this.#terminals[input.tty]!.pty, input.rows, input.cols)
      case 'command':
        requestModules()
        return new HiddenCommand(k, input.script)
    }
  }

  /** For the command line twin and tests: start a process as a login session would. */
  spawn(options: SpawnOptions): number {
    requestModules()
    return spawn(this.#kernel, options)
  }

  /** For the command line twin: a terminal on which nobody logs in. Its index is for `spawn`; not in the log. */
  openPty(size: { rows: number; cols: number }, output: (bytes: Uint8Array) => void): number {
    const { index } = openPty(this.#kernel)
    setWinsize(this.#kernel, index, size.rows, size.cols)
    onMasterOutput(this.#kernel, index, output)
    return index
  }

  /** The raw wait status of a process that `spawn` started, once it has ended. */
  exitStatus(task: number): number | undefined {
    return this.#kernel.reaped.get(task)
  }

  /** The newest `size` things the scheduler did, from now on: what happens between two commits is in no snapshot. */
  watch(size: number): SchedTrace {
    return this.#kernel.sched.watch(size)
  }

  unwatch(): void {
    this.#kernel.sched.unwatch()
  }

  /** The kernel's log from message number `seq` on. */
  messages(seq: number): readonly KernelMessage[] {
    return this.#kernel.dmesg.since(seq)
  }

  /** A digest of the whole state: equal for equal histories, in Node and in every browser. */
  hash(): string {
    this.commit()
    return hashTables(this.#snapshot)
  }

  /** What happened between two snapshots of this machine. */
  compare(from: Snapshot, to: Snapshot): Changes {
    return compare(from, to)
  }
}

/** How many pieces of output are kept for a screen that is not there yet. */
const BACKLOG = 2000

class HostTerminal implements Terminal {
  readonly index: number
  readonly pty: number
  readonly #machine: Machine
  readonly #output = new Listeners<Uint8Array>()
  readonly #kernel: Kernel
  readonly #user: string
  readonly #ends = new Listeners<void>()
  #task: number
  #hasEnded = false
  /** What came before anybody looked, its end at least. */
  #backlog: Uint8Array[] = []
  #listened = false

  constructor(
    machine: Machine,
    k: Kernel,
    index: number,
    size: { rows: number; cols: number; user: string; limit?: number },
  ) {
    this.#machine = machine
    this.#kernel = k
    this.index = index
    this.pty = openPty(k).index
    setWinsize(k, this.pty, size.rows, size.cols)
    if (size.limit) setMasterLimit(k, this.pty, size.limit)
    onMasterOutput(k, this.pty, bytes => this.#show(bytes))
    this.#user = size.user
    this.#task = this.#login()
  }

  #login(): number {
    this.#hasEnded = false
    return spawn(this.#kernel, { ...login(this.#user), tty: this.pty, path: '/bin/bash', argv: ['-bash'] })
  }

  /** What was typed. Like getty(8), a terminal without a shell waits for Enter. */
  receive(text: string): void {
    if (!this.closed) masterWrite(this.#kernel, this.pty, encode(text))
    else if (/[\r\n]/.test(text)) this.#task = this.#login()
  }

  onEnd(listener: () => void): () => void {
    return this.#ends.add(listener)
  }

  noteEnd(): void {
    if (this.#hasEnded || !this.closed) return
    this.#hasEnded = true
    this.#ends.emit()
  }

  /** The task of the login shell. */
  get shell(): number {
    return this.#task
  }

  get closed(): boolean {
    return this.#kernel.reaped.has(this.#task)
  }

  get cwd(): string {
    const k = this.#kernel
    const tty = [...k.ttys.values()].find(it => it.index === this.pty)
    for (const task of k.tasks.values()) {
      if (!tty || task.tty !== tty.id || task.pgrp !== tty.pgrp || task.state === 'Z') continue
      const { pwdMount: mount, pwdDentry: dentry } = k.fsStructs.get(task.fs)
      return k.vfs.showPath({ mount, dentry }, callerOf(k, k.tasks.get(INIT)))
    }
    return '/'
  }

  write(text: string): void {
    this.#machine.apply({ kind: 'data', tty: this.index, text })
  }

  resize(rows: number, cols: number): void {
    this.#machine.apply({ kind: 'resize', tty: this.index, rows, cols })
  }

  drained(bytes: number): void {
    this.#machine.apply({ kind: 'drained', tty: this.index, bytes })
  }

  onOutput(listener: (bytes: Uint8Array) => void): () => void {
    this.#listened = true
    for (const bytes of this.#backlog.splice(0)) listener(bytes)
    return this.#output.add(listener)
  }

  #show(bytes: Uint8Array): void {
    if (this.#listened) return this.#output.emit(bytes)
    this.#backlog.push(bytes)
    if (this.#backlog.length > BACKLOG) this.#backlog.shift()
  }
}

/** Who logs in, with the environment that login(1) gives. */
export function login(user: string): { uid: number; gid: number; cwd: string; env: string[] } {
  const root = user === 'root'
  const home = root ? '/root' : `/home/${user}`
  return {
    uid: root ? 0 : 1000,
    gid: root ? 0 : 1000,
    cwd: home,
    env: [
      'SHELL=/bin/bash',
      `PWD=${home}`,
      `LOGNAME=${user}`,
      `HOME=${home}`,
      'LANG=C.UTF-8',
      'TERM=xterm-256color',
      `USER=${user}`,
      'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    ],
  }
}

/** A script that runs out of sight. */
export class HiddenCommand {
  readonly task: number
  readonly #kernel: Kernel
  #output = ''

  constructor(k: Kernel, script: string) {
    this.#kernel = k
    const decoder = new TextDecoder()
    this.task = spawn(k, {
      ...login('root'),
      path: '/bin/bash',
      argv: ['bash', '-c', script],
      output: bytes => {
        this.#output += decoder.decode(bytes, { stream: true })
      },
    })
  }

  /** stdout and stderr so far. */
  get output(): string {
    return this.#output
  }

  /** Its raw wait status once it has ended. */
  get status(): number | undefined {
    return this.#kernel.reaped.get(this.task)
  }
}
