/** Removing files and trees, for rm and mv. Linux: coreutils remove.c. */
import {
  type Blocking,
  EACCES,
  EISDIR,
  ENOENT,
  ENOTDIR,
  ENOTEMPTY,
  EPERM,
  EROFS,
  Errno,
  isDir,
  isLink,
  refusal,
  type Stat,
  type Sys,
  W_OK,
} from '../../abi/index.ts'
import { readDir } from './command.ts'
import { type Ancestor, cycleOf, cycleWarning } from './cycle.ts'
import { ask, basename, sameFile, statOf } from './path.ts'
import { quoteaf } from './quote.ts'
import { fileType } from './strmode.ts'

export interface RemoveOptions {
  readonly sys: Sys
  readonly name: string
  readonly recursive: boolean
  /** Remove empty directories (rm -d). */
  readonly emptyDirs: boolean
  readonly force: boolean
  /** Ask before every removal. */
  readonly interactive: boolean
  readonly oneFileSystem: boolean
  readonly preserveRoot: boolean
  /** --preserve-root=all: nor any mount point that is named. */
  readonly preserveAllRoot?: boolean
  /** Standard input is a terminal, so that write-protected files are asked about. */
  readonly stdinTty: boolean
  readonly verbose: ((line: string) => void) | undefined
  complain(text: string, errno?: Errno): Blocking<void>
  /** Set when somebody did not want to enter a directory: then those above stay, and are not asked about. */
  declined?: boolean
  /** Something was a directory above itself: what it is in stays without a word, and what that is in is tried. */
  cycle?: 'child' | 'grandchild' | undefined
}

/** Remove a named file or tree; whether all of it went (or the user wanted it to stay). */
export function* remove(it: RemoveOptions, path: string): Blocking<boolean> {
  let stat: Stat
  try {
    stat = it.sys.lstat(path)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    // What cannot be looked at is tried all the same, and unlink(2) has the last word.
    const unlinked = refusal(() => it.sys.unlink(path))
    // A file system that is read-only says so even of what is not there.
    const refused = unlinked === EROFS ? e : unlinked
    if (!refused || (it.force && (refused === ENOENT || refused === ENOTDIR))) return true
    yield* it.complain(`cannot remove ${quoteaf(path)}`, refused)
    return false
  }
  const last = basename(path)
  if (it.recursive && (last === '.' || last === '..')) {
    yield* it.complain(`refusing to remove '.' or '..' directory: skipping ${quoteaf(path)}`)
    return false
  }
  if (it.recursive && it.preserveRoot && isDir(stat) && sameFile(stat, it.sys.lstat('/'))) {
    const same = path === '/' ? '' : " (same as '/')"
    yield* it.complain(`it is dangerous to operate recursively on ${quoteaf(path)}${same}`)
    yield* it.complain('use --no-preserve-root to override this failsafe')
    return false
  }
  if (it.preserveAllRoot && isDir(stat) && isElsewhere(it.sys, path, stat)) {
    yield* it.complain(`skipping ${quoteaf(path)}, since it's on a different device`)
    yield* it.complain('and --preserve-root=all is in effect')
    return false
  }
  return yield* removeEntry(it, path, stat, [])
}

/** Whether a directory is on another file system than the one it is in. */
function isElsewhere(sys: Sys, path: string, stat: Stat): boolean {
  const above = statOf(sys, `${path}/..`)
  return above !== undefined && above.dev !== stat.dev
}

function* removeEntry(
  it: RemoveOptions,
  path: string,
  stat: Stat,
  above: readonly Ancestor[],
): Blocking<boolean> {
  if (!isDir(stat)) return yield* removeFile(it, path, stat)
  if (!it.recursive && !it.emptyDirs) return yield* refused(it, path, EISDIR)
  return yield* removeDirectory(it, path, stat, above)
}

function* refused(it: RemoveOptions, path: string, errno: unknown): Blocking<false> {
  if (!(errno instanceof Errno)) throw errno
  yield* it.complain(`cannot remove ${quoteaf(path)}`, errno)
  return false
}

/** Whether to go on: asks if the options or the file's permissions want that. */
function* agreed(it: RemoveOptions, path: string, stat: Stat, act: string): Blocking<boolean> {
  if (it.force && !it.interactive) return true
  const locked = !isLink(stat) && (it.stdinTty || it.interactive) && !writable(it.sys, path)
  if (!it.interactive && !(locked && it.stdinTty)) return true
  const what = act === 'descend into' ? 'directory' : fileType(stat.mode, stat.size)
  return yield* ask(
    it.sys,
    `${it.name}: ${act} ${locked ? 'write-protected ' : ''}${what} ${quoteaf(path)}? `,
  )
}

function writable(sys: Sys, path: string): boolean {
  try {
    sys.access(path, W_OK, true)
    return true
  } catch (e) {
    if (e instanceof Errno) return e !== EACCES
    throw e
  }
}

function* removeFile(it: RemoveOptions, path: string, stat: Stat): Blocking<boolean> {
  if (!(yield* agreed(it, path, stat, 'remove'))) return true
  try {
    it.sys.unlink(path)
  } catch (e) {
    return yield* refused(it, path, e)
  }
  it.verbose?.(`removed ${quoteaf(path)}`)
  return true
}

function* removeDirectory(
  it: RemoveOptions,
  path: string,
  stat: Stat,
  above: readonly Ancestor[],
): Blocking<boolean> {
  if (cycleOf(above, stat)) {
    yield* it.complain(cycleWarning(path))
    it.cycle = 'child'
    return false
  }
  let entries: readonly { name: string }[] = []
  let unreadable: unknown
  try {
    entries = yield* readDir(it.sys, path)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    unreadable = e
  }
  if (entries.length && !it.recursive) return yield* refused(it, path, ENOTEMPTY)
  if (entries.length && !(yield* agreed(it, path, stat, 'descend into'))) {
    it.declined = true
    return true
  }
  let whole = true
  const before = it.declined ?? false
  it.declined = false
  const here = [...above, { path, stat }]
  for (const { name } of entries) {
    const child = path.endsWith('/') ? path + name : `${path}/${name}`
    try {
      const its = it.sys.lstat(child)
      if (it.oneFileSystem && its.dev !== stat.dev) {
        yield* it.complain(`skipping ${quoteaf(child)}, since it's on a different device`)
        whole = false
      } else whole = (yield* removeEntry(it, child, its, here)) && whole
    } catch (e) {
      whole = yield* refused(it, child, e)
    }
  }
  const stays = it.declined as boolean
  it.declined ||= before
  const { cycle } = it
  it.cycle = cycle === 'child' ? 'grandchild' : undefined
  if (!whole && cycle !== 'grandchild') return false
  if (stays) return true
  if (!(yield* agreed(it, path, stat, 'remove'))) {
    it.declined ||= !entries.length
    return true
  }
  try {
    it.sys.rmdir(path)
  } catch (e) {
    return yield* refused(it, path, unreadable && (e === ENOTEMPTY || e === EPERM) ? unreadable : e)
  }
  it.verbose?.(`removed directory ${quoteaf(path)}`)
  return true
}
