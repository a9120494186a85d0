/**
 * stat - display file or file system status
 * https://www.gnu.org/software/coreutils/manual/html_node/stat-invocation.html
 *
 * Left out: --cached has no effect; no file has a security context.
 */
import {
  Errno,
  isBlk,
  isChr,
  isLink,
  major,
  minor,
  type Stat,
  type Statfs,
  type Sys,
  type Timespec,
} from '../../abi/index.ts'
import { oneOf } from '../lib/argmatch.ts'
import { command, fatal, type Process, readFile, usage } from '../lib/command.ts'
import { canonicalize, dirname } from '../lib/path.ts'
import { escapeAt, formatInteger, formatString } from '../lib/printf.ts'
import { quote, quoteaf } from '../lib/quote.ts'
import { type Quoting, quoteAs, quotingOf } from '../lib/quoting-style.ts'
import { fileType, strmode } from '../lib/strmode.ts'
import { localtime, strftime, type Zone, zoneOf } from '../lib/time.ts'
import { groupName, readUsers, type Users, userName } from '../lib/users.ts'

const FILE = `  File: %N
  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F
Device: %Hd,%Ld\tInode: %-10i  Links: %-5h Device type: %Hr,%Lr
Access: (%04a/%10.10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)
Access: %x
Modify: %y
Change: %z
 Birth: %w
`
const PLAIN_FILE = FILE.replace('%-5h Device type: %Hr,%Lr', '%h')
const TERSE = '%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %W %o\n'
const SYSTEM = `  File: "%n"
    ID: %-8i Namelen: %-7l Type: %T
Block size: %-10s Fundamental block size: %S
Blocks: Total: %-10b Free: %-10f Available: %a
Inodes: Total: %-10c Free: %d
`
const TERSE_SYSTEM = '%n %i %l %t %s %S %b %f %a %c %d\n'

/** Names of file systems by magic number, as stat's human_fstype() has them. */
const FS_TYPES: Readonly<Record<number, string>> = {
  61267: 'ext2/ext3',
  16914836: 'tmpfs',
  40864: 'proc',
  1650812274: 'sysfs',
  7377: 'devpts',
  2035054128: 'overlayfs',
  1667723888: 'cgroup2fs',
  2613483: 'cgroupfs',
  2240043254: 'ramfs',
  427819522: 'mqueue',
  1853056627: 'nsfs',
  1684170528: 'debugfs',
  1953653091: 'tracefs',
  1936942707: 'securityfs',
  3405662737: 'bpf_fs',
  1634035564: 'pstorefs',
  1702057283: 'fusectl',
  1650812272: 'configfs',
  1936814952: 'squashfs',
  1112100429: 'binfmt_misc',
  3730735588: 'efivarfs',
  1397703499: 'sockfs',
  151263540: 'anon-inode FS',
  2508478710: 'hugetlbfs',
  1346981957: 'pipefs',
  4266872130: 'fuseblk',
}

interface Look {
  readonly sys: Sys
  readonly name: string
  readonly users: Users
  readonly zone: Zone
  readonly quoting: Quoting
  readonly mountOf: (path: string) => string
}

const CACHED = [
  ['default', 0],
  ['never', 1],
  ['always', 2],
] as const

export default command({
  name: 'stat',
  summary: 'Display file or file system status.',
  usage: 'stat [OPTION]... FILE...',
  authors: 'Michael Meskes',
  options: {
    dereference: { short: 'L', help: 'follow links' },
    fileSystem: { short: 'f', help: 'display file system status instead of file status' },
    cached: {
      value: '=MODE',
      help: 'specify how to use cached attributes;\nuseful on remote file systems. See MODE below',
    },
    format: {
      short: 'c',
      value: '=FORMAT',
      help: 'use the specified FORMAT instead of the default;\noutput a newline after each use of FORMAT',
    },
    printf: {
      value: '=FORMAT',
      help: 'like --format, but interpret backslash escapes,\nand do not output a mandatory trailing newline;\nif you want a newline, include \\n in FORMAT',
    },
    terse: { short: 't', help: 'print the information in terse form' },
  },

  *main(sys, flags, args, me) {
    if (!args.length) throw usage('missing operand')
    const chosen = me.order.findLast(it => it.key === 'format' || it.key === 'printf')
    const custom = chosen?.value
    const end = chosen?.key === 'format' ? '\n' : ''
    const escapes = chosen?.key === 'printf'
    const users = yield* readUsers(sys)
    const points = custom?.includes('%m') ? mountPoints(yield* readFile(sys, '/proc/self/mountinfo')) : []
    // A link itself lies where its directory does.
    const mountOf = (path: string): string => {
      const isItself = !flags.dereference && isLink(sys.lstat(path))
      const real = canonicalize(sys, isItself ? dirname(path) : path, 'none')
      return points.findLast(it => it === '/' || real === it || real.startsWith(`${it}/`)) ?? '/'
    }
    const zone = zoneOf(me.env.get('TZ'))
    const quoting = quotingOf(me.env) ?? 'shell-escape-always'
    if (flags.cached !== undefined) oneOf('--cached', flags.cached, CACHED)
    let status = 0
    for (const name of args) {
      const look: Look = { sys, name, users, zone, quoting, mountOf }
      try {
        if (flags.fileSystem && name === '-') {
          yield* me.warn(`using ${quoteaf('-')} to denote standard input does not work in file system mode`)
          status = 1
          continue
        }
        if (flags.fileSystem) {
          const it = sys.statfs(name)
          const format = custom ?? (flags.terse ? TERSE_SYSTEM : SYSTEM)
          me.out.print(
            (yield* expand(me as Process, format, escapes, letters => systemValue(letters, it, look))) + end,
          )
          continue
        }
        const it = name === '-' ? sys.fstat(0) : flags.dereference ? sys.stat(name) : sys.lstat(name)
        if (custom?.includes('%C')) {
          yield* me.warn(`failed to get security context of ${quoteaf(name)}: No data available`)
          status = 1
        }
        const device = isBlk(it) || isChr(it)
        const format = custom ?? (flags.terse ? TERSE : device ? FILE : PLAIN_FILE)
        me.out.print(
          (yield* expand(me as Process, format, escapes, letters =>
            fileValue(letters, it, look, custom === undefined),
          )) + end,
        )
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        if (name === '-' && !flags.fileSystem) {
          yield* me.warn('cannot stat standard input', e)
          status = 1
          continue
        }
        const what = flags.fileSystem ? 'cannot read file system information for' : 'cannot statx'
        yield* me.warn(`${what} ${quoteaf(name)}`, e)
        status = 1
      }
    }
    return status
  },
})

/** Mount points, the outer before the inner. */
const mountPoints = (mountinfo: string): string[] =>
  mountinfo
    .split('\n')
    .map(line => line.split(' ')[4] ?? '')
    .filter(it => it)
    .sort((a, b) => a.length - b.length)

type Value =
  | { readonly text: string }
  | { readonly time: Timespec }
  | { readonly number: bigint; readonly letter: 'd' | 'o' | 'x' }

/** Expand the directives of a format. */
function* expand(
  me: Process,
  format: string,
  escapes: boolean,
  value: (letters: string) => Value | undefined,
) {
  let text = ''
  for (let at = 0; at < format.length; ) {
    const char = format[at]!
    if (char === '\\' && escapes) {
      const it = escapeAt(format, at + 1, 'format')
      const isLast = at + 1 >= format.length
      if (isLast || /^\\./.test(it.text)) {
        me.out.print(text)
        yield* me.warn(
          isLast ? 'warning: backslash at end of format' : `warning: unrecognized escape '${it.text}'`,
        )
        text = isLast ? '\\' : it.text.slice(1)
      } else text += it.text
      at = it.end
      continue
    }
    if (char !== '%') {
      text += char
      at++
      continue
    }
    const match = /^%([-+ #0']*)(\d*)(?:\.(\d*))?([HL][dr]|.)?/s.exec(format.slice(at))!
    at += match[0].length
    const letters = match[4]
    if (letters === undefined || letters === '%') {
      if (match[0].length > (letters ? 2 : 1)) throw fatal(`${quote(match[0])}: invalid directive`)
      text += '%'
      continue
    }
    const it = value(letters)
    const conversion = {
      flags: match[1]!,
      width: Number(match[2] || 0),
      precision: match[3] === undefined ? undefined : Number(match[3]),
      isEmptyPrecision: match[3] === '',
      letter: it && 'letter' in it ? it.letter : 's',
    }
    if (!it) text += '?'
    else if ('time' in it) text += epochText(it.time, conversion)
    else text += 'text' in it ? formatString(it.text, conversion) : formatInteger(it.number, conversion)
  }
  return text
}

const words = (text: string): Value => ({ text })
const decimal = (number: number): Value => ({ number: BigInt(Math.trunc(number)), letter: 'd' })
const hex = (number: number): Value => ({ number: BigInt(number), letter: 'x' })

/** Seconds since 1970, with as many decimal places as the precision says; 9 if it does not say. */
function epochText({ sec, nsec }: Timespec, it: Conversion): string {
  if (it.precision === undefined) return formatInteger(BigInt(sec), { ...it, letter: 'd' })
  const places = it.precision || (it.isEmptyPrecision ? 9 : 0)
  // Half a second before 1970 is -1 s and 500000000 ns, and reads -0.5.
  const isNegative = sec < 0 && nsec > 0 && places > 0
  const [whole, parts] = isNegative ? [`-${-(sec + 1)}`, 1e9 - nsec] : [String(sec), nsec]
  const fraction = String(parts).padStart(9, '0').slice(0, places).padEnd(places, '0')
  const text = places ? `${whole}.${fraction}` : whole
  if (it.flags.includes('-')) return text.padEnd(it.width)
  return text.padStart(it.width, it.flags.includes('0') ? '0' : ' ')
}

interface Conversion {
  readonly flags: string
  readonly width: number
  readonly precision: number | undefined
  readonly letter: string
  readonly isEmptyPrecision: boolean
}

const timeText = (time: Timespec, zone: Zone): Value =>
  words(strftime('%Y-%m-%d %H:%M:%S.%N %z', localtime(time, zone)))

function fileValue(
  letters: string,
  it: Stat,
  { sys, name, users, zone, quoting, mountOf }: Look,
  plain: boolean,
): Value | undefined {
  switch (letters) {
    case 'a':
      return { number: BigInt(it.mode & 0o7777), letter: 'o' }
    case 'A':
      return words(strmode(it.mode))
    case 'b':
      return decimal(it.blocks)
    case 'B':
      return decimal(512)
    case 'C':
      return words('?')
    case 'd':
      return decimal(it.dev)
    case 'D':
      return hex(it.dev)
    case 'Hd':
      return decimal(major(it.dev))
    case 'Ld':
      return decimal(minor(it.dev))
    case 'f':
      return hex(it.mode)
    case 'F':
      return words(fileType(it.mode, it.size))
    case 'g':
      return decimal(it.gid)
    case 'G':
      return words(groupName(users, it.gid) ?? 'UNKNOWN')
    case 'h':
      return decimal(it.nlink)
    case 'i':
      return decimal(it.ino)
    case 'm':
      return words(mountOf(name))
    case 'n':
      return words(name)
    case 'N': {
      const quoted = plain ? name : quoteAs(quoting, name)
      if (!isLink(it)) return words(quoted)
      const target = sys.readlink(name)
      return words(`${quoted} -> ${plain ? target : quoteAs(quoting, target)}`)
    }
    case 'o':
      return decimal(it.blksize)
    case 'r':
      return decimal(it.rdev)
    case 'R':
      return hex(it.rdev)
    case 'Hr':
    case 'Lr':
      return decimal(letters === 'Hr' ? major(it.rdev) : minor(it.rdev))
    case 's':
      return decimal(it.size)
    case 't':
      return hex(major(it.rdev))
    case 'T':
      return hex(minor(it.rdev))
    case 'u':
      return decimal(it.uid)
    case 'U':
      return words(userName(users, it.uid) ?? 'UNKNOWN')
    case 'w':
      return it.btime.sec ? timeText(it.btime, zone) : words('-')
    case 'W':
      return { time: it.btime }
    case 'x':
      return timeText(it.atime, zone)
    case 'X':
      return { time: it.atime }
    case 'y':
      return timeText(it.mtime, zone)
    case 'Y':
      return { time: it.mtime }
    case 'z':
      return timeText(it.ctime, zone)
    case 'Z':
      return { time: it.ctime }
    default:
      return undefined
  }
}

function systemValue(letters: string, it: Statfs, { name }: Look): Value | undefined {
  switch (letters) {
    case 'a':
      return decimal(it.bavail)
    case 'b':
      return decimal(it.blocks)
    case 'c':
      return decimal(it.files)
    case 'd':
      return decimal(it.ffree)
    case 'f':
      return decimal(it.bfree)
    case 'i':
      return { number: (BigInt(it.fsid[0]) << 32n) | BigInt(it.fsid[1]), letter: 'x' }
    case 'l':
      return decimal(it.namelen)
    case 'n':
      return words(name)
    case 's':
    case 'S':
      return decimal(it.bsize)
    case 't':
      return hex(it.type)
    case 'T':
      return words(FS_TYPES[it.type] ?? `UNKNOWN (0x${it.type.toString(16)})`)
    default:
      return undefined
  }
}
