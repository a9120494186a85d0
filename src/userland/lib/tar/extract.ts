/** tar -x, -t and -d: what reads archives. Linux: tar extract.c, list.c, compare.c. */
import {
  type Blocking,
  CLOCK_REALTIME,
  EEXIST,
  ENOENT,
  Errno,
  isDir,
  isLink,
  isReg,
  makedev,
  O_CREAT,
  O_EXCL,
  O_TRUNC,
  O_WRONLY,
  refusal,
  S_IFBLK,
  S_IFCHR,
  S_IFIFO,
  type Stat,
  type Timespec,
} from '../../../abi/index.ts'
import { execvp, fatal, readBytes, writeAll } from '../command.ts'
import { umaskOf } from '../copy.ts'
import { dirname, joinPath, lstatOf, sameFile } from '../path.ts'
import { quote } from '../quote.ts'
import { restoreAttributes } from './attributes.ts'
import { type Expanded, expanderOf, expandThrough } from './filter.ts'
import type { Named } from './create.ts'
import { type Job, LOST, readArchive, writeWhole } from './job.ts'
import { Selection, stripped } from './names.ts'
import { BLOCK, type Ending, type Found, isTar, type Member, readTar } from './format.ts'
import { expand, writeExtents } from './sparse.ts'
import { localtime, strftime, zoneOf } from '../time.ts'
import { groupId, userId } from '../users.ts'

/** What is done with the members. */
export type Purpose = 'extract' | 'list' | 'diff'

/** The archive, expanded if it is compressed or is said to be. */
function* load(job: Job): Blocking<Expanded> {
  const { sys, flags, me } = job
  const data = yield* readArchive(job)
  const said = flags.gzip ? 'gzip' : flags.bzip2 ? 'bzip2' : flags.xz ? 'xz' : flags.zstd ? 'zstd' : undefined
  const fromPipe = flags.file === undefined || flags.file === '-'
  const found = expanderOf(data)
  if (found && fromPipe && !said && flags.useCompressProgram === undefined)
    throw fatal(
      `Archive is compressed. Use -${{ gzip: 'z', bzip2: 'j', xz: 'J' }[found] ?? '-zstd'} option\ntar: ${LOST}`,
    )
  const program = flags.useCompressProgram ?? said ?? found
  if (program) return yield* expandThrough(sys, me.envp, program, data)
  return { data, isPipe: false, *finish() {} }
}

/** Go through the archive. */
export function* read(job: Job, purpose: Purpose, operands: readonly Named[]): Blocking<void> {
  const { flags, me } = job
  const { data, isPipe, finish } = yield* load(job)
  if (!data.length) yield* finish()
  if (!isTar(data)) {
    yield* job.fail('This does not look like a tar archive')
    if (data.length > BLOCK) yield* me.warn('Skipping to next header')
    return
  }
  // A -C behind all names is for nothing.
  for (const dir of operands.length ? operands.flatMap(it => it.dirs) : (flags.directory ?? []))
    job.enter(dir)
  const names = operands.map(it => it.name)
  const selection = new Selection(names, Boolean(flags.wildcards))
  const extractor = new Extractor(job)
  let end = 0
  let ending: Ending
  for (const members = readTar(data, Boolean(flags.ignoreZeros)); ; ) {
    const next = members.next()
    if (next.done) {
      ending = next.value
      break
    }
    const found = next.value
    end = found.end
    const { member } = found
    if (!selection.takes(member.name) || job.excludes(member.name)) continue
    if (purpose === 'list') {
      yield* job.relative(member.name, 'member names')
      job.show(shownMember(job, member), (flags.verbose ?? 0) > 0, found.at)
    } else if (purpose === 'diff') yield* compare(job, found)
    else yield* extractor.take(found)
    yield* job.drain()
  }
  extractor.finish()
  if (flags.blockNumber && purpose === 'list') me.out.line(`block ${end / BLOCK}: ** Block of NULs **`)
  if (ending.skipped) yield* job.fail('Skipping to next header')
  if (!ending.isWhole) {
    // What is passed over has to be there; what is extracted is as long as it is.
    yield* job.listing.flush()
    if (purpose !== 'extract' && !ending.inHeader) throw fatal(`Unexpected EOF in archive\ntar: ${LOST}`)
    yield* job.fail('Unexpected EOF in archive')
    // A program that expands cannot be asked for what stands further on.
    if (isPipe) throw fatal(`Unexpected EOF in archive\ntar: ${LOST}`)
    return
  }
  yield* finish()
  yield* reportMissing(job, selection, names)
}

function* reportMissing(job: Job, selection: Selection, names: readonly string[]): Blocking<void> {
  const missing = selection.missing
  if (missing.some(name => /[*?[]/.test(name)) && !job.flags.wildcards && names.length) {
    yield* job.me.warn('Pattern matching characters used in file names')
    yield* job.me.warn(
      'Use --wildcards to enable pattern matching, or --no-wildcards to suppress this warning',
    )
  }
  for (const name of missing) yield* job.fail(`${name}: Not found in archive`)
}

const shownMember = ({ flags, rename }: Job, member: Member): Member =>
  flags.showTransformedNames
    ? { ...member, name: stripped(rename(member.name), Number(flags.stripComponents ?? 0)) }
    : member

/** Makes files out of members. */
class Extractor {
  readonly #job: Job
  /** Directories get their modes and times when nothing more is written into them. */
  readonly #dirs: Member[] = []
  readonly #strip: number

  constructor(job: Job) {
    this.#job = job
    const { stripComponents } = job.flags
    this.#strip = Number(stripComponents ?? 0)
    if (stripComponents !== undefined && !/^\d+$/.test(stripComponents))
      throw fatal(`${stripComponents}: Invalid number of elements`)
  }

  *take(found: Found): Blocking<void> {
    const { member } = found
    const { flags, me } = this.#job
    const name = yield* this.#nameOf(member)
    if (!name) return
    if (flags.verbose)
      this.#job.show(flags.showTransformedNames ? { ...member, name } : member, flags.verbose > 1)
    if (flags.toStdout || flags.toCommand !== undefined) {
      yield* me.out.flush()
      const data = member.sparse ? expand(found.data, member.sparse) : found.data
      if (flags.toCommand === undefined) yield* this.#toStdout(member.name, data)
      else if (member.type === '0') yield* this.#pipeTo(flags.toCommand, data)
      return
    }
    if (name.split('/').includes('..') && !flags.absoluteNames)
      return yield* this.#job.fail(`${name}: Member name contains '..'`)
    yield* this.#place(found, name.replace(/(.)\/+$/, '$1'))
  }

  *#toStdout(name: string, data: Uint8Array): Blocking<void> {
    const problem = yield* writeWhole(this.#job.sys, 1, data)
    if (problem) yield* this.#job.fail(`${name}: ${problem}`)
  }

  *#nameOf(member: Member): Blocking<string> {
    const { flags } = this.#job
    const relative = yield* this.#job.relative(this.#job.rename(member.name), 'member names')
    const name = stripped(relative, this.#strip)
    if (flags.oneTopLevel === undefined || !name) return name
    const top = flags.oneTopLevel || (flags.file ?? '').replace(/^.*\//, '').replace(/(\.tar)?\.\w+$/, '')
    const plain = name.replace(/^\.\//, '')
    return plain === top || plain.startsWith(`${top}/`) ? name : joinPath(top, plain)
  }

  *#pipeTo(command: string, data: Uint8Array): Blocking<void> {
    const { sys, me } = this.#job
    const [read, write] = sys.pipe2(0)
    const child = sys.clone(0, function* (its): Blocking<number> {
      its.dup2(read, 0)
      its.close(read)
      its.close(write)
      return yield* execvp(its, ['/bin/sh', '-c', command], me.envp)
    })
    sys.close(read)
    yield* writeAll(sys, write, data)
    sys.close(write)
    yield* sys.wait4(child, 0)
  }

  *#place(found: Found, path: string): Blocking<void> {
    const { member } = found
    const { sys, flags } = this.#job
    const old = lstatOf(sys, path)
    if (old && flags.skipOldFiles && !this.#isSameLink(member, old)) {
      if (flags.verbose) yield* this.#job.me.warn(`${path}: skipping existing file`)
      if (member.type !== '5') return
    }
    if (old && member.type !== '5') {
      if (flags.keepNewerFiles && !isOlder(old.mtime, member.mtime))
        return yield* this.#job.me.warn(`Current ${quote(path)} is newer or same age`)
    }
    if (flags.unlinkFirst && old) {
      const refused = refusal(() => (isDir(old) ? sys.rmdir(path) : sys.unlink(path)))
      if (refused) return yield* this.#job.fail(`${path}: Cannot unlink: ${refused.message}`)
    }
    try {
      if (member.type === '5') return this.#directory(member, path)
      if (flags.overwrite && old && isReg(old) && member.type === '0')
        yield* this.#write(found, path, O_TRUNC)
      else yield* this.#make(found, path)
    } catch (e) {
      if ((e !== ENOENT && e !== EEXIST) || member.type === '5') return yield* this.#refused(path, member, e)
      try {
        if (e === ENOENT && !(yield* this.#makeParents(path))) return yield* this.#refused(path, member, e)
        if (e === EEXIST && flags.keepOldFiles) return yield* this.#refused(path, member, e)
        if (e === EEXIST && refusal(() => sys.unlink(path))) sys.rmdir(path)
        yield* this.#make(found, path)
      } catch (e2) {
        return yield* this.#refused(path, member, e2)
      }
    }
    if (member.type === '1') return
    this.#attributes(member, path, false)
    yield* this.#checkTime(member, path)
  }

  /** Times before 1970 and times to come are remarkable. Linux: check_time(). */
  *#checkTime({ mtime, type }: Member, path: string): Blocking<void> {
    const { sys, flags, me } = this.#job
    if (flags.touch || type === '2') return
    const now = sys.clock_gettime(CLOCK_REALTIME)
    const ahead = mtime.sec - now.sec + (mtime.nsec - now.nsec) / 1e9
    if (mtime.sec >= 0 && ahead <= 0) return
    const time = strftime('%Y-%m-%d %H:%M:%S', localtime(mtime, zoneOf(me.env.get('TZ'))))
    if (mtime.sec < 0) yield* me.warn(`${path}: implausibly old time stamp ${time}`)
    else yield* me.warn(`${path}: time stamp ${time} is ${ahead} s in the future`)
  }

  #directory(member: Member, path: string): void {
    const { sys } = this.#job
    const refused = refusal(() => sys.mkdir(path, 0o700))
    if (refused === ENOENT) {
      this.#parents(path)
      sys.mkdir(path, 0o700)
    } else if (refused) {
      const old = lstatOf(sys, path)
      if (refused !== EEXIST || !old) throw refused
      if (isLink(old) || !isDir(old)) {
        sys.unlink(path)
        sys.mkdir(path, 0o700)
      }
    }
    this.#dirs.push({ ...member, name: path })
  }

  *#refused(path: string, member: Member, e: unknown): Blocking<void> {
    if (!(e instanceof Errno)) throw e
    const acts: Readonly<Record<string, string>> = {
      '1': `Cannot hard link to ${quote(member.link)}`,
      '2': `Cannot create symlink to ${quote(member.link)}`,
      '3': 'Cannot mknod',
      '4': 'Cannot mknod',
      '5': 'Cannot mkdir',
      '6': 'Cannot mkfifo',
    }
    yield* this.#job.fail(`${path}: ${acts[member.type] ?? 'Cannot open'}: ${e.message}`)
  }

  *#makeParents(path: string): Blocking<boolean> {
    const refused = refusal(() => this.#parents(path))
    if (refused) yield* this.#job.fail(`${dirname(path)}: Cannot mkdir: ${refused.message}`)
    return !refused
  }

  #parents(path: string): void {
    const { sys } = this.#job
    const parent = dirname(path)
    const refused = refusal(() => sys.mkdir(parent, 0o777))
    if (refused !== ENOENT) return
    this.#parents(parent)
    sys.mkdir(parent, 0o777)
  }

  /** The name that a hard link is made to. */
  #targetOf(member: Member): string {
    const { flags, rename } = this.#job
    const link = flags.absoluteNames ? member.link : member.link.replace(/^\/+/, '')
    return stripped(rename(link), this.#strip)
  }

  #isSameLink(member: Member, old: Stat): boolean {
    const there = member.type === '1' ? lstatOf(this.#job.sys, this.#targetOf(member)) : undefined
    return there !== undefined && sameFile(there, old)
  }

  *#make(found: Found, path: string): Blocking<void> {
    const { sys } = this.#job
    const { member } = found
    switch (member.type) {
      case '1': {
        const target = this.#targetOf(member)
        const [there, here] = [lstatOf(sys, target), lstatOf(sys, path)]
        if (!there || !here || !sameFile(there, here)) sys.link(target, path)
        return
      }
      case '2':
        return sys.symlink(member.link, path)
      case '3':
      case '4': {
        const kind = member.type === '3' ? S_IFCHR : S_IFBLK
        return sys.mknod(path, kind | 0o600, makedev(member.major, member.minor))
      }
      case '6':
        return sys.mknod(path, S_IFIFO | 0o600, 0)
      default:
        yield* this.#write(found, path, O_CREAT | O_EXCL)
    }
  }

  *#write(found: Found, path: string, how: number): Blocking<void> {
    const { sys } = this.#job
    const { data, dataAt, member } = found
    const fd = yield* sys.open(path, O_WRONLY | how, 0o600)
    if (!member.sparse) yield* this.#writePart(fd, path, data, dataAt)
    else
      yield* writeExtents(sys, fd, data, member.sparse, (bytes, at) =>
        this.#writePart(fd, path, bytes, dataAt + at),
      )
    sys.close(fd)
  }

  /** Write what stands at `at` in the archive, as much at a time as its record holds; whether it could be. */
  *#writePart(fd: number, path: string, bytes: Uint8Array, at: number): Blocking<boolean> {
    const record = Number(this.#job.flags.blockingFactor ?? 20) * BLOCK
    for (let done = 0; done < bytes.length; ) {
      const rest = record - ((at + done) % record)
      const problem = yield* writeWhole(this.#job.sys, fd, bytes.subarray(done, done + rest))
      if (problem) {
        yield* this.#job.fail(`${path}: ${problem}`)
        return false
      }
      done += rest
    }
    return true
  }

  /** Owner, mode and time: root gets the archive's, others their own and their umask. */
  #attributes(member: Member, path: string, late: boolean): void {
    const { sys, flags, users } = this.#job
    const root = sys.geteuid() === 0
    if ((root || flags.sameOwner) && !flags.noSameOwner && !flags.ownSelf) {
      const uid = (!flags.numericOwner && member.user && userId(users, member.user)) || member.uid
      const gid = (!flags.numericOwner && member.group && groupId(users, member.group)) || member.gid
      refusal(() => sys.lchown(path, uid, gid))
    }
    if (member.type !== '2') {
      const exact = (root || flags.preservePermissions) && !flags.noSamePermissions
      refusal(() => sys.chmod(path, member.mode & (exact ? 0o7777 : 0o777 & ~umaskOf(sys))))
    }
    if (member.attributes) restoreAttributes(sys, path, member.attributes, this.#job.wanted, flags, users)
    if (flags.touch || (!late && member.type === '5')) return
    refusal(() => sys.utimensat(path, 'now', member.mtime, member.type !== '2'))
  }

  finish(): void {
    for (const it of this.#dirs.reverse()) this.#attributes(it, it.name, true)
  }
}

const isOlder = (a: Timespec, b: Timespec): boolean => a.sec < b.sec || (a.sec === b.sec && a.nsec < b.nsec)

/** tar -d: what is different in the file system. */
function* compare(job: Job, { member, data: kept }: Found): Blocking<void> {
  const data = member.sparse ? expand(kept, member.sparse) : kept
  const { sys, me, flags } = job
  const path = member.name.replace(/(.)\/+$/, '$1')
  if (flags.verbose) job.show(member, flags.verbose > 1)
  const differ = (what: string): void => {
    me.out.line(`${path}: ${what} differ${what.endsWith('s') ? '' : 's'}`)
    job.differs = true
  }
  const stat = lstatOf(sys, path)
  if (!stat) {
    job.differs = true
    return yield* me.warn(`${path}: Warning: Cannot stat: No such file or directory`)
  }
  if (member.type === '1') {
    const target = lstatOf(sys, member.link)
    if (!target || target.ino !== stat.ino) me.out.line(`${path}: Not linked to ${member.link}`)
    return
  }
  if ((stat.mode & 0o7777) !== (member.mode & 0o7777) && member.type !== '2') differ('Mode')
  if (stat.uid !== member.uid) differ('Uid')
  if (stat.gid !== member.gid) differ('Gid')
  if (member.type === '2' && sys.readlink(path) !== member.link) differ('Symlink')
  if (member.type !== '0') return
  if (stat.mtime.sec !== member.mtime.sec) differ('Mod time')
  if (stat.size !== data.length) return differ('Size')
  const now = yield* readBytes(sys, path)
  if (now.some((byte, i) => byte !== data[i])) differ('Contents')
}
