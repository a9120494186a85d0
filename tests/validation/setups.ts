/** What is measured: groups, tasks in them, and what they do. Both sides, Linux and Vitrine, read this. */

/** How long tasks run before the first look at the counters, and from that to the second. */
export interface Seconds {
  readonly warm: number
  readonly measured: number
}

export interface Group {
  /** Its path below the root of the hierarchy; a parent comes before its children. */
  readonly name: string
  /** What is written to its files, in this order. */
  readonly files: Readonly<Record<string, string>>
}

export interface Runner {
  readonly name: string
  /** The group it is in; `-` is the root. */
  readonly group: string
  /** Commands around it: `nice -n 5`, `taskset -c 0`, `chrt -f 10`. */
  readonly wrap: string
  /** ms of CPU time that it needs before it sleeps for `idle` ms; without: it burns for ever. */
  readonly busy: number
  readonly idle: number
}

export interface Setup {
  readonly name: string
  readonly title: string
  readonly version: 1 | 2
  readonly groups: readonly Group[]
  readonly tasks: readonly Runner[]
}

const group = (name: string, files: Record<string, string> = {}): Group => ({ name, files })
const max = (name: string, quota: number, period = 100_000, more: Record<string, string> = {}): Group =>
  group(name, { 'cpu.max': `${quota} ${period}`, ...more })
const weight = (name: string, value: number, more: Record<string, string> = {}): Group =>
  group(name, { 'cpu.weight': `${value}`, ...more })

/** `count` tasks that burn for ever. */
const burn = (name: string, of = '-', wrap = '', count = 1): Runner[] =>
  Array.from({ length: count }, (_, i) => ({
    name: count > 1 ? `${name}${i + 1}` : name,
    group: of,
    wrap,
    busy: 0,
    idle: 0,
  }))
const sleeper = (name: string, of: string, busy: number, idle: number, wrap = ''): Runner[] => [
  { name, group: of, wrap, busy, idle },
]
const CPU0 = 'taskset -c 0'
const CPU1 = 'taskset -c 1'

const v2 = (name: string, title: string, groups: Group[], ...tasks: Runner[][]): Setup => ({
  name,
  title,
  version: 2,
  groups,
  tasks: tasks.flat(),
})
const v1 = (name: string, title: string, groups: Group[], ...tasks: Runner[][]): Setup => ({
  ...v2(name, title, groups, ...tasks),
  version: 1,
})

const quotas: readonly Setup[] = [
  v2('quota-5', 'a quota of 5 %, one burner', [max('a', 5000)], burn('t', 'a')),
  v2('quota-10', 'a quota of 10 %, one burner', [max('a', 10_000)], burn('t', 'a')),
  v2('quota-25-short', 'a quota of 5 ms every 20 ms', [max('a', 5000, 20_000)], burn('t', 'a')),
  v2('quota-10-shorter', 'a quota of 1 ms every 10 ms', [max('a', 1000, 10_000)], burn('t', 'a')),
  v2('quota-20-long', 'a quota of 200 ms every second', [max('a', 200_000, 1_000_000)], burn('t', 'a')),
  v2('quota-50-two', 'a quota of 50 %, two burners', [max('a', 50_000)], burn('t', 'a', '', 2)),
  v2('quota-30-eight', 'a quota of 30 %, eight burners', [max('a', 30_000)], burn('t', 'a', '', 8)),
  v2('quota-100-two', 'a quota of 100 %, two burners', [max('a', 100_000)], burn('t', 'a', '', 2)),
  v2('quota-150-three', 'a quota of 150 %, three burners', [max('a', 150_000)], burn('t', 'a', '', 3)),
  v2('quota-400', 'a quota of 400 %, two burners', [max('a', 400_000)], burn('t', 'a', '', 2)),
  v2(
    'quotas-side',
    'quotas of 20 % and 60 % on one CPU',
    [max('a', 20_000), max('b', 60_000)],
    [...burn('x', 'a', CPU0), ...burn('y', 'b', CPU0)],
  ),
  v2(
    'quota-idle',
    'a group with a quota and nobody in it, beside burners',
    [max('a', 10_000), group('b')],
    [...burn('t', 'b', '', 2)],
  ),
  v2(
    'quota-and-weight',
    'weight 300 with a quota of 30 % against weight 100 on one CPU',
    [max('a', 30_000, 100_000, { 'cpu.weight': '300' }), weight('b', 100)],
    burn('x', 'a', CPU0),
    burn('y', 'b', CPU0),
  ),
]

const sleepers: readonly Setup[] = [
  v2('duty-below', '10 ms of work every 50 ms, quota 40 %', [max('a', 40_000)], sleeper('t', 'a', 10, 40)),
  v2(
    'duty-above',
    '10 ms of work, 10 ms of sleep, quota 30 %',
    [max('a', 30_000)],
    sleeper('t', 'a', 10, 10),
  ),
  v2(
    'burst-none',
    '30 ms of work, 270 ms of sleep, quota 20 %',
    [max('a', 20_000)],
    sleeper('t', 'a', 30, 270),
  ),
  v2(
    'burst',
    '30 ms of work, 270 ms of sleep, quota 20 % and a burst of 15 ms',
    [max('a', 20_000, 100_000, { 'cpu.max.burst': '15000' })],
    sleeper('t', 'a', 30, 270),
  ),
  v2(
    'sleeper-burner',
    '5 ms of work, 15 ms of sleep, beside a burner on its CPU',
    [],
    [...sleeper('s', '-', 5, 15, CPU0), ...burn('t', '-', CPU0)],
  ),
  v2(
    'sleepers-two',
    '10 ms of work, 10 ms of sleep, beside two burners on its CPU',
    [],
    [...sleeper('s', '-', 10, 10, CPU0), ...burn('t', '-', CPU0, 2)],
  ),
  v2(
    'sleeper-light',
    'a light group that sleeps beside a heavy one on one CPU',
    [weight('a', 50), weight('b', 200)],
    [...sleeper('s', 'a', 10, 10, CPU0), ...burn('t', 'b', CPU0)],
  ),
]

const weights: readonly Setup[] = [
  v2(
    'weights-one-cpu',
    'weights 100 and 200 on one CPU',
    [weight('a', 100), weight('b', 200)],
    [...burn('x', 'a', CPU0), ...burn('y', 'b', CPU0)],
  ),
  v2(
    'weights-two-cpus',
    'weights 100 and 300, two burners each, two CPUs',
    [weight('a', 100), weight('b', 300)],
    burn('x', 'a', '', 2),
    burn('y', 'b', '', 2),
  ),
  v2(
    'weights-three',
    'weights 100, 200 and 500, two burners each, two CPUs',
    [weight('a', 100), weight('b', 200), weight('c', 500)],
    burn('x', 'a', '', 2),
    burn('y', 'b', '', 2),
    burn('z', 'c', '', 2),
  ),
  v2(
    'weight-crowd',
    'one burner against nine in equal groups, one CPU',
    [group('a'), group('b')],
    [...burn('x', 'a', CPU0), ...burn('y', 'b', CPU0, 9)],
  ),
  v2(
    'nice-one-cpu',
    'nice 0, 5 and 10 on one CPU',
    [],
    [
      ...burn('x', '-', CPU0),
      ...burn('y', '-', `${CPU0} nice -n 5`),
      ...burn('z', '-', `${CPU0} nice -n 10`),
    ],
  ),
  v2(
    'weight-nice',
    'cpu.weight.nice -5 against 0 on one CPU',
    [group('a', { 'cpu.weight.nice': '-5' }), group('b')],
    [...burn('x', 'a', CPU0), ...burn('y', 'b', CPU0)],
  ),
  v2(
    'cpu-idle',
    'a group with cpu.idle beside another on one CPU',
    [group('a', { 'cpu.idle': '1' }), group('b')],
    [...burn('x', 'a', CPU0), ...burn('y', 'b', CPU0)],
  ),
  v2(
    'policy-idle',
    'SCHED_IDLE and SCHED_BATCH beside an ordinary burner on one CPU',
    [],
    [...burn('x', '-', `${CPU0} chrt -i 0`), ...burn('y', '-', `${CPU0} chrt -b 0`), ...burn('z', '-', CPU0)],
  ),
]

const trees: readonly Setup[] = [
  v2(
    'nested-quota',
    'a quota of 50 % over two groups with 40 % each',
    [max('p', 50_000), max('p/q', 40_000), max('p/r', 40_000)],
    burn('x', 'p/q'),
    burn('y', 'p/r'),
  ),
  v2(
    'nested-weights',
    'a group of weights 100 and 300 beside an equal one, on one CPU',
    [group('p'), weight('p/q', 100), weight('p/r', 300), group('s')],
    burn('x', 'p/q', CPU0),
    burn('y', 'p/r', CPU0),
    burn('z', 's', CPU0),
  ),
  v2(
    'nested-both',
    'weights 100 and 300 under a quota of 80 %, two CPUs',
    [max('p', 80_000), weight('p/q', 100), weight('p/r', 300)],
    burn('x', 'p/q', '', 2),
    burn('y', 'p/r', '', 2),
  ),
]

const places: readonly Setup[] = [
  v2('three-on-two', 'three burners, two CPUs', [], burn('t', '-', '', 3)),
  v2('seven-on-two', 'seven burners, two CPUs', [], burn('t', '-', '', 7)),
  v2(
    'nice-on-two',
    'nice 0, 0 and 10 on two CPUs',
    [],
    [...burn('t', '-', '', 2), ...burn('n', '-', 'nice -n 10')],
  ),
  v2(
    'cpuset',
    'a cpuset of one CPU with two burners, and one burner that is free',
    [group('a', { 'cpuset.cpus': '0' }), group('b')],
    burn('x', 'a', '', 2),
    burn('y', 'b'),
  ),
  v2(
    'affinity',
    'two burners bound to one CPU, two that are free',
    [],
    burn('x', '-', CPU1, 2),
    burn('y', '-', '', 2),
  ),
]

const realtime: readonly Setup[] = [
  v2(
    'fifo',
    'SCHED_FIFO beside an ordinary burner on one CPU',
    [],
    [...burn('x', '-', `${CPU0} chrt -f 10`), ...burn('y', '-', CPU0)],
  ),
  v2(
    'round-robin',
    'two of SCHED_RR, and an ordinary burner, on one CPU',
    [],
    [...burn('x', '-', `${CPU0} chrt -r 10`, 2), ...burn('y', '-', CPU0)],
  ),
  v2(
    'fifo-priorities',
    'SCHED_FIFO 20 with 10 ms of work and of sleep, and SCHED_FIFO 10, on one CPU',
    [],
    [
      ...sleeper('x', '-', 10, 10, `${CPU0} chrt -f 20`),
      ...burn('y', '-', `${CPU0} chrt -f 10`),
      ...burn('z', '-', CPU0),
    ],
  ),
  v2(
    'fifo-quota',
    'SCHED_FIFO in a group with a quota of 50 %',
    [max('a', 50_000)],
    burn('x', 'a', `${CPU0} chrt -f 10`),
  ),
]

const ofVersion1: readonly Setup[] = [
  v1(
    'v1-shares',
    'cpu.shares 512 and 1024 on one CPU',
    [group('a', { 'cpu.shares': '512' }), group('b')],
    burn('x', 'a', CPU0),
    burn('y', 'b', CPU0),
  ),
  v1(
    'v1-quota',
    'cpu.cfs_quota_us 25000, two burners',
    [group('a', { 'cpu.cfs_quota_us': '25000' })],
    burn('x', 'a', '', 2),
  ),
  v1(
    'v1-nested',
    'a quota of 60 % over one of 20 % and shares beside it',
    [
      group('p', { 'cpu.cfs_quota_us': '60000' }),
      group('p/q', { 'cpu.cfs_quota_us': '20000' }),
      group('p/r', { 'cpu.shares': '2048' }),
    ],
    burn('x', 'p/q'),
    burn('y', 'p/r'),
  ),
]

export const SETUPS: readonly Setup[] = [
  ...quotas,
  ...sleepers,
  ...weights,
  ...trees,
  ...places,
  ...realtime,
  ...ofVersion1,
]

/** The lines that linux.sh carries out. */
export function linesOf({ name, version, groups, tasks }: Setup, seconds: Seconds): string {
  const lines = [
    `setup ${name} ${version}`,
    ...groups.map(it =>
      ['group', it.name, ...Object.entries(it.files).map(([file, text]) => `'${file}=${text}'`)].join(' '),
    ),
    ...tasks.map(it => `task ${it.name} ${it.group} '${it.wrap}' ${it.busy} ${it.idle}`),
    `measure ${seconds.warm} ${seconds.measured}`,
  ]
  return `${lines.join('\n')}\n`
}
