/**
 * lsns - list namespaces
 * Linux: util-linux sys-utils/lsns.c; lsns(8). It knows what /proc/PID/ns and ioctl_ns(2) tell.
 *
 * Left out: NETNSID (no netlink), NSFS of namespaces nobody lives in.
 */
import { type Blocking, Errno, NS_GET_PARENT, NS_GET_USERNS, O_RDONLY, type Sys } from '../../abi/index.ts'
import { command, fatal, type Flags, type Options } from '../lib/command.ts'
import { columnIds } from '../lib/idarray.ts'
import { parseMountinfo } from '../lib/mountinfo.ts'
import { grouped, nsNumber, type Proc, procText, readProc, readProcs } from '../lib/proc.ts'
import { readUsers, userName } from '../lib/users.ts'
import { type Column, type Line, table, type TableStyle } from '../lib/smartcols.ts'

/** In the order lsns -p lists them. */
const TYPES = ['mnt', 'net', 'pid', 'uts', 'ipc', 'user', 'cgroup', 'time'] as const
type Type = (typeof TYPES)[number]

interface Namespace {
  readonly id: number
  readonly type: Type
  readonly processes: Proc[]
  /** Numbers of the parent (pid and user namespaces) and of the owning user namespace; 0 when they cannot be seen. */
  readonly parent: number
  readonly owner: number
}

const COLUMNS: Readonly<Record<string, Column>> = {
  NS: { name: 'NS', hint: 10, right: true, json: 'number' },
  TYPE: { name: 'TYPE', hint: 5 },
  PATH: { name: 'PATH' },
  NPROCS: { name: 'NPROCS', hint: 5, right: true, json: 'number' },
  PID: { name: 'PID', hint: 5, right: true, json: 'number' },
  PPID: { name: 'PPID', hint: 5, right: true, json: 'number' },
  COMMAND: { name: 'COMMAND', trunc: true },
  UID: { name: 'UID', right: true, json: 'number' },
  USER: { name: 'USER' },
  NETNSID: { name: 'NETNSID', right: true },
  NSFS: { name: 'NSFS' },
  PNS: { name: 'PNS', hint: 10, right: true, json: 'number' },
  ONS: { name: 'ONS', hint: 10, right: true, json: 'number' },
}

const OPTIONS = {
  json: { short: 'J' },
  list: { short: 'l' },
  noheadings: { short: 'n' },
  output: { short: 'o', value: '<list>' },
  outputAll: {},
  task: { short: 'p', value: '<pid>' },
  raw: { short: 'r' },
  notruncate: { short: 'u' },
  nowrap: { short: 'W' },
  type: { short: 't', value: '<name>', repeat: true },
  tree: { short: 'T', value: '[=<rel>]' },
} as const satisfies Options

export default command({
  name: 'lsns',
  summary: 'list system namespaces',
  suite: 'util-linux',
  usage: 'lsns [options] [<namespace>]',
  help: `
Usage:
 lsns [options] [<namespace>]

List system namespaces.

Options:
 -J, --json             use JSON output format
 -l, --list             use list format output
 -n, --noheadings       don't print headings
 -o, --output <list>    define which output columns to use
     --output-all       output all columns
 -p, --task <pid>       print process namespaces
 -r, --raw              use the raw output format
 -u, --notruncate       don't truncate text in columns
 -W, --nowrap           don't use multi-line representation
 -t, --type <name>      namespace type (mnt, net, ipc, user, pid, uts, cgroup, time)
 -T, --tree <rel>       use tree format (parent, owner, or process)

 -h, --help             display this help
 -V, --version          display version

Available output columns:
          NS  namespace identifier (inode number)
        TYPE  kind of namespace
        PATH  path to the namespace
      NPROCS  number of processes in the namespace
         PID  lowest PID in the namespace
        PPID  PPID of the PID
     COMMAND  command line of the PID
         UID  UID of the PID
        USER  username of the PID
     NETNSID  namespace ID as used by network subsystem
        NSFS  nsfs mountpoint (usually used network subsystem)
         PNS  parent namespace identifier (inode number)
         ONS  owner namespace identifier (inode number)

For more details see lsns(8).
`,
  options: OPTIONS,

  *onOption(_sys, { key, value }) {
    if (key === 'task' && !/^[-+]?\d+$/.test(value)) cannot(`invalid PID argument: '${value}'`)
    if (key === 'type' && !isType(value)) cannot(`unknown namespace type: ${value}`)
    if (key === 'tree') treeType(value)
  },

  *main(sys, flags, args, me) {
    const relation = relationOf(flags)
    const types = flags.type?.filter(isType) ?? TYPES
    const wanted = args[0] === undefined ? undefined : namespaceNumber(args[0])
    if (flags.task !== undefined && wanted !== undefined)
      cannot('--task is mutually exclusive with <namespace>')

    const processes = yield* readProcs(sys)
    const task = flags.task === undefined ? undefined : yield* readProc(sys, Number(flags.task))
    const all = yield* collect(sys, processes, types)
    const users = yield* readUsers(sys)
    const user = (uid: number): string => userName(users, uid) ?? String(uid)
    const style: TableStyle = {
      format: flags.json ? 'json' : flags.raw ? 'raw' : 'human',
      name: 'namespaces',
      noHeadings: flags.noheadings ?? false,
      width: me.out.isTty && !flags.notruncate ? sys.tiocgwinsz(1).cols || 80 : undefined,
    }
    if (wanted !== undefined) {
      const found = all.find(it => it.id === wanted)
      if (!found) cannot(`not found namespace: ${wanted}`)
      me.out.print(yield* processTable(flags, found!, user, style))
      return 0
    }
    // "-p 0" asks for none in particular.
    const ofTask = Number(flags.task ?? 0) !== 0
    const shown = ofTask ? all.filter(it => task && nsNumber(sys, task.pid, it.type) === it.id) : all
    if (ofTask && !shown.length && !flags.json) return 0
    shown.sort((a, b) => a.id - b.id)
    const columns = columnsOf(flags, ['NS', 'TYPE', 'NPROCS', 'PID', 'USER', 'COMMAND'])
    const cell = yield* cellOf(sys, user)
    const line = (it: Namespace, children: Line[] = []): Line => ({
      cells: columns.map(name => cell(it, name)),
      children,
    })
    const lines = relation === 'none' ? shown.map(it => line(it)) : treeOf(shown, relation, line)
    me.out.print(table(described(columns, relation), lines, style))
    return 0
  },
})

type Relation = 'none' | 'owner' | 'parent' | 'process'
const isType = (name: string): name is Type => (TYPES as readonly string[]).includes(name)

function cannot(message: string): never {
  throw fatal(message)
}

function relationOf(flags: Flags<typeof OPTIONS>): Relation {
  if (flags.tree === undefined) return flags.list || flags.raw || flags.json ? 'none' : 'process'
  return treeType(flags.tree)
}

function treeType(text: string): Relation {
  const name = text.replace(/^=/, '') || 'owner'
  if (name === 'owner' || name === 'parent' || name === 'process') return name
  return cannot(`unknown tree type: ${name}`)
}

const namespaceNumber = (text: string): number =>
  /^\d+$/.test(text) ? Number(text) : cannot(`invalid namespace argument: '${text}'`)

function columnsOf(flags: Flags<typeof OPTIONS>, usual: readonly string[]): string[] {
  if (flags.outputAll) return Object.keys(COLUMNS)
  if (flags.output === undefined) return [...usual]
  const named = columnIds(flags.output, COLUMNS)
  return flags.output.startsWith('+') ? [...usual, ...named] : named
}

/** The tree's branches stand in NS, or in COMMAND when processes make the tree. */
function described(columns: readonly string[], relation: Relation): Column[] {
  const carrier = relation === 'none' ? '' : relation === 'process' ? 'COMMAND' : 'NS'
  return columns.map(name => {
    const column = COLUMNS[name]!
    return name === carrier ? { ...column, tree: true, right: false } : column
  })
}

/** Gather the namespaces of all processes, each with who lives in it. */
function* collect(sys: Sys, processes: readonly Proc[], types: readonly Type[]): Blocking<Namespace[]> {
  const found = new Map<number, Namespace>()
  for (const process of processes)
    for (const type of types) {
      const id = nsNumber(sys, process.pid, type)
      if (!id) continue
      const known = found.get(id)
      if (known) known.processes.push(process)
      else found.set(id, { id, type, processes: [process], ...(yield* related(sys, process.pid, type)) })
    }
  return [...found.values()]
}

/** Ask the namespace for its parent and its owner. Linux: ioctl_ns(2). */
function* related(sys: Sys, pid: number, type: Type): Blocking<{ parent: number; owner: number }> {
  const fd = yield* sys.open(`/proc/${pid}/ns/${type}`, O_RDONLY)
  const ask = (request: number): number => {
    try {
      const other = sys.ioctl(fd, request)
      const { ino } = sys.fstat(other)
      sys.close(other)
      return ino
    } catch (e) {
      if (e instanceof Errno) return 0
      throw e
    }
  }
  const parent = type === 'pid' || type === 'user' ? ask(NS_GET_PARENT) : 0
  const owner = ask(NS_GET_USERNS)
  sys.close(fd)
  return { parent, owner }
}

function treeOf(
  shown: readonly Namespace[],
  relation: Exclude<Relation, 'none'>,
  line: (it: Namespace, children: Line[]) => Line,
): Line[] {
  const byId = new Map(shown.map(it => [it.id, it]))
  const parents = relation === 'process' ? parentsByProcess(shown) : undefined
  const above = (it: Namespace): Namespace | undefined => {
    if (relation === 'owner') return it.owner === it.id ? undefined : byId.get(it.owner)
    return parents ? parents.get(it) : byId.get(it.parent)
  }
  const below = grouped(shown, above)
  const branch = (it: Namespace): Line => line(it, (below.get(it) ?? []).map(branch))
  const roots = [...(below.get(undefined) ?? [])]
  if (relation === 'parent') roots.sort((a, b) => Number(b.type === 'user') - Number(a.type === 'user'))
  return roots.map(branch)
}

/** A namespace stands below the last one before it whose first process is its own first process's parent. */
function parentsByProcess(shown: readonly Namespace[]): Map<Namespace, Namespace> {
  const parents = new Map<Namespace, Namespace>()
  const lines = new Map<number, Namespace>()
  for (const it of shown) {
    const first = it.processes[0]!
    const parent = lines.get(first.ppid)
    if (parent) parents.set(it, parent)
    lines.set(first.pid, it)
  }
  return parents
}

const commandOf = (process: Proc): string => process.argv.join(' ') || process.comm

function* cellOf(
  sys: Sys,
  user: (uid: number) => string,
): Blocking<(it: Namespace, column: string) => string> {
  const mounts = parseMountinfo((yield* procText(sys, '/proc/self/mountinfo')) ?? '')
  return (it, column) => {
    const first = it.processes[0]!
    switch (column) {
      case 'NS':
        return String(it.id)
      case 'TYPE':
        return it.type
      case 'PATH':
        return `/proc/${first.pid}/ns/${it.type}`
      case 'NPROCS':
        return String(it.processes.length)
      case 'PID':
        return String(first.pid)
      case 'PPID':
        return String(first.ppid)
      case 'COMMAND':
        return commandOf(first)
      case 'UID':
        return String(first.uids[0])
      case 'USER':
        return user(first.uids[0]!)
      case 'NETNSID':
        return it.type === 'net' ? 'unassigned' : ''
      case 'NSFS':
        return mounts
          .filter(mount => mount.fstype === 'nsfs' && mount.root === `${it.type}:[${it.id}]`)
          .map(mount => mount.target)
          .join('\n')
      case 'PNS':
        return String(it.parent)
      default:
        return String(it.owner)
    }
  }
}

/** `lsns NUMBER`: who lives in one namespace, as a tree. */
function* processTable(
  flags: Flags<typeof OPTIONS>,
  it: Namespace,
  user: (uid: number) => string,
  style: TableStyle,
): Blocking<string> {
  const columns = columnsOf(flags, ['PID', 'PPID', 'USER', 'COMMAND'])
  const cell = (process: Proc, column: string): string => {
    if (column === 'PID') return String(process.pid)
    if (column === 'PPID') return String(process.ppid)
    if (column === 'UID') return String(process.uids[0])
    if (column === 'USER') return user(process.uids[0]!)
    if (column === 'COMMAND') return commandOf(process)
    if (column === 'NS') return String(it.id)
    return column === 'TYPE' ? it.type : column === 'NPROCS' ? String(it.processes.length) : ''
  }
  const flat = flags.list || flags.raw || flags.json
  const here = new Set(it.processes.map(process => process.pid))
  const childrenOf = grouped(it.processes, child => child.ppid)
  const line = (process: Proc): Line => ({
    cells: columns.map(column => cell(process, column)),
    children: flat ? [] : (childrenOf.get(process.pid) ?? []).map(line),
  })
  const roots = flat ? it.processes : it.processes.filter(process => !here.has(process.ppid))
  return table(described(columns, flat ? 'none' : 'process'), roots.map(line), style)
}
