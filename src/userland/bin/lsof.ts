/**
 * lsof - list open files
 * Linux: lsof 4.95; lsof(8).
 *
 * Left out: sockets (there are none: -i, -U and -N find nothing), tasks (-K), repeat mode (-r), device caches.
 */
import {
  type Blocking,
  Errno,
  O_APPEND,
  O_NONBLOCK,
  S_IFBLK,
  S_IFCHR,
  S_IFDIR,
  S_IFIFO,
  S_IFLNK,
  S_IFMT,
  S_IFREG,
  type Stat,
  type Sys,
} from '../../abi/index.ts'
import { command, fatal, type Process, readDir } from '../lib/command.ts'
import { major, minor, type OpenFile, openFiles } from '../lib/open-files.ts'
import { type Proc, readProcs } from '../lib/proc.ts'
import { compileRegex } from '../lib/regex.ts'
import { type Choice, type Chosen, HELP, parse, USAGE } from '../lib/lsof/options.ts'
import { readUsers, userId, userName, type Users } from '../lib/users.ts'

export default command({
  name: 'lsof',
  summary: 'list open files',
  suite: 'other',
  usage: 'lsof [options] [names]',
  help: HELP,
  raw: true,

  *main(sys, _flags, args, me) {
    const choice = yield* parse(sys, me, args)
    if (typeof choice === 'number') return choice
    const users = yield* readUsers(sys)
    for (const name of [...(choice.users?.wanted ?? []), ...(choice.users?.excluded ?? [])])
      if (userId(users, name) === undefined) {
        yield* sys.write(2, `${me.name}: can't get UID for ${name}\n${USAGE}`)
        return 1
      }
    const targets = yield* findTargets(sys, me, choice)
    const rows = yield* collect(sys, choice, users, targets.found)
    print(me, choice, users, rows)
    const missed = targets.failed || targets.found.some(it => !it.seen) || isMissed(choice, users, rows)
    return !choice.lenient && missed ? 1 : 0
  },
})

/** A file that was asked for, a directory whose files were, or a whole file system. */
interface Target {
  readonly name: string
  readonly dev: number
  readonly ino: number
  readonly kind: 'file' | 'fs'
  seen: boolean
}

interface Targets {
  readonly found: Target[]
  readonly failed: boolean
}

function* findTargets(sys: Sys, me: Process, choice: Choice): Blocking<Targets> {
  const found: Target[] = []
  let failed = false
  for (const name of choice.names) {
    try {
      const stat = sys.stat(name)
      const kind = isMountPoint(sys, name, stat) ? 'fs' : 'file'
      found.push({ name, dev: stat.dev, ino: stat.ino, kind, seen: false })
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      failed = true
      if (!choice.lenient) yield* sys.write(2, `${me.name}: status error on ${name}: ${e.message}\n`)
    }
  }
  for (const { path, deep } of choice.directories) yield* walk(sys, found, path, deep)
  if (failed && !found.length && !choice.directories.length)
    throw fatal('', undefined, choice.lenient ? 0 : 1)
  return { found, failed }
}

function isMountPoint(sys: Sys, name: string, stat: Stat): boolean {
  if ((stat.mode & S_IFMT) !== S_IFDIR) return false
  const above = sys.stat(`${name}/..`)
  return above.dev !== stat.dev || above.ino === stat.ino
}

function* walk(sys: Sys, found: Target[], path: string, deep: boolean): Blocking<void> {
  const add = (name: string): Stat => {
    const stat = sys.lstat(name)
    found.push({ name, dev: stat.dev, ino: stat.ino, kind: 'file', seen: false })
    return stat
  }
  try {
    const { dev } = add(path)
    for (const { name } of yield* readDir(sys, path)) {
      const stat = add(`${path.replace(/\/$/, '')}/${name}`)
      const isDir = (stat.mode & S_IFMT) === S_IFDIR
      if (deep && isDir && stat.dev === dev) {
        found.pop()
        yield* walk(sys, found, `${path.replace(/\/$/, '')}/${name}`, deep)
      }
    }
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    throw fatal(`WARNING: can't stat(${path})`, e)
  }
}

function targetOf(targets: readonly Target[], it: OpenFile): Target | undefined {
  return targets.find(
    target => target.dev === it.stat.dev && (target.kind === 'fs' || target.ino === it.stat.ino),
  )
}

// ---- Selection

interface Row {
  readonly proc: Proc
  readonly file: OpenFile
  readonly name: string
}

const matches = (set: Chosen | undefined, ...keys: readonly string[]): boolean | undefined => {
  if (!set) return undefined
  if (keys.some(key => set.excluded.includes(key))) return false
  return set.wanted.length ? keys.some(key => set.wanted.includes(key)) : undefined
}

function commandMatches(patterns: readonly string[], comm: string): boolean | undefined {
  if (!patterns.length) return undefined
  const negated = patterns.filter(it => it[0] === '^').map(it => it.slice(1))
  if (negated.some(it => comm.startsWith(it))) return false
  const wanted = patterns.filter(it => it[0] !== '^')
  if (!wanted.length) return undefined
  return wanted.some(it => {
    const regex = /^\/(.*)\/([bix]*)$/s.exec(it)
    if (!regex) return comm.startsWith(it)
    return compileRegex(regex[1]!, {
      extended: regex[2]!.includes('x'),
      ignoreCase: regex[2]!.includes('i'),
    }).test(comm)
  })
}

/** `0-2,cwd,^mem` */
function fdMatches(set: Chosen | undefined, fd: string): boolean | undefined {
  const within = (it: string): boolean => {
    const range = /^(\d+)-(\d+)$/.exec(it)
    if (!range) return it === fd
    return /^\d+$/.test(fd) && Number(fd) >= Number(range[1]) && Number(fd) <= Number(range[2])
  }
  if (!set) return undefined
  if (set.excluded.some(within)) return false
  return set.wanted.length ? set.wanted.some(within) : undefined
}

function* collect(
  sys: Sys,
  choice: Choice,
  users: Users,
  targets: readonly Target[],
): Blocking<readonly Row[]> {
  const rows: Row[] = []
  const self = sys.getpid()
  const uids = (names: readonly string[]): string[] => names.map(name => String(userId(users, name)))
  const byUid = choice.users && { wanted: uids(choice.users.wanted), excluded: uids(choice.users.excluded) }
  const hasNames = choice.names.length > 0 || choice.directories.length > 0
  for (const proc of yield* readProcs(sys)) {
    if (proc.pid === self) continue
    const tests = [
      commandMatches(choice.commands, proc.comm),
      matches(choice.pids, String(proc.pid)),
      matches(byUid, String(proc.uids[1])),
      matches(choice.pgrps, String(proc.pgrp)),
      choice.sockets ? false : undefined,
    ]
    // What is excluded stays so, whatever else selects it.
    if (isExcluded(choice, byUid, proc)) continue
    for (const file of (yield* openFiles(sys, proc)) ?? []) {
      const target = hasNames ? targetOf(targets, file) : undefined
      const linked = choice.links ? file.stat.nlink < choice.links : undefined
      const all = [
        ...tests,
        fdMatches(choice.fds, file.fd),
        linked,
        hasNames ? target !== undefined : undefined,
      ]
      const given = all.filter(it => it !== undefined)
      const isShown = !given.length || (choice.and ? given.every(Boolean) : given.some(Boolean))
      if (!isShown || fdMatches(choice.fds, file.fd) === false) continue
      if (target) target.seen = true
      rows.push({ proc, file, name: target?.kind === 'file' ? target.name : shownPath(file) })
    }
  }
  return rows
}

const isExcluded = (choice: Choice, byUid: Chosen | undefined, proc: Proc): boolean =>
  Boolean(
    choice.pids?.excluded.includes(String(proc.pid)) ||
      byUid?.excluded.includes(String(proc.uids[1])) ||
      choice.pgrps?.excluded.includes(String(proc.pgrp)) ||
      choice.commands.some(it => it[0] === '^' && proc.comm.startsWith(it.slice(1))),
  )

const shownPath = ({ path }: OpenFile): string => path.replace(/^(pipe|anon_inode):.*/, '$1')

/** Something was asked for by name and nobody has it open. */
function isMissed(choice: Choice, users: Users, rows: readonly Row[]): boolean {
  const lacks = (wanted: readonly string[] | undefined, of: (it: Proc) => string): boolean =>
    (wanted ?? []).some(word => !rows.some(it => of(it.proc) === word))
  return (
    choice.sockets ||
    lacks(choice.pids?.wanted, it => String(it.pid)) ||
    lacks(choice.pgrps?.wanted, it => String(it.pgrp)) ||
    lacks(
      choice.users?.wanted.map(name => String(userId(users, name))),
      it => String(it.uids[1]),
    ) ||
    choice.commands.some(it => it[0] !== '^' && !rows.some(row => commandMatches([it], row.proc.comm)))
  )
}

// ---- Output

const TYPES = new Map([
  [S_IFREG, 'REG'],
  [S_IFDIR, 'DIR'],
  [S_IFCHR, 'CHR'],
  [S_IFBLK, 'BLK'],
  [S_IFIFO, 'FIFO'],
  [S_IFLNK, 'LINK'],
])
const typeOf = (it: OpenFile): string => TYPES.get(it.stat.mode & S_IFMT) ?? 'unknown'
const isDevice = (it: OpenFile): boolean => /^(CHR|BLK)$/.test(typeOf(it))

function deviceOf(it: OpenFile): string {
  const dev = isDevice(it) ? it.stat.rdev : it.stat.dev
  return `${major(dev)},${minor(dev)}`
}

function sizeOf(choice: Choice, it: OpenFile): string {
  const hasSize = /^(REG|DIR)$/.test(typeOf(it))
  if (choice.sizes) return hasSize ? String(it.stat.size) : ''
  if (choice.offsets) return it.access === ' ' ? '' : `0t${it.pos}`
  return hasSize ? String(it.stat.size) : `0t${it.pos}`
}

function print(me: Process, choice: Choice, users: Users, rows: readonly Row[]): void {
  if (!rows.length) return
  if (choice.terse) {
    for (const pid of new Set(rows.map(it => it.proc.pid))) me.out.line(String(pid))
    return
  }
  if (choice.fields !== undefined) return printFields(me, choice, users, rows)
  printTable(me, choice, users, rows)
}

function userText(choice: Choice, users: Users, proc: Proc): string {
  const uid = proc.uids[1]!
  return choice.numeric ? String(uid) : (userName(users, uid) ?? String(uid)).slice(0, 8)
}

/** The letters of +fg: how the file is open. */
function flagLetters(it: OpenFile): string {
  if (it.access === ' ') return ''
  const letters = [it.access === 'r' ? '' : it.access === 'w' ? 'W' : 'RW', it.flags & O_APPEND ? 'AP' : '']
  return [...letters, it.flags & O_NONBLOCK ? 'ND' : '', 'LG'].filter(Boolean).join(',')
}

interface Column {
  readonly head: string
  readonly left?: true
  readonly of: (it: Row) => string
}

function columnsOf(choice: Choice, users: Users): readonly Column[] {
  const size = choice.sizes ? 'SIZE' : choice.offsets ? 'OFFSET' : 'SIZE/OFF'
  return [
    { head: 'COMMAND', left: true, of: it => it.proc.comm.slice(0, choice.width) },
    { head: 'PID', of: it => String(it.proc.pid) },
    ...(choice.groups ? [{ head: 'PGID', of: (it: Row) => String(it.proc.pgrp) }] : []),
    ...(choice.parents ? [{ head: 'PPID', of: (it: Row) => String(it.proc.ppid) }] : []),
    { head: choice.numeric ? '    USER' : 'USER', of: it => userText(choice, users, it.proc) },
    { head: '  FD  ', of: it => `${it.file.fd.padStart(4)}${it.file.access} ` },
    { head: 'TYPE', of: it => typeOf(it.file) },
    ...(choice.flags ? [{ head: 'FILE-FLAG', of: (it: Row) => flagLetters(it.file) }] : []),
    { head: 'DEVICE', of: it => deviceOf(it.file) },
    { head: size, of: it => sizeOf(choice, it.file) },
    ...(choice.links === undefined ? [] : [{ head: 'NLINK', of: (it: Row) => String(it.file.stat.nlink) }]),
    { head: 'NODE', of: it => String(it.file.stat.ino) },
    { head: 'NAME', left: true, of: it => it.name },
  ]
}

function printTable(me: Process, choice: Choice, users: Users, rows: readonly Row[]): void {
  const columns = columnsOf(choice, users)
  const cells = rows.map(row => columns.map(column => column.of(row)))
  const widths = columns.map(({ head }, i) => Math.max(head.length, ...cells.map(row => row[i]!.length)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => {
        if (i === columns.length - 1) return cell
        return columns[i]!.left ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)
      })
      .join(' ')
  me.out.line(line(columns.map(it => it.head)))
  for (const row of cells) me.out.line(line(row))
}

/** -F: a letter and a value a line, for other programs to read. */
function printFields(me: Process, choice: Choice, users: Users, rows: readonly Row[]): void {
  const wants = (letter: string): boolean => choice.fields!.includes(letter) || letter === 'p'
  const put = (letter: string, value: string): void => {
    if (wants(letter)) me.out.line(letter + value)
  }
  let last = -1
  for (const { proc, file, name } of rows) {
    if (proc.pid !== last) {
      last = proc.pid
      put('p', String(proc.pid))
      put('g', String(proc.pgrp))
      put('R', String(proc.ppid))
      put('c', proc.comm)
      put('u', String(proc.uids[1]))
      put('L', userName(users, proc.uids[1]!) ?? '')
    }
    put('f', file.fd)
    put('a', file.access)
    put('l', ' ')
    put('t', typeOf(file))
    put('D', `0x${file.stat.dev.toString(16)}`)
    if (isDevice(file)) put('r', `0x${file.stat.rdev.toString(16)}`)
    const size = sizeOf(choice, file)
    put(size.startsWith('0t') ? 'o' : 's', size)
    put('i', String(file.stat.ino))
    put('k', String(file.stat.nlink))
    put('n', name)
  }
}
