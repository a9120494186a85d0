/**
 * apt-get update, install, remove and the like.
 * Linux: apt 2.6 apt-private/private-{install,update,output}.cc.
 */
import { type Blocking, Errno, type Sys } from '../../abi/index.ts'
import {
  announce,
  AptError,
  type Cache,
  closure,
  dependents,
  findInstalled,
  findOffer,
  LISTS,
  listName,
  lockDirectory,
  lockPackages,
  type Offer,
  openCache,
  OPENING,
  packagesPath,
  sizeText,
  type Source,
  sources,
  unneeded,
  UnmetDependency,
  upgradable,
  writeAutomatic,
} from './apt.ts'
import { type Process, readFile, writeFile } from './command.ts'
import { compareVersions, dependencies, field, nameOf, type Stanza } from './dpkg.ts'
import { finish, install, remove, startRun } from './dpkg-run.ts'
import { fnmatch } from './fnmatch.ts'
import { exists, quietly } from './shadow/files.ts'
import { readAnswer } from './shadow/prompt.ts'

/** The options of the command line that matter here. */
export interface Wishes {
  readonly yes: boolean
  /** -q is 1, -qq 2. */
  readonly quiet: number
  readonly simulate: boolean
  readonly downloadOnly: boolean
  readonly reinstall: boolean
  readonly purge: boolean
  readonly autoremove: boolean
  readonly allowRemoveEssential: boolean
  /** It was `apt` that was typed, not `apt-get`. */
  readonly isApt: boolean
}

// ---- update

export function* update(sys: Sys, me: Process, wishes: Wishes): Blocking<number> {
  const refused = yield* lockDirectory(sys, `${LISTS}/`)
  if (refused.length) {
    announce(sys, me, wishes.quiet, OPENING[0])
    throw new AptError(...refused)
  }
  const warnings: string[] = []
  let number = 0
  for (const source of yield* sources(sys)) {
    const where = `${source.uri} ${source.suite}`
    const step = (what: string, text: string, n = ++number): number => {
      if (wishes.quiet < 2) me.out.line(`${what}:${n} ${text}`)
      return n
    }
    const at = step('Get', `${where} InRelease`)
    step('Ign', `${where} InRelease`, at)
    const release = yield* fetchText(sys, source, 'Release')
    if (release === undefined) {
      step('Err', `${where} Release`)
      if (wishes.quiet < 2)
        me.out.line(`  File not found - ${pathOf(source, 'Release')} (2: No such file or directory)`)
      warnings.push(`The repository '${where} Release' does not have a Release file.`)
      continue
    }
    const size = `[${release.length} B]`
    const again = step('Get', `${where} Release ${size}`)
    step('Get', `${where} Release ${size}`, again)
    const signature = step('Get', `${where} Release.gpg`)
    step('Ign', `${where} Release.gpg`, signature)
    const list = `${LISTS}/${listName(source, packagesPath(source))}`
    const packages = yield* fetchText(sys, source, packagesPath(source))
    if (packages === undefined) continue
    if (!exists(sys, list))
      step('Get', `${where}/${source.component} amd64 Packages [${sizeText(packages.length)}]`)
    yield* writeFile(sys, `${LISTS}/${listName(source, 'Release')}`, release)
    quietly(() => sys.unlink(list))
    sys.symlink(pathOf(source, packagesPath(source)), list)
  }
  yield* sys.burn(5e6)
  announce(sys, me, wishes.quiet, OPENING[0])
  if (warnings.length) throw new AptError(...warnings)
  if (wishes.isApt && wishes.quiet < 2) yield* upgradeStatistics(sys, me, wishes)
  return 0
}

/** What `apt update` adds. */
function* upgradeStatistics(sys: Sys, me: Process, wishes: Wishes): Blocking<void> {
  announce(sys, me, wishes.quiet, OPENING[1], OPENING[2])
  const count = upgradable(yield* openCache(sys)).length
  me.out.line(
    count === 0
      ? 'All packages are up to date.'
      : count === 1
        ? "1 package can be upgraded. Run 'apt list --upgradable' to see it."
        : `${count} packages can be upgraded. Run 'apt list --upgradable' to see them.`,
  )
}

const pathOf = (source: Source, rest: string): string =>
  `${source.uri.replace(/^file:(\/\/)?/, '')}/dists/${source.suite}/${rest}`

/** A file of a source; there is no way to any but a local one. */
function* fetchText(sys: Sys, source: Source, rest: string): Blocking<string | undefined> {
  if (!source.uri.startsWith('file:')) return undefined
  try {
    return yield* readFile(sys, pathOf(source, rest))
  } catch (e) {
    if (e instanceof Errno) return undefined
    throw e
  }
}

// ---- install and remove

/** What one run will do. */
interface Plan {
  readonly requested: readonly string[]
  readonly install: readonly string[]
  readonly reinstall: readonly string[]
  readonly remove: readonly string[]
  readonly purge: boolean
}

const NOTE = `NOTE: This is only a simulation!
      apt-get needs root privileges for real execution.
      Keep also in mind that locking is deactivated,
      so don't depend on the relevance to the real current situation!
`

function* begin(sys: Sys, me: Process, wishes: Wishes): Blocking<Cache> {
  if (!wishes.simulate) yield* lockPackages(sys)
  else if (sys.geteuid() !== 0 && wishes.quiet < 2) me.out.print(NOTE)
  announce(sys, me, wishes.quiet, ...OPENING)
  yield* sys.burn(5e6)
  return yield* openCache(sys)
}

/** The operands: `name`, `name=version`, `name/suite`, `name:arch`, `name-` and patterns. */
function resolve(cache: Cache, names: readonly string[]): string[] {
  const errors: string[] = []
  const known = new Set([...cache.installed, ...cache.offers.map(it => it.stanza)].map(nameOf))
  const found = names.flatMap(given => {
    const name = given.replace(/[=/].*$/, '').replace(/:amd64$/, '')
    if (known.has(name)) return [name]
    const matches = /[*?^$]/.test(name) ? [...known].filter(it => fnmatch(name, it)) : []
    if (!matches.length) errors.push(`Unable to locate package ${name}`)
    return matches
  })
  if (errors.length) throw new AptError(...errors)
  return [...new Set(found)]
}

export function* installPackages(
  sys: Sys,
  me: Process,
  wishes: Wishes,
  args: readonly string[],
): Blocking<number> {
  const cache = yield* begin(sys, me, wishes)
  const names = resolve(
    cache,
    args.filter(it => !it.endsWith('.deb')),
  )
  yield* checkVersions(me, cache, args)
  const wanted: string[] = []
  const again: string[] = []
  for (const name of names) {
    const it = findInstalled(cache, name)
    const offer = findOffer(cache, name)
    const isNewer = it && offer && compareVersions(field(offer.stanza, 'Version'), field(it, 'Version')) > 0
    if (!it || isNewer) wanted.push(name)
    else if (!wishes.reinstall) {
      if (wishes.quiet < 2) me.out.line(`${name} is already the newest version (${field(it, 'Version')}).`)
    } else if (offer) again.push(name)
    else if (wishes.quiet < 2)
      me.out.line(`Reinstallation of ${name} is not possible, it cannot be downloaded.`)
  }
  const all: string[] = []
  try {
    for (const name of wanted) closure(cache, name, all)
  } catch (e) {
    if (!(e instanceof UnmetDependency)) throw e
    me.out.print(`${UNMET} ${e.name} : Depends: ${e.wanted} but it is not installable\n`)
    throw new AptError('Unable to correct problems, you have held broken packages.')
  }
  return yield* carryOut(sys, me, wishes, cache, {
    requested: names,
    install: all,
    reinstall: again,
    remove: [],
    purge: false,
  })
}

const UNMET = `Some packages could not be installed. This may mean that you have
requested an impossible situation or if you are using the unstable
distribution that some required packages have not yet been created
or been moved out of Incoming.
The following information may help to resolve the situation:

The following packages have unmet dependencies:
`

/** `name=version` has to be the version there is. */
function* checkVersions(me: Process, cache: Cache, args: readonly string[]): Blocking<void> {
  for (const given of args) {
    const [name, version] = given.split('=')
    if (version === undefined) continue
    const it = findOffer(cache, name!)?.stanza ?? findInstalled(cache, name!)
    if (!it || field(it, 'Version') === version) continue
    if (!findOffer(cache, name!))
      me.out.print(
        `Package ${name} is not available, but is referred to by another package.\nThis may mean that the package is missing, has been obsoleted, or\nis only available from another source\n\n`,
      )
    yield* me.out.flush()
    throw new AptError(`Version '${version}' for '${name}' was not found`)
  }
}

export function* removePackages(
  sys: Sys,
  me: Process,
  wishes: Wishes,
  args: readonly string[],
): Blocking<number> {
  const cache = yield* begin(sys, me, wishes)
  const names = resolve(cache, args)
  const there = names.filter(name => findInstalled(cache, name))
  for (const name of names)
    if (!there.includes(name) && wishes.quiet < 2)
      me.out.line(`Package '${name}' is not installed, so not removed`)
  const gone = there.length ? dependents(cache, there) : []
  refuseBreaking(me, cache, there, gone)
  const more = wishes.autoremove ? unneeded(cache, new Set(gone)) : []
  const plan = {
    requested: names,
    install: [],
    reinstall: [],
    remove: [...gone, ...more],
    purge: wishes.purge,
  }
  return yield* carryOut(sys, me, wishes, cache, plan)
}

/** What is essential goes only when it is named itself. */
function refuseBreaking(me: Process, cache: Cache, named: readonly string[], gone: readonly string[]): void {
  const broken = gone.filter(
    name => !named.includes(name) && field(findInstalled(cache, name)!, 'Essential') === 'yes',
  )
  if (!broken.length) return
  me.out.print(UNMET)
  for (const name of broken.sort()) {
    const it = findInstalled(cache, name)!
    const wanted = dependencies(it)
      .flat()
      .find(one => gone.includes(one.name))
    const kind = field(it, 'Pre-Depends').includes(wanted!.text) ? 'PreDepends' : 'Depends'
    me.out.line(` ${name} : ${kind}: ${wanted!.text} but it is not going to be installed`)
  }
  throw new AptError(
    'Error, pkgProblemResolver::Resolve generated breaks, this may be caused by held packages.',
  )
}

export function* autoremove(
  sys: Sys,
  me: Process,
  wishes: Wishes,
  args: readonly string[],
): Blocking<number> {
  if (args.length) return yield* removePackages(sys, me, { ...wishes, autoremove: true }, args)
  const cache = yield* begin(sys, me, wishes)
  const gone = unneeded(cache, new Set())
  return yield* carryOut(sys, me, wishes, cache, {
    requested: gone,
    install: [],
    reinstall: [],
    remove: gone,
    purge: wishes.purge,
  })
}

export function* upgrade(sys: Sys, me: Process, wishes: Wishes): Blocking<number> {
  const cache = yield* begin(sys, me, wishes)
  announce(sys, me, wishes.quiet, 'Calculating upgrade')
  const names = upgradable(cache).map(nameOf)
  return yield* carryOut(sys, me, wishes, cache, {
    requested: names,
    install: names,
    reinstall: [],
    remove: [],
    purge: false,
  })
}

/** Names below a heading, as many a line as fit. */
function paragraph(sys: Sys, me: Process, title: string, names: readonly string[]): void {
  if (!names.length) return
  const width = (sys.isatty(1) ? sys.tiocgwinsz(1).cols : Number(me.env.get('COLUMNS'))) || 80
  me.out.line(title)
  let line = ' '
  for (const name of [...names].sort()) {
    if (line.length > 1 && line.length + 1 + name.length > width - 1) {
      me.out.line(line)
      line = ' '
    }
    line += ` ${name}`
  }
  me.out.line(line)
}

function* carryOut(sys: Sys, me: Process, wishes: Wishes, cache: Cache, plan: Plan): Blocking<number> {
  const isQuiet = wishes.quiet > 1
  const fresh = plan.install.filter(name => !findInstalled(cache, name))
  const extra = plan.install.filter(name => !plan.requested.includes(name))
  const offers = [...plan.install, ...plan.reinstall].map(name => findOffer(cache, name)!)
  if (!isQuiet) describe(sys, me, cache, plan, fresh, extra)
  const count = plan.install.length + plan.reinstall.length + plan.remove.length
  if (!count) return 0
  if (wishes.simulate) return simulate(me, cache, plan, offers)
  const essential = plan.remove.filter(name => field(findInstalled(cache, name)!, 'Essential') === 'yes')
  if (essential.length && wishes.yes && !wishes.allowRemoveEssential)
    throw new AptError('Essential packages were removed and -y was used without --allow-remove-essential.')
  if (!isQuiet) describeSizes(me, cache, plan, offers)
  if (essential.length && !wishes.allowRemoveEssential) yield* guardEssential(sys, me)
  else if (!wishes.yes && (plan.remove.length || extra.length) && !(yield* confirmed(sys, me))) return 1
  for (const [i, { stanza, source }] of offers.entries())
    if (!isQuiet)
      me.out.line(
        `Get:${i + 1} ${source.uri} ${source.suite}/${source.component} amd64 ${nameOf(stanza)} ${field(stanza, 'Architecture')} ${field(stanza, 'Version')} [${sizeText(Number(field(stanza, 'Size')))}]`,
      )
  yield* me.out.flush()
  if (wishes.downloadOnly) {
    me.out.line('Download complete and in download only mode')
    return 0
  }
  const run = yield* startRun(sys, { ...me, warn: (text, errno) => dpkgWarn(sys, me, text, errno) }, true)
  if (plan.remove.length) yield* remove(run, plan.remove, plan.purge ? 'purge' : 'remove', true)
  if (offers.length) yield* install(run, offers.map(archivePath))
  for (const name of plan.remove) cache.automatic.delete(name)
  for (const name of extra) cache.automatic.add(name)
  for (const name of plan.requested) if (plan.install.includes(name)) cache.automatic.delete(name)
  yield* writeAutomatic(sys, cache.automatic)
  if ((yield* finish(run)) === 0) return 0
  throw new AptError('Sub-process /usr/bin/dpkg returned an error code (1)')
}

/** dpkg's complaints are dpkg's, whoever started it. */
function* dpkgWarn(sys: Sys, me: Process, text: string, errno?: unknown): Blocking<void> {
  yield* me.out.flush()
  yield* sys.write(2, `dpkg: ${text}${errno instanceof Errno ? `: ${errno.message}` : ''}\n`)
}

const archivePath = ({ stanza, source }: Offer): string =>
  `${source.uri.replace(/^file:(\/\/)?/, '')}/${field(stanza, 'Filename')}`

function describe(
  sys: Sys,
  me: Process,
  cache: Cache,
  plan: Plan,
  fresh: readonly string[],
  extra: readonly string[],
): void {
  if (plan.remove.length) {
    const left = unneeded(cache, new Set(plan.remove))
    const one = left.length === 1
    paragraph(
      sys,
      me,
      one
        ? 'The following package was automatically installed and is no longer required:'
        : 'The following packages were automatically installed and are no longer required:',
      left,
    )
    if (left.length) me.out.line(`Use 'apt autoremove' to remove ${one ? 'it' : 'them'}.`)
  }
  paragraph(sys, me, 'The following additional packages will be installed:', extra)
  paragraph(
    sys,
    me,
    'The following packages will be REMOVED:',
    plan.remove.map(name => (plan.purge ? `${name}*` : name)),
  )
  paragraph(sys, me, 'The following NEW packages will be installed:', fresh)
  const upgrades = plan.install.length - fresh.length
  const notUpgraded = upgradable(cache).filter(it => !plan.install.includes(nameOf(it))).length
  const essential = plan.remove.filter(name => field(findInstalled(cache, name)!, 'Essential') === 'yes')
  paragraph(
    sys,
    me,
    'WARNING: The following essential packages will be removed.\nThis should NOT be done unless you know exactly what you are doing!',
    essential,
  )
  const again = plan.reinstall.length ? `${plan.reinstall.length} reinstalled, ` : ''
  me.out.line(
    `${upgrades} upgraded, ${fresh.length} newly installed, ${again}${plan.remove.length} to remove and ${notUpgraded} not upgraded.`,
  )
}

function describeSizes(me: Process, cache: Cache, plan: Plan, offers: readonly Offer[]): void {
  const sum = (all: readonly Stanza[], name: string): number =>
    all.reduce((total, it) => total + Number(field(it, name) || 0), 0)
  if (offers.length)
    me.out.line(
      `Need to get 0 B/${sizeText(
        sum(
          offers.map(it => it.stanza),
          'Size',
        ),
      )} of archives.`,
    )
  const removed = sum(
    plan.remove.map(name => findInstalled(cache, name)!),
    'Installed-Size',
  )
  const added = sum(
    plan.install.map(name => findOffer(cache, name)!.stanza),
    'Installed-Size',
  )
  const more = (added - removed) * 1024
  me.out.line(
    more >= 0
      ? `After this operation, ${sizeText(more)} of additional disk space will be used.`
      : `After this operation, ${sizeText(more)} disk space will be freed.`,
  )
}

function* confirmed(sys: Sys, me: Process): Blocking<boolean> {
  me.out.print('Do you want to continue? [Y/n] ')
  yield* me.out.flush()
  const answer = yield* readAnswer(sys)
  if (answer !== undefined && /^(y.*)?$/i.test(answer)) return true
  me.out.line('Abort.')
  return false
}

/** What the host cannot do without goes only after a whole sentence. */
function* guardEssential(sys: Sys, me: Process): Blocking<void> {
  const sentence = 'Yes, do as I say!'
  me.out.print(
    `You are about to do something potentially harmful.\nTo continue type in the phrase '${sentence}'\n ?] `,
  )
  yield* me.out.flush()
  if ((yield* readAnswer(sys)) === sentence) return
  me.out.line('Abort.')
  yield* me.out.flush()
  throw new AptError()
}

function simulate(me: Process, cache: Cache, plan: Plan, offers: readonly Offer[]): number {
  const origin = 'Debian:12.15/stable [amd64]'
  for (const name of plan.remove)
    me.out.line(`${plan.purge ? 'Purg' : 'Remv'} ${name} [${field(findInstalled(cache, name)!, 'Version')}]`)
  for (const step of ['Inst', 'Conf'])
    for (const { stanza } of offers)
      me.out.line(`${step} ${nameOf(stanza)} (${field(stanza, 'Version')} ${origin})`)
  return 0
}
