/**
 * The files at the top of /proc that tell of the whole host. Linux: fs/proc/{meminfo,stat,loadavg,uptime,version,…}.c.
 * Left out: interrupts, buddyinfo, zoneinfo, slabinfo, kallsyms: absent, not empty. Disks have no statistics yet (0).
 */
import {
  cpuTimes,
  KERNEL_RELEASE,
  KERNEL_VERSION,
  type Kernel,
  loadavg,
  nrSwitches,
  memoryUse,
  nrRunning,
  nsOf,
  pidIn,
} from '../../kernel/index.ts'
import type { Caller } from '../../vfs/index.ts'

const ticks = (ns: number): number => Math.floor(ns / 10_000_000)
const seconds = (ns: number): string => (Math.floor(ns / 10_000_000) / 100).toFixed(2)

export const showVersion = (): string =>
  `Linux version ${KERNEL_RELEASE} (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0, GNU ld (GNU Binutils for Debian) 2.40) ${KERNEL_VERSION}\n`

/** The uptime is that of the reader's time namespace; the idle time is everybody's. */
export const showUptime = (k: Kernel, as: Caller): string => {
  const { boottimeOffset } = k.timeNamespaces.get(nsOf(k, as.task || k.initTask, 'time'))
  let idle = 0
  for (let cpu = 0; cpu < k.cpus; cpu++) idle += cpuTimes(k, cpu).idle
  return `${seconds(k.now() + boottimeOffset)} ${seconds(idle)}\n`
}

export function showLoadavg(k: Kernel, lastPid: number): string {
  const loads = loadavg(k)
    .map(load => load.toFixed(2))
    .join(' ')
  return `${loads} ${nrRunning(k)}/${k.tasks.size} ${lastPid}\n`
}

export function showStat(k: Kernel): string {
  const rows = Array.from({ length: k.cpus }, (_, cpu) => cpuTimes(k, cpu))
  const row = (
    name: string,
    times: readonly { user: number; nice: number; system: number; idle: number }[],
  ) => {
    const sum = (pick: (it: (typeof times)[number]) => number) =>
      times.reduce((total, it) => total + ticks(pick(it)), 0)
    return `${name} ${sum(it => it.user)} ${sum(it => it.nice)} ${sum(it => it.system)} ${sum(it => it.idle)} 0 0 0 0 0 0\n`
  }
  let running = 0
  for (const task of k.tasks.values()) if (task.state === 'R') running++
  return (
    row('cpu ', rows) +
    rows.map((it, cpu) => row(`cpu${cpu}`, [it])).join('') +
    `intr 0\nctxt ${nrSwitches(k)}\nbtime ${k.bootTime.sec}\nprocesses ${k.forks}\nprocs_running ${running}\nprocs_blocked 0\nsoftirq 0${' 0'.repeat(10)}\n`
  )
}

export function showMeminfo(k: Kernel): string {
  const it = memoryUse(k)
  const rows: (readonly [string, number])[] = [
    ['MemTotal', it.total],
    ['MemFree', it.free],
    ['MemAvailable', it.available],
    ['Buffers', it.buffers],
    ['Cached', it.cached + it.shmem],
    ['SwapCached', 0],
    ['Active', it.anon + Math.floor(it.cached / 2)],
    ['Inactive', Math.ceil(it.cached / 2)],
    ['SwapTotal', 0],
    ['SwapFree', 0],
    ['Dirty', 0],
    ['Writeback', 0],
    ['AnonPages', it.anon],
    ['Mapped', Math.floor(it.cached / 20)],
    ['Shmem', it.shmem],
    ['KReclaimable', it.slabReclaimable],
    ['Slab', it.slab],
    ['SReclaimable', it.slabReclaimable],
    ['SUnreclaim', it.slab - it.slabReclaimable],
    ['CommitLimit', Math.floor(it.total / 2)],
    ['Committed_AS', it.anon],
  ]
  return rows
    .map(([name, bytes]) => `${`${name}:`.padEnd(15)} ${String(Math.floor(bytes / 1024)).padStart(8)} kB\n`)
    .join('')
}

export function showCpuinfo(k: Kernel): string {
  const one = (cpu: number) =>
    [
      ['processor\t', cpu],
      ['vendor_id\t', 'AuthenticAMD'],
      ['cpu family\t', 15],
      ['model\t\t', 107],
      ['model name\t', 'Vitrine Virtual CPU'],
      ['stepping\t', 1],
      ['cpu MHz\t\t', '2400.000'],
      ['cache size\t', '512 KB'],
      ['physical id\t', cpu],
      ['siblings\t', 1],
      ['core id\t\t', 0],
      ['cpu cores\t', 1],
      ['fpu\t\t', 'yes'],
      [
        'flags\t\t',
        'fpu de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 syscall nx lm rep_good nopl cpuid pni cx16 hypervisor lahf_lm svm',
      ],
      ['bogomips\t', '4800.00'],
      ['address sizes\t', '40 bits physical, 48 bits virtual'],
    ]
      .map(([name, value]) => `${name}: ${value}\n`)
      .join('')
  return Array.from({ length: k.cpus }, (_, cpu) => `${one(cpu)}\n`).join('')
}

export const showFilesystems = (k: Kernel): string =>
  [...k.vfs.fileSystems.values()].map(type => `${type.requiresDev ? '' : 'nodev'}\t${type.name}\n`).join('')

/** Linux: block/genhd.c:diskstats_show(). Nothing is counted: the disk is memory. */
export const showDiskstats = (): string =>
  [[254, 0, 'vda'] as const, ...Array.from({ length: 8 }, (_, i) => [7, i, `loop${i}`] as const)]
    .map(
      ([major, minor, name]) =>
        `${String(major).padStart(4)} ${String(minor).padStart(7)} ${name}${' 0'.repeat(17)}\n`,
    )
    .join('')

/** Linux: mm/vmstat.c. The counters that follow from what is known. */
export function showVmstat(k: Kernel): string {
  const it = memoryUse(k)
  const pages = (bytes: number): number => Math.floor(bytes / 4096)
  const rows: readonly (readonly [string, number])[] = [
    ['nr_free_pages', pages(it.free)],
    ['nr_anon_pages', pages(it.anon)],
    ['nr_file_pages', pages(it.cached + it.shmem + it.buffers)],
    ['nr_dirty', 0],
    ['nr_writeback', 0],
    ['nr_shmem', pages(it.shmem)],
    ['pgpgin', 0],
    ['pgpgout', 0],
    ['pswpin', 0],
    ['pswpout', 0],
    ['oom_kill', 0],
  ]
  return rows.map(([name, value]) => `${name} ${value}\n`).join('')
}

/** Linux: fs/locks.c:lock_get_status(). The owner is who has the open file. */
export function showLocks(k: Kernel, as: Caller): string {
  const ns = k.tasks.find(as.task || k.initTask)?.pidNs ?? 0
  const lines: string[] = []
  for (const [inode, { exclusive, shared }] of k.locks)
    for (const file of [exclusive, ...shared].filter(Boolean)) {
      const it = k.inodes.get(inode)
      const { dev } = k.superBlocks.get(it.sb)
      const hex = (value: number): string => value.toString(16).padStart(2, '0')
      const place = `${hex((dev >>> 8) & 0xfff)}:${hex(dev & 0xff)}:${it.ino}`
      const kind = file === exclusive ? 'WRITE' : 'READ '
      const owner = [...k.tasks.values()].find(task => k.files.find(task.files)?.fds.includes(file))
      const pid = owner ? pidIn(k, owner.id, ns) : 0
      lines.push(`${lines.length + 1}: FLOCK  ADVISORY  ${kind} ${pid} ${place} 0 EOF\n`)
    }
  return lines.join('')
}

export const showPartitions = (): string => 'major minor  #blocks  name\n\n 254        0    8388608 vda\n'
export const showSwaps = (): string => 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n'
export const showCmdline = (): string => 'root=/dev/vda rw quiet\n'
export const showDevices = (): string =>
  'Character devices:\n  1 mem\n  4 tty\n  5 /dev/tty\n  5 /dev/console\n  5 /dev/ptmx\n128 ptm\n136 pts\n\nBlock devices:\n  7 loop\n254 virtblk\n'
