/**
 * What apt, apt-get and apt-cache know: the installed packages, those the fetched lists offer, and which of them
 * were installed for the sake of others.
 * Linux: apt 2.6 apt-pkg/{depcache,cachefile,sourcelist}.cc.
 *
 * Left out: sources other than file:, several versions of a package, pinning, recommended packages.
 */
import { type Blocking, Errno, type Sys } from '../../abi/index.ts'
import { type Process, readDir, writeFile } from './command.ts'
import {
  compareVersions,
  dependencies,
  field,
  formatStanza,
  isInstalled,
  mayLock,
  nameOf,
  parseStanzas,
  readStanzas,
  satisfies,
  STATUS,
  type Stanza,
} from './dpkg.ts'
import { procText } from './proc.ts'

export const LISTS = '/var/lib/apt/lists'
const AUTOMATIC = '/var/lib/apt/extended_states'

/** Messages that begin with E: and end with status 100. */
export class AptError {
  readonly messages: readonly string[]
  constructor(...messages: readonly string[]) {
    this.messages = messages
  }
}

export const FAILURE = 100

/** A package that a source offers. */
export interface Offer {
  readonly stanza: Stanza
  readonly source: Source
}

/** A line of sources.list. */
export interface Source {
  readonly uri: string
  readonly suite: string
  readonly component: string
}

export interface Cache {
  readonly installed: readonly Stanza[]
  readonly offers: readonly Offer[]
  readonly automatic: Set<string>
}

export function* sources(sys: Sys): Blocking<Source[]> {
  const paths = ['/etc/apt/sources.list']
  try {
    for (const { name } of yield* readDir(sys, '/etc/apt/sources.list.d'))
      if (name.endsWith('.list')) paths.push(`/etc/apt/sources.list.d/${name}`)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
  }
  const found: Source[] = []
  for (const path of paths)
    for (const line of ((yield* procText(sys, path)) ?? '').split('\n')) {
      const entry = /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s+(.+)$/.exec(line.replace(/#.*/, ''))
      const [, uri = '', suite = '', components = ''] = entry ?? []
      for (const component of components.split(/\s+/).filter(it => it)) found.push({ uri, suite, component })
    }
  return found
}

/** How the lists name what they come from: `file:/srv/m` is `_srv_m`. */
export const listName = (source: Source, rest: string): string =>
  `${source.uri.replace(/^[a-z]+:(\/\/)?/, '').replaceAll('/', '_')}_dists_${source.suite}_${rest.replaceAll('/', '_')}`

export const packagesPath = (it: Source): string => `${it.component}/binary-amd64/Packages`

export function* openCache(sys: Sys): Blocking<Cache> {
  const installed = (yield* readStanzas(sys, STATUS)).filter(isInstalled)
  const offers: Offer[] = []
  for (const source of yield* sources(sys)) {
    const text = yield* procText(sys, `${LISTS}/${listName(source, packagesPath(source))}`)
    for (const stanza of parseStanzas(text ?? '')) offers.push({ stanza, source })
  }
  const marks = yield* readStanzas(sys, AUTOMATIC)
  const automatic = new Set(marks.filter(it => field(it, 'Auto-Installed') === '1').map(nameOf))
  return { installed, offers, automatic }
}

export function* writeAutomatic(sys: Sys, automatic: ReadonlySet<string>): Blocking<void> {
  const marks = [...automatic].map(name =>
    formatStanza(
      new Map([
        ['Package', name],
        ['Architecture', 'amd64'],
        ['Auto-Installed', '1'],
      ]),
    ),
  )
  yield* writeFile(sys, AUTOMATIC, marks.map(it => `${it}\n`).join(''))
}

export const findInstalled = (cache: Cache, name: string): Stanza | undefined =>
  cache.installed.find(it => nameOf(it) === name)
export const findOffer = (cache: Cache, name: string): Offer | undefined =>
  cache.offers.find(it => nameOf(it.stanza) === name)

/** What has to be installed with a package, itself last. */
export function closure(cache: Cache, name: string, found: string[] = []): string[] {
  const offer = findOffer(cache, name)
  if (found.includes(name) || !offer) return found
  for (const alternatives of dependencies(offer.stanza)) {
    if (alternatives.some(wanted => cache.installed.some(it => satisfies(it, wanted)))) continue
    const usable = alternatives.find(wanted => cache.offers.some(it => satisfies(it.stanza, wanted)))
    if (!usable) {
      const text = alternatives.map(it => it.text).join(' or ')
      throw new UnmetDependency(name, text)
    }
    if (!found.includes(usable.name)) closure(cache, usable.name, found)
  }
  if (!found.includes(name)) found.push(name)
  return found
}

/** A package that cannot be installed for want of another. */
export class UnmetDependency {
  readonly name: string
  readonly wanted: string
  constructor(name: string, wanted: string) {
    this.name = name
    this.wanted = wanted
  }
}

/** Installed packages that need one of these, and what needs them in turn. */
export function dependents(cache: Cache, names: readonly string[]): string[] {
  const gone = new Set(names)
  for (let grew = true; grew; ) {
    grew = false
    const left = cache.installed.filter(it => !gone.has(nameOf(it)))
    for (const it of left) {
      const broken = dependencies(it).some(
        alternatives =>
          alternatives.some(wanted => gone.has(wanted.name)) &&
          !left.some(other => alternatives.some(wanted => satisfies(other, wanted))),
      )
      if (!broken) continue
      gone.add(nameOf(it))
      grew = true
    }
  }
  return [...gone]
}

/** Packages that came for others that are no longer there. */
export function unneeded(cache: Cache, gone: ReadonlySet<string>): string[] {
  const left = cache.installed.filter(it => !gone.has(nameOf(it)))
  const kept = new Set(left.filter(it => !cache.automatic.has(nameOf(it))).map(nameOf))
  for (const name of kept) {
    const it = left.find(one => nameOf(one) === name)
    for (const wanted of it ? dependencies(it).flat() : [])
      for (const other of left) if (satisfies(other, wanted)) kept.add(nameOf(other))
  }
  return left.map(nameOf).filter(name => !kept.has(name))
}

export const upgradable = (cache: Cache): Stanza[] =>
  cache.installed.filter(it => {
    const offer = findOffer(cache, nameOf(it))
    return offer !== undefined && compareVersions(field(offer.stanza, 'Version'), field(it, 'Version')) > 0
  })

/** The lock of dpkg, which everything that changes packages takes first. */
export function* lockPackages(sys: Sys): Blocking<void> {
  const refused = yield* mayLock(sys, '/var/lib/dpkg/lock-frontend')
  if (refused)
    throw new AptError(
      `Could not open lock file /var/lib/dpkg/lock-frontend - open (13: ${refused.message})`,
      'Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?',
    )
}

export function* lockDirectory(sys: Sys, directory: string): Blocking<string[]> {
  const refused = yield* mayLock(sys, `${directory}lock`)
  return refused
    ? [
        `Could not open lock file ${directory}lock - open (13: ${refused.message})`,
        `Unable to lock directory ${directory}`,
      ]
    : []
}

/** A size as apt writes it: `2912 B`, `20.5 kB`, `3002 kB`. */
export function sizeText(bytes: number): string {
  let size = Math.abs(bytes)
  for (const prefix of ['', 'k', 'M', 'G', 'T']) {
    if (size < 100 && prefix) return `${size.toFixed(1)} ${prefix}B`
    if (size < 10000) return `${size.toFixed(0)} ${prefix}B`
    size /= 1000
  }
  return `${size} PB`
}

/** What is printed while the cache is opened; `Done` on terminals. */
export function announce(sys: Sys, me: Process, quiet: number, ...steps: readonly string[]): void {
  if (quiet > 1) return
  const done = sys.isatty(1) && !quiet ? ' Done' : ''
  for (const step of steps) me.out.line(`${step}...${done}`)
}

export const OPENING = [
  'Reading package lists',
  'Building dependency tree',
  'Reading state information',
] as const
