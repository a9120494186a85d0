/**
 * What unshare, nsenter and lsns share: the kinds of namespaces, running the program or the shell in them.
 * Linux: util-linux include/namespace.h, lib/exec_shell.c, include/exitcodes.h.
 */
import {
  type Blocking,
  CLONE_NEWCGROUP,
  CLONE_NEWIPC,
  CLONE_NEWNET,
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWTIME,
  CLONE_NEWUSER,
  CLONE_NEWUTS,
  EINTR,
  ENOENT,
  SIG_DFL,
  SIG_UNBLOCK,
  SIGCONT,
  SIGSTOP,
  type Sys,
  WEXITSTATUS,
  WIFEXITED,
  WIFSIGNALED,
  WIFSTOPPED,
  WNOHANG,
  WTERMSIG,
  WUNTRACED,
  type Waited,
} from '../../abi/index.ts'
import { execvp, fatal, must } from './command.ts'

/** Names in /proc/PID/ns with their clone flags, in the order nsenter enters them: the user namespace first. */
export const NAMESPACES = {
  user: CLONE_NEWUSER,
  cgroup: CLONE_NEWCGROUP,
  ipc: CLONE_NEWIPC,
  uts: CLONE_NEWUTS,
  net: CLONE_NEWNET,
  pid: CLONE_NEWPID,
  mnt: CLONE_NEWNS,
  time: CLONE_NEWTIME,
} as const

export type NamespaceName = keyof typeof NAMESPACES

/** Linux: errexec(). 127 says there is no such program, 126 that it cannot be run. */
function* run(sys: Sys, argv: readonly string[], envp: readonly string[]): Blocking<never> {
  try {
    return yield* execvp(sys, argv, envp)
  } catch (e) {
    throw execFailed(argv[0]!, e)
  }
}

/** What to throw when exec fails: `failed to execute x: reason`. */
export const execFailed = (program: string, e: unknown): unknown =>
  fatal(`failed to execute ${program}`, e, e === ENOENT ? 127 : 126)

/** Become the program, or the user's login shell when there is none. Linux: exec_shell(). */
export function* execProgram(sys: Sys, args: readonly string[], envp: readonly string[]): Blocking<never> {
  if (args.length) return yield* run(sys, args, envp)
  const shell = envp.find(it => it.startsWith('SHELL='))?.slice(6) || '/bin/sh'
  try {
    return yield* sys.execve(shell, [`-${shell.slice(shell.lastIndexOf('/') + 1)}`], envp)
  } catch (e) {
    throw execFailed(shell, e)
  }
}

/** waitpid(2) that is not disturbed by signals. */
export function* waitFor(sys: Sys, pid: number, options = 0): Blocking<Waited> {
  for (;;) {
    try {
      const waited = yield* sys.wait4(pid, options & ~WNOHANG)
      if (waited) return waited
    } catch (e) {
      if (e !== EINTR) throw e
    }
  }
}

/** Wait for the child and end as it ended: with its status, or by the same signal, unblocked first if need be. */
export function* endLike(sys: Sys, pid: number, unblock: boolean): Blocking<number> {
  for (;;) {
    const { status } = yield* waitFor(sys, pid, unblock ? 0 : WUNTRACED)
    if (WIFSTOPPED(status)) {
      yield* sys.kill(sys.getpid(), SIGSTOP)
      yield* sys.kill(pid, SIGCONT)
      continue
    }
    if (WIFEXITED(status)) return WEXITSTATUS(status)
    if (!WIFSIGNALED(status)) continue
    if (unblock) unblockSignal(sys, WTERMSIG(status))
    yield* sys.kill(sys.getpid(), WTERMSIG(status))
    return 1
  }
}

/** So that a signal ends this process. SIGKILL cannot be set to its default, hence unshare's odd message then. */
function unblockSignal(sys: Sys, signal: number): void {
  must('sigprocmask unblock failed', () => {
    sys.sigaction(signal, SIG_DFL)
    sys.sigprocmask(SIG_UNBLOCK, 1n << BigInt(signal - 1))
  })
}
