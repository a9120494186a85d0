/**
 * ipcs - show information on IPC facilities
 * Linux: util-linux sys-utils/ipcs.c; ipcs(1).
 *
 * Left out: details of single semaphores (they have no values here).
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { command, fatal, type Output, type Process, readFile } from '../lib/command.ts'
import { sizeToHuman } from '../lib/human.ts'
import { type IpcKind, type IpcRow, readIpc, showKey } from '../lib/sysvipc.ts'
import { localtime, strftime } from '../lib/time.ts'
import { groupName, readUsers, userName, type Users } from '../lib/users.ts'

type View = 'status' | 'time' | 'pid' | 'creator' | 'limits' | 'summary'

interface Shown {
  readonly out: Output
  readonly users: Users
  readonly sizes: 'bytes' | 'human' | ''
}

/** Columns, each padded to its width, with a blank between. */
const columns = (widths: readonly number[], values: readonly (string | number)[]): string =>
  values.map((value, i) => String(value).padEnd(widths[i]!)).join(' ')

const user = ({ users }: Shown, uid: number): string => (userName(users, uid) ?? String(uid)).slice(0, 10)
const group = ({ users }: Shown, gid: number): string => (groupName(users, gid) ?? String(gid)).slice(0, 10)
const octal = (mode: number): string => (mode & 0o777).toString(8)

const shortTime = (sec: number): string =>
  sec ? strftime('%b %e %H:%M:%S', localtime({ sec, nsec: 0 })) : 'Not set'
const longTime = (sec: number): string =>
  sec ? strftime('%a %b %e %H:%M:%S %Y', localtime({ sec, nsec: 0 })) : 'Not set'

/** One table: its title, its columns with their widths, and a line for each object. */
interface Table {
  readonly title: string
  readonly names: readonly string[]
  readonly widths: readonly number[]
  readonly row: (it: IpcRow, shown: Shown) => readonly (string | number)[]
}

const CREATORS = { names: ['perms', 'cuid', 'cgid', 'uid', 'gid'], widths: [10, 10, 10, 10, 10, 10] } as const
const creators = (it: IpcRow, shown: Shown): string[] => [
  octal(it.perms!),
  user(shown, it.cuid!),
  group(shown, it.cgid!),
  user(shown, it.uid!),
  group(shown, it.gid!),
]

/** What a heading with an amount says. */
const sizeName = ({ sizes }: Shown, usual: string): string => (sizes === 'human' ? 'size' : usual)
const size = ({ sizes }: Shown, bytes: number): string =>
  sizes === 'human' ? sizeToHuman(bytes).padStart(6) : String(bytes)

const TABLES: Record<IpcKind, Partial<Record<View, Table>>> = {
  msg: {
    status: {
      title: 'Message Queues',
      names: ['key', 'msqid', 'owner', 'perms', 'used-bytes', 'messages'],
      widths: [10, 10, 10, 10, 12, 12],
      row: (it, shown) => [
        showKey(it.key!),
        it.msqid!,
        user(shown, it.uid!),
        octal(it.perms!),
        size(shown, it.cbytes!),
        it.qnum!,
      ],
    },
    time: {
      title: 'Message Queues Send/Recv/Change Times',
      names: ['msqid', 'owner', 'send', 'recv', 'change'],
      widths: [8, 10, 20, 20, 20],
      row: (it, shown) => [
        it.msqid!,
        user(shown, it.uid!),
        ...[it.stime!, it.rtime!, it.ctime!].map(shortTime),
      ],
    },
    pid: {
      title: 'Message Queues PIDs',
      names: ['msqid', 'owner', 'lspid', 'lrpid'],
      widths: [10, 10, 10, 10],
      row: (it, shown) => {
        const [lspid, lrpid] = [it.lspid!, it.lrpid!].map(pid => String(pid).padStart(5))
        return [`${columns([8, 10], [it.msqid!, user(shown, it.uid!)])}  ${lspid}     ${lrpid}`]
      },
    },
    creator: {
      title: 'Message Queues Creators/Owners',
      names: ['msqid', ...CREATORS.names],
      widths: CREATORS.widths,
      row: (it, shown) => [it.msqid!, ...creators(it, shown)],
    },
  },
  shm: {
    status: {
      title: 'Shared Memory Segments',
      names: ['key', 'shmid', 'owner', 'perms', 'bytes', 'nattch', 'status'],
      widths: [10, 10, 10, 10, 10, 10, 12],
      row: (it, shown) => [
        showKey(it.key!),
        it.shmid!,
        user(shown, it.uid!),
        octal(it.perms!),
        size(shown, it.size!),
        it.nattch!,
        ' '.repeat(13),
      ],
    },
    time: {
      title: 'Shared Memory Attach/Detach/Change Times',
      names: ['shmid', 'owner', 'attached', 'detached', 'changed'],
      widths: [10, 10, 20, 20, 20],
      row: (it, shown) => [
        it.shmid!,
        user(shown, it.uid!),
        ...[it.atime!, it.dtime!, it.ctime!].map(shortTime),
      ],
    },
    pid: {
      title: 'Shared Memory Creator/Last-op PIDs',
      names: ['shmid', 'owner', 'cpid', 'lpid'],
      widths: [10, 10, 10, 10],
      row: (it, shown) => [it.shmid!, user(shown, it.uid!), it.cpid!, it.lpid!],
    },
    creator: {
      title: 'Shared Memory Segment Creators/Owners',
      names: ['shmid', ...CREATORS.names],
      widths: CREATORS.widths,
      row: (it, shown) => [it.shmid!, ...creators(it, shown)],
    },
  },
  sem: {
    status: {
      title: 'Semaphore Arrays',
      names: ['key', 'semid', 'owner', 'perms', 'nsems'],
      widths: [10, 10, 10, 10, 10],
      row: (it, shown) => [showKey(it.key!), it.semid!, user(shown, it.uid!), octal(it.perms!), it.nsems!],
    },
    time: {
      title: 'Semaphore Operation/Change Times',
      names: ['semid', 'owner', 'last-op', 'last-changed'],
      widths: [8, 10, 26, 26],
      row: (it, shown) => [
        it.semid!,
        user(shown, it.uid!).padEnd(11),
        ...[it.otime!, it.ctime!].map(longTime),
      ],
    },
    creator: {
      title: 'Semaphore Arrays Creators/Owners',
      names: ['semid', ...CREATORS.names],
      widths: CREATORS.widths,
      row: (it, shown) => [it.semid!, ...creators(it, shown)],
    },
  },
}

function* table(sys: Sys, kind: IpcKind, view: View, shown: Shown): Blocking<void> {
  const { out } = shown
  const it = TABLES[kind][view]
  if (!it) {
    out.line('')
    return
  }
  const names = it.names.map(name => (name.endsWith('bytes') ? sizeName(shown, name) : name))
  out.line(`\n------ ${it.title} --------`)
  out.line(columns(it.widths, names))
  for (const row of yield* readIpc(sys, kind)) out.line(columns(it.widths, it.row(row, shown)))
}

function* limit(sys: Sys, name: string): Blocking<bigint> {
  return BigInt((yield* readFile(sys, `/proc/sys/kernel/${name}`)).trim())
}

function* limits(sys: Sys, kind: IpcKind, { out, sizes }: Shown): Blocking<void> {
  if (kind === 'msg') {
    out.line('\n------ Messages Limits --------')
    out.line(`max queues system wide = ${yield* limit(sys, 'msgmni')}`)
    const [unit, max, queue] = [
      sizes === 'human' ? '' : ' (bytes)',
      yield* limit(sys, 'msgmax'),
      yield* limit(sys, 'msgmnb'),
    ]
    const shown = (bytes: bigint): string => (unit ? String(bytes) : sizeToHuman(Number(bytes)))
    out.line(`max size of message${unit} = ${shown(max)}`)
    out.line(`default max size of queue${unit} = ${shown(queue)}`)
  } else if (kind === 'shm') {
    const unit = sizes ? 1n : 1024n
    const page = 4096n / unit
    const all = (yield* limit(sys, 'shmall')) * page
    const most = (1n << 64n) - page
    const name = sizes === 'human' ? '' : sizes ? ' (bytes)' : ' (kbytes)'
    const shown = (amount: bigint): string =>
      sizes === 'human' ? sizeToHuman(Number(amount)) : String(amount)
    out.line('\n------ Shared Memory Limits --------')
    out.line(`max number of segments = ${yield* limit(sys, 'shmmni')}`)
    out.line(`max seg size${name} = ${shown((yield* limit(sys, 'shmmax')) / unit)}`)
    out.line(`max total shared memory${name} = ${shown(all > most ? most : all)}`)
    out.line(`min seg size${sizes === 'human' ? '' : ' (bytes)'} = ${sizes === 'human' ? '1B' : 1}`)
  } else {
    const [perArray, total, ops, arrays] = (yield* readFile(sys, '/proc/sys/kernel/sem')).trim().split(/\s+/)
    out.line('\n------ Semaphore Limits --------')
    out.line(`max number of arrays = ${arrays}`)
    out.line(`max semaphores per array = ${perArray}`)
    out.line(`max semaphores system wide = ${total}`)
    out.line(`max ops per semop call = ${ops}`)
    out.line('semaphore max value = 32767')
  }
}

function* summary(sys: Sys, kind: IpcKind, out: Output): Blocking<void> {
  const rows = yield* readIpc(sys, kind)
  const sum = (name: string): number => rows.reduce((total, row) => total + row[name]!, 0)
  if (kind === 'msg') {
    out.line('\n------ Messages Status --------')
    out.line(`allocated queues = ${rows.length}`)
    out.line(`used headers = ${sum('qnum')}`)
    out.line(`used space = ${sum('cbytes')} bytes`)
  } else if (kind === 'shm') {
    const pages = rows.reduce((total, row) => total + Math.ceil(row.size! / 4096), 0)
    out.line('\n------ Shared Memory Status --------')
    out.line(`segments allocated ${rows.length}`)
    out.line(`pages allocated ${pages}`)
    out.line('pages resident  0')
    out.line('pages swapped   0')
    out.line('Swap performance: 0 attempts\t 0 successes')
  } else {
    out.line('\n------ Semaphore Status --------')
    out.line(`used arrays = ${rows.length}`)
    out.line(`allocated semaphores = ${sum('nsems')}`)
  }
}

function* details(sys: Sys, kind: IpcKind, id: number, me: Process): Blocking<void> {
  const { out } = me
  const name = kind === 'msg' ? 'msqid' : `${kind}id`
  const it = (yield* readIpc(sys, kind)).find(row => row[name] === id)
  if (!it) return yield* me.warn(`id ${id} not found`)
  const ids = `uid=${it.uid}\tgid=${it.gid}\tcuid=${it.cuid}\tcgid=${it.cgid}`
  const mode = it.perms!.toString(8)
  const when = (sec: number): string => (sec ? `${longTime(sec)}  ` : 'Not set                   ')
  if (kind === 'msg') {
    out.line(`\nMessage Queue msqid=${id}\n${ids}\tmode=0${mode}`)
    out.line(`cbytes=${it.cbytes}\tqbytes=16384\tqnum=${it.qnum}\tlspid=${it.lspid}\tlrpid=${it.lrpid}`)
    out.line(`send_time=${when(it.stime!)}\nrcv_time=${when(it.rtime!)}\nchange_time=${when(it.ctime!)}`)
  } else if (kind === 'shm') {
    out.line(`\nShared memory Segment shmid=${id}\n${ids}`)
    out.line(`mode=0${mode}\taccess_perms=0${octal(it.perms!)}`)
    out.line(`bytes=${it.size}\tlpid=${it.lpid}\tcpid=${it.cpid}\tnattch=${it.nattch}`)
    out.line(`att_time=${when(it.atime!)}\ndet_time=${when(it.dtime!)}\nchange_time=${when(it.ctime!)}`)
  } else {
    out.line(`\nSemaphore Array semid=${id}\n${ids.replaceAll('\t', '\t ')}`)
    out.line(`mode=0${mode}, access_perms=0${octal(it.perms!)}\nnsems = ${it.nsems}`)
    out.line(`otime = ${when(it.otime!)}\nctime = ${when(it.ctime!)}`)
    out.line(columns([10, 10, 10, 10, 10], ['semnum', 'value', 'ncount', 'zcount', 'pid']))
    for (let i = 0; i < it.nsems!; i++) out.line(columns([10, 10, 10, 10, 10], [i, 0, 0, 0, 0]))
  }
  out.line('')
}

export default command({
  name: 'ipcs',
  summary: 'show information on IPC facilities',
  suite: 'util-linux',
  usage: ['ipcs [resource-option...] [output-option]', 'ipcs -m|-q|-s -i <id>'],
  help: `
Usage:
 ipcs [resource-option...] [output-option]
 ipcs -m|-q|-s -i <id>

Show information on IPC facilities.

Options:
 -i, --id <id>  print details on resource identified by <id>
 -h, --help     display this help
 -V, --version  display version

Resource options:
 -m, --shmems      shared memory segments
 -q, --queues      message queues
 -s, --semaphores  semaphores
 -a, --all         all (default)

Output options:
 -t, --time        show attach, detach and change times
 -p, --pid         show PIDs of creator and last operator
 -c, --creator     show creator and owner
 -l, --limits      show resource limits
 -u, --summary     show status summary
     --human       show sizes in human-readable format
 -b, --bytes       show sizes in bytes

For more details see ipcs(1).
`,
  options: {
    id: { short: 'i', value: '<id>' },
    shmems: { short: 'm' },
    queues: { short: 'q' },
    semaphores: { short: 's' },
    all: { short: 'a' },
    time: { short: 't' },
    pid: { short: 'p' },
    creator: { short: 'c' },
    limits: { short: 'l' },
    summary: { short: 'u' },
    human: {},
    bytes: { short: 'b' },
  },

  *main(sys, flags, _args, me) {
    const chosen: IpcKind[] = []
    const wantsAll = flags.all || !(flags.queues || flags.shmems || flags.semaphores)
    if (flags.queues || wantsAll) chosen.push('msg')
    if (flags.shmems || wantsAll) chosen.push('shm')
    if (flags.semaphores || wantsAll) chosen.push('sem')
    if (flags.id !== undefined) {
      if (!/^\d+$/.test(flags.id)) throw fatal(`failed to parse id argument: '${flags.id}'`)
      if (chosen.length !== 1) throw fatal('when using an ID, a single resource must be specified')
      yield* details(sys, chosen[0]!, Number(flags.id), me)
      return 0
    }
    const views: readonly View[] = ['time', 'pid', 'creator', 'limits', 'summary']
    // The last one given counts.
    const view = me.order.map(it => it.key as View).findLast(key => views.includes(key)) ?? 'status'
    const shown: Shown = {
      out: me.out,
      users: yield* readUsers(sys),
      sizes: flags.human ? 'human' : flags.bytes ? 'bytes' : '',
    }
    for (const kind of chosen) {
      if (view === 'limits') yield* limits(sys, kind, shown)
      else if (view === 'summary') yield* summary(sys, kind, me.out)
      else yield* table(sys, kind, view, shown)
    }
    me.out.line('')
    return 0
  },
})
