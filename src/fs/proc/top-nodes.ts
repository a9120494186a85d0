/**
 * The files at the top of /proc that come late: what only programs and people read. Linux: fs/proc/, mm/, kernel/.
 * Left out: keys (there are no keyrings), the pages behind kpage*, most of kallsyms, dynamic_debug's call sites.
 */
import { CAP_SYSLOG, EINVAL, EIO } from '../../abi/index.ts'
import { capable, type Kernel, rqSchedInfo, SYSCALLS } from '../../kernel/index.ts'
import type { Caller } from '../../vfs/index.ts'
import { type PseudoFile, type PseudoNode, staticDir } from '../pseudo.ts'
import { hardwareDirectories, MISC, MTRR, showIomem, showIoports } from './hardware.ts'
import { showSlabinfo } from './slabinfo.ts'
import { showPagetypeinfo, showVmstat, showZoneinfo } from './vmstat.ts'

type Show = (k: Kernel, as: Caller) => string

const always =
  (text: string): Show =>
  () =>
    text

/** Digests that modules bring. Linux: crypto/proc.c:c_show(). */
const DIGESTS = [
  ['crc32c', 'crc32c-intel', 'crc32c_intel', 200],
  ['crc32c', 'crc32c-generic', 'crc32c_generic', 100],
] as const

const showCrypto: Show = k =>
  DIGESTS.filter(([, , module]) => k.modules.includes(module))
    .map(
      ([name, driver, module, priority]) => `name         : ${name}
driver       : ${driver}
module       : ${module}
priority     : ${priority}
refcnt       : 1
selftest     : passed
internal     : no
type         : shash
blocksize    : 1
digestsize   : 4

`,
    )
    .join('')

/** Where system calls begin. Addresses are for who may see them. Linux: kallsyms_show_value(). */
const showKallsyms: Show = (k, as) => {
  const restrict = Number(k.sysctl.get('kernel/kptr_restrict') ?? 0)
  const isShown = restrict < 2 && capable(k, as.cred, CAP_SYSLOG)
  return Object.keys(SYSCALLS)
    .map((name, i) => {
      const address = isShown ? 0xffffffff81000000n + BigInt(i) * 0x100n : 0n
      return `${address.toString(16).padStart(16, '0')} T __x64_sys_${name}\n`
    })
    .join('')
}

/** Linux: show_schedstat(). The first columns count while kernel.sched_schedstats is 1 only, and nothing here. */
const showSchedstat: Show = k => {
  const jiffies = Math.floor(k.now() / 4_000_000) + 0xffff_ffff + 1 - 300 * 250
  const cpus = Array.from({ length: k.cpus }, (_, cpu) => {
    const { cpuTime, runDelay, pcount } = rqSchedInfo(k, cpu)
    return `cpu${cpu} 0 0 0 0 0 0 ${Math.floor(cpuTime)} ${Math.floor(runDelay)} ${pcount}\n`
  })
  return `version 15\ntimestamp ${jiffies}\n${cpus.join('')}`
}

/** Linux: print_cpu(): the clocks of each processor. What waits on them is not told. */
const showTimerList: Show = k => {
  const clocks = ['ktime_get', 'ktime_get_real', 'ktime_get_boottime', 'ktime_get_clocktai']
  const clock = (name: string, i: number): string =>
    ` clock ${i}:\n  .index:      ${i}\n  .resolution: 1 nsecs\n  .get_time:   ${name}\n  .offset:     ${i % 2 ? k.bootTime.sec * 1e9 : 0} nsecs\nactive timers:\n`
  const cpus = Array.from({ length: k.cpus }, (_, cpu) => `\ncpu: ${cpu}\n${clocks.map(clock).join('')}`)
  return `Timer List Version: v0.9\nHRTIMER_MAX_CLOCK_BASES: 8\nnow at ${Math.floor(k.now())} nsecs\n${cpus.join('')}`
}

/** Linux: s_show() of mm/vmalloc.c: the stacks of tasks. Addresses are hashed. */
const showVmallocinfo: Show = k =>
  [...k.tasks.values()]
    .map(({ id }) => {
      const hash = (salt: number): string =>
        (Math.imul(id + salt, 0x9e3779b1) >>> 0).toString(16).padStart(16, '0')
      return `0x${hash(0)}-0x${hash(5)}   20480 kernel_clone+0xbf/0x430 pages=4 vmalloc N0=4\n`
    })
    .join('')

/** /proc/tty/driver/serial, for root alone. Linux: uart_proc_show(). */
export const SERIAL = `serinfo:1.0 driver revision:
0: uart:16550A port:000003F8 irq:4 tx:0 rx:0 RTS|CTS|DTR|DSR|CD
1: uart:unknown port:000002F8 irq:3
2: uart:unknown port:000003E8 irq:4
3: uart:unknown port:000002E8 irq:3
`

const FILES: Readonly<Record<string, readonly [mode: number, show: Show]>> = {
  consoles: [0o444, always('ttyS0                -W- (EC p a)    4:64\n')],
  crypto: [0o444, showCrypto],
  fb: [0o444, always('')],
  iomem: [0o444, showIomem],
  ioports: [0o444, showIoports],
  kallsyms: [0o444, showKallsyms],
  'key-users': [0o444, always('')],
  keys: [0o444, always('')],
  kpagecgroup: [0o400, always('')],
  kpagecount: [0o400, always('')],
  kpageflags: [0o400, always('')],
  misc: [0o444, always(MISC)],
  pagetypeinfo: [0o400, showPagetypeinfo],
  schedstat: [0o444, showSchedstat],
  slabinfo: [0o400, showSlabinfo],
  timer_list: [0o400, showTimerList],
  vmallocinfo: [0o400, showVmallocinfo],
  vmstat: [0o444, showVmstat],
  zoneinfo: [0o444, showZoneinfo],
}

const HELP =
  'HELP : loglevel(0-9) reboot(b) crash(c) terminate-all-tasks(e) memory-full-oom-kill(f) kill-all-tasks(i) thaw-filesystems(j) sak(k) show-backtrace-all-active-cpus(l) show-memory-usage(m) nice-all-RT-tasks(n) poweroff(o) show-registers(p) show-all-timers(q) unraw(r) sync(s) show-task-states(t) unmount(u) show-blocked-tasks(w) dump-ftrace-buffer(z) '

/** Linux: write_sysrq_trigger(). Of the commands help and sync do something here. */
function sysrq(k: Kernel, text: string): void {
  if (text[0] !== 's') return k.log(`sysrq: ${HELP}`)
  k.log('sysrq: Emergency Sync')
  k.log('Emergency Sync complete')
}

/** Numbers of the nodes begin here. */
const FIRST_INO = 0x7000

/** What is at the top besides what proc.ts has. */
export function topNodes(k: Kernel): Record<string, PseudoNode> {
  let ino = FIRST_INO
  const file = (mode: number, show: Show): PseudoFile => ({
    kind: 'file',
    ino: ino++,
    mode,
    show: as => show(k, as),
  })
  const files = Object.entries(FILES).map(([name, [mode, show]]) => [name, file(mode, show)] as const)
  const refused: PseudoFile['store'] = () => {
    throw EINVAL
  }
  return {
    ...Object.fromEntries(files),
    mtrr: { ...file(0o644, always(MTRR)), store: refused },
    'sysrq-trigger': {
      kind: 'file',
      ino: ino++,
      mode: 0o200,
      show() {
        throw EIO
      },
      store: (_, text) => sysrq(k, text),
    },
    dynamic_debug: staticDir(
      { ino: ino++, mode: 0o555 },
      {
        control: {
          ...file(0o644, always('# filename:lineno [module]function flags format\n')),
          store: refused,
        },
      },
    ),
    ...hardwareDirectories(k, FIRST_INO + 64),
  }
}
