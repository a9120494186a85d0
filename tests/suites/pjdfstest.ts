/**
 * Runs pjdfstest in Vitrine: `npm run suite:pjdfstest -- [OPTION]… FOLDER [TEST]…`.
 *
 * The suite's tests are shell scripts around one C program that makes system calls; here that program is one of the
 * runner (pjdfstest-program.ts). Each group of tests (`rename`, …) runs on a host of its own, once on each file
 * system, from one script that carries the suite as an archive. The same script, with the C program, can be given to a
 * real Linux machine. How to fetch the suite and what came out: README.md beside this.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { elf, type Program } from '../../src/abi/index.ts'
import { programs } from '../../src/machine/programs.ts'
import { requestOf, runScript } from '../../src/twin.ts'
import { pjdfstest } from './pjdfstest-program.ts'

const USAGE = `usage: npm run suite:pjdfstest -- [OPTION]… FOLDER [TEST]…
  FOLDER           a copy of pjdfstest; TESTs are groups (rename) or files (rename/00.t) of its tests/
  --fs NAME        only on this file system: ext4, tmpfs
  --baseline FILE  what passes on real Linux (test-results/pjdfstest-linux.json)
  --record         first make that file, with the program $RECORDER (see tests/conformance/README.md)
  -v               print the assertions that fail`

const FILE_SYSTEMS = ['ext4', 'tmpfs']

/** The numbers of the assertions of one test file that hold, and the lines of those that do not. */
interface Result {
  readonly passed: readonly number[]
  readonly failed: readonly string[]
}
/** By file system and test file: `ext4 rename/00.t`. */
type Results = Record<string, Result>

interface CommandLine {
  readonly folder: string
  readonly tests: readonly string[]
  readonly fileSystems: readonly string[]
  readonly baseline: string
  readonly record: boolean
  readonly verbose: boolean
}

export function main(args: readonly string[], cwd: string): number {
  const line = parse(args, cwd)
  if (!line) {
    console.error(USAGE)
    return 2
  }
  const known = programs as Map<string, Program>
  known.set('pjdfstest', pjdfstest)
  known.set('openssl', openssl)
  const archive = pack(line.folder)
  if (line.record) record(line, archive)
  const baseline: Results = existsSync(line.baseline) ? JSON.parse(readFileSync(line.baseline, 'utf8')) : {}
  let failures = 0
  for (const fs of line.fileSystems) failures += judge(line, archive, fs, baseline)
  return failures ? 1 : 0
}

function parse(args: readonly string[], cwd: string): CommandLine | undefined {
  const todo = [...args]
  const operands: string[] = []
  let [baseline, fileSystems] = ['test-results/pjdfstest-linux.json', FILE_SYSTEMS]
  const switches = new Set<string>()
  for (let arg = todo.shift(); arg !== undefined; arg = todo.shift()) {
    if (arg === '--baseline') baseline = resolve(cwd, todo.shift() ?? '')
    else if (arg === '--fs') fileSystems = [todo.shift() ?? '']
    else if (arg === '--record' || arg === '-v') switches.add(arg)
    else if (arg.startsWith('-')) return undefined
    else operands.push(arg)
  }
  const [first = '.', ...wanted] = operands
  const folder = resolve(cwd, first)
  if (!existsSync(join(folder, 'tests/misc.sh')) || !fileSystems.every(it => FILE_SYSTEMS.includes(it)))
    return
  const tests = testsOf(folder).filter(
    test => !wanted.length || wanted.some(it => test === it || test.startsWith(`${it}/`)),
  )
  const [verbose, recording] = [switches.has('-v'), switches.has('--record')]
  return { folder, tests, fileSystems, baseline, record: recording, verbose }
}

const testsOf = (folder: string): string[] =>
  readdirSync(join(folder, 'tests'))
    .filter(group => statSync(join(folder, 'tests', group)).isDirectory())
    .flatMap(group => readdirSync(join(folder, 'tests', group)).map(name => `${group}/${name}`))
    .filter(test => test.endsWith('.t'))
    .sort()

/** Runs the tests on one file system and says how they went; returns how many assertions fail that hold on Linux. */
function judge(line: CommandLine, archive: string, fs: string, linux: Results): number {
  const isBase = line.tests.some(test => linux[`${fs} ${test}`])
  const groups = new Map<string, string[]>()
  for (const test of line.tests) groups.set(dirname(test), [...(groups.get(dirname(test)) ?? []), test])
  let [passed, counted, both, base] = [0, 0, 0, 0]
  for (const [group, tests] of groups) {
    const script = scriptFor(archive, fs, tests, HERE)
    const outcome = runScript(requestOf('suite.sh', Buffer.from(script), { patience: 600 }))
    const here = read(fs, Buffer.from(outcome.output).toString('latin1'))
    const lines: string[] = []
    let [good, all] = [0, 0]
    for (const test of tests) {
      const it = here[`${fs} ${test}`] ?? { passed: [], failed: [] }
      const there = linux[`${fs} ${test}`]
      const holds = new Set(it.passed)
      good += it.passed.length
      all += it.passed.length + it.failed.length
      base += there?.passed.length ?? 0
      both += there?.passed.filter(n => holds.has(n)).length ?? 0
      const known = new Set(there?.failed.map(numberOf))
      for (const text of it.failed)
        lines.push(`    ${test}: ${text}${known.has(numberOf(text)) ? ' (as on Linux)' : ''}`)
    }
    passed += good
    counted += all
    console.log(`${fs.padEnd(6)} ${group.padEnd(16)} ${String(good).padStart(5)} of ${all}  ${outcome.last}`)
    if (line.verbose && lines.length) console.log(lines.join('\n'))
  }
  console.log(
    `${fs}: ${passed} of ${counted} assertions hold: ${((100 * passed) / (counted || 1)).toFixed(2)} %`,
  )
  if (isBase) console.log(`${fs}: ${both} of the ${base} that hold on Linux`)
  return isBase ? base - both : counted - passed
}

/** The number of an assertion. */
const numberOf = (line: string): number => Number(/\d+/.exec(line)?.[0])

/** What the script printed: `# FILE` before each test, and its assertions in the Test Anything Protocol. */
function read(fs: string, output: string): Results {
  const found: Results = {}
  for (const part of output.split(/^# (?=\S+\.t$)/m).slice(1)) {
    const test = part.slice(0, part.indexOf('\n'))
    const passed = [...part.matchAll(/^ok (\d+)/gm)].map(([, n]) => Number(n))
    const failed: string[] = part.match(/^not ok .*/gm) ?? []
    const seen = new Set([...passed, ...failed.map(numberOf)])
    const planned = Number(/^1\.\.(\d+)$/m.exec(part)?.[1] ?? 0)
    for (let n = 1; n <= planned; n++) if (!seen.has(n)) failed.push(`not ok ${n} - never came`)
    found[`${fs} ${test}`] = { passed, failed }
  }
  return found
}

/** The tests and the C program as an archive in base64. */
function pack(folder: string): string {
  const { stdout, status } = spawnSync('tar', ['-cz', '-C', folder, 'tests', 'pjdfstest.c'], {
    maxBuffer: 1 << 28,
  })
  if (status !== 0) throw new Error(`${folder} could not be packed`)
  return stdout.toString('base64').replace(/.{76}/g, '$&\n')
}

/** Compiles the suite's program, with what its `configure` finds on Linux. */
const THERE = `touch config.h
defined=
for it in OPENAT UNLINKAT MKDIRAT LINKAT SYMLINKAT RENAMEAT MKFIFOAT MKNODAT FCHMODAT FCHOWNAT FSTATAT LCHMOD \\
  POSIX_FALLOCATE UTIMENSAT SYS_SYSMACROS_H STRUCT_STAT_ST_ATIM STRUCT_STAT_ST_CTIM STRUCT_STAT_ST_MTIM
do defined="$defined -DHAVE_$it"
done
gcc -w -O -D_GNU_SOURCE $defined -I. -o pjdfstest pjdfstest.c || exit 1`

const executable = (path: string, program: string): string => `base64 -d >${path} <<'END'
${Buffer.from(elf({ program })).toString('base64')}
END
chmod 755 ${path}`

/** Puts the runner's programs in their places: the suite's own, and the one with which it makes up names. */
const HERE = `${executable('pjdfstest', 'pjdfstest')}
${executable('/usr/bin/openssl', 'openssl')}`

/** `openssl md5`, for the host has none. */
const openssl: Program = function* (sys) {
  const digest = createHash('md5')
  for (let bytes = yield* sys.read(0, 1 << 16); bytes.length; bytes = yield* sys.read(0, 1 << 16))
    digest.update(bytes)
  yield* sys.write(1, `MD5(stdin)= ${digest.digest('hex')}\n`)
  return 0
}

/** A script for a fresh host, as root. */
const scriptFor = (
  archive: string,
  fs: string,
  tests: readonly string[],
  program: string,
): string => `mkdir /pjd
cd /pjd || exit 1
base64 -d <<'END' | tar -xz
${archive}
END
${program}
mkdir work
${fs === 'ext4' ? '' : `mount -t ${fs} ${fs} work`}
cd work
for test in ${tests.join(' ')}
do
  echo "# $test"
  sh ../tests/$test
done 2>&1
exit 0
`

/** Asks real Linux, one machine a file system. */
function record(line: CommandLine, archive: string): void {
  const recorder = process.env.RECORDER
  if (!recorder) throw new Error('--record needs the program $RECORDER')
  const folder = mkdtempSync(join(tmpdir(), 'pjdfstest-'))
  try {
    const files = line.fileSystems.map(fs => join(folder, `${fs}.sh`))
    for (const [i, file] of files.entries())
      writeFileSync(file, scriptFor(archive, line.fileSystems[i]!, line.tests, THERE))
    spawnSync(recorder, ['run', '--jobs', '2', '--timeout', '7200', '--out', folder, ...files], {
      stdio: 'inherit',
    })
    const found: Results = existsSync(line.baseline) ? JSON.parse(readFileSync(line.baseline, 'utf8')) : {}
    for (const fs of line.fileSystems) {
      const out = join(folder, `${fs}.out`)
      if (existsSync(out)) Object.assign(found, read(fs, readFileSync(out, 'latin1')))
    }
    mkdirSync(dirname(line.baseline), { recursive: true })
    writeFileSync(line.baseline, `${JSON.stringify(found, undefined, 1)}\n`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
