/** `npm run bench`: the speed table. In Node first, then in Chromium; `-- node`, `browser`, `frames` or `scale` for a part. */
import { cpus, loadavg } from 'node:os'
import { Machine, record, replay } from '../../src/machine/index.ts'
import { benchBrowser } from './browser.ts'
import { benchScale } from './scale.ts'
import { nativeShells } from './native.ts'
import { benchFiles } from './files.ts'
import { forkExecExitWait, openWriteClose } from './kernel.ts'
import { justBash } from './peers.ts'
import { benchScheduler } from './sched.ts'
import { columns, table } from './table.ts'
import { started, vitrine } from './vitrine.ts'
import { measure, median } from './workloads.ts'

export async function main(args: readonly string[]): Promise<number> {
  const samples = Number(args[args.indexOf('--samples') + 1] || 0) || 5
  const only = args.find(arg => arg === 'node' || arg === 'browser' || arg === 'frames')
  const load = loadavg()[0]!.toFixed(1)
  console.log(
    `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, load ${load}, Node ${process.version}; medians of ${samples}\n`,
  )
  if (args.includes('scale')) {
    console.log(benchScale(samples))
    return 0
  }
  if (!only || only === 'node') await benchNode(samples)
  if (only === 'node') return 0
  if (await benchBrowser(samples, only === 'frames' ? only : undefined)) return 0
  console.log('\nNo Chromium, so no browser part.')
  return 1
}

async function benchNode(samples: number): Promise<void> {
  const engines = [vitrine, justBash, ...nativeShells()]
  console.log(table('Node', await measure(engines, samples)))
  console.log(`\n${columns([['one host', 'vitrine', 'goal'], ...hostLines(samples)])}`)
  console.log(`\n${benchScheduler(samples)}`)
  console.log(`\n${benchFiles(samples)}`)
}

/** What has no peer: the host itself. */
function hostLines(samples: number): string[][] {
  return [
    ['boot', `${bootTime(samples).toFixed(1)} ms`, '≤ 20 ms'],
    ['heap after boot', `${bootHeap().toFixed(1)} MB`, '≤ 15 MB'],
    attempt('kernel alone: open + write + close', () => `${openWriteClose(samples).toFixed(1)} µs`, '≤ 5 µs'),
    attempt(
      'kernel alone: fork + exec + exit + wait',
      () => `${forkExecExitWait(samples).toFixed(1)} µs`,
      '≤ 20 µs',
    ),
    attempt('replay of a session of 300 lines', () => `${replayTime(samples).toFixed(0)} ms`, ''),
    attempt('10 % CPU quota: share really given', quotaShare, '10.0 % ± 0.1'),
    ...manyProcesses(),
  ]
}

function attempt(name: string, measure: () => string, goal: string): string[] {
  try {
    return [name, measure(), goal]
  } catch (error) {
    return [name, `failed: ${String(error).split('\n')[0]!.slice(0, 60)}`, goal]
  }
}

function bootTime(samples: number): number {
  const taken: number[] = []
  for (let i = 0; i < samples + 2; i++) {
    const start = performance.now()
    new Machine()
    taken.push(performance.now() - start)
  }
  return median(taken.slice(2))
}

/** Needs: node --expose-gc for exact figures; without it garbage counts too. */
function bootHeap(): number {
  const collect = () => globalThis.gc?.()
  collect()
  const before = process.memoryUsage().heapUsed
  const machines = Array.from({ length: 4 }, () => new Machine())
  collect()
  return (process.memoryUsage().heapUsed - before) / machines.length / 1e6
}

/** What a reload of the page costs after a while of typing. */
function replayTime(samples: number): number {
  const machine = new Machine()
  const terminal = machine.openTerminal({ rows: 24, cols: 80 })
  for (let i = 0; i < 300; i++) {
    machine.runUntil(machine.now + 1e9)
    terminal.write(`mkdir -p /tmp/d${i % 10} && echo ${i} > /tmp/d${i % 10}/f; ls -l /tmp | tail -n 3\r`)
  }
  machine.runUntil(machine.now + 1e9)
  const recording = record(machine)
  const taken = Array.from({ length: samples }, () => {
    const start = performance.now()
    replay(recording)
    return performance.now() - start
  })
  return median(taken)
}

/** A burner under `cpu.max 10000 100000` for 20 virtual seconds, by the cgroup's own account. */
function quotaShare(): string {
  const { finish } = started(`
    mkdir /sys/fs/cgroup/b; echo "10000 100000" > /sys/fs/cgroup/b/cpu.max
    stress -c 1 > /dev/null & sleep 0.1; for p in $(pgrep stress); do echo $p > /sys/fs/cgroup/b/cgroup.procs; done
    a=$(grep usage_usec /sys/fs/cgroup/b/cpu.stat); sleep 20; b=$(grep usage_usec /sys/fs/cgroup/b/cpu.stat)
    echo $(( (\${b#* } - \${a#* }) / 200 )); kill $!`)
  return `${(Number(finish().trim()) / 1000).toFixed(2)} %`
}

/** `ps` and `lsns` must stay linear: the time for 1,000 and 10,000 sleeping processes. */
function manyProcesses(): string[][] {
  const lines: string[][] = []
  for (const n of [1000, 10_000])
    lines.push(
      attempt(
        `${n} processes in ${n / 10} namespaces: ps, lsns`,
        () => crowd(n),
        n === 1000 ? '' : 'ten times as long',
      ),
    )
  return lines
}

function crowd(n: number): string {
  const collect = () => globalThis.gc?.()
  collect()
  const before = process.memoryUsage().heapUsed
  const { machine, finish } = started(`
    i=0; while [ $i -lt ${n / 10} ]; do unshare -u sh -c 'for i in 1 2 3 4 5 6 7 8 9; do sleep 100000 & done; wait' & i=$((i+1)); done; sleep 1`)
  finish()
  collect()
  const each = (process.memoryUsage().heapUsed - before) / n / 1000
  const time = (command: string) => {
    const { finish } = started(`${command} > /dev/null`, machine)
    const start = performance.now()
    finish()
    return performance.now() - start
  }
  return `${time('ps -e').toFixed(0)} ms, ${time('lsns').toFixed(0)} ms; ${each.toFixed(1)} kB each`
}
