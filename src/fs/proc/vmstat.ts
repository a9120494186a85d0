/**
 * /proc/vmstat, zoneinfo and pagetypeinfo: memory as its zones have it. Linux: mm/vmstat.c. What the kernel does not
 * count is 0. Left out: pages in the lists of single processors.
 */
import { dirtyLimits, type Kernel, memoryUse, nrKthreads, PAGE_TABLES } from '../../kernel/index.ts'
import { showBuddyinfo } from './meminfo.ts'

const PAGE = 4096
/** Pages of the first zone, and how many of them nobody ever takes. */
const DMA = { spanned: 4095, present: 3998, managed: 3840, free: 3776 }
const DMA32_START = 4096

const ZONE =
  `nr_free_pages nr_zone_inactive_anon nr_zone_active_anon nr_zone_inactive_file nr_zone_active_file
nr_zone_unevictable nr_zone_write_pending nr_mlock nr_bounce nr_zspages nr_free_cma numa_hit numa_miss
numa_foreign numa_interleave numa_local numa_other`.split(/\s/)
const NODE =
  `nr_inactive_anon nr_active_anon nr_inactive_file nr_active_file nr_unevictable nr_slab_reclaimable
nr_slab_unreclaimable nr_isolated_anon nr_isolated_file workingset_nodes workingset_refault_anon
workingset_refault_file workingset_activate_anon workingset_activate_file workingset_restore_anon
workingset_restore_file workingset_nodereclaim nr_anon_pages nr_mapped nr_file_pages nr_dirty nr_writeback
nr_writeback_temp nr_shmem nr_shmem_hugepages nr_shmem_pmdmapped nr_file_hugepages nr_file_pmdmapped
nr_anon_transparent_hugepages nr_vmscan_write nr_vmscan_immediate_reclaim nr_dirtied nr_written
nr_throttled_written nr_kernel_misc_reclaimable nr_foll_pin_acquired nr_foll_pin_released nr_kernel_stack
nr_page_table_pages nr_sec_page_table_pages nr_swapcached pgpromote_success pgpromote_candidate`.split(/\s/)
const REST =
  `nr_dirty_threshold nr_dirty_background_threshold pgpgin pgpgout pswpin pswpout pgalloc_dma pgalloc_dma32
pgalloc_normal pgalloc_movable pgalloc_device allocstall_dma allocstall_dma32 allocstall_normal
allocstall_movable allocstall_device pgskip_dma pgskip_dma32 pgskip_normal pgskip_movable pgskip_device
pgfree pgactivate pgdeactivate pglazyfree pgfault pgmajfault pglazyfreed pgrefill pgreuse pgsteal_kswapd
pgsteal_direct pgdemote_kswapd pgdemote_direct pgscan_kswapd pgscan_direct pgscan_direct_throttle
pgscan_anon pgscan_file pgsteal_anon pgsteal_file zone_reclaim_failed pginodesteal slabs_scanned
kswapd_inodesteal kswapd_low_wmark_hit_quickly kswapd_high_wmark_hit_quickly pageoutrun pgrotated
drop_pagecache drop_slab oom_kill numa_pte_updates numa_huge_pte_updates numa_hint_faults
numa_hint_faults_local numa_pages_migrated pgmigrate_success pgmigrate_fail thp_migration_success
thp_migration_fail thp_migration_split compact_migrate_scanned compact_free_scanned compact_isolated
compact_stall compact_fail compact_success compact_daemon_wake compact_daemon_migrate_scanned
compact_daemon_free_scanned htlb_buddy_alloc_success htlb_buddy_alloc_fail unevictable_pgs_culled
unevictable_pgs_scanned unevictable_pgs_rescued unevictable_pgs_mlocked unevictable_pgs_munlocked
unevictable_pgs_cleared unevictable_pgs_stranded thp_fault_alloc thp_fault_fallback
thp_fault_fallback_charge thp_collapse_alloc thp_collapse_alloc_failed thp_file_alloc thp_file_fallback
thp_file_fallback_charge thp_file_mapped thp_split_page thp_split_page_failed thp_deferred_split_page
thp_split_pmd thp_scan_exceed_none_pte thp_scan_exceed_swap_pte thp_scan_exceed_share_pte thp_split_pud
thp_zero_page_alloc thp_zero_page_alloc_failed thp_swpout thp_swpout_fallback balloon_inflate
balloon_deflate balloon_migrate swap_ra swap_ra_hit ksm_swpin_copy cow_ksm zswpin zswpout
direct_map_level2_splits direct_map_level3_splits nr_unstable`.split(/\s/)

/** What is known of memory, by the names of the counters. */
function counters(k: Kernel): Readonly<Record<string, number>> {
  const it = memoryUse(k)
  const { nrDirty, nrWriteback, nrDirtied, nrWritten, refaults, refaultsAnon, majorFaults } = k.pageCache
  const dirty = dirtyLimits(k)
  const pages = (bytes: number): number => Math.floor(bytes / PAGE)
  const kib = (op: 'read' | 'write'): number => {
    let bytes = 0
    for (const { stat } of k.requestQueues.values()) bytes += stat[op].bytes
    return bytes / 1024
  }
  const active = Math.floor(pages(it.cached) / 2)
  const inactive = pages(it.cached) - active
  return {
    nr_free_pages: pages(it.free),
    nr_zone_inactive_anon: pages(it.anon),
    nr_zone_inactive_file: inactive,
    nr_zone_active_file: active,
    nr_zone_write_pending: nrDirty + nrWriteback,
    nr_inactive_anon: pages(it.anon),
    nr_inactive_file: inactive,
    nr_active_file: active,
    nr_slab_reclaimable: pages(it.slabReclaimable),
    nr_slab_unreclaimable: pages(it.slab - it.slabReclaimable),
    nr_anon_pages: pages(it.anon),
    nr_mapped: Math.floor(pages(it.cached) / 20),
    nr_file_pages: pages(it.cached + it.shmem + it.buffers),
    nr_dirty: nrDirty,
    nr_writeback: nrWriteback,
    nr_shmem: pages(it.shmem),
    nr_dirtied: nrDirtied,
    nr_written: nrWritten,
    nr_kernel_stack: k.tasks.size * 16,
    nr_page_table_pages: ((k.tasks.size - nrKthreads(k)) * PAGE_TABLES) / PAGE,
    workingset_refault_anon: refaultsAnon,
    workingset_refault_file: refaults,
    nr_dirty_threshold: dirty.limit,
    nr_dirty_background_threshold: dirty.background,
    pgpgin: kib('read'),
    pgpgout: kib('write'),
    pgmajfault: majorFaults,
    pswpin: k.pageCache.pswpin,
    pswpout: k.pageCache.pswpout,
  }
}

export function showVmstat(k: Kernel): string {
  const values = counters(k)
  return [...ZONE, ...NODE, ...REST].map(name => `${name} ${values[name] ?? 0}\n`).join('')
}

/** A name and its value, in columns that long names break. */
const row = (name: string, value: number): string => `      ${name.padEnd(12)} ${value}\n`

/** Linux: zoneinfo_show_print(). What the first zone has is the same all the time. */
export function showZoneinfo(k: Kernel): string {
  const values = counters(k)
  const total = Math.floor(memoryUse(k).total / PAGE)
  const managed = total - DMA.managed
  const present = Math.floor(k.memory / PAGE) - DMA32_START
  const node = `  per-node stats\n${NODE.map(name => row(name, values[name] ?? 0)).join('')}`
  const free = Math.max(0, values.nr_free_pages! - DMA.free)
  const protection = Math.floor((managed * PAGE) / 2 ** 20)
  const marks = (pages: number): string => {
    const min = Math.floor((pages / total) * (watermark(k) / 4))
    return `        boost    0\n        min      ${min}\n        low      ${Math.floor(min * 1.25)}\n        high     ${Math.floor(min * 1.5)}\n`
  }
  const zone = (name: string, first: string, pages: number, sizes: readonly number[], rest: string): string =>
    `Node 0, zone ${name.padStart(8)}\n${first}  pages free     ${pages}\n${marks(sizes[2]!)}        spanned  ${sizes[0]}\n        present  ${sizes[1]}\n        managed  ${sizes[2]}\n        cma      0\n${rest}`
  const protect = (mib: number): string =>
    `        protection: (0, ${[0, 0, 0, 0].map(() => mib).join(', ')})\n`
  const ofZone = (own: Readonly<Record<string, number>>): string =>
    ZONE.map(name => row(name, own[name] ?? 0)).join('')
  const sets = (start: number): string =>
    `  pagesets\n${Array.from({ length: k.cpus }, (_, cpu) => `    cpu: ${cpu}\n              count: 0\n              high:  0\n              batch: 1\n  vm stats threshold: 4\n`).join('')}  node_unreclaimable:  0\n  start_pfn:           ${start}\n`
  const empty = ['Normal', 'Movable', 'Device'].map(name => zone(name, '', 0, [0, 0, 0], protect(0)))
  const dma = ofZone({ nr_free_pages: DMA.free })
  const dma32 = ofZone({ ...values, nr_free_pages: free })
  return [
    zone('DMA', node, DMA.free, [DMA.spanned, DMA.present, DMA.managed], protect(protection) + dma + sets(1)),
    zone('DMA32', '', free, [present, present, managed], protect(0) + dma32 + sets(DMA32_START)),
    ...empty,
  ].join('')
}

/** vm.min_free_kbytes. */
const watermark = (k: Kernel): number => Number(k.sysctl.get('vm/min_free_kbytes') ?? 45056)

const TYPES = ['Unmovable', 'Movable', 'Reclaimable', 'HighAtomic', 'Isolate'] as const

/** Linux: pagetypeinfo_showfree_print(). All free memory can be moved, there being nothing in it. */
export function showPagetypeinfo(k: Kernel): string {
  const zones = showBuddyinfo(k)
    .trimEnd()
    .split('\n')
    .map(line => /zone +(\w+) (.*)$/.exec(line)!)
  const line = (zone: string, type: string, cells: string): string =>
    `Node    0, zone ${zone.padStart(8)}, type ${type.padStart(12)} ${cells} \n`
  const free = zones.flatMap(([, zone = '', cells = '']) =>
    TYPES.map(type =>
      line(
        zone,
        type,
        type === 'Movable' ? cells.trimEnd() : cells.trimEnd().replace(/\d+/g, it => '0'.padStart(it.length)),
      ),
    ),
  )
  const orders = Array.from({ length: 11 }, (_, order) => String(order).padStart(6)).join(' ')
  const blocks = [8, Math.floor(k.memory / 2 ** 21) - 8].map((count, i) => {
    const name = ['DMA', 'DMA32'][i]!
    return `Node 0, zone ${name.padStart(8)} ${TYPES.map(type => String(type === 'Movable' ? count : 0).padStart(12)).join(' ')} \n`
  })
  const head = `Page block order: 9\nPages per block:  512\n\nFree pages count per migrate type at order ${orders} \n`
  return `${head}${free.join('')}\nNumber of blocks type ${TYPES.map(type => type.padStart(12)).join(' ')} \n${blocks.join('')}`
}
