/**
 * The fields that top can show: their names and places, what stands in them, what they are sorted by.
 * Linux: procps-ng src/top/top.c, Fieldstab; top(1), "DESCRIPTIONS of Fields".
 *
 * Left out: what nobody counts here (NUMA nodes, autogroups, dirty pages, containers of LXC) is 0 or a dash.
 */
import { type Blocking, Errno, type Sys } from '../../../abi/index.ts'
import { HZ, nsNumber, type Proc, procText, ttyName } from '../proc.ts'
import { fixed } from '../printf.ts'

/** One line of the task list. */
export interface Row {
  readonly it: Proc
  readonly cpu: number
  readonly mem: number
  readonly ticks: number
  readonly shared: number
  /** Major and minor faults since the look before. */
  readonly faults: readonly [major: number, minor: number]
  /** What joins it to its parent in a forest. */
  readonly branch?: string
  /** What had to be read besides, by what it is: see NEEDS. */
  readonly extra: ReadonlyMap<string, string>
}

/** What a cell depends on besides its row. */
export interface Words {
  user(uid: number): string
  group(gid: number): string
  readonly fullCommand: boolean
  /** 0 for KiB. */
  readonly scale: number
  /** Seconds since the boot. */
  readonly up: number
}

interface Field {
  /** 0 is what is left of the line, shared by all such fields. */
  readonly width: number
  readonly left?: boolean
  readonly about: string
  cell(row: Row, words: Words): string | number
  /** What it is sorted by, if not its cell. */
  readonly key?: (row: Row, words: Words) => number | string
  readonly needs?: string
}

/** Letters of the scales that -E and -e take. */
export const SCALES = 'kmgtpe'

/** A size in KiB that fits its place, with a unit where it must. */
function scaledSize(kib: number, width: number, scale: number): string {
  if (!scale && String(kib).length <= width) return String(kib)
  for (let unit = Math.max(1, scale); unit < SCALES.length; unit++) {
    const text = `${fixed(kib / 1024 ** unit, 1)}${SCALES[unit]}`
    if (text.length <= width) return text
  }
  return String(kib)
}

function timeText(ticks: number): string {
  const seconds = Math.floor(ticks / HZ)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}.${two(ticks % HZ)}`
}

/** `12:34` and `2d+3h`: how long something has been. */
function lasting(seconds: number): string {
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0')
  if (seconds >= 86_400) return `${Math.floor(seconds / 86_400)}d+${Math.floor(seconds / 3600) % 24}h`
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)}h+${Math.floor(seconds / 60) % 60}m`
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`
}

const percent = (n: number): string => (n >= 999.5 ? String(Math.round(n)) : fixed(n, 1))
const statusKib = (it: Proc, name: string): number => Number.parseInt(it.status.get(name) ?? '0', 10)
const isRealTime = (it: Proc): boolean => it.policy === 1 || it.policy === 2

const number = (width: number, about: string, of: (row: Row) => number, needs?: string): Field => ({
  width,
  about,
  cell: of,
  ...(needs && { needs }),
})
const size = (width: number, about: string, of: (row: Row) => number, needs?: string): Field => ({
  width,
  about,
  cell: (row, { scale }) => scaledSize(of(row), width, scale),
  key: of,
  ...(needs && { needs }),
})
const text = (width: number, about: string, cell: Field['cell'], needs?: string): Field => ({
  width,
  left: true,
  about,
  cell,
  ...(needs && { needs }),
})
const nothing = (width: number, about: string): Field => text(width, about, () => '-')
const namespace = (name: string): Field =>
  number(
    10,
    `${name.toUpperCase()} namespace Inode`,
    row => Number(row.extra.get(`ns/${name}`) ?? 0),
    `ns/${name}`,
  )
const io = (width: number, about: string, name: string): Field =>
  number(
    width,
    about,
    row => Number(new RegExp(`^${name}: (\\d+)`, 'm').exec(row.extra.get('io') ?? '')?.[1] ?? 0),
    'io',
  )
const smaps = (about: string, name: string): Field =>
  size(
    6,
    about,
    row => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(row.extra.get('smaps_rollup') ?? '')?.[1] ?? 0),
    'smaps_rollup',
  )
const extraNumber = (row: Row, name: string): number => Number.parseInt(row.extra.get(name) ?? '0', 10)

/** The groups of all hierarchies, joined. */
const cgroups = (row: Row): string => (row.extra.get('cgroup') ?? '').trim().split('\n').join(',') || '-'
/** The group in the hierarchy that has a name, as systemd's; without one, all of them. */
const cgroupName = (row: Row): string => /:name=([^,]*)/.exec(cgroups(row))?.[1] ?? cgroups(row)

/** In the order of top -O. */
const FIELDS: Readonly<Record<string, Field>> = {
  PID: number(7, 'Process Id', row => row.it.pid),
  PPID: number(7, 'Parent Process pid', row => row.it.ppid),
  UID: number(5, 'Effective User Id', row => row.it.uids[1] ?? 0),
  USER: text(8, 'Effective User Name', (row, { user }) => user(row.it.uids[1] ?? 0)),
  RUID: number(5, 'Real User Id', row => row.it.uids[0] ?? 0),
  RUSER: text(8, 'Real User Name', (row, { user }) => user(row.it.uids[0] ?? 0)),
  SUID: number(5, 'Saved User Id', row => row.it.uids[2] ?? 0),
  SUSER: text(8, 'Saved User Name', (row, { user }) => user(row.it.uids[2] ?? 0)),
  GID: number(5, 'Group Id', row => row.it.gids[1] ?? 0),
  GROUP: text(8, 'Group Name', (row, { group }) => group(row.it.gids[1] ?? 0)),
  PGRP: number(7, 'Process Group Id', row => row.it.pgrp),
  TTY: text(8, 'Controlling Tty', row => ttyName(row.it.tty)),
  TPGID: number(7, 'Tty Process Grp Id', row => row.it.tpgid),
  SID: number(7, 'Session Id', row => row.it.session),
  PR: {
    width: 3,
    about: 'Priority',
    cell: ({ it }) => (isRealTime(it) && it.priority <= -100 ? 'rt' : it.priority),
    key: row => row.it.priority,
  },
  NI: number(3, 'Nice Value', row => row.it.nice),
  nTH: number(3, 'Number of Threads', row => row.it.threads),
  P: number(3, 'Last Used Cpu (SMP)', row => row.it.processor),
  '%CPU': { width: 5, about: 'CPU Usage', cell: row => percent(row.cpu), key: row => row.cpu },
  TIME: { width: 6, about: 'CPU Time', cell: row => timeText(row.ticks).slice(0, -3), key: row => row.ticks },
  'TIME+': {
    width: 9,
    about: 'CPU Time, hundredths',
    cell: row => timeText(row.ticks),
    key: row => row.ticks,
  },
  '%MEM': { width: 5, about: 'Memory Usage (RES)', cell: row => fixed(row.mem, 1), key: row => row.it.rss },
  VIRT: size(7, 'Virtual Image (KiB)', row => row.it.vsize),
  SWAP: size(6, 'Swapped Size (KiB)', row => statusKib(row.it, 'VmSwap')),
  RES: size(6, 'Resident Size (KiB)', row => row.it.rss),
  CODE: size(6, 'Code Size (KiB)', row => statusKib(row.it, 'VmExe')),
  DATA: size(7, 'Data+Stack (KiB)', row => statusKib(row.it, 'VmData') + statusKib(row.it, 'VmStk')),
  SHR: size(6, 'Shared Memory (KiB)', row => row.shared),
  nMaj: number(4, 'Major Page Faults', row => row.it.majFlt),
  nMin: number(4, 'Minor Page Faults', row => row.it.minFlt),
  nDRT: number(4, 'Dirty Pages Count', () => 0),
  S: text(1, 'Process Status', row => row.it.state),
  COMMAND: text(
    0,
    'Command Name/Line',
    ({ it, branch = '' }, { fullCommand }) =>
      branch + (fullCommand ? it.argv.join(' ') || `[${it.comm}]` : it.comm),
  ),
  WCHAN: text(10, 'Sleeping in Function', row => row.extra.get('wchan')?.replace(/^0$/, '-') || '-', 'wchan'),
  Flags: {
    width: 8,
    about: 'Task Flags <sched.h>',
    cell: row => row.it.flags.toString(16).padStart(8, '0').replaceAll('0', '.'),
    key: row => row.it.flags,
  },
  CGROUPS: text(0, 'Control Groups', cgroups, 'cgroup'),
  SUPGIDS: text(0, 'Supp Groups IDs', row => row.it.groups.join(',') || '-'),
  SUPGRPS: text(0, 'Supp Groups Names', (row, { group }) => row.it.groups.map(group).join(',') || '-'),
  TGID: number(7, 'Thread Group Id', row => row.it.tgid),
  OOMa: number(5, 'OOMEM Adjustment', row => extraNumber(row, 'oom_score_adj'), 'oom_score_adj'),
  OOMs: number(4, 'OOMEM Score current', row => extraNumber(row, 'oom_score'), 'oom_score'),
  ENVIRON: text(
    0,
    'Environment vars',
    row => (row.extra.get('environ') ?? '').replaceAll('\0', ' ').trim() || '-',
    'environ',
  ),
  vMj: number(3, 'Major Faults delta', row => row.faults[0]),
  vMn: number(3, 'Minor Faults delta', row => row.faults[1]),
  USED: size(6, 'Res+Swap Size (KiB)', row => row.it.rss + statusKib(row.it, 'VmSwap')),
  nsIPC: namespace('ipc'),
  nsMNT: namespace('mnt'),
  nsNET: namespace('net'),
  nsPID: namespace('pid'),
  nsUSER: namespace('user'),
  nsUTS: namespace('uts'),
  LXC: nothing(8, 'LXC container name'),
  RSan: size(6, 'RES Anonymous (KiB)', row => statusKib(row.it, 'RssAnon')),
  RSfd: size(6, 'RES File-based (KiB)', row => statusKib(row.it, 'RssFile')),
  RSlk: size(6, 'RES Locked (KiB)', row => statusKib(row.it, 'VmLck')),
  RSsh: size(6, 'RES Shared (KiB)', row => statusKib(row.it, 'RssShmem')),
  CGNAME: text(0, 'Control Group name', cgroupName, 'cgroup'),
  NU: number(3, 'Last Used NUMA node', () => 0),
  LOGID: {
    width: 5,
    about: 'Login User Id',
    cell: row => (extraNumber(row, 'loginuid') === 0xffff_ffff ? -1 : extraNumber(row, 'loginuid')),
    needs: 'loginuid',
  },
  EXE: text(0, 'Executable Path', row => row.extra.get('exe') || '-', 'exe'),
  RSS: smaps('Res Mem (smaps), KiB', 'Rss'),
  PSS: smaps('Proportion RSS, KiB', 'Pss'),
  PSan: smaps('Proportion Anon, KiB', 'Pss_Anon'),
  PSfd: smaps('Proportion File, KiB', 'Pss_File'),
  PSsh: smaps('Proportion Shrd, KiB', 'Pss_Shmem'),
  USS: smaps('Unique RSS, KiB', 'Private_Dirty'),
  ioR: io(6, 'I/O Bytes Read', 'read_bytes'),
  ioRop: io(5, 'I/O Read Operations', 'syscr'),
  ioW: io(6, 'I/O Bytes Written', 'write_bytes'),
  ioWop: io(5, 'I/O Write Operations', 'syscw'),
  AGID: nothing(5, 'Autogroup Identifier'),
  AGNI: nothing(4, 'Autogroup Nice Value'),
  STARTED: {
    width: 7,
    about: 'Start Time from boot',
    cell: row => lasting(row.it.start / HZ),
    key: row => row.it.start,
  },
  ELAPSED: {
    width: 7,
    about: 'Elapsed Running Time',
    cell: (row, { up }) => lasting(Math.max(0, up - row.it.start / HZ)),
    key: row => -row.it.start,
  },
  '%CUU': utilization('CPU Utilization', row => row.it.utime + row.it.stime),
  '%CUC': utilization('Utilization + child', ({ it }) => it.utime + it.stime + it.cutime + it.cstime),
  nsCGROUP: { ...namespace('cgroup'), about: 'CGRP namespace Inode' },
  nsTIME: namespace('time'),
}

/** Of the time since it was started. */
function utilization(about: string, of: (row: Row) => number): Field {
  const share = (row: Row, up: number): number =>
    (100 * of(row)) / HZ / Math.max(1 / HZ, up - row.it.start / HZ)
  return {
    width: 6,
    about,
    cell: (row, { up }) => fixed(share(row, up), 3),
    key: (row, { up }) => share(row, up),
  }
}

export const isField = (name: string): boolean => name in FIELDS
export const fieldNames = (): string[] => Object.keys(FIELDS)
export const about = (name: string): string => FIELDS[name]?.about ?? ''

const USUAL = ['PID', 'USER', 'PR', 'NI', 'VIRT', 'RES', 'SHR', 'S', '%CPU', '%MEM', 'TIME+', 'COMMAND']

/** Which fields are shown, and the order of all. */
export interface Columns {
  order: string[]
  readonly shown: Set<string>
}

export const usualColumns = (): Columns => ({
  order: [...USUAL, ...fieldNames().filter(it => !USUAL.includes(it))],
  shown: new Set(USUAL),
})

/** As many fields as there is room for, with their widths; those that take what is left share it. */
export function fitting({ order, shown }: Columns, width: number): { name: string; room: number }[] {
  const fields: { name: string; room: number }[] = []
  let used = 0
  for (const name of order.filter(it => shown.has(it))) {
    const room = FIELDS[name]!.width
    // What is in the first place of a line is one wider: PID stands at 7 columns.
    if (used + (room || 7) + 1 >= width) break
    fields.push({ name, room })
    used += room ? room + 1 : 1
  }
  const open = fields.filter(it => !it.room).length
  const left = Math.max(0, width - used)
  return fields.map(it => (it.room ? it : { ...it, room: Math.max(7, Math.floor(left / open)) }))
}

/** Read what fields need besides stat and status. */
export function* readExtra(sys: Sys, it: Proc, names: Iterable<string>): Blocking<Map<string, string>> {
  const found = new Map<string, string>()
  for (const name of names) {
    const needs = FIELDS[name]?.needs
    if (!needs || found.has(needs)) continue
    if (needs.startsWith('ns/')) found.set(needs, String(nsNumber(sys, it.pid, needs.slice(3))))
    else if (needs === 'exe') found.set(needs, linkOf(sys, `${it.dir}/exe`))
    else found.set(needs, (yield* procText(sys, `${it.dir}/${needs}`)) ?? '')
  }
  return found
}

function linkOf(sys: Sys, path: string): string {
  try {
    return sys.readlink(path)
  } catch (e) {
    if (e instanceof Errno) return ''
    throw e
  }
}

export const cellOf = (name: string, row: Row, words: Words): string => String(FIELDS[name]!.cell(row, words))

export function sortKey(name: string, row: Row, words: Words): number | string {
  const field = FIELDS[name]!
  return (field.key ?? field.cell)(row, words)
}

/** The titles, or the cells of a row; what has no room is cut. */
export function line(
  fields: readonly { name: string; room: number }[],
  cell: (name: string) => string,
  width: number,
): string {
  let text = ''
  for (const [i, { name, room }] of fields.entries()) {
    const isLast = i === fields.length - 1
    const field = FIELDS[name]!
    const place = isLast && !field.width ? width - text.length - 1 : room
    const whole = cell(name)
    const cut = whole.length > place ? `${whole.slice(0, Math.max(0, place - 1))}+` : whole
    text += field.left ? cut.padEnd(isLast ? 0 : place) : cut.padStart(place)
    if (!isLast) text += ' '
  }
  return text.trimEnd()
}
