/**
 * apt-get - APT package handling utility
 * Linux: apt 2.6 cmdline/apt-get.cc; apt-get(8).
 *
 * Left out: source packages, build-dep, changelog, satisfy, networks: the only source is a mirror on the disk.
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { announce, AptError, LISTS, lockDirectory, OPENING } from '../lib/apt.ts'
import { change } from '../lib/apt-change.ts'
import { type Parsed, parse, reporting } from '../lib/apt-options.ts'
import { command, type Process } from '../lib/command.ts'

const HELP = `apt 2.6.1 (amd64)
Usage: apt-get [options] command
       apt-get [options] install|remove pkg1 [pkg2 ...]
       apt-get [options] source pkg1 [pkg2 ...]

apt-get is a command line interface for retrieval of packages
and information about them from authenticated sources and
for installation, upgrade and removal of packages together
with their dependencies.

Most used commands:
  update - Retrieve new lists of packages
  upgrade - Perform an upgrade
  install - Install new packages (pkg is libc6 not libc6.deb)
  reinstall - Reinstall packages (pkg is libc6 not libc6.deb)
  remove - Remove packages
  purge - Remove packages and config files
  autoremove - Remove automatically all unused packages
  dist-upgrade - Distribution upgrade, see apt-get(8)
  dselect-upgrade - Follow dselect selections
  build-dep - Configure build-dependencies for source packages
  satisfy - Satisfy dependency strings
  clean - Erase downloaded archive files
  autoclean - Erase old downloaded archive files
  check - Verify that there are no broken dependencies
  source - Download source archives
  download - Download the binary package into the current directory
  changelog - Download and display the changelog for the given package

See apt-get(8) for more information about the available commands.
Configuration options and syntax is detailed in apt.conf(5).
Information about how to configure sources can be found in sources.list(5).
Package and version choices can be expressed via apt_preferences(5).
Security details are available in apt-secure(8).
                                        This APT has Super Cow Powers.
`
const VERSION = `apt 2.6.1 (amd64)
Supported modules:
*Ver: Standard .deb
*Pkg:  Debian dpkg interface (Priority 30)
 Pkg:  Debian APT solver interface (Priority -1000)
 Pkg:  Debian APT planner interface (Priority -1000)
 S.L: 'deb' Debian binary tree
 S.L: 'deb-src' Debian source tree
 Idx: Debian Source Index
 Idx: Debian Package Index
 Idx: Debian Translation Index
 Idx: Debian dpkg status file
 Idx: Debian deb file
 Idx: Debian dsc file
 Idx: Debian control file
 Idx: EDSP scenario file
 Idx: EIPP scenario file
`

export default command({
  name: 'apt-get',
  summary: 'APT package handling utility',
  suite: 'other',
  usage: 'apt-get [options] command',
  raw: true,

  *main(sys, _flags, args, me) {
    return yield* reporting(sys, me, function* () {
      const parsed = parse(args, false)
      if (parsed.given.has('version')) me.out.print(VERSION)
      else if (parsed.given.has('help') || !parsed.command) me.out.print(HELP)
      else return yield* perform(sys, me, parsed)
      return parsed.given.size ? 0 : 1
    })
  },
})

function* perform(sys: Sys, me: Process, parsed: Parsed): Blocking<number> {
  const changed = yield* change(sys, me, parsed)
  if (changed !== undefined) return changed
  const { command, wishes } = parsed
  switch (command) {
    case 'check':
      announce(sys, me, wishes.quiet, ...OPENING)
      return 0
    case 'clean':
    case 'autoclean':
      return yield* clean(sys)
    case 'help':
      me.out.print(HELP)
      return 0
    case 'moo':
      me.out.print(MOO)
      return 0
  }
  throw new AptError(`Invalid operation ${command}`)
}

const MOO = '...There are no Easter Eggs in this program.\n'

/** Nothing is kept in the archive directory, but it takes root to find out. */
function* clean(sys: Sys): Blocking<number> {
  const refused = [
    ...(yield* lockDirectory(sys, '/var/cache/apt/archives/')),
    ...(yield* lockDirectory(sys, `${LISTS}/`)),
  ]
  if (refused.length) throw new AptError(...refused)
  return 0
}
