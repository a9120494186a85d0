/** The table of jobs: what was started in the background or stopped, and what its processes did. Bash: jobs.h. */

export interface Process {
  readonly pid: number
  /** The raw wait status, undefined while it runs. */
  status: number | undefined
  stopped: boolean
  readonly text: () => string
}

export interface Job {
  readonly id: number
  readonly pgid: number
  readonly processes: Process[]
  readonly text: () => string
  readonly hasJobControl: boolean
  background: boolean
  /** Its end has been told or waited for. */
  notified: boolean
  readonly directory: string
  noHup: boolean
  /** The signal that stopped it. */
  stopSignal: number
}

export type JobState = 'Running' | 'Stopped' | 'Done'

export const stateOf = (job: Job): JobState =>
  job.processes.every(it => it.status !== undefined)
    ? 'Done'
    : job.processes.some(it => it.stopped) && job.processes.every(it => it.stopped || it.status !== undefined)
      ? 'Stopped'
      : 'Running'

/** Linux: CHILD_MAX, but sooner. */
const MOST = 200

export class Jobs {
  list: Job[] = []
  /** Most recent last: what `%+` and `%-` mean. */
  order: number[] = []
  /** Statuses of children that are in no job: substitutions, foreground children of functions. */
  anonymous = new Map<number, number | undefined>()
  /** Statuses of background processes whose job is forgotten; `wait PID` still knows them. */
  finished = new Map<number, number>()

  add(job: Omit<Job, 'id'>): Job {
    if (this.list.length > MOST) this.forgetDead()
    const id = (this.list.at(-1)?.id ?? 0) + 1
    const it = { ...job, id }
    this.list.push(it)
    this.promote(id)
    return it
  }

  /** A script that never asks does not collect dead jobs for ever. */
  forgetDead(): void {
    for (const job of this.list.slice(0, -1)) if (stateOf(job) === 'Done') this.remove(job)
  }

  /** Make it the current job. */
  promote(id: number): void {
    // A job that has ended is not "previous" any more.
    const isAlive = (it: number) => it !== id && this.byId(it) && stateOf(this.byId(it)!) !== 'Done'
    this.order = [...this.order.filter(isAlive), id]
  }

  remove(job: Job): void {
    for (const it of job.processes) if (it.status !== undefined) this.finished.set(it.pid, it.status)
    this.list = this.list.filter(it => it !== job)
    this.order = this.order.filter(it => it !== job.id)
  }

  /** `%+` and `%-`: stopped jobs come first. */
  ranked(): number[] {
    const stopped = this.order.filter(id => this.byId(id) && stateOf(this.byId(id)!) === 'Stopped')
    const others = this.order.filter(id => !stopped.includes(id))
    return [...others, ...stopped].reverse()
  }

  mark(job: Job): string {
    const [first, second] = this.ranked()
    return job.id === first ? '+' : job.id === second ? '-' : ' '
  }

  byId(id: number): Job | undefined {
    return this.list.find(it => it.id === id)
  }

  byPid(pid: number): Job | undefined {
    return this.list.find(job => job.processes.some(it => it.pid === pid))
  }

  /** A forked shell can list its parent's jobs, though they are not its children. */
  inherited(): Jobs {
    const it = new Jobs()
    it.list = this.list.map(job => ({ ...job, processes: job.processes.map(process => ({ ...process })) }))
    it.order = this.order
    return it
  }
}
