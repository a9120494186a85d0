/**
 * run-parts - run the programs of a directory
 * Linux: Debian debianutils run-parts.c; run-parts(8).
 *
 * Left out: --stdin hands standard input to all of them as it is.
 */
import {
  type Blocking,
  decode,
  Errno,
  isDir,
  isReg,
  type Sys,
  WEXITSTATUS,
  WIFSIGNALED,
  WTERMSIG,
  X_OK,
} from '../../abi/index.ts'
import { command, fatal, type Flags, fork, type Options, type Process, readDir } from '../lib/command.ts'
import { compileRegex, RegexError } from '../lib/regex.ts'

const OPTIONS = {
  test: { help: 'print the names of what would run, but run nothing' },
  list: { help: 'print the names of all valid files' },
  verbose: { short: 'v', help: 'print the names before running' },
  debug: { short: 'd', help: 'print the names while checking them' },
  report: { help: 'print the names of those that print something' },
  reverse: { help: 'run them in reverse order' },
  exitOnError: { help: 'exit as soon as one fails' },
  stdin: { help: 'hand standard input on' },
  lsbsysinit: { help: 'names as the LSB wants them' },
  newSession: { help: 'run each in a session of its own' },
  regex: { value: '=PATTERN', help: 'names that match the extended expression PATTERN' },
  umask: { short: 'u', value: '=UMASK', help: 'set the umask (octal), default is 022' },
  arg: { short: 'a', value: '=ARGUMENT', repeat: true, help: 'pass ARGUMENT on, once for each' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

const HINT = "Try `run-parts --help' for more information.\n"
const LSB = /^[a-z0-9]+$|^_?([a-z0-9_.]+-)+[a-z0-9]+$|^[a-z0-9][a-z0-9-]*$/

export default command({
  name: 'run-parts',
  summary: 'run the programs of a directory',
  suite: 'other',
  usage: 'run-parts [OPTION]... DIRECTORY',
  wrongUsage: HINT,
  version: 'Debian run-parts program, version 5.7\n',
  options: OPTIONS,

  *main(sys, flags, args, me) {
    const [directory, more] = args
    if (directory === undefined || more !== undefined) {
      yield* sys.write(2, `run-parts: missing operand\n${HINT}`)
      return 1
    }
    const isValid = validator(flags)
    if (!isValid) {
      yield* sys.write(2, 'Unable to build regexp: Invalid regular expression\n')
      return 1
    }
    sys.umask(flags.umask === undefined ? 0o22 : Number.parseInt(flags.umask, 8) & 0o777)
    let names: string[]
    try {
      names = (yield* readDir(sys, directory)).map(it => it.name).filter(isValid)
    } catch (e) {
      throw fatal(`failed to open directory ${directory}`, e)
    }
    names.sort()
    if (flags.reverse) names.reverse()
    let status = 0
    for (const name of names) {
      const failed = yield* runPart(sys, me, flags, `${directory}/${name}`)
      if (failed) status = 1
      if (failed && flags.exitOnError) return 1
    }
    return status
  },
})

function validator(flags: Given): ((name: string) => boolean) | undefined {
  if (flags.lsbsysinit) return name => LSB.test(name)
  try {
    const regex = compileRegex(flags.regex ?? '^[a-zA-Z0-9_-]+$', { extended: true })
    return name => regex.test(name)
  } catch (e) {
    if (!(e instanceof RegexError)) throw e
    return undefined
  }
}

/** Run one of them, or print its name; returns whether it failed. */
function* runPart(sys: Sys, me: Process, flags: Given, path: string): Blocking<boolean> {
  try {
    const stat = sys.stat(path)
    if (!isReg(stat)) {
      if (!isDir(stat)) yield* me.warn(`component ${path} is not an executable plain file`)
      return false
    }
  } catch (e) {
    yield* me.warn(`failed to stat component ${path}`, e)
    return false
  }
  if (!flags.list && !isExecutable(sys, path)) return false
  if (flags.test || flags.list) {
    me.out.line(path)
    return false
  }
  if (flags.verbose) yield* me.warn(`executing ${path}`)
  yield* me.out.flush()
  const status = yield* execute(sys, me, flags, path)
  if (WIFSIGNALED(status)) yield* me.warn(`${path} exited because of uncaught signal ${WTERMSIG(status)}`)
  else if (WEXITSTATUS(status)) yield* me.warn(`${path} exited with return code ${WEXITSTATUS(status)}`)
  return status !== 0
}

function isExecutable(sys: Sys, path: string): boolean {
  try {
    sys.access(path, X_OK)
    return true
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    return false
  }
}

function* execute(sys: Sys, me: Process, flags: Given, path: string): Blocking<number> {
  const pipe = flags.report ? sys.pipe2(0) : undefined
  const child = fork(sys, me.name, function* (its) {
    if (flags.newSession) its.setsid()
    if (pipe) {
      its.dup2(pipe[1], 1)
      its.dup2(pipe[1], 2)
      its.close(pipe[0])
      its.close(pipe[1])
    }
    try {
      return yield* its.execve(path, [path, ...(flags.arg ?? [])], me.envp)
    } catch (e) {
      throw fatal(`failed to exec ${path}`, e)
    }
  })
  if (pipe) {
    sys.close(pipe[1])
    yield* passOn(sys, me, pipe[0], path)
  }
  return (yield* sys.wait4(child, 0))!.status
}

/** Print what comes from a pipe, headed by a name. */
function* passOn(sys: Sys, me: Process, fd: number, path: string): Blocking<void> {
  let isFirst = true
  for (let bytes = yield* sys.read(fd, 4096); bytes.length; bytes = yield* sys.read(fd, 4096)) {
    if (isFirst) me.out.line(`${path}:`)
    isFirst = false
    me.out.print(decode(bytes))
    yield* me.out.flush()
  }
  sys.close(fd)
}
