/**
 * What su and sudo share: becoming another user, asking for a password, waiting for what they started.
 * Linux: util-linux login-utils/su-common.c; sudo src/exec_nopty.c; PAM.
 */
import {
  type Blocking,
  ECHO,
  EINTR,
  SIG_DFL,
  SIG_IGN,
  SIGCONT,
  SIGINT,
  SIGQUIT,
  SIGSTOP,
  type Sys,
  TCSETSF,
  WEXITSTATUS,
  WIFSIGNALED,
  WIFSTOPPED,
  WTERMSIG,
  WUNTRACED,
} from '../../abi/index.ts'
import { must } from './command.ts'
import { waitFor } from './namespaces.ts'
import { groupList, type Passwd, type Users } from './users.ts'

/** Take over the identity of a user: groups first, while one still may. */
export function become(sys: Sys, users: Users, user: Passwd, gid: number, groups?: readonly number[]): void {
  must('cannot set groups', () => sys.setgroups(groups ?? groupList(users, user.name, gid)))
  must('cannot set group id', () => sys.setgid(gid))
  must('cannot set user id', () => sys.setuid(user.uid))
}

/** Print the prompt and read a line without showing it; undefined at the end of the input. `fd` may be a terminal. */
export function* askPassword(sys: Sys, prompt: string, fd = 0): Blocking<string | undefined> {
  const out = fd === 0 ? 2 : fd
  yield* sys.write(out, prompt)
  const terminal = sys.isatty(fd) ? sys.tcgetattr(fd) : undefined
  if (terminal) yield* sys.tcsetattr(fd, TCSETSF, { ...terminal, lflag: terminal.lflag & ~ECHO })
  let line: string | undefined
  try {
    line = yield* readLine(sys, fd)
  } catch (e) {
    if (terminal) yield* sys.tcsetattr(fd, TCSETSF, terminal)
    throw e
  }
  if (terminal) {
    yield* sys.tcsetattr(fd, TCSETSF, terminal)
    yield* sys.write(out, '\n')
  }
  return line
}

/** A line of a descriptor, byte by byte; undefined at its end. */
export function* readLine(sys: Sys, fd: number): Blocking<string | undefined> {
  let text = ''
  for (;;) {
    const byte = yield* sys.read(fd, 1)
    if (!byte.length) return text || undefined
    if (byte[0] === 10) return text
    text += String.fromCharCode(byte[0]!)
  }
}

/** Wait for a child that has the terminal: it stops and dies for both. Gives its wait status. */
export function* attend(sys: Sys, pid: number): Blocking<number> {
  sys.sigaction(SIGINT, SIG_IGN)
  sys.sigaction(SIGQUIT, SIG_IGN)
  for (;;) {
    try {
      const { status } = yield* waitFor(sys, pid, WUNTRACED)
      if (!WIFSTOPPED(status)) return status
      yield* sys.kill(sys.getpid(), SIGSTOP)
      yield* sys.kill(pid, SIGCONT)
    } catch (e) {
      if (e !== EINTR) throw e
    }
  }
}

/** What the child undoes of `attend`'s preparations. */
export function defaultSignals(sys: Sys): void {
  sys.sigaction(SIGINT, SIG_DFL)
  sys.sigaction(SIGQUIT, SIG_DFL)
}

/** The exit status a wait status stands for. */
export const statusOf = (status: number): number =>
  WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status)
