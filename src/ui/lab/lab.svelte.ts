/** A lab being worked through: which step, and what its check said. */
import { type Lab, type LabStep, progressOf, withStep } from '../../labs/index.ts'
import type { Session } from '../session.svelte.ts'
import { progress } from './progress.svelte.ts'

export type Verdict = 'none' | 'checking' | 'passed' | 'failed'

/** How often a running check is looked at, in ms of wall time. */
const POLL = 50

export class LabRun {
  readonly lab: Lab
  readonly #session: Session
  #at = $state(0)
  #verdict = $state<Verdict>('none')

  constructor(lab: Lab, session: Session) {
    this.lab = lab
    this.#session = session
    this.#at = Math.min(progressOf(progress.current, lab.name).at, lab.steps.length - 1)
    this.#verdict = this.passed ? 'passed' : 'none'
    this.#prepare()
  }

  get at(): number {
    return this.#at
  }

  get step(): LabStep {
    return this.lab.steps[this.#at]!
  }

  get last(): boolean {
    return this.#at === this.lab.steps.length - 1
  }

  get verdict(): Verdict {
    return this.#verdict
  }

  get passed(): boolean {
    return progressOf(progress.current, this.lab.name).passed.includes(this.#at)
  }

  go(at: number): void {
    this.#at = Math.max(0, Math.min(at, this.lab.steps.length - 1))
    this.#verdict = this.passed ? 'passed' : 'none'
    progress.current = withStep(progress.current, this.lab.name, this.#at, false)
    this.#prepare()
  }

  #prepare(): void {
    const { background } = this.step
    if (background && !this.passed) this.#session.run(background)
  }

  /** Run the step's check in a hidden root shell. */
  async check(): Promise<void> {
    const { verify } = this.step
    if (!verify || this.#verdict === 'checking') return
    const at = this.#at
    this.#verdict = 'checking'
    const command = this.#session.run(verify)
    while (command.status === undefined) await new Promise(resolve => setTimeout(resolve, POLL))
    if (this.#at !== at) return
    if (command.status === 0) progress.current = withStep(progress.current, this.lab.name, at, true)
    this.#verdict = command.status === 0 ? 'passed' : 'failed'
  }
}
