/**
 * Runs unionmount-testsuite in Vitrine: `npm run suite:unionmount -- [OPTION]… FOLDER [TEST]…`.
 *
 * The suite is a Python program that makes system calls and runs mount and umount. Here this machine's Python runs it,
 * but each call is carried out by a process of a host (unionmount.py, beside this, asks; `serve` answers). Each test
 * runs in each of the suite's modes, on a host of its own. How to fetch the suite and what came out: README.md.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Writable } from 'node:stream'
import {
  type Blocking,
  encode,
  Errno,
  O_CREAT,
  O_RDONLY,
  O_TRUNC,
  O_WRONLY,
  type Stat,
  type Sys,
} from '../../src/abi/index.ts'
import { Machine } from '../../src/machine/index.ts'

const USAGE = `usage: npm run suite:unionmount -- [OPTION]… FOLDER [TEST]…
  FOLDER           a copy of unionmount-testsuite; TESTs are files of its tests/, without .py
  --mode MODE      only in this mode, such as '--ov --samefs'
  --baseline FILE  what passes on real Linux (test-results/unionmount-linux.json)
  --record         first make that file, with the program $RECORDER (see tests/conformance/README.md)
  -v               print the errors`

/** How the suite is called: without an overlay, with one, with one whose upper layer becomes a lower one up to N times. */
const MODES = [
  '--no',
  '--ov',
  '--ov --ts=1',
  '--ov --xdev',
  '--ov --samefs',
  '--ov --xino --verify',
  '--ov --meta --verify',
  '--ov=1 --verify',
  '--ov=10 --samefs --verify',
  '--ov=10 --maxfs=2 --verify',
  '--ov=10 --meta --xino --verify',
  '--ovov --samefs --xino --verify',
]

/** How one test went: subtests begun, and what was wrong with the last of them. */
interface Result {
  readonly subtests: number
  readonly error: string
}
/** By mode and test: `--ov open-plain`. */
type Results = Record<string, Result>

interface CommandLine {
  readonly folder: string
  readonly tests: readonly string[]
  readonly modes: readonly string[]
  readonly baseline: string
  readonly record: boolean
  readonly verbose: boolean
}

export async function main(args: readonly string[], cwd: string): Promise<number> {
  const line = parse(args, cwd)
  if (!line) {
    console.error(USAGE)
    return 2
  }
  if (line.record) record(line)
  const linux: Results = existsSync(line.baseline) ? JSON.parse(readFileSync(line.baseline, 'utf8')) : {}
  let failures = 0
  for (const mode of line.modes) failures += await judge(line, mode, linux)
  return failures ? 1 : 0
}

function parse(args: readonly string[], cwd: string): CommandLine | undefined {
  const todo = [...args]
  const operands: string[] = []
  let [baseline, modes] = ['test-results/unionmount-linux.json', MODES]
  const switches = new Set<string>()
  for (let arg = todo.shift(); arg !== undefined; arg = todo.shift()) {
    if (arg === '--baseline') baseline = resolve(cwd, todo.shift() ?? '')
    else if (arg === '--mode') modes = [todo.shift() ?? '']
    else if (arg === '--record' || arg === '-v') switches.add(arg)
    else if (arg.startsWith('-')) return undefined
    else operands.push(arg)
  }
  const [first = '.', ...tests] = operands
  const folder = resolve(cwd, first)
  if (!existsSync(join(folder, 'mount_union.py'))) return undefined
  const all = readdirSync(join(folder, 'tests')).filter(name => name.endsWith('.py'))
  const [verbose, recording] = [switches.has('-v'), switches.has('--record')]
  const names = all.map(name => name.replace(/\.py$/, '')).sort()
  return { folder, tests: tests.length ? tests : names, modes, baseline, record: recording, verbose }
}

/** rename-exdev.py is about directories that cannot be renamed, and other tests are about those that can. */
const belongsTo = (mode: string) => (test: string) =>
  mode.includes('--xdev')
    ? !/^rename-(?:dir|empty-dir|pop-dir|move-dir)$/.test(test)
    : test !== 'rename-exdev'

/** Runs the tests in one mode and says how they went; returns how many fail that pass on Linux. */
async function judge(line: CommandLine, mode: string, linux: Results): Promise<number> {
  const tests = line.tests.filter(belongsTo(mode))
  const errors: string[] = []
  let [subtests, passed, missed] = [0, 0, 0]
  for (const test of tests) {
    const { output, status } = await runInVitrine(line.folder, [...mode.split(' '), test])
    const here = read(output, status)
    const there = linux[`${mode} ${test}`]
    subtests += here.subtests
    if (!here.error) passed++
    else if (!there || !there.error) missed++
    if (here.error)
      errors.push(`    ${test}: ${here.error}${here.error === there?.error ? ' (as on Linux)' : ''}`)
    else if (there?.error) errors.push(`    ${test}: passes; on Linux ${there.error}`)
    else if (there && there.subtests !== here.subtests) errors.push(`    ${test}: ${here.subtests} subtests`)
  }
  const base = tests.filter(test => linux[`${mode} ${test}`]?.error === '').length
  const known = tests.some(test => linux[`${mode} ${test}`]) ? `, ${base} on Linux` : ''
  console.log(`${mode.padEnd(32)} ${passed} of ${tests.length} tests pass${known}; ${subtests} subtests`)
  if (line.verbose && errors.length) console.log(errors.join('\n'))
  return missed
}

/** What a run of one test printed. */
function read(output: string, status: number): Result {
  const subtests = output.match(/^TEST /gm)?.length ?? 0
  return { subtests, error: status === 0 ? '' : (output.trimEnd().split('\n').at(-1) ?? `exit ${status}`) }
}

/** Runs the suite's program with the calls carried out on a fresh host. */
async function runInVitrine(folder: string, args: readonly string[]) {
  const shim = resolve('tests/suites/unionmount.py')
  const python = spawn('python3', [shim, folder, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [python.stdout, python.stderr])
    stream!.on('data', (bytes: Buffer) => {
      output += bytes.toString('latin1')
    })
  serve(python)
  const status = await new Promise<number>(done => python.on('close', code => done(code ?? 1)))
  return { output, status }
}

/** Nanoseconds that Python would take: the clock of files has moved on by the next call. */
const BETWEEN_CALLS = 4e6

/** Answers the calls of a Python process. */
function serve(python: ChildProcess): void {
  const machine = new Machine()
  let request: [string, ...never[]] | undefined
  let answer = ''
  machine.spawn({
    argv: ['unionmount'],
    output: () => {},
    program: function* (sys) {
      sys.umask(0o022)
      for (const dir of ['/base', '/lower', '/upper']) sys.mkdir(dir, 0o755)
      for (;;) {
        while (!request) yield* sys.sched_yield()
        yield* sys.nanosleep(BETWEEN_CALLS)
        answer = yield* answerTo(sys, request)
        request = undefined
      }
    },
  })
  const answers = python.stdio[4] as Writable
  createInterface({ input: python.stdio[3] as NodeJS.ReadableStream }).on('line', text => {
    request = JSON.parse(text)
    machine.runUntil(machine.now + 3600e9, () => request !== undefined)
    machine.commit()
    answers.write(`${answer}\n`)
  })
}

function* answerTo(sys: Sys, [name, ...args]: [string, ...never[]]): Blocking<string> {
  try {
    return JSON.stringify({ value: (yield* CALLS[name]!(sys, ...args)) ?? 0 })
  } catch (e) {
    if (e instanceof Errno) return JSON.stringify({ errno: e.errno })
    throw e
  }
}

const seconds = ({ sec, nsec }: Stat['mtime']): number => sec + nsec / 1e9

const statOf = (it: Stat) => ({
  st_mode: it.mode,
  st_ino: it.ino,
  st_dev: it.dev,
  st_nlink: it.nlink,
  st_uid: it.uid,
  st_gid: it.gid,
  st_rdev: it.rdev,
  st_size: it.size,
  st_blocks: it.blocks,
  st_atime: seconds(it.atime),
  st_mtime: seconds(it.mtime),
})

/** A call of Python's `os` in terms of system calls; `never` lets each say what it is given. */
type Call = (sys: Sys, ...args: never[]) => Blocking<unknown>

/** A call that does not block. */
const plain = <A extends unknown[]>(act: (sys: Sys, ...args: A) => unknown) =>
  function* (sys: Sys, ...args: A): Blocking<unknown> {
    return act(sys, ...args)
  }

const CALLS: Readonly<Record<string, Call>> = {
  *open(sys: Sys, path: string, flags: number, mode: number) {
    return yield* sys.open(path, flags, mode)
  },
  *read(sys: Sys, fd: number, size: number) {
    return Buffer.from(yield* sys.read(fd, size)).toString('latin1')
  },
  *write(sys: Sys, fd: number, text: string) {
    return yield* sys.write(fd, Buffer.from(text, 'latin1'))
  },
  close: plain((sys, fd: number) => sys.close(fd)),
  lseek: plain((sys, fd: number, offset: number, whence: number) => sys.lseek(fd, offset, whence)),
  lstat: plain((sys, path: string) => statOf(sys.lstat(path))),
  fstat: plain((sys, fd: number) => statOf(sys.fstat(fd))),
  mkdir: plain((sys, path: string, mode: number) => sys.mkdir(path, mode)),
  rmdir: plain((sys, path: string) => sys.rmdir(path)),
  unlink: plain((sys, path: string) => sys.unlink(path)),
  rename: plain((sys, from: string, to: string) => sys.rename(from, to)),
  symlink: plain((sys, target: string, path: string) => sys.symlink(target, path)),
  readlink: plain((sys, path: string) => sys.readlink(path)),
  link: plain((sys, from: string, to: string, follow: boolean) =>
    follow ? sys.linkFollow(from, to) : sys.link(from, to),
  ),
  chmod: plain((sys, path: string, mode: number) => sys.chmod(path, mode)),
  lchown: plain((sys, path: string, uid: number, gid: number) => sys.lchown(path, uid, gid)),
  *truncate(sys: Sys, path: string, size: number) {
    yield* sys.truncate(path, size)
  },
  utime: plain((sys, path: string, follow: boolean) => sys.utimensat(path, 'now', 'now', follow)),
  setegid: plain((sys, gid: number) => sys.setresgid(-1, gid, -1)),
  seteuid: plain((sys, uid: number) => sys.setresuid(-1, uid, -1)),
  sync: plain(sys => sys.sync()),
  system,
}

const ENVIRONMENT = ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'LANG=C.UTF-8']

/** system(3), with what the command printed. */
function* system(sys: Sys, command: string): Blocking<unknown> {
  const pid = sys.clone(0, function* (its) {
    const fd = yield* its.open('/tmp/output', O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    its.dup2(fd, 1)
    its.dup2(fd, 2)
    its.close(fd)
    return yield* its.execve('/bin/sh', ['sh', '-c', command], ENVIRONMENT)
  })
  const child = yield* sys.wait4(pid, 0)
  const fd = yield* sys.open('/tmp/output', O_RDONLY)
  const output = Buffer.from(yield* sys.read(fd, 1 << 16)).toString('latin1')
  sys.close(fd)
  return { status: child!.status, output }
}

/** The suite as an archive in base64. */
function pack(folder: string): string {
  const options = ['-cz', '-C', folder, '--exclude=.git', '--exclude=__pycache__', '.']
  const { stdout, status } = spawnSync('tar', options, { maxBuffer: 1 << 28 })
  if (status !== 0) throw new Error(`${folder} could not be packed`)
  return stdout.toString('base64').replace(/.{76}/g, '$&\n')
}

/** A script for a real Linux. */
const scriptFor = (archive: string, mode: string, tests: readonly string[]): string => `mkdir /union
cd /union || exit 1
mkdir -p /base /lower /upper
base64 -d <<'END' | tar -xz
${archive}
END
for test in ${tests.join(' ')}
do
  echo "# $test"
  python3 -B ./run ${mode} $test
  echo "# status $?"
done 2>&1
exit 0
`

/** Asks real Linux, one machine a mode. */
function record(line: CommandLine): void {
  const recorder = process.env.RECORDER
  if (!recorder) throw new Error('--record needs the program $RECORDER')
  const folder = mkdtempSync(join(tmpdir(), 'unionmount-'))
  try {
    const archive = pack(line.folder)
    const files = line.modes.map((_, i) => join(folder, `mode${i}.sh`))
    for (const [i, file] of files.entries()) {
      const mode = line.modes[i]!
      writeFileSync(file, encode(scriptFor(archive, mode, line.tests.filter(belongsTo(mode)))))
    }
    spawnSync(recorder, ['run', '--jobs', '2', '--timeout', '3600', '--out', folder, ...files], {
      stdio: 'inherit',
    })
    const found: Results = existsSync(line.baseline) ? JSON.parse(readFileSync(line.baseline, 'utf8')) : {}
    for (const [i, mode] of line.modes.entries()) {
      const out = files[i]!.replace(/sh$/, 'out')
      if (existsSync(out)) Object.assign(found, readAll(mode, readFileSync(out, 'latin1')))
    }
    mkdirSync(dirname(line.baseline), { recursive: true })
    writeFileSync(line.baseline, `${JSON.stringify(found, undefined, 1)}\n`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readAll(mode: string, printed: string): Results {
  const found: Results = {}
  for (const part of printed.split(/^# (?=[\w-]+\n)/m).slice(1)) {
    const [, test, output = '', status] = /^([\w-]+)\n(.*)# status (\d+)\n/s.exec(part) ?? []
    if (test) found[`${mode} ${test}`] = read(output, Number(status))
  }
  return found
}
