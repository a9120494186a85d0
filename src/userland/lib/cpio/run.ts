/** What cpio does with names and archives. cpio: copyout.c, copyin.c, copypass.c. */
import {
  type Blocking,
  Errno,
  encode,
  isDir,
  isLink,
  isReg,
  major,
  minor,
  O_CREAT,
  O_TRUNC,
  O_WRONLY,
  type Stat,
  type Sys,
} from '../../../abi/index.ts'
import { fatal, type Process, readAll, readBytes, readFile, readIfOpen } from '../command.ts'
import { fnmatch } from '../fnmatch.ts'
import type { Flags } from '../getopt.ts'
import { concat, writeAll } from '../output.ts'
import { joinPath } from '../path.ts'
import { strmode } from '../strmode.ts'
import { localtime, strftime, zoneOf } from '../time.ts'
import { groupName, parseOwner, type Users, userName } from '../users.ts'
import type { Copier } from './copy.ts'
import { cpioBytes, type Format, type Found, type Member, readCpio, TRAILER } from './format.ts'
import type { CPIO_OPTIONS } from './options.ts'

const HALF_A_YEAR = 15_778_476

export class Run {
  readonly #sys: Sys
  readonly #me: Process
  readonly #flags: Flags<typeof CPIO_OPTIONS>
  readonly #users: Users
  readonly #copier: Copier
  readonly #block: number
  failed = false

  constructor(
    sys: Sys,
    me: Process,
    flags: Flags<typeof CPIO_OPTIONS>,
    users: Users,
    copier: Copier,
    block: number,
  ) {
    this.#sys = sys
    this.#me = me
    this.#flags = flags
    this.#users = users
    this.#copier = copier
    this.#block = block
  }

  *#warn(text: string, errno?: unknown): Blocking<void> {
    yield* this.#me.out.flush()
    yield* this.#me.warn(text, errno)
  }

  /** Names, and that they are done, go to standard error where standard output is the archive. */
  *#tell(name: string): Blocking<void> {
    if (this.#flags.dot) yield* this.#sys.write(2, '.')
    else if (this.#flags.verbose) yield* this.#sys.write(2, `${name}\n`)
  }

  /** Standard output, if it has a list, is not flushed before. */
  *#blocks(bytes: number): Blocking<void> {
    if (this.#flags.dot) yield* this.#sys.write(2, '\n')
    const count = Math.ceil(bytes / this.#block)
    if (!this.#flags.quiet) yield* this.#sys.write(2, `${count} block${count === 1 ? '' : 's'}\n`)
  }

  *#names(): Blocking<string[]> {
    const text = new TextDecoder().decode(yield* readIfOpen(this.#sys))
    const names = text.split(this.#flags.null ? '\0' : '\n')
    if (names.at(-1) === '') names.pop()
    const named: string[] = []
    for (const name of names) {
      if (name) named.push(name)
      else yield* this.#warn('blank line ignored')
    }
    return named
  }

  /** A file as a member with its contents; undefined, and a message, if it cannot be read. */
  *#member(name: string): Blocking<Found | undefined> {
    const sys = this.#sys
    let stat: Stat
    try {
      stat = this.#flags.dereference ? sys.stat(name) : sys.lstat(name)
    } catch (e) {
      yield* this.#warn(`${name}: Cannot stat`, e)
      this.failed = true
      return undefined
    }
    const { ino, dev, mode, uid, gid, nlink, rdev, mtime } = stat
    const member = { name, ino, dev, mode, uid, gid, nlink, rdev, mtime: mtime.sec }
    try {
      const data = isReg(stat) ? yield* readBytes(sys, name) : encode(isLink(stat) ? sys.readlink(name) : '')
      return { ...member, data }
    } catch (e) {
      yield* this.#warn(`${name}: Cannot open`, e)
      this.failed = true
      return undefined
    }
  }

  *copyOut(format: Format): Blocking<void> {
    const file = this.#flags.file ?? this.#flags.output
    const parts: Uint8Array[] = []
    let before = new Uint8Array(0)
    if (this.#flags.append) {
      if (file === undefined) throw fatal('Archive file not specified (use -F or -O)')
      before = (yield* this.#read(file)).slice()
      for (const it of readCpio(before)) parts.push(cpioBytes(format, it, it.data))
    }
    if (this.#flags.directory !== undefined) this.#enter(this.#flags.directory)
    const owner = this.#flags.owner === undefined ? undefined : parseOwner(this.#users, this.#flags.owner)
    /** newc has what several names share with the last of them only. */
    const waiting = new Map<string, Found[]>()
    const write = (it: Found, data: Uint8Array): void => {
      const name = it.name.replace(/^(\.\/+)+(?=.)/, '')
      parts.push(cpioBytes(format, { ...it, name }, data))
    }
    for (const name of yield* this.#names()) {
      const found = yield* this.#member(name)
      if (!found) continue
      const it = owner && typeof owner === 'object' ? { ...found, ...ownerOf(owner) } : found
      const key = `${it.dev}:${it.ino}`
      const shares = (format === 'newc' || format === 'crc') && it.nlink > 1 && isReg(it)
      const others = [...(waiting.get(key) ?? []), it]
      if (shares && others.length < it.nlink) waiting.set(key, others)
      else if (shares) {
        for (const other of others.slice(0, -1)) write(other, new Uint8Array(0))
        write(it, it.data)
        waiting.delete(key)
      } else write(it, it.data)
      yield* this.#tell(name)
    }
    for (const rest of waiting.values())
      for (const [i, it] of rest.entries()) write(it, i < rest.length - 1 ? new Uint8Array(0) : it.data)
    const nothing = { ino: 0, dev: 0, mode: 0, uid: 0, gid: 0, nlink: 1, rdev: 0, mtime: 0 }
    parts.push(cpioBytes(format, { ...nothing, name: TRAILER }, new Uint8Array(0)))
    const size = parts.reduce((n, part) => n + part.length, 0)
    parts.push(new Uint8Array((this.#block - (size % this.#block)) % this.#block))
    yield* this.#write(file, concat(parts))
    yield* this.#blocks(size - before.length > 0 ? size - before.length : 1)
  }

  *#write(file: string | undefined, bytes: Uint8Array): Blocking<void> {
    if (file === undefined) return yield* writeAll(this.#sys, 1, bytes)
    try {
      const fd = yield* this.#sys.open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
      yield* writeAll(this.#sys, fd, bytes)
      this.#sys.close(fd)
    } catch (e) {
      throw fatal(`Cannot open ${file}`, e)
    }
  }

  #enter(dir: string): void {
    try {
      this.#sys.chdir(dir)
    } catch (e) {
      throw fatal(`cannot change to directory \`${dir}'`, e)
    }
  }

  *#read(file: string | undefined): Blocking<Uint8Array> {
    if (file === undefined) return yield* readAll(this.#sys, 0)
    try {
      return yield* readBytes(this.#sys, file)
    } catch (e) {
      throw fatal(`Cannot open ${file}`, e)
    }
  }

  /** False if the archive ended too early. */
  *copyIn(operands: readonly string[]): Blocking<boolean> {
    const { list, directory, patternFile, nonmatching, file, input } = this.#flags
    const patterns = [...operands]
    if (patternFile !== undefined) {
      try {
        patterns.push(...(yield* readFile(this.#sys, patternFile)).split('\n').filter(it => it))
      } catch (e) {
        throw fatal(`${patternFile}: Cannot open`, e)
      }
    }
    const bytes = yield* this.#read(file ?? input)
    if (directory !== undefined) this.#enter(directory)
    if (!bytes.length) yield* this.#nextVolume()
    const members = readCpio(bytes)
    for (;;) {
      const next = members.next()
      if (next.done) {
        if (next.value !== 'trailer') yield* this.#warn(next.value)
        if (next.value !== 'trailer') return false
        break
      }
      const it = next.value
      const matches = patterns.some(pattern => fnmatch(pattern, it.name))
      if (patterns.length && matches === Boolean(nonmatching)) continue
      if (list) this.#list(it)
      else yield* this.#extract(it)
    }
    yield* this.#blocks(bytes.length)
    return true
  }

  /** An archive of nothing may go on on another tape, which somebody at the terminal has to put in. */
  *#nextVolume(): Blocking<void> {
    try {
      this.#sys.close(yield* this.#sys.open('/dev/tty', 0))
    } catch (e) {
      throw fatal('/dev/tty', e)
    }
  }

  *#extract(it: Found): Blocking<void> {
    if (this.#flags.toStdout) {
      yield* writeAll(this.#sys, 1, isReg(it) ? it.data : new Uint8Array(0))
      return
    }
    let path = it.name
    if (this.#flags.noAbsoluteFilenames && path.startsWith('/')) {
      yield* this.#warn("Removing leading `/' from member names")
      path = path.replace(/^\/+/, '')
    }
    yield* this.#copier.make(path, it)
    yield* this.#tell(path)
  }

  #list(it: Found): void {
    this.#me.out.line(this.#flags.verbose ? this.#long(it) : it.name)
  }

  #long(it: Found & Member): string {
    const numeric = this.#flags.numericUidGid
    const user = (numeric ? undefined : userName(this.#users, it.uid)) ?? String(it.uid)
    const group = (numeric ? undefined : groupName(this.#users, it.gid)) ?? String(it.gid)
    const isDevice = (it.mode & 0o170000) === 0o020000 || (it.mode & 0o170000) === 0o060000
    const size = isDevice
      ? `${String(major(it.rdev)).padStart(3)}, ${String(minor(it.rdev)).padStart(3)}`
      : String(isDir(it) ? 0 : it.data.length).padStart(8)
    const age = this.#sys.clock_gettime(0).sec - it.mtime
    const format = age > HALF_A_YEAR || age < -3600 ? '%b %e  %Y' : '%b %e %H:%M'
    const time = strftime(format, localtime({ sec: it.mtime, nsec: 0 }, zoneOf(this.#me.env.get('TZ'))))
    const link = isLink(it) ? ` -> ${new TextDecoder().decode(it.data)}` : ''
    const owner = `${user.padEnd(8)} ${group.padEnd(8)}`
    return `${strmode(it.mode)} ${String(it.nlink).padStart(3)} ${owner} ${size} ${time} ${it.name}${link}`
  }

  *copyPass(directory: string): Blocking<void> {
    let bytes = 0
    for (const name of yield* this.#names()) {
      const it = yield* this.#member(name)
      if (!it) continue
      const path = joinPath(directory, name)
      const done = (this.#flags.link && this.#linked(name, path, it)) || (yield* this.#copier.make(path, it))
      if (!done) continue
      if (isReg(it) && !this.#flags.link) bytes += it.data.length
      yield* this.#tell(path)
    }
    yield* this.#blocks(bytes)
  }

  #linked(name: string, path: string, it: Found): boolean {
    if (isDir(it)) return false
    try {
      this.#sys.link(name, path)
      return true
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      return false
    }
  }
}

const ownerOf = (owner: { uid?: number; gid?: number }): { uid?: number; gid?: number } => ({
  ...(owner.uid !== undefined && owner.uid >= 0 && { uid: owner.uid }),
  ...(owner.gid !== undefined && owner.gid >= 0 && { gid: owner.gid }),
})
