/**
 * The files at the top of /proc that tell of memory: meminfo and buddyinfo; vmstat.ts has more. Linux: fs/proc/meminfo.c,
 * mm/vmstat.c. What is not kept apart here (huge pages) is none: 0.
 */
import { type Kernel, memoryUse, nrKthreads, swapUse } from '../../kernel/index.ts'

const KIB = 1024
const MIB = 1024 * KIB
const PAGE = 4 * KIB

type Row = readonly [name: string, bytes: number]
const none = (...names: readonly string[]): readonly Row[] => names.map(name => [name, 0])

/** How much a page table, a kernel stack and a processor's own variables take. */
const PAGE_TABLES = 40 * KIB
const KERNEL_STACK = 16 * KIB
const PERCPU = 272 * KIB

export function showMeminfo(k: Kernel): string {
  const it = memoryUse(k)
  const swap = swapUse(k)
  const active = Math.floor(it.cached / 2)
  const tasks = k.tasks.size
  const direct2M = Math.floor((k.memory - 140 * KIB) / (2 * MIB)) * 2 * MIB
  const rows: readonly Row[] = [
    ['MemTotal', it.total],
    ['MemFree', it.free],
    ['MemAvailable', it.available],
    ['Buffers', it.buffers],
    ['Cached', it.cached + it.shmem],
    ...none('SwapCached'),
    ['Active', active],
    ['Inactive', it.cached - active + it.anon],
    ...none('Active(anon)'),
    ['Inactive(anon)', it.anon],
    ['Active(file)', active],
    ['Inactive(file)', it.cached - active],
    ...none('Unevictable', 'Mlocked'),
    ['SwapTotal', swap.total],
    ['SwapFree', swap.free],
    ...none('Zswap', 'Zswapped'),
    ['Dirty', k.pageCache.nrDirty * PAGE],
    ['Writeback', k.pageCache.nrWriteback * PAGE],
    ['AnonPages', it.anon],
    ['Mapped', Math.floor(it.cached / 20)],
    ['Shmem', it.shmem],
    ['KReclaimable', it.slabReclaimable],
    ['Slab', it.slab],
    ['SReclaimable', it.slabReclaimable],
    ['SUnreclaim', it.slab - it.slabReclaimable],
    ['KernelStack', tasks * KERNEL_STACK],
    ['PageTables', (tasks - nrKthreads(k)) * PAGE_TABLES],
    ...none('SecPageTables', 'NFS_Unstable', 'Bounce', 'WritebackTmp'),
    ['CommitLimit', Math.floor(it.total / PAGE / 2) * PAGE + swap.total],
    ['Committed_AS', it.anon + it.shmem],
    ['VmallocTotal', 2 ** 45 - KIB],
    ['VmallocUsed', 9 * MIB],
    ...none('VmallocChunk'),
    ['Percpu', k.cpus * PERCPU],
    ...none('HardwareCorrupted', 'AnonHugePages', 'ShmemHugePages', 'ShmemPmdMapped'),
    ...none('FileHugePages', 'FilePmdMapped'),
  ]
  const direct: readonly Row[] = [
    ['DirectMap4k', k.memory - 140 * KIB - direct2M],
    ['DirectMap2M', direct2M],
    ['DirectMap1G', 0],
  ]
  const label = (name: string): string => `${name}:`.padEnd(15)
  const line = ([name, bytes]: Row): string =>
    `${label(name)} ${String(Math.floor(bytes / KIB)).padStart(8)} kB\n`
  const pages = ['Total', 'Free', 'Rsvd', 'Surp'].map(name => `${`HugePages_${name}:`.padEnd(16)}       0\n`)
  const huge = [...pages, line(['Hugepagesize', 2 * MIB]), line(['Hugetlb', 0])]
  return [...rows.map(line), ...huge, ...direct.map(line)].join('')
}

/** The free blocks of 2^0 to 2^10 pages in each zone, as little in pieces as can be. Linux: frag_show_print(). */
export function showBuddyinfo(k: Kernel): string {
  const dma = Math.min(3840, Math.floor(memoryUse(k).free / PAGE))
  const zones = [
    ['DMA', dma],
    ['DMA32', Math.floor(memoryUse(k).free / PAGE) - dma],
  ] as const
  const counts = (pages: number): number[] =>
    Array.from({ length: 11 }, (_, order) => (order === 10 ? pages >> 10 : (pages >> order) & 1))
  const cells = (pages: number): string =>
    counts(pages)
      .map(it => String(it).padStart(6))
      .join(' ')
  return zones.map(([name, pages]) => `Node 0, zone ${name.padStart(8)} ${cells(pages)} \n`).join('')
}
