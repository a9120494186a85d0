/**
 * Values as strace prints them: strings, times, stat structures, limits, addresses.
 *
 * Addresses are made up, because this kernel has none: they look like Linux's and differ from task to task.
 */
import {
  encode,
  RLIM_INFINITY,
  type Rlimit,
  S_IFBLK,
  S_IFCHR,
  S_IFMT,
  type Stat,
  type Statfs,
  type Timespec,
} from '../../../abi/index.ts'
import { localtime, strftime } from '../time.ts'

/** How much is shown, and how. */
export interface Style {
  /** -s: bytes of a string. */
  readonly strsize: number
  /** -v: whole structures. */
  readonly verbose: boolean
  /** -x: hexadecimal for strings that are not text; -xx for all. */
  readonly hex: 0 | 1 | 2
}

const ESCAPES: Readonly<Record<number, string>> = {
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
  34: '\\"',
  92: '\\\\',
}

const isPrintable = (byte: number): boolean => (byte >= 32 && byte < 127) || (byte >= 9 && byte <= 13)

/** A string in quotes, cut to the size of -s, with `...` after it when there was more. */
export function stringText(value: string | Uint8Array, style: Style, limit = style.strsize): string {
  const bytes = typeof value === 'string' ? encode(value) : value
  const shown = bytes.subarray(0, limit)
  const isHex = style.hex === 2 || (style.hex === 1 && !shown.every(isPrintable))
  const text = isHex ? hexText(shown) : octalText(shown)
  return `"${text}"${bytes.length > limit ? '...' : ''}`
}

/** Names of files are never cut. */
export const pathText = (path: string, style: Style): string => stringText(path, style, 4095)

export const hexText = (bytes: Uint8Array): string =>
  Array.from(bytes, byte => `\\x${byte.toString(16).padStart(2, '0')}`).join('')

function octalText(bytes: Uint8Array): string {
  let text = ''
  bytes.forEach((byte, i) => {
    const next = bytes[i + 1]
    const isDigitNext = next !== undefined && next >= 0x30 && next <= 0x37
    if (ESCAPES[byte]) text += ESCAPES[byte]
    else if (byte >= 32 && byte < 127) text += String.fromCharCode(byte)
    else text += `\\${byte.toString(8).padStart(isDigitNext ? 3 : 1, '0')}`
  })
  return text
}

/** `0644`, `000`: %#03o. */
export const octal = (value: number): string => {
  const digits = value.toString(8)
  return value ? `0${digits}`.padStart(3, '0') : '000'
}

const TYPES: ReadonlyMap<number, string> = new Map([
  [0o140000, 'S_IFSOCK'],
  [0o120000, 'S_IFLNK'],
  [0o100000, 'S_IFREG'],
  [0o060000, 'S_IFBLK'],
  [0o040000, 'S_IFDIR'],
  [0o020000, 'S_IFCHR'],
  [0o010000, 'S_IFIFO'],
])
const SPECIAL: readonly (readonly [number, string])[] = [
  [0o4000, 'S_ISUID'],
  [0o2000, 'S_ISGID'],
  [0o1000, 'S_ISVTX'],
]

/** `S_IFREG|S_ISUID|0755` */
export function modeText(mode: number): string {
  const type = TYPES.get(mode & S_IFMT)
  const special = SPECIAL.filter(([bit]) => type && mode & bit).map(([, name]) => name)
  const permissions = type ? mode & 0o777 : mode & 0o7777
  return [...(type ? [type] : []), ...special, octal(permissions)].join('|')
}

const hexNumber = (value: number): string => (value ? `0x${value.toString(16)}` : '0')

/** `makedev(0xfe, 0)`, from the number that stat(2) gives. */
export function deviceText(dev: number): string {
  const major = (dev >>> 8) & 0xfff
  const minor = (dev & 0xff) | ((dev >>> 12) & 0xfff00)
  return `makedev(${hexNumber(major)}, ${hexNumber(minor)})`
}

function timeFields(name: string, { sec, nsec }: Timespec): string {
  return `st_${name}=${sec}${dateNote({ sec, nsec })}, st_${name}_nsec=${nsec}`
}

/** The date that follows the seconds, as a comment of C. */
export function dateNote({ sec, nsec }: Timespec): string {
  if (!sec && !nsec) return ''
  const fraction = nsec ? `.${String(nsec).padStart(9, '0')}` : ''
  return ` /* ${strftime('%Y-%m-%dT%H:%M:%S', localtime({ sec, nsec }))}${fraction}+0000 */`
}

/** struct stat: type, size and little else, unless -v. */
export function statText(it: Stat, { verbose }: Style): string {
  const type = it.mode & S_IFMT
  const isDevice = type === S_IFBLK || type === S_IFCHR
  const size = isDevice ? `st_rdev=${deviceText(it.rdev)}` : `st_size=${it.size}`
  if (!verbose) return `{st_mode=${modeText(it.mode)}, ${size}, ...}`
  const fields = [
    `st_dev=${deviceText(it.dev)}`,
    `st_ino=${it.ino}`,
    `st_mode=${modeText(it.mode)}`,
    `st_nlink=${it.nlink}`,
    `st_uid=${it.uid}`,
    `st_gid=${it.gid}`,
    `st_blksize=${it.blksize}`,
    `st_blocks=${it.blocks}`,
    size,
    timeFields('atime', it.atime),
    timeFields('mtime', it.mtime),
    timeFields('ctime', it.ctime),
  ]
  return `{${fields.join(', ')}}`
}

const MAGICS: ReadonlyMap<number, string> = new Map([
  [0xef53, 'EXT2_SUPER_MAGIC'],
  [0x1021994, 'TMPFS_MAGIC'],
  [0x9fa0, 'PROC_SUPER_MAGIC'],
  [0x62656572, 'SYSFS_MAGIC'],
  [0x63677270, 'CGROUP2_SUPER_MAGIC'],
  [0x27e0eb, 'CGROUP_SUPER_MAGIC'],
  [0x794c7630, 'OVERLAYFS_SUPER_MAGIC'],
  [0x1cd1, 'DEVPTS_SUPER_MAGIC'],
  [0x6e736673, 'NSFS_MAGIC'],
  [0x50495045, 'PIPEFS_MAGIC'],
  [0x858458f6, 'RAMFS_MAGIC'],
])

export function statfsText(it: Statfs): string {
  const fields = [
    `f_type=${MAGICS.get(it.type) ?? `0x${it.type.toString(16)}`}`,
    `f_bsize=${it.bsize}`,
    `f_blocks=${it.blocks}`,
    `f_bfree=${it.bfree}`,
    `f_bavail=${it.bavail}`,
    `f_files=${it.files}`,
    `f_ffree=${it.ffree}`,
    'f_fsid={val=[0, 0]}',
    `f_namelen=${it.namelen}`,
    `f_frsize=${it.bsize}`,
    `f_flags=${it.flags ? `0x${it.flags.toString(16)}` : 'ST_VALID'}`,
  ]
  return `{${fields.join(', ')}}`
}

export const timespec = (ns: number): string =>
  `{tv_sec=${Math.floor(ns / 1e9)}, tv_nsec=${Math.floor(ns % 1e9)}}`

function limit(value: number): string {
  if (value === RLIM_INFINITY) return 'RLIM64_INFINITY'
  return value > 1024 && value % 1024 === 0 ? `${value / 1024}*1024` : String(value)
}
export const rlimitText = ({ cur, max }: Rlimit): string => `{rlim_cur=${limit(cur)}, rlim_max=${limit(max)}}`

/** 28 bits that a pid and a salt make up. */
const scattered = (pid: number, salt: number): number =>
  (Math.imul(pid + 1, 0x9e3779b1) ^ Math.imul(salt, 0x85ebca6b)) >>> 4

/** An address on the stack of a task. */
export const stackAddress = (pid: number, offset = 0): string =>
  `0x${(0x7ffc * 2 ** 32 + scattered(pid, 1) * 16 + offset).toString(16)}`

/** An address in the C library of a task. */
export const libraryAddress = (pid: number, offset: number): string =>
  `0x${(0x7f * 2 ** 40 + scattered(pid, 2) * 4096 + offset).toString(16)}`

/** An address in the program of a task, or in its heap. */
export const programAddress = (pid: number, offset: number): string =>
  `0x${(0x55 * 2 ** 40 + scattered(pid, 3) * 4096 + offset).toString(16)}`
