/**
 * A session: one machine, the pace of its clock, its two terminals, and what is kept of it over a reload. Everything
 * typed goes through here, so that the clock is brought up to the wall before the key counts.
 */
import { del, get, set } from 'idb-keyval'
import {
  ActivityLog,
  type BootOptions,
  fetchAll,
  type HiddenCommand,
  Machine,
  Pace,
  record,
  type Recording,
  replaying,
  type Terminal,
} from '../machine/index.ts'
import { MachineView } from './machine.svelte.ts'

const KEY = 'vitrine session'
const SAVE_AFTER = 400
const TERMINALS = 2
/** Speeds of the clock to choose from. */
export const SPEEDS = [0.001, 0.01, 0.1, 1, 10, 100]
/** Bytes that may be on their way to a screen before whoever writes has to wait for it. */
const UNSHOWN = 512 * 1024
/** Of so many of the newest inputs of a stored session it is looked again at what they changed. */
const REMEMBERED = 2000
/** Replaying pauses this often, in ms, so that the page can draw. */
const SLICE = 12

export const host = {
  now: () => performance.now(),
  after(ms: number, callback: () => void) {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}

/**
 * The database takes longer to answer than anything else before the first prompt, so a note beside it says whether
 * there is anything to ask for.
 */
const lastRecording = stored().catch(() => undefined)

// Where storage is forbidden, these throw rather than reject; async functions reject.
async function stored(): Promise<Recording | undefined> {
  return localStorage.getItem(KEY) === null ? undefined : get<Recording>(KEY)
}

async function keep(recording: Recording): Promise<void> {
  await set(KEY, recording)
  localStorage.setItem(KEY, 'stored')
}

async function forget(): Promise<void> {
  localStorage.removeItem(KEY)
  return del(KEY)
}

export class Session {
  readonly machine: Machine
  readonly pace: Pace
  readonly view: MachineView
  readonly activity: ActivityLog
  #timer: ReturnType<typeof setTimeout> | undefined
  /** False while the session of the last visit is being replayed. */
  #live = true
  /** What came in meanwhile. */
  readonly #waiting: (() => void)[] = []
  #stored = $state(true)
  #chosen = $state(1)
  #paused = $state(false)

  constructor(machine: Machine) {
    this.machine = machine
    this.view = new MachineView(machine)
    this.activity = new ActivityLog(machine)
    this.pace = new Pace(machine, host)
    machine.onInput(() => this.#saveSoon())
  }

  /** A fresh host with its terminals. */
  static start(options: BootOptions): Session {
    const session = new Session(new Machine(options))
    for (let i = 0; i < TERMINALS; i++) session.machine.openTerminal({ rows: 24, cols: 80, limit: UNSHOWN })
    session.pace.start()
    return session
  }

  /**
   * The session of the last visit, if there is one. `attach` gets it as soon as its terminals are there, while what
   * was typed is still being replayed.
   */
  static async restore(
    attach: (session: Session) => void,
    accept: (options: BootOptions) => boolean,
  ): Promise<Session | undefined> {
    const recording = await lastRecording
    // A replay runs programs at once, so they have to be there.
    if (recording?.log.some(entry => entry.kind !== 'terminal' && entry.kind !== 'resize')) await fetchAll()
    if (recording?.version !== 1 || !accept(recording.options)) return undefined
    return Session.replayed(recording, attach)
  }

  /** The machine of a recording as it was then, going on from there. `attach` as above. */
  static async replayed(
    recording: Recording,
    attach: (session: Session) => void,
  ): Promise<Session | undefined> {
    const terminals = recording.log.filter(entry => entry.kind === 'terminal').length
    let session: Session | undefined
    let attached = false
    try {
      const steps = replaying(
        recording,
        machine => {
          session = new Session(machine)
          session.#live = false
        },
        (entry, left) => {
          if (entry.kind === 'data' && left < REMEMBERED) session!.#note(entry.tty, entry.text)
        },
      )
      let until = performance.now() + SLICE
      while (!steps.next().done) {
        // The screens fill as they did then, from the moment all of them are there.
        if (!attached && session!.terminals.length === terminals) {
          attached = true
          attach(session!)
        }
        if (performance.now() < until) continue
        await new Promise(resolve => setTimeout(resolve))
        until = performance.now() + SLICE
      }
    } catch (error) {
      console.error('The stored session could not be replayed; a fresh host is started.', error)
      return undefined
    }
    if (session) session.#goLive()
    return session
  }

  #goLive(): void {
    this.#live = true
    this.pace.start()
    for (const act of this.#waiting.splice(0)) act()
  }

  /** False once storing has failed: then the session lives as long as the page. */
  get stored(): boolean {
    return this.#stored
  }

  /** Virtual seconds per second; 0 while paused. */
  get speed(): number {
    return this.#paused ? 0 : this.#chosen
  }

  set speed(speed: number) {
    this.#paused = speed === 0
    if (speed) this.#chosen = speed
    this.pace.speed = speed
  }

  /** The speed that it has, or will have again after the pause. */
  get chosen(): number {
    return this.#chosen
  }

  set chosen(speed: number) {
    this.#chosen = speed
    if (!this.#paused) this.speed = speed
  }

  get paused(): boolean {
    return this.#paused
  }

  set paused(paused: boolean) {
    this.speed = paused ? 0 : this.#chosen
  }

  get terminals(): readonly Terminal[] {
    return this.machine.terminals
  }

  /** Something was typed or pasted. */
  type(terminal: Terminal, text: string): void {
    if (!this.#live) {
      this.#waiting.push(() => this.type(terminal, text))
      return
    }
    this.pace.nudge()
    this.#note(terminal.index, text)
    terminal.write(text)
    this.pace.nudge()
  }

  /** Something is about to be typed; with an Enter in it, a line. */
  #note(terminal: number, text: string): void {
    if (text.includes('\r')) this.activity.begin(terminal)
  }

  /** A screen has shown so many bytes more. While a session is replayed the recording says so. */
  drained(terminal: Terminal, bytes: number): void {
    if (!this.#live) return
    terminal.drained(bytes)
    this.pace.nudge()
  }

  /** What makes this machine again as it was at a moment of the past; without one, as it is. */
  recording(at = this.machine.now): Recording {
    const { log, ...rest } = record(this.machine)
    return { ...rest, log: log.filter(entry => entry.at <= at), at }
  }

  /** Run a script as root where nobody sees it. */
  run(script: string): HiddenCommand {
    this.pace.nudge()
    const command = this.machine.runHidden(script)
    this.pace.nudge()
    return command
  }

  resize(terminal: Terminal, rows: number, cols: number): void {
    if (!this.#live) {
      this.#waiting.push(() => this.resize(terminal, rows, cols))
      return
    }
    this.pace.nudge()
    terminal.resize(rows, cols)
    this.pace.nudge()
  }

  #saveSoon(): void {
    if (!this.#live) return
    this.#timer ??= setTimeout(() => void this.save(), SAVE_AFTER)
  }

  async save(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    try {
      await keep(record(this.machine))
      this.#stored = true
    } catch {
      this.#stored = false
    }
  }

  /** Forget what is stored and stop; the page starts a fresh session. */
  async end(): Promise<void> {
    this.pace.stop()
    this.activity.stop()
    clearTimeout(this.#timer)
    this.#timer = undefined
    await forget().catch(() => undefined)
  }
}
