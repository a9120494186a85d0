/**
 * /proc/PID: one directory a task, as the reader's pid namespace numbers it. Linux: fs/proc/base.c.
 * Left out: pagemap has no pages; mem can be opened and not read.
 */
import {
  CAP_AUDIT_CONTROL,
  CAP_SYS_ADMIN,
  CAP_SYS_NICE,
  CAP_SYS_RESOURCE,
  EACCES,
  EAGAIN,
  EINVAL,
  EIO,
  ENOENT,
  EPERM,
  ESRCH,
  O_ACCMODE,
} from '../../abi/index.ts'
import {
  capable,
  cgroupsOf,
  credOf,
  dropFileCred,
  fileCred,
  hasMm,
  keepFileCred,
  type Kernel,
  oomScore,
  openSetgroups,
  pidIn,
  type PidNamespace,
  ptraceMayAccess,
  setComm,
  showIdMap,
  showSetgroups,
  setProcess,
  showTimensOffsets,
  storeIdMap,
  storeSetgroups,
  storeTimensOffsets,
  type Task,
  taskByPid,
  threadIds,
  type TaskIo,
  shownWchan,
  TIMER_SLACK,
  refuse,
} from '../../kernel/index.ts'
import { type Caller, type OpenFile, showMountinfo, showMounts, showMountstats } from '../../vfs/index.ts'
import { dirent, type PseudoDir, type PseudoFile, type PseudoLink, type PseudoNode } from '../pseudo.ts'
import { attrDirectory } from './attr.ts'
import { showStat, showStatm, showStatus, showStrings } from './array.ts'
import { showAuxv } from './auxv.ts'
import { showStack, showSyscall } from './blocked.ts'
import { inodeOf, ownerOf, requireTrace, type TaskEntry, taskOf } from './entry.ts'
import { fdDirectory, fdinfoDirectory } from './fd.ts'
import { showLimits } from './limits.ts'
import { mapFilesDirectory } from './map-files.ts'
import { showMaps, showNumaMaps, showSmaps, showSmapsRollup } from './maps.ts'
import { openMounts, pollMounts, withMounts } from './mounts.ts'
import { namespaceDirectory } from './namespaces.ts'
import { netDirectory } from './net.ts'
import { showSched, showTaskSchedstat } from './sched.ts'

type Show = (entry: TaskEntry, task: Task, as: Caller) => string | Uint8Array
type Store = (entry: TaskEntry, task: Task, as: Caller, text: string, file: OpenFile) => void

interface FileEntry {
  readonly mode: number
  readonly show: Show
  readonly store?: Store
  /**
   * Needs the right to trace the task, when it is read; or already to open it, unless the task has no memory to hide. Linux:
   * PTRACE_MODE_READ_FSCREDS, mm_access().
   */
  readonly traced?: 'read' | 'open'
  /** Takes one write of less than a page, at its beginning. */
  readonly atOnce?: boolean
  /** What opening it refuses beyond its mode. */
  readonly open?: (entry: TaskEntry, as: Caller, flags: number, file: OpenFile) => void
  /** It can be polled, and says how. */
  readonly polled?: (k: Kernel) => Pick<PseudoFile, 'poll' | 'pollQueues'>
}

const file = (mode: number, show: Show, store?: Store): FileEntry =>
  store ? { mode, show, store } : { mode, show }
const traced = (mode: number, show: Show): FileEntry => ({ mode, show, traced: 'read' })
const atOnce = (show: Show, store?: Store, open?: FileEntry['open']): FileEntry => ({
  ...file(0o644, show, store),
  atOnce: true,
  ...(open && { open }),
})
const mounts = (show: typeof showMountinfo): FileEntry => ({
  ...file(0o444, ({ k }, task, as) => withMounts(k, task, as, show)),
  open: (entry, _as, _flags, file) => openMounts(entry.k, taskOf(entry), file),
  polled: pollMounts,
})
const opened = (mode: number, show: Show): FileEntry => ({ mode, show, traced: 'open' })

const userNsOf = (k: Kernel, as: Caller): number => (as.task ? credOf(k, as.task).userNs : 1)

function storeComm({ k }: TaskEntry, task: Task, as: Caller, text: string): void {
  // "A thread may modify its comm value, or that of other threads in the same process" - proc(5)
  if (k.tasks.find(as.task)?.tgid !== task.tgid) throw EINVAL
  setComm(k, task.id, text)
}

/** Maps are written with the rights of who has opened the file. Linux: file_ns_capable(). */
function keepOpener({ k }: TaskEntry, as: Caller, _flags: number, file: OpenFile): void {
  keepFileCred(k, file.id, as.cred)
}

function storeMap(
  { k }: TaskEntry,
  task: Task,
  as: Caller,
  text: string,
  file: OpenFile,
  which: 'uid' | 'gid',
): void {
  storeIdMap(k, { opener: fileCred(k, file.id), writer: as.cred }, task.id, which, text)
}

const OOM_DISABLE = -17
const OOM_ADJUST_MAX = 15
const OOM_SCORE_ADJ_MAX = 1000

/** Linux: proc_oom_score_adj_write(). What the privileged have set is as low as the others may go. */
function storeOomScoreAdj({ k }: TaskEntry, task: Task, as: Caller, text: string): void {
  const value = signedInt(text)
  if (!(value >= -OOM_SCORE_ADJ_MAX && value <= OOM_SCORE_ADJ_MAX)) throw EINVAL
  setOomAdj(k, task, as, value, true)
}

/** The old scale, from -17 (never) to 15. Linux: oom_adj_write(). */
function storeOomAdj({ k }: TaskEntry, task: Task, as: Caller, text: string): void {
  const value = signedInt(text)
  if (!(value >= OOM_DISABLE && value <= OOM_ADJUST_MAX)) throw EINVAL
  const scaled = Math.trunc((value * OOM_SCORE_ADJ_MAX) / -OOM_DISABLE)
  setOomAdj(k, task, as, value === OOM_ADJUST_MAX ? OOM_SCORE_ADJ_MAX : scaled, false)
}

/** Linux: __set_oom_adj(). */
function setOomAdj(k: Kernel, task: Task, as: Caller, value: number, setsMinimum: boolean): void {
  const isTrusted = capable(k, as.cred, CAP_SYS_RESOURCE)
  const minimum = setsMinimum ? (task.oomScoreAdjMin ?? 0) : task.oomScoreAdj
  if (value < minimum && !isTrusted) throw refuse(k, EACCES, 'oom-adj', { value, minimum })
  setProcess(k, task.id, { oomScoreAdj: value, ...(setsMinimum && isTrusted && { oomScoreAdjMin: value }) })
}

const showOomAdj = ({ oomScoreAdj }: Task): string =>
  oomScoreAdj === OOM_SCORE_ADJ_MAX
    ? `${OOM_ADJUST_MAX}\n`
    : `${Math.min(OOM_ADJUST_MAX, Math.trunc((oomScoreAdj * -OOM_DISABLE) / OOM_SCORE_ADJ_MAX))}\n`

/** Linux: kstrtoint() of a text without its blanks. */
function signedInt(text: string): number {
  const digits = text.trim()
  if (!/^[+-]?(0x[0-9a-f]+|\d+)$/i.test(digits)) throw EINVAL
  const sign = digits.startsWith('-') ? -1 : 1
  return sign * unsigned(digits.replace(/^[+-]/, ''))
}

/** An id that says "none". */
const NOBODY = 0xffff_ffff

/**
 * Linux: proc_loginuid_write(), audit_set_loginuid(): one's own only; whoever has one already needs CAP_AUDIT_CONTROL to change
 * it. It begins a new audit session.
 */
function storeLoginuid({ k }: TaskEntry, task: Task, as: Caller, text: string): void {
  if (as.task !== task.id) throw EPERM
  const uid = unsigned(text)
  if ((task.loginuid ?? NOBODY) !== NOBODY && !capable(k, as.cred, CAP_AUDIT_CONTROL)) throw EPERM
  const me = k.tasks.own(task.id)
  me.loginuid = uid
  me.sessionid = uid === NOBODY ? NOBODY : ++k.auditSessions
}

/** Who is in no session of somebody's is in no group either. Linux: proc_sched_autogroup_show_task(). */
const showAutogroup = (group: { readonly number: number; nice: number } | undefined): string =>
  group ? `/autogroup-${group.number} nice ${group.nice}\n` : ''

/** The nice value of the group that a session is to the scheduler. Linux: proc_sched_autogroup_set_nice(). */
function storeAutogroup({ k }: TaskEntry, task: Task, as: Caller, text: string): void {
  const nice = signedInt(text)
  if (nice < -20 || nice > 19) throw EINVAL
  if (nice < 0 && !capable(k, as.cred, CAP_SYS_NICE)) throw EPERM
  const group = k.autogroups.get(task.session)
  if (!group) throw EINVAL
  // "this is a heavy operation taking global locks": ten times a second for those without privilege.
  if (k.now() < k.autogroupNext && !capable(k, as.cred, CAP_SYS_ADMIN)) throw EAGAIN
  k.autogroupNext = k.now() + AUTOGROUP_INTERVAL
  group.nice = nice
  k.sched.groups.setAutogroupNice(task.session, nice)
}

const AUTOGROUP_INTERVAL = 100_000_000

/** "1 ... 5": which referenced bits to clear. None are kept. */
function storeClearRefs(_entry: TaskEntry, _task: Task, _as: Caller, text: string): void {
  if (!/^\s*[1-5]\s*$/.test(text)) throw EINVAL
}

/** MMF_DUMP_FILTER_DEFAULT. */
const COREDUMP_FILTER = 0x33

/** Other tasks' timers are for those who may change priorities. Linux: timerslack_ns_show(). */
function requireNice({ k, id }: TaskEntry, as: Caller): void {
  if (as.task !== id && !capable(k, as.cred, CAP_SYS_NICE)) throw EPERM
}

/** Linux: kstrtoul(): octal, decimal or hexadecimal as in C. */
function unsigned(text: string): number {
  const digits = text.replace(/\n$/, '')
  if (!/^\+?(0x[0-9a-f]+|\d+)$/i.test(digits)) throw EINVAL
  return Number(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits)
}

/** The path in the hierarchy that has cpusets: the unified one, unless v1 has taken them. */
function showCpuset(cgroups: string): string {
  const lines = cgroups.split('\n').map(it => it.split(':'))
  const found =
    lines.find(([, names]) => names?.split(',').includes('cpuset')) ?? lines.find(([id]) => id === '0')
  return `${found?.slice(2).join(':') ?? '/'}\n`
}

const FILES: Record<string, FileEntry> = {
  arch_status: file(0o444, () => ''),
  auxv: traced(0o400, ({ k }, task) => showAuxv(k, task)),
  autogroup: file(0o644, ({ k }, task) => showAutogroup(k.autogroups.get(task.session)), storeAutogroup),
  cgroup: file(0o444, ({ k }, task, as) => cgroupsOf(k, task.id, as.task)),
  children: file(0o444, showChildren),
  clear_refs: file(
    0o200,
    () => {
      throw EINVAL
    },
    storeClearRefs,
  ),
  cmdline: file(0o444, (_, task) => (task.state === 'Z' ? '' : showStrings(task.argv))),
  comm: file(0o644, (_, task) => `${task.comm}\n`, storeComm),
  coredump_filter: file(
    0o644,
    (_, task) =>
      hasMm(task) ? `${(task.coredumpFilter ?? COREDUMP_FILTER).toString(16).padStart(8, '0')}\n` : '',
    ({ k }, task, _as, text) => {
      if (!hasMm(task)) throw ESRCH
      setProcess(k, task.id, { coredumpFilter: unsigned(text) & 0x1ff })
    },
  ),
  cpu_resctrl_groups: file(0o444, () => 'res:\nmon:\n'),
  cpuset: file(0o444, ({ k }, task, as) => showCpuset(cgroupsOf(k, task.id, as.task))),
  environ: traced(0o400, (_, task) => (task.state === 'Z' ? '' : showStrings(task.environ))),
  gid_map: atOnce(
    ({ k }, task, as) => showIdMap(k, task.id, 'gid', userNsOf(k, as)),
    (entry, task, as, text, file) => storeMap(entry, task, as, text, file, 'gid'),
    keepOpener,
  ),
  io: traced(0o400, (entry, task) => showIo(entry, task)),
  ksm_merging_pages: traced(0o400, (_, task) => (hasMm(task) ? '0\n' : '')),
  ksm_stat: traced(0o400, (_, task) => (hasMm(task) ? 'ksm_rmap_items 0\n' : '')),
  limits: file(0o444, (_, task) => showLimits(task.rlimits)),
  loginuid: file(0o644, (_, task) => `${task.loginuid ?? NOBODY}`, storeLoginuid),
  maps: opened(0o444, ({ k }, task) => showMaps(k, task)),
  mem: {
    ...traced(0o600, (_, task) => {
      if (hasMm(task)) throw EIO
      return ''
    }),
    store() {
      throw EIO
    },
  },
  mountinfo: mounts(showMountinfo),
  mounts: mounts(showMounts),
  mountstats: traced(0o400, ({ k }, task, as) => withMounts(k, task, as, showMountstats)),
  numa_maps: opened(0o444, ({ k }, task) => showNumaMaps(k, task)),
  oom_adj: file(0o644, (_, task) => showOomAdj(task), storeOomAdj),
  oom_score: file(0o444, ({ k }, task) => `${oomScore(k, task)}\n`),
  oom_score_adj: file(0o644, (_, task) => `${task.oomScoreAdj}\n`, storeOomScoreAdj),
  pagemap: traced(0o400, () => ''),
  patch_state: traced(0o400, () => '-1\n'),
  personality: traced(0o400, (_, task) => `${(task.personality ?? 0).toString(16).padStart(8, '0')}\n`),
  projid_map: file(0o644, ({ k }, task, as) => showIdMap(k, task.id, 'uid', userNsOf(k, as))),
  sched: file(
    0o644,
    ({ k, id, ns }, task) => showSched(k, task, pidIn(k, id, ns.id)),
    () => {},
  ),
  schedstat: file(0o444, ({ k }, task) => showTaskSchedstat(k, task)),
  sessionid: file(0o444, (_, task) => `${task.sessionid ?? NOBODY}`),
  setgroups: atOnce(
    ({ k }, task) => showSetgroups(k, task.id),
    ({ k }, task, _as, text) => storeSetgroups(k, task.id, text),
    ({ k, id }, as, flags) => {
      if (flags & O_ACCMODE) openSetgroups(k, as.cred, id)
    },
  ),
  smaps: opened(0o444, ({ k }, task) => showSmaps(k, task)),
  smaps_rollup: opened(0o444, ({ k }, task) => {
    if (!hasMm(task)) throw ESRCH
    return showSmapsRollup(k, task)
  }),
  stack: file(0o400, ({ k }, task, as) => showStack(k, task, as)),
  stat: file(0o444, ({ k, ns, isThread }, task, as) =>
    showStat(k, task, ns, { isThread, isPermitted: ptraceMayAccess(k, as, task.id) }),
  ),
  statm: file(0o444, ({ k }, task) => showStatm(k, task)),
  status: file(0o444, ({ k, ns }, task, as) => showStatus(k, task, ns, userNsOf(k, as))),
  syscall: traced(0o400, ({ k }, task) => showSyscall(k, task)),
  timers: file(0o444, () => ''),
  timerslack_ns: file(
    0o666,
    (entry, task, as) => {
      requireNice(entry, as)
      return `${task.timerSlack ?? TIMER_SLACK}\n`
    },
    (entry, task, as, text) => {
      requireNice(entry, as)
      entry.k.tasks.own(task.id).timerSlack = unsigned(text) || TIMER_SLACK
    },
  ),
  timens_offsets: file(
    0o644,
    ({ k }, task) => showTimensOffsets(k, task.id),
    ({ k }, task, as, text) => storeTimensOffsets(k, as.task, task.id, text),
  ),
  uid_map: atOnce(
    ({ k }, task, as) => showIdMap(k, task.id, 'uid', userNsOf(k, as)),
    (entry, task, as, text, file) => storeMap(entry, task, as, text, file, 'uid'),
    keepOpener,
  ),
  wchan: file(0o444, ({ k }, task, as) =>
    ptraceMayAccess(k, as, task.id) ? shownWchan(k, task) || '0' : '0',
  ),
}
const FILE_NAMES = Object.keys(FILES)

/** Linux: children_seq_show(): the pids, each with a blank behind it. */
function showChildren({ k, ns }: TaskEntry, { children }: Task): string {
  return children.map(child => `${pidIn(k, child, ns.id)} `).join('')
}

/** Linux: do_io_accounting(). */
function showIo({ k, isThread }: TaskEntry, task: Task): string {
  const sum: TaskIo = {
    rchar: 0,
    wchar: 0,
    syscr: 0,
    syscw: 0,
    readBytes: 0,
    writeBytes: 0,
    cancelledWriteBytes: 0,
  }
  const names = Object.keys(sum) as (keyof TaskIo)[]
  for (const id of isThread ? [task.id] : threadIds(k, task)) {
    const io = k.io.get(id)
    if (io) for (const name of names) sum[name] += io[name]
  }
  const { rchar, wchar, syscr, syscw, readBytes, writeBytes, cancelledWriteBytes } = sum
  const calls = `rchar: ${rchar}\nwchar: ${wchar}\nsyscr: ${syscr}\nsyscw: ${syscw}\n`
  return `${calls}read_bytes: ${readBytes}\nwrite_bytes: ${writeBytes}\ncancelled_write_bytes: ${cancelledWriteBytes}\n`
}

const LINKS: Record<string, (k: Kernel, task: Task) => { mount: number; dentry: number } | undefined> = {
  cwd: (k, task) => pathOf(k, task, 'pwd'),
  exe: (_, task) =>
    task.exeDentry && task.state !== 'Z' ? { mount: task.exeMount, dentry: task.exeDentry } : undefined,
  root: (k, task) => pathOf(k, task, 'root'),
}

function pathOf(k: Kernel, task: Task, which: 'pwd' | 'root'): { mount: number; dentry: number } | undefined {
  const fs = k.fsStructs.find(task.fs)
  if (!fs) return undefined
  return which === 'pwd'
    ? { mount: fs.pwdMount, dentry: fs.pwdDentry }
    : { mount: fs.rootMount, dentry: fs.rootDentry }
}

function fileNode(entry: TaskEntry, name: string, it: FileEntry): PseudoFile {
  const index = 16 + FILE_NAMES.indexOf(name)
  return {
    kind: 'file',
    ino: inodeOf(entry, index),
    mode: it.mode,
    ...ownerOf(entry, taskOf(entry)),
    ...(it.atOnce && { atOnce: true }),
    open(as, flags, file) {
      if (it.traced === 'open' && hasMm(taskOf(entry))) requireTrace(entry, as)
      it.open?.(entry, as, flags, file)
    },
    ...it.polled?.(entry.k),
    release(file) {
      dropFileCred(entry.k, file.id)
      entry.k.mountsSeen.delete(file.id)
    },
    show(as) {
      const task = taskOf(entry)
      if (it.traced === 'read' || (it.traced && hasMm(task))) requireTrace(entry, as)
      return it.show(entry, task, as)
    },
    store(as, text, file) {
      if (!it.store) throw EINVAL
      it.store(entry, taskOf(entry), as, text, file)
    },
  }
}

function linkNode(entry: TaskEntry, name: string): PseudoLink {
  const index = 8 + Object.keys(LINKS).indexOf(name)
  const path = (as: Caller) => {
    const task = taskOf(entry)
    requireTrace(entry, as)
    const it = LINKS[name]!(entry.k, task)
    if (!it) throw ENOENT
    return it
  }
  return {
    kind: 'link',
    ino: inodeOf(entry, index),
    mode: 0o777,
    ...ownerOf(entry, taskOf(entry)),
    readlink: as => entry.k.vfs.showPath(path(as), as),
    getLink: path,
  }
}

const DIRECTORIES: Record<string, (entry: TaskEntry) => PseudoDir> = {
  attr: attrDirectory,
  fd: fdDirectory,
  fdinfo: fdinfoDirectory,
  map_files: mapFilesDirectory,
  net: entry => netDirectory(entry),
  ns: namespaceDirectory,
  task: entry => threadsDirectory(entry),
}

/** Linux: proc_task_operations. */
function threadsDirectory(entry: TaskEntry): PseudoDir {
  const { k, ns } = entry
  const thread = (id: number): PseudoDir => threadDirectory({ k, id, ns, isThread: true })
  return {
    kind: 'dir',
    ino: inodeOf(entry, 7),
    mode: 0o555,
    get nlink() {
      return 2 + threadIds(k, taskOf(entry)).length
    },
    ...ownerOf(entry, taskOf(entry), 0o555),
    lookup(_, name) {
      const id = /^[1-9]\d*$/.test(name) ? taskByPid(k, ns.id, Number(name)) : 0
      return id && k.tasks.get(id).tgid === taskOf(entry).tgid ? thread(id) : undefined
    },
    readdir: () => threadIds(k, taskOf(entry)).map(id => dirent(`${pidIn(k, id, ns.id)}`, thread(id))),
  }
}

function node(entry: TaskEntry, name: string): PseudoNode | undefined {
  if (!Object.hasOwn(FILES, name) && !Object.hasOwn(LINKS, name) && !Object.hasOwn(DIRECTORIES, name))
    return undefined
  const it = FILES[name]
  if (it) return fileNode(entry, name, it)
  return LINKS[name] ? linkNode(entry, name) : DIRECTORIES[name]!(entry)
}

const ALL_NAMES = [...FILE_NAMES, ...Object.keys(LINKS), ...Object.keys(DIRECTORIES)].sort()
/** What a thread's directory has and a process's has not. */
const NAMES = ALL_NAMES.filter(name => name !== 'children')

function directory(entry: TaskEntry, index: number, names: readonly string[], nlink: number): PseudoDir {
  return {
    kind: 'dir',
    ino: inodeOf(entry, index),
    mode: 0o555,
    nlink,
    ...ownerOf(entry, taskOf(entry), 0o555),
    alive: () => entry.k.tasks.find(entry.id) !== undefined,
    lookup: (_, name) =>
      entry.k.tasks.find(entry.id) && names.includes(name) ? node(entry, name) : undefined,
    readdir: () => {
      if (!entry.k.tasks.find(entry.id)) throw ENOENT
      return names.map(name => dirent(name, node(entry, name)!))
    },
  }
}

/** What a process has and its threads have not. Linux: tgid_base_stuff, tid_base_stuff. */
const PROCESS_ONLY = new Set([
  'autogroup',
  'coredump_filter',
  'map_files',
  'mountstats',
  'task',
  'timens_offsets',
  'timers',
  'timerslack_ns',
])

const threadDirectory = (entry: TaskEntry): PseudoDir =>
  directory(
    entry,
    6,
    ALL_NAMES.filter(name => !PROCESS_ONLY.has(name)),
    7,
  )

/** The directory of a process; that of any of its threads is found by number, too. */
export const taskDirectory = (k: Kernel, id: number, ns: PidNamespace): PseudoDir =>
  directory({ k, id, ns, isThread: false }, 0, NAMES, 9)
