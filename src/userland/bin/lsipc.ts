/**
 * lsipc - show System V IPC facilities
 * Linux: util-linux sys-utils/lsipc.c; lsipc(1).
 *
 * Left out: values of semaphores, since nothing operates on them; POSIX facilities.
 */
import { type Blocking, CLOCK_REALTIME, type Sys } from '../../abi/index.ts'
import { command, fatal, type Flags, type Options, readFile } from '../lib/command.ts'
import { columnIds } from '../lib/idarray.ts'
import { sizeToHuman } from '../lib/human.ts'
import { type Column, type Line, table } from '../lib/smartcols.ts'
import { strmode } from '../lib/strmode.ts'
import { type IpcKind, type IpcRow, readIpc, showKey } from '../lib/sysvipc.ts'
import { localtime, strftime } from '../lib/time.ts'
import { groupName, readUsers, userName, type Users } from '../lib/users.ts'

const OPTIONS = {
  shmems: { short: 'm', help: 'shared memory segments' },
  queues: { short: 'q', help: 'message queues' },
  semaphores: { short: 's', help: 'semaphores' },
  global: { short: 'g', help: 'info about system-wide usage (may be used with -m, -q and -s)' },
  id: { short: 'i', value: ' <id>', help: 'print details on resource identified by <id>' },
  noheadings: { help: "don't print headings" },
  notruncate: { help: "don't truncate output" },
  timeFormat: { value: '=<type>', help: 'display dates in short, full or iso format' },
  bytes: { short: 'b', help: 'print SIZE in bytes rather than in human readable format' },
  creator: { short: 'c', help: 'show creator and owner' },
  export: { short: 'e', help: 'display in an export-able output format' },
  json: { short: 'J', help: 'use the JSON output format' },
  newline: { short: 'n', help: 'display each piece of information on a new line' },
  list: { short: 'l', help: 'force list output format (for example with --id)' },
  output: { short: 'o', value: '[=<list>]', help: 'define the columns to output' },
  numericPerms: { short: 'P', help: 'print numeric permissions (PERMS column)' },
  raw: { short: 'r', help: 'display in raw mode' },
  shell: { short: 'y', help: 'use column names to be usable as shell variable identifiers' },
  time: { short: 't', help: 'show attach, detach and change times' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

/** Columns, with their headings when a single thing is shown. */
const COLUMNS: Readonly<Record<string, Column & { readonly title: string }>> = Object.fromEntries(
  `KEY|Key ID|ID PERMS|Permissions|r OWNER|Owner|r CUID|Creator-UID|r CUSER|Creator-user CGID|Creator-GID|r CGROUP|Creator-group
UID|UID|r USER|User-name GID|GID|r GROUP|Group-name CTIME|Last-change|r SIZE|Segment-size|r NATTCH|Attached-processes|r STATUS|Status
ATTACH|Attach-time|r DETACH|Detach-time|r COMMAND|Creator-command CPID|Creator-PID|r LPID|Last-user-PID|r USEDBYTES|Bytes-used|r
MSGS|Messages SEND|Last-sent|r RECV|Last-received|r LSPID|Msg-sender|r LRPID|Msg-receiver|r NSEMS|Semaphores|r OTIME|Last-operation|r
RESOURCE|Resource DESCRIPTION|Description LIMIT|Limit|r USED|Used|r USE%|Use|r`
    .split(/\s+/)
    .map(word => {
      const [name, title, right] = word.split('|') as [string, string, string?]
      return [name, { name, title: title.replaceAll('-', ' '), ...(right && { right: true }) }]
    }),
)

/** What can be listed, and how. */
const KINDS: Readonly<
  Record<IpcKind, { json: string; columns: string; creator: string; times: string; single: string }>
> = {
  shm: {
    json: 'sharedmemory',
    columns: 'KEY ID PERMS OWNER SIZE NATTCH STATUS CTIME CPID LPID COMMAND',
    creator: 'CUID CGID UID GID',
    times: 'KEY ID PERMS OWNER SIZE NATTCH STATUS CTIME CPID LPID ATTACH DETACH COMMAND',
    single: 'CTIME SIZE NATTCH STATUS ATTACH DETACH CPID LPID',
  },
  msg: {
    json: 'messages',
    columns: 'KEY ID PERMS OWNER USEDBYTES MSGS LSPID LRPID',
    creator: 'CUID CGID UID GID',
    times: 'KEY ID PERMS OWNER USEDBYTES MSGS LSPID LRPID SEND RECV CTIME',
    single: 'CTIME SEND RECV USEDBYTES MSGS LSPID LRPID',
  },
  sem: {
    json: 'semaphores',
    columns: 'KEY ID PERMS OWNER NSEMS',
    creator: 'CUID CGID UID GID',
    times: 'KEY ID PERMS OWNER NSEMS CTIME OTIME',
    single: 'CTIME OTIME NSEMS',
  },
}
const SINGLE = 'KEY ID OWNER PERMS CUID CUSER CGID CGROUP UID USER GID GROUP'

export default command({
  name: 'lsipc',
  summary: 'Show information on IPC facilities',
  suite: 'util-linux',
  usage: 'lsipc [options]',
  options: OPTIONS,
  // -o takes its list as the next word too, as getopt does not.
  obsolete: args =>
    args.flatMap((arg, i) => (args[i - 1] === '-o' ? [] : arg === '-o' ? [`-o${args[i + 1] ?? ''}`] : [arg])),

  *main(sys, flags, _args, me) {
    if (flags.output !== undefined && flags.time)
      throw fatal('mutually exclusive arguments: --creator --output --time')
    const kinds = [flags.shmems && 'shm', flags.queues && 'msg', flags.semaphores && 'sem'].filter(
      (it): it is IpcKind => typeof it === 'string',
    )
    if (kinds.length > 1) throw fatal('mutually exclusive arguments: --shmems --queues --semaphores')
    const [kind] = kinds
    if (!kind || flags.global) {
      if (flags.creator || flags.time || flags.id !== undefined)
        throw fatal('--global is mutually exclusive with --creator, --id and --time')
      me.out.print(yield* limits(sys, flags, kind))
      return 0
    }
    const scene = { sys, flags, users: yield* readUsers(sys) }
    if (flags.id !== undefined && !/^\d+$/.test(flags.id))
      throw fatal(`failed to parse IPC identifier: '${flags.id}'`)
    const rows = yield* readIpc(sys, kind)
    if (flags.id !== undefined && !flags.list) {
      const row = rows.find(it => String(idOf(it)) === flags.id)
      if (!row) yield* me.warn(`id ${flags.id} not found`)
      else me.out.print(single(scene, kind, row))
      return 0
    }
    if (!rows.length) return 0
    const names = columnsOf(flags, kind)
    const shown = flags.id === undefined ? rows : rows.filter(it => String(idOf(it)) === flags.id)
    const lines = shown.map(row => ({ cells: names.map(name => cell(scene, row, name)) }))
    me.out.print(printed(sys, flags, names, lines, KINDS[kind].json))
    return 0
  },
})

const idOf = (row: IpcRow): number => row.shmid ?? row.msqid ?? row.semid ?? -1

function columnsOf(flags: Given, kind: IpcKind): readonly string[] {
  const { columns, creator, times } = KINDS[kind]
  if (!flags.output) return `${flags.time ? times : columns}${flags.creator ? ` ${creator}` : ''}`.split(' ')
  return columnIds(flags.output, COLUMNS)
}

function printed(
  sys: Sys,
  flags: Given,
  names: readonly string[],
  lines: readonly Line[],
  json: string,
): string {
  const text = table(
    names.map(it => COLUMNS[it]!),
    lines,
    {
      format: flags.json ? 'json' : flags.raw ? 'raw' : flags.export || flags.newline ? 'pairs' : 'human',
      name: json,
      noHeadings: flags.noheadings ?? false,
      shellNames: flags.shell ?? false,
      width: sys.isatty(1) && !flags.notruncate ? sys.tiocgwinsz(1).cols : undefined,
    },
  )
  return flags.newline ? text.replace(/" (?=[A-Z%]+=)/g, '"\n') : text
}

/** The kernel's limits and what of them is used. */
function* limits(sys: Sys, flags: Given, only: IpcKind | undefined): Blocking<string> {
  const tunable = function* (name: string): Blocking<string[]> {
    return (yield* readFile(sys, `/proc/sys/kernel/${name}`)).trim().split(/\s+/)
  }
  const one = function* (name: string): Blocking<string> {
    return (yield* tunable(name))[0]!
  }
  const size = (text: string): string => (flags.bytes ? text : sizeToHuman(Number(text)))
  const [semmsl, semmns, semopm, semmni] = yield* tunable('sem')
  const [msg, shm, sem] = [yield* readIpc(sys, 'msg'), yield* readIpc(sys, 'shm'), yield* readIpc(sys, 'sem')]
  const sum = (rows: readonly IpcRow[], field: string): number =>
    rows.reduce((total, it) => total + (it[field] ?? 0), 0)
  const pages = shm.reduce((total, it) => total + Math.floor((it.size ?? 0) / 4096), 0)
  const all: readonly (readonly [IpcKind, string, string, string, number?])[] = [
    ['msg', 'MSGMNI', 'Number of message queues', yield* one('msgmni'), msg.length],
    ['msg', 'MSGMAX', 'Max size of message (bytes)', size(yield* one('msgmax'))],
    ['msg', 'MSGMNB', 'Default max size of queue (bytes)', size(yield* one('msgmnb'))],
    ['shm', 'SHMMNI', 'Shared memory segments', yield* one('shmmni'), shm.length],
    ['shm', 'SHMALL', 'Shared memory pages', yield* one('shmall'), pages],
    ['shm', 'SHMMAX', 'Max size of shared memory segment (bytes)', size(yield* one('shmmax'))],
    ['shm', 'SHMMIN', 'Min size of shared memory segment (bytes)', size('1')],
    ['sem', 'SEMMNI', 'Number of semaphore identifiers', semmni!, sem.length],
    ['sem', 'SEMMNS', 'Total number of semaphores', semmns!, sum(sem, 'nsems')],
    ['sem', 'SEMMSL', 'Max semaphores per semaphore set.', semmsl!],
    ['sem', 'SEMOPM', 'Max number of operations per semop(2)', semopm!],
    ['sem', 'SEMVMX', 'Semaphore max value', '32767'],
  ]
  const lines = all
    .filter(([kind]) => !only || kind === only)
    .map(([, name, about, limit, used]) => {
      const part = used === undefined ? '-' : `${((used / Number(limit)) * 100).toFixed(2)}%`
      return { cells: [name, about, limit, used === undefined ? '-' : String(used), part] }
    })
  // With --global the columns of the kind are there as well, and empty.
  const empty = only ? columnsOf(flags, only) : []
  const names = [...empty, 'RESOURCE', 'DESCRIPTION', 'LIMIT', 'USED', 'USE%']
  const cells = lines.map(it => ({ cells: [...empty.map(() => ''), ...it.cells] }))
  return printed(sys, flags, names, cells, 'ipclimits')
}

interface Scene {
  readonly sys: Sys
  readonly flags: Given
  readonly users: Users
}

/** Everything of one thing, a line each. */
function single(scene: Scene, kind: IpcKind, row: IpcRow): string {
  const names = `${SINGLE} ${KINDS[kind].single}`.split(' ')
  const lines = names.flatMap(name => {
    const value = cell(scene, row, name, true)
    if (!value && name !== 'STATUS') return []
    return [`${`${COLUMNS[name]!.title}:`.padEnd(36)}${value.padEnd(36)}\n`]
  })
  return lines.join('') + (kind === 'sem' ? elements(row.nsems!) : '')
}

/** The semaphores of a set. Nobody operates on them here. */
const elements = (count: number): string =>
  `Elements:\n\n${table(
    [
      ...['SEMNUM', 'VALUE', 'NCOUNT', 'ZCOUNT', 'PID'].map(name => ({ name, right: true })),
      { name: 'COMMAND' },
    ],
    Array.from({ length: count }, (_, i) => ({ cells: [String(i), '0', '0', '0', '0', ''] })),
  )}`

/** The value of a column; `full` writes times out. */
function cell({ sys, flags, users }: Scene, row: IpcRow, name: string, full = false): string {
  const time = (seconds: number | undefined): string =>
    seconds ? when(sys, seconds, flags.timeFormat ?? (full ? 'full' : 'short')) : ''
  const size = (amount: number | undefined): string =>
    flags.bytes ? String(amount) : sizeToHuman(amount ?? 0)
  const values: Readonly<Record<string, () => string | number | undefined>> = {
    KEY: () => showKey(row.key!),
    ID: () => idOf(row),
    PERMS: () =>
      flags.numericPerms
        ? (row.perms! & 0o777).toString(8).padStart(4, '0')
        : strmode(row.perms! & 0o777).slice(1),
    OWNER: () => userName(users, row.uid!) ?? row.uid,
    CUID: () => row.cuid,
    CUSER: () => userName(users, row.cuid!),
    CGID: () => row.cgid,
    CGROUP: () => groupName(users, row.cgid!),
    UID: () => row.uid,
    USER: () => userName(users, row.uid!),
    GID: () => row.gid,
    GROUP: () => groupName(users, row.gid!),
    CTIME: () => time(row.ctime),
    SIZE: () => size(row.size),
    NATTCH: () => row.nattch,
    ATTACH: () => time(row.atime),
    DETACH: () => time(row.dtime),
    CPID: () => row.cpid,
    LPID: () => row.lpid,
    USEDBYTES: () => size(row.cbytes),
    MSGS: () => row.qnum,
    SEND: () => time(row.stime),
    RECV: () => time(row.rtime),
    LSPID: () => row.lspid,
    LRPID: () => row.lrpid,
    NSEMS: () => row.nsems,
    OTIME: () => time(row.otime),
  }
  return String(values[name]?.() ?? '')
}

function when(sys: Sys, seconds: number, format: string): string {
  const tm = localtime({ sec: seconds, nsec: 0 })
  if (format === 'iso') return strftime('%Y-%m-%dT%H:%M:%S+00:00', tm)
  if (format === 'full') return strftime('%a %b %e %H:%M:%S %Y', tm)
  if (format !== 'short') throw fatal(`unknown time format: ${format}`)
  const now = localtime(sys.clock_gettime(CLOCK_REALTIME))
  return strftime(strftime('%F', tm) === strftime('%F', now) ? '%H:%M' : '%Y-%b%d', tm)
}
