/**
 * Looking at packages: apt list, search and show, apt-cache policy, depends and their like.
 * Linux: apt 2.6 cmdline/apt-cache.cc, apt-private/private-{list,search,show}.cc.
 */
import type { Sys } from '../../abi/index.ts'
import { AptError, type Cache, findInstalled, findOffer, sizeText, upgradable } from './apt.ts'
import type { Process } from './command.ts'
import { compareVersions, dependencies, field, nameOf, type Stanza } from './dpkg.ts'
import { fnmatch } from './fnmatch.ts'

/** Every package that is known, installed or offered, by name. */
export function known(cache: Cache): Stanza[] {
  const all = new Map<string, Stanza>()
  for (const { stanza } of cache.offers) all.set(nameOf(stanza), stanza)
  for (const it of cache.installed) all.set(nameOf(it), it)
  return [...all.values()].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
}

/** `tree/stable,now 2.1.0-1 amd64 [installed]` */
function listLine(cache: Cache, it: Stanza): string {
  const name = nameOf(it)
  const here = findInstalled(cache, name)
  const offer = findOffer(cache, name)
  const newer = here && offer && compareVersions(field(offer.stanza, 'Version'), field(here, 'Version')) > 0
  const shown = newer ? offer.stanza : it
  const where = [...(offer ? ['stable'] : []), ...(here && !newer ? ['now'] : [])].join(',')
  const notes = newer
    ? `upgradable from: ${field(here, 'Version')}`
    : [
        ...(here ? ['installed'] : []),
        ...(here && !offer ? ['local'] : here && cache.automatic.has(name) ? ['automatic'] : []),
      ].join(',')
  return `${name}/${where} ${field(shown, 'Version')} ${field(shown, 'Architecture')}${notes && ` [${notes}]`}`
}

export interface Listing {
  readonly installed: boolean
  readonly upgradable: boolean
  readonly manual: boolean
}

export function list(
  me: Process,
  cache: Cache,
  patterns: readonly string[],
  only: Listing,
  quiet: number,
): number {
  if (quiet < 2) me.out.line('Listing...')
  const newer = upgradable(cache)
  for (const it of known(cache)) {
    const here = findInstalled(cache, nameOf(it))
    if (patterns.length && !patterns.some(pattern => fnmatch(pattern, nameOf(it)))) continue
    if (only.installed && !here) continue
    if (only.manual && (!here || cache.automatic.has(nameOf(it)))) continue
    if (only.upgradable && !newer.includes(it)) continue
    me.out.line(listLine(cache, it))
  }
  return 0
}

/** The words have to be in the name or in the description, all of them. */
function searched(cache: Cache, words: readonly string[], namesOnly: boolean): Stanza[] {
  const expressions = words.map(word => {
    try {
      return new RegExp(word, 'i')
    } catch {
      throw new AptError(`Regex compilation error - ${word}`)
    }
  })
  return known(cache).filter(it =>
    expressions.every(
      expression => expression.test(nameOf(it)) || (!namesOnly && expression.test(field(it, 'Description'))),
    ),
  )
}

const summary = (it: Stanza): string => field(it, 'Description').split('\n')[0]!

export function search(
  me: Process,
  cache: Cache,
  words: readonly string[],
  namesOnly: boolean,
  isApt: boolean,
): number {
  if (!words.length) throw new AptError('You must give at least one search pattern')
  if (isApt) me.out.print('Sorting...\nFull Text Search...\n')
  for (const it of searched(cache, words, namesOnly))
    me.out.print(isApt ? `${listLine(cache, it)}\n  ${summary(it)}\n\n` : `${nameOf(it)} - ${summary(it)}\n`)
  return 0
}

export function show(me: Process, cache: Cache, names: readonly string[], isApt: boolean): string[] {
  const errors: string[] = []
  for (const name of names) {
    const here = findInstalled(cache, name)
    const offer = findOffer(cache, name)
    const it = offer?.stanza ?? here
    if (!it) errors.push(`Unable to locate package ${name}`)
    else if (isApt) me.out.print(details(cache, it, here !== undefined, offer?.source))
    else {
      for (const [key, value] of it) me.out.line(`${key}: ${value}`)
      me.out.line('')
    }
  }
  if (errors.length && errors.length === names.length) errors.push('No packages found')
  return errors
}

function details(
  cache: Cache,
  it: Stanza,
  isHere: boolean,
  source: { uri: string; suite: string; component: string } | undefined,
): string {
  const lines = [`Package: ${nameOf(it)}`, `Version: ${field(it, 'Version')}`]
  for (const name of ['Status', 'Priority', 'Essential', 'Section', 'Maintainer'])
    if (it.has(name)) lines.push(`${name}: ${field(it, name)}`)
  lines.push(`Installed-Size: ${sizeText(Number(field(it, 'Installed-Size')) * 1024)}`)
  for (const name of ['Depends', 'Pre-Depends', 'Homepage'])
    if (it.has(name)) lines.push(`${name}: ${field(it, name)}`)
  lines.push(`Download-Size: ${it.has('Size') ? sizeText(Number(field(it, 'Size'))) : 'unknown'}`)
  if (isHere) lines.push(`APT-Manual-Installed: ${cache.automatic.has(nameOf(it)) ? 'no' : 'yes'}`)
  lines.push(
    `APT-Sources: ${source ? `${source.uri} ${source.suite}/${source.component} amd64 Packages` : '/var/lib/dpkg/status'}`,
  )
  lines.push(`Description: ${field(it, 'Description')}`)
  return `${lines.join('\n')}\n\n`
}

export function policy(me: Process, cache: Cache, names: readonly string[]): number {
  for (const name of names) {
    const here = findInstalled(cache, name)
    const offer = findOffer(cache, name)
    if (!here && !offer) continue
    const version = field(here ?? offer!.stanza, 'Version')
    const source =
      offer &&
      `        500 ${offer.source.uri} ${offer.source.suite}/${offer.source.component} amd64 Packages\n`
    me.out.print(
      `${name}:\n  Installed: ${here ? version : '(none)'}\n  Candidate: ${field(offer?.stanza ?? here!, 'Version')}\n  Version table:\n` +
        ` ${here ? '***' : '   '} ${version} ${offer ? 500 : 100}\n${source ?? ''}${here ? '        100 /var/lib/dpkg/status\n' : ''}`,
    )
  }
  return 0
}

export function depends(me: Process, cache: Cache, names: readonly string[]): number {
  for (const name of names) {
    const it = findOffer(cache, name)?.stanza ?? findInstalled(cache, name)
    if (!it) throw new AptError(`No packages found`)
    me.out.line(name)
    const count = field(it, 'Pre-Depends') ? field(it, 'Pre-Depends').split(',').length : 0
    for (const [i, alternatives] of dependencies(it).entries())
      for (const [k, one] of alternatives.entries())
        me.out.line(
          ` ${k < alternatives.length - 1 ? '|' : ' '}${i < count ? 'PreDepends' : 'Depends'}: ${one.name}`,
        )
  }
  return 0
}

export function rdepends(me: Process, cache: Cache, names: readonly string[]): number {
  for (const name of names) {
    me.out.print(`${name}\nReverse Depends:\n`)
    for (const it of known(cache))
      if (
        dependencies(it)
          .flat()
          .some(one => one.name === name)
      )
        me.out.line(`  ${nameOf(it)}`)
  }
  return 0
}

/** apt talks to people: it says so where it is used otherwise. */
export const UNSTABLE =
  '\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n'

export const isScript = (sys: Sys): boolean => !sys.isatty(1)
