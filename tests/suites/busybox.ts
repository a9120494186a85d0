/**
 * Runs BusyBox's own test suite in Vitrine: `npm run suite:busybox -- [OPTION]… TESTSUITE [APPLET]…`.
 *
 * Each applet's cases run on a host of their own, by the suite's own `runtest`, from one script that carries the
 * suite as an archive. The same scripts can be given to a real Linux machine; what passes there is the baseline, and
 * only those cases are counted, of the applets that Vitrine's busybox has. How to fetch the suite and what came out:
 * README.md beside this.
 */
import { spawnSync } from 'node:child_process'
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
import { requestOf, runScript } from '../../src/twin.ts'

const USAGE = `usage: npm run suite:busybox -- [OPTION]… TESTSUITE [APPLET]…
  TESTSUITE        the folder testsuite/ of BusyBox's source
  --baseline FILE  what passes on real Linux (test-results/busybox-linux.json)
  --record         first make that file, with the program $RECORDER (see tests/conformance/README.md)
  -v               print what the failing cases print
  --script APPLET  print the script that runs an applet's cases`

/** What each case of an applet came to. A name may occur twice. */
type Results = readonly { readonly verdict: string; readonly name: string }[]
type Baseline = Record<string, Results>

interface CommandLine {
  readonly suite: string
  readonly applets: readonly string[]
  readonly baseline: string
  readonly record: boolean
  readonly verbose: boolean
  readonly script: string | undefined
}

export function main(args: readonly string[], cwd: string): number {
  const line = parse(args, cwd)
  if (!line) {
    console.error(USAGE)
    return 2
  }
  const archive = pack(line.suite)
  if (line.script !== undefined) {
    process.stdout.write(scriptFor(line.suite, archive, line.script, line.verbose))
    return 0
  }
  const all = appletsOf(line.suite)
  const wanted = line.applets.length ? all.filter(it => line.applets.includes(it)) : all
  if (line.record) record(line, archive, wanted)
  const baseline: Baseline = existsSync(line.baseline) ? JSON.parse(readFileSync(line.baseline, 'utf8')) : {}
  let [passed, counted] = [0, 0]
  for (const applet of wanted) {
    const score = judge(line, archive, applet, baseline[applet])
    passed += score.passed
    counted += score.counted
  }
  const share = counted ? ((100 * passed) / counted).toFixed(1) : '0'
  const which = Object.keys(baseline).length ? 'cases that pass on Linux' : 'cases'
  console.log(`${passed} of ${counted} ${which} pass: ${share} %`)
  return passed === counted ? 0 : 1
}

function parse(args: readonly string[], cwd: string): CommandLine | undefined {
  const todo = [...args]
  const operands: string[] = []
  let [baseline, script]: (string | undefined)[] = ['test-results/busybox-linux.json', undefined]
  const switches = new Set<string>()
  for (let arg = todo.shift(); arg !== undefined; arg = todo.shift()) {
    if (arg === '--baseline') baseline = resolve(cwd, todo.shift() ?? '')
    else if (arg === '--script') script = todo.shift()
    else if (arg === '--record' || arg === '-v') switches.add(arg)
    else if (arg.startsWith('-')) return undefined
    else operands.push(arg)
  }
  const [suite, ...applets] = operands
  if (suite === undefined || !existsSync(join(resolve(cwd, suite), 'runtest'))) return undefined
  const [verbose, recording] = [switches.has('-v'), switches.has('--record')]
  return { suite: resolve(cwd, suite), applets, baseline: baseline!, record: recording, verbose, script }
}

/** Runs one applet's cases and says how they went; without a baseline every case counts that is not skipped. */
function judge(
  line: CommandLine,
  archive: string,
  applet: string,
  linux: Results | undefined,
): { passed: number; counted: number } {
  const script = scriptFor(line.suite, archive, applet, line.verbose)
  const start = performance.now()
  const outcome = runScript(requestOf('suite.sh', Buffer.from(script), { patience: 300 }))
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const output = Buffer.from(outcome.output).toString('latin1')
  const here = read(output)
  if (here.some(it => it.name === `${applet} (not built)`)) {
    console.log(`${applet.padEnd(18)} not in Vitrine's busybox`)
    return { passed: 0, counted: 0 }
  }
  const counted = (linux ?? here).filter(it => (linux ? it.verdict === 'PASS' : /PASS|FAIL/.test(it.verdict)))
  if (!counted.length) return { passed: 0, counted: 0 }

  const passes = tally(here)
  const failed = counted.filter(({ name }) => {
    const left = passes.get(name) ?? 0
    passes.set(name, left - 1)
    return left <= 0
  })
  const passed = counted.length - failed.length
  const ended = outcome.last === '[exit 0]' ? '' : `  ${outcome.last}`
  console.log(`${applet.padEnd(18)} ${String(passed).padStart(4)} of ${counted.length}  ${seconds} s${ended}`)
  for (const { name } of failed) console.log(`    ${name}`)
  if (line.verbose && failed.length) console.log(output)
  return { passed, counted: counted.length }
}

/** How many cases of each name pass. */
function tally(results: Results): Map<string, number> {
  const count = new Map<string, number>()
  for (const { verdict, name } of results) if (verdict === 'PASS') count.set(name, (count.get(name) ?? 0) + 1)
  return count
}

/** What `runtest` says, case by case. */
const read = (output: string): Results =>
  [...output.matchAll(/^(PASS|FAIL|SKIPPED|UNTESTED): (.*)$/gm)].map(([, verdict = '', name = '']) => ({
    verdict,
    name,
  }))

/** Applets with a `.tests` file or a folder of old-style cases. */
const appletsOf = (suite: string): string[] =>
  [
    ...new Set(
      readdirSync(suite)
        .filter(name => name.endsWith('.tests') || statSync(join(suite, name)).isDirectory())
        .map(name => name.replace(/\.tests$/, '')),
    ),
  ]
    .filter(name => !NOT_APPLETS.has(name))
    .sort()

/** `all_sourcecode` reads BusyBox's source; mount.testroot belongs to mount. */
const NOT_APPLETS = new Set(['all_sourcecode', 'mount.testroot'])

/** The suite as an archive in base64. */
function pack(suite: string): string {
  const { stdout, status } = spawnSync('tar', ['-cz', '-C', dirname(suite), 'testsuite'], {
    maxBuffer: 1 << 28,
  })
  if (status !== 0) throw new Error(`${suite} could not be packed; its folder has to be called testsuite`)
  return stdout.toString('base64').replace(/.{76}/g, '$&\n')
}

/** Every configuration option that the suite asks for, so that no case is skipped for its lack. */
function configuration(suite: string): string {
  const asked = new Set<string>()
  for (const name of readdirSync(suite).filter(it => it.endsWith('.tests')))
    for (const [, options = ''] of readFileSync(join(suite, name), 'latin1').matchAll(
      /^\s*optional +(.*)$/gm,
    ))
      for (const option of options.match(/(?<![!\w])[A-Z]\w+/g) ?? []) asked.add(option)
  return [...asked].map(option => `CONFIG_${option}=y`).join('\n')
}

/** A script for a fresh host, as root: unpack the suite, run one applet's cases. Its shell is bash under the name sh. */
const scriptFor = (
  suite: string,
  archive: string,
  applet: string,
  verbose: boolean,
): string => `mkdir /tmp/busybox
cd /tmp/busybox || exit 1
base64 -d <<'END' | tar -xz
${archive}
END
ln -sf bash /usr/bin/sh
ln -s "$(command -v busybox)" busybox
cat >.config <<'END'
${configuration(suite)}
END
cd testsuite
./runtest ${verbose ? '-v ' : ''}${applet} </dev/null 2>&1
exit 0
`

/** Asks real Linux, one machine an applet. */
function record(line: CommandLine, archive: string, applets: readonly string[]): void {
  const recorder = process.env.RECORDER
  if (!recorder) throw new Error('--record needs the program $RECORDER')
  const folder = mkdtempSync(join(tmpdir(), 'busybox-'))
  try {
    const files = applets.map(applet => join(folder, `${applet}.sh`))
    for (const [i, file] of files.entries())
      writeFileSync(file, scriptFor(line.suite, archive, applets[i]!, false))
    spawnSync(recorder, ['run', '--jobs', '4', '--timeout', '600', '--out', folder, ...files], {
      stdio: 'inherit',
    })
    const found: Baseline = existsSync(line.baseline) ? JSON.parse(readFileSync(line.baseline, 'utf8')) : {}
    for (const applet of applets) {
      const out = join(folder, `${applet}.out`)
      if (existsSync(out)) found[applet] = read(readFileSync(out, 'latin1'))
    }
    mkdirSync(dirname(line.baseline), { recursive: true })
    writeFileSync(line.baseline, `${JSON.stringify(found, undefined, 1)}\n`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
