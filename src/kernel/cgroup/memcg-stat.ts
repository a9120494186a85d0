/** memory.stat and memory.numa_stat of both versions. Linux: mm/memcontrol.c:memory_stat_format(), memcg1_stat_format(). */
import type { Kernel } from '../kernel.ts'
import type { Cgroup } from '../types.ts'
import { ancestors, descendants } from './cgroup.ts'
import { chargesOf, memcg } from './memcg.ts'
import { PAGE, showBytes } from './page-counter.ts'

type Row = readonly [name: string, value: number]
const zeros = (names: string): Row[] => names.split(' ').map(name => [name, 0])

const EVENTS = ['pgfault', 'pgmajfault', 'pgpgin', 'pgscan', 'pgsteal', 'refaultAnon', 'refaultFile'] as const
type Events = Readonly<Record<(typeof EVENTS)[number], number>>

/** How often something happened in a cgroup and below. */
function eventsOf(k: Kernel, cgs: Iterable<Cgroup>): Events {
  const sum: Record<string, number> = Object.fromEntries(EVENTS.map(name => [name, 0]))
  for (const { id } of cgs) {
    const own = memcg.of(k.cgroups.get(id))
    for (const name of EVENTS) sum[name]! += own[name]
  }
  return sum as Events
}

/** Bytes of files' pages that are in a state, of some cgroups. */
function filesOf(k: Kernel, cgs: Iterable<Cgroup>) {
  const owners = new Set([...cgs].map(({ id, parent }) => (parent ? id : 0)))
  const bytes = { active: 0, dirty: 0, writeback: 0 }
  for (const it of k.pageCache.mappings.values()) {
    if (!owners.has(it.memcg)) continue
    bytes.active += it.active.size * PAGE
    bytes.dirty += it.dirty.size * PAGE
    bytes.writeback += it.writeback * PAGE
  }
  return bytes
}

/** The rows of v2's memory.stat. What is not modelled is 0: huge pages, memory that the kernel cannot count by page. */
export function statLines(k: Kernel, cg: Cgroup): readonly Row[] {
  const { anon, file, shmem, pagetables, slab } = chargesOf(k, cg.id)
  const below = [...descendants(k, cg.id)]
  const { pgfault, pgmajfault, pgscan, pgsteal, refaultAnon, refaultFile } = eventsOf(k, below)
  const { active, dirty, writeback } = filesOf(k, below)
  return [
    ['anon', anon],
    ['file', file],
    ['kernel', pagetables + slab],
    ['kernel_stack', 0],
    ['pagetables', pagetables],
    ...zeros('sec_pagetables percpu sock vmalloc'),
    ['shmem', shmem],
    ...zeros('zswap zswapped file_mapped'),
    ['file_dirty', dirty],
    ['file_writeback', writeback],
    ...zeros('swapcached anon_thp file_thp shmem_thp'),
    ['inactive_anon', anon + shmem],
    ['active_anon', 0],
    ['inactive_file', file - shmem - active],
    ['active_file', active],
    ['unevictable', 0],
    ['slab_reclaimable', 0],
    ['slab_unreclaimable', slab],
    ['slab', slab],
    ['workingset_refault_anon', refaultAnon],
    ['workingset_refault_file', refaultFile],
    ...zeros('workingset_activate_anon workingset_activate_file'),
    ...zeros('workingset_restore_anon workingset_restore_file workingset_nodereclaim'),
    ['pgscan', pgscan],
    ['pgsteal', pgsteal],
    ['pgscan_kswapd', 0],
    ['pgscan_direct', pgscan],
    ['pgsteal_kswapd', 0],
    ['pgsteal_direct', pgsteal],
    ['pgfault', pgfault],
    ['pgmajfault', pgmajfault],
    ['pgrefill', 0],
    ['pgactivate', active / PAGE],
    ...zeros('pgdeactivate pglazyfree pglazyfreed zswpin zswpout'),
    ...zeros('thp_fault_alloc thp_collapse_alloc'),
  ]
}

const text = (rows: readonly Row[]): string => rows.map(([name, value]) => `${name} ${value}\n`).join('')

export const showStat = (k: Kernel, cg: Cgroup): string => text(statLines(k, cg))

/** There is one node, so it has everything. */
const ON_NODES = [
  'anon file kernel_stack pagetables sec_pagetables shmem file_mapped file_dirty file_writeback swapcached anon_thp',
  'file_thp shmem_thp inactive_anon active_anon inactive_file active_file unevictable slab_reclaimable',
  'slab_unreclaimable workingset_refault_anon workingset_refault_file workingset_activate_anon',
  'workingset_activate_file workingset_restore_anon workingset_restore_file workingset_nodereclaim',
].flatMap(line => line.split(' '))

export function showNumaStat(k: Kernel, cg: Cgroup): string {
  const values = new Map(statLines(k, cg))
  return ON_NODES.map(name => `${name} N0=${values.get(name) ?? 0}\n`).join('')
}

/** v1 counts a cgroup alone, and again with all below it as `total_…`. */
function v1Rows(k: Kernel, cgs: readonly Cgroup[]): Row[] {
  const sum = { anon: 0, file: 0, shmem: 0, swap: 0 }
  for (const cg of cgs) {
    const own = cg.parent ? memcg.of(cg) : { ...memcg.of(cg), ...chargesOf(k, cg.id) }
    for (const key of ['anon', 'file', 'shmem', 'swap'] as const) sum[key] += own[key]
  }
  const { pgfault, pgmajfault, pgpgin, refaultAnon, refaultFile } = eventsOf(k, cgs)
  const { active, dirty, writeback } = filesOf(k, cgs)
  return [
    ['cache', sum.file],
    ['rss', sum.anon],
    ['rss_huge', 0],
    ['shmem', sum.shmem],
    ['mapped_file', 0],
    ['dirty', dirty],
    ['writeback', writeback],
    ['workingset_refault_anon', refaultAnon],
    ['workingset_refault_file', refaultFile],
    ['swap', sum.swap],
    ['pgpgin', pgpgin],
    ['pgpgout', Math.max(0, pgpgin - (sum.anon + sum.file) / PAGE)],
    ['pgfault', pgfault],
    ['pgmajfault', pgmajfault],
    ['inactive_anon', sum.anon + sum.shmem],
    ['active_anon', 0],
    ['inactive_file', sum.file - sum.shmem - active],
    ['active_file', active],
    ['unevictable', 0],
  ]
}

export function showV1Stat(k: Kernel, cg: Cgroup): string {
  const above = [...ancestors(k, cg.id)].map(it => memcg.of(it))
  const limits = [Math.min(...above.map(it => it.max)), Math.min(...above.map(it => it.memswMax))]
  return [
    text(v1Rows(k, [cg])),
    `hierarchical_memory_limit ${showBytes(limits[0]!)}hierarchical_memsw_limit ${showBytes(limits[1]!)}`,
    text(v1Rows(k, [...descendants(k, cg.id)]).map(([name, value]) => [`total_${name}`, value])),
  ].join('')
}

export function showV1NumaStat(k: Kernel, cg: Cgroup): string {
  const rows = (prefix: string, { anon, file }: { anon: number; file: number }) =>
    Object.entries({ total: anon + file, file, anon, unevictable: 0 })
      .map(([name, bytes]) => `${prefix}${name}=${bytes / PAGE} N0=${bytes / PAGE}\n`)
      .join('')
  return rows('', memcg.of(cg)) + rows('hierarchical_', chargesOf(k, cg.id))
}
