/**
 * The columns ps knows: what `-o` may name, how each is titled, how wide it is and what it says of a process.
 * Linux: procps-ng src/ps/output.c:format_array[].
 *
 * Left out: systemd's (unit, seat, machine, …: always `-`).
 */
import { HZ, PAGE, type Proc, ttyName } from '../proc.ts'
import { DAYS, localtime, MONTHS } from '../time.ts'

/** What the columns need besides the process itself. */
export interface PsView {
  /** Seconds since boot, and the epoch's second of the boot. */
  readonly uptime: number
  readonly boot: number
  /** Total memory in KiB. */
  readonly memory: number
  readonly user: (uid: number) => string
  readonly group: (gid: number) => string
  /** Branches of the process tree before its command, '' without a tree. */
  readonly branch: (it: Proc) => string
  /** Files of /proc read beforehand because a column needs them. */
  readonly extra: (it: Proc, file: Extra) => string
  /** BSD option `c`: names instead of command lines. */
  readonly bareNames: boolean
  /** BSD option `e`: the environment after the command line. */
  readonly environment: boolean
}

/** Files and links of /proc/PID that only some columns need. */
export type Extra =
  | 'wchan'
  | 'cgroup'
  | 'attr/current'
  | 'autogroup'
  | 'environ'
  | 'io'
  | 'smaps_rollup'
  | 'exe'
  | 'oom_score'
  | 'oom_score_adj'
  | `ns/${'pid' | 'net' | 'mnt' | 'user' | 'uts' | 'ipc' | 'cgroup' | 'time'}`

/** How a column stands in its place; `user` is cut with a `+`, `unlimited` may run to the end of the line. */
export type Justify = 'left' | 'right' | 'user' | 'unlimited'

export interface PsColumn {
  readonly head: string
  readonly width: number
  readonly justify: Justify
  readonly text: (it: Proc, view: PsView) => string
  /** `ps L` does not show it. */
  readonly hidden?: true
  /** For --sort: numbers compare as numbers. */
  readonly key?: (it: Proc, view: PsView) => number | string
  readonly needs?: Extra
}

const two = (n: number): string => String(n).padStart(2, '0')
const cpu = (it: Proc): number => it.utime + it.stime
const elapsed = (it: Proc, view: PsView): number => Math.max(0, view.uptime - it.start / HZ)
const started = (it: Proc, view: PsView): number => view.boot + Math.floor(it.start / HZ)
const now = (view: PsView): number => view.boot + Math.floor(view.uptime)
const status = (it: Proc, name: string): string => it.status.get(name) ?? ''
const kib = (it: Proc, name: string): number => Number.parseInt(status(it, name) || '0', 10)
const realtime = (it: Proc): boolean => it.policy === 1 || it.policy === 2

/** Part of its life a process spent computing, in tenths of a per cent. */
function permille(it: Proc, view: PsView): number {
  const life = elapsed(it, view)
  return life > 0 ? Math.floor(((cpu(it) / HZ) * 1000) / life) : 0
}

const percent = (tenths: number): string =>
  tenths > 999 ? String(Math.floor(tenths / 10)) : `${Math.floor(tenths / 10)}.${tenths % 10}`

const memory = (it: Proc, view: PsView): number =>
  Math.min(999, view.memory ? Math.floor((it.rss * 1000) / view.memory) : 0)

/** [DD-]HH:MM:SS */
export function longTime(seconds: number): string {
  const days = Math.floor(seconds / 86400)
  const rest = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return days ? `${days}-${rest}` : rest
}

/** [[DD-]HH:]MM:SS */
function elapsedText(seconds: number): string {
  if (seconds < 3600) return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`
  return longTime(seconds)
}

const tm = (seconds: number) => localtime({ sec: seconds, nsec: 0 })
const month = (index: number): string => MONTHS[index - 1]!.slice(0, 3)

/** ctime(3) without the newline. */
function ctime(seconds: number): string {
  const t = tm(seconds)
  const clock = `${two(t.hour)}:${two(t.minute)}:${two(t.second)}`
  return `${DAYS[t.weekday]!.slice(0, 3)} ${month(t.month)} ${String(t.day).padStart(2)} ${clock} ${t.year}`
}

/** 12:00 today, Jan01 this year, else the year. */
function shortStart(it: Proc, view: PsView): string {
  const then = tm(started(it, view))
  const today = tm(now(view))
  if (then.year !== today.year) return String(then.year)
  if (then.yearday !== today.yearday) return `${month(then.month)}${two(then.day)}`
  return `${two(then.hour)}:${two(then.minute)}`
}

const withinDay = (it: Proc, view: PsView): boolean => elapsed(it, view) <= 86400

/** State with what BSD adds: priority, session leader, threads, foreground. */
export function fullState(it: Proc): string {
  let text = it.state
  if (it.nice < 0) text += '<'
  if (it.nice > 0) text += 'N'
  if (it.session === it.pid) text += 's'
  if (it.threads > 1) text += 'l'
  if (it.tpgid === it.pgrp) text += '+'
  return text
}

const name = (it: Proc): string => it.comm

/** The command line; `[name]` for kernel threads. */
export function commandLine(it: Proc, view: Pick<PsView, 'bareNames'>): string {
  if (view.bareNames) return name(it)
  const visible = it.argv.join(' ').replace(/[\x00-\x1f\x7f]/g, '?')
  return visible || (it.state === 'Z' ? `[${it.comm}] <defunct>` : `[${it.comm}]`)
}

function args(it: Proc, view: PsView): string {
  const environ = view.environment ? view.extra(it, 'environ').replace(/\0$/, '').replaceAll('\0', ' ') : ''
  return `${view.branch(it)}${commandLine(it, view)}${environ ? ` ${environ}` : ''}`
}

function wchan(it: Proc, view: PsView): string {
  const text = view.extra(it, 'wchan')
  return !text || text === '0' ? '-' : text.replace(/^\.?_*/, '')
}

/** Its cgroups joined by commas; `-` when it is in the roots only. */
function cgroup(it: Proc, view: PsView): string {
  const lines = view.extra(it, 'cgroup').trim().split('\n')
  return lines.filter(line => !line.endsWith(':/')).join(',') || '-'
}

function cgroupName(it: Proc, view: PsView): string {
  const text = cgroup(it, view)
  const named = /:name=([^,]*)/.exec(text)
  return named ? named[1]! : text
}

const SCHEDULERS: Readonly<Record<number, string>> = {
  0: 'TS',
  1: 'FF',
  2: 'RR',
  3: 'B',
  4: 'ISO',
  5: 'IDL',
  6: 'DLN',
}

function left(head: string, width: number, text: PsColumn['text'], more: Partial<PsColumn> = {}): PsColumn {
  return { head, width, justify: 'left', text, ...more }
}
function right(
  head: string,
  width: number,
  text: (it: Proc, view: PsView) => string | number,
  more: Partial<PsColumn> = {},
): PsColumn {
  return { head, width, justify: 'right', text: (it, view) => String(text(it, view)), ...more }
}
const number = (head: string, width: number, value: (it: Proc, view: PsView) => number): PsColumn =>
  right(head, width, value, { key: value })
const user = (head: string, id: (it: Proc) => number): PsColumn => ({
  head,
  width: 8,
  justify: 'user',
  text: (it, view) => view.user(id(it)),
})
const group = (head: string, id: (it: Proc) => number): PsColumn => ({
  head,
  width: 8,
  justify: 'user',
  text: (it, view) => view.group(id(it)),
})
const unlimited = (head: string, width: number, text: PsColumn['text'], needs?: Extra): PsColumn => ({
  head,
  width,
  justify: 'unlimited',
  text,
  ...(needs && { needs }),
})
const namespace = (head: string, kind: Extra): PsColumn =>
  right(head, 10, (it, view) => /\[(\d+)\]/.exec(view.extra(it, kind))?.[1] ?? '-', { needs: kind })
const signals = (head: string, field: string): PsColumn => right(head, 16, it => status(it, field))
const nothing = (head: string, width: number): PsColumn => left(head, width, () => '-')
const clock = (head: string): PsColumn =>
  right(head, 8, it => longTime(Math.floor(cpu(it) / HZ)), { key: cpu })

const PID = (head: string, value: (it: Proc) => number): PsColumn => number(head, 7, value)
const nice = (it: Proc): string => (realtime(it) ? '-' : String(it.nice))
const NICE = right('NI', 3, nice, { key: it => it.nice })
const CPU = right('%CPU', 4, (it, view) => percent(permille(it, view)), { key: permille })
const MEM = right('%MEM', 4, (it, view) => percent(memory(it, view)), { key: memory })
const ARGS = unlimited('COMMAND', 27, args)
const COMM = unlimited('COMMAND', 15, (it, view) => view.branch(it) + name(it))
const VSZ = number('VSZ', 6, it => it.vsize)
const RSS = number('RSS', 5, it => it.rss)
const STATE = left('S', 1, it => it.state)
const FLAGS = left('F', 1, it => ((it.flags >>> 6) & 7).toString(8))
const CLASS = right('CLS', 3, it => SCHEDULERS[it.policy] ?? '?')
const WCHAN = left('WCHAN', 6, wchan, { needs: 'wchan' })
const START_TIME = right('START', 5, shortStart, { key: it => it.start })
/** What it computed of its life, in per cent. */
const utilization = (it: Proc, view: PsView): number => {
  const life = elapsed(it, view)
  return life > 0 ? ((cpu(it) / HZ) * 100) / life : 0
}
/** A line of /proc/PID/io. */
const io = (head: string, field: string): PsColumn =>
  right(head, 5, (it, view) => new RegExp(`^${field}: (\\d+)`, 'm').exec(view.extra(it, 'io'))?.[1] ?? '0', {
    needs: 'io',
  })
/** The sum of the lines of smaps_rollup that begin so. */
const rollup = (head: string, field: string): PsColumn =>
  right(
    head,
    5,
    (it, view) =>
      [...view.extra(it, 'smaps_rollup').matchAll(new RegExp(`^${field}\\w*: +(\\d+)`, 'gm'))]
        .filter(([line]) => field !== 'Pss' || line.startsWith('Pss:'))
        .reduce((sum, [, kib]) => sum + Number(kib), 0),
    { needs: 'smaps_rollup' },
  )
const dataSize = (it: Proc): number => Math.max(0, it.vsize - textCode(it))
const textCode = (it: Proc): number => Math.max(0, Math.floor((it.endCode - it.startCode) / 1024))

/** The name a column has in -o. */
export const PS_COLUMNS: Readonly<Record<string, PsColumn>> = {
  '%cpu': CPU,
  '%mem': MEM,
  addr_1: left('ADDR', 1, () => '-', { hidden: true }),
  ag_id: right('AGID', 5, (it, view) => /^\/autogroup-(\d+)/.exec(view.extra(it, 'autogroup'))?.[1] ?? '-', {
    needs: 'autogroup',
  }),
  ag_nice: right('AGNI', 4, (it, view) => /nice (-?\d+)/.exec(view.extra(it, 'autogroup'))?.[1] ?? '-', {
    needs: 'autogroup',
  }),
  alarm: right('ALARM', 5, () => '-', { hidden: true }),
  args: ARGS,
  atime: clock('TIME'),
  blocked: signals('BLOCKED', 'SigBlk'),
  bsdstart: right(
    'START',
    6,
    (it, view) =>
      withinDay(it, view)
        ? ` ${ctime(started(it, view)).slice(11, 16)}`
        : ctime(started(it, view)).slice(4, 10),
    { key: it => it.start },
  ),
  bsdtime: right(
    'TIME',
    6,
    it => {
      const seconds = Math.floor(cpu(it) / HZ)
      return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`
    },
    { key: cpu },
  ),
  c: right('C', 2, (it, view) => Math.min(99, Math.floor(permille(it, view) / 10)), { key: permille }),
  caught: signals('CAUGHT', 'SigCgt'),
  cgname: unlimited('CGNAME', 27, cgroupName, 'cgroup'),
  cgroup: unlimited('CGROUP', 27, cgroup, 'cgroup'),
  cgroupns: namespace('CGROUPNS', 'ns/cgroup'),
  class: { ...CLASS, justify: 'left' },
  cls: CLASS,
  cmd: { ...ARGS, head: 'CMD' },
  comm: COMM,
  command: ARGS,
  context: left('CONTEXT', 31, (it, view) => view.extra(it, 'attr/current').trim() || '-', {
    needs: 'attr/current',
  }),
  cp: right('CP', 3, (it, view) => Math.min(999, permille(it, view))),
  cpuid: number('CPUID', 5, it => it.processor),
  cputime: clock('TIME'),
  cputimes: number('TIME', 8, it => Math.floor(cpu(it) / HZ)),
  cuc: right('%CUC', 7, (it, view) => utilization(it, view).toFixed(3)),
  cuu: right('%CUU', 6, (it, view) => utilization(it, view).toFixed(3)),
  drs: number('DRS', 5, dataSize),
  dsiz: number('DSIZ', 4, dataSize),
  egid: number('EGID', 5, it => it.gids[1] ?? 0),
  egroup: group('EGROUP', it => it.gids[1] ?? 0),
  eip: right('EIP', 16, () => '0'.repeat(16)),
  esp: right('ESP', 16, () => '0'.repeat(16)),
  etime: right('ELAPSED', 11, (it, view) => elapsedText(Math.floor(elapsed(it, view))), { key: elapsed }),
  etimes: number('ELAPSED', 7, (it, view) => Math.floor(elapsed(it, view))),
  euid: number('EUID', 5, it => it.uids[1] ?? 0),
  euser: user('EUSER', it => it.uids[1] ?? 0),
  exe: unlimited('EXE', 27, (it, view) => view.extra(it, 'exe') || '-', 'exe'),
  f: FLAGS,
  fgid: number('FGID', 5, it => it.gids[3] ?? 0),
  fgroup: group('FGROUP', it => it.gids[3] ?? 0),
  flag: FLAGS,
  flags: FLAGS,
  fname: left('COMMAND', 8, it => it.comm.slice(0, 8)),
  fsgid: number('FSGID', 5, it => it.gids[3] ?? 0),
  fsgroup: group('FSGROUP', it => it.gids[3] ?? 0),
  fsuid: number('FSUID', 5, it => it.uids[3] ?? 0),
  fsuser: user('FSUSER', it => it.uids[3] ?? 0),
  fuid: number('FUID', 5, it => it.uids[3] ?? 0),
  fuser: user('FUSER', it => it.uids[3] ?? 0),
  gid: number('GID', 5, it => it.gids[1] ?? 0),
  group: group('GROUP', it => it.gids[1] ?? 0),
  ignored: signals('IGNORED', 'SigIgn'),
  intpri: number('PRI', 3, it => 60 + it.priority),
  ipcns: namespace('IPCNS', 'ns/ipc'),
  label: left('LABEL', 31, (it, view) => view.extra(it, 'attr/current').trim() || '-', {
    needs: 'attr/current',
  }),
  lastcpu: number('C', 3, it => it.processor),
  lim: right('LIM', 5, () => 'xx'),
  longtname: left('TTY', 8, it => ttyName(it.tty)),
  lsession: nothing('SESSION', 11),
  lstart: right('STARTED', 24, (it, view) => ctime(started(it, view)), { key: it => it.start }),
  luid: right('LUID', 5, () => '-'),
  lwp: PID('LWP', it => it.tid),
  lxc: nothing('LXC', 8),
  m_drs: number('DRS', 5, dataSize),
  m_size: number('SIZE', 7, it => it.vsize * 1024),
  machine: nothing('MACHINE', 31),
  maj_flt: number('MAJFL', 6, it => it.majFlt),
  majflt: number('MAJFLT', 6, it => it.majFlt),
  min_flt: number('MINFL', 6, it => it.minFlt),
  minflt: number('MINFLT', 6, it => it.minFlt),
  mntns: namespace('MNTNS', 'ns/mnt'),
  netns: namespace('NETNS', 'ns/net'),
  ni: NICE,
  nice: NICE,
  nlwp: number('NLWP', 4, it => it.threads),
  numa: right('NUMA', 4, () => '-1'),
  oom: right('OOM', 4, (it, view) => view.extra(it, 'oom_score').trim() || '-', { needs: 'oom_score' }),
  oomadj: right('OOMADJ', 5, (it, view) => view.extra(it, 'oom_score_adj').trim() || '-', {
    needs: 'oom_score_adj',
  }),
  opri: number('PRI', 3, it => 60 + it.priority),
  ouid: nothing('OWNER', 5),
  pagein: number('PAGEIN', 6, it => it.majFlt),
  pcpu: CPU,
  pending: signals('PENDING', 'SigPnd'),
  pgid: PID('PGID', it => it.pgrp),
  pgrp: PID('PGRP', it => it.pgrp),
  pid: PID('PID', it => it.pid),
  pidns: namespace('PIDNS', 'ns/pid'),
  pmem: MEM,
  policy: { ...CLASS, head: 'POL', justify: 'left' },
  ppid: PID('PPID', it => it.ppid),
  pri: number('PRI', 3, it => 39 - it.priority),
  pri_api: number('API', 3, it => -1 - it.priority),
  pri_bar: number('BAR', 3, it => it.priority + 1),
  pri_baz: number('BAZ', 3, it => it.priority + 100),
  pri_foo: number('FOO', 3, it => it.priority - 20),
  priority: number('PRI', 3, it => it.priority),
  psr: number('PSR', 3, it => it.processor),
  pss: rollup('PSS', 'Pss'),
  rbytes: io('RBYTES', 'read_bytes'),
  rchars: io('RCHARS', 'rchar'),
  rops: io('ROPS', 'syscr'),
  rgid: number('RGID', 5, it => it.gids[0] ?? 0),
  rgroup: group('RGROUP', it => it.gids[0] ?? 0),
  rss: RSS,
  rssize: RSS,
  rsz: { ...RSS, head: 'RSZ' },
  rtprio: right('RTPRIO', 6, it => (it.policy === 0 ? '-' : it.rtprio)),
  ruid: number('RUID', 5, it => it.uids[0] ?? 0),
  ruser: user('RUSER', it => it.uids[0] ?? 0),
  s: STATE,
  sched: number('SCH', 3, it => it.policy),
  seat: nothing('SEAT', 11),
  sess: PID('SESS', it => it.session),
  session: PID('SESS', it => it.session),
  sgi_p: left('P', 1, it => (it.state === 'R' ? String(it.processor) : '*')),
  sgi_rss: { ...left('RSS', 4, it => String(it.rss)), key: it => it.rss },
  sgid: number('SGID', 5, it => it.gids[2] ?? 0),
  sgroup: group('SGROUP', it => it.gids[2] ?? 0),
  sid: PID('SID', it => it.session),
  sig: signals('PENDING', 'SigPnd'),
  sig_block: signals('BLOCKED', 'SigBlk'),
  sig_catch: signals('CATCHED', 'SigCgt'),
  sig_ignore: signals('IGNORED', 'SigIgn'),
  sig_pend: signals('SIGNAL', 'SigPnd'),
  sigcatch: signals('CAUGHT', 'SigCgt'),
  sigignore: signals('IGNORED', 'SigIgn'),
  sigmask: signals('BLOCKED', 'SigBlk'),
  size: number('SIZE', 5, it => kib(it, 'VmData') + kib(it, 'VmStk')),
  slice: left('SLICE', 31, () => '-.slice'),
  spid: PID('SPID', it => it.tid),
  stackp: right('STACKP', 16, it => it.startStack.toString(16).padStart(16, '0')),
  start: right(
    'STARTED',
    8,
    (it, view) =>
      withinDay(it, view)
        ? ctime(started(it, view)).slice(11, 19)
        : `  ${ctime(started(it, view)).slice(4, 10)}`,
    { key: it => it.start },
  ),
  start_stack: right('STACKP', 16, it => it.startStack.toString(16).padStart(16, '0')),
  start_time: START_TIME,
  stat: left('STAT', 4, fullState),
  state: STATE,
  stime: { ...START_TIME, head: 'STIME' },
  suid: number('SUID', 5, it => it.uids[2] ?? 0),
  supgid: unlimited('SUPGID', 20, it => it.groups.join(',') || '-'),
  supgrp: unlimited('SUPGRP', 40, (it, view) => it.groups.map(view.group).join(',') || '-'),
  suser: user('SUSER', it => it.uids[2] ?? 0),
  svgid: number('SVGID', 5, it => it.gids[2] ?? 0),
  svgroup: group('SVGROUP', it => it.gids[2] ?? 0),
  svuser: user('SVUSER', it => it.uids[2] ?? 0),
  svuid: number('SVUID', 5, it => it.uids[2] ?? 0),
  sz: number('SZ', 5, it => Math.floor(it.vsize / (PAGE / 1024))),
  tgid: PID('TGID', it => it.pid),
  thcount: number('THCNT', 5, it => it.threads),
  tid: PID('TID', it => it.tid),
  time: clock('TIME'),
  timens: namespace('TIMENS', 'ns/time'),
  times: number('TIME', 8, it => Math.floor(cpu(it) / HZ)),
  tmout: right('TMOUT', 5, () => '-', { hidden: true }),
  tname: left('TTY', 8, it => ttyName(it.tty)),
  tpgid: PID('TPGID', it => it.tpgid),
  trs: number('TRS', 4, textCode),
  trss: number('TRSS', 4, textCode),
  tsig: signals('PENDING', 'ShdPnd'),
  tsiz: number('TSIZ', 4, textCode),
  m_trs: number('TRS', 5, textCode),
  tt: left('TT', 8, it => ttyName(it.tty)),
  tty: left('TT', 8, it => ttyName(it.tty)),
  tty4: left('TTY', 4, it => ttyName(it.tty)),
  tty8: left('TTY', 8, it => ttyName(it.tty)),
  ucmd: { ...COMM, head: 'CMD' },
  ucomm: COMM,
  uid: number('UID', 5, it => it.uids[1] ?? 0),
  uid_hack: user('UID', it => it.uids[1] ?? 0),
  uname: user('USER', it => it.uids[1] ?? 0),
  unit: nothing('UNIT', 31),
  user: user('USER', it => it.uids[1] ?? 0),
  userns: namespace('USERNS', 'ns/user'),
  utsns: namespace('UTSNS', 'ns/uts'),
  uunit: nothing('UUNIT', 31),
  vsize: VSZ,
  uss: rollup('USS', 'Private_'),
  util: right('C', 2, (it, view) => Math.min(99, Math.floor(permille(it, view) / 10)), { key: permille }),
  vsz: VSZ,
  wbytes: io('WBYTES', 'write_bytes'),
  wcbytes: io('WCBYTES', 'cancelled_write_bytes'),
  wchars: io('WCHARS', 'wchar'),
  wops: io('WOPS', 'syscw'),
  wchan: WCHAN,
  nwchan: right('WCHAN', 6, () => '-', { hidden: true }),
  wname: WCHAN,
  zone: left('ZONE', 31, (it, view) => view.extra(it, 'attr/current').trim() || '-', {
    needs: 'attr/current',
  }),
}

/** What the letters of `-o '%p %c'` stand for. */
export const AIX_COLUMNS: Readonly<Record<string, string>> = {
  C: 'pcpu',
  G: 'group',
  P: 'ppid',
  U: 'user',
  a: 'args',
  c: 'comm',
  g: 'rgroup',
  n: 'nice',
  p: 'pid',
  r: 'pgid',
  t: 'etime',
  u: 'ruser',
  x: 'time',
  y: 'tty',
  z: 'vsz',
}

/** What only a process says, and what only a thread. Linux: PO and TO in format_array[]. */
const OF_PROCESS =
  '%mem args cgname cgroup cmd comm command drs dsiz exe fname lim lsession lxc m_drs m_size m_trs machine nlwp ouid ' +
  'pgid pgrp pid pmem ppid pss rss rssize rsz seat sess session sgi_rss sid size slice stackp start_stack supgid ' +
  'supgrp sz tgid thcount tname tpgid trs trss tsiz tt tty tty4 tty8 ucmd ucomm unit uss uunit vsize vsz zone'
const OF_THREAD =
  'blocked caught class cls cpuid eip esp ignored intpri lastcpu lwp maj_flt min_flt ni nice numa opri policy pri ' +
  'pri_api pri_bar pri_baz pri_foo priority psr rtprio s sched sgi_p sig_block sig_catch sig_ignore sigcatch ' +
  'sigignore sigmask spid stat state tid wchan wname'

const PROCESS_ONLY = new Set(OF_PROCESS.split(' '))
const THREAD_ONLY = new Set(OF_THREAD.split(' '))

/** True if a line for a process (or else for one of its threads) has a `-` there. */
export const isElsewhere = (name: string, line: 'process' | 'thread'): boolean =>
  (line === 'process' ? THREAD_ONLY : PROCESS_ONLY).has(name)
