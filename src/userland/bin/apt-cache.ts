/**
 * apt-cache - query the APT cache
 * Linux: apt 2.6 cmdline/apt-cache.cc; apt-cache(8).
 *
 * Left out: showsrc, dump, stats, unmet, dotty.
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { AptError, openCache } from '../lib/apt.ts'
import { type Parsed, parse, reporting } from '../lib/apt-options.ts'
import { depends, known, policy, rdepends, search, show } from '../lib/apt-show.ts'
import { command, type Process } from '../lib/command.ts'
import { nameOf } from '../lib/dpkg.ts'

const HELP = `apt 2.6.1 (amd64)
Usage: apt-cache [options] command
       apt-cache [options] show pkg1 [pkg2 ...]

apt-cache queries and displays available information about installed
and installable packages. It works exclusively on the data acquired
into the local cache via the 'update' command of e.g. apt-get. The
displayed information may therefore be outdated if the last update was
too long ago, but in exchange apt-cache works independently of the
availability of the configured sources (e.g. offline).

Most used commands:
  showsrc - Show source records
  search - Search the package list for a regex pattern
  depends - Show raw dependency information for a package
  rdepends - Show reverse dependency information for a package
  show - Show a readable record for the package
  pkgnames - List the names of all packages in the system
  policy - Show policy settings

See apt-cache(8) for more information about the available commands.
Configuration options and syntax is detailed in apt.conf(5).
Information about how to configure sources can be found in sources.list(5).
Package and version choices can be expressed via apt_preferences(5).
Security details are available in apt-secure(8).
`

export default command({
  name: 'apt-cache',
  summary: 'query the APT cache',
  suite: 'other',
  usage: 'apt-cache [options] command',
  raw: true,

  *main(sys, _flags, args, me) {
    return yield* reporting(sys, me, function* () {
      const parsed = parse(args, false)
      if (parsed.given.has('version')) me.out.line('apt 2.6.1 (amd64)')
      else if (parsed.given.has('help') || !parsed.command) me.out.print(HELP)
      else return yield* perform(sys, me, parsed)
      return parsed.given.size ? 0 : 1
    })
  },
})

function* perform(sys: Sys, me: Process, { command, args, given }: Parsed): Blocking<number> {
  const cache = yield* openCache(sys)
  switch (command) {
    case 'policy':
      return policy(me, cache, args)
    case 'search':
      return search(me, cache, args, given.has('names-only'), false)
    case 'depends':
      return depends(me, cache, args)
    case 'rdepends':
      return rdepends(me, cache, args)
    case 'pkgnames':
      for (const it of known(cache)) if (!args[0] || nameOf(it).startsWith(args[0])) me.out.line(nameOf(it))
      return 0
    case 'show': {
      const errors = show(me, cache, args, false)
      if (!errors.length) return 0
      yield* me.out.flush()
      const isLost = errors.at(-1) === 'No packages found'
      const shown = isLost ? errors.slice(-1) : errors
      yield* sys.write(2, shown.map(text => `${isLost ? 'E' : 'W'}: ${text}\n`).join(''))
      return 100
    }
    case 'help':
      me.out.print(HELP)
      return 0
  }
  throw new AptError(`Invalid operation ${command}`)
}
