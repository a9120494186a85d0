/** Members into the file system. cpio: copyin.c, copypass.c. */
import {
  type Blocking,
  EEXIST,
  Errno,
  isDir,
  isLink,
  isReg,
  O_CREAT,
  O_EXCL,
  O_WRONLY,
  S_IFMT,
  type Stat,
  type Sys,
} from '../../../abi/index.ts'
import type { Process } from '../command.ts'
import { writeAll } from '../output.ts'
import { dirname, lstatOf } from '../path.ts'
import type { Found } from './format.ts'

export interface CopyOptions {
  readonly makeDirectories: boolean
  readonly unconditional: boolean
  readonly keepTimes: boolean
  readonly verbose: boolean
}

export class Copier {
  readonly #sys: Sys
  readonly #me: Process
  readonly #how: CopyOptions
  /** Where files with several names went first. */
  readonly #seen = new Map<string, string>()
  failed = false

  constructor(sys: Sys, me: Process, how: CopyOptions) {
    this.#sys = sys
    this.#me = me
    this.#how = how
  }

  *#refuse(text: string, errno?: unknown): Blocking<false> {
    yield* this.#me.warn(text, errno)
    this.failed = true
    return false
  }

  /** Make a file of a member; false if that failed or there is a newer one. */
  *make(path: string, it: Found): Blocking<boolean> {
    const old = lstatOf(this.#sys, path)
    if (old && !(yield* this.#makesRoom(path, old, it))) return false
    if (this.#how.makeDirectories) this.#parents(path)
    const key = `${it.dev}:${it.ino}`
    if (it.nlink > 1 && !isDir(it)) {
      const first = this.#seen.get(key)
      if (first !== undefined && first !== path && (yield* this.#link(first, path, it))) return true
      this.#seen.set(key, path)
    }
    if (isDir(it)) return yield* this.#directory(path, it, old)
    if (isLink(it)) return yield* this.#symlink(path, it)
    if (!isReg(it)) return yield* this.#special(path, it)
    return yield* this.#regular(path, it)
  }

  /** Whether the member may replace what is there. */
  *#makesRoom(path: string, old: Stat, it: Found): Blocking<boolean> {
    if (isDir(it) && isDir(old)) return true
    if (!this.#how.unconditional && it.mtime <= old.mtime.sec) {
      yield* this.#me.warn(`${path} not created: newer or same age version exists`)
      return false
    }
    try {
      if (isDir(old)) this.#sys.rmdir(path)
      else this.#sys.unlink(path)
      return true
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* this.#refuse(`cannot remove current ${path}`, e)
      return false
    }
  }

  #parents(path: string): void {
    const parts = dirname(path).split('/')
    for (let i = 1; i <= parts.length; i++) {
      const dir = parts.slice(0, i).join('/')
      if (!dir || lstatOf(this.#sys, dir)) continue
      try {
        this.#sys.mkdir(dir, 0o755)
      } catch (e) {
        // What cannot be made shows when the file itself cannot.
        if (!(e instanceof Errno)) throw e
        return
      }
    }
  }

  /** Another name of a file that is there already, to which its contents may come only now. */
  *#link(first: string, path: string, it: Found): Blocking<boolean> {
    try {
      this.#sys.link(first, path)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      return false
    }
    if (this.#how.verbose) yield* this.#me.warn(`${first} linked to ${path}`)
    if (!it.data.length) return true
    const fd = yield* this.#sys.open(path, O_WRONLY)
    yield* writeAll(this.#sys, fd, it.data)
    this.#sys.close(fd)
    this.#attributes(path, it)
    return true
  }

  *#directory(path: string, it: Found, old: Stat | undefined): Blocking<boolean> {
    try {
      if (!old || !isDir(old)) this.#sys.mkdir(path, it.mode & 0o7777)
    } catch (e) {
      if (e !== EEXIST) return yield* this.#refuse(`${path}: Cannot mkdir`, e)
    }
    this.#attributes(path, it)
    return true
  }

  *#symlink(path: string, it: Found): Blocking<boolean> {
    const target = new TextDecoder().decode(it.data)
    try {
      this.#sys.symlink(target, path)
      if (this.#sys.geteuid() === 0) this.#sys.lchown(path, it.uid, it.gid)
      return true
    } catch (e) {
      return yield* this.#refuse(`${target}: Cannot create symlink to ‘${path}’`, e)
    }
  }

  *#special(path: string, it: Found): Blocking<boolean> {
    try {
      this.#sys.mknod(path, it.mode & (S_IFMT | 0o7777), it.rdev)
      this.#attributes(path, it)
      return true
    } catch (e) {
      return yield* this.#refuse(`${path}: Cannot mknod`, e)
    }
  }

  *#regular(path: string, it: Found): Blocking<boolean> {
    let fd: number
    try {
      fd = yield* this.#sys.open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    } catch (e) {
      return yield* this.#refuse(`${path}: Cannot open`, e)
    }
    yield* writeAll(this.#sys, fd, it.data)
    this.#sys.close(fd)
    this.#attributes(path, it)
    return true
  }

  #attributes(path: string, it: Found): void {
    try {
      if (this.#sys.geteuid() === 0) this.#sys.chown(path, it.uid, it.gid)
      this.#sys.chmod(path, it.mode & 0o7777)
      const time = { sec: it.mtime, nsec: 0 }
      if (this.#how.keepTimes) this.#sys.utimensat(path, time, time)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
    }
  }
}
