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
  /** What `%+` and `%-` mean. Bash: jobs.c, js.j_current, js.j_previous. */
  current: Job | undefined
  previous: Job | undefined
  /** Statuses of children that are in no job: substitutions, foreground children of functions. */
  anonymous = new Map<number, number | undefined>()
  /** Statuses of background processes whose job is forgotten; `wait PID` still knows them. */
  finished = new Map<number, number>()
  readonly #owners = new Map<number, Job>()

  add(job: Omit<Job, 'id'>): Job {
    if (this.list.length > MOST) this.forgetDead()
    const id = (this.list.at(-1)?.id ?? 0) + 1
    const it = { ...job, id }
    this.list.push(it)
    for (const process of it.processes) this.#owners.set(process.pid, it)
    if (it.background) this.reset()
    return it
  }

  /** A script that never asks does not collect dead jobs for ever. */
  forgetDead(): void {
    for (const job of this.list.slice(0, -1)) if (stateOf(job) === 'Done') this.remove(job)
  }

  /** Bash: jobs.c:cleanup_dead_jobs(). */
  forgetNotified(): void {
    for (const job of this.list.slice()) if (job.notified && stateOf(job) === 'Done') this.remove(job)
  }

  /** Make it the current job; the previous one is a stopped job if there is one, else the newest that runs. */
  promote(job: Job): void {
    if (this.current !== job) {
      this.previous = this.current
      this.current = job
    }
    if (this.previous && this.previous !== job && this.#isListed(this.previous, 'Stopped')) return
    const older = this.list.filter(it => it.id < job.id)
    const running = stateOf(job) === 'Running' ? older : this.list
    this.previous =
      (stateOf(job) === 'Stopped' ? newest(older, 'Stopped') : undefined) ?? newest(running, 'Running') ?? job
  }

  /** Choose a current job: the one that is, if stopped; a stopped one; the newest that runs. */
  reset(): void {
    const stopped = [this.current, this.previous].find(it => it && this.#isListed(it, 'Stopped'))
    const chosen = stopped ?? newest(this.list, 'Stopped') ?? newest(this.list, 'Running')
    if (chosen) this.promote(chosen)
    else this.current = this.previous = undefined
  }

  #isListed(job: Job, state: JobState): boolean {
    return stateOf(job) === state && this.list.includes(job)
  }

  remove(job: Job): void {
    for (const it of job.processes) {
      if (it.status !== undefined) this.finished.set(it.pid, it.status)
      this.#owners.delete(it.pid)
    }
    const last = this.list.length - 1
    if (this.list[last] === job) this.list.length = last
    else this.list = this.list.filter(it => it !== job)
    if (job === this.current || job === this.previous) this.reset()
  }

  mark(job: Job): string {
    return job === this.current ? '+' : job === this.previous ? '-' : ' '
  }

  byId(id: number): Job | undefined {
    return this.list.find(it => it.id === id)
  }

  byPid(pid: number): Job | undefined {
    return this.#owners.get(pid)
  }

  /** A forked shell can list its parent's jobs, though they are not its children. */
  inherited(): Jobs {
    if (!this.list.length) return new Jobs()
    const it = new Jobs()
    const copies = new Map<Job, Job>()
    for (const job of this.list)
      copies.set(job, { ...job, processes: job.processes.map(process => ({ ...process })) })
    it.list = [...copies.values()]
    it.current = this.current && copies.get(this.current)
    it.previous = this.previous && copies.get(this.previous)
    return it
  }
}

const newest = (jobs: readonly Job[], state: JobState): Job | undefined =>
  jobs.findLast(it => stateOf(it) === state)
