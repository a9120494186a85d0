/**
 * apt-mark - show, set and unset various settings for a package
 * Linux: apt 2.6 cmdline/apt-mark.cc; apt-mark(8).
 *
 * Left out: minimize-manual, states other than hold.
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { AptError, type Cache, findInstalled, openCache, writeAutomatic } from '../lib/apt.ts'
import { parse, reporting } from '../lib/apt-options.ts'
import { command, type Process } from '../lib/command.ts'
import { field, nameOf, readStanzas, STATUS, writeStatus } from '../lib/dpkg.ts'

const HELP = `apt 2.6.1 (amd64)
Usage: apt-mark [options] {auto|manual} pkg1 [pkg2 ...]

apt-mark is a simple command line interface for marking packages
as manually or automatically installed. It can also be used to
manipulate the dpkg(1) selection states of packages, and to list
all packages with or without a certain marking.

Most used commands:
  auto - Mark the given packages as automatically installed
  manual - Mark the given packages as manually installed
  minimize-manual - Mark all dependencies of meta packages as automatically installed.
  hold - Mark a package as held back
  unhold - Unset a package set as held back
  showauto - Print the list of automatically installed packages
  showmanual - Print the list of manually installed packages
  showhold - Print the list of packages on hold

See apt-mark(8) for more information about the available commands.
Configuration options and syntax is detailed in apt.conf(5).
Information about how to configure sources can be found in sources.list(5).
Package and version choices can be expressed via apt_preferences(5).
Security details are available in apt-secure(8).
`

export default command({
  name: 'apt-mark',
  summary: 'show, set and unset various settings for a package',
  suite: 'other',
  usage: 'apt-mark [options] {auto|manual} pkg1 [pkg2 ...]',
  raw: true,

  *main(sys, _flags, args, me) {
    return yield* reporting(sys, me, function* () {
      const { command, args: names, given } = parse(args, false)
      if (given.has('version')) me.out.line('apt 2.6.1 (amd64)')
      else if (given.has('help') || !command) me.out.print(HELP)
      else return yield* perform(sys, me, command, names)
      return given.size ? 0 : 1
    })
  },
})

function* perform(sys: Sys, me: Process, command: string, names: readonly string[]): Blocking<number> {
  const cache = yield* openCache(sys)
  const isAutomatic = (name: string): boolean => cache.automatic.has(name)
  const shown = (wanted: (name: string) => boolean): number => {
    for (const it of cache.installed)
      if (wanted(nameOf(it)) && (!names.length || names.includes(nameOf(it)))) me.out.line(nameOf(it))
    return 0
  }
  switch (command) {
    case 'showauto':
      return shown(isAutomatic)
    case 'showmanual':
      return shown(name => !isAutomatic(name))
    case 'showhold':
    case 'showholds':
      return shown(name => field(findInstalled(cache, name)!, 'Status').startsWith('hold'))
    case 'auto':
    case 'manual':
      return yield* markAutomatic(sys, me, cache, command, names)
    case 'hold':
    case 'unhold':
      return yield* hold(sys, me, cache, command === 'hold', names)
  }
  throw new AptError(`Invalid operation ${command}`)
}

function checkNames(cache: Cache, names: readonly string[]): void {
  const lost = names.filter(name => !findInstalled(cache, name))
  if (lost.length)
    throw new AptError(...lost.map(name => `Unable to locate package ${name}`), 'No packages found')
}

function* markAutomatic(
  sys: Sys,
  me: Process,
  cache: Cache,
  command: 'auto' | 'manual',
  names: readonly string[],
): Blocking<number> {
  checkNames(cache, names)
  for (const name of names) {
    const isSo = cache.automatic.has(name) === (command === 'auto')
    const kind = command === 'auto' ? 'automatically' : 'manually'
    me.out.line(isSo ? `${name} was already set to ${kind} installed.` : `${name} set to ${kind} installed.`)
    if (command === 'auto') cache.automatic.add(name)
    else cache.automatic.delete(name)
  }
  yield* writeAutomatic(sys, cache.automatic)
  return 0
}

function* hold(
  sys: Sys,
  me: Process,
  cache: Cache,
  isHeld: boolean,
  names: readonly string[],
): Blocking<number> {
  checkNames(cache, names)
  if (sys.geteuid() !== 0) {
    yield* sys.write(
      2,
      'dpkg: error: required read/write access to the dpkg database directory /var/lib/dpkg\n',
    )
    throw new AptError(
      'Sub-process dpkg --set-selections returned an error code (2)',
      'Executing dpkg failed. Are you root?',
    )
  }
  const all = yield* readStanzas(sys, STATUS)
  for (const it of all) {
    if (!names.includes(nameOf(it))) continue
    const was = field(it, 'Status').startsWith('hold')
    if (was === isHeld) me.out.line(`${nameOf(it)} was already ${isHeld ? 'set on hold' : 'not on hold'}.`)
    else me.out.line(isHeld ? `${nameOf(it)} set on hold.` : `Canceled hold on ${nameOf(it)}.`)
    it.set('Status', `${isHeld ? 'hold' : 'install'} ok installed`)
  }
  yield* writeStatus(sys, all)
  return 0
}
