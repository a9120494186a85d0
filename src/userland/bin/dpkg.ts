/**
 * dpkg - package manager for Debian
 * Linux: dpkg 1.21 src/main/main.c; dpkg(1).
 *
 * Left out: building packages, --set-selections, --force-THING, other roots.
 */
import { type Blocking, Errno, type Sys } from '../../abi/index.ts'
import { command, type Process, readFile } from '../lib/command.ts'
import { field, nameOf, readArchive, versionHolds } from '../lib/dpkg.ts'
import { list, listFiles, search, selections, showAvailable, showStatus, verify } from '../lib/dpkg-query.ts'
import { configure, finish, install, remove, type Run, startRun } from '../lib/dpkg-run.ts'

const HELP = `Usage: dpkg [<option>...] <command>

Commands:
  -i|--install       <.deb file name>... | -R|--recursive <directory>...
  --unpack           <.deb file name>... | -R|--recursive <directory>...
  -A|--record-avail  <.deb file name>... | -R|--recursive <directory>...
  --configure        <package>... | -a|--pending
  --triggers-only    <package>... | -a|--pending
  -r|--remove        <package>... | -a|--pending
  -P|--purge         <package>... | -a|--pending
  -V|--verify [<package>...]       Verify the integrity of package(s).
  --get-selections [<pattern>...]  Get list of selections to stdout.
  --set-selections                 Set package selections from stdin.
  --clear-selections               Deselect every non-essential package.
  --update-avail [<Packages-file>] Replace available packages info.
  --merge-avail [<Packages-file>]  Merge with info from file.
  --clear-avail                    Erase existing available info.
  --forget-old-unavail             Forget uninstalled unavailable pkgs.
  -s|--status [<package>...]       Display package status details.
  -p|--print-avail [<package>...]  Display available version details.
  -L|--listfiles <package>...      List files 'owned' by package(s).
  -l|--list [<pattern>...]         List packages concisely.
  -S|--search <pattern>...         Find package(s) owning file(s).
  -C|--audit [<package>...]        Check for broken package(s).
  --yet-to-unpack                  Print packages selected for installation.
  --predep-package                 Print pre-dependencies to unpack.
  --add-architecture <arch>        Add <arch> to the list of architectures.
  --remove-architecture <arch>     Remove <arch> from the list of architectures.
  --print-architecture             Print dpkg architecture.
  --print-foreign-architectures    Print allowed foreign architectures.
  --assert-help                    Show help on assertions.
  --assert-<feature>               Assert support for the specified feature.
  --validate-<thing> <string>      Validate a <thing>'s <string>.
  --compare-versions <a> <op> <b>  Compare version numbers - see below.
  --force-help                     Show help on forcing.
  -Dh|--debug=help                 Show help on debugging.

  -?, --help                       Show this help message.
      --version                    Show the version.

Validatable things: pkgname, archname, trigname, version.

Use dpkg with -b, --build, -c, --contents, -e, --control, -I, --info,
  -f, --field, -x, --extract, -X, --vextract, --ctrl-tarfile, --fsys-tarfile
on archives (type dpkg-deb --help).

Options:
  --admindir=<directory>     Use <directory> instead of /var/lib/dpkg.
  --root=<directory>         Install on a different root directory.
  --instdir=<directory>      Change installation dir without changing admin dir.
  --pre-invoke=<command>     Set a pre-invoke hook.
  --post-invoke=<command>    Set a post-invoke hook.
  --path-exclude=<pattern>   Do not install paths which match a shell pattern.
  --path-include=<pattern>   Re-include a pattern after a previous exclusion.
  -O|--selected-only         Skip packages not selected for install/upgrade.
  -E|--skip-same-version     Skip packages with same installed version/arch.
  -G|--refuse-downgrade      Skip packages with earlier version than installed.
  -B|--auto-deconfigure      Install even if it would break some other package.
  --[no-]triggers            Skip or force consequential trigger processing.
  --verify-format=<format>   Verify output format (supported: 'rpm').
  --no-pager                 Disables the use of any pager.
  --no-debsig                Do not try to verify package signatures.
  --no-act|--dry-run|--simulate
                             Just say what we would do - don't do it.
  -D|--debug=<octal>         Enable debugging (see -Dhelp or --debug=help).
  --status-fd <n>            Send status change updates to file descriptor <n>.
  --status-logger=<command>  Send status change updates to <command>'s stdin.
  --log=<filename>           Log status changes and actions to <filename>.
  --ignore-depends=<package>[,...]
                             Ignore dependencies involving <package>.
  --force-<thing>[,...]      Override problems (see --force-help).
  --no-force-<thing>[,...]   Stop when problems encountered.
  --refuse-<thing>[,...]     Ditto.
  --abort-after <n>          Abort after encountering <n> errors.
  --robot                    Use machine-readable output on some commands.

Comparison operators for --compare-versions are:
  lt le eq ne ge gt       (treat empty version as earlier than any version);
  lt-nl le-nl ge-nl gt-nl (treat empty version as later than any version);
  < << <= = >= >> >       (only for compatibility with control file syntax).

Use 'apt' or 'aptitude' for user-friendly package management.
`
const VERSION = `Debian 'dpkg' package management program version 1.21.23 (amd64).
This is free software; see the GNU General Public License version 2 or
later for copying conditions. There is NO warranty.
`
const HINT = `
Type dpkg --help for help about installing and deinstalling packages [*];
Use 'apt' or 'aptitude' for user-friendly package management;
Type dpkg -Dhelp for a list of dpkg debug flag values;
Type dpkg --force-help for a list of forcing options;
Type dpkg-deb --help for help about manipulating *.deb files;

Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
`
const WRONG = 2

/** Actions by their letters. */
const ACTIONS: Readonly<Record<string, string>> = {
  '-i': 'install',
  '-r': 'remove',
  '-P': 'purge',
  '-s': 'status',
  '-p': 'print-avail',
  '-L': 'listfiles',
  '-l': 'list',
  '-S': 'search',
  '-V': 'verify',
  '-C': 'audit',
  '-I': 'info',
  '-c': 'contents',
  '-?': 'help',
}
const LONG = new Set([
  ...Object.values(ACTIONS),
  ...['configure', 'get-selections', 'print-architecture', 'print-foreign-architectures', 'compare-versions'],
  ...['version', 'unpack'],
])
/** Options that change nothing here. */
const IGNORED =
  /^(--force-.*|--no-act|--no-pager|--log=.*|--abort-after=.*|-[EGOBR]+|--refuse-downgrade|--skip-same-version)$/

export default command({
  name: 'dpkg',
  summary: 'package manager for Debian',
  suite: 'other',
  usage: 'dpkg [<option>...] <command>',
  raw: true,

  *main(sys, _flags, args, me) {
    let action: string | undefined
    const operands: string[] = []
    for (const arg of args) {
      const name = ACTIONS[arg] ?? (arg.startsWith('--') ? arg.slice(2) : undefined)
      if (!arg.startsWith('-') || arg === '-' || action === 'compare-versions') operands.push(arg)
      else if (IGNORED.test(arg) || (action === 'configure' && /^(-a|--pending)$/.test(arg)))
        operands.push(...(arg === '-a' ? ['-a'] : []))
      else if (name === undefined || !LONG.has(name)) return yield* wrong(sys, `unknown option ${arg}`)
      else if (action !== undefined && action !== name)
        return yield* wrong(sys, `conflicting actions ${both(name)} and ${both(action)}`)
      else action = name
    }
    if (action === undefined) return yield* wrong(sys, 'need an action option')
    return yield* perform(sys, me, action, operands)
  },
})

/** An action as messages name it: `-r (--remove)`. */
function both(action: string): string {
  const letter = Object.keys(ACTIONS).find(it => ACTIONS[it] === action)
  return letter ? `${letter} (--${action})` : `--${action}`
}

function* wrong(sys: Sys, message: string): Blocking<number> {
  yield* sys.write(2, `dpkg: error: ${message}\n${HINT}`)
  return WRONG
}

function* perform(sys: Sys, me: Process, action: string, operands: readonly string[]): Blocking<number> {
  switch (action) {
    case 'help':
      me.out.print(HELP)
      return 0
    case 'version':
      me.out.print(VERSION)
      return 0
    case 'print-architecture':
      me.out.line('amd64')
      return 0
    case 'print-foreign-architectures':
    case 'audit':
      return 0
    case 'compare-versions':
      return yield* compare(sys, operands)
    case 'get-selections':
      return yield* selections(sys, me, operands)
    case 'list':
      return yield* list(sys, me, operands)
    case 'status':
      return yield* showStatus(sys, me, operands)
    case 'print-avail':
      return yield* showAvailable(sys, operands)
    case 'verify':
      return yield* verify(sys, me, operands)
    case 'listfiles':
    case 'search':
      if (!operands.length) return yield* needsOperand(sys, action)
      return yield* (action === 'search' ? search : listFiles)(sys, me, operands)
    case 'info':
    case 'contents':
      return yield* examine(sys, me, action, operands)
  }
  return yield* change(sys, me, action, operands)
}

function* needsOperand(sys: Sys, action: string): Blocking<number> {
  const what =
    action === 'search'
      ? '--search needs at least one file name pattern argument'
      : '--listfiles needs at least one package name argument'
  yield* sys.write(2, `dpkg-query: error: ${what}\n\nUse --help for help about querying packages.\n`)
  return WRONG
}

function* compare(sys: Sys, operands: readonly string[]): Blocking<number> {
  const [a, operator, b] = operands
  if (a === undefined || operator === undefined || b === undefined)
    return yield* wrong(sys, '--compare-versions takes three arguments: <version> <relation> <version>')
  for (const it of [a, b])
    if (!/^(\d+:)?\d/.test(it) && it)
      yield* sys.write(
        2,
        `dpkg: warning: version '${it}' has bad syntax: version number does not start with digit\n`,
      )
  const holds = versionHolds(a, operator, b)
  if (holds === undefined) return yield* wrong(sys, `--compare-versions bad relation`)
  return holds ? 0 : 1
}

/** The actions that need root and the lock. */
function* change(sys: Sys, me: Process, action: string, operands: readonly string[]): Blocking<number> {
  const kind = action === 'install' || action === 'unpack' ? 'package archive file' : 'package name'
  if (!operands.length) return yield* wrong(sys, `--${action} needs at least one ${kind} argument`)
  if (sys.geteuid() !== 0) {
    yield* sys.write(2, 'dpkg: error: requested operation requires superuser privilege\n')
    return WRONG
  }
  const run = yield* startRun(sys, me, sys.isatty(1))
  if (kind !== 'package name') {
    for (const path of operands)
      if (!(yield* canRead(sys, path))) {
        yield* me.warn(`error: cannot access archive '${path}': No such file or directory`)
        return WRONG
      }
    yield* install(run, operands)
  } else if (action === 'configure') yield* configurePending(run, operands)
  else yield* remove(run, operands, action === 'purge' ? 'purge' : 'remove')
  return yield* finish(run)
}

function* canRead(sys: Sys, path: string): Blocking<boolean> {
  try {
    yield* readFile(sys, path)
    return true
  } catch (e) {
    if (e instanceof Errno) return false
    throw e
  }
}

function* configurePending(run: Run, names: readonly string[]): Blocking<void> {
  for (const it of run.all)
    if (
      / unpacked$/.test(field(it, 'Status')) &&
      (names.includes('-a') || names.includes(nameOf(it)) || !names.length)
    )
      yield* configure(run, it)
}

/** What dpkg-deb does with an archive: show its control file or its list. */
function* examine(sys: Sys, me: Process, action: string, operands: readonly string[]): Blocking<number> {
  const [path] = operands
  if (path === undefined) {
    yield* sys.write(
      2,
      `dpkg-deb: error: --${action} needs a .deb filename argument\n\nType dpkg-deb --help for help about manipulating *.deb files;\nType dpkg --help for help about installing and deinstalling packages.\n`,
    )
    return WRONG
  }
  try {
    const archive = yield* readArchive(sys, path)
    if (!archive) {
      yield* sys.write(2, `dpkg-deb: error: '${path}' is not a Debian format archive\n`)
      return WRONG
    }
    if (action === 'info') for (const [name, value] of archive.control) me.out.line(` ${name}: ${value}`)
    else for (const line of archive.files) me.out.line(line.split(' ')[0]!)
    return 0
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* sys.write(2, `dpkg-deb: error: failed to read archive '${path}': ${e.message}\n`)
    return WRONG
  }
}
