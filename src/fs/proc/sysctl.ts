/**
 * /proc/sys: the sysctls that are modelled, and those that tools read without anything depending on them. Linux:
 * fs/proc/proc_sysctl.c, kernel/sysctl.c. Left out: every other name; a write to a value nothing depends on is kept.
 */
import { CAP_LAST_CAP, EACCES, EINVAL, EPERM } from '../../abi/index.ts'
import {
  bootId,
  hostnameOf,
  IPC_LIMITS,
  type IpcLimit,
  ipcLimit,
  nsOf,
  setIpcLimit,
  KERNEL_RELEASE,
  KERNEL_VERSION,
  type Kernel,
  lastPid,
  setHostname,
  setDomainname,
  uuid,
} from '../../kernel/index.ts'
import type { Caller } from '../../vfs/index.ts'
import { dirent, type PseudoDir, type PseudoFile, type PseudoNode } from '../pseudo.ts'

interface Sysctl {
  readonly show: (k: Kernel, as: Caller) => string
  readonly store?: (k: Kernel, as: Caller, text: string) => void
  readonly mode?: number
}

const constant = (value: string | number): Sysctl => ({ show: () => `${value}` })

/** A number that is kept when written; `k.sysctl` holds what differs from the default. */
const tunable = (path: string, value: number, min = 0, max = 2 ** 31 - 1): Sysctl => ({
  show: k => `${k.sysctl.get(path) ?? value}`,
  store(k, _, text) {
    const number = /^\s*-?\d+\s*$/.test(text) ? Number(text) : Number.NaN
    if (!(number >= min && number <= max)) throw EINVAL
    k.sysctl.set(path, number)
  },
})

/** A number that each network namespace has for itself. */
const netTunable = (path: string, value: number, min: number, max: number): Sysctl => {
  const own = (k: Kernel, as: Caller) =>
    tunable(`${path} ${k.nsproxies.find(k.tasks.find(as.task)?.nsproxy ?? 0)?.net ?? 0}`, value, min, max)
  return { show: (k, as) => own(k, as).show(k, as), store: (k, as, text) => own(k, as).store!(k, as, text) }
}

/** A limit that each ipc namespace has for itself. */
const ipcTunable = (name: IpcLimit): Sysctl => {
  const ns = (k: Kernel, as: Caller) => nsOf(k, as.task || k.initTask, 'ipc')
  return {
    show: (k, as) => ipcLimit(k, ns(k, as), name),
    store(k, as, text) {
      const number = /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN
      if (!(number <= 2 ** 53)) throw EINVAL
      setIpcLimit(k, ns(k, as), name, number)
    },
  }
}

const NAMESPACES = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts']

const SYSCTLS: Record<string, Sysctl> = {
  'fs/file-max': tunable('fs/file-max', 199655),
  'fs/mount-max': tunable('fs/mount-max', 100000, 1),
  'fs/nr_open': tunable('fs/nr_open', 1048576, 8),
  'fs/overflowgid': constant(65534),
  'fs/overflowuid': constant(65534),
  'fs/pipe-max-size': tunable('fs/pipe-max-size', 1048576, 4096),
  'fs/protected_hardlinks': tunable('fs/protected_hardlinks', 1, 0, 1),
  'fs/protected_symlinks': tunable('fs/protected_symlinks', 1, 0, 1),
  'kernel/cap_last_cap': constant(CAP_LAST_CAP),
  'kernel/core_pattern': constant('core'),
  'kernel/domainname': {
    show: (k, as) => hostnameOf(k, as.task).domainname,
    store: (k, as, text) => setDomainname(k, as.task, text.split('\n')[0]!),
    mode: 0o644,
  },
  'kernel/hostname': {
    show: (k, as) => hostnameOf(k, as.task).nodename,
    store: (k, as, text) => setHostname(k, as.task, text.split('\n')[0]!),
    mode: 0o644,
  },
  ...Object.fromEntries(IPC_LIMITS.map(name => [`kernel/${name}`, ipcTunable(name)])),
  'kernel/sem': constant('32000\t1024000000\t500\t32000'),
  'kernel/ngroups_max': constant(65536),
  'kernel/ns_last_pid': { show: (k, as) => `${lastPid(k, as.task)}`, mode: 0o444 },
  'kernel/osrelease': constant(KERNEL_RELEASE),
  'kernel/ostype': constant('Linux'),
  'kernel/overflowgid': constant(65534),
  'kernel/overflowuid': constant(65534),
  'kernel/pid_max': tunable('kernel/pid_max', 4194304, 301, 4194304),
  'kernel/random/boot_id': { show: k => bootId(k) },
  'kernel/random/uuid': { show: k => uuid(k) },
  'kernel/sched_rr_timeslice_ms': constant(100),
  'kernel/threads-max': tunable('kernel/threads-max', 15636, 20),
  'kernel/unprivileged_userns_clone': tunable('kernel/unprivileged_userns_clone', 1, 0, 1),
  'kernel/version': constant(KERNEL_VERSION),
  'net/ipv4/ip_forward': netTunable('net/ipv4/ip_forward', 0, 0, 2 ** 31 - 1),
  ...Object.fromEntries(
    NAMESPACES.map(name => [`user/max_${name}_namespaces`, tunable(`user/max_${name}_namespaces`, 7818)]),
  ),
  'vm/overcommit_memory': tunable('vm/overcommit_memory', 0, 0, 2),
  'vm/swappiness': tunable('vm/swappiness', 60, 0, 200),
}

const PATHS = Object.keys(SYSCTLS)
const ino = (path: string): number =>
  0x8000 + 2 * [...path].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 4099, 7)

function fileNode(k: Kernel, path: string, it: Sysctl): PseudoFile {
  const mode = it.mode ?? (it.store ? 0o644 : 0o444)
  return {
    kind: 'file',
    ino: ino(path),
    mode,
    // "root" gets the owner's bits and no more: there is no overriding here. Linux: test_perm().
    permission(as, mask) {
      if (mask & ~(as.cred.fsuid === 0 ? mode >> 6 : mode) & 7) throw EACCES
    },
    show: as => `${it.show(k, as)}\n`,
    store(as, text) {
      if (!it.store) throw EPERM
      it.store(k, as, text)
    },
  }
}

/** The directory of the sysctls below `prefix` (empty, or ending in a slash). */
export function sysctlDirectory(k: Kernel, prefix = ''): PseudoDir {
  const below = PATHS.filter(path => path.startsWith(prefix)).map(
    path => path.slice(prefix.length).split('/')[0]!,
  )
  const names = [...new Set(below)].sort()
  const node = (name: string): PseudoNode => {
    const it = SYSCTLS[prefix + name]
    return it ? fileNode(k, prefix + name, it) : sysctlDirectory(k, `${prefix}${name}/`)
  }
  return {
    kind: 'dir',
    ino: ino(`/${prefix}`),
    mode: 0o555,
    nlink: 1,
    lookup: (_, name) => (names.includes(name) ? node(name) : undefined),
    readdir: () => names.map(name => dirent(name, node(name))),
  }
}
