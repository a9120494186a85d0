/**
 * find - search for files in a directory hierarchy
 * https://www.gnu.org/software/findutils/manual/html_mono/find.html
 *
 * Left out: -context, what -D shows and -O does, regular expression types other than emacs, posix-basic and
 * posix-extended.
 */
import type { Blocking } from '../../abi/index.ts'
import { byLine, command, fatal, type Process } from '../lib/command.ts'
import { beginsExpression } from '../lib/find/expression.ts'
import { Find } from '../lib/find/search.ts'
import { quote } from '../lib/quote.ts'

const HELP = `Usage: %s [-H] [-L] [-P] [-Olevel] [-D debugopts] [path...] [expression]

Default path is the current directory; default expression is -print.
expression may consist of: operators, options, tests, and actions:
operators (decreasing precedence; -and is implicit where no others are given):
      ( EXPR )   ! EXPR   -not EXPR   EXPR1 -a EXPR2   EXPR1 -and EXPR2
      EXPR1 -o EXPR2   EXPR1 -or EXPR2   EXPR1 , EXPR2
positional options (always true): -daystart -follow -nowarn -regextype -warn

normal options (always true, specified before other expressions):
      -depth -files0-from FILE -maxdepth LEVELS -mindepth LEVELS
       -mount -noleaf -xdev -ignore_readdir_race -noignore_readdir_race
tests (N can be +N or -N or N): -amin N -anewer FILE -atime N -cmin N
      -cnewer FILE -context CONTEXT -ctime N -empty -false -fstype TYPE
      -gid N -group NAME -ilname PATTERN -iname PATTERN -inum N -iwholename PATTERN
      -iregex PATTERN -links N -lname PATTERN -mmin N -mtime N -name PATTERN
      -newer FILE -nouser -nogroup -path PATTERN -perm [-/]MODE -regex PATTERN
      -readable -writable -executable
      -wholename PATTERN -size N[bcwkMG] -true -type [bcdpflsD] -uid N
      -used N -user NAME -xtype [bcdpfls]
actions: -delete -print0 -printf FORMAT -fprintf FILE FORMAT -print 
      -fprint0 FILE -fprint FILE -ls -fls FILE -prune -quit
      -exec COMMAND ; -exec COMMAND {} + -ok COMMAND ;
      -execdir COMMAND ; -execdir COMMAND {} + -okdir COMMAND ;

Valid arguments for -D:
exec, opt, rates, search, stat, time, tree, all, help
Use '-D help' for a description of the options, or see find(1)
`

const DEBUG_HELP = `Valid arguments for -D:
exec       Show diagnostic information relating to -exec, -execdir, -ok and -okdir
opt        Show diagnostic information relating to optimisation
rates      Indicate how often each predicate succeeded
search     Navigate the directory tree verbosely
stat       Trace calls to stat(2) and lstat(2)
time       Show diagnostic information relating to time-of-day and timestamp comparisons
tree       Display the expression tree
all        Set all of the debug flags (but help)
help       Explain the various -D options
`

const DEBUG_FLAGS = 'exec opt rates search stat time tree all help'.split(' ')

export default command({
  name: 'find',
  writeFailure: (name, errno) => `${name}: ‘standard output’: ${errno.message}\n${byLine(name, errno)}`,
  summary: 'search for files in a directory hierarchy',
  usage: 'find [-H] [-L] [-P] [-Olevel] [-D debugopts] [path...] [expression]',
  suite: 'findutils',
  authors: 'Eric B. Decker, James Youngman, and Kevin Dalley',
  help: HELP,
  raw: true,

  *main(sys, _flags, args, me) {
    if (args.includes('--help') || args.includes('-help')) {
      me.out.print(HELP.replaceAll('%s', me.name))
      return 0
    }
    if (args.includes('--version') || args.includes('-version')) {
      me.out.print('find (GNU findutils) 4.9.0\n')
      return 0
    }
    let follow: 'H' | 'L' | 'P' = 'P'
    let at = 0
    for (; /^-(?:[HLPD]$|O)/.test(args[at] ?? ''); at++) {
      if (args[at] === '-D') yield* debug(args[++at], me as Process)
      else if (args[at]!.startsWith('-O')) level(args[at]!.slice(2))
      else if ('HLP'.includes(args[at]![1]!)) follow = args[at]![1] as 'H'
    }
    if (args[at] === '--') at++
    const starts: string[] = []
    while (args[at] !== undefined && !beginsExpression(args[at]!)) starts.push(args[at++]!)
    if (args.slice(0, at).join(' ').includes('-D help')) {
      me.out.print(DEBUG_HELP)
      return 0
    }
    const find = new Find(sys, me as Process, follow)
    yield* find.prepare(args.slice(at))
    if (find.startsFrom !== undefined && starts.length) {
      yield* me.warn(`extra operand ${quote(starts[0]!)}`)
      throw fatal('file operands cannot be combined with -files0-from')
    }
    const named = find.startsFrom === undefined ? starts : yield* find.namesFrom(find.startsFrom)
    if (find.startsFrom !== undefined && !named.length) return yield* find.finish()
    for (const [i, start] of (named.length ? named : ['.']).entries()) {
      if (!start && find.startsFrom !== undefined) yield* find.nameless(i + 1)
      else if (!(yield* find.start(start))) break
    }
    return yield* find.finish()
  },
})

/** -O: how hard to reorder the expression. */
function level(text: string): void {
  if (!/^\d/.test(text)) throw fatal('The -O option must be immediately followed by a decimal integer')
  if (!/^\d+$/.test(text)) throw fatal(`Please specify a decimal number immediately after -O`)
}

/** -D: what to tell about the work; nothing is. */
function* debug(flags: string | undefined, me: Process): Blocking<void> {
  if (flags === undefined)
    throw fatal("Missing argument after the -D option.\nTry 'find --help' for more information.")
  for (const flag of flags.split(','))
    if (!DEBUG_FLAGS.includes(flag)) yield* me.warn(`Ignoring unrecognised debug flag ${quote(flag)}`)
}
