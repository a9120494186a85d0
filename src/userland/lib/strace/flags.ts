/**
 * Flags of system calls as strace spells them. Linux: strace's xlat tables, in the order it prints them.
 */
import * as abi from '../../../abi/index.ts'
import { SIGNALS, SIGRTMAX, SIGRTMIN } from '../../../abi/index.ts'

/** Bits with their names, in the order of printing. A later entry may need bits of an earlier one. */
export type Bits = readonly (readonly [bit: number, name: string])[]

const CONSTANTS: Readonly<Record<string, unknown>> = abi
const named = (...names: (keyof typeof abi & string)[]): Bits =>
  names.map(name => [CONSTANTS[name] as number, name] as const)

/** `A|B|0x40`, or `zero` for none. */
export function flagsText(value: number, bits: Bits, zero = '0', unknown = ''): string {
  const parts: string[] = []
  let left = value >>> 0
  for (const [bit, name] of bits) {
    const mask = bit >>> 0
    if (!mask || (left & mask) >>> 0 !== mask) continue
    parts.push(name)
    left = (left & ~mask) >>> 0
  }
  if (left) parts.push(`0x${left.toString(16)}${parts.length || !unknown ? '' : ` /* ${unknown} */`}`)
  return parts.join('|') || zero
}

/** A number that is one of several, by name. */
export const nameText = (value: number, names: Bits, unknown = '???'): string =>
  names.find(([it]) => it === value)?.[1] ?? `0x${value.toString(16)} /* ${unknown} */`

const ACCESS = ['O_RDONLY', 'O_WRONLY', 'O_RDWR', 'O_ACCMODE']
const OPEN = named(
  'O_CREAT',
  'O_EXCL',
  'O_NOCTTY',
  'O_TRUNC',
  'O_APPEND',
  'O_NONBLOCK',
  'O_SYNC',
  'O_DSYNC',
  'O_DIRECT',
  'O_LARGEFILE',
  'O_NOFOLLOW',
  'O_NOATIME',
  'O_CLOEXEC',
  'O_PATH',
  'O_TMPFILE',
  'O_DIRECTORY',
)
/** `O_WRONLY|O_CREAT|O_TRUNC` */
export function openFlags(flags: number): string {
  const access = ACCESS[flags & abi.O_ACCMODE]!
  const rest = flagsText(flags & ~abi.O_ACCMODE, OPEN, '')
  return rest ? `${access}|${rest}` : access
}
export const pipeFlags = (flags: number): string => flagsText(flags, OPEN)

const CLONE = named(
  'CLONE_NEWTIME',
  'CLONE_VM',
  'CLONE_FS',
  'CLONE_FILES',
  'CLONE_SIGHAND',
  'CLONE_VFORK',
  'CLONE_PARENT',
  'CLONE_THREAD',
  'CLONE_NEWNS',
  'CLONE_SYSVSEM',
  'CLONE_SETTLS',
  'CLONE_PARENT_SETTID',
  'CLONE_CHILD_CLEARTID',
  'CLONE_NEWCGROUP',
  'CLONE_NEWUTS',
  'CLONE_NEWIPC',
  'CLONE_NEWUSER',
  'CLONE_NEWPID',
  'CLONE_NEWNET',
)
export const cloneFlags = (flags: number): string => flagsText(flags, CLONE, '0', 'CLONE_???')

const MS_POSIXACL = 1 << 16
const MOUNT: Bits = [
  ...named(
    'MS_RDONLY',
    'MS_NOSUID',
    'MS_NODEV',
    'MS_NOEXEC',
    'MS_SYNCHRONOUS',
    'MS_REMOUNT',
    'MS_MANDLOCK',
    'MS_DIRSYNC',
    'MS_NOSYMFOLLOW',
    'MS_NOATIME',
    'MS_NODIRATIME',
    'MS_BIND',
    'MS_MOVE',
    'MS_REC',
    'MS_SILENT',
  ),
  [MS_POSIXACL, 'MS_POSIXACL'],
  ...named(
    'MS_UNBINDABLE',
    'MS_PRIVATE',
    'MS_SLAVE',
    'MS_SHARED',
    'MS_RELATIME',
    'MS_STRICTATIME',
    'MS_LAZYTIME',
  ),
]
export const mountFlags = (flags: number): string => flagsText(flags, MOUNT, '0', 'MS_???')

export const UMOUNT = named('MNT_FORCE', 'MNT_DETACH', 'MNT_EXPIRE', 'UMOUNT_NOFOLLOW')
export const ACCESS_MODE = named('R_OK', 'W_OK', 'X_OK')
export const RENAME = named('RENAME_NOREPLACE', 'RENAME_EXCHANGE', 'RENAME_WHITEOUT')
export const XATTR = named('XATTR_CREATE', 'XATTR_REPLACE')
export const POLL = named('POLLIN', 'POLLPRI', 'POLLOUT', 'POLLERR', 'POLLHUP', 'POLLNVAL')
export const FLOCK = named('LOCK_SH', 'LOCK_EX', 'LOCK_UN', 'LOCK_NB')
/** WUNTRACED goes by its other name. */
export const WAIT: Bits = [[abi.WNOHANG, 'WNOHANG'], [abi.WUNTRACED, 'WSTOPPED'], ...named('WCONTINUED')]
export const SEEK = named('SEEK_SET', 'SEEK_CUR', 'SEEK_END', 'SEEK_DATA', 'SEEK_HOLE')
export const FCNTL = named(
  'F_DUPFD',
  'F_GETFD',
  'F_SETFD',
  'F_GETFL',
  'F_SETFL',
  'F_DUPFD_CLOEXEC',
  'F_SETPIPE_SZ',
  'F_GETPIPE_SZ',
)
export const FALLOCATE: Bits = [
  [1, 'FALLOC_FL_KEEP_SIZE'],
  [2, 'FALLOC_FL_PUNCH_HOLE'],
  [8, 'FALLOC_FL_COLLAPSE_RANGE'],
  [16, 'FALLOC_FL_ZERO_RANGE'],
]
export const IPC_FLAGS = named('IPC_CREAT', 'IPC_EXCL')
export const PRIORITY = named('PRIO_PROCESS', 'PRIO_PGRP', 'PRIO_USER')
export const SCHEDULERS = named('SCHED_OTHER', 'SCHED_FIFO', 'SCHED_RR', 'SCHED_BATCH', 'SCHED_IDLE')
export const IOCTL: Bits = named(
  'TIOCSCTTY',
  'TIOCGPGRP',
  'TIOCSPGRP',
  'TIOCGWINSZ',
  'TIOCSWINSZ',
  'FIONREAD',
  'TIOCNOTTY',
  'TIOCGSID',
  'TIOCGPTN',
  'NS_GET_USERNS',
  'NS_GET_PARENT',
  'NS_GET_NSTYPE',
  'NS_GET_OWNER_UID',
)
export const PRCTL: Bits = [
  ...named(
    'PR_SET_PDEATHSIG',
    'PR_GET_PDEATHSIG',
    'PR_SET_KEEPCAPS',
    'PR_SET_NAME',
    'PR_GET_NAME',
    'PR_CAPBSET_READ',
    'PR_CAPBSET_DROP',
    'PR_SET_CHILD_SUBREAPER',
    'PR_SET_NO_NEW_PRIVS',
    'PR_GET_NO_NEW_PRIVS',
    'PR_CAP_AMBIENT',
  ),
  [3, 'PR_GET_DUMPABLE'],
  [4, 'PR_SET_DUMPABLE'],
  [7, 'PR_GET_KEEPCAPS'],
  [27, 'PR_GET_SECUREBITS'],
  [28, 'PR_SET_SECUREBITS'],
  [37, 'PR_GET_CHILD_SUBREAPER'],
]
export const AMBIENT = named(
  'PR_CAP_AMBIENT_IS_SET',
  'PR_CAP_AMBIENT_RAISE',
  'PR_CAP_AMBIENT_LOWER',
  'PR_CAP_AMBIENT_CLEAR_ALL',
)
export const RLIMITS = [
  'CPU',
  'FSIZE',
  'DATA',
  'STACK',
  'CORE',
  'RSS',
  'NPROC',
  'NOFILE',
  'MEMLOCK',
  'AS',
  'LOCKS',
  'SIGPENDING',
  'MSGQUEUE',
  'NICE',
  'RTPRIO',
  'RTTIME',
]

const SIGNAL_NAMES = new Map<number, string>(
  Object.entries(SIGNALS).map(([name, [number]]) => [number, name]),
)
/** `SIGTERM`, `SIGRTMIN`, `SIGRT_3`; a number for what is none. The kernel's real-time signals begin at 32. */
export function signalText(signal: number): string {
  const name = SIGNAL_NAMES.get(signal)
  if (name) return name
  const first = SIGRTMIN - 2
  if (signal < first || signal > SIGRTMAX) return String(signal)
  return signal === first ? 'SIGRTMIN' : `SIGRT_${signal - first}`
}

/** `[INT TERM]`, `~[KILL STOP]` where most are set. */
export function signalSet(set: bigint): string {
  const numbers = Array.from({ length: SIGRTMAX }, (_, i) => i + 1)
  const has = (signal: number) => (set & (1n << BigInt(signal - 1))) !== 0n
  const members = numbers.filter(has)
  const inverts = members.length > (SIGRTMAX * 2) / 3
  const shown = inverts ? numbers.filter(it => !has(it)) : members
  return `${inverts ? '~' : ''}[${shown.map(it => signalText(it).slice(3)).join(' ')}]`
}
