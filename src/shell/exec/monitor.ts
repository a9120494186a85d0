/** Turning job control on and off. Bash: jobs.c:initialize_job_control(); glibc manual: Initializing the Shell. */
import {
  F_DUPFD_CLOEXEC,
  O_CLOEXEC,
  O_RDWR,
  SIGCHLD,
  SIGTSTP,
  SIGTTIN,
  SIGTTOU,
  SIG_DFL,
  SIG_IGN,
  type Blocking,
} from '../../abi/index.ts'
import type { Shell } from '../shell.ts'
import { giveTerminal } from './process.ts'
import { rememberTerminal } from './jobs.ts'
import { catchSignal } from './trap.ts'

/** `set -m`: children get process groups of their own. */
export function* enableMonitor(sh: Shell, on: boolean): Blocking<void> {
  if (!on) {
    for (const signal of [SIGTTOU, SIGTTIN, SIGTSTP])
      sh.sys.sigaction(signal, sh.isInteractive ? SIG_IGN : SIG_DFL)
    return
  }
  catchSignal(sh, SIGCHLD)
  sh.shellGroup = sh.sys.getpgid(0)
  sh.terminal = yield* openTerminal(sh)
  if (sh.terminal < 0) return
  sh.sys.sigaction(SIGTTOU, SIG_IGN)
  if (!sh.isInteractive) return
  sh.sys.sigaction(SIGTTIN, SIG_IGN)
  sh.sys.sigaction(SIGTSTP, SIG_IGN)
  takeGroup(sh)
  yield* giveTerminal(sh, sh.shellGroup)
  rememberTerminal(sh)
}

/** An interactive shell leads a process group. */
function takeGroup(sh: Shell): void {
  const pid = sh.sys.getpid()
  if (sh.shellGroup === pid) return
  try {
    sh.sys.setpgid(0, pid)
    sh.shellGroup = pid
  } catch {
    sh.shellGroup = sh.sys.getpgid(0)
  }
}

/** The controlling terminal, on a descriptor that commands do not see; -1 if there is none. */
function* openTerminal(sh: Shell): Blocking<number> {
  try {
    const fd = yield* sh.sys.open('/dev/tty', O_RDWR | O_CLOEXEC)
    const high = sh.sys.fcntl(fd, F_DUPFD_CLOEXEC, 255)
    sh.sys.close(fd)
    return high
  } catch {
    return sh.sys.isatty(2) ? dupTerminal(sh) : -1
  }
}

function dupTerminal(sh: Shell): number {
  try {
    return sh.sys.fcntl(2, F_DUPFD_CLOEXEC, 255)
  } catch {
    return 2
  }
}
