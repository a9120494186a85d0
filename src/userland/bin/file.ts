/**
 * file - determine file type
 * Linux: file 5.44, src/file.c, magic/Magdir; file(1).
 *
 * Left out: most of the magic there is; -m, what is inside of compressed files (-z is accepted), build ids of executables (the files have none).
 */
import {
  type Blocking,
  decode,
  Errno,
  isBlk,
  isChr,
  isDir,
  isFifo,
  isLink,
  isSock,
  major,
  minor,
  parseElf,
  S_ISGID,
  S_ISUID,
  S_ISVTX,
  type Stat,
  type Sys,
} from '../../abi/index.ts'
import { showUuid } from '../lib/uuid.ts'
import { command, fatal, readAll, readFile } from '../lib/command.ts'
import { closeInput, openInput } from '../lib/input.ts'
import { packedKind } from '../lib/packed-kind.ts'

const STDIN = '/dev/stdin'

const USAGE = `Usage: file [-bcCdEhikLlNnprsSvzZ0] [--apple] [--extension] [--mime-encoding]
            [--mime-type] [-e <testname>] [-F <separator>]  [-f <namefile>]
            [-m <magicfiles>] [-P <parameter=value>] [--exclude-quiet]
            <file> ...
       file -C [-m <magicfiles>]
       file [--help]
`

export default command({
  name: 'file',
  writeFailure: () => '',
  summary: 'determine file type',
  suite: 'other',
  usage: 'file [OPTION...] [FILE...]',
  options: {
    brief: { short: 'b', help: 'do not prepend filenames to output lines' },
    mime: { short: 'i', help: 'output MIME type strings (--mime-type and --mime-encoding)' },
    mimeType: { help: 'output the MIME type' },
    mimeEncoding: { help: 'output the MIME encoding' },
    dereference: { short: 'L', help: 'follow symlinks' },
    noDereference: { short: 'h', help: "don't follow symlinks" },
    separator: { short: 'F', value: '<separator>', help: "use string as separator instead of `:'" },
    noPad: { short: 'N', help: 'do not pad output' },
    specialFiles: { short: 's', help: 'treat special (block/char devices) files as ordinary ones' },
    keepGoing: { short: 'k', help: "don't stop at the first match" },
    filesFrom: {
      short: 'f',
      long: 'files-from',
      value: '<file>',
      repeat: true,
      help: 'read the filenames to be examined from <file>',
    },
    uncompress: { short: 'z', help: 'try to look inside compressed files' },
    print0: { short: '0', repeat: true, help: 'terminate filenames with ASCII NUL' },
    error: { short: 'E', long: '', help: 'on filesystem errors exit' },
    raw: { short: 'r', help: "don't translate unprintable chars to \\ooo" },
  },

  *main(sys, flags, args, me) {
    if (!args.length && !flags.filesFrom) {
      yield* sys.write(2, USAGE)
      return 1
    }
    let status = 0
    for (const list of flags.filesFrom ?? []) yield* show(yield* namesIn(sys, list))
    yield* show(args)
    return status

    function* show(names: readonly string[]): Blocking<void> {
      const width = Math.max(...names.map(it => (it === '-' ? STDIN : it).length))
      for (const name of names) yield* tell(name, width)
    }

    function* tell(name: string, width: number): Blocking<void> {
      const kind = yield* kindOf(sys, name, flags.dereference ?? false)
      // "The name '-' stands for the standard input."
      const path = name === '-' ? STDIN : name
      const mime = flags.mime
        ? `${kind.mime}; charset=${kind.charset}`
        : flags.mimeType
          ? kind.mime
          : flags.mimeEncoding
            ? kind.charset
            : undefined
      const missing = /^cannot open (.*) \((.*)\)$/s.exec(kind.text)
      const pad = flags.noPad || flags.print0! > 1 ? '' : ' '.repeat(width - path.length)
      if (missing && flags.error) {
        me.out.line(`${path}:${pad} ERROR: cannot stat ${missing[1]} (${missing[2]})`)
        status = 1
        return
      }
      const text = mime && !missing ? mime : kind.text
      const nul = flags.print0 ? '\0' : ''
      if (flags.brief) me.out.line(text)
      else if (flags.print0! > 1) me.out.print(`${path}\0${text}\0`)
      else me.out.line(`${path}${nul}${flags.separator ?? ':'}${pad} ${text}`)
    }
  },
})

/** The lines of a file of names. */
function* namesIn(sys: Sys, list: string): Blocking<string[]> {
  let text: string
  try {
    text = list === '-' ? decode(yield* readAll(sys, 0)) : yield* readFile(sys, list)
  } catch (e) {
    throw e instanceof Errno ? fatal(`Cannot open \`${list}' (${e.message})`) : e
  }
  return text.split('\n').filter(it => it)
}

interface Kind {
  readonly text: string
  readonly mime: string
  readonly charset: string
}
const kind = (text: string, mime = 'application/octet-stream', charset = 'binary'): Kind => ({
  text,
  mime,
  charset,
})

function* kindOf(sys: Sys, path: string, follow: boolean): Blocking<Kind> {
  let stat: Stat
  try {
    stat = path === '-' ? sys.fstat(0) : follow ? sys.stat(path) : sys.lstat(path)
  } catch (e) {
    if (e instanceof Errno) return kind(`cannot open \`${path}' (${e.message})`)
    throw e
  }
  return special(sys, path, stat) ?? (yield* contents(sys, path, stat))
}

function special(sys: Sys, path: string, stat: Stat): Kind | undefined {
  const bits = [
    stat.mode & S_ISUID && 'setuid',
    stat.mode & S_ISGID && 'setgid',
    stat.mode & S_ISVTX && 'sticky',
  ].filter(Boolean)
  const prefix = bits.map(it => `${it}, `).join('')
  if (isDir(stat)) return kind(`${prefix}directory`, 'inode/directory')
  if (isChr(stat))
    return kind(`${prefix}character special (${major(stat.rdev)}/${minor(stat.rdev)})`, 'inode/chardevice')
  if (isBlk(stat))
    return kind(`${prefix}block special (${major(stat.rdev)}/${minor(stat.rdev)})`, 'inode/blockdevice')
  if (isFifo(stat)) return kind(`${prefix}fifo (named pipe)`, 'inode/fifo')
  if (isSock(stat)) return kind(`${prefix}socket`, 'inode/socket')
  if (!isLink(stat)) return stat.size === 0 ? kind(`${prefix}empty`, 'inode/x-empty') : undefined
  const target = sys.readlink(path)
  try {
    sys.stat(path)
    return kind(`symbolic link to ${target}`, 'inode/symlink')
  } catch (e) {
    if (e instanceof Errno) return kind(`broken symbolic link to ${target}`, 'inode/symlink')
    throw e
  }
}

function* contents(sys: Sys, path: string, stat: Stat): Blocking<Kind> {
  let bytes: Uint8Array
  try {
    const fd = yield* openInput(sys, path)
    bytes = yield* sys.read(fd, 65536)
    closeInput(sys, fd)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    return kind(`${stat.mode & 0o111 ? 'executable, ' : ''}regular file, no read permission`)
  }
  if (!bytes.length) return kind('empty', 'inode/x-empty')
  const prefix = [stat.mode & S_ISUID && 'setuid ', stat.mode & S_ISGID && 'setgid '].filter(Boolean).join('')
  const it = binary(bytes) ?? text(bytes)
  return { ...it, text: prefix + it.text }
}

function binary(bytes: Uint8Array): Kind | undefined {
  if (starts(bytes, 0x7f, 0x45, 0x4c, 0x46)) return elfKind(bytes)
  const packed = packedKind(bytes)
  if (packed) return kind(...packed)
  if (starts(bytes, 0x50, 0x4b, 3, 4))
    return kind('Zip archive data, at least v2.0 to extract', 'application/zip')
  if (starts(bytes, 0x89, 0x50, 0x4e, 0x47)) return kind('PNG image data', 'image/png')
  const swap = swapKind(bytes)
  if (swap) return swap
  const magic = decode(bytes.subarray(257, 265))
  if (magic === 'ustar  \0') return kind('POSIX tar archive (GNU)', 'application/x-tar')
  return magic.startsWith('ustar\0') ? kind('POSIX tar archive', 'application/x-tar') : undefined
}

const starts = (bytes: Uint8Array, ...magic: number[]): boolean => magic.every((byte, i) => bytes[i] === byte)

/** A swap area. Linux: union swap_header. */
function swapKind(bytes: Uint8Array): Kind | undefined {
  if (decode(bytes.subarray(4086, 4096)) !== 'SWAPSPACE2') return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const [version, pages, bad] = [1024, 1028, 1032].map(at => view.getUint32(at, true))
  const uuid = bytes.subarray(1036, 1052)
  const label = decode(bytes.subarray(1052, 1068)).split('\0')[0]!
  return kind(
    `Linux swap file, 4k page size, little endian, version ${version}, size ${pages} pages, ${bad} bad pages, ` +
      `${label ? `LABEL=${label}` : 'no label'}, UUID=${showUuid(uuid)}`,
    'application/octet-stream',
  )
}

const ET_CORE = 4
const NT_PRPSINFO = 3

/** A core file tells in its notes who died. Linux: struct elf_prpsinfo. */
function coreKind(bytes: Uint8Array): Kind {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const text = (at: number, length: number): string => decode(bytes.subarray(at, at + length)).split('\0')[0]!
  let whose = ''
  for (let at = 120; at + 20 <= bytes.length && view.getUint32(at, true) === 5; ) {
    const length = view.getUint32(at + 4, true)
    if (view.getUint32(at + 8, true) === NT_PRPSINFO && at + 156 <= bytes.length) {
      const [uid, gid] = [view.getUint32(at + 36, true), view.getUint32(at + 40, true)]
      whose = `, from '${text(at + 76, 80).trimEnd()}', real uid: ${uid}, effective uid: ${uid}, real gid: ${gid}, effective gid: ${gid}`
    }
    at += 20 + Math.ceil(length / 4) * 4
  }
  return kind(
    `ELF 64-bit LSB core file, x86-64, version 1 (SYSV), SVR4-style${whose}, platform: 'x86_64'`,
    'application/x-coredump',
  )
}

function elfKind(bytes: Uint8Array): Kind {
  if (bytes[16] === ET_CORE && bytes[4] === 2) return coreKind(bytes)
  const it = parseElf(bytes)
  if (!it) return kind('ELF', 'application/x-elf')
  const tail = 'for GNU/Linux 3.2.0, stripped'
  if (it.program === 'lib')
    return kind(
      `ELF 64-bit LSB shared object, x86-64, version 1 (GNU/Linux), dynamically linked, ${tail}`,
      'application/x-sharedlib',
    )
  if (!it.interp)
    return kind(
      `ELF 64-bit LSB executable, x86-64, version 1 (GNU/Linux), statically linked, ${tail}`,
      'application/x-executable',
    )
  return kind(
    `ELF 64-bit LSB pie executable, x86-64, version 1 (SYSV), dynamically linked, interpreter ${it.interp}, ${tail}`,
    'application/x-pie-executable',
  )
}

const INTERPRETERS: readonly (readonly [RegExp, string, string])[] = [
  [/^#! ?\/(usr\/)?bin\/(env )?bash\b/, 'Bourne-Again shell script', 'text/x-shellscript'],
  [/^#! ?\/(usr\/)?bin\/(env )?(sh|dash)\b/, 'POSIX shell script', 'text/x-shellscript'],
  [/^#! ?\/\S*(env )?python/, 'Python script', 'text/x-script.python'],
  [/^#! ?\/\S*(env )?perl/, 'Perl script text executable', 'text/x-perl'],
  [/^#! ?\/\S*awk/, 'awk script', 'text/x-awk'],
]

function text(bytes: Uint8Array): Kind {
  const content = decode(bytes)
  const order = { '\xff\xfe': 'little', '\xfe\xff': 'big' }[String.fromCharCode(...bytes.subarray(0, 2))]
  if (order && bytes.length > 2) return utf16(bytes, order === 'little')
  if (/[\0-\x06\x0e-\x1a\x1c-\x1f\x7f]|[\uDC80-\uDCFF]/.test(content)) return kind('data')
  const ascii = !/[^\x00-\x7f]/.test(content)
  const charset = ascii ? 'us-ascii' : 'utf-8'
  const endings = !content.includes('\n')
    ? ', with no line terminators'
    : content.includes('\r\n')
      ? ', with CRLF line terminators'
      : ''
  const longest = Math.max(...content.split('\n').map(line => line.length))
  const lines = longest > 300 ? `, with very long lines (${longest})` : ''
  const coded = `${ascii ? 'ASCII' : 'Unicode text, UTF-8'} text`
  for (const [pattern, name, mime] of INTERPRETERS)
    if (pattern.test(content)) return kind(`${name}, ${coded} executable${lines}${endings}`, mime, charset)
  const script = /^#! ?(\S+)/.exec(content)
  if (script)
    return kind(`a ${script[1]} script, ${coded} executable${lines}${endings}`, 'text/plain', charset)
  if (/^\s*<(!doctype html|html)/i.test(content))
    return kind(`HTML document, ${coded}${lines}${endings}`, 'text/html', charset)
  if (isJson(content)) return kind(`JSON text data`, 'application/json', charset)
  return kind(`${coded}${lines}${endings}`, 'text/plain', charset)
}

/** Text that begins with a byte order mark. */
function utf16(bytes: Uint8Array, isLittle: boolean): Kind {
  const content = new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be').decode(bytes)
  const order = isLittle ? 'little' : 'big'
  const endings = content.includes('\n')
    ? content.includes('\r\n')
      ? ', with CRLF line terminators'
      : ''
    : ', with no line terminators'
  return kind(`Unicode text, UTF-16, ${order}-endian text${endings}`, 'text/plain', `utf-16${order[0]}e`)
}

function isJson(content: string): boolean {
  if (!/^\s*[[{]/.test(content)) return false
  try {
    JSON.parse(content)
    return true
  } catch {
    return false
  }
}
