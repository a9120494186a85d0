/** What zgrep, zcmp and zdiff are scripts for: gzip's output as the input of another program. */
import { type Blocking, Errno, type Sys, WEXITSTATUS, WIFSIGNALED, WTERMSIG } from '../../../abi/index.ts'
import { execvp } from '../command.ts'

/** A running gzip. */
export interface Expanding {
  readonly pid: number
  /** Where its output can be read. */
  readonly fd: number
}

/** Start `gzip -cdfq FILE`; it closes `others` for itself. */
export function startGzip(
  sys: Sys,
  envp: readonly string[],
  file: string,
  others: readonly number[] = [],
): Expanding {
  const [read, write] = sys.pipe2(0)
  const operands = file === '-' ? [] : ['--', file]
  const pid = sys.clone(0, its => {
    its.dup2(write, 1)
    for (const fd of [read, write, ...others]) its.close(fd)
    return become(its, ['gzip', '-cdfq', ...operands], envp)
  })
  sys.close(write)
  return { pid, fd: read }
}

/** Run a program on what gzip writes: the first as standard input, the second as descriptor 5. Its status. */
export function* runOn(
  sys: Sys,
  envp: readonly string[],
  argv: readonly string[],
  inputs: readonly Expanding[],
): Blocking<{ status: number; gzip: number }> {
  const pid = sys.clone(0, its => {
    const places = [0, 5]
    for (const [i, { fd }] of inputs.entries()) its.dup2(fd, places[i]!)
    for (const { fd } of inputs) if (!places.includes(fd)) its.close(fd)
    return become(its, argv, envp)
  })
  for (const { fd } of inputs) sys.close(fd)
  const status = yield* statusOf(sys, pid)
  let gzip = 0
  for (const it of inputs) gzip = Math.max(gzip, yield* statusOf(sys, it.pid))
  return { status, gzip }
}

function* become(sys: Sys, argv: readonly string[], envp: readonly string[]): Blocking<number> {
  try {
    return yield* execvp(sys, argv, envp)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* sys.write(2, `${argv[0]}: not found\n`)
    return 127
  }
}

/** The exit status as a shell has it. That a reader stopped reading is no failure of gzip. */
function* statusOf(sys: Sys, pid: number): Blocking<number> {
  const ended = yield* sys.wait4(pid, 0)
  const status = ended?.status ?? 0
  if (!WIFSIGNALED(status)) return WEXITSTATUS(status)
  return WTERMSIG(status) === 13 ? 0 : 128 + WTERMSIG(status)
}
