/**
 * The command line twin: `vitrine run CASE.sh…`, `vitrine sh 'commands'`, `vitrine test sims/NAME…`.
 * Each script gets a pristine host; what it prints is recorded with `[exit N]` as the last line. The host's
 * time is virtual, so `sleep 3600` ends at once. This is the only file below src/ that knows Node.
 */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { O_CREAT, O_WRONLY, type Program, S_IFIFO } from './abi/index.ts'
import { proveLab } from './labs/index.ts'
import { Machine } from './machine/index.ts'
import { normalize } from './normalize.ts'

/** A script and the circumstances it runs in. */
export interface Request {
  /** What messages call it: `NAME: line 3: …`. */
  readonly name: string
  readonly script: Uint8Array
  readonly cgroup: 'v1' | 'v2'
  readonly user: boolean
  readonly tty: boolean
  readonly rows: number
  readonly cols: number
  /** Virtual seconds from its start; nobody waits for them, so there is no need to be strict (see LENIENT). */
  readonly timeout: number | undefined
  /** Seconds of the real clock after which a runaway simulation is given up. */
  readonly patience: number
}

/** What a script printed, and how it ended: `[exit N]`, `[timeout after S s]`, … */
export interface Outcome {
  readonly output: Uint8Array
  readonly last: string
}

const SECOND = 1_000_000_000
const START_PID = 1000
/** Without a timeout a script may take so many virtual seconds (`sleep 3600` is over at once). */
const LENIENT = 100_000
/** The timeout of a recording, so that scripts which never end are recorded alike. */
const USUAL_TIMEOUT = 120
/** Milliseconds of real time for those that take longer than that. */
const GRACE = 5000
/** Events between two commits. */
const EPOCH = 5000
/** Bytes of the real machine's memory that one host may take. */
const HOST_MEMORY = 3e9
const OUTPUT_LIMIT = 16 << 20
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
const DEFAULTS = {
  cgroup: 'v2',
  user: false,
  tty: false,
  rows: 24,
  cols: 80,
  timeout: undefined,
  patience: 60,
} as const

/** The request for a script whose first comment lines may say `# user: 1`, `# cgroup: v1`, `# tty: 1`, … */
export function requestOf(name: string, script: Uint8Array, options: Partial<Request> = {}): Request {
  return { ...DEFAULTS, ...options, ...headers(script), name, script }
}

function headers(script: Uint8Array): Partial<Request> {
  const found: Record<string, string | number | boolean> = {}
  for (const line of text(script).split('\n', 20)) {
    if (!line.startsWith('#')) break
    const [, key = '', value = ''] = /^# *(\w+): *(\S+) *$/.exec(line) ?? []
    if (key === 'cgroup' && /^v[12]$/.test(value)) found[key] = value
    if (key === 'user' || key === 'tty') found[key] = /^(1|yes|true)$/.test(value)
    if (/^(timeout|rows|cols)$/.test(key) && Number(value) > 0) found[key] = Number(value)
  }
  return found
}

/** Runs one script on a pristine host. */
export function runScript(request: Request): Outcome {
  const machine = new Machine({ cgroup: request.cgroup })
  const printed: Uint8Array[] = []
  let size = 0
  const take = (bytes: Uint8Array) => {
    printed.push(bytes)
    size += bytes.length
  }
  const shell = startShell(machine, request, take)
  const last = watch(machine, shell, request, () => size)
  const output = concat(printed)
  return { output: request.tty ? unixLines(output) : output, last }
}

/**
 * Starts `bash NAME` as process 1000. The script comes through a named pipe whose name is removed before the first
 * command runs, so that it finds its directory as it was; one that speaks of itself stays there as a file.
 */
function startShell(machine: Machine, request: Request, output: (bytes: Uint8Array) => void): number {
  const { name, script, user } = request
  const uid = user ? 1000 : 0
  const home = user ? '/home/user' : '/root'
  const path = `${home}/${name}`
  const tty = request.tty ? machine.openPty(request, output) : undefined

  help(machine, function* (sys) {
    if (tty !== undefined && user) sys.chown(`/dev/pts/${tty}`, uid, 5)
    if (!refersToItself(request)) sys.mknod(path, S_IFIFO | 0o644, 0)
    else {
      const fd = yield* sys.open(path, O_WRONLY | O_CREAT, 0o644)
      yield* sys.write(fd, script)
      sys.close(fd)
    }
    sys.chown(path, uid, uid)
    return 0
  })
  const shell = machine.spawn({
    path: '/usr/bin/bash',
    argv: ['bash', name],
    env: environment(request, home),
    uid,
    gid: uid,
    groups: user ? [1000] : [],
    cwd: home,
    session: true,
    pid: START_PID,
    ...(tty === undefined ? { output } : { tty }),
  })
  if (!refersToItself(request))
    machine.spawn({ argv: ['init'], program: feeder(path, script), pid: START_PID - 2, session: true })
  return shell
}

/** Runs a small program of ours to its end before the clock has moved on noticeably. */
function help(machine: Machine, program: Program): void {
  const task = machine.spawn({ argv: ['init'], program, pid: START_PID - 2 })
  machine.runUntil(machine.now + SECOND, () => machine.exitStatus(task) === undefined)
  if (machine.exitStatus(task) !== 0) throw new Error('the script could not be put onto the host')
}

function feeder(path: string, script: Uint8Array): Program {
  return function* (sys) {
    const fd = yield* sys.open(path, O_WRONLY)
    sys.unlink(path)
    for (let at = 0; at < script.length; ) at += yield* sys.write(fd, script.subarray(at))
    return 0
  }
}

/** Does the script name itself? What stands between apostrophes does not count: awk '{ print $0 }'. */
function refersToItself({ name, script }: Request): boolean {
  const visible = text(script).replace(/'[^']*'/g, '')
  return name !== SNIPPET && (/\$\{?0|BASH_SOURCE/.test(visible) || visible.includes(name))
}

function environment({ user, tty }: Request, home: string): string[] {
  const name = user ? 'user' : 'root'
  return [
    `HOME=${home}`,
    `USER=${name}`,
    `LOGNAME=${name}`,
    'SHELL=/bin/bash',
    `PATH=${PATH}`,
    'LANG=C.UTF-8',
    `TERM=${tty ? 'linux' : 'dumb'}`,
    ...(user ? ['XDG_RUNTIME_DIR=/run/user/1000'] : []),
  ]
}

/** Lets virtual time pass until the script's shell has ended and what it left behind had a moment to finish. */
function watch(machine: Machine, shell: number, request: Request, printed: () => number): string {
  const { timeout, patience } = request
  const start = machine.now
  const limit = start + (timeout ?? LENIENT) * SECOND
  const begun = performance.now()
  const hurried = () => performance.now() - begun > (overdue() ? GRACE : patience * 1000)
  const overdue = () => timeout === undefined && machine.now - start > USUAL_TIMEOUT * SECOND
  const goesOn = () => machine.exitStatus(shell) === undefined && printed() <= OUTPUT_LIMIT && !hurried()
  // Ending epochs now and then lets the past be forgotten.
  for (let left = EPOCH; !machine.runUntil(limit, () => --left > 0 && goesOn()) && goesOn(); left = EPOCH) {
    machine.commit()
    if (hostMemory() > HOST_MEMORY) return '[given up: the simulation has grown too large]'
  }
  if (printed() > OUTPUT_LIMIT) return `[output stopped after ${OUTPUT_LIMIT >> 20} MiB]`
  const status = machine.exitStatus(shell)
  if (status === undefined) {
    const usual = timeout ?? USUAL_TIMEOUT
    const isOver = machine.now - start >= usual * SECOND
    return isOver ? `[timeout after ${usual} s]` : `[given up after ${patience} s of real time]`
  }
  linger(machine, printed)
  return `[exit ${shellStatus(status)}]`
}

function hostMemory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** Background jobs get 0.1 s, up to a second while they go on printing. */
function linger(machine: Machine, printed: () => number): void {
  const ended = machine.now
  for (;;) {
    const before = printed()
    machine.runUntil(machine.now + 0.02 * SECOND, () => printed() <= OUTPUT_LIMIT)
    const passed = machine.now - ended
    if (passed > SECOND || (passed > 0.1 * SECOND && printed() === before) || printed() > OUTPUT_LIMIT) return
  }
}

/** What a shell would make of a wait status. */
const shellStatus = (status: number) => (status & 0x7f ? 128 + (status & 0x7f) : status >> 8)

/** What a recording file holds: the output, a newline if it lacks one, and how it ended. */
export function recording({ output, last }: Outcome): Uint8Array {
  const newline = output.length && output.at(-1) !== 0x0a ? '\n' : ''
  return concat([output, new TextEncoder().encode(`${newline}${last}\n`)])
}

/** The terminal ends lines with \r\n; recordings do not. */
const unixLines = (bytes: Uint8Array) => bytes.filter((byte, at) => byte !== 0x0d || bytes[at + 1] !== 0x0a)

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

// The command line

const USAGE = `usage: vitrine run [OPTION]… CASE.sh…    run each script on a pristine host, write CASE.out
       vitrine run [OPTION]… -           the same with a script from standard input, to standard output
       vitrine sh [OPTION]… 'COMMANDS'   print what the commands print, exit with their status
       vitrine test [sims/NAME]…         prove labs: each check fails before its solution and passes after it

  --cgroup v1|v2   cgroup layout of the host (v2)      --tty            run under a terminal
  --user           run as user (uid 1000)              --rows N         its height (24)
  --timeout S      virtual seconds it may take         --cols N         its width (80)
  --out DIR        run: write the .out files there     -v               sh: print [exit N] too
  --normalize      run: namespace numbers as NS1, NS2  --quiet          run: no line per case

The first lines of a script may say: # cgroup: v1, # user: 1, # tty: 1.`

/** What messages call the commands of `sh` and of `run -`: `bash: line 1: …`. */
const SNIPPET = 'bash'

class UsageError extends Error {}
/** Something is wrong with the files, not with the program. */
class Trouble extends Error {}

interface CommandLine {
  readonly request: Partial<Request>
  readonly out: string | undefined
  readonly normalize: boolean
  readonly quiet: boolean
  readonly verbose: boolean
  readonly operands: readonly string[]
}

/** Does what the arguments say; the process's exit status. Paths are relative to `cwd`. */
export async function main(args: readonly string[], cwd: string): Promise<number> {
  const [command, ...rest] = args
  try {
    if (command === 'run') return runCases(parse(rest), cwd)
    if (command === 'sh') return runSnippet(parse(rest))
    if (command === 'test') return await testLabs(parse(rest).operands)
    if (command === '--help' || command === '-h') console.log(USAGE)
    else throw new UsageError(command ? `no such command: ${command}` : 'a command is needed')
    return 0
  } catch (error) {
    if (error instanceof UsageError) console.error(`vitrine: ${error.message}\n${USAGE}`)
    else if (error instanceof Trouble) console.error(`vitrine: ${error.message}`)
    else console.error(error)
    return error instanceof UsageError ? 2 : 4
  }
}

function parse(args: readonly string[]): CommandLine {
  const request: Record<string, string | number | boolean> = {}
  const flags: Record<string, string | boolean> = {}
  const operands: string[] = []
  const todo = [...args]
  for (let arg = todo.shift(); arg !== undefined; arg = todo.shift()) {
    const [, option = arg, attached] = /^(--\w+)=(.*)$/.exec(arg) ?? []
    const value = () => attached ?? todo.shift() ?? fail(`${option} needs a value`)
    if (!arg.startsWith('-') || arg === '-') operands.push(arg)
    else if (option === '--') operands.push(...todo.splice(0))
    else if (option === '--cgroup') request.cgroup = oneOf(option, value(), ['v1', 'v2'])
    else if (option === '--user' || option === '--tty') request[option.slice(2)] = true
    else if (['--rows', '--cols', '--timeout', '--patience'].includes(option))
      request[option.slice(2)] = Number(value()) || fail(`${option} needs a number`)
    else if (option === '--out') flags.out = value()
    else if (option === '--jobs') value()
    else if (option === '--normalize' || option === '--quiet') flags[option.slice(2)] = true
    else if (option === '-v' || option === '--verbose') flags.verbose = true
    else fail(`unknown option: ${option}`)
  }
  const out = typeof flags.out === 'string' ? flags.out : undefined
  return {
    request,
    out,
    normalize: !!flags.normalize,
    quiet: !!flags.quiet,
    verbose: !!flags.verbose,
    operands,
  }
}

function fail(message: string): never {
  throw new UsageError(message)
}

const oneOf = (option: string, value: string, values: readonly string[]) =>
  values.includes(value) ? value : fail(`${option} is ${values.join(' or ')}`)

function runCases(line: CommandLine, cwd: string): number {
  const cases = line.operands.map(path => ({ path, ...placesOf(path, line.out, cwd) }))
  if (!cases.length) fail('run needs a script')
  for (const { path, file } of cases)
    if (path !== '-' && !statSync(file, { throwIfNoEntry: false })?.isFile())
      throw new Trouble(`no such case: ${path}`)
  const twice = cases.filter(({ target }) => cases.filter(it => it.target === target).length > 1)
  if (twice.length) throw new Trouble(`two cases would write the same file: ${twice[0]!.target}`)

  let bad = 0
  for (const { path, file, target } of cases) {
    const start = performance.now()
    const stdin = path === '-'
    const name = stdin ? SNIPPET : basename(path)
    const outcome = runScript(requestOf(name, readFileSync(stdin ? 0 : file), line.request))
    const bytes = recording(line.normalize ? { ...outcome, output: normalized(outcome.output) } : outcome)
    if (stdin) process.stdout.write(bytes)
    else {
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, bytes)
    }
    if (!outcome.last.startsWith('[exit')) bad++
    if (line.quiet || stdin) continue
    const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6)
    console.log(`${seconds} s  ${outcome.last.padEnd(12)} ${path}`)
  }
  return bad ? 3 : 0
}

function placesOf(path: string, out: string | undefined, cwd: string): { file: string; target: string } {
  const stem = basename(path).replace(/\.sh$/, '')
  return { file: resolve(cwd, path), target: resolve(cwd, out ?? dirname(path), `${stem}.out`) }
}

function runSnippet(line: CommandLine): number {
  const [commands, ...more] = line.operands
  if (commands === undefined || more.length) fail('sh needs one argument, the commands')
  const script = commands === '-' ? readFileSync(0) : Buffer.from(commands!)
  const { output, last } = runScript(requestOf(SNIPPET, concat([script, Buffer.from('\n')]), line.request))
  process.stdout.write(output)
  const status = /^\[exit (\d+)\]$/.exec(last)?.[1]
  if (status === undefined || line.verbose)
    process.stdout.write(output.length && output.at(-1) !== 0x0a ? `\n${last}\n` : `${last}\n`)
  return status === undefined ? 3 : Number(status)
}

async function testLabs(folders: readonly string[]): Promise<number> {
  const names = folders.length ? folders.map(folder => basename(resolve(folder))) : allLabs()
  let [passed, failed] = [0, 0]
  for (const name of names) {
    const proofs = await proveLab(name)
    for (const proof of proofs) {
      if (proof.passed) passed++
      else failed++
      console.log(
        `${proof.passed ? 'ok    ' : 'FAILED'}  ${proof.lab}: ${proof.step}${proof.passed ? '' : `\n${proof.reason}`}`,
      )
    }
    if (proofs.length) continue
    failed++
    console.log(`FAILED  ${name}: no step has a check`)
  }
  console.log(`${passed} passed, ${failed} failed`)
  return failed ? 1 : 0
}

const allLabs = () =>
  readdirSync('sims', { withFileTypes: true })
    .filter(
      entry =>
        entry.isDirectory() && statSync(join('sims', entry.name, 'index.json'), { throwIfNoEntry: false }),
    )
    .map(entry => entry.name)

const normalized = (output: Uint8Array) => Buffer.from(normalize(text(output)), 'latin1')
