/**
 * How long tasks wait for a CPU: /proc/PID/schedstat and the last columns of /proc/schedstat.
 * Linux: kernel/sched/stats.h, sched_info_enqueue() to sched_info_switch().
 */
import type { Rq, SchedTask } from './entity.ts'

/** It could run from now on. */
export function infoEnqueue(task: SchedTask, now: number): void {
  if (task.lastQueued < 0) task.lastQueued = now
}

/** It no longer waits here, be it that it runs or that it goes elsewhere. */
export function infoDequeue(rq: Rq, task: SchedTask, now: number): void {
  if (task.lastQueued < 0) return
  // What another CPU's burst has woken may run before that burst's own clock says so.
  const delay = Math.max(0, now - task.lastQueued)
  task.runDelay += delay
  rq.runDelay += delay
  task.lastQueued = -1
}

export function infoArrive(rq: Rq, task: SchedTask, now: number): void {
  infoDequeue(rq, task, now)
  task.lastArrival = now
  task.pcount++
  rq.pcount++
}

export function infoDepart(rq: Rq, task: SchedTask, now: number): void {
  if (task.lastArrival >= 0) rq.cpuTime += now - task.lastArrival
  task.lastArrival = -1
  if (task.onRq) infoEnqueue(task, now)
}
