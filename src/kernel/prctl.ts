/**
 * prctl(2), and what programs do to their argv. Linux: kernel/sys.c; what concerns capabilities is in commoncap.ts.
 *
 * Left out: PR_SET_MM, PR_SET_SECCOMP, speculation, hardware features.
 */
import {
  EINVAL,
  PR_GET_CHILD_SUBREAPER,
  PR_GET_DUMPABLE,
  PR_GET_NAME,
  PR_GET_NO_NEW_PRIVS,
  PR_GET_PDEATHSIG,
  PR_GET_SECCOMP,
  PR_GET_TIMERSLACK,
  PR_SET_CHILD_SUBREAPER,
  PR_SET_DUMPABLE,
  PR_SET_NAME,
  PR_SET_NO_NEW_PRIVS,
  PR_SET_PDEATHSIG,
  PR_SET_TIMERSLACK,
  SIGRTMAX,
  encode,
} from '../abi/index.ts'
import { capPrctl } from './commoncap.ts'
import { cutComm } from './exec.ts'
import type { Kernel } from './kernel.ts'
import { setProcess } from './thread-group.ts'
import type { Task } from './types.ts'

/** What timers may be late by, in ns, unless somebody said otherwise. */
export const TIMER_SLACK = 50_000

export function prctl(
  k: Kernel,
  task: Task,
  option: number,
  arg: number | string,
  arg3 = 0,
): number | string {
  const number = Number(arg)
  switch (option) {
    case PR_SET_NAME:
      k.tasks.own(task.id).comm = cutComm(String(arg))
      return 0
    case PR_GET_NAME:
      return task.comm
    case PR_SET_PDEATHSIG:
      if (!(number >= 0 && number <= SIGRTMAX)) throw EINVAL
      k.tasks.own(task.id).pdeathsig = number
      return 0
    case PR_GET_PDEATHSIG:
      return task.pdeathsig
    case PR_SET_CHILD_SUBREAPER:
      setProcess(k, task.id, { childSubreaper: number !== 0 })
      return 0
    case PR_GET_CHILD_SUBREAPER:
      return task.childSubreaper ? 1 : 0
    case PR_SET_DUMPABLE:
      if (number !== 0 && number !== 1) throw EINVAL
      setProcess(k, task.id, { dumpable: number === 1 })
      return 0
    case PR_GET_DUMPABLE:
      return task.dumpable ? 1 : 0
    case PR_SET_TIMERSLACK:
      k.tasks.own(task.id).timerSlack = number > 0 ? number : TIMER_SLACK
      return 0
    case PR_GET_TIMERSLACK:
      return task.timerSlack ?? TIMER_SLACK
    case PR_SET_NO_NEW_PRIVS:
      if (number !== 1) throw EINVAL
      k.tasks.own(task.id).noNewPrivs = true
      return 0
    case PR_GET_NO_NEW_PRIVS:
      return task.noNewPrivs ? 1 : 0
    case PR_GET_SECCOMP:
      return 0
    default: {
      const done = capPrctl(k, task, option, number, arg3)
      if (done === undefined) throw EINVAL
      return done
    }
  }
}

/**
 * The title and NULs up to the end of what execve(2) put there; a longer one goes on in the environment's place.
 * Linux: fs/proc/base.c:get_mm_cmdline().
 */
export function setproctitle(k: Kernel, task: Task, title: string): void {
  const room = task.argv.reduce((sum, it) => sum + encode(it).length + 1, 0)
  const rest = Math.max(0, room - encode(title).length - 1)
  k.tasks.own(task.id).argv = [title, ...Array<string>(rest).fill('')]
}
