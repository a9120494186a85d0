/**
 * `npm run suite:oils -- FOLDER [OPTION]… [NAME…]` runs the Oils project's shell tests in Vitrine's bash, each on a
 * pristine host, and says how many do what is expected of bash. FOLDER is a copy of that project, of which `spec/` is
 * read; NAMEs are test files (`spec/NAME.test.sh`), all if there are none.
 *
 *   --case N       only the case of that number       --verbose   show what differs, and the code
 *   --only FILE    only cases that FILE calls PASS     --list      one line `NAME N PASS|FAIL title` for each
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import {
  type Blocking,
  decode,
  elf,
  encode,
  Errno,
  O_CREAT,
  O_RDONLY,
  O_WRONLY,
  type Program,
  S_IFIFO,
  type Sys,
} from '../../src/abi/index.ts'
import { Machine } from '../../src/machine/index.ts'
import { programs } from '../../src/machine/programs.ts'
import { type Case, parseCases } from './oils-cases.ts'

const SPEC = '/oils/spec'
const TMP = '/tmp/case'
const OUT = '/oils/stdout'
const ERR = '/oils/stderr'
const CODE = '/oils/code'
const PATH = `${SPEC}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`
const SECOND = 1e9
/** Virtual seconds, and milliseconds of real time, that a case may take. */
const LIMIT = 60
/** Virtual seconds that background processes may write after the shell has ended. */
const GRACE = 5
const PATIENCE = 10_000

interface Result {
  readonly stdout: string
  readonly stderr: string
  /** What a shell would make of the wait status; 124 when it took too long. */
  readonly status: number
}

// The helpers of the suite are Python scripts; here they are programs of the host.

/** repr() of Python 2 for a string of bytes. */
function repr(text: string): string {
  const bytes = Buffer.from(encode(text)).toString('latin1')
  const quote = bytes.includes("'") && !bytes.includes('"') ? '"' : "'"
  const named: Record<string, string> = {
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    '\\': '\\\\',
    [quote]: `\\${quote}`,
  }
  const shown = bytes.replace(
    /[^ -~]|\\|['"]/g,
    char =>
      named[char] ?? (/[ -~]/.test(char) ? char : `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`),
  )
  return `${quote}${shown}${quote}`
}

function* print(sys: Sys, fd: number, text: string): Blocking<void> {
  const bytes = encode(text)
  for (let at = 0; at < bytes.length; ) at += yield* sys.write(fd, bytes.subarray(at))
}

const HELPERS: Readonly<Record<string, Program>> = {
  *'argv.py'(sys, argv) {
    yield* print(sys, 1, `[${argv.slice(1).map(repr).join(', ')}]\n`)
    return 0
  },
  *'printenv.py'(sys, argv, envp) {
    const env = new Map(envp.map(it => [it.slice(0, it.indexOf('=')), it.slice(it.indexOf('=') + 1)]))
    for (const name of argv.slice(1)) yield* print(sys, 1, `${env.get(name) ?? 'None'}\n`)
    return 0
  },
  *'stdout_stderr.py'(sys, argv) {
    // Python keeps its standard output until the end if that is no terminal.
    yield* print(sys, 2, `${argv[2] ?? 'STDERR'}\n`)
    yield* print(sys, 1, `${argv[1] ?? 'STDOUT'}\n`)
    return Number(argv[3] ?? 0)
  },
  *'read_from_fd.py'(sys, argv) {
    for (const arg of argv.slice(1)) {
      try {
        const bytes = yield* sys.read(Number(arg), 1024)
        yield* print(sys, 1, `${arg}: ${decode(bytes)}`)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* print(sys, 2, `FATAL: Error reading from fd ${arg}: ${e.message}\n`)
        return 1
      }
    }
    return 0
  },
}

/** Files of the suite's folder that the cases read, by their path below it. */
function filesOf(folder: string): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  const visit = (path: string) => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      const below = `${path}/${entry.name}`
      if (entry.isDirectory()) visit(below)
      else files.set(below, contents(folder, below))
    }
  }
  visit('bin')
  visit('testdata')
  return files
}

function contents(folder: string, path: string): Uint8Array {
  const name = path.slice('bin/'.length)
  return HELPERS[name] ? elf({ program: name }) : readFileSync(join(folder, path))
}

function* putFiles(sys: Sys, files: ReadonlyMap<string, Uint8Array>): Blocking<number> {
  const made = new Set<string>()
  const mkdir = (path: string) => {
    if (made.has(path) || path === '') return
    mkdir(path.slice(0, path.lastIndexOf('/')))
    made.add(path)
    try {
      sys.mkdir(path, 0o777)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
    }
  }
  for (const [path, bytes] of files) {
    mkdir(`${SPEC}/${path}`.replace(/\/[^/]*$/, ''))
    const fd = yield* sys.open(`${SPEC}/${path}`, O_WRONLY | O_CREAT, 0o755)
    for (let at = 0; at < bytes.length; ) at += yield* sys.write(fd, bytes.subarray(at))
    sys.close(fd)
  }
  mkdir(TMP)
  for (const path of [CODE, OUT, ERR]) sys.mknod(path, S_IFIFO | 0o666, 0)
  return 0
}

/** `bash < CODE > OUT 2> ERR`, all of them pipes. */
const shell: Program = function* (sys): Blocking<number> {
  const places = [
    [CODE, O_RDONLY],
    [OUT, O_WRONLY],
    [ERR, O_WRONLY],
  ] as const
  for (const [fd, [path, flags]] of places.entries()) {
    const opened = yield* sys.open(path, flags, 0o666)
    if (opened === fd) continue
    sys.dup2(opened, fd)
    sys.close(opened)
  }
  const env = [`PATH=${PATH}`, 'LC_ALL=C.UTF-8', 'LOCALE_ARCHIVE=', 'OILS_GC_ON_EXIT=', `TMP=${TMP}`]
  return yield* sys.execve('/bin/bash', ['/bin/bash'], [...env, 'REPO_ROOT=/oils', 'SH=/bin/bash'])
}

const feeder = (code: string): Program =>
  function* (sys) {
    const bytes = Buffer.from(code, 'latin1')
    const fd = yield* sys.open(CODE, O_WRONLY)
    for (let at = 0; at < bytes.length; ) at += yield* sys.write(fd, bytes.subarray(at))
    return 0
  }

function runCase(it: Case, files: ReadonlyMap<string, Uint8Array>): Result {
  const machine = new Machine()
  const begun = performance.now()
  /** Runs a program of ours, as a child of init, until it has ended. */
  const finish = (program: Program, cwd = '/', seconds = LIMIT) => {
    const task = machine.spawn({ argv: ['init'], program, cwd, session: true })
    const until = machine.now + seconds * SECOND
    machine.runUntil(
      until,
      () => machine.exitStatus(task) === undefined && performance.now() - begun < PATIENCE,
    )
    return machine.exitStatus(task)
  }
  finish(sys => putFiles(sys, files))
  machine.spawn({ argv: ['init'], program: feeder(it.code), session: true })
  let [stdout, stderr] = ['', '']
  const collectors = [collector(OUT, text => (stdout += text)), collector(ERR, text => (stderr += text))].map(
    program => machine.spawn({ argv: ['init'], program, session: true }),
  )
  const status = finish(shell, TMP)
  // What still runs in the background may have something to say.
  machine.runUntil(
    machine.now + GRACE * SECOND,
    () =>
      collectors.some(task => machine.exitStatus(task) === undefined) && performance.now() - begun < PATIENCE,
  )
  const code = status === undefined ? 124 : status & 0x7f ? 128 + (status & 0x7f) : status >> 8
  return { stdout, stderr, status: code }
}

/** Reads all that comes out of a pipe. */
const collector = (path: string, add: (text: string) => void): Program =>
  function* (sys) {
    const fd = yield* sys.open(path, O_RDONLY)
    for (;;) {
      const bytes = yield* sys.read(fd, 1 << 16)
      if (!bytes.length) return 0
      add(Buffer.from(bytes).toString('latin1'))
    }
  }

const passes = ({ expected }: Case, result: Result) =>
  result.status === expected.status &&
  (expected.stdout ?? result.stdout) === result.stdout &&
  (expected.stderr ?? result.stderr) === result.stderr

function report(it: Case, result: Result): string {
  const show = (text: string) => Buffer.from(text, 'latin1').toString('utf8').replace(/^/gm, '    ')
  const lines = [`---- ${it.file} ${it.number}: ${it.title}`, show(it.code)]
  for (const key of ['stdout', 'stderr'] as const)
    if ((it.expected[key] ?? result[key]) !== result[key])
      lines.push(`  expected ${key}:`, show(it.expected[key]!), `  but:`, show(result[key]))
  if (it.expected.status !== result.status)
    lines.push(`  status ${it.expected.status} expected, but ${result.status}`)
  if ((it.expected.stderr ?? '') === '' && result.stderr)
    lines.push('  (on stderr:', `${show(result.stderr)})`)
  return lines.join('\n')
}

/** The cases that a list of an earlier run (of real bash, say) calls PASS: `NAME N`. */
const passedIn = (path: string) =>
  new Set(
    readFileSync(path, 'utf8')
      .split('\n')
      .flatMap(line => /^(\S+ \d+) PASS\b/.exec(line)?.[1] ?? []),
  )

export function main(args: readonly string[], cwd: string): number {
  const todo = [...args]
  const [flags, names]: [Set<string>, string[]] = [new Set(), []]
  let [number, only]: [number | undefined, string | undefined] = [undefined, undefined]
  for (let arg = todo.shift(); arg !== undefined; arg = todo.shift()) {
    if (arg === '--case') number = Number(todo.shift())
    else if (arg === '--only') only = resolve(cwd, todo.shift() ?? '')
    else if (arg.startsWith('--')) flags.add(arg)
    else names.push(arg)
  }
  const folder = resolve(cwd, names.shift() ?? '.', 'spec')
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    console.error(`oils: ${folder}: there is no such folder. Give the folder of a copy of the Oils project.`)
    return 2
  }
  for (const [name, program] of Object.entries(HELPERS)) (programs as Map<string, Program>).set(name, program)

  const wanted = only === undefined ? undefined : passedIn(only)
  const files = filesOf(folder)
  let [passed, failed] = [0, 0]
  for (const path of readdirSync(folder).sort()) {
    const name = /^(.*)\.test\.sh$/.exec(path)?.[1]
    if (name === undefined || (names.length && !names.includes(name))) continue
    const cases = parseCases(name, readFileSync(join(folder, path), 'latin1')).filter(
      it => (number ?? it.number) === it.number && (!wanted || wanted.has(`${it.file} ${it.number}`)),
    )
    let good = 0
    for (const it of cases) {
      const result = runCase(it, files)
      const isGood = passes(it, result)
      if (isGood) good++
      if (flags.has('--list')) console.log(`${it.file} ${it.number} ${isGood ? 'PASS' : 'FAIL'} ${it.title}`)
      else if (!isGood && flags.has('--verbose')) console.log(report(it, result))
    }
    passed += good
    failed += cases.length - good
    if (!flags.has('--list') && cases.length)
      console.log(`${String(good).padStart(4)} of ${cases.length}  ${name}`)
  }
  const share = ((100 * passed) / (passed + failed || 1)).toFixed(1)
  console.log(`${passed} passed, ${failed} failed: ${share} %`)
  return failed ? 1 : 0
}
