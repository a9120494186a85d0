/** What zgrep, xzgrep, zdiff and their like are scripts for: expanded files as the input of another program. */
import { type Blocking, Errno, type Sys, WEXITSTATUS, WIFSIGNALED, WTERMSIG } from '../../../abi/index.ts'
import { execvp } from '../command.ts'

/** A running gzip or xz. */
export interface Expanding {
  readonly pid: number
  /** Where its output can be read. */
  readonly fd: number
}

const GZIPPED = /([-.]gz|[-.][zZ]|\.t[ga]z)$/
const BZIPPED = /([-.]bz2|\.tbz2?)$/

/** The program that expands a file: gzip for zgrep and zdiff; those of xz look at the name. */
export function expanderFor(program: string, file: string): readonly string[] {
  if (!/^(xz|lz)/.test(program) || GZIPPED.test(file)) return ['gzip', '-cdfq']
  return BZIPPED.test(file) ? ['bzip2', '-cdfq'] : ['xz', '-cdfq']
}

/** Start what expands a file, such as `gzip -cdfq FILE`; it closes `others` for itself. */
export function startExpanding(
  sys: Sys,
  envp: readonly string[],
  expander: readonly string[],
  file: string,
  others: readonly number[] = [],
): Expanding {
  const [read, write] = sys.pipe2(0)
  const operands = file === '-' ? [] : ['--', file]
  const pid = sys.clone(0, its => {
    its.dup2(write, 1)
    for (const fd of [read, write, ...others]) its.close(fd)
    return become(its, [...expander, ...operands], envp)
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
): Blocking<{ status: number; expanding: number }> {
  const pid = sys.clone(0, its => {
    const places = [0, 5]
    for (const [i, { fd }] of inputs.entries()) its.dup2(fd, places[i]!)
    for (const { fd } of inputs) if (!places.includes(fd)) its.close(fd)
    return become(its, argv, envp)
  })
  for (const { fd } of inputs) sys.close(fd)
  const status = yield* statusOf(sys, pid)
  let expanding = 0
  for (const it of inputs) expanding = Math.max(expanding, yield* statusOf(sys, it.pid))
  return { status, expanding }
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
