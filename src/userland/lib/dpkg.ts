/**
 * dpkg's database: the stanzas of /var/lib/dpkg/status, the files of each package, versions and dependencies, and
 * what happens when an archive is unpacked or a package removed.
 * Linux: dpkg 1.21 lib/dpkg/{dbmodify,version,depcon}.c, src/main/{archives,remove}.c; deb-version(7).
 *
 * Left out: maintainer scripts, triggers, diversions, configuration files that were changed.
 */
import {
  type Blocking,
  decode,
  EACCES,
  elf,
  Errno,
  LOADER,
  O_CREAT,
  O_TRUNC,
  O_WRONLY,
  type Sys,
} from '../../abi/index.ts'
import { readBytes, readDir, writeFile } from './command.ts'
import { procText } from './proc.ts'
import { exists, quietly } from './shadow/files.ts'

/** The fields of a package, in their order. */
export type Stanza = Map<string, string>

export const STATUS = '/var/lib/dpkg/status'
const INFO = '/var/lib/dpkg/info'

export function parseStanzas(text: string): Stanza[] {
  return text
    .split(/\n\n+/)
    .filter(it => it.trim())
    .map(block => {
      const fields: Stanza = new Map()
      let last = ''
      for (const line of block.split('\n')) {
        if (/^[ \t]/.test(line)) fields.set(last, `${fields.get(last)}\n${line}`)
        else if (line.includes(':')) {
          last = line.slice(0, line.indexOf(':'))
          fields.set(last, line.slice(line.indexOf(':') + 1).trim())
        }
      }
      return fields
    })
}

export const formatStanza = (it: Stanza): string =>
  [...it].map(([name, value]) => `${name}: ${value}\n`).join('')

export function* readStanzas(sys: Sys, path: string): Blocking<Stanza[]> {
  return parseStanzas((yield* procText(sys, path)) ?? '')
}

export const field = (it: Stanza, name: string): string => it.get(name) ?? ''
export const nameOf = (it: Stanza): string => field(it, 'Package')
export const isInstalled = (it: Stanza): boolean => / installed$/.test(field(it, 'Status'))

/** `libc6:amd64` where several architectures may be installed side by side. */
export const qualifiedName = (it: Stanza): string =>
  field(it, 'Multi-Arch') === 'same' ? `${nameOf(it)}:${field(it, 'Architecture')}` : nameOf(it)

/** Write the database anew, in the order of names. */
export function* writeStatus(sys: Sys, all: readonly Stanza[]): Blocking<void> {
  const sorted = [...all].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  yield* writeFile(sys, `${STATUS}-new`, sorted.map(it => `${formatStanza(it)}\n`).join(''))
  if (exists(sys, STATUS)) {
    quietly(() => sys.unlink(`${STATUS}-old`))
    sys.link(STATUS, `${STATUS}-old`)
  }
  sys.rename(`${STATUS}-new`, STATUS)
}

// ---- Versions and dependencies

/** How a character sorts: `~` before everything, letters before the rest. */
const order = (char: string): number =>
  char === '~'
    ? -1
    : char === '' || /\d/.test(char)
      ? 0
      : /[A-Za-z]/.test(char)
        ? char.charCodeAt(0)
        : char.charCodeAt(0) + 256

/** deb-version(7): runs of other characters and runs of digits, in turn. */
function compareParts(a: string, b: string): number {
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    while ((i < a.length && !/\d/.test(a[i]!)) || (j < b.length && !/\d/.test(b[j]!))) {
      const difference = order(a[i] ?? '') - order(b[j] ?? '')
      if (difference) return difference
      i++
      j++
    }
    const [x, y] = [/^\d*/.exec(a.slice(i))![0], /^\d*/.exec(b.slice(j))![0]]
    if (Number(x || 0) !== Number(y || 0)) return Number(x || 0) - Number(y || 0)
    i += x.length
    j += y.length
  }
  return 0
}

export function compareVersions(a: string, b: string): number {
  const split = (text: string): [number, string, string] => {
    const [, epoch = '0', upstream = '', revision = ''] = /^(?:(\d+):)?(.*?)(?:-([^-]*))?$/.exec(text) ?? []
    return [Number(epoch), upstream, revision]
  }
  const [x, y] = [split(a), split(b)]
  return x[0] - y[0] || compareParts(x[1], y[1]) || compareParts(x[2], y[2])
}

/** Whether `a OP b`; OP as in control files or as --compare-versions spells it. */
export function versionHolds(a: string, operator: string, b: string): boolean | undefined {
  const c = compareVersions(a, b)
  if (['<<', 'lt', 'lt-nl'].includes(operator)) return c < 0
  if (['<=', 'le', 'le-nl', '<'].includes(operator)) return c <= 0
  if (['=', 'eq'].includes(operator)) return c === 0
  if (operator === 'ne') return c !== 0
  if (['>=', 'ge', 'ge-nl', '>'].includes(operator)) return c >= 0
  if (['>>', 'gt', 'gt-nl'].includes(operator)) return c > 0
  return undefined
}

/** One alternative of a dependency. */
export interface Alternative {
  readonly name: string
  readonly operator: string
  readonly version: string
  readonly text: string
}

/** The dependencies of a package: each one of several alternatives. */
export function dependencies(it: Stanza): (readonly Alternative[])[] {
  return [field(it, 'Pre-Depends'), field(it, 'Depends')]
    .flatMap(text => text.split(','))
    .filter(text => text.trim())
    .map(text =>
      text.split('|').map(alternative => {
        const [, name = '', operator = '', version = ''] =
          /^\s*([^\s(:]+)(?::\S+)?\s*(?:\(\s*([<>=]+)\s*([^)\s]+)\s*\))?/.exec(alternative) ?? []
        return { name, operator, version, text: alternative.trim() }
      }),
    )
}

export const satisfies = (it: Stanza, wanted: Alternative): boolean =>
  nameOf(it) === wanted.name &&
  (!wanted.operator || versionHolds(field(it, 'Version'), wanted.operator, wanted.version) === true)

// ---- The files of a package

const listPath = (it: Stanza): string => `${INFO}/${qualifiedName(it)}.list`

/** Every path of a package, directories and all. */
export function* filesOf(sys: Sys, it: Stanza): Blocking<string[]> {
  const text = (yield* procText(sys, listPath(it))) ?? ''
  return text.split('\n').filter(line => line)
}

/** How many paths the database knows: what "Reading database" counts. */
export function* countFiles(sys: Sys): Blocking<number> {
  const all = new Set<string>()
  for (const { name } of yield* readDir(sys, INFO))
    if (name.endsWith('.list'))
      for (const line of ((yield* procText(sys, `${INFO}/${name}`)) ?? '').split('\n'))
        if (line) all.add(line)
  return all.size
}

// ---- Archives

export interface Archive {
  readonly control: Stanza
  /** Lines of the list of files. */
  readonly files: readonly string[]
}

/** Read a package; undefined if the file is none. Errors: those of open(2). */
export function* readArchive(sys: Sys, path: string): Blocking<Archive | undefined> {
  const bytes = yield* readBytes(sys, path)
  if (decode(bytes.subarray(0, 8)) !== '!<arch>\n') return undefined
  const members = new Map<string, string>()
  for (let at = 8; at + 60 <= bytes.length; ) {
    const head = decode(bytes.subarray(at, at + 60))
    const size = Number(head.slice(48, 58))
    if (!head.endsWith('`\n') || Number.isNaN(size)) break
    members.set(head.slice(0, 16).trim(), decode(bytes.subarray(at + 60, at + 60 + size)))
    at += 60 + size + (size % 2)
  }
  const [control] = parseStanzas(members.get('control') ?? '')
  if (!control) return undefined
  return { control, files: (members.get('files') ?? '').split('\n').filter(line => line) }
}

/** Put the files of an archive in their places and note them down. */
export function* unpackFiles(sys: Sys, archive: Archive): Blocking<void> {
  const paths = new Set(['/.'])
  for (const line of archive.files) {
    const [path, kind, ...rest] = line.split(' ')
    const parts = path!.split('/').slice(1)
    for (let i = 1; i < parts.length; i++) {
      const above = `/${parts.slice(0, i).join('/')}`
      paths.add(above)
      if (!exists(sys, above)) sys.mkdir(above, 0o755)
    }
    paths.add(path!)
    if (kind === 'l') placeLink(sys, path!, rest)
    else yield* placeProgram(sys, path!, rest)
  }
  yield* writeFile(sys, listPath(archive.control), [...paths].map(path => `${path}\n`).join(''))
}

function placeLink(sys: Sys, path: string, [time, target]: readonly string[]): void {
  quietly(() => sys.unlink(path))
  sys.symlink(target!, path)
  const at = { sec: Number(time), nsec: 0 }
  sys.utimensat(path, at, at, false)
}

function* placeProgram(sys: Sys, path: string, words: readonly string[]): Blocking<void> {
  const [mode, gid, size, time, program, ...needed] = words
  const header =
    program === 'lib'
      ? elf({ program, needed })
      : elf(needed[0] === '-' ? { program: program! } : { program: program!, interp: LOADER, needed })
  const fresh = `${path}.dpkg-new`
  const fd = yield* sys.open(fresh, O_CREAT | O_TRUNC | O_WRONLY, 0o600)
  yield* sys.write(fd, header)
  yield* sys.ftruncate(fd, Math.max(Number(size), header.length))
  sys.fchown(fd, 0, Number(gid))
  sys.fchmod(fd, Number.parseInt(mode!, 8))
  sys.close(fd)
  const at = { sec: Number(time), nsec: 0 }
  sys.utimensat(fresh, at, at)
  sys.rename(fresh, path)
}

/** Take away what only this package brought: files first, then directories that are empty. */
export function* removeFiles(sys: Sys, it: Stanza): Blocking<void> {
  const mine = (yield* filesOf(sys, it)).reverse()
  for (const path of mine) {
    if (path === '/.' || quietly(() => sys.unlink(path))) continue
    quietly(() => sys.rmdir(path))
  }
  quietly(() => sys.unlink(listPath(it)))
}

// ---- Locks

/** Open the lock files as dpkg and apt do; the message and `false` when one may not. */
export function* mayLock(sys: Sys, path: string): Blocking<Errno | undefined> {
  try {
    sys.close(yield* sys.open(path, O_CREAT | O_WRONLY, 0o640))
    return undefined
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    return e === EACCES ? EACCES : e
  }
}
