/**
 * Questions to dpkg's database: what is installed, which files belong to a package, which package a file.
 * Linux: dpkg 1.21 src/query/main.c, lib/dpkg/pkg-format.c; dpkg-query(1).
 *
 * Left out: --control-list, --control-show, pagers.
 */
import { type Blocking, Errno, type Sys } from '../../abi/index.ts'
import type { Process } from './command.ts'
import {
  field,
  filesOf,
  formatStanza,
  isInstalled,
  nameOf,
  qualifiedName,
  readStanzas,
  STATUS,
  type Stanza,
} from './dpkg.ts'
import { fnmatch } from './fnmatch.ts'

/** How messages of queries begin, whichever program asks. */
const complain = (sys: Sys, text: string): Blocking<number> => sys.write(2, `dpkg-query: ${text}\n`)

export const installed = function* (sys: Sys): Blocking<Stanza[]> {
  return (yield* readStanzas(sys, STATUS)).filter(it => field(it, 'Status'))
}

/** The packages that patterns name, each once; says which found nothing. */
function* matching(sys: Sys, patterns: readonly string[]): Blocking<{ found: Stanza[]; status: number }> {
  const all = yield* installed(sys)
  if (!patterns.length) return { found: all, status: 0 }
  const found = new Set<Stanza>()
  let status = 0
  for (const pattern of patterns) {
    const hits = all.filter(it => fnmatch(pattern.replace(/:amd64$/, ''), nameOf(it)))
    for (const it of hits) found.add(it)
    if (hits.length) continue
    status = 1
    yield* complain(sys, `no packages found matching ${pattern}`)
  }
  return { found: all.filter(it => found.has(it)), status }
}

const WANT: Readonly<Record<string, string>> = {
  unknown: 'u',
  install: 'i',
  hold: 'h',
  deinstall: 'r',
  purge: 'p',
}
const STATE: Readonly<Record<string, string>> = {
  'not-installed': 'n',
  'config-files': 'c',
  'half-installed': 'H',
  unpacked: 'U',
  'half-configured': 'F',
  'triggers-awaited': 'W',
  'triggers-pending': 't',
  installed: 'i',
}

/** `ii `: what is wanted, how it is, what is wrong. */
function abbreviation(it: Stanza): string {
  const [want = '', error = '', state = ''] = field(it, 'Status').split(' ')
  return `${WANT[want] ?? '?'}${STATE[state] ?? '?'}${error === 'ok' ? ' ' : 'R'}`
}

const summary = (it: Stanza): string => field(it, 'Description').split('\n')[0]!

/** -l: a table as wide as the terminal; without one as wide as needed. */
export function* list(sys: Sys, me: Process, patterns: readonly string[]): Blocking<number> {
  const { found, status } = yield* matching(sys, patterns)
  if (!found.length) return status
  const rows = found.map(it => [
    qualifiedName(it),
    field(it, 'Version'),
    field(it, 'Architecture'),
    summary(it),
  ])
  const wide = (column: number, least: number): number =>
    Math.max(least, ...rows.map(row => row[column]!.length))
  const widths = [wide(0, 14), wide(1, 12), wide(2, 12)]
  const columns = sys.isatty(1) ? Number(me.env.get('COLUMNS')) || sys.tiocgwinsz(1).cols : 0
  const used = 4 + widths.reduce((sum, it) => sum + it + 1, 0)
  const last = columns ? Math.max(Math.min(columns - used, wide(3, 33)), 14) : wide(3, 33)
  me.out.print(
    'Desired=Unknown/Install/Remove/Purge/Hold\n' +
      '| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend\n' +
      '|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)\n',
  )
  const line = (head: string, cells: readonly string[]): void =>
    me.out.line(
      `${head}${cells.map((cell, i) => (i < 3 ? cell.slice(0, widths[i]).padEnd(widths[i]!) : cell)).join(' ')}`,
    )
  line('||/ ', ['Name', 'Version', 'Architecture', 'Description'])
  me.out.line(`+++-${[...widths, last].map(width => '='.repeat(width)).join('-')}`)
  for (const [i, it] of found.entries()) {
    const [name, version, architecture, text] = rows[i]!
    line(`${abbreviation(it)} `, [name!, version!, architecture!, text!.slice(0, last)])
  }
  return status
}

/** -s: the stanza as it stands. */
export function* showStatus(sys: Sys, me: Process, names: readonly string[]): Blocking<number> {
  const all = yield* installed(sys)
  const stanzas = names.length ? [] : all
  let status = 0
  for (const name of names) {
    const it = all.find(stanza => nameOf(stanza) === name.replace(/:amd64$/, ''))
    if (it) stanzas.push(it)
    else {
      status = 1
      if (stanzas.length) yield* printStanzas(me, stanzas.splice(0))
      yield* complain(sys, `package '${name}' is not installed and no information is available`)
    }
  }
  yield* printStanzas(me, stanzas)
  if (status) yield* sys.write(2, 'Use dpkg --info (= dpkg-deb --info) to examine archive files.\n')
  return status
}

function* printStanzas(me: Process, stanzas: readonly Stanza[]): Blocking<void> {
  me.out.print(stanzas.map(formatStanza).join('\n'))
  yield* me.out.flush()
}

/** -p: the database of available packages is empty, as wherever apt is used. */
export function* showAvailable(sys: Sys, names: readonly string[]): Blocking<number> {
  for (const name of names) yield* complain(sys, `package '${name}' is not available`)
  return names.length ? 1 : 0
}

/** -L: every path of a package. */
export function* listFiles(sys: Sys, me: Process, names: readonly string[]): Blocking<number> {
  const all = yield* installed(sys)
  let status = 0
  for (const [i, name] of names.entries()) {
    const it = all.find(stanza => nameOf(stanza) === name.replace(/:amd64$/, ''))
    if (i) me.out.line('')
    if (it) for (const path of yield* filesOf(sys, it)) me.out.line(path)
    else {
      status = 1
      yield* complain(sys, `package '${name}' is not installed`)
    }
  }
  yield* me.out.flush()
  if (status)
    yield* sys.write(2, 'Use dpkg --contents (= dpkg-deb --contents) to list archive files contents.\n')
  return status
}

/** -S: a text without special characters may stand anywhere in a path; a path from / must be whole. */
export function* search(sys: Sys, me: Process, patterns: readonly string[]): Blocking<number> {
  const all = yield* installed(sys)
  const lists: (readonly [string, readonly string[]])[] = []
  for (const it of all) lists.push([qualifiedName(it), yield* filesOf(sys, it)])
  let status = 0
  for (const given of patterns) {
    const isGlob = /[*?[\\]/.test(given)
    const pattern = isGlob || given.startsWith('/') ? given.replace(/(.)\/+$/, '$1') : `*${given}*`
    const owners = new Map<string, string[]>()
    for (const [name, paths] of lists)
      for (const path of paths)
        if (path === pattern || ((isGlob || pattern !== given) && fnmatch(pattern, path)))
          owners.set(path, [...(owners.get(path) ?? []), name])
    for (const [path, names] of owners) me.out.line(`${names.join(', ')}: ${path}`)
    if (owners.size) continue
    status = 1
    yield* me.out.flush()
    yield* complain(sys, `no path found matching pattern ${pattern}`)
  }
  return status
}

/** -W: one line a package, as the format says. */
export function* show(
  sys: Sys,
  me: Process,
  patterns: readonly string[],
  format = '${binary:Package}\\t${Version}\\n',
): Blocking<number> {
  const { found, status } = yield* matching(sys, patterns)
  for (const it of found) me.out.print(formatted(it, format))
  return status
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

const formatted = (it: Stanza, format: string): string =>
  format.replace(
    /\\(.)|\$\{([^;}]*)(?:;(-?\d+))?\}/g,
    (_, escape?: string, name?: string, width?: string) => {
      if (escape !== undefined) return ESCAPES[escape] ?? escape
      const value = variable(it, name!)
      const size = Number(width ?? 0)
      return size < 0
        ? value.slice(0, -size).padEnd(-size)
        : size
          ? value.slice(0, size).padStart(size)
          : value
    },
  )

function variable(it: Stanza, name: string): string {
  const [want = '', error = '', state = ''] = field(it, 'Status').split(' ')
  switch (name) {
    case 'binary:Package':
      return qualifiedName(it)
    case 'binary:Summary':
      return summary(it)
    case 'db:Status-Abbrev':
      return abbreviation(it)
    case 'db:Status-Want':
      return want
    case 'db:Status-Eflag':
      return error
    case 'db:Status-Status':
      return state
    case 'source:Package':
      return nameOf(it)
    case 'source:Version':
      return field(it, 'Version')
  }
  const wanted = name.toLowerCase()
  return [...it].find(([key]) => key.toLowerCase() === wanted)?.[1] ?? ''
}

/** --get-selections */
export function* selections(sys: Sys, me: Process, patterns: readonly string[]): Blocking<number> {
  const { found, status } = yield* matching(sys, patterns)
  for (const it of found) {
    const name = qualifiedName(it)
    const tabs = '\t'.repeat(Math.max(1, 6 - Math.floor(name.length / 8)))
    me.out.line(`${name}${tabs}${field(it, 'Status').split(' ')[0]}`)
  }
  return status
}

/** -V: what is missing of a package. */
export function* verify(sys: Sys, me: Process, names: readonly string[]): Blocking<number> {
  for (const it of yield* installed(sys)) {
    if (names.length && !names.includes(nameOf(it))) continue
    if (!isInstalled(it)) continue
    for (const path of yield* filesOf(sys, it)) {
      try {
        sys.lstat(path)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        me.out.line(`missing     ${path}`)
      }
    }
  }
  return 0
}
