/**
 * `npm run validation`: the scheduler here against what a real kernel did. Runs every set-up on the virtual host and
 * writes the page (README.md and shares.svg). With `--linux COMMAND` they are first measured on Linux, `--runs N` times,
 * and what it printed becomes linux.txt; COMMAND runs bash as root on a machine with two idle processors: `sudo bash`,
 * `ssh root@host bash`. `--only NAME,…` prints some set-ups and writes nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Comparison, compare, difference, parseMeasured, TOLERANCE } from './figures.ts'
import { runInVitrine, runOnLinux, SECONDS } from './measure.ts'
import { pageOf, tableOf } from './page.ts'
import { plotOf } from './plot.ts'
import { SETUPS, type Setup } from './setups.ts'

export function main(args: readonly string[], root: string): number {
  const option = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined)
  const folder = join(root, 'tests/validation')
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  const names = option('--only')?.split(',')
  const setups = SETUPS.filter(it => !names || names.includes(it.name))

  const shell = read('measure.sh')
  const command = option('--linux')
  const printed = command ? measure(command, shell, setups, Number(option('--runs') ?? 3)) : read('linux.txt')
  const measured = parseMeasured(printed)
  const comparisons = compare(setups, measured.runs, runInVitrine(shell, setups, SECONDS))
  if (names) console.log(tableOf(comparisons))
  else {
    if (command) write('linux.txt', printed)
    write('README.md', pageOf(read('README.md'), comparisons, measured))
    write('shares.svg', plotOf(comparisons))
  }
  return judge(comparisons)
}

/** What Linux printed, a run after the other, each after a line with its date. */
function measure(command: string, shell: string, setups: readonly Setup[], times: number): string {
  const seconds = SECONDS.warm + SECONDS.measured
  const runs = Array.from({ length: times }, (_, i) => {
    console.log(`run ${i + 1} of ${times} on Linux: ${setups.length} set-ups of ${seconds} seconds`)
    const date = new Date().toISOString().slice(0, 10)
    return `date ${date}\n${runOnLinux(command, shell, setups, SECONDS)}`
  })
  return runs.join('')
}

/** The exit status. */
function judge(comparisons: readonly Comparison[]): number {
  const worst = Math.max(...comparisons.map(it => Math.abs(difference(it))))
  console.log(`${comparisons.length} shares, the furthest apart by ${worst.toFixed(1)} percentage points`)
  for (const it of comparisons)
    if (Math.abs(difference(it)) > TOLERANCE)
      console.log(
        `${it.setup.name} ${it.linux.what}: Linux ${it.linux.share.toFixed(1)} %, Vitrine ${it.vitrine.share.toFixed(1)} %`,
      )
  return worst > TOLERANCE ? 1 : 0
}
