/**
 * nsenter - run a program in the namespaces of other processes
 * Linux: util-linux sys-utils/nsenter.c; nsenter(1).
 *
 * Left out: --follow-context (no SELinux).
 */
import {
  type Blocking,
  CLONE_NEWPID,
  CLONE_NEWTIME,
  type Errno,
  O_RDONLY,
  refusal,
  type Sys,
} from '../../abi/index.ts'
import { command, fatal, type Flags, fork, must, type Options } from '../lib/command.ts'
import { endLike, execProgram, NAMESPACES, type NamespaceName } from '../lib/namespaces.ts'

const OPTIONS = {
  all: { short: 'a' },
  target: { short: 't', value: '<pid>' },
  mount: { short: 'm', value: '[=<file>]' },
  uts: { short: 'u', value: '[=<file>]' },
  ipc: { short: 'i', value: '[=<file>]' },
  net: { short: 'n', value: '[=<file>]' },
  pid: { short: 'p', value: '[=<file>]' },
  cgroup: { short: 'C', value: '[=<file>]' },
  user: { short: 'U', value: '[=<file>]' },
  time: { short: 'T', value: '[=<file>]' },
  setuid: { short: 'S', value: '<uid>' },
  setgid: { short: 'G', value: '<gid>' },
  preserveCredentials: {},
  root: { short: 'r', value: '[=<dir>]' },
  wd: { short: 'w', value: '[=<dir>]' },
  wdns: { short: 'W', value: '<dir>' },
  noFork: { short: 'F' },
  followContext: { short: 'Z' },
} as const satisfies Options

/** What options' numbers are called, and the options whose files are opened as soon as they are read. */
const NUMBERS: Readonly<Record<string, string>> = { target: 'pid', setuid: 'uid', setgid: 'gid' }
const FILES = new Set(['mount', 'uts', 'ipc', 'net', 'pid', 'cgroup', 'user', 'time', 'root', 'wd'])

/** A namespace that is to be entered. */
interface Entry {
  readonly name: NamespaceName
  readonly fd: number
}

export default command({
  name: 'nsenter',
  summary: 'run a program with namespaces of other processes',
  suite: 'util-linux',
  usage: 'nsenter [options] [<program> [<argument>...]]',
  help: `
Usage:
 nsenter [options] [<program> [<argument>...]]

Run a program with namespaces of other processes.

Options:
 -a, --all              enter all namespaces
 -t, --target <pid>     target process to get namespaces from
 -m, --mount[=<file>]   enter mount namespace
 -u, --uts[=<file>]     enter UTS namespace (hostname etc)
 -i, --ipc[=<file>]     enter System V IPC namespace
 -n, --net[=<file>]     enter network namespace
 -p, --pid[=<file>]     enter pid namespace
 -C, --cgroup[=<file>]  enter cgroup namespace
 -U, --user[=<file>]    enter user namespace
 -T, --time[=<file>]    enter time namespace
 -S, --setuid <uid>     set uid in entered namespace
 -G, --setgid <gid>     set gid in entered namespace
     --preserve-credentials do not touch uids or gids
 -r, --root[=<dir>]     set the root directory
 -w, --wd[=<dir>]       set the working directory
 -W. --wdns <dir>       set the working directory in namespace
 -F, --no-fork          do not fork before exec'ing <program>
 -Z, --follow-context   set SELinux context according to --target PID

 -h, --help             display this help
 -V, --version          display version

For more details see nsenter(1).
`,
  options: OPTIONS,
  stopAtOperand: true,

  *onOption(sys, { key, value }) {
    const number = NUMBERS[key]
    if (number !== undefined && !/^[-+]?\d+$/.test(value))
      throw fatal(`failed to parse ${number}: '${value}'`)
    if (FILES.has(key) && value) sys.close(yield* must(`cannot open ${value}`, sys.open(value, O_RDONLY)))
  },

  *main(sys, flags, args, me) {
    // A negative number is taken as strtoul(3) takes it.
    const target = flags.target === undefined ? 0 : Number(flags.target) >>> 0
    if (flags.all && !target) throw fatal('no target PID specified for --all')

    const entries = yield* open(sys, flags, target)
    const root = yield* openDir(sys, flags.root, target, 'root')
    const wd = yield* openDir(sys, flags.wd, target, 'cwd')
    const user = entries.some(it => it.name === 'user')
    // Before and after: where setgroups is denied inside, it may have been allowed outside.
    const dropped = user && !flags.preserveCredentials ? dropGroups(sys) === undefined : true
    enterAll(sys, entries)
    yield* changeDirs(sys, root, wd, flags.wdns)

    const forks = entries.some(it => NAMESPACES[it.name] & (CLONE_NEWPID | CLONE_NEWTIME)) && !flags.noFork
    const finish = function* (its: Sys): Blocking<number> {
      setIds(its, flags, user, dropped)
      return yield* execProgram(its, args, me.envp)
    }
    if (!forks) return yield* finish(sys)
    const child = must('fork failed', () => fork(sys, me.name, finish))
    return yield* endLike(sys, child, false)
  },
})

const optionOf = (name: NamespaceName): keyof typeof OPTIONS => (name === 'mnt' ? 'mount' : name)

/** Open every namespace asked for, the user namespace first. */
function* open(sys: Sys, flags: Flags<typeof OPTIONS>, target: number): Blocking<Entry[]> {
  const entries: Entry[] = []
  for (const name of Object.keys(NAMESPACES) as NamespaceName[]) {
    const file = flags[optionOf(name)] as string | undefined
    if (file === undefined && !(flags.all && isEnterable(sys, target, name))) continue
    if (!file && !target) throw fatal(`neither filename nor target pid supplied for ns/${name}`)
    const path = file || `/proc/${target}/ns/${name}`
    entries.push({ name, fd: yield* must(`cannot open ${path}`, sys.open(path, O_RDONLY)) })
  }
  return entries
}

/**
 * --all leaves out what is not to be seen in /proc, and the user namespace one is in: it may not be entered again, unlike
 * the others. Linux: is_usable_namespace().
 */
function isEnterable(sys: Sys, target: number, name: NamespaceName): boolean {
  if (refusal(() => sys.stat(`/proc/${sys.getpid()}/ns/${name}`))) return false
  if (name !== 'user') return true
  const inode = (pid: number | 'self'): number =>
    must(`stat of /proc/${pid}/ns/${name} failed`, () => sys.stat(`/proc/${pid}/ns/${name}`)).ino
  return inode(target) !== inode('self')
}

function* openDir(
  sys: Sys,
  dir: string | undefined,
  target: number,
  name: string,
): Blocking<number | undefined> {
  if (dir === undefined) return undefined
  if (!dir && !target) throw fatal(`neither filename nor target pid supplied for ${name}`)
  const path = dir || `/proc/${target}/${name}`
  return yield* must(`cannot open ${path}`, sys.open(path, O_RDONLY))
}

/**
 * Enter them with the rights one has, then the user namespace, then with its rights those that were refused before:
 * some belong to where one comes from, some to where one goes.
 */
function enterAll(sys: Sys, entries: readonly Entry[]): void {
  const user = entries.filter(it => it.name === 'user')
  const refused = entries.filter(
    it => it.name !== 'user' && refusal(() => sys.setns(it.fd, NAMESPACES[it.name])) !== undefined,
  )
  for (const it of [...user, ...refused])
    must(`reassociate to namespace 'ns/${it.name}' failed`, () => sys.setns(it.fd, NAMESPACES[it.name]))
  for (const it of entries) sys.close(it.fd)
}

function* changeDirs(
  sys: Sys,
  root: number | undefined,
  wd: number | undefined,
  wdns: string | undefined,
): Blocking<void> {
  if (root !== undefined) {
    const old = wd ?? (yield* must('cannot open current working directory', sys.open('.', O_RDONLY)))
    must('change directory by root file descriptor failed', () => sys.fchdir(root))
    must('chroot failed', () => sys.chroot('.'))
    sys.close(root)
    wd = old
  }
  if (wdns !== undefined) wd = yield* must('cannot open current working directory', sys.open(wdns, O_RDONLY))
  if (wd === undefined) return
  must('change directory by working directory file descriptor failed', () => sys.fchdir(wd))
  sys.close(wd)
}

/** "If the user namespace is entered, uid and gid default to 0" - nsenter(1). */
function setIds(sys: Sys, flags: Flags<typeof OPTIONS>, user: boolean, dropped: boolean): void {
  const force = user && !flags.preserveCredentials
  const gid = flags.setgid ?? (force ? '0' : undefined)
  const uid = flags.setuid ?? (force ? '0' : undefined)
  if (gid !== undefined) {
    const refused = dropGroups(sys)
    if (refused && !dropped) throw fatal('setgroups failed', refused)
    must('setgid failed', () => sys.setgid(Number(gid)))
  }
  if (uid !== undefined) must('setuid failed', () => sys.setuid(Number(uid)))
}

const dropGroups = (sys: Sys): Errno | undefined => refusal(() => sys.setgroups([]))
