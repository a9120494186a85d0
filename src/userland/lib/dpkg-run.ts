/**
 * Installing and removing packages, with what dpkg says meanwhile. apt has its work done here as well.
 * Linux: dpkg 1.21 src/main/{archives,configure,remove,unpack}.c.
 */
import {
  type Blocking,
  CLOCK_REALTIME,
  Errno,
  O_APPEND,
  O_CREAT,
  O_WRONLY,
  type Sys,
} from '../../abi/index.ts'
import type { Process } from './command.ts'
import {
  type Archive,
  countFiles,
  dependencies,
  field,
  isInstalled,
  nameOf,
  qualifiedName,
  readArchive,
  readStanzas,
  removeFiles,
  satisfies,
  STATUS,
  type Stanza,
  unpackFiles,
  writeStatus,
} from './dpkg.ts'
import { localtime, strftime } from './time.ts'

/** One run of dpkg: what it has said, what it has yet to do. */
export interface Run {
  readonly sys: Sys
  readonly me: Process
  /** Show how far the database has been read, as on a terminal. */
  readonly progress: boolean
  readonly all: Stanza[]
  readonly failed: string[]
  hasRead: boolean
}

export function* startRun(sys: Sys, me: Process, progress: boolean): Blocking<Run> {
  return { sys, me, progress, all: yield* readStanzas(sys, STATUS), failed: [], hasRead: false }
}

/** "Reading database", once a run. */
function* readDatabase(run: Run): Blocking<void> {
  if (run.hasRead) return
  run.hasRead = true
  run.me.out.print('(Reading database ... ')
  for (let percent = 5; percent <= 100 && run.progress; percent += 5)
    run.me.out.print(`\r(Reading database ... ${percent}%`)
  if (run.progress) run.me.out.print('\r(Reading database ... ')
  run.me.out.line(`${yield* countFiles(run.sys)} files and directories currently installed.)`)
}

/** A long path is shown from as far behind as fits. */
export function shortened(path: string): string {
  let rest = path
  while (rest.length > 30 && rest.includes('/')) rest = rest.slice(rest.indexOf('/') + 1)
  return rest === path ? path : `.../${rest}`
}

const find = (run: Run, name: string): Stanza | undefined => run.all.find(it => nameOf(it) === name)

/** Unpack archives, then set up what was unpacked. */
export function* install(run: Run, paths: readonly string[]): Blocking<void> {
  const { sys, me } = run
  const unpacked: Stanza[] = []
  for (const path of paths) {
    const archive = yield* openArchive(run, path)
    if (!archive) continue
    const { control } = archive
    const old = find(run, nameOf(control))
    const name = qualifiedName(control)
    const version = field(control, 'Version')
    if (!old || !isInstalled(old)) me.out.line(`Selecting previously unselected package ${name}.`)
    yield* readDatabase(run)
    me.out.line(`Preparing to unpack ${shortened(path)} ...`)
    const over = old && isInstalled(old) ? ` over (${field(old, 'Version')})` : ''
    me.out.line(`Unpacking ${name} (${version})${over} ...`)
    yield* me.out.flush()
    yield* sys.burn(2e6)
    if (old && isInstalled(old)) yield* removeFiles(sys, old)
    yield* unpackFiles(sys, archive)
    yield* log(
      sys,
      `${old ? 'upgrade' : 'install'} ${nameOf(control)}:${field(control, 'Architecture')} <none> ${version}`,
    )
    unpacked.push(register(run, control, 'unpacked'))
  }
  for (const it of unpacked) yield* configure(run, it)
  yield* writeStatus(sys, run.all)
}

function* openArchive(run: Run, path: string): Blocking<Archive | undefined> {
  let archive: Archive | undefined
  try {
    archive = yield* readArchive(run.sys, path)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* run.me.out.flush()
    yield* run.me.warn(`error: cannot access archive '${path}': ${e.message}`)
    run.failed.push(path)
    return undefined
  }
  if (archive) return archive
  yield* run.me.out.flush()
  yield* run.sys.write(2, `dpkg-deb: error: '${path}' is not a Debian format archive\n`)
  yield* run.me.warn(
    `error processing archive ${path} (--install):\n dpkg-deb --control subprocess returned error exit status 2`,
  )
  run.failed.push(path)
  return undefined
}

/** The stanza of a package with another state; the status comes third, as dpkg writes it. */
function register(run: Run, control: Stanza, state: string): Stanza {
  const fields: Stanza = new Map()
  for (const name of ['Package', 'Essential']) if (control.has(name)) fields.set(name, field(control, name))
  fields.set('Status', `install ok ${state}`)
  for (const [name, value] of control) if (!fields.has(name)) fields.set(name, value)
  const at = run.all.findIndex(it => nameOf(it) === nameOf(control))
  if (at < 0) run.all.push(fields)
  else run.all[at] = fields
  return fields
}

export function* configure(run: Run, it: Stanza): Blocking<void> {
  const { me } = run
  const missing = dependencies(it).filter(
    alternatives =>
      !alternatives.some(wanted => run.all.some(other => isPresent(other) && satisfies(other, wanted))),
  )
  if (missing.length) {
    yield* me.out.flush()
    const lines = missing.map(alternatives => {
      const text = alternatives.map(one => one.text).join(' | ')
      return ` ${nameOf(it)} depends on ${text}; however:\n  Package ${alternatives[0]!.name} is not installed.\n`
    })
    yield* me.warn(`dependency problems prevent configuration of ${nameOf(it)}:\n${lines.join('')}`)
    yield* me.warn(
      `error processing package ${nameOf(it)} (--install):\n dependency problems - leaving unconfigured`,
    )
    run.failed.push(nameOf(it))
    return
  }
  me.out.line(`Setting up ${qualifiedName(it)} (${field(it, 'Version')}) ...`)
  yield* me.out.flush()
  yield* run.sys.burn(1e6)
  it.set('Status', 'install ok installed')
}

const isPresent = (it: Stanza): boolean => / (installed|unpacked)$/.test(field(it, 'Status'))

/** Remove packages that nothing else needs. `others` go with them. */
export function* remove(
  run: Run,
  names: readonly string[],
  how: 'remove' | 'purge',
  isForced = false,
): Blocking<void> {
  const { sys, me } = run
  for (const name of names) {
    const it = find(run, name)
    if (!it || !isPresent(it)) {
      yield* me.warn(`warning: ignoring request to remove ${name} which isn't installed`)
      continue
    }
    const users = run.all.filter(
      other => isInstalled(other) && !names.includes(nameOf(other)) && needs(run, other, it),
    )
    const isEssential = field(it, 'Essential') === 'yes'
    if (isForced && isEssential) {
      yield* me.warn('warning: overriding problem because --force enabled:')
      yield* me.warn('warning: this is an essential package; it should not be removed')
    } else if (users.length || isEssential) {
      yield* refuse(run, it, users, how)
      continue
    }
    yield* readDatabase(run)
    me.out.line(`Removing ${qualifiedName(it)} (${field(it, 'Version')}) ...`)
    yield* me.out.flush()
    yield* sys.burn(2e6)
    yield* removeFiles(sys, it)
    yield* log(sys, `${how} ${name}:${field(it, 'Architecture')} ${field(it, 'Version')} <none>`)
    run.all.splice(run.all.indexOf(it), 1)
  }
  yield* writeStatus(sys, run.all)
}

/** Whether a dependency of `other` is fulfilled by this package alone. */
export const needs = (run: { all: readonly Stanza[] }, other: Stanza, it: Stanza): boolean =>
  dependencies(other).some(
    alternatives =>
      alternatives.some(wanted => satisfies(it, wanted)) &&
      !run.all.some(
        third => third !== it && isInstalled(third) && alternatives.some(wanted => satisfies(third, wanted)),
      ),
  )

function* refuse(run: Run, it: Stanza, users: readonly Stanza[], how: string): Blocking<void> {
  const name = nameOf(it)
  const shown = qualifiedName(it)
  run.failed.push(shown)
  yield* run.me.out.flush()
  if (field(it, 'Essential') === 'yes') {
    yield* run.me.warn(
      `error processing package ${name} (--${how}):\n this is an essential package; it should not be removed`,
    )
    return
  }
  const lines = [...users].reverse().map(user => {
    const wanted = dependencies(user)
      .flat()
      .find(one => one.name === name)
    return ` ${qualifiedName(user)} depends on ${wanted?.text ?? name}.\n`
  })
  yield* run.me.warn(`dependency problems prevent removal of ${shown}:\n${lines.join('')}`)
  yield* run.me.warn(`error processing package ${shown} (--${how}):\n dependency problems - not removing`)
}

/** /var/log/dpkg.log */
function* log(sys: Sys, text: string): Blocking<void> {
  try {
    const fd = yield* sys.open('/var/log/dpkg.log', O_WRONLY | O_APPEND | O_CREAT, 0o644)
    yield* sys.write(
      fd,
      `${strftime('%Y-%m-%d %H:%M:%S', localtime(sys.clock_gettime(CLOCK_REALTIME)))} ${text}\n`,
    )
    sys.close(fd)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
  }
}

/** What dpkg says last when something went wrong. */
export function* finish(run: Run): Blocking<number> {
  if (!run.failed.length) return 0
  yield* run.me.out.flush()
  yield* run.sys.write(
    2,
    `Errors were encountered while processing:\n${run.failed.map(it => ` ${it}\n`).join('')}`,
  )
  return 1
}
