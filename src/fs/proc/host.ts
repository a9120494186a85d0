/**
 * The files at the top of /proc that tell of the whole host. Linux: fs/proc/{stat,loadavg,uptime,version,…}.c.
 * Left out: modules, consoles, iomem, kallsyms, keys and their like: absent, not empty.
 */
import {
  cpuTimes,
  KERNEL_RELEASE,
  KERNEL_VERSION,
  type Kernel,
  loadavg,
  nrSwitches,
  nrIowait,
  nrRunning,
  nsOf,
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
    times: readonly { user: number; nice: number; system: number; idle: number; iowait: number }[],
  ) => {
    const sum = (pick: (it: (typeof times)[number]) => number) =>
      times.reduce((total, it) => total + ticks(pick(it)), 0)
    return `${name} ${sum(it => it.user)} ${sum(it => it.nice)} ${sum(it => it.system)} ${sum(it => it.idle)} ${sum(it => it.iowait)} 0 0 0 0 0\n`
  }
  let running = 0
  for (const task of k.tasks.values()) if (task.state === 'R') running++
  return (
    row('cpu ', rows) +
    rows.map((it, cpu) => row(`cpu${cpu}`, [it])).join('') +
    `intr 0\nctxt ${nrSwitches(k)}\nbtime ${k.bootTime.sec}\nprocesses ${k.forks}\nprocs_running ${running}\nprocs_blocked ${nrIowait(k)}\nsoftirq 0${' 0'.repeat(10)}\n`
  )
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
      ['physical id\t', 0],
      ['siblings\t', k.cpus],
      ['core id\t\t', cpu],
      ['cpu cores\t', k.cpus],
      ['apicid\t\t', cpu],
      ['initial apicid\t', cpu],
      ['fpu\t\t', 'yes'],
      ['fpu_exception\t', 'yes'],
      ['cpuid level\t', 13],
      ['wp\t\t', 'yes'],
      [
        'flags\t\t',
        'fpu de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 syscall nx lm rep_good nopl cpuid pni cx16 hypervisor lahf_lm svm',
      ],
      ['bogomips\t', '4800.00'],
      ['TLB size\t', '1024 4K pages'],
      ['clflush size\t', 64],
      ['cache_alignment\t', 64],
      ['address sizes\t', '40 bits physical, 48 bits virtual'],
      ['power management', ''],
    ]
      .map(([name, value]) => `${name}:${value === '' ? '' : ` ${value}`}\n`)
      .join('')
  return Array.from({ length: k.cpus }, (_, cpu) => `${one(cpu)}\n`).join('')
}

/** Those nobody can mount, by which they follow in the order of registration. */
const INTERNAL: Readonly<Record<string, string>> = { cgroup2: 'cpuset', securityfs: 'sockfs', bpf: 'pipefs' }

export const showFilesystems = (k: Kernel): string =>
  [...k.vfs.fileSystems.values()]
    .map(({ name, requiresDev }) => {
      const after = INTERNAL[name]
      return `${requiresDev ? '' : 'nodev'}\t${name}\n${after ? `nodev\t${after}\n` : ''}`
    })
    .join('')

export const showCmdline = (): string => 'root=/dev/vda rw quiet\n'
/** Linux: chrdev_show(), blkdev_show(). The majors that drivers of this machine have. */
const CHARACTER_DEVICES = `  1 mem
  4 /dev/vc/0
  4 tty
  4 ttyS
  5 /dev/tty
  5 /dev/console
  5 /dev/ptmx
  7 vcs
 10 misc
 13 input
 29 fb
128 ptm
136 pts
251 rtc
`
export const showDevices = (): string =>
  `Character devices:\n${CHARACTER_DEVICES}\nBlock devices:\n  7 loop\n254 virtblk\n259 blkext\n`

const TICK = 4_000_000

/** Linux: show_interrupts(). What interrupts a processor here is its timer, 250 times a second while it works. */
export function showInterrupts(k: Kernel): string {
  const cpus = Array.from({ length: k.cpus }, (_, cpu) => cpu)
  const head = `    ${cpus.map(cpu => `       CPU${cpu}`).join('')}       \n`
  const line = (name: string, values: readonly number[], what: string): string =>
    `${name.padStart(3)}: ${values.map(it => String(it).padStart(10)).join(' ')}   ${what}\n`
  const nothing = cpus.map(() => 0)
  return [
    head,
    line('NMI', nothing, 'Non-maskable interrupts'),
    line('LOC', localTimer(k), 'Local timer interrupts'),
    line('RES', nothing, 'Rescheduling interrupts'),
    line('CAL', nothing, 'Function call interrupts'),
    line('TLB', nothing, 'TLB shootdowns'),
    'ERR:          0\nMIS:          0\n',
  ].join('')
}

const localTimer = (k: Kernel): number[] =>
  Array.from({ length: k.cpus }, (_, cpu) => {
    const { user, nice, system } = cpuTimes(k, cpu)
    return Math.floor((user + nice + system) / TICK)
  })

const SOFTIRQS = [
  'HI',
  'TIMER',
  'NET_TX',
  'NET_RX',
  'BLOCK',
  'IRQ_POLL',
  'TASKLET',
  'SCHED',
  'HRTIMER',
  'RCU',
]

/** Linux: show_softirqs(). */
export function showSoftirqs(k: Kernel): string {
  const cpus = Array.from({ length: k.cpus }, (_, cpu) => cpu)
  const ticks = localTimer(k)
  const value = (name: string, cpu: number): number =>
    name === 'TIMER' || name === 'SCHED' ? ticks[cpu]! : 0
  const row = (name: string): string =>
    `${name.padStart(12)}:${cpus.map(cpu => ` ${String(value(name, cpu)).padStart(10)}`).join('')}\n`
  const head = `${' '.repeat(20)}${cpus.map(cpu => `CPU${cpu}`.padEnd(11)).join('')}\n`
  return head + SOFTIRQS.map(row).join('')
}

export const showDma = (): string => ' 4: cascade\n'
export const showExecdomains = (): string => '0-0\tLinux           \t[kernel]\n'

/** Linux: tty_drivers, as show_tty_driver() writes them. */
export const TTY_DRIVERS = `/dev/tty             /dev/tty        5       0 system:/dev/tty
/dev/console         /dev/console    5       1 system:console
/dev/ptmx            /dev/ptmx       5       2 system
/dev/vc/0            /dev/vc/0       4       0 system:vtmaster
serial               /dev/ttyS       4 64-95 serial
pty_slave            /dev/pts      136 0-1048575 pty:slave
pty_master           /dev/ptm      128 0-1048575 pty:master
unknown              /dev/tty        4 1-63 console
`
export const TTY_LDISCS = 'n_tty       0\nn_null     27\n'
