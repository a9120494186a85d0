/**
 * dpkg-query - a tool to query the dpkg database
 * Linux: dpkg 1.21 src/query/main.c; dpkg-query(1).
 *
 * Left out: --control-list, --control-show, --control-path, other roots.
 */
import { command } from '../lib/command.ts'
import { list, listFiles, search, show, showAvailable, showStatus } from '../lib/dpkg-query.ts'

const HELP = `Usage: dpkg-query [<option>...] <command>

Commands:
  -s, --status [<package>...]      Display package status details.
  -p, --print-avail [<package>...] Display available version details.
  -L, --listfiles <package>...     List files 'owned' by package(s).
  -l, --list [<pattern>...]        List packages concisely.
  -W, --show [<pattern>...]        Show information on package(s).
  -S, --search <pattern>...        Find package(s) owning file(s).
      --control-list <package>     Print the package control file list.
      --control-show <package> <file>
                                   Show the package control file.
  -c, --control-path <package> [<file>]
                                   Print path for package control file.

  -?, --help                       Show this help message.
      --version                    Show the version.

Options:
  --admindir=<directory>           Use <directory> instead of /var/lib/dpkg.
  --root=<directory>               Use <directory> instead of /.
  --load-avail                     Use available file on --show and --list.
  --no-pager                       Disables the use of any pager.
  -f|--showformat=<format>         Use alternative format for --show.

Format syntax:
  A format is a string that will be output for each package. The format
  can include the standard escape sequences \\n (newline), \\r (carriage
  return) or \\\\ (plain backslash). Package information can be included
  by inserting variable references to package fields using the \${var[;width]}
  syntax. Fields will be right-aligned unless the width is negative in which
  case left alignment will be used.
`
const HINT = '\nUse --help for help about querying packages.\n'
const WRONG = 2
const LETTERS: Readonly<Record<string, string>> = {
  s: 'status',
  p: 'print-avail',
  L: 'listfiles',
  l: 'list',
  W: 'show',
  S: 'search',
  '?': 'help',
}
const ACTIONS = new Set([...Object.values(LETTERS), 'version'])

export default command({
  name: 'dpkg-query',
  summary: 'a tool to query the dpkg database',
  suite: 'other',
  usage: 'dpkg-query [<option>...] <command>',
  raw: true,

  *main(sys, _flags, args, me) {
    let action = ''
    let format: string | undefined
    const operands: string[] = []
    for (let i = 0; i < args.length; i++) {
      const arg = args[i]!
      const value = /^(?:-f=?|--showformat=)(.*)$/s.exec(arg)
      if (value) format = value[1] || (arg === '-f' ? args[++i] : '')
      else if (arg === '--no-pager' || arg === '--load-avail') continue
      else if (!arg.startsWith('-')) operands.push(arg)
      else {
        const name = arg.startsWith('--') ? arg.slice(2) : (LETTERS[arg.slice(1, 2)] ?? arg)
        if (!ACTIONS.has(name)) {
          yield* sys.write(2, `dpkg-query: error: unknown option ${arg}\n${HINT}`)
          return WRONG
        }
        action = name
        if (!arg.startsWith('--') && arg.length > 2) operands.push(arg.slice(2))
      }
    }
    switch (action) {
      case 'help':
        me.out.print(HELP)
        return 0
      case 'version':
        me.out.print(
          "Debian 'dpkg-query' package management program query tool version 1.21.23 (amd64).\nThis is free software; see the GNU General Public License version 2 or\nlater for copying conditions. There is NO warranty.\n",
        )
        return 0
      case 'status':
        return yield* showStatus(sys, me, operands)
      case 'print-avail':
        return yield* showAvailable(sys, operands)
      case 'list':
        return yield* list(sys, me, operands)
      case 'show':
        return yield* show(sys, me, operands, format)
      case 'listfiles':
      case 'search': {
        const what =
          action === 'search'
            ? '--search needs at least one file name pattern argument'
            : '--listfiles needs at least one package name argument'
        if (operands.length) return yield* (action === 'search' ? search : listFiles)(sys, me, operands)
        yield* sys.write(2, `dpkg-query: error: ${what}\n${HINT}`)
        return WRONG
      }
    }
    yield* sys.write(2, `dpkg-query: error: need an action option\n${HINT}`)
    return WRONG
  },
})
