/**
 * apt - command-line interface
 * Linux: apt 2.6 cmdline/apt.cc; apt(8).
 *
 * Left out: edit-sources, satisfy, the progress bar; what apt-get leaves out.
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { announce, AptError, openCache } from '../lib/apt.ts'
import { change } from '../lib/apt-change.ts'
import { type Parsed, parse, reporting } from '../lib/apt-options.ts'
import { isScript, list, policy, search, show, UNSTABLE } from '../lib/apt-show.ts'
import { command, type Process } from '../lib/command.ts'

const HELP = `apt 2.6.1 (amd64)
Usage: apt [options] command

apt is a commandline package manager and provides commands for
searching and managing as well as querying information about packages.
It provides the same functionality as the specialized APT tools,
like apt-get and apt-cache, but enables options more suitable for
interactive use by default.

Most used commands:
  list - list packages based on package names
  search - search in package descriptions
  show - show package details
  install - install packages
  reinstall - reinstall packages
  remove - remove packages
  autoremove - automatically remove all unused packages
  update - update list of available packages
  upgrade - upgrade the system by installing/upgrading packages
  full-upgrade - upgrade the system by removing/installing/upgrading packages
  edit-sources - edit the source information file
  satisfy - satisfy dependency strings

See apt(8) for more information about the available commands.
Configuration options and syntax is detailed in apt.conf(5).
Information about how to configure sources can be found in sources.list(5).
Package and version choices can be expressed via apt_preferences(5).
Security details are available in apt-secure(8).
                                        This APT has Super Cow Powers.
`
const VERSION = `apt 2.6.1 (amd64)
`

export default command({
  name: 'apt',
  summary: 'command-line interface to the package manager',
  suite: 'other',
  usage: 'apt [options] command',
  raw: true,

  *main(sys, _flags, args, me) {
    return yield* reporting(sys, me, function* () {
      const parsed = parse(args, true)
      if (parsed.given.has('version')) me.out.print(VERSION)
      else if (parsed.given.has('help') || !parsed.command || parsed.command === 'help') me.out.print(HELP)
      else {
        if (isScript(sys) && parsed.wishes.quiet < 2) yield* sys.write(2, UNSTABLE)
        return yield* perform(sys, me, parsed)
      }
      return parsed.given.size || parsed.command ? 0 : 1
    })
  },
})

function* perform(sys: Sys, me: Process, parsed: Parsed): Blocking<number> {
  const changed = yield* change(sys, me, parsed)
  if (changed !== undefined) return changed
  const { command, args, wishes, given } = parsed
  switch (command) {
    case 'list': {
      const only = {
        installed: given.has('installed'),
        upgradable: given.has('upgradable') || given.has('upgradeable'),
        manual: given.has('manual-installed'),
      }
      return list(me, yield* openCache(sys), args, only, wishes.quiet)
    }
    case 'search':
      return search(me, yield* openCache(sys), args, given.has('names-only'), true)
    case 'policy':
      return policy(me, yield* openCache(sys), args)
    case 'show':
      return yield* showAll(sys, me, args)
    case 'moo':
      announce(sys, me, 2)
      me.out.line('...There are no Easter Eggs in this program.')
      return 0
  }
  throw new AptError(`Invalid operation ${command}`)
}

function* showAll(sys: Sys, me: Process, args: readonly string[]): Blocking<number> {
  const errors = show(me, yield* openCache(sys), args, true)
  if (!errors.length) return 0
  yield* me.out.flush()
  const isLost = errors.at(-1) === 'No packages found'
  const shown = isLost ? errors.slice(-1) : errors
  yield* sys.write(2, shown.map(text => `${isLost ? 'E' : 'W'}: ${text}\n`).join(''))
  return 100
}
