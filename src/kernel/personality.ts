/**
 * personality(2): which system a program believes to run on. Linux: kernel/exec_domain.c, kernel/sys.c:override_release().
 */
import { PER_LINUX32, PER_MASK, UNAME26 } from '../abi/index.ts'
import type { Kernel } from './kernel.ts'
import type { Task } from './types.ts'

const ASK = 0xffff_ffff

export function personality(k: Kernel, task: Task, persona: number): number {
  const old = task.personality ?? 0
  if (persona !== ASK) k.tasks.own(task.id).personality = persona
  return old
}

/** What uname(2) calls the machine: a 32-bit one to whom asked for it. */
export const machineOf = (task: Task): string =>
  ((task.personality ?? 0) & PER_MASK) === PER_LINUX32 ? 'i686' : 'x86_64'

/** "3.x is 2.6.40+x, 4.x and later 2.6.60+x", for programs that know two parts of a version only. */
export function releaseOf(task: Task, release: string): string {
  if (!((task.personality ?? 0) & UNAME26)) return release
  const [, minor, rest] = /^\d+\.(\d+)[\d.]*(.*)$/.exec(release) ?? []
  return `2.6.${60 + Number(minor)}${rest}`
}
