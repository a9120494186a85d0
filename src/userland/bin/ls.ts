/**
 * ls - list directory contents
 * https://www.gnu.org/software/coreutils/manual/html_node/ls-invocation.html
 *
 * Left out: security contexts: no file has one.
 */
import { type Blocking, isDir } from '../../abi/index.ts'
import { command, type DirectoryEntry, openDir, type Process } from '../lib/command.ts'
import { type Ancestor, cycleOf } from '../lib/cycle.ts'
import { parseColors } from '../lib/ls/colors.ts'
import {
  complain,
  type Entry,
  entryOf,
  ignored,
  type Ls,
  needUsers,
  sortEntries,
  withInode,
} from '../lib/ls/entries.ts'
import { quoted } from '../lib/ls/names.ts'
import { badEnvironment, OPTIONS, settings } from '../lib/ls/options.ts'
import { emit, emitName, finish } from '../lib/ls/output.ts'
import { printEntries } from '../lib/ls/print.ts'
import { printTotal } from '../lib/ls/sizes.ts'
import { quoteaf, quotef } from '../lib/quote.ts'
import { zoneOf } from '../lib/time.ts'

export default command({
  name: 'ls',
  aliases: ['dir', 'vdir'],
  summary:
    'List information about the FILEs (the current directory by default).\nSort entries alphabetically if none of -cftuvSUX nor --sort is specified',
  usage: 'ls [OPTION]... [FILE]...',
  options: OPTIONS,
  failure: 2,
  authors: 'Richard M. Stallman and David MacKenzie',

  *main(sys, flags, args, me) {
    for (const complaint of badEnvironment(me.env, flags)) yield* me.warn(complaint)
    const set = settings(sys, flags, me)
    if (set.colors) {
      const colors = parseColors(me.env.get('LS_COLORS'))
      for (const complaint of colors.complaints) yield* me.warn(complaint)
      set.colors = colors.complaints.length ? undefined : colors
    }
    const ls: Ls = {
      sys,
      me: me as Process,
      flags,
      set,
      users: undefined,
      now: sys.clock_gettime(0),
      zone: zoneOf(me.env.get('TZ')),
      status: 0,
      started: false,
      colored: false,
      position: 0,
      nameSpans: [],
      directorySpans: [],
    }
    yield* operands(ls, args)
    return ls.status
  },
})

/** The files named on the command line, then the directories among them. */
function* operands(ls: Ls, args: readonly string[]): Blocking<void> {
  const files: Entry[] = []
  const dirs: Entry[] = []
  for (const name of args.length ? args : ['.']) {
    const it = yield* entryOf(ls, name, name, 0, true)
    if (!it) continue
    if (isDir({ mode: it.type }) && !ls.flags.directory) dirs.push(it)
    else files.push(it)
  }
  sortEntries(ls, files)
  sortEntries(ls, dirs)
  if (files.length) {
    yield* needUsers(ls)
    printEntries(ls, files, [...files, ...dirs])
    ls.started = true
  }
  const titled = args.length > 1 || Boolean(ls.flags.recursive)
  for (const it of dirs) yield* listDirectory(ls, it.path, titled, [])
  finish(ls)
}

const isDots = ({ name }: DirectoryEntry): boolean => name === '.' || name === '..'

function* listDirectory(ls: Ls, path: string, titled: boolean, above: readonly Ancestor[]): Blocking<void> {
  let list: readonly DirectoryEntry[]
  let fd: number
  try {
    const directory = yield* openDir(ls.sys, path)
    fd = directory.fd
    list = directory.entries
  } catch (e) {
    return yield* complain(ls, `cannot open directory ${quoteaf(path)}`, e, !above.length)
  }
  const here = { path, stat: ls.sys.fstat(fd) }
  if (ls.flags.recursive && cycleOf(above, here.stat)) {
    ls.sys.close(fd)
    return yield* complain(ls, `${quotef(path)}: not listing already-listed directory`, undefined, true)
  }
  const { out } = ls.me
  if (titled) printTitle(ls, path)
  ls.started = true
  if (ls.set.dots === 'all') list = list.map(it => (isDots(it) ? { ...it, ino: 0 } : it))
  else list = list.filter(it => !isDots(it))
  const entries: Entry[] = []
  const prefix = path.endsWith('/') ? path : `${path}/`
  for (const it of list) {
    if (ignored(ls, it.name)) continue
    const entry = yield* entryOf(
      ls,
      it.name,
      path === '.' && !ls.flags.recursive ? it.name : prefix + it.name,
      // The number of what is mounted on a name is not in the directory.
      ls.flags.inode ? 0 : it.type,
      false,
    )
    if (!entry) continue
    entries.push(ls.flags.inode && !entry.stat ? withInode(ls, entry, it.ino) : entry)
  }
  ls.sys.close(fd)
  yield* ls.sys.burn(entries.length * 2000)
  yield* needUsers(ls)
  sortEntries(ls, entries)
  if (ls.set.format === 'long' || ls.flags.size) printTotal(ls, entries)
  printEntries(ls, entries)
  yield* out.drain()
  if (!ls.flags.recursive) return
  for (const it of entries)
    if (isDir({ mode: it.type }) && it.name !== '.' && it.name !== '..')
      yield* listDirectory(ls, it.path, true, [...above, here])
}

function printTitle(ls: Ls, path: string): void {
  if (ls.started) emit(ls, '\n')
  if (ls.set.dired) emit(ls, '  ')
  emitName(ls, quoted(ls.set, path), ls.directorySpans)
  emit(ls, ':\n')
}
