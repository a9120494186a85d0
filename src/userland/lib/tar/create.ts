/** tar -c, -r, -u, -A and --delete: what writes archives. Linux: tar create.c, update.c, delete.c. */
import {
  type Blocking,
  ENOENT,
  Errno,
  isBlk,
  isChr,
  isDir,
  isFifo,
  isLink,
  isReg,
  major,
  minor,
  O_CREAT,
  O_RDONLY,
  O_TRUNC,
  O_WRONLY,
  refusal,
  type Stat,
  decode,
  type Timespec,
} from '../../../abi/index.ts'
import { umaskOf } from '../copy.ts'
import { oneOf } from '../argmatch.ts'
import { Fatal, fatal, readAll, readDir, readFile } from '../command.ts'
import { concat } from '../output.ts'
import { parseDate } from '../date/parse.ts'
import { joinPath, statOf } from '../path.ts'
import { adjustMode, parseMode } from '../strmode.ts'
import { attributeRecords, attributesOf } from './attributes.ts'
import { compressInto, compressorOf, expanderOf } from './filter.ts'
import { cannotOpen, type Job, LOST, TRY, writeWhole } from './job.ts'
import { Selection } from './names.ts'
import { BLOCK, fitsUstar, type Format, type Member, readTar, tarBlocks } from './format.ts'
import { type PaxRecord, paxTime } from './pax.ts'
import { isSparse, rawExtents, seekExtents, type Sparse, type SparseVersion } from './sparse.ts'
import { zoneOf } from '../time.ts'
import { groupId, groupName, userId, userName } from '../users.ts'

/** A name to be archived, and the directory that -C gave before it. */
export interface Named {
  readonly name: string
  readonly dirs: readonly string[]
}

const FORMATS: Readonly<Record<string, Format>> = {
  gnu: 'gnu',
  oldgnu: 'gnu',
  pax: 'pax',
  posix: 'pax',
  ustar: 'ustar',
  v7: 'ustar',
}

/** What a file holds, and where, if it has holes that are not archived. */
interface Contents {
  readonly data: Uint8Array
  readonly sparse?: Sparse
}

const EMPTY: Contents = { data: new Uint8Array(0) }

const SPARSE_VERSIONS = ['0.0', '0.1', '1.0'] as const
const HOLES = [
  ['raw', 'raw'],
  ['seek', 'seek'],
] as const

/** argp ends with its own status, and without a word about --help. */
function holesOf(word: string): 'seek' | 'raw' {
  try {
    return oneOf('--hole-detection', word, HOLES)
  } catch (e) {
    throw e instanceof Fatal ? fatal(e.message, undefined, 2) : e
  }
}

/** Writes the members of one archive. */
class Writer {
  readonly #job: Job
  readonly #format: Format
  readonly #isV7: boolean
  readonly #mtime: Timespec | undefined
  readonly #sparseVersion: SparseVersion
  readonly #holes: 'seek' | 'raw'
  readonly #links = new Map<string, string>()
  readonly #added: string[] = []
  readonly chunks: Uint8Array[] = []
  archive: Stat | undefined
  #written: Member | undefined

  constructor(job: Job) {
    this.#job = job
    const { format, posix, mtime, sparseVersion, holeDetection } = job.flags
    if (format !== undefined && !FORMATS[format]) throw fatal(`${format}: Invalid archive format\n${TRY}`)
    const { xattrs, acls, contexts } = job.wanted
    const plain = xattrs || acls || contexts ? 'pax' : 'gnu'
    const asked = FORMATS[format ?? plain]!
    this.#format = posix || (asked === 'gnu' && plain === 'pax') ? 'pax' : asked
    this.#isV7 = format === 'v7'
    this.#mtime = mtime === undefined ? undefined : mtimeOf(job, mtime)
    this.#sparseVersion =
      SPARSE_VERSIONS.find(it => it === (sparseVersion ?? '1.0').replace(/^\d$/, '$&.0')) ?? '1.0'
    this.#holes = holeDetection === undefined ? 'seek' : holesOf(holeDetection)
  }

  *add(names: readonly Named[]): Blocking<void> {
    for (const { name, dirs } of names) {
      for (const dir of dirs) this.#job.enter(dir)
      yield* this.#addPath(name, -1)
    }
    if (this.#job.flags.removeFiles) this.#remove()
  }

  *#addPath(path: string, dev: number): Blocking<void> {
    const { sys, flags } = this.#job
    const clean = path.replace(/(.)\/+$/, '$1')
    if (this.#job.excludes(clean)) return
    let stat: Stat
    try {
      stat = flags.dereference ? sys.stat(path) : sys.lstat(path)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      if (e !== ENOENT || dev < 0) return yield* this.#job.fail(`${path}: Cannot stat: ${e.message}`)
      // The directory named it a moment ago.
      this.#job.differs = true
      return yield* this.#job.me.warn(`${path}: File removed before we read it`)
    }
    if (this.archive && stat.ino === this.archive.ino && stat.dev === this.archive.dev)
      return yield* this.#job.me.warn(`${path}: file is the archive; not dumped`)
    const isElsewhere = flags.oneFileSystem && dev >= 0 && stat.dev !== dev
    if (isElsewhere && !isDir(stat)) return
    const type = yield* this.#dump(path, clean, stat)
    if (type !== '5' || flags.noRecursion) return
    // Of a directory that is a mount point only the name is kept.
    if (isElsewhere)
      return yield* this.#job.me.warn(`${path}/: file is on a different filesystem; not dumped`)
    try {
      const entries = yield* readDir(sys, path)
      const sorted = flags.sort === 'name' ? entries.toSorted((a, b) => (a.name < b.name ? -1 : 1)) : entries
      for (const entry of sorted) yield* this.#addPath(joinPath(path, entry.name), dev < 0 ? stat.dev : dev)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* this.#job.fail(`${path}: Cannot open: ${e.message}`)
    }
  }

  /** Write the header and the contents of one file; its type, '' if it was not written. */
  *#dump(path: string, clean: string, stat: Stat): Blocking<string> {
    const { flags, me } = this.#job
    const relative = yield* this.#job.relative(clean, 'member names')
    const stored = relative + (isDir(stat) && !relative.endsWith('/') ? '/' : '')
    const key = `${stat.dev}:${stat.ino}`
    // "trivial_link_count": a file that may be named twice is looked for, too. Devices never are.
    const repeats = (isReg(stat) || isLink(stat)) && (stat.nlink > 1 || this.#job.many || flags.dereference)
    const linked = repeats && !flags.hardDereference
    const twin = linked ? this.#links.get(key) : undefined
    const type = twin === undefined ? typeOf(stat) : '1'
    if (!type) {
      yield* me.warn(`${path}: socket ignored`)
      return ''
    }
    if (this.#isV7 && '346'.includes(type)) {
      yield* this.#job.fail(`${path}: Unknown file type; file ignored`)
      return ''
    }
    if (this.#format === 'ustar' && !fitsUstar(stored)) {
      const why =
        stored.length > 256 ? 'file name is too long (max 256)' : 'file name is too long (cannot be split)'
      yield* this.#job.fail(`${stored}: ${why}; not dumped`)
      return ''
    }
    const { data, sparse } = (type === '0' ? yield* this.#contents(path, stat) : EMPTY) ?? {}
    if (!data) return ''
    const name = this.#job.rename(stored)
    if (linked && twin === undefined) {
      this.#links.set(key, name)
      yield* this.#job.relative(clean, 'hard link targets')
    }
    this.#write({ ...this.#member(path, name, type, stat, data.length, twin), sparse }, data, path, stat)
    this.#added.push(clean)
    const member = this.#written!
    if (flags.verbose) {
      const shown = flags.showTransformedNames ? name : clean + (isDir(stat) ? '/' : '')
      this.#job.show({ ...member, name: shown }, flags.verbose > 1)
      yield* this.#job.drain()
    }
    return type
  }

  /** Append the blocks of a member, with what only records of a pax header hold. */
  #write(member: Member, data: Uint8Array, path: string, stat: Stat): void {
    const { sys, wanted, flags, users } = this.#job
    const isPax = this.#format === 'pax'
    const kept = isPax && member.type !== '1' ? attributeRecords(sys, path, wanted, flags, users) : []
    const times: PaxRecord[] = [
      ['atime', paxTime(stat.atime)],
      ['ctime', paxTime(stat.ctime)],
    ]
    this.#written = { ...member, attributes: attributesOf(kept) }
    this.chunks.push(
      tarBlocks(member, data, {
        format: this.#format,
        sparseVersion: this.#sparseVersion,
        records: [...times, ...kept],
        pid: sys.getpid(),
      }),
    )
  }

  *#contents(path: string, stat: Stat): Blocking<Contents | undefined> {
    const { sys, flags } = this.#job
    try {
      const fd = yield* sys.open(path, O_RDONLY)
      const wantsHoles =
        flags.sparse || flags.sparseVersion !== undefined || flags.holeDetection !== undefined
      const extents =
        wantsHoles && isSparse(stat) && this.#holes === 'seek' ? seekExtents(sys, fd, stat.size) : undefined
      const data = yield* readAll(sys, fd)
      sys.close(fd)
      if (!wantsHoles || !isSparse(stat)) return { data }
      return { data, sparse: { extents: extents ?? rawExtents(data), size: data.length } }
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      if (flags.ignoreFailedRead) yield* this.#job.me.warn(`${path}: Warning: Cannot open: ${e.message}`)
      else yield* this.#job.fail(`${path}: Cannot open: ${e.message}`)
      return undefined
    }
  }

  #member(path: string, name: string, type: string, stat: Stat, size: number, twin?: string): Member {
    const { sys, flags, users } = this.#job
    const [owner, ownerId] = ownerOf(flags.owner, text => userId(users, text), stat.uid)
    const [group, id] = ownerOf(flags.group, text => groupId(users, text), stat.gid)
    const isDevice = type === '3' || type === '4'
    const change = flags.mode === undefined ? undefined : parseMode(flags.mode)
    if (flags.mode !== undefined && !change) throw fatal('Invalid mode given on option')
    const mode = stat.mode & 0o7777
    return {
      name,
      type,
      mode: change ? adjustMode(mode, isDir(stat), umaskOf(sys), change) : mode,
      uid: ownerId,
      gid: id,
      user: flags.numericOwner ? '' : (owner ?? userName(users, ownerId) ?? ''),
      group: flags.numericOwner ? '' : (group ?? groupName(users, id) ?? ''),
      size,
      mtime: this.#mtime ?? stat.mtime,
      link: twin ?? (type === '2' ? this.#job.rename(sys.readlink(path)) : ''),
      major: isDevice ? major(stat.rdev) : 0,
      minor: isDevice ? minor(stat.rdev) : 0,
    }
  }

  /** --remove-files: the deepest first, and no directory that is not empty. */
  #remove(): void {
    for (const path of this.#added.reverse())
      if (refusal(() => this.#job.sys.unlink(path))) refusal(() => this.#job.sys.rmdir(path))
  }
}

function typeOf(stat: Stat): string {
  if (isReg(stat)) return '0'
  if (isLink(stat)) return '2'
  if (isChr(stat)) return '3'
  if (isBlk(stat)) return '4'
  return isDir(stat) ? '5' : isFifo(stat) ? '6' : ''
}

/** `NAME`, `NAME:ID` or `ID` of --owner and --group as a name, if one was given, and an id. */
function ownerOf(
  text: string | undefined,
  idOf: (name: string) => number | undefined,
  own: number,
): readonly [string | undefined, number] {
  if (text === undefined) return [undefined, own]
  const [name, id] = text.split(':') as [string, string?]
  if (id !== undefined) return [name, Number(id)]
  return /^\d+$/.test(name) ? [undefined, Number(name)] : [name, idOf(name) ?? own]
}

/** --mtime: a date, or the time of a file if it begins with `/` or `.`. */
function mtimeOf({ sys, me }: Job, text: string): Timespec {
  if (/^[/.]/.test(text)) {
    const stat = statOf(sys, text)
    if (stat) return stat.mtime
  }
  const time = parseDate(text, sys.clock_gettime(0), zoneOf(me.env.get('TZ')))
  if (!time) throw fatal(`Date sample file not found: ${text}`)
  return time
}

/** Two blocks of zeros, and more up to the end of a record. */
function ending({ flags }: Job, chunks: readonly Uint8Array[]): Uint8Array {
  const size = chunks.reduce((sum, it) => sum + it.length, 0)
  const record = Number(flags.blockingFactor ?? 20) * BLOCK
  return new Uint8Array(Math.ceil((size + 2 * BLOCK) / record) * record - size)
}

/** The program that the archive is written through; undefined for none. */
export function compressor({ flags }: Job): string | undefined {
  if (flags.useCompressProgram !== undefined) return flags.useCompressProgram
  if (flags.gzip) return 'gzip'
  if (flags.bzip2) return 'bzip2'
  if (flags.xz) return 'xz'
  if (flags.zstd) return 'zstd'
  return flags.autoCompress ? compressorOf(flags.file ?? '') : undefined
}

/** tar -c */
export function* create(job: Job, names: readonly Named[]): Blocking<void> {
  const { sys, flags, me } = job
  const writer = new Writer(job)
  let fd = 1
  if (flags.file !== undefined && flags.file !== '-') {
    try {
      fd = yield* sys.open(flags.file, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
    } catch (e) {
      throw cannotOpen(flags.file, e)
    }
    writer.archive = sys.fstat(fd)
  }
  yield* writer.add(names)
  writer.chunks.push(ending(job, writer.chunks))
  const all = concat(writer.chunks)
  yield* sys.burn(all.length)
  const program = compressor(job)
  yield* job.listing.flush()
  if (program) yield* compressInto(sys, me.envp, program, all, fd)
  else yield* writeRecords(job, fd, all)
  if (flags.totals !== undefined)
    yield* sys.write(2, `Total bytes written: ${all.length} (${amount(all.length)}, 1.0MiB/s)\n`)
}

/** Write the archive, record by record. Linux: flush_write(), archive_write_error(). */
function* writeRecords({ sys, flags }: Job, fd: number, all: Uint8Array): Blocking<void> {
  const record = Number(flags.blockingFactor ?? 20) * BLOCK
  for (let at = 0; at < all.length; at += record) {
    const bytes = all.subarray(at, at + record)
    const problem = yield* writeWhole(sys, fd, bytes)
    if (problem) throw fatal(`${flags.file ?? '-'}: ${problem}\ntar: ${LOST}`)
  }
}

const amount = (bytes: number): string => {
  if (bytes < 1024 * 1024) return `${Math.ceil(bytes / 1024)}KiB`
  return `${(bytes / 1024 / 1024).toFixed(1)}MiB`
}

/** tar -r, -u, -A and --delete: the archive is read, changed and written anew. */
export function* rewrite(job: Job, names: readonly Named[]): Blocking<void> {
  const { sys, flags } = job
  const file = flags.file!
  const writer = new Writer(job)
  let old: Uint8Array
  try {
    const fd = yield* sys.open(file, O_RDONLY | (flags.delete ? 0 : O_CREAT), 0o666)
    old = yield* readAll(sys, fd)
    sys.close(fd)
  } catch (e) {
    throw cannotOpen(file, e)
  }
  if (expanderOf(old)) throw fatal(`Cannot update compressed archives\ntar: ${LOST}`)
  const doomed = new Selection(flags.delete ? names.map(it => it.name) : [], Boolean(flags.wildcards))
  const times = new Map<string, number>()
  for (const { member, at, end } of readTar(old)) {
    times.set(member.name.replace(/\/$/, ''), member.mtime.sec)
    if (!flags.delete || !doomed.takes(member.name)) writer.chunks.push(old.subarray(at, end))
  }
  if (flags.delete) for (const name of doomed.missing) yield* job.fail(`${name}: Not found in archive`)
  const out = yield* sys.open(file, O_WRONLY)
  writer.archive = sys.fstat(out)
  if (flags.catenate) yield* catenate(job, writer, names)
  else if (!flags.delete) {
    const isNewer = ({ name }: Named): boolean =>
      (statOf(sys, name)?.mtime.sec ?? Number.POSITIVE_INFINITY) > (times.get(name.replace(/\/$/, '')) ?? -1)
    yield* writer.add(flags.update ? names.filter(isNewer) : names)
  }
  writer.chunks.push(ending(job, writer.chunks))
  yield* sys.ftruncate(out, 0)
  yield* writeRecords(job, out, concat(writer.chunks))
}

function* catenate({ sys }: Job, writer: Writer, names: readonly Named[]): Blocking<void> {
  for (const { name } of names) {
    try {
      const fd = yield* sys.open(name, O_RDONLY)
      const data = yield* readAll(sys, fd)
      sys.close(fd)
      for (const { at, end } of readTar(data)) writer.chunks.push(data.subarray(at, end))
    } catch (e) {
      throw cannotOpen(name, e)
    }
  }
}

/** The lines of a file of names, or its pieces between NULs. */
export function* listedNames({ sys }: Job, path: string, isNull: boolean): Blocking<string[]> {
  try {
    const text = path === '-' ? decode(yield* readAll(sys, 0)) : yield* readFile(sys, path)
    return text.split(isNull ? '\0' : '\n').filter(it => it)
  } catch (e) {
    throw e instanceof Errno ? fatal(`${path}: Cannot stat: ${e.message}\ntar: ${LOST}`) : e
  }
}
