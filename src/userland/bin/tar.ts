/**
 * tar - an archiving utility
 * https://www.gnu.org/software/tar/manual/tar.html
 *
 * Left out: incremental archives, sparse files, other compressors than gzip, -d, -A, --delete.
 */
import {
  type Blocking,
  EEXIST,
  ENOENT,
  Errno,
  isChr,
  isDir,
  isFifo,
  isLink,
  isReg,
  isBlk,
  major,
  makedev,
  minor,
  O_APPEND,
  O_CREAT,
  O_EXCL,
  O_RDONLY,
  O_TRUNC,
  O_WRONLY,
  refusal,
  S_IFBLK,
  S_IFCHR,
  S_IFIFO,
  type Stat,
  type Sys,
} from '../../abi/index.ts'
import { command, fatal, type Flags, type Process, readAll, readDir, writeAll } from '../lib/command.ts'
import { GzipError, gunzip, gzip, isGzip } from '../lib/deflate.ts'
import { umaskOf } from '../lib/copy.ts'
import { fnmatch } from '../lib/fnmatch.ts'
import { concat } from '../lib/output.ts'
import { dirname, joinPath } from '../lib/path.ts'
import { strmode } from '../lib/strmode.ts'
import { BLOCK, isTar, type Member, readTar, tarBlocks } from '../lib/tar.ts'
import { localtime, strftime, zoneOf } from '../lib/time.ts'
import { groupId, groupName, readUsers, type Users, userId, userName } from '../lib/users.ts'

const OPTIONS = {
  create: { short: 'c', help: 'create a new archive' },
  extract: { short: 'x', also: ['get'], help: 'extract files from an archive' },
  list: { short: 't', help: 'list the contents of an archive' },
  append: { short: 'r', help: 'append files to the end of an archive' },
  update: { short: 'u', help: 'only append files newer than copy in archive' },
  file: { short: 'f', value: '=ARCHIVE', help: 'use archive file or device ARCHIVE' },
  verbose: { short: 'v', repeat: true, help: 'verbosely list files processed' },
  directory: { short: 'C', value: '=DIR', repeat: true, help: 'change to directory DIR' },
  gzip: { short: 'z', also: ['gunzip', 'ungzip'], help: 'filter the archive through gzip' },
  bzip2: { short: 'j', help: 'filter the archive through bzip2' },
  xz: { short: 'J', help: 'filter the archive through xz' },
  autoCompress: { short: 'a', help: 'use archive suffix to determine the compression program' },
  toStdout: { short: 'O', help: 'extract files to standard output' },
  preservePermissions: {
    short: 'p',
    also: ['same-permissions'],
    help: 'extract information about file permissions',
  },
  absoluteNames: { short: 'P', help: "don't strip leading '/'s from file names" },
  keepOldFiles: { short: 'k', help: "don't replace existing files when extracting" },
  dereference: { short: 'h', help: 'follow symlinks; archive and dump the files they point to' },
  touch: { short: 'm', help: "don't extract file modified time" },
  exclude: { value: '=PATTERN', repeat: true, help: 'exclude files, given as a PATTERN' },
  filesFrom: { short: 'T', value: '=FILE', help: 'get names to extract or create from FILE' },
  stripComponents: {
    value: '=NUMBER',
    help: 'strip NUMBER leading components from file names on extraction',
  },
  owner: { value: '=NAME', help: 'force NAME as owner for added files' },
  group: { value: '=NAME', help: 'force NAME as group for added files' },
  sameOwner: { help: 'try extracting files with the same ownership as exists in the archive' },
  noSameOwner: { short: 'o', help: 'extract files as yourself' },
  numericOwner: { help: 'always use numbers for user/group names' },
  oneFileSystem: { help: 'stay in local file system when creating archive' },
  noRecursion: { help: 'avoid descending automatically in directories' },
  overwrite: { help: 'overwrite existing files when extracting' },
  wildcards: { help: 'use wildcards' },
  sort: { value: '=ORDER', help: 'directory sorting order' },
  mtime: { value: '=DATE', help: 'set mtime for added files' },
  xattrs: { help: 'enable extended attributes support' },
  removeFiles: { help: 'remove files after adding them to the archive' },
} as const

type TarFlags = Flags<typeof OPTIONS>

const MODES = ['create', 'extract', 'list', 'append', 'update'] as const

export default command({
  name: 'tar',
  summary:
    "GNU 'tar' saves many files together into a single tape or disk archive, and can\nrestore individual files from the archive.",
  usage: 'tar [OPTION...] [FILE]...',
  suite: 'other',
  failure: 2,
  options: OPTIONS,
  version: 'tar (GNU tar) 1.34\n',
  wrongUsage: "Try 'tar --help' or 'tar --usage' for more information.\n",
  // `tar xf a.tar` is `tar -x -f a.tar`.
  obsolete([first, ...rest]) {
    if (first === undefined || first.startsWith('-')) return first === undefined ? [] : [first, ...rest]
    const args: string[] = []
    for (const letter of first) {
      args.push(`-${letter}`)
      if (!'fCTbX'.includes(letter)) continue
      const value = rest.shift()
      if (value === undefined) throw fatal(`Old option '${letter}' requires an argument.\n${TRY}`)
      args.push(value)
    }
    return [...args, ...rest]
  },

  *main(sys, flags, args, me) {
    const modes = MODES.filter(it => flags[it])
    if (!modes.length)
      throw fatal(`You must specify one of the '-Acdtrux', '--delete' or '--test-label' options\n${TRY}`)
    if (modes.length > 1)
      throw fatal(
        `You may not specify more than one '-Acdtrux', '--delete' or  '--test-label' option\n${TRY}`,
      )
    const users = yield* readUsers(sys)
    const tar = new Tar(sys, me as Process, flags, users)
    const names = [...args]
    if (flags.filesFrom !== undefined) {
      const fd = flags.filesFrom === '-' ? 0 : yield* sys.open(flags.filesFrom, O_RDONLY)
      names.push(
        ...new TextDecoder()
          .decode(yield* readAll(sys, fd))
          .split('\n')
          .filter(it => it),
      )
    }
    const mode = modes[0]!
    if (mode === 'create' && !names.length)
      throw fatal(`Cowardly refusing to create an empty archive\n${TRY}`)
    if (mode === 'create') yield* tar.create(names)
    else if (mode === 'append' || mode === 'update') yield* tar.append(names)
    else yield* tar.read(mode, names)
    if (tar.failed) yield* me.warn('Exiting with failure status due to previous errors')
    return tar.failed ? 2 : 0
  },
})

const TRY = "Try 'tar --help' or 'tar --usage' for more information."

class Tar {
  failed = false
  readonly #sys: Sys
  readonly #me: Process
  readonly #flags: TarFlags
  readonly #users: Users
  readonly #verbose: number
  readonly #links = new Map<string, string>()
  readonly #warned = new Set<string>()
  #archive: Stat | undefined

  constructor(sys: Sys, me: Process, flags: TarFlags, users: Users) {
    this.#sys = sys
    this.#me = me
    this.#flags = flags
    this.#users = users
    this.#verbose = flags.verbose ?? 0
  }

  *#fail(text: string, errno?: unknown): Blocking<void> {
    yield* this.#me.warn(text, errno)
    this.failed = true
  }

  /** Say once what happens to absolute names. */
  *#once(text: string): Blocking<void> {
    if (this.#warned.has(text)) return
    this.#warned.add(text)
    yield* this.#me.warn(text)
  }

  *#relative(name: string, what: string): Blocking<string> {
    if (this.#flags.absoluteNames || !name.startsWith('/')) return name
    yield* this.#once(`Removing leading \`/' from ${what}`)
    return name.replace(/^\/+/, '') || './'
  }

  /** Where names are looked up: the last -C, each relative to the one before. */
  #enter(): void {
    for (const dir of this.#flags.directory ?? []) {
      const refused = refusal(() => this.#sys.chdir(dir))
      if (refused)
        throw fatal(`${dir}: Cannot open: ${refused.message}\ntar: Error is not recoverable: exiting now`)
    }
  }

  // ---- Writing

  *create(names: readonly string[]): Blocking<void> {
    const { file } = this.#flags
    const compress = this.#flags.gzip || (this.#flags.autoCompress && /\.t?gz$/.test(file ?? ''))
    let fd = 1
    if (file !== undefined && file !== '-') {
      try {
        fd = yield* this.#sys.open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
      } catch (e) {
        throw this.#fatalOpen(file, e)
      }
      this.#archive = this.#sys.fstat(fd)
    }
    this.#enter()
    const chunks: Uint8Array[] = []
    for (const name of names) yield* this.#add(name, chunks, -1)
    chunks.push(end(chunks))
    const all = concat(chunks)
    yield* this.#sys.burn(all.length)
    yield* writeAll(this.#sys, fd, compress ? gzip(all, '', 0) : all)
    yield* this.#me.out.flush()
  }

  #fatalOpen(path: string, e: unknown): unknown {
    if (!(e instanceof Errno)) return e
    return fatal(`${path}: Cannot open: ${e.message}\ntar: Error is not recoverable: exiting now`)
  }

  *append(names: readonly string[]): Blocking<void> {
    const file = this.#flags.file
    if (file === undefined) throw fatal(`Options '-Aru' are incompatible with '-f -'\n${TRY}`)
    const chunks: Uint8Array[] = []
    try {
      const fd = yield* this.#sys.open(file, O_RDONLY | O_CREAT, 0o666)
      for (const { member, data } of readTar(yield* readAll(this.#sys, fd)))
        chunks.push(tarBlocks(member, data))
      this.#sys.close(fd)
    } catch (e) {
      throw this.#fatalOpen(file, e)
    }
    const out = yield* this.#sys.open(file, O_WRONLY | O_TRUNC)
    this.#archive = this.#sys.fstat(out)
    this.#enter()
    for (const name of names) yield* this.#add(name, chunks, -1)
    chunks.push(end(chunks))
    yield* writeAll(this.#sys, out, concat(chunks))
  }

  *#add(path: string, chunks: Uint8Array[], dev: number): Blocking<void> {
    const sys = this.#sys
    const clean = path.replace(/(.)\/+$/, '$1')
    if (
      this.#flags.exclude?.some(
        it =>
          fnmatch(it, clean) ||
          fnmatch(it, clean.slice(clean.lastIndexOf('/') + 1)) ||
          fnmatch(`*/${it}`, clean),
      )
    )
      return
    let stat: Stat
    try {
      stat = this.#flags.dereference ? sys.stat(path) : sys.lstat(path)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      return yield* this.#fail(`${path}: Cannot stat: ${e.message}`)
    }
    if (this.#archive && stat.ino === this.#archive.ino && stat.dev === this.#archive.dev) {
      yield* this.#me.warn(`${path}: file is the archive; not dumped`)
      return
    }
    if (this.#flags.oneFileSystem && dev >= 0 && stat.dev !== dev) return
    const name = (yield* this.#relative(clean, 'member names')) + (isDir(stat) && clean !== '/' ? '/' : '')
    const key = `${stat.dev}:${stat.ino}`
    const twin = !isDir(stat) && stat.nlink > 1 ? this.#links.get(key) : undefined
    if (!isDir(stat) && stat.nlink > 1 && twin === undefined) this.#links.set(key, name)
    if (twin !== undefined && clean.startsWith('/')) yield* this.#relative(clean, 'hard link targets')
    const type =
      twin !== undefined
        ? '1'
        : isReg(stat)
          ? '0'
          : isLink(stat)
            ? '2'
            : isChr(stat)
              ? '3'
              : isBlk(stat)
                ? '4'
                : isDir(stat)
                  ? '5'
                  : isFifo(stat)
                    ? '6'
                    : ''
    if (!type) {
      yield* this.#me.warn(`${path}: socket ignored`)
      return
    }
    let data: Uint8Array = new Uint8Array(0)
    if (type === '0') {
      try {
        const fd = yield* sys.open(path, O_RDONLY)
        data = yield* readAll(sys, fd)
        sys.close(fd)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        return yield* this.#fail(`${path}: Cannot open: ${e.message}`)
      }
    }
    const { owner, group } = this.#flags
    const uid = owner === undefined ? stat.uid : (userId(this.#users, owner.replace(/^.*:/, '')) ?? stat.uid)
    const gid = group === undefined ? stat.gid : (groupId(this.#users, group.replace(/^.*:/, '')) ?? stat.gid)
    const member: Member = {
      name,
      type,
      mode: stat.mode & 0o7777,
      uid,
      gid,
      user: this.#flags.numericOwner ? '' : (userName(this.#users, uid) ?? ''),
      group: this.#flags.numericOwner ? '' : (groupName(this.#users, gid) ?? ''),
      size: data.length,
      mtime: stat.mtime.sec,
      link: twin ?? (type === '2' ? sys.readlink(path) : ''),
      major: type === '3' || type === '4' ? major(stat.rdev) : 0,
      minor: type === '3' || type === '4' ? minor(stat.rdev) : 0,
    }
    chunks.push(tarBlocks(member, data))
    if (this.#verbose) this.#show(member)
    if (!isDir(stat) || this.#flags.noRecursion) return
    try {
      for (const entry of yield* readDir(sys, path))
        yield* this.#add(joinPath(path, entry.name), chunks, dev < 0 ? stat.dev : dev)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* this.#fail(`${path}: Cannot open: ${e.message}`)
    }
  }

  // ---- Reading

  *#load(): Blocking<Uint8Array> {
    const { file } = this.#flags
    let data: Uint8Array
    try {
      const fd = file === undefined || file === '-' ? 0 : yield* this.#sys.open(file, O_RDONLY)
      data = yield* readAll(this.#sys, fd)
      if (fd) this.#sys.close(fd)
    } catch (e) {
      throw this.#fatalOpen(file ?? '-', e)
    }
    yield* this.#sys.burn(data.length)
    if (!isGzip(data)) {
      if (!this.#flags.gzip) return data
      yield* this.#sys.write(2, '\ngzip: stdin: not in gzip format\n')
      throw fatal('Child returned status 1\ntar: Error is not recoverable: exiting now')
    }
    try {
      return gunzip(data)
    } catch (e) {
      if (!(e instanceof GzipError)) throw e
      yield* this.#sys.write(2, `\ngzip: stdin: ${e.message}\n`)
      throw fatal('Child returned status 1\ntar: Error is not recoverable: exiting now')
    }
  }

  *read(mode: 'extract' | 'list' | 'create' | 'append' | 'update', names: readonly string[]): Blocking<void> {
    const data = yield* this.#load()
    if (!data.length || !isTar(data)) {
      yield* this.#fail('This does not look like a tar archive')
      if (data.length >= BLOCK) yield* this.#me.warn('Skipping to next header')
      return
    }
    this.#enter()
    const wanted = new Map(names.map(name => [name.replace(/(.)\/+$/, '$1'), false]))
    const dirs: Member[] = []
    for (const { member, data: contents } of readTar(data)) {
      const clean = member.name.replace(/(.)\/+$/, '$1')
      if (names.length && !this.#selected(clean, wanted)) continue
      if (
        this.#flags.exclude?.some(
          it => fnmatch(it, clean) || clean.split('/').some(part => fnmatch(it, part)),
        )
      )
        continue
      if (this.#verbose || mode === 'list') this.#show(member, mode === 'list')
      if (mode === 'list') {
        if (this.#me.out.full) yield* this.#me.out.flush()
        continue
      }
      if (this.#flags.toStdout) {
        yield* this.#me.out.flush()
        yield* writeAll(this.#sys, 1, contents)
      } else yield* this.#extract(member, contents, dirs)
    }
    // Directories get their modes and times when nothing more is written into them.
    for (const it of dirs.reverse()) this.#attributes(it, it.name, true)
    for (const [name, found] of wanted) if (!found) yield* this.#fail(`${name}: Not found in archive`)
  }

  #selected(name: string, wanted: Map<string, boolean>): boolean {
    for (const want of wanted.keys())
      if (name === want || name.startsWith(`${want}/`) || (this.#flags.wildcards && fnmatch(want, name))) {
        wanted.set(want, true)
        return true
      }
    return false
  }

  *#extract(member: Member, data: Uint8Array, dirs: Member[]): Blocking<void> {
    const sys = this.#sys
    let name = yield* this.#relative(member.name, 'member names')
    const strip = Number(this.#flags.stripComponents ?? 0)
    if (strip)
      name = name
        .split('/')
        .filter(it => it)
        .slice(strip)
        .join('/')
    if (!name) return
    if (name.split('/').includes('..') && !this.#flags.absoluteNames)
      return yield* this.#fail(`${name}: Member name contains '..'`)
    const path = name.replace(/(.)\/+$/, '$1')
    try {
      if (member.type === '5') {
        const refused = refusal(() => sys.mkdir(path, 0o700))
        if (refused === ENOENT) {
          this.#parents(path)
          sys.mkdir(path, 0o700)
        } else if (refused && !(refused === EEXIST && isDir(sys.stat(path)))) throw refused
        dirs.push({ ...member, name: path })
        return
      }
      yield* this.#make(member, path, data)
    } catch (e) {
      if (e !== ENOENT && e !== EEXIST) return yield* this.#refused(path, member, e)
      try {
        if (e === ENOENT) this.#parents(path)
        else if (this.#flags.keepOldFiles) return yield* this.#refused(path, member, e)
        else sys.unlink(path)
        yield* this.#make(member, path, data)
      } catch (e2) {
        return yield* this.#refused(path, member, e2)
      }
    }
    if (member.type !== '1') this.#attributes(member, path, false)
  }

  *#refused(path: string, member: Member, e: unknown): Blocking<void> {
    if (!(e instanceof Errno)) throw e
    const what =
      member.type === '5'
        ? 'Cannot mkdir'
        : member.type === '2'
          ? `Cannot create symlink to '${member.link}'`
          : member.type === '1'
            ? `Cannot hard link to '${member.link}'`
            : member.type === '0'
              ? 'Cannot open'
              : 'Cannot mknod'
    yield* this.#fail(`${path}: ${what}: ${e.message}`)
  }

  #parents(path: string): void {
    const parent = dirname(path)
    const refused = refusal(() => this.#sys.mkdir(parent, 0o777))
    if (refused !== ENOENT) return
    this.#parents(parent)
    this.#sys.mkdir(parent, 0o777)
  }

  *#make(member: Member, path: string, data: Uint8Array): Blocking<void> {
    const sys = this.#sys
    switch (member.type) {
      case '1':
        return sys.link(member.link.replace(/^\/+/, ''), path)
      case '2':
        return sys.symlink(member.link, path)
      case '3':
      case '4':
        return sys.mknod(
          path,
          (member.type === '3' ? S_IFCHR : S_IFBLK) | 0o600,
          makedev(member.major, member.minor),
        )
      case '6':
        return sys.mknod(path, S_IFIFO | 0o600, 0)
      default: {
        const fd = yield* sys.open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND, 0o600)
        yield* writeAll(sys, fd, data)
        sys.close(fd)
      }
    }
  }

  /** Owner, mode and time: root gets the archive's, others their own and their umask. */
  #attributes(member: Member, path: string, late: boolean): void {
    const sys = this.#sys
    const root = sys.geteuid() === 0
    const { flags } = { flags: this.#flags }
    if ((root || flags.sameOwner) && !flags.noSameOwner) {
      const uid = (!flags.numericOwner && member.user && userId(this.#users, member.user)) || member.uid
      const gid = (!flags.numericOwner && member.group && groupId(this.#users, member.group)) || member.gid
      refusal(() => sys.lchown(path, uid, gid))
    }
    if (member.type !== '2') {
      const mask = root || flags.preservePermissions ? 0 : umaskOf(sys)
      refusal(() => sys.chmod(path, member.mode & 0o7777 & ~mask))
    }
    const time = { sec: member.mtime, nsec: 0 }
    if (!flags.touch && (late || member.type !== '5'))
      refusal(() => sys.utimensat(path, 'now', time, member.type !== '2'))
  }

  #show(member: Member, list = false): void {
    const { out } = this.#me
    const long = list ? this.#verbose > 0 : this.#verbose > 1
    if (!long) return out.line(member.name)
    const kind = { '0': '-', '1': 'h', '2': 'l', '3': 'c', '4': 'b', '5': 'd', '6': 'p' }[member.type] ?? '-'
    const owner = `${member.user || member.uid}/${member.group || member.gid}`
    const size =
      member.type === '3' || member.type === '4'
        ? `${member.major},${member.minor}`
        : String(member.type === '0' ? member.size : 0)
    const room = Math.max(0, 19 - owner.length)
    const time = strftime(
      '%Y-%m-%d %H:%M',
      localtime({ sec: member.mtime, nsec: 0 }, zoneOf(this.#me.env.get('TZ'))),
    )
    const link =
      member.type === '2' ? ` -> ${member.link}` : member.type === '1' ? ` link to ${member.link}` : ''
    out.line(
      `${kind}${strmode(member.mode).slice(1)} ${owner} ${size.padStart(Math.max(size.length, room - 1))} ${time} ${member.name}${link}`,
    )
  }
}

/** Two blocks of zeros, and more up to a record of 20 blocks. */
function end(chunks: readonly Uint8Array[]): Uint8Array {
  const size = chunks.reduce((sum, it) => sum + it.length, 0)
  const record = 20 * BLOCK
  return new Uint8Array(Math.ceil((size + 2 * BLOCK) / record) * record - size)
}
