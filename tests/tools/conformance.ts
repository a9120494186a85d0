/**
 * The conformance runner: every tests/conformance/FAMILY/NAME.sh runs on a pristine host, and what it prints is
 * compared with NAME.out, which real Linux printed. Both are normalised first (see normalize.ts).
 *
 * differences.json names the cases where Vitrine differs on purpose, and why: they count neither way, but one
 * that passes after all is a failure, so that the list stays true.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { recording, requestOf, runScript } from '../../src/twin.ts'
import { diff } from './diff.ts'
import { normalize } from '../../src/normalize.ts'

const ROOT = 'tests/conformance'
const SLOW = 2000

interface Verdict {
  readonly name: string
  readonly ms: number
  /** Why it failed; empty if it passed. */
  readonly complaint: string
}

/** Runs the cases whose name contains one of the filters (all, if there are none); the process's exit status. */
export async function main(args: readonly string[]): Promise<number> {
  const options = args.filter(arg => arg.startsWith('-'))
  const filters = args.filter(arg => !arg.startsWith('-')).map(plain)
  const unknown = options.find(option => !['-v', '-l'].includes(option))
  if (unknown) {
    console.error(
      `${unknown}: unknown option\nusage: npm run conformance -- [-v every case] [-l names only] [FILTER…]`,
    )
    return 2
  }
  const cases = casesIn(ROOT).filter(name => !filters.length || filters.some(filter => name.includes(filter)))
  return judge(cases, { verbose: options.includes('-v'), namesOnly: options.includes('-l') })
}

async function judge(
  cases: readonly string[],
  show: { verbose: boolean; namesOnly: boolean },
): Promise<number> {
  const differences = readDifferences()
  const differing: string[] = []
  const verdicts: Verdict[] = []
  for (const name of cases) {
    const verdict = await run(name)
    if (show.verbose)
      console.log(`${verdict.ms.toFixed(0).padStart(6)} ms  ${verdict.complaint ? 'FAILED' : 'ok'}  ${name}`)
    const reason = differences[name]
    if (reason && verdict.complaint) differing.push(`  ${name}: ${reason}`)
    else
      verdicts.push(
        reason ? { ...verdict, complaint: 'no longer differs: take it off differences.json' } : verdict,
      )
    if (verdict.complaint && !reason) report(verdict, show.namesOnly)
  }
  for (const name of Object.keys(differences))
    if (!existsSync(`${ROOT}/${name}.sh`))
      verdicts.push({ name, ms: 0, complaint: 'differences.json names no case' })
  for (const verdict of verdicts) if (differences[verdict.name]) report(verdict, show.namesOnly)

  if (differing.length) console.log(`\nDifferent on purpose (${differing.length}):\n${differing.join('\n')}`)
  for (const { name, ms } of verdicts.filter(verdict => verdict.ms > SLOW))
    console.log(`slow: ${name} took ${(ms / 1000).toFixed(1)} s`)
  const spent = verdicts.reduce((sum, { ms }) => sum + ms, 0)
  const failed = verdicts.filter(({ complaint }) => complaint).length
  console.log(`\n${(spent / Math.max(1, verdicts.length)).toFixed(1)} ms per case`)
  console.log(`${verdicts.length - failed} passed, ${failed} failed`)
  return failed ? 1 : 0
}

function report({ name, complaint }: Verdict, nameOnly: boolean): void {
  console.log(nameOnly ? name : `\nFAILED ${name}\n${complaint}`)
}

async function run(name: string): Promise<Verdict> {
  const start = performance.now()
  const verdict = (complaint: string): Verdict => ({ name, ms: performance.now() - start, complaint })
  const recorded = `${ROOT}/${name}.out`
  if (!existsSync(recorded)) return verdict(`${recorded} is missing: npm run conformance:record`)
  try {
    const script = readFileSync(`${ROOT}/${name}.sh`)
    const outcome = await runScript(requestOf(`${basename(name)}.sh`, script, { patience: 20 }))
    const wanted = normalize(text(readFileSync(recorded)))
    const printed = normalize(text(recording(outcome)))
    if (wanted === printed) return verdict('')
    const readable = utf8(wanted) === utf8(printed) ? (it: string) => it : utf8
    return verdict(diff(readable(wanted), readable(printed), ['Linux', 'Vitrine']))
  } catch (error) {
    return verdict(error instanceof Error ? (error.stack ?? error.message) : `thrown: ${String(error)}`)
  }
}

/** `family/name` of every case below a folder. */
function casesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => path.endsWith('.sh'))
    .map(path => path.slice(0, -3))
    .sort()
}

function readDifferences(): Record<string, string> {
  const file = `${ROOT}/differences.json`
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

/** A filter may be a path, as the shell completes it. */
const plain = (filter: string) =>
  filter.replace(/^(\.\/)?tests\/conformance\//, '').replace(/\.(sh|out)$/, '')

/** One character per byte, so that nothing is lost in comparing; utf8 is for people. */
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
const utf8 = (bytes: string) => Buffer.from(bytes, 'latin1').toString('utf8')
