/** The speed table's workloads: shell scripts, so that every engine runs the very same thing. */
export interface Workload {
  readonly name: string
  readonly script: (n: number) => string
  /** Higher is better per second; lower is better in milliseconds. */
  readonly unit: '/s' | 'ms'
  /** How often per run; chosen so that a run takes a tenth of a second or so. */
  readonly times: { readonly vitrine: number; readonly peer: number; readonly native: number }
  /** Engines that can run it at all. */
  readonly engines: readonly Engine['name'][]
  /** What Vitrine must reach, given the medians of the others. */
  readonly goal: string
  readonly reached: (medians: Medians, row: (name: string) => Medians | undefined) => boolean | undefined
}

/** Something that runs a shell script from start to end. */
export interface Engine {
  readonly name: 'vitrine' | 'just-bash' | 'bash' | 'dash'
  /** Milliseconds the script took, without starting the engine. */
  time(script: string): Promise<number>
}

export type Medians = Readonly<Partial<Record<Engine['name'], number>>>

const loop = (n: number, body: string) => `i=0; while [ $i -lt ${n} ]; do ${body}; i=$((i+1)); done`
const ALL = ['vitrine', 'just-bash', 'bash', 'dash'] as const
const LINUX = ['vitrine', 'bash'] as const
const atLeast = (factor: number) => (m: Medians) =>
  m.vitrine && m['just-bash'] ? m.vitrine >= factor * m['just-bash'] : undefined
const asFastAsNative = (m: Medians) => (m.vitrine && m.bash ? m.vitrine <= m.bash : undefined)
const atMost = (ms: number) => (m: Medians) => (m.vitrine ? m.vitrine <= ms : undefined)

const TMPFS = 'create + write + unlink, tmpfs'
const overlay = (body: string) => `
rm -rf /tmp/bench; mkdir -p /tmp/bench; mount -t tmpfs bench /tmp/bench; cd /tmp/bench
mkdir lower upper work merged; echo low > lower/copied; echo low > lower/gone
${body}
cd /; umount -R /tmp/bench`
const mounted = 'mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged'

export const workloads: readonly Workload[] = [
  {
    name: 'shell loop i=$((i+1)), [ … ]',
    script: n => loop(n, ':'),
    unit: '/s',
    times: { vitrine: 100_000, peer: 5000, native: 200_000 },
    engines: ALL,
    goal: '≥ 5 × just-bash',
    reached: atLeast(5),
  },
  {
    name: 'fork + exec + wait /bin/true',
    script: n => loop(n, '/bin/true'),
    unit: '/s',
    times: { vitrine: 5000, peer: 2000, native: 300 },
    engines: ALL,
    goal: '≥ just-bash',
    reached: atLeast(1),
  },
  {
    name: '$(echo hi)',
    script: n => loop(n, 'x=$(echo hi)'),
    unit: '/s',
    times: { vitrine: 5000, peer: 1000, native: 500 },
    engines: ALL,
    goal: '≥ 3 × just-bash',
    reached: atLeast(3),
  },
  {
    name: 'echo x | cat',
    script: n => loop(n, 'echo x | cat > /dev/null'),
    unit: '/s',
    times: { vitrine: 3000, peer: 1000, native: 300 },
    engines: ALL,
    goal: '≥ 3 × just-bash',
    reached: atLeast(3),
  },
  {
    name: TMPFS,
    script: n => `mkdir -p /dev/shm/bench; cd /dev/shm/bench; ${loop(n, 'echo x > f$i')}; rm -f f*`,
    unit: '/s',
    times: { vitrine: 5000, peer: 1000, native: 5000 },
    engines: ALL,
    goal: '≥ 5 × just-bash',
    reached: atLeast(5),
  },
  {
    name: 'create + write + unlink, overlay',
    script: n => overlay(`${mounted}; cd merged; ${loop(n, 'echo x > f$i')}; rm -f f*; cd ..; umount merged`),
    unit: '/s',
    times: { vitrine: 5000, peer: 0, native: 5000 },
    engines: LINUX,
    goal: '≥ half of tmpfs',
    reached: ({ vitrine: own }, row) => {
      const tmpfs = row(TMPFS)?.vitrine
      return own && tmpfs ? own >= tmpfs / 2 : undefined
    },
  },
  {
    name: 'sort of 100,000 lines',
    script: () => 'seq 100000 -1 1 | sort > /dev/null',
    unit: 'ms',
    times: { vitrine: 1, peer: 1, native: 1 },
    engines: ALL,
    goal: '≤ just-bash',
    reached: m => (m.vitrine && m['just-bash'] ? m.vitrine <= m['just-bash'] : undefined),
  },
  {
    name: '10 MB through a pipe',
    script: () => 'head -c 10000000 /dev/zero | cat > /dev/null',
    unit: 'ms',
    times: { vitrine: 1, peer: 1, native: 1 },
    engines: LINUX,
    goal: '≤ 100 ms',
    reached: atMost(100),
  },
  {
    name: "unshare -m -p -f sh -c 'echo $$'",
    script: n => loop(n, "unshare -m -p -f sh -c 'echo $$' > /dev/null"),
    unit: 'ms',
    times: { vitrine: 100, peer: 0, native: 20 },
    engines: LINUX,
    goal: '≤ native',
    reached: asFastAsNative,
  },
  {
    name: 'overlay: mount, write, copy up, read, delete, umount',
    script: n =>
      overlay(
        loop(
          n,
          `${mounted}; echo new > merged/new; echo more >> merged/copied; cat merged/copied > /dev/null; rm merged/gone; umount merged; rm -rf upper work; mkdir upper work`,
        ),
      ),
    unit: 'ms',
    times: { vitrine: 50, peer: 0, native: 10 },
    engines: LINUX,
    goal: '≤ native',
    reached: asFastAsNative,
  },
]

export interface Row {
  readonly workload: Workload
  readonly medians: Medians
}

/** Runs every workload `samples` times on every engine that can, taking turns, and keeps the medians. */
export async function measure(engines: readonly Engine[], samples = 5): Promise<Row[]> {
  const rows: Row[] = []
  for (const workload of workloads) {
    const taken = new Map<Engine, number[]>()
    for (let sample = -1; sample < samples; sample++)
      for (const engine of engines) {
        if (!workload.engines.includes(engine.name)) continue
        const n = workload.times[timesOf(engine.name)]
        const ms = await engine.time(workload.script(n)).catch(error => {
          console.log(`${engine.name}: ${workload.name}: ${String(error).slice(0, 200)}`)
          return Number.NaN
        })
        // The first run of each is a warm-up.
        if (sample >= 0)
          taken.set(engine, [...(taken.get(engine) ?? []), workload.unit === 'ms' ? ms / n : (n / ms) * 1000])
      }
    const medians = Object.fromEntries([...taken].map(([engine, values]) => [engine.name, median(values)]))
    rows.push({ workload, medians })
  }
  return rows
}

const timesOf = (engine: Engine['name']) =>
  engine === 'vitrine' ? 'vitrine' : engine === 'just-bash' ? 'peer' : 'native'

export function median(values: readonly number[]): number {
  const sorted = values.filter(value => !Number.isNaN(value)).sort((a, b) => a - b)
  return sorted.length ? (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2 : Number.NaN
}
