/**
 * unshare - run a program in new namespaces
 * Linux: util-linux sys-utils/unshare.c; unshare(1).
 */
import {
  type Blocking,
  CLONE_NEWCGROUP,
  CLONE_NEWIPC,
  CLONE_NEWNET,
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWTIME,
  CLONE_NEWUSER,
  CLONE_NEWUTS,
  EINVAL,
  ENOENT,
  Errno,
  MS_BIND,
  MS_NODEV,
  MS_NOEXEC,
  MS_NOSUID,
  MS_PRIVATE,
  MS_REC,
  MS_SHARED,
  MS_SLAVE,
  O_WRONLY,
  PR_CAP_AMBIENT,
  PR_CAP_AMBIENT_RAISE,
  PR_SET_PDEATHSIG,
  refusal,
  SIG_BLOCK,
  SIG_DFL,
  SIG_SETMASK,
  SIGCHLD,
  SIGINT,
  SIGKILL,
  SIGTERM,
  signalNumber,
  type Sys,
  WEXITSTATUS,
  WIFEXITED,
} from '../../abi/index.ts'
import { command, dying, fatal, type Flags, fork, must, type Options, writeFile } from '../lib/command.ts'
import { splitIds } from '../lib/idarray.ts'
import { endLike, execProgram, waitFor } from '../lib/namespaces.ts'
import { type IdRange, mapCommands, readSubids } from '../lib/namespaces-idmap.ts'
import { groupId, readUsers, userId } from '../lib/users.ts'

/** Options that make a namespace, with the clone flag and the name of the file in /proc/PID/ns. */
const KINDS = {
  mount: [CLONE_NEWNS, 'mnt'],
  uts: [CLONE_NEWUTS, 'uts'],
  ipc: [CLONE_NEWIPC, 'ipc'],
  net: [CLONE_NEWNET, 'net'],
  pid: [CLONE_NEWPID, 'pid_for_children'],
  user: [CLONE_NEWUSER, 'user'],
  cgroup: [CLONE_NEWCGROUP, 'cgroup'],
  time: [CLONE_NEWTIME, 'time_for_children'],
} as const

/** In this order namespaces are bound to files: the user namespace first. Linux: namespace_files[]. */
const PERSISTENT = ['user', 'cgroup', 'ipc', 'uts', 'net', 'pid', 'mount', 'time'] as const

/** The short forms: unlike the long ones they take no file. */
const LETTERS = {
  mount: 'm',
  uts: 'u',
  ipc: 'i',
  net: 'n',
  pid: 'p',
  user: 'U',
  cgroup: 'C',
  time: 'T',
} as const

const PROPAGATION: Readonly<Record<string, number>> = {
  slave: MS_REC | MS_SLAVE,
  private: MS_REC | MS_PRIVATE,
  shared: MS_REC | MS_SHARED,
  unchanged: 0,
}

const OPTIONS = {
  mount: { value: '[=<file>]' },
  m: {},
  uts: { value: '[=<file>]' },
  u: {},
  ipc: { value: '[=<file>]' },
  i: {},
  net: { value: '[=<file>]' },
  n: {},
  pid: { value: '[=<file>]' },
  p: {},
  user: { value: '[=<file>]' },
  U: {},
  cgroup: { value: '[=<file>]' },
  C: {},
  time: { value: '[=<file>]' },
  T: {},
  fork: { short: 'f' },
  mapUser: { value: '=<uid>|<name>' },
  mapGroup: { value: '=<gid>|<name>' },
  mapRootUser: { short: 'r' },
  mapCurrentUser: { short: 'c' },
  mapAuto: {},
  mapUsers: { value: '=<outeruid>,<inneruid>,<count>' },
  mapGroups: { value: '=<outergid>,<innergid>,<count>' },
  killChild: { value: '[=<signame>]' },
  mountProc: { value: '[=<dir>]' },
  propagation: { value: 'slave|shared|private|unchanged' },
  setgroups: { value: 'allow|deny' },
  keepCaps: {},
  root: { short: 'R', value: '=<dir>' },
  wd: { short: 'w', value: '=<dir>' },
  setuid: { short: 'S', value: '<uid>' },
  setgid: { short: 'G', value: '<gid>' },
  monotonic: { value: '<offset>' },
  boottime: { value: '<offset>' },
} as const satisfies Options

/** The command line, understood and checked. */
interface Plan {
  readonly namespaces: number
  readonly persistent: readonly (readonly [file: string, name: string])[]
  readonly fork: boolean
  readonly mapUser: number | undefined
  readonly mapGroup: number | undefined
  readonly users: IdRange | undefined
  readonly groups: IdRange | undefined
  readonly killChild: number
  readonly propagation: number
}

export default command({
  name: 'unshare',
  summary: 'run a program with some namespaces unshared from the parent',
  suite: 'util-linux',
  usage: 'unshare [options] [<program> [<argument>...]]',
  help: `
Usage:
 unshare [options] [<program> [<argument>...]]

Run a program with some namespaces unshared from the parent.

Options:
 -m, --mount[=<file>]      unshare mounts namespace
 -u, --uts[=<file>]        unshare UTS namespace (hostname etc)
 -i, --ipc[=<file>]        unshare System V IPC namespace
 -n, --net[=<file>]        unshare network namespace
 -p, --pid[=<file>]        unshare pid namespace
 -U, --user[=<file>]       unshare user namespace
 -C, --cgroup[=<file>]     unshare cgroup namespace
 -T, --time[=<file>]       unshare time namespace

 -f, --fork                fork before launching <program>
 --map-user=<uid>|<name>   map current user to uid (implies --user)
 --map-group=<gid>|<name>  map current group to gid (implies --user)
 -r, --map-root-user       map current user to root (implies --user)
 -c, --map-current-user    map current user to itself (implies --user)
 --map-auto                map users and groups automatically (implies --user)
 --map-users=<outeruid>,<inneruid>,<count>
                           map count users from outeruid to inneruid (implies --user)
 --map-groups=<outergid>,<innergid>,<count>
                           map count groups from outergid to innergid (implies --user)

 --kill-child[=<signame>]  when dying, kill the forked child (implies --fork)
                             defaults to SIGKILL
 --mount-proc[=<dir>]      mount proc filesystem first (implies --mount)
 --propagation slave|shared|private|unchanged
                           modify mount propagation in mount namespace
 --setgroups allow|deny    control the setgroups syscall in user namespaces
 --keep-caps               retain capabilities granted in user namespaces

 -R, --root=<dir>          run the command with root directory set to <dir>
 -w, --wd=<dir>            change working directory to <dir>
 -S, --setuid <uid>        set uid in entered namespace
 -G, --setgid <gid>        set gid in entered namespace
 --monotonic <offset>      set clock monotonic offset (seconds) in time namespaces
 --boottime <offset>       set clock boottime offset (seconds) in time namespaces

 -h, --help                display this help
 -V, --version             display version

For more details see unshare(1).
`,
  options: OPTIONS,
  stopAtOperand: true,

  *main(sys, flags, args, me) {
    const plan = yield* planOf(sys, flags, me.order)
    const offsets = clockOffsets(flags, plan.namespaces)
    sys.sigaction(SIGCHLD, SIG_DFL)
    const uid = sys.geteuid()
    const gid = sys.getegid()
    const binder = plan.persistent.some(([, name]) => name === 'mnt')
      ? yield* helper(sys, it => bindFiles(it, plan))
      : undefined
    const mapper =
      plan.users || plan.groups
        ? yield* helper(sys, (it, parent) => mapIds(it, parent, plan, uid, gid, me.envp))
        : undefined

    must('unshare failed', () => sys.unshare(plan.namespaces))
    if (mapper) yield* release(sys, mapper)
    for (const line of offsets)
      yield* must(
        'failed to write to /proc/self/timens_offsets',
        writeFile(sys, '/proc/self/timens_offsets', line, O_WRONLY),
      )

    const finish = (its: Sys): Blocking<number> => setUp(its, flags, plan, uid, gid, args, me.envp)
    const settle = function* (): Blocking<void> {
      if (binder) yield* release(sys, binder)
      else yield* bindFiles(sys, plan)
    }
    // A new pid namespace holds only our children, so without --fork the program would stay outside it.
    if (!plan.fork) {
      yield* settle()
      return yield* finish(sys)
    }
    const old = sys.sigprocmask(SIG_BLOCK, (1n << BigInt(SIGINT - 1)) | (1n << BigInt(SIGTERM - 1)))
    const child = must('fork failed', () =>
      fork(sys, me.name, function* (its) {
        its.sigprocmask(SIG_SETMASK, old)
        return yield* finish(its)
      }),
    )
    yield* settle()
    return yield* endLike(sys, child, true)
  },
})

function* planOf(
  sys: Sys,
  flags: Flags<typeof OPTIONS>,
  order: readonly { key: string; value: string }[],
): Blocking<Plan> {
  let namespaces = 0
  const persistent: [string, string][] = []
  for (const key of PERSISTENT) {
    const file = flags[key] ?? (flags[LETTERS[key]] ? '' : undefined)
    if (file === undefined) continue
    namespaces |= KINDS[key][0]
    if (file) persistent.push([file, KINDS[key][1]])
  }
  const known = yield* readUsers(sys)
  let mapUser: number | undefined
  let mapGroup: number | undefined
  let users: IdRange | undefined
  let groups: IdRange | undefined
  for (const { key, value } of order) {
    if (key.startsWith('map')) namespaces |= CLONE_NEWUSER
    if (key === 'mapUser') mapUser = userId(known, value) ?? cannot(`failed to parse uid: '${value}'`)
    if (key === 'mapGroup') mapGroup = groupId(known, value) ?? cannot(`failed to parse gid: '${value}'`)
    if (key === 'mapRootUser') mapUser = mapGroup = 0
    if (key === 'mapCurrentUser') {
      mapUser = sys.geteuid()
      mapGroup = sys.getegid()
    }
    if (key === 'mapUsers' || key === 'mapAuto')
      users = yield* range(sys, key === 'mapAuto' ? 'auto' : value, '/etc/subuid')
    if (key === 'mapGroups' || key === 'mapAuto')
      groups = yield* range(sys, key === 'mapAuto' ? 'auto' : value, '/etc/subgid')
  }
  if (flags.mountProc !== undefined) namespaces |= CLONE_NEWNS
  const propagation = PROPAGATION[flags.propagation ?? 'private']
  if (propagation === undefined) cannot(`unsupported propagation mode: ${flags.propagation}`)
  if (flags.setgroups !== undefined && flags.setgroups !== 'allow' && flags.setgroups !== 'deny')
    cannot(`unsupported --setgroups argument '${flags.setgroups}'`)
  for (const [what, value] of [
    ['uid', flags.setuid],
    ['gid', flags.setgid],
  ] as const)
    if (value !== undefined && !isNumber(value)) cannot(`failed to parse ${what}: '${value}'`)
  const killChild = flags.killChild ? signalOf(flags.killChild) : flags.killChild === '' ? SIGKILL : 0
  return {
    namespaces,
    persistent,
    mapUser,
    mapGroup,
    users,
    groups,
    propagation,
    killChild,
    fork: flags.fork === true || killChild !== 0,
  }
}

/** As strtoul(3), which takes a sign. */
const isNumber = (text: string): boolean => /^\s*[-+]?\d+$/.test(text)

function cannot(message: string): never {
  throw fatal(message)
}

/** By name only. Linux: signame_to_signum(). */
const signalOf = (name: string): number =>
  (/^\d/.test(name) ? 0 : signalNumber(name)) || cannot(`unknown signal: ${name}`)

/** `outer,inner,count`, or `auto` for what /etc/subuid grants the user. */
function* range(sys: Sys, text: string, file: string): Blocking<IdRange> {
  if (text === 'auto') return yield* readSubids(sys, file)
  const parts = splitIds(text) ?? cannot(`too many elements for mapping '${text}'`)
  for (const it of parts.slice(0, 3)) if (!/^\d+$/.test(it)) cannot(`could not parse ID: '${it}'`)
  if (parts.length > 3) cannot(`too many elements for mapping '${text}'`)
  if (parts.length < 3) cannot(`mapping '${text}' contains only ${parts.length} elements`)
  const [outer, inner, count] = parts.map(Number)
  return { outer: outer!, inner: inner!, count: count! }
}

/** Lines for timens_offsets. They can be written only before anybody lives in the namespace. */
function clockOffsets(flags: Flags<typeof OPTIONS>, namespaces: number): string[] {
  const lines: string[] = []
  for (const clock of ['boottime', 'monotonic'] as const) {
    const offset = flags[clock]
    if (offset === undefined) continue
    if (!/^-?\d+$/.test(offset)) cannot(`failed to parse ${clock} offset: '${offset}'`)
    lines.push(`${clock} ${offset} 0`)
  }
  if (lines.length && !(namespaces & CLONE_NEWTIME))
    cannot('options --monotonic and --boottime require unsharing of a time namespace (-t)')
  return lines
}

/** A child that stays in the old namespaces and waits until this process has left them. */
interface Helper {
  readonly pid: number
  readonly pipe: number
}

function* helper(sys: Sys, act: (its: Sys, parent: number) => Blocking<void>): Blocking<Helper> {
  const parent = sys.getpid()
  const [read, write] = must('pipe failed', () => sys.pipe2(0))
  const pid = must('fork failed', () =>
    sys.clone(0, its =>
      dying(
        its,
        'unshare',
        (function* () {
          its.close(write)
          yield* its.read(read, 1)
          yield* act(its, parent)
          return 0
        })(),
      ),
    ),
  )
  sys.close(read)
  return { pid, pipe: write }
}

/** Let the helper do its work and wait for it; its failure is ours. */
function* release(sys: Sys, { pid, pipe }: Helper): Blocking<void> {
  sys.close(pipe)
  const { status } = yield* waitFor(sys, pid)
  if (WIFEXITED(status) && WEXITSTATUS(status) === 0) return
  throw fatal('', undefined, WIFEXITED(status) ? WEXITSTATUS(status) : 1)
}

/** Make namespaces persistent: bind /proc/PID/ns/NAME to files. The files of a helper's parent are meant. */
function* bindFiles(sys: Sys, plan: Plan): Blocking<void> {
  const pid = plan.persistent.some(([, name]) => name === 'mnt') ? sys.getppid() : sys.getpid()
  for (const [file, name] of plan.persistent) {
    const from = `/proc/${pid}/ns/${name}`
    must(`mount ${from} on ${file} failed`, () => sys.mount(from, file, '', MS_BIND))
  }
}

/** newuidmap(1) and newgidmap(1) write the maps that an ordinary user may not; the helper itself becomes the last of them. */
function* mapIds(
  sys: Sys,
  parent: number,
  plan: Plan,
  uid: number,
  gid: number,
  envp: readonly string[],
): Blocking<void> {
  const commands = mapCommands(parent, plan, uid, gid)
  for (const argv of commands.slice(0, -1)) {
    const pid = sys.clone(0, its => dying(its, 'unshare', execProgram(its, argv, envp)))
    const { status } = yield* waitFor(sys, pid)
    if (status) throw fatal('', undefined, WIFEXITED(status) ? WEXITSTATUS(status) : 1)
  }
  yield* execProgram(sys, commands.at(-1)!, envp)
}

/** What happens in the new namespaces before the program runs. */
function* setUp(
  sys: Sys,
  flags: Flags<typeof OPTIONS>,
  plan: Plan,
  uid: number,
  gid: number,
  args: readonly string[],
  envp: readonly string[],
): Blocking<number> {
  if (plan.killChild) must('prctl failed', () => sys.prctl(PR_SET_PDEATHSIG, plan.killChild))
  if (plan.mapUser !== undefined && !plan.users) yield* mapOne(sys, 'uid_map', plan.mapUser, uid)
  if (plan.mapGroup !== undefined && !plan.groups) {
    if (flags.setgroups === 'allow')
      cannot('options --setgroups=allow and --map-group are mutually exclusive')
    // "Since Linux 3.19 ... the setgroups file must first be set to deny" - user_namespaces(7)
    yield* setgroupsControl(sys, 'deny')
    yield* mapOne(sys, 'gid_map', plan.mapGroup, gid)
  }
  if (flags.setgroups !== undefined) yield* setgroupsControl(sys, flags.setgroups)
  if (plan.namespaces & CLONE_NEWNS && plan.propagation)
    must('cannot change root filesystem propagation', () => sys.mount('none', '/', '', plan.propagation))
  changeRoot(sys, flags)
  if (flags.mountProc !== undefined)
    mountProc(
      sys,
      flags.mountProc || '/proc',
      flags.root === undefined && plan.propagation !== (MS_REC | MS_PRIVATE),
    )
  setIds(sys, flags)
  if (flags.keepCaps && plan.namespaces & CLONE_NEWUSER) keepCaps(sys)
  return yield* execProgram(sys, args, envp)
}

const mapOne = (sys: Sys, file: string, inside: number, outside: number): Blocking<void> =>
  writeTo(sys, `/proc/self/${file}`, `${inside} ${outside} 1`)

/** A kernel without the file has nothing to control. */
function* setgroupsControl(sys: Sys, text: string): Blocking<void> {
  if (refusal(() => sys.stat('/proc/self/setgroups')) !== ENOENT)
    yield* writeTo(sys, '/proc/self/setgroups', text)
}

function* writeTo(sys: Sys, path: string, text: string): Blocking<void> {
  const fd = yield* must(`cannot open ${path}`, sys.open(path, O_WRONLY))
  yield* must(`write failed ${path}`, sys.write(fd, text))
  sys.close(fd)
}

function changeRoot(sys: Sys, { root, wd }: Flags<typeof OPTIONS>): void {
  if (root !== undefined) must(`cannot change root directory to '${root}'`, () => sys.chroot(root))
  const dir = wd ?? (root !== undefined ? '/' : undefined)
  if (dir !== undefined) must(`cannot chdir to '${dir}'`, () => sys.chdir(dir))
}

function mountProc(sys: Sys, dir: string, stillShared: boolean): void {
  if (stillShared) makePrivate(sys, dir)
  must(`mount ${dir} failed`, () => sys.mount('proc', dir, 'proc', MS_NOSUID | MS_NOEXEC | MS_NODEV))
}

/** So that the new proc is not seen outside. EINVAL only says that nothing is mounted there. */
function makePrivate(sys: Sys, dir: string): void {
  try {
    sys.mount('none', dir, '', MS_PRIVATE | MS_REC)
  } catch (e) {
    if (e instanceof Errno && e !== EINVAL) throw fatal(`cannot change ${dir} filesystem propagation`, e)
    if (e !== EINVAL) throw e
  }
}

function setIds(sys: Sys, { setuid, setgid }: Flags<typeof OPTIONS>): void {
  if (setgid !== undefined) {
    must('setgroups failed', () => sys.setgroups([]))
    must('setgid failed', () => sys.setgid(Number(setgid) >>> 0))
  }
  if (setuid !== undefined) must('setuid failed', () => sys.setuid(Number(setuid) >>> 0))
}

/** Capabilities survive the exec when they are inheritable and ambient. */
function keepCaps(sys: Sys): void {
  const caps = must('capget failed', () => sys.capget(0))
  must('capset failed', () => sys.capset({ ...caps, inheritable: caps.permitted }))
  for (let cap = 0n; cap < 64n; cap++)
    if (caps.permitted & (1n << cap))
      must('prctl(PR_CAP_AMBIENT) failed', () => sys.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, Number(cap)))
}
