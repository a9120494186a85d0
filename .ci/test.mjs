/**
 * `npm test`: installs what is missing, runs every check, and ends with one line `N passed, M failed` over
 * everything. A check without tests of its own (lint, types, ...) counts as one. Names of stages as arguments
 * run only those: `npm test -- unit conformance`.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { install, root } from './install.mjs'

install()
const { advice, needChromium } = await import('./chromium.mjs')

const results = `${root}node_modules/.cache/vitrine-results/`
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

/** A build of its own, so that nobody who works in the same tree is disturbed. */
const dist = `${results}dist`
process.env.VITRINE_DIST = dist

const bin = name => `${root}node_modules/.bin/${name}`
const node = process.execPath

/** Stages of one group run side by side; the groups follow each other, the browser has the machine to itself. */
const groups = [
  [
    { name: 'lint', run: [bin('biome'), 'ci', '--colors=off', '--error-on-warnings', '.'] },
    {
      name: 'rooms',
      run: [bin('depcruise'), '--config', '.ci/rooms.cjs', '--output-type', 'err-long', 'src'],
    },
    { name: 'types', run: [bin('tsc')] },
    { name: 'svelte', run: [bin('svelte-check'), '--tsconfig', './tsconfig.json', '--fail-on-warnings'] },
    { name: 'build', run: [bin('vite'), 'build', '--logLevel', 'warn', '--outDir', dist, '--emptyOutDir'] },
  ],
  [
    { name: 'size', run: [node, '.ci/size.mjs'] },
    {
      name: 'unit',
      run: [
        bin('vitest'),
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${results}unit.json`,
      ],
      count: () => vitestCount(`${results}unit.json`),
    },
    { name: 'conformance', run: [node, '.ci/conformance.mjs'], count: lastLine },
    { name: 'labs', run: [node, '.ci/vitrine.mjs', 'test'], count: lastLine },
  ],
  [
    {
      name: 'browser',
      before: async () => ((process.env.CHROMIUM = await needChromium()) ? undefined : advice),
      run: [bin('playwright'), 'test', '--config', 'tests/e2e/playwright.config.ts', '--reporter=list,json'],
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: `${results}browser.json`, PLAYWRIGHT_FORCE_TTY: '0' },
      count: () => playwrightCount(`${results}browser.json`),
    },
  ],
]

const wanted = process.argv.slice(2)
const table = []
const start = Date.now()
for (const group of groups)
  table.push(
    ...(await Promise.all(group.filter(s => !wanted.length || wanted.includes(s.name)).map(perform))),
  )

console.log(`\n${'stage'.padEnd(14)}passed  failed    time`)
for (const { name, passed, failed, seconds } of table)
  console.log(
    `${name.padEnd(14)}${String(passed).padStart(6)}${String(failed).padStart(8)}${seconds.padStart(7)} s`,
  )
const sum = key => table.reduce((total, stage) => total + stage[key], 0)
console.log(`${'all'.padEnd(28)}${((Date.now() - start) / 1000).toFixed(1).padStart(7)} s\n`)
console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
process.exitCode = sum('failed') || !table.length ? 1 : 0

/** Runs one stage; its output is printed in one piece when it is over. */
async function perform(stage) {
  const start = Date.now()
  const refusal = await stage.before?.()
  const { status, output } = refusal ? { status: 1, output: `${refusal}\n` } : await execute(stage)
  const ok = status === 0
  const counted = (!refusal && stage.count?.(output)) || { passed: ok ? 1 : 0, failed: ok ? 0 : 1 }
  if (!ok && !counted.failed) counted.failed = 1 // it crashed before or after its tests
  console.log(`\n=== ${stage.name}: ${counted.failed ? 'FAILED' : 'ok'}\n${output.trimEnd()}`)
  return { name: stage.name, ...counted, seconds: ((Date.now() - start) / 1000).toFixed(1) }
}

function execute({ run: [command, ...args], env }) {
  return new Promise(done => {
    let output = ''
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', text => (output += text))
    child.on('error', error => done({ status: 1, output: `${output}${error.message}\n` }))
    child.on('close', status => done({ status, output }))
  })
}

function lastLine(output) {
  const found = [...output.matchAll(/^(\d+) passed, (\d+) failed/gm)].at(-1)
  return found && { passed: Number(found[1]), failed: Number(found[2]) }
}

function vitestCount(file) {
  if (!existsSync(file)) return undefined
  const { numPassedTests, numFailedTests, numFailedTestSuites, testResults } = JSON.parse(
    readFileSync(file, 'utf8'),
  )
  // A file that does not even load has no tests to fail.
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.length,
  )
  return { passed: numPassedTests, failed: numFailedTests + (numFailedTestSuites ? broken.length : 0) }
}

function playwrightCount(file) {
  if (!existsSync(file)) return undefined
  const { stats } = JSON.parse(readFileSync(file, 'utf8'))
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected }
}
