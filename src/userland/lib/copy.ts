/**
 * Copying and moving files and trees, for cp, mv and install. Linux: coreutils copy.c.
 *
 * Left out: no file system here can share blocks between files: a reflink fails.
 */
import {
  type Blocking,
  EACCES,
  EINVAL,
  EOPNOTSUPP,
  ENOENT,
  ENOTDIR,
  Errno,
  EXDEV,
  isDir,
  isLink,
  isReg,
  O_CREAT,
  O_EXCL,
  O_RDONLY,
  O_TRUNC,
  O_WRONLY,
  RENAME_NOREPLACE,
  refusal,
  S_IFMT,
  type Stat,
  type Sys,
  SEEK_CUR,
  W_OK,
} from '../../abi/index.ts'
import { getAcl, hasAcl, setAcl } from './acl/list.ts'
import { type BackupKind, backupName } from './backup.ts'
import { readDir } from './command.ts'
import { judgeSameFile } from './copy-same-file.ts'
import { type Ancestor, cycleOf } from './cycle.ts'
import { ask, dirname, isDirectory, joinPath, lstatOf, statOf } from './path.ts'
import { remove } from './remove.ts'
import { quote, quoteaf } from './quote.ts'
import { strmode } from './strmode.ts'

export interface CopyOptions {
  readonly sys: Sys
  readonly name: string
  readonly move: boolean
  readonly recursive: boolean
  /** Which symbolic links are followed. */
  readonly dereference: 'never' | 'command line' | 'always'
  readonly preserve: {
    mode: boolean
    ownership: boolean
    timestamps: boolean
    links: boolean
    xattr: boolean
  }
  /** --no-preserve=mode: give new files the default mode instead of the source's. */
  readonly defaultMode: boolean
  readonly overwrite: 'force' | 'ask' | 'never' | 'default'
  /** Remove a destination that cannot be opened, then try again. */
  readonly unlinkOnFailure: boolean
  readonly removeFirst: boolean
  readonly update: boolean
  readonly instead: 'copy' | 'link' | 'symlink' | 'attributes'
  readonly copyContents: boolean
  /** Holes in the copy: where the source has them, wherever there are zeros, or none. */
  readonly sparse: 'auto' | 'always' | 'never'
  /** Only share blocks, never copy. */
  readonly reflink: boolean
  readonly oneFileSystem: boolean
  /** What becomes of attributes that the copy cannot have: nothing, a message, or a failure. */
  readonly requireXattrs: 'never' | 'told' | 'always'
  readonly backup: BackupKind
  readonly suffix: string
  readonly verbose: ((line: string) => void) | undefined
  complain(text: string, errno?: unknown): Blocking<void>
}

/** What a run of cp or mv remembers. */
export interface CopyRun extends CopyOptions {
  /** Copies by `dev:ino` of their source, for hard links and repeated names. */
  readonly copied: Map<string, string>
  readonly created: Set<string>
  readonly sources: Set<string>
  /** Backups made, by the file they were made of. */
  readonly backups: Map<string, string>
  /** The directories that were made, which must not be copied into themselves. */
  readonly made: Set<string>
  /** The directories one is in, from the named one on. */
  readonly above: Ancestor[]
  topSource: string
  topTarget: string
  /** The file system of the source; --one-file-system stays on it. */
  topDevice: number | undefined
  /** Whether the copies are part of a move to another file system. */
  moving: boolean
}

export const copyRun = (options: CopyOptions): CopyRun => ({
  ...options,
  copied: new Map(),
  created: new Set(),
  sources: new Set(),
  backups: new Map(),
  made: new Set(),
  above: [],
  topSource: '',
  topTarget: '',
  topDevice: undefined,
  moving: false,
})

const id = (stat: Stat): string => `${stat.dev}:${stat.ino}`
const UMASKED = 0o777

/** Copy (or move) one named file or tree; whether it worked. */
export function* copyFile(run: CopyRun, from: string, to: string): Blocking<boolean> {
  run.made.clear()
  run.topDevice = undefined
  run.topSource = from
  run.topTarget = to
  return yield* copyEntry(run, from, to, true)
}

function* failed(run: CopyRun, text: string, errno?: unknown): Blocking<false> {
  if (errno !== undefined && !(errno instanceof Errno)) throw errno
  yield* run.complain(text, errno)
  return false
}

function* copyEntry(run: CopyRun, from: string, to: string, named: boolean): Blocking<boolean> {
  const { sys } = run
  const follow = run.dereference === 'always' || (run.dereference === 'command line' && named)
  let source: Stat
  try {
    source = follow ? sys.stat(from) : sys.lstat(from)
  } catch (e) {
    return yield* failed(run, `cannot stat ${quoteaf(from)}`, e)
  }
  if (isDir(source) && !run.recursive) {
    yield* run.complain(`-r not specified; omitting directory ${quoteaf(from)}`)
    return false
  }
  if (named && !run.move && run.sources.has(`${id(source)} ${to}`) && run.backup === 'none') {
    const kind = isDir(source) ? 'directory' : 'file'
    yield* run.complain(`warning: source ${kind} ${quoteaf(from)} specified more than once`)
    return true
  }
  if (named) run.sources.add(`${id(source)} ${to}`)

  const through = isReg(source) || (run.copyContents && !isDir(source) && !isLink(source))
  const unseen = refusal(() => sys.lstat(to))
  // `new/` is refused later, `file/` here.
  if (unseen && unseen !== ENOENT && !(to.endsWith('/') && !lstatOf(sys, to.replace(/\/+$/, ''))))
    return yield* failed(run, `cannot stat ${quoteaf(to)}`, unseen)
  const writesThrough =
    through && !run.move && run.instead === 'copy' && run.backup === 'none' && !run.removeFirst
  let target = writesThrough ? statOf(sys, to) : lstatOf(sys, to)
  if (!target && writesThrough && lstatOf(sys, to)) {
    return yield* failed(run, `not writing through dangling symlink ${quoteaf(to)}`)
  }
  if (target) {
    const verdict = yield* mayReplace(run, from, source, to, target)
    if (verdict !== 'go') return verdict === 'skip'
    const left = yield* clear(run, to, source, target)
    if (left === null) return false
    target = left
  }
  if (run.move) {
    const moved = yield* move(run, from, source, to, target)
    if (moved !== 'copy') return moved === 'done'
  }
  return yield* copyByType(run, from, source, to, target)
}

/** Check an existing destination: go on, skip it silently, or stop after a message. */
function* mayReplace(
  run: CopyRun,
  from: string,
  source: Stat,
  to: string,
  target: Stat,
): Blocking<'go' | 'skip' | 'stop'> {
  const judged = run.overwrite === 'never' ? 'go' : judgeSameFile(run, from, source, to, target)
  if (judged === 'refuse') {
    yield* run.complain(`${quoteaf(from)} and ${quoteaf(to)} are the same file`)
    return 'stop'
  }
  if (run.update && !isDir(source) && !newer(source, target)) return 'skip'
  if (run.overwrite === 'never' && !(isDir(source) && isDir(target) && !run.move)) return 'skip'
  if (isDir(target) && !isDir(source)) {
    yield* run.complain(`cannot overwrite directory ${quoteaf(to)} with non-directory`)
    return 'stop'
  }
  if (!isDir(target) && isDir(source) && (run.backup === 'none' || !run.move)) {
    yield* run.complain(`cannot overwrite non-directory ${quoteaf(to)} with directory ${quoteaf(from)}`)
    return 'stop'
  }
  if (!isDir(source) && run.created.has(to) && run.backup !== 'numbered') {
    yield* run.complain(`will not overwrite just-created ${quoteaf(to)} with ${quoteaf(from)}`)
    return 'stop'
  }
  if ((!isDir(source) || run.move) && !(yield* confirmed(run, to, target))) return 'skip'
  return judged === 'done' ? 'skip' : 'go'
}

const newer = (a: Stat, b: Stat): boolean =>
  a.mtime.sec > b.mtime.sec || (a.mtime.sec === b.mtime.sec && a.mtime.nsec > b.mtime.nsec)

function* confirmed(run: CopyRun, to: string, target: Stat): Blocking<boolean> {
  const { sys } = run
  const locked = !isLink(target) && !mayWrite(sys, to)
  if (run.overwrite === 'ask' || (run.move && run.overwrite === 'default' && locked && sys.isatty(0))) {
    if (!locked) return yield* ask(sys, `${run.name}: overwrite ${quoteaf(to)}? `)
    const mode = `${(target.mode & 0o7777).toString(8).padStart(4, '0')} (${strmode(target.mode).slice(1)})`
    const what = run.move || run.unlinkOnFailure ? 'replace' : 'unwritable'
    return what === 'replace'
      ? yield* ask(sys, `${run.name}: replace ${quoteaf(to)}, overriding mode ${mode}? `)
      : yield* ask(sys, `${run.name}: unwritable ${quoteaf(to)} (mode ${mode}); try anyway? `)
  }
  return true
}

function mayWrite(sys: Sys, path: string): boolean {
  try {
    sys.access(path, W_OK, true)
    return true
  } catch (e) {
    if (e instanceof Errno) return e !== EACCES
    throw e
  }
}

/** Put an existing destination out of the way where the options say so; null if that failed. */
function* clear(run: CopyRun, to: string, source: Stat, target: Stat): Blocking<Stat | undefined | null> {
  const { sys } = run
  try {
    if (run.backup !== 'none' && !(isDir(target) && !run.move)) {
      const name = yield* backupName(sys, to, run.backup, run.suffix)
      sys.rename(to, name)
      run.backups.set(to, name)
      return undefined
    }
    const special = !isReg(source) && !isDir(source) && !run.copyContents
    if (!isDir(target) && !run.move && (run.removeFirst || (special && run.instead === 'copy'))) {
      sys.unlink(to)
      if (run.removeFirst) run.verbose?.(`removed ${quoteaf(to)}`)
      return undefined
    }
    if (run.instead !== 'copy' && run.unlinkOnFailure && !isDir(target)) {
      sys.unlink(to)
      return undefined
    }
  } catch (e) {
    const what = run.backup === 'none' ? 'remove' : 'backup'
    yield* failed(run, `cannot ${what} ${quoteaf(to)}`, e)
    return null
  }
  return target
}

/** To a name that is not taken. Linux: gnulib renameatu(), which does without the flag where it is not known. */
function renameToNew(sys: Sys, from: string, to: string): void {
  try {
    sys.renameat2(from, to, RENAME_NOREPLACE)
  } catch (e) {
    if (e !== EINVAL) throw e
    sys.rename(from, to)
  }
}

/** rename(2); `copy` if the destination is on another file system. */
function* move(
  run: CopyRun,
  from: string,
  source: Stat,
  to: string,
  target: Stat | undefined,
): Blocking<'done' | 'failed' | 'copy'> {
  const { sys } = run
  try {
    if (target) sys.rename(from, to)
    else renameToNew(sys, from, to)
    run.verbose?.(`renamed ${arrow(run, from, to)}`)
    return 'done'
  } catch (e) {
    if (e === EINVAL) {
      yield* run.complain(`cannot move ${quoteaf(from)} to a subdirectory of itself, ${quoteaf(to)}`)
      return 'failed'
    }
    if (e !== EXDEV) {
      yield* failed(run, `cannot move ${quoteaf(from)} to ${quoteaf(to)}`, e)
      return 'failed'
    }
  }
  try {
    if (isDir(source)) sys.rmdir(to)
    else sys.unlink(to)
  } catch (e) {
    if (e !== ENOENT) {
      const text = `inter-device move failed: ${quoteaf(from)} to ${quoteaf(to)}; unable to remove target`
      yield* failed(run, text, e)
      return 'failed'
    }
  }
  const copying: CopyRun = {
    ...run,
    move: false,
    recursive: true,
    backup: 'none',
    overwrite: 'force',
    update: false,
  }
  copying.moving = true
  copying.topSource = from
  copying.topTarget = to
  const whole = yield* copyByType(movingCopy(copying), from, source, to, undefined)
  if (!whole) return 'failed'
  const gone = yield* remove(
    {
      sys,
      name: run.name,
      recursive: true,
      emptyDirs: true,
      force: true,
      interactive: false,
      oneFileSystem: false,
      preserveRoot: false,
      stdinTty: false,
      verbose: run.verbose,
      complain: run.complain,
    },
    from,
  )
  return gone || target === undefined ? (gone ? 'done' : 'failed') : 'failed'
}

/** `'from' -> 'to'`, and where the old one went. */
function arrow(run: CopyRun, from: string, to: string): string {
  const backup = run.backups.get(to)
  return `${quoteaf(from)} -> ${quoteaf(to)}${backup === undefined ? '' : ` (backup: ${quoteaf(backup)})`}`
}

/** mv's messages when it copies: `copied`, and `created directory`. */
function movingCopy(run: CopyRun): CopyRun {
  const { verbose } = run
  if (!verbose) return run
  return {
    ...run,
    verbose: line =>
      verbose(line.startsWith('created') || line.startsWith('removed') ? line : `copied ${line}`),
  }
}

function* copyByType(
  run: CopyRun,
  from: string,
  source: Stat,
  to: string,
  target: Stat | undefined,
): Blocking<boolean> {
  const { sys } = run
  if (isDir(source)) return yield* copyDirectory(run, from, source, to, target)
  const twin = run.preserve.links && source.nlink > 1 ? run.copied.get(id(source)) : undefined
  if (twin !== undefined) {
    try {
      if (target) sys.unlink(to)
      sys.link(twin, to)
    } catch (e) {
      return yield* failed(run, `cannot create hard link ${quoteaf(to)} to ${quoteaf(twin)}`, e)
    }
    if (!run.moving) run.verbose?.(arrow(run, from, to))
    return true
  }
  if (source.nlink > 1) run.copied.set(id(source), to)
  if (run.verbose && run.instead !== 'attributes') run.verbose(arrow(run, from, to))
  const made = yield* make(run, from, source, to, target)
  if (made) run.created.add(to)
  return made
}

function* make(
  run: CopyRun,
  from: string,
  source: Stat,
  to: string,
  target: Stat | undefined,
): Blocking<boolean> {
  const { sys } = run
  if (run.instead === 'link') {
    try {
      if (run.dereference === 'always') sys.linkFollow(from, to)
      else sys.link(from, to)
      return true
    } catch (e) {
      return yield* failed(run, `cannot create hard link ${quoteaf(to)} to ${quoteaf(from)}`, e)
    }
  }
  if (run.instead === 'symlink') return yield* makeSymlink(run, from, to)
  if (run.instead === 'attributes' && target) return yield* preserve(run, from, source, to)
  if (isReg(source) || (run.copyContents && !isLink(source)))
    return yield* copyRegular(run, from, source, to, target)
  try {
    if (isLink(source)) sys.symlink(sys.readlink(from), to)
    else sys.mknod(to, (source.mode & S_IFMT) | (source.mode & UMASKED), source.rdev)
  } catch (e) {
    const what = isLink(source)
      ? 'symbolic link'
      : (source.mode & S_IFMT) === 0o010000
        ? 'fifo'
        : 'special file'
    return yield* failed(run, `cannot create ${what} ${quoteaf(to)}`, e)
  }
  return yield* preserve(run, from, source, to)
}

function* makeSymlink(run: CopyRun, from: string, to: string): Blocking<boolean> {
  if (!from.startsWith('/') && to.includes('/') && !to.startsWith('./'))
    return yield* failed(run, `${to}: can make relative symbolic links only in current directory`)
  try {
    run.sys.symlink(from, to)
    return true
  } catch (e) {
    return yield* failed(run, `cannot create symbolic link ${quoteaf(to)} to ${quoteaf(from)}`, e)
  }
}

function* copyRegular(
  run: CopyRun,
  from: string,
  source: Stat,
  to: string,
  target: Stat | undefined,
): Blocking<boolean> {
  const { sys } = run
  let input: number
  try {
    input = yield* sys.open(from, O_RDONLY)
  } catch (e) {
    return yield* failed(run, `cannot open ${quoteaf(from)} for reading`, e)
  }
  const mode = run.defaultMode ? 0o666 : source.mode & (run.preserve.ownership ? 0o700 : UMASKED)
  let output: number
  try {
    output = yield* openTarget(run, to, target, mode)
  } catch (e) {
    sys.close(input)
    return yield* failed(run, `cannot create regular file ${quoteaf(to)}`, e)
  }
  const holes = run.sparse === 'always' || (run.sparse === 'auto' && source.blocks * 512 < source.size)
  const problem = run.reflink
    ? { text: `failed to clone ${quoteaf(to)} from ${quoteaf(from)}`, errno: EOPNOTSUPP }
    : run.instead === 'attributes'
      ? undefined
      : yield* pump(sys, input, output, from, to, holes, sharesPages(sys, source, output))
  sys.close(input)
  sys.close(output)
  if (problem) return yield* failed(run, problem.text, problem.errno)
  return yield* preserve(run, from, source, to, target)
}

function* openTarget(run: CopyRun, to: string, target: Stat | undefined, mode: number): Blocking<number> {
  const { sys } = run
  if (!target) {
    if (to.endsWith('/')) throw isDirectory(sys, dirname(to)) ? ENOTDIR : ENOENT
    return yield* sys.open(to, O_WRONLY | O_CREAT | (run.overwrite === 'force' ? 0 : O_EXCL), mode)
  }
  try {
    return yield* sys.open(to, O_WRONLY | O_TRUNC)
  } catch (e) {
    if (!(e instanceof Errno) || !run.unlinkOnFailure) throw e
    try {
      sys.unlink(to)
    } catch (e2) {
      throw e2 instanceof Errno ? e2 : e
    }
    run.verbose?.(`removed ${quoteaf(to)}`)
    return yield* sys.open(to, O_WRONLY | O_CREAT | O_EXCL, mode)
  }
}

const CHUNK = 131072
/** The shortest hole. */
const HOLE = 4096

function* pump(
  sys: Sys,
  input: number,
  output: number,
  from: string,
  to: string,
  holes: boolean,
  inKernel: boolean,
): Blocking<{ text: string; errno: unknown } | undefined> {
  for (;;) {
    let bytes: Uint8Array
    try {
      bytes = yield* sys.read(input, holes ? HOLE : CHUNK)
    } catch (e) {
      return { text: `error reading ${quoteaf(from)}`, errno: e }
    }
    try {
      if (!bytes.length) {
        if (holes) yield* sys.ftruncate(output, sys.lseek(output, 0, SEEK_CUR))
        return undefined
      }
      if (holes && bytes.every(byte => byte === 0)) {
        sys.lseek(output, bytes.length, SEEK_CUR)
        continue
      }
      let written = 0
      while (written < bytes.length) written += yield* sys.write(output, bytes.subarray(written))
    } catch (e) {
      const text = inKernel
        ? `error copying ${quoteaf(from)} to ${quoteaf(to)}`
        : `error writing ${quoteaf(to)}`
      return { text, errno: e }
    }
  }
}

/** Whether copy_file_range(2) would do: two regular files of one file system. */
function sharesPages(sys: Sys, source: Stat, output: number): boolean {
  const target = sys.fstat(output)
  return isReg(source) && isReg(target) && source.size > 0 && source.dev === target.dev
}

function* copyDirectory(
  run: CopyRun,
  from: string,
  source: Stat,
  to: string,
  target: Stat | undefined,
): Blocking<boolean> {
  const { sys } = run
  run.topDevice ??= source.dev
  if (run.made.has(id(source))) {
    yield* run.complain(
      `cannot copy a directory, ${quoteaf(run.topSource)}, into itself, ${quoteaf(run.topTarget)}`,
    )
    return false
  }
  const cycle = cycleOf(run.above, source)
  if (cycle) {
    const isTop = cycle === run.above[0] && run.dereference !== 'always' && run.instead !== 'link'
    const link = `will not create hard link ${quoteaf(to)} to directory ${quoteaf(run.topTarget)}`
    return yield* failed(run, isTop ? link : `cannot copy cyclic symbolic link ${quoteaf(from)}`)
  }
  const restricted = !target && (source.mode & 0o700) !== 0o700
  if (!target) {
    try {
      sys.mkdir(
        to,
        (run.defaultMode ? UMASKED : source.mode & (run.preserve.ownership ? 0o1700 : 0o1777)) | 0o700,
      )
    } catch (e) {
      return yield* failed(run, `cannot create directory ${quoteaf(to)}`, e)
    }
    run.verbose?.(run.moving ? `created directory ${quoteaf(to)}` : arrow(run, from, to))
    run.made.add(id(sys.stat(to)))
  }
  let entries: readonly { name: string; ino: number }[]
  try {
    // "SAVEDIR_SORT_FASTREAD": in the order of the inodes, which lie so on the disk.
    entries = (yield* readDir(sys, from)).toSorted((a, b) => a.ino - b.ino)
  } catch (e) {
    return yield* failed(run, `cannot access ${quoteaf(from)}`, e)
  }
  let whole = true
  run.above.push({ path: from, stat: source })
  const foreign = run.oneFileSystem && run.topDevice !== undefined && source.dev !== run.topDevice
  for (const { name } of foreign ? [] : entries) {
    const child = joinPath(from, name)
    whole =
      (yield* copyEntry(
        run.dereference === 'command line' ? { ...run, dereference: 'never' } : run,
        child,
        joinPath(to, name),
        false,
      )) && whole
  }
  run.above.pop()
  if (!target || run.preserve.mode || run.preserve.timestamps) yield* preserve(run, from, source, to)
  if (restricted && !run.preserve.mode) sys.chmod(to, source.mode & 0o7777 & ~umaskOf(sys))
  return whole
}

/** The file mode creation mask, which can be read only by setting it. */
export function umaskOf(sys: Sys): number {
  const mask = sys.umask(0)
  sys.umask(mask)
  return mask
}

/** Give the copy the attributes of the source that the options name. */
function* preserve(run: CopyRun, from: string, source: Stat, to: string, target?: Stat): Blocking<boolean> {
  const { sys } = run
  const { mode, ownership, timestamps, xattr } = run.preserve
  const link = isLink(source)
  let what = `preserving times for ${quoteaf(to)}`
  try {
    if (timestamps) sys.utimensat(to, source.atime, source.mtime, !link)
    what = `failed to preserve ownership for ${quoteaf(to)}`
    if (ownership) chownQuietly(sys, to, source)
    if (xattr && !(yield* copyXattrs(run, from, to, !link))) return false
    what = `preserving permissions for ${quote(to)}`
    if (mode && !link) {
      sys.chmod(to, source.mode & 0o7777)
      copyAcls(sys, from, to, isDir(source))
    } else if (!target && !link && ownership && !mode) sys.chmod(to, source.mode & UMASKED & ~umaskOf(sys))
  } catch (e) {
    return yield* failed(run, what, e)
  }
  return true
}

/** Only root can give files away; for others it is enough to try. */
function chownQuietly(sys: Sys, to: string, source: Stat): void {
  try {
    sys.lchown(to, source.uid, source.gid)
  } catch (e) {
    if (!(e instanceof Errno) || sys.geteuid() === 0) throw e
    try {
      sys.lchown(to, -1, source.gid)
    } catch (e2) {
      if (!(e2 instanceof Errno)) throw e2
    }
  }
}

/** gnulib: qcopy_acl(). A list that says no more than the mode is what chmod has set. */
function copyAcls(sys: Sys, from: string, to: string, directory: boolean): void {
  for (const type of directory ? (['access', 'default'] as const) : (['access'] as const))
    if (hasAcl(sys, from, type) || hasAcl(sys, to, type)) setAcl(sys, to, type, getAcl(sys, from, type))
}

/**
 * libattr: attr_copy_file(). Access lists are a matter of permissions. That the file system has no attributes is told,
 * once, only where they were asked for.
 */
function* copyXattrs(run: CopyRun, from: string, to: string, follow: boolean): Blocking<boolean> {
  const { sys, requireXattrs } = run
  const isWanted = requireXattrs === 'always'
  let unsupported = false
  let whole = true
  for (const name of xattrsOf(sys, from, follow)) {
    const refused = refusal(() => sys.setxattr(to, name, sys.getxattr(from, name, follow), 0, follow))
    if (refused) whole = false
    if (refused === EOPNOTSUPP) unsupported = true
    else if (refused && requireXattrs !== 'never')
      yield* run.complain(`setting attribute ${quoteaf(name)} for ${quoteaf(to)}`, refused)
  }
  if (unsupported && isWanted) yield* run.complain(`setting attributes for ${quoteaf(to)}`, EOPNOTSUPP)
  return whole || !isWanted
}

function xattrsOf(sys: Sys, path: string, follow: boolean): readonly string[] {
  try {
    return sys.listxattr(path, follow).filter(name => !name.startsWith('system.'))
  } catch (e) {
    if (e instanceof Errno) return []
    throw e
  }
}
