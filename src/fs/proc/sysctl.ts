/**
 * /proc/sys: the sysctls that are plain values (sysctl-table.ts), and those that show or set something of the kernel;
 * those of networks are in sysctl-net.ts.
 * Linux: fs/proc/proc_sysctl.c, kernel/sysctl.c. Left out: binfmt_misc, what nobody but a
 * machine with that hardware has.
 */
import {
  CAP_CHECKPOINT_RESTORE,
  CAP_LAST_CAP,
  CAP_SYS_ADMIN,
  CAP_SYS_RESOURCE,
  EACCES,
  EINVAL,
  EPERM,
} from '../../abi/index.ts'
import {
  bootId,
  hostnameOf,
  IPC_LIMITS,
  type IpcLimit,
  ipcLimit,
  KERNEL_RELEASE,
  KERNEL_VERSION,
  type Kernel,
  lastPid,
  makeKgid,
  makeKuid,
  NAMESPACE_LIMITS,
  type NamespaceLimit,
  nsCapable,
  nsOf,
  nsOwner,
  setDomainname,
  setHostname,
  setIpcLimit,
  setLastPid,
  setUcountMax,
  ucountMax,
  uuid,
  dropPageCache,
  refuse,
} from '../../kernel/index.ts'
import type { Caller } from '../../vfs/index.ts'
import { dirent, type PseudoDir, type PseudoFile, type PseudoNode } from '../pseudo.ts'
import { procLater } from './late.ts'
import { INT_MAX, PLAIN_SYSCTLS, type PlainSysctl, type Rule, ULONG_MAX } from './sysctl-table.ts'

/** A file below /proc/sys. Linux: struct ctl_table. */
export interface Sysctl {
  readonly show?: (k: Kernel, as: Caller) => string
  readonly store?: (k: Kernel, as: Caller, text: string) => void
  readonly mode?: number
  /** Whether the caller has root's permissions by a capability. Linux: ctl_table_root.permissions. */
  readonly privileged?: (k: Kernel, as: Caller) => boolean
  /** The mode that holds for them, where it is another one. */
  readonly privilegedMode?: number
  /** Whose it is, root's if absent. Linux: ctl_table_root.set_ownership. */
  readonly owner?: (k: Kernel, as: Caller) => { readonly uid: number; readonly gid: number }
}

const fixed = (value: string | number): Sysctl => ({ show: () => `${value}` })

/** One number as C writes it: decimal, octal or hexadecimal. Linux: proc_get_long(). */
function parseNumber(word: string, rule: Exclude<Rule, string>): bigint {
  const found = /^(-?)(0[xX][0-9a-fA-F]+|\d+)$/.exec(word)
  if (!found) throw EINVAL
  const digits = /^0\d/.test(found[2]!) ? `0o${found[2]}` : found[2]!
  if (/^0o.*[89]/.test(digits)) throw EINVAL
  const number = found[1] ? -BigInt(digits) : BigInt(digits)
  if (number < rule.min || number > rule.max) throw EINVAL
  return number
}

/** What a write makes of the values there were: the first ones change, the others stay. Linux: do_proc_dointvec(). */
export function parseVector(text: string, old: string, rule: Exclude<Rule, string>): string {
  const values = old.split('\t')
  const words = text.trim().split(/\s+/).slice(0, values.length)
  words.forEach((word, i) => {
    values[i] = String(parseNumber(word, rule))
  })
  return values.join('\t')
}

/** CORENAME_MAX_SIZE and KMOD_PATH_LEN less what ends the text: longer ones are cut. Linux: proc_dostring(). */
const TEXT_MAX = 127

/** A value that is kept when written; `k.sysctl` holds what differs from the default. */
export function plain({ path, rule, value, mode }: PlainSysctl): Sysctl {
  const show = (k: Kernel) => k.sysctl.get(path) ?? value
  if (rule === 'fixed') return { show, mode }
  return {
    show,
    mode,
    store(k, _, text) {
      k.sysctl.set(
        path,
        rule === 'text' ? text.split('\n')[0]!.slice(0, TEXT_MAX) : parseVector(text, show(k), rule),
      )
    },
  }
}

/** A limit that each user namespace has for itself. Linux: kernel/ucount.c. */
const userTunable = (name: NamespaceLimit): Sysctl => {
  const show = (k: Kernel, as: Caller) => `${ucountMax(k, as.cred.userNs, name)}`
  return {
    show,
    store: (k, as, text) =>
      setUcountMax(
        k,
        as.cred.userNs,
        name,
        Number(parseVector(text, show(k, as), { min: 0n, max: INT_MAX })),
      ),
    privileged: (k, as) => nsCapable(k, as.cred, CAP_SYS_RESOURCE, as.cred.userNs),
  }
}

const ipcNsOf = (k: Kernel, as: Caller): number => nsOf(k, as.task || k.initTask, 'ipc')

/** Root where a namespace belongs. Linux: ipc_set_ownership(), net_ctl_set_ownership(). */
function rootOf(k: Kernel, kind: 'ipc' | 'net', ns: number): { readonly uid: number; readonly gid: number } {
  const userNs = nsOwner(k, kind, ns)
  return { uid: makeKuid(k, userNs, 0) ?? 0, gid: makeKgid(k, userNs, 0) ?? 0 }
}

/** What the sysctls of ipc namespaces have in common. Linux: ipc_permissions(), mq_permissions(). */
const ofIpcNs = {
  owner: (k: Kernel, as: Caller) => rootOf(k, 'ipc', ipcNsOf(k, as)),
  privileged: (k: Kernel, as: Caller) => as.cred.euid === rootOf(k, 'ipc', ipcNsOf(k, as)).uid,
}

/** Which id the next object is to get, for who restores processes. Linux: proc_ipc_dointvec_minmax() of next_id. */
const ipcNextId = (path: string): Sysctl => {
  const own = (k: Kernel, as: Caller) =>
    plain({ path: `${path} ${ipcNsOf(k, as)}`, rule: { min: 0n, max: INT_MAX }, value: '-1', mode: 0o444 })
  return {
    ...ofIpcNs,
    mode: 0o444,
    privilegedMode: 0o666,
    show: (k, as) => own(k, as).show!(k, as),
    store: (k, as, text) => own(k, as).store!(k, as, text),
    privileged: (k, as) => mayRestore(k, as, nsOwner(k, 'ipc', ipcNsOf(k, as))),
  }
}

/** Linux: checkpoint_restore_ns_capable(). */
const mayRestore = (k: Kernel, as: Caller, userNs: number): boolean =>
  nsCapable(k, as.cred, CAP_CHECKPOINT_RESTORE, userNs) || nsCapable(k, as.cred, CAP_SYS_ADMIN, userNs)

/** Numbers that each ipc namespace has for itself. Linux: ipc_sysctls, mq_sysctls. */
const ipcNumbers = (name: string, value: string, min: bigint, max: bigint): Sysctl => {
  const own = (k: Kernel, as: Caller) =>
    plain({ path: `${name} ${ipcNsOf(k, as)}`, rule: { min, max }, value, mode: 0o644 })
  return {
    ...ofIpcNs,
    show: (k, as) => own(k, as).show!(k, as),
    store: (k, as, text) => own(k, as).store!(k, as, text),
  }
}

/** A limit that each ipc namespace has for itself. */
const ipcTunable = (name: IpcLimit): Sysctl => ({
  ...ofIpcNs,
  show: (k, as) => ipcLimit(k, ipcNsOf(k, as), name),
  store(k, as, text) {
    const number = /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN
    if (!(number <= 2 ** 53)) throw EINVAL
    setIpcLimit(k, ipcNsOf(k, as), name, number)
  },
})

/** Two names for one amount: writing one sets the other to 0. Linux: dirty_ratio_handler() and its like. */
function eitherOr(path: string, other: string, value: string, min: bigint, max: bigint): Sysctl {
  const it = plain({ path, rule: { min, max }, value, mode: 0o644 })
  return {
    ...it,
    store(k, as, text) {
      it.store!(k, as, text)
      k.sysctl.set(other, '0')
    },
  }
}

/** A file whose writing is an act. It cannot be read. */
const act = (max: bigint, done: (k: Kernel, as: Caller, value: bigint) => void): Sysctl => ({
  mode: 0o200,
  store: (k, as, text) => done(k, as, BigInt(parseVector(text, '0', { min: 1n, max }))),
})

/** A switch of the VFS's. */
const protectedTunable = (name: keyof Kernel['vfs']['sysctl'], max: bigint): Sysctl => ({
  show: k => `${k.vfs.sysctl[name]}`,
  store(k, _, text) {
    k.vfs.sysctl[name] = Number(parseVector(text, '0', { min: 0n, max }))
  },
})

/** A value out of a few words. */
function choice(path: string, value: string, words: readonly string[]): Sysctl {
  return {
    show: k => k.sysctl.get(path) ?? value,
    store(k, _, text) {
      const word = text.trim()
      if (!words.includes(word)) throw EINVAL
      k.sysctl.set(path, word)
    },
  }
}

/** Nothing is cached twice here, so there is nothing to drop; the kernel notes who asked. */
function dropCaches(k: Kernel, as: Caller, value: bigint): void {
  const task = k.tasks.find(as.task)
  if (task) k.log(`${task.comm} (${task.pids[0]}): drop_caches: ${value}`, 6)
  if (value & 1n) dropPageCache(k)
}

/** The limit of the initial user namespace, by another name. */
const initialLimit = (path: NamespaceLimit, value: string): Sysctl =>
  plain({ path, rule: { min: 0n, max: INT_MAX }, value, mode: 0o644 })

const SECCOMP_LOGGED = 'kill_process kill_thread trap errno user_notif trace log'
const inodes = (k: Kernel): number => k.vfs.inodes.size
const SPECIAL: Record<string, Sysctl> = {
  'crypto/fips_version': fixed(KERNEL_RELEASE),
  'fs/dentry-state': { show: k => `${k.vfs.dentries.size}\t0\t45\t0\t0\t0`, mode: 0o444 },
  'fs/file-nr': { show: k => `${k.vfs.openFiles.size}\t0\t${k.sysctl.get('fs/file-max') ?? 199655}` },
  'fs/inotify/max_user_instances': initialLimit('user/max_inotify_instances', '128'),
  'fs/inotify/max_user_watches': initialLimit('user/max_inotify_watches', '15247'),
  'fs/inode-nr': { show: k => `${inodes(k)}\t0` },
  'fs/inode-state': { show: k => `${inodes(k)}\t0${'\t0'.repeat(5)}` },
  'fs/mqueue/msg_default': ipcNumbers('fs/mqueue/msg_default', '10', 1n, 65536n),
  'fs/mqueue/msg_max': ipcNumbers('fs/mqueue/msg_max', '10', 1n, 65536n),
  'fs/mqueue/msgsize_default': ipcNumbers('fs/mqueue/msgsize_default', '8192', 128n, 16777216n),
  'fs/mqueue/msgsize_max': ipcNumbers('fs/mqueue/msgsize_max', '8192', 128n, 16777216n),
  'fs/mqueue/queues_max': ipcNumbers('fs/mqueue/queues_max', '256', -INT_MAX, INT_MAX),
  'fs/pipe-max-size': {
    show: k => k.sysctl.get('fs/pipe-max-size') ?? '1048576',
    // Rounded up to a page and a power of two. Linux: round_pipe_size().
    store(k, _, text) {
      const size = Number(parseVector(text, '0', { min: 0n, max: 2n ** 31n }))
      k.sysctl.set('fs/pipe-max-size', `${Math.max(4096, 2 ** Math.ceil(Math.log2(size || 1)))}`)
    },
  },
  'fs/protected_fifos': protectedTunable('protectedFifos', 2n),
  'fs/protected_hardlinks': protectedTunable('protectedHardlinks', 1n),
  'fs/protected_regular': protectedTunable('protectedRegular', 2n),
  'fs/protected_symlinks': protectedTunable('protectedSymlinks', 1n),
  'kernel/cap_last_cap': fixed(CAP_LAST_CAP),
  'kernel/domainname': {
    show: (k, as) => hostnameOf(k, as.task).domainname,
    store: (k, as, text) => setDomainname(k, as.task, text.split('\n')[0]!),
  },
  'kernel/hostname': {
    show: (k, as) => hostnameOf(k, as.task).nodename,
    store: (k, as, text) => setHostname(k, as.task, text.split('\n')[0]!),
  },
  'kernel/auto_msgmni': ipcNumbers('kernel/auto_msgmni', '0', 0n, 1n),
  'kernel/sem': ipcNumbers('kernel/sem', '32000\t1024000000\t500\t32000', -INT_MAX, INT_MAX),
  'kernel/shm_rmid_forced': ipcNumbers('kernel/shm_rmid_forced', '0', 0n, 1n),
  ...Object.fromEntries(IPC_LIMITS.map(name => [`kernel/${name}`, ipcTunable(name)])),
  ...Object.fromEntries(
    ['msg', 'sem', 'shm'].map(name => [`kernel/${name}_next_id`, ipcNextId(`kernel/${name}_next_id`)]),
  ),
  'kernel/ns_last_pid': {
    mode: 0o666,
    show: (k, as) => `${lastPid(k, as.task)}`,
    store(k, as, text) {
      const ns = nsOf(k, as.task || k.initTask, 'pid')
      if (!mayRestore(k, as, nsOwner(k, 'pid', ns))) throw EPERM
      setLastPid(k, as.task, Number(parseVector(text, '0', { min: 0n, max: 4194304n })))
    },
  },
  'kernel/osrelease': fixed(KERNEL_RELEASE),
  'kernel/printk_devkmsg': choice('kernel/printk_devkmsg', 'ratelimit', ['on', 'off', 'ratelimit']),
  'kernel/pty/nr': { show: k => `${k.ptys.size}` },
  'kernel/random/boot_id': { show: k => bootId(k) },
  // "As of Linux 5.18 ... writing to this file has no effect" - random(4)
  'kernel/random/urandom_min_reseed_secs': { show: () => '60', store: () => {} },
  'kernel/random/uuid': { show: k => uuid(k) },
  'kernel/random/write_wakeup_threshold': { show: () => '256', store: () => {} },
  'kernel/sched_rr_timeslice_ms': {
    show: k => k.sysctl.get('kernel/sched_rr_timeslice_ms') ?? '100',
    store(k, _, text) {
      const value = parseVector(text, '0', { min: -INT_MAX, max: INT_MAX })
      k.sysctl.set('kernel/sched_rr_timeslice_ms', Number(value) > 0 ? value : '100')
    },
  },
  'kernel/seccomp/actions_logged': choice('kernel/seccomp/actions_logged', SECCOMP_LOGGED, [SECCOMP_LOGGED]),
  'kernel/tainted': {
    show: k => k.sysctl.get('kernel/tainted') ?? '0',
    // Taints are added, never taken away. Linux: proc_taint().
    store(k, _, text) {
      const added = BigInt(parseVector(text, '0', { min: 0n, max: ULONG_MAX })) & 0x7ffffn
      k.sysctl.set('kernel/tainted', `${BigInt(k.sysctl.get('kernel/tainted') ?? 0) | added}`)
    },
  },
  'kernel/version': fixed(KERNEL_VERSION),
  'kernel/watchdog_cpumask': { show: k => (k.cpus > 1 ? `0-${k.cpus - 1}` : '0'), mode: 0o644 },
  ...Object.fromEntries(NAMESPACE_LIMITS.map(name => [name, userTunable(name)])),
  'vm/compact_memory': act(1n, () => {}),
  'vm/dirty_background_bytes': eitherOr(
    'vm/dirty_background_bytes',
    'vm/dirty_background_ratio',
    '0',
    1n,
    ULONG_MAX,
  ),
  'vm/dirty_background_ratio': eitherOr(
    'vm/dirty_background_ratio',
    'vm/dirty_background_bytes',
    '10',
    0n,
    100n,
  ),
  'vm/dirty_bytes': eitherOr('vm/dirty_bytes', 'vm/dirty_ratio', '0', 8192n, ULONG_MAX),
  'vm/dirty_ratio': eitherOr('vm/dirty_ratio', 'vm/dirty_bytes', '20', 0n, 100n),
  'vm/drop_caches': act(4n, dropCaches),
  'vm/numa_zonelist_order': choice('vm/numa_zonelist_order', 'Node', ['node', 'Node', 'default', 'Default']),
  'vm/overcommit_kbytes': eitherOr('vm/overcommit_kbytes', 'vm/overcommit_ratio', '0', 0n, ULONG_MAX),
  'vm/overcommit_ratio': eitherOr('vm/overcommit_ratio', 'vm/overcommit_kbytes', '50', -INT_MAX, INT_MAX),
  'vm/stat_refresh': { show: () => '', store: () => {}, mode: 0o600 },
}

const SYSCTLS: Record<string, Sysctl> = {
  ...SPECIAL,
  ...Object.fromEntries(PLAIN_SYSCTLS.map(it => [it.path, plain(it)])),
}

const PATHS = Object.keys(SYSCTLS)
const ino = (path: string): number =>
  0x8000 + 2 * [...path].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 4099, 7)

const showLine = (text: string): string => (text ? `${text}\n` : '')

/** "root" gets the owner's bits and no more: there is no overriding here. Linux: test_perm(). */
const testPerm =
  (k: Kernel, path: string, mode: number) =>
  (as: Caller, mask: number): void => {
    if (mask & ~(as.cred.euid === 0 ? mode >> 6 : mode) & 7)
      throw refuse(k, EACCES, 'sysctl-mode', {
        name: path.replaceAll('/', '.'),
        mode,
        want: mask & 7,
        uid: as.cred.euid,
      })
  }

function fileNode(k: Kernel, path: string, it: Sysctl, as: Caller): PseudoFile {
  const mode = it.mode ?? (it.store ? 0o644 : 0o444)
  const { show } = it
  return {
    kind: 'file',
    ino: ino(path),
    mode,
    ...it.owner?.(k, as),
    permission: testPerm(k, path, mode),
    permitted: (as, mask) =>
      !(mask & ~((it.privilegedMode ?? mode) >> 6)) && (it.privileged?.(k, as) ?? false),
    ...(show && { show: (as: Caller) => showLine(show(k, as)) }),
    store(as, text) {
      if (!it.store) throw EPERM
      it.store(k, as, text)
    },
  }
}

/** The directory of the sysctls below `prefix` (empty, or ending in a slash). */
export function sysctlDirectory(k: Kernel, prefix = ''): PseudoDir {
  const below = [...PATHS, 'net']
    .filter(path => path.startsWith(prefix))
    .map(path => path.slice(prefix.length).split('/')[0]!)
  const names = [...new Set(below)].sort()
  const node = (as: Caller, name: string): PseudoNode => {
    const it = SYSCTLS[prefix + name]
    if (prefix + name === 'net') return netDirectory(k, 'net/')
    return it ? fileNode(k, prefix + name, it, as) : sysctlDirectory(k, `${prefix}${name}/`)
  }
  return {
    ...directory(k, prefix),
    lookup: (as, name) => (names.includes(name) ? node(as, name) : undefined),
    readdir: as => names.map(name => dirent(name, node(as, name))),
  }
}

const directory = (k: Kernel, prefix: string) => ({
  kind: 'dir' as const,
  ino: ino(`/${prefix}`),
  mode: 0o555,
  permission: testPerm(k, prefix, 0o555),
  nlink: 1,
})

/** The same for those of networks: which there are depends on the reader's namespace. They come late. */
function netDirectory(k: Kernel, prefix: string): PseudoDir {
  const tree = (as: Caller) => procLater()?.netSysctls(k, nsOf(k, as.task || k.initTask, 'net'))
  const names = (as: Caller): readonly string[] => tree(as)?.names.get(prefix) ?? []
  const owner = (as: Caller) => rootOf(k, 'net', nsOf(k, as.task || k.initTask, 'net'))
  const node = (as: Caller, name: string): PseudoNode => {
    const it = tree(as)?.files.get(prefix + name)
    const made = it ? fileNode(k, prefix + name, it, as) : netDirectory(k, `${prefix}${name}/`)
    return { ...made, ...owner(as) }
  }
  return {
    ...directory(k, prefix),
    lookup: (as, name) => (names(as).includes(name) ? node(as, name) : undefined),
    readdir: as => names(as).map(name => dirent(name, node(as, name))),
  }
}
