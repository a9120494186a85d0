/**
 * The rules of the kernel that refuse things to people, and the facts that make each apply. The kernel names the rule
 * where it refuses; the dictionaries of why(1) say it in words, and the compiler sees to it that none is forgotten.
 *
 * Facts called …uid and …gid are as the caller's user namespace numbers them, paths as the caller's root shows them.
 */

/** One refusal, as the kernel wrote it down. */
export type Refusal = { [R in Rule]: RefusalOf<R> }[Rule]

export interface RefusalOf<R extends Rule> {
  readonly rule: R
  readonly facts: Rules[R]
  /** The number of the error; 0 where no call failed: something befell the task. */
  readonly errno: number
  /** The system call and those of its arguments that are text or numbers. */
  readonly call: string
  readonly args: readonly (string | number)[]
  readonly comm: string
  /** As the reader's pid namespace numbers it, 0 if it is not seen there. */
  readonly pid: number
  /** The command whose refusals were asked for has ended well all the same. */
  readonly overcome: boolean
  /** No later command of the process whose refusals were asked for has come to an end since. */
  readonly isLast: boolean
  /** Virtual ns since boot. */
  readonly at: number
}

export type Rule = keyof Rules

/** Each rule with its facts. */
export interface Rules {
  // Capabilities
  /** Lacking in the user namespace `owner`; `held` if the task has it in its own one, `bounded` if it cannot come back. */
  readonly capable: {
    readonly cap: number
    readonly owner: string
    readonly mine: string
    readonly uid: number
    readonly held: 0 | 1
    readonly bounded: 0 | 1
  }

  // Path walk and files
  /** The mode of what is at `path` does not give `want` (4 read, 2 write, 1 execute or search) to the caller's class. */
  readonly mode: {
    readonly path: string
    readonly isDirectory: 0 | 1
    readonly mode: number
    readonly want: number
    readonly decides: 'owner' | 'group' | 'other' | 'acl'
    readonly uid: number
    readonly ouid: number
    readonly ogid: number
  }
  /** No execute bit at all, which not even root gets over. */
  readonly 'not-executable': { readonly path: string; readonly mode: number }
  readonly 'not-owner': Owned
  readonly chown: Owned
  readonly chgrp: Owned & { readonly gid: number }
  /** `ouid` owns the file, `duid` the directory `path`. */
  readonly sticky: Owned & { readonly name: string; readonly duid: number }
  readonly immutable: At
  readonly 'append-only': At
  readonly 'read-only-mount': At
  readonly 'read-only-fs': At & { readonly type: string }
  readonly nodev: At
  readonly 'no-device': At & { readonly kind: 'b' | 'c'; readonly major: number; readonly minor: number }
  readonly noexec: At & { readonly mount: string }
  readonly nosymfollow: At
  readonly nofollow: Nothing
  readonly 'links-max': { readonly max: number }
  /** Of a link of `ouid` in the sticky directory of `duid`. */
  readonly 'protected-symlinks': At & { readonly ouid: number; readonly duid: number }
  readonly 'protected-hardlinks': Owned
  readonly 'protected-create': Owned & { readonly duid: number }
  readonly 'link-directory': At
  readonly 'cross-mount': { readonly from: string; readonly to: string }
  readonly 'is-mountpoint': At
  readonly 'rename-into-itself': At
  readonly 'text-busy': At
  readonly 'swap-file': At
  readonly 'exec-while-written': At
  readonly 'exec-not-file': At
  readonly 'open-socket': At
  readonly 'fifo-no-reader': At
  readonly 'no-tty': Nothing
  /** Of a process `pid`. */
  readonly 'lock-held': At & { readonly pid: number }
  readonly 'no-direct-io': At & { readonly type: string }
  readonly fsize: { readonly limit: number }
  readonly 'file-max-bytes': { readonly max: number }
  readonly 'xattr-user': At
  readonly 'acl-default': At
  readonly 'acl-invalid': Nothing

  // mount(2), umount2(2), pivot_root(2)
  readonly 'mount-no-type': Nothing
  readonly 'mount-no-source': Nothing
  readonly 'fs-unknown': { readonly type: string }
  readonly 'fs-userns': { readonly type: string }
  readonly 'fs-owner': { readonly type: string }
  readonly 'mount-revealing': { readonly type: string }
  readonly 'mount-foreign': { readonly mine: string }
  readonly 'mount-twice': At
  /** Whether what is at `path` is a directory. */
  readonly 'mount-kind': At & { readonly directory: 0 | 1 }
  readonly 'mount-locked': At & { readonly mine: string }
  readonly 'mount-max': {
    readonly ns: string
    readonly count: number
    readonly more: number
    readonly max: number
  }
  readonly 'mountpoint-removed': At
  readonly 'not-mountpoint': At
  readonly 'mnt-ns-loop': At & { readonly mine: string }
  readonly 'mnt-ns-propagates': At
  readonly 'bind-unbindable': At
  readonly 'bind-locked': At
  readonly 'propagation-several': Nothing
  readonly 'move-root': At
  readonly 'move-from-shared': At & { readonly parent: string }
  readonly 'move-unbindable': At & { readonly to: string }
  readonly 'move-into-itself': At & { readonly to: string }
  /**
   * A mount on it, the first open file, how many files, directories and programs use it, and whether the caller's own
   * working or root directory is among them; all empty for a copy.
   */
  readonly 'mount-busy': At & {
    readonly inside: string
    readonly file: string
    readonly files: number
    readonly directories: number
    readonly programs: number
    readonly mine: 0 | 1
  }
  readonly 'remount-busy': At & { readonly file: string }
  /** Bits of MS_*; 0 when it is how access times are kept. */
  readonly 'remount-locked': At & { readonly flags: number; readonly mine: string }
  readonly 'pivot-shared': At & { readonly which: 'put_old' | 'new_root' | 'root' }
  readonly 'pivot-same': At & { readonly which: 'put_old' | 'new_root' }
  readonly 'pivot-chrooted': { readonly mine: string }
  readonly 'pivot-rootfs': Nothing
  readonly 'pivot-outside': At & { readonly newRoot: string }
  readonly 'pivot-unreachable': At

  // Namespaces: clone(2), unshare(2), setns(2)
  readonly 'unshare-flags': Nothing
  /** The kind of namespace that the file stands for, '' if for none. */
  readonly 'setns-kind': { readonly kind: string }
  readonly 'setns-own-user': { readonly mine: string }
  readonly 'has-threads': Nothing
  /** The namespace that children are to live in. */
  readonly 'shares-memory': { readonly ns: string }
  readonly 'shares-fs': { readonly kind: string }
  readonly 'setns-pid-ancestor': { readonly ns: string; readonly mine: string }
  readonly 'time-frozen': { readonly ns: string }
  readonly 'time-range': { readonly sec: number; readonly now: number }
  readonly 'userns-clone-off': Nothing
  readonly 'userns-depth': { readonly level: number; readonly max: number }
  readonly 'userns-chrooted': Nothing
  readonly 'userns-unmapped': { readonly kind: IdKind; readonly mine: string }
  /** Of the user `uid` in the user namespace `ns`. */
  readonly ucount: { readonly kind: string; readonly max: number; readonly uid: number; readonly ns: string }
  readonly 'pid-ns-dead': { readonly ns: string }
  readonly 'pid-ns-twice': { readonly ns: string; readonly mine: string }
  readonly 'pid-ns-depth': { readonly max: number }

  // Id maps
  readonly 'setgroups-word': { readonly text: string }
  readonly 'setgroups-denied': { readonly ns: string }
  readonly 'setgroups-unmapped': { readonly ns: string }
  readonly 'setgroups-after-map': { readonly ns: string }
  readonly 'map-outside': { readonly ns: string; readonly mine: string }
  readonly 'map-written': { readonly kind: IdKind; readonly ns: string }
  readonly 'map-root': { readonly parent: string }
  readonly 'map-setgroups': { readonly ns: string }
  /** More than one's own id, without the capability in the parent. */
  readonly 'map-others': {
    readonly kind: IdKind
    readonly uid: number
    readonly gid: number
    readonly parent: string
  }
  readonly 'map-unmapped': {
    readonly kind: IdKind
    readonly first: number
    readonly last: number
    readonly parent: string
  }
  readonly 'map-syntax': { readonly line: string }
  readonly 'map-range': { readonly line: string }
  readonly 'map-overlap': { readonly line: string }
  readonly 'map-extents': { readonly count: number; readonly max: number }
  readonly 'id-unmapped': { readonly kind: IdKind; readonly id: number; readonly mine: string }

  // Limits
  readonly nproc: { readonly uid: number; readonly limit: number }
  readonly 'threads-max': Max
  readonly 'pid-max': Max
  readonly nofile: { readonly limit: number }
  readonly 'file-max': Max
  readonly 'nr-open': Max
  readonly 'rlimit-raise': { readonly max: number; readonly wanted: number }
  readonly 'rlimit-soft': { readonly soft: number; readonly hard: number }
  readonly 'arg-strlen': Max
  readonly 'arg-max': Max & { readonly total: number }
  readonly 'memory-limit': { readonly bytes: number; readonly limit: number }
  readonly 'memory-host': { readonly bytes: number; readonly memory: number }
  readonly 'pipe-max': Max
  readonly 'name-length': Max
  readonly 'path-length': Max & { readonly of: 'name' | 'path' }
  readonly 'fs-blocks': { readonly type: string; readonly size: number; readonly used: number }
  readonly 'fs-inodes': Max & { readonly type: string }
  readonly 'mqueue-max': Max
  readonly 'inotify-max': Max & { readonly of: 'instances' | 'watches' }
  readonly 'msgqueue-limit': { readonly limit: number }
  /** Either as many objects as there may be, or together as large as they may be (pages, messages or semaphores). */
  readonly 'ipc-limit': { readonly kind: string; readonly of: 'objects' | 'size'; readonly most: number }

  // Credentials and other tasks
  readonly 'cap-inheritable': { readonly cap: number }
  readonly 'cap-permitted': { readonly cap: number }
  readonly 'cap-effective': { readonly cap: number }
  readonly 'cap-ambient': {
    readonly cap: number
    readonly forbidden: 0 | 1
    readonly permitted: 0 | 1
    readonly inheritable: 0 | 1
  }
  readonly 'securebits-locked': Nothing
  readonly 'file-caps-lacking': At
  /** `tuid` is the target's. */
  readonly kill: {
    readonly pid: number
    readonly comm: string
    readonly uid: number
    readonly euid: number
    readonly tuid: number
    readonly owner: string
  }
  readonly 'ptrace-self': Nothing
  readonly 'ptrace-kthread': Kthread
  readonly 'ptrace-taken': { readonly tracer: number }
  readonly 'ptrace-access': {
    readonly pid: number
    readonly comm: string
    readonly uid: number
    readonly tuid: number
    readonly reason: 'user' | 'dumpable' | 'userns' | 'caps'
    readonly owner: string
    readonly mine: string
  }
  readonly hidepid: { readonly hidepid: string }
  readonly 'oom-adj': { readonly value: number; readonly minimum: number }
  readonly 'setpgid-execed': Nothing
  readonly 'setpgid-leader': Nothing
  readonly 'setsid-leader': { readonly pid: number }
  readonly 'ipc-mode': {
    readonly key: number
    readonly mode: number
    readonly uid: number
    readonly ouid: number
  }
  readonly 'ipc-owner': { readonly id: number; readonly uid: number; readonly ouid: number }

  // execve(2)
  /** How the file begins, as far as that is text. */
  readonly 'exec-format': At & { readonly starts: string }
  readonly 'interpreter-missing': At & { readonly interpreter: string }
  readonly 'interpreters-max': Max

  // Files that the kernel makes up, devices
  readonly value: At & { readonly text: string }
  readonly 'write-at-once': At
  readonly 'sysctl-mode': {
    readonly name: string
    readonly mode: number
    readonly want: number
    readonly uid: number
  }
  readonly 'pseudo-mode': At & { readonly want: number }
  readonly 'pseudo-create': { readonly type: string; readonly name: string }
  readonly 'pseudo-remove': { readonly type: string; readonly name: string }
  readonly 'not-empty': { readonly count: number }
  readonly 'fs-options': { readonly type: string; readonly options: string }
  readonly 'not-block-device': At
  readonly 'device-mounted': At & { readonly type: string; readonly readOnly: 0 | 1 }
  readonly 'disk-read-only': { readonly name: string }
  readonly 'loop-free': { readonly name: string }
  readonly 'loop-taken': { readonly name: string; readonly file: string }
  readonly 'module-used': { readonly name: string }

  // Control groups
  readonly 'cgroup-descendants': Group & Max
  readonly 'cgroup-depth': Group & Max
  readonly 'cgroup-busy': Group & { readonly tasks: number; readonly children: number }
  readonly 'cgroup-rename': Nothing
  readonly 'cgroup-type': Group
  readonly 'cgroup-threaded-used': Group & { readonly populated: 0 | 1 }
  readonly 'cgroup-threaded-parent': Group & { readonly parent: string }
  readonly 'cgroup-threaded-control': Group & { readonly controllers: string }
  readonly 'cgroup-domain-invalid': Group
  readonly 'cgroup-internal': Group & { readonly controllers: string }
  readonly 'cgroup-has-tasks': Group & { readonly tasks: number }
  readonly 'cgroup-controller-word': { readonly word: string }
  readonly 'cgroup-controller-absent': Group & { readonly name: string; readonly parent: string }
  readonly 'cgroup-control-passed-on': { readonly name: string; readonly child: string }
  readonly 'cgroup-other-domain': { readonly from: string; readonly to: string }
  readonly 'cgroup-procs-threaded': Group
  readonly 'cgroup-migrate': Group & { readonly uid: number; readonly ouid: number }
  readonly 'cgroup-namespace-root': Group & { readonly file: string }
  readonly 'cgroup-delegate': { readonly from: string; readonly to: string }
  readonly 'cgroup-no-task': { readonly pid: number }
  readonly 'kthread-bound': Kthread
  readonly 'cgroup1-others': { readonly pid: number; readonly uid: number; readonly tuid: number }
  readonly 'cgroup1-name-taken': { readonly name: string }
  readonly 'cgroup1-new-hierarchy': Nothing
  readonly 'cgroup1-option': { readonly message: string }
  readonly 'cgroup1-populated': Nothing
  readonly 'cgroup1-controller-taken': { readonly name: string; readonly version: 1 | 2 }
  readonly 'pids-max': Group & Max & { readonly current: number }
  readonly 'deadline-bandwidth': { readonly runtime: number; readonly period: number }
  readonly 'cpuset-empty': Group
  readonly 'cpuset-no-cpus': Group
  readonly 'cpuset-no-node': Nothing
  readonly 'cpuset1-children': Group
  readonly 'cpuset1-parent': { readonly parent: string }
  readonly 'cpuset1-exclusive': Group
  readonly 'cpuset1-root': Nothing
  readonly 'cpuset1-unset': Group & { readonly cpus: 0 | 1; readonly mems: 0 | 1 }
  readonly 'devices-parent': Group
  readonly 'devices-children': Group
  readonly 'device-cgroup': Group & { readonly device: string; readonly access: string }
  readonly 'cpu-period': { readonly period: number; readonly min: number; readonly max: number }
  readonly 'cpu-quota': { readonly quota: number; readonly min: number }
  readonly 'cpu-burst': { readonly burst: number; readonly quota: number }
  readonly 'cpu-idle-weight': Group
  readonly 'cpu1-parent': Group
  readonly 'cpu1-child': Group
  readonly 'memory1-memsw': Nothing
  readonly 'memory1-usage': { readonly usage: number; readonly limit: number }
  readonly 'memory-reclaim': Group & { readonly bytes: number }

  // Network: requests of rtnetlink(7)
  readonly 'device-name-taken': { readonly name: string }
  readonly 'device-down': { readonly name: string }
  readonly 'device-stays': { readonly name: string }
  readonly 'ipv6-off': { readonly name: string }
  readonly 'address-taken': { readonly address: string; readonly name: string }
  readonly 'route-taken': { readonly network: string }
  readonly 'gateway-unreachable': { readonly gateway: string }

  // Overlay: the line is what the kernel's log says
  readonly 'overlay-no-lowerdir': Line
  readonly 'overlay-too-many': Line
  readonly 'overlay-depth': Line
  readonly 'overlay-not-directory': Line
  readonly 'overlay-upper-type': Line
  readonly 'overlay-no-workdir': Line
  readonly 'overlay-upper-ro': Line
  readonly 'overlay-work-mount': Line
  readonly 'overlay-work-inside': Line
  readonly 'overlay-empty-lower': Line
  readonly 'overlay-one-lower': Line
  readonly 'overlay-conflicting': Line
  readonly 'overlay-overlapping': Line
  readonly 'overlay-origin': Line
  readonly 'overlay-index': Line
  readonly 'overlay-option': Line
  readonly 'overlay-options-conflict': Line
  readonly 'overlay-incompat': Line
  readonly 'overlay-in-use': Line
  readonly 'overlay-read-only': Nothing
  readonly 'overlay-owner-unmapped': { readonly ouid: number; readonly ogid: number }
  readonly 'overlay-upper-changed': { readonly name: string }
  readonly 'overlay-redirect': { readonly name: string }

  // What befell a task, though no call failed
  readonly 'no-new-privs': At
  readonly nosuid: At
  readonly 'suid-unmapped': At
  readonly 'kthread-ignores': Kthread & { readonly signal: number }
  readonly 'init-ignores': {
    readonly signal: number
    readonly comm: string
    readonly ns: string
    readonly fromInside: 0 | 1
  }
  readonly 'init-died': { readonly comm: string; readonly ns: string }
  readonly 'oom-host': { readonly rss: number; readonly memory: number }
  readonly 'oom-memcg': Group & { readonly max: number; readonly rss: number }
  readonly 'cpu-limit': { readonly limit: number }
}

export type IdKind = 'uid' | 'gid'
interface Max {
  readonly max: number
}
interface Group {
  readonly cgroup: string
}
/** One of the kernel's own threads. */
interface Kthread {
  readonly pid: number
  readonly comm: string
}
interface Line {
  readonly line: string
}

type Nothing = Readonly<Record<never, never>>
interface At {
  readonly path: string
}
/** Of whom something is, and who wanted to change it. */
interface Owned extends At {
  readonly uid: number
  readonly ouid: number
}
