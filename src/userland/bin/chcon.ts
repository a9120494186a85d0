/**
 * chcon - change file security context
 * https://www.gnu.org/software/coreutils/manual/html_node/chcon-invocation.html
 * As on a kernel without SELinux: contexts are the text of the extended attribute security.selinux.
 */
import { type Blocking, decode, encode, ENODATA, Errno, isLink, type Sys } from '../../abi/index.ts'
import { command, fatal, type Flags, type Process, usage } from '../lib/command.ts'
import { quote, quoteaf } from '../lib/quote.ts'
import { recurse } from '../lib/recurse.ts'

const OPTIONS = {
  dereference: {
    help: 'affect the referent of each symbolic link (this is\nthe default), rather than the symbolic link itself',
  },
  noDereference: { short: 'h', help: 'affect symbolic links instead of any referenced file' },
  user: { short: 'u', value: '=USER', help: 'set user USER in the target security context' },
  role: { short: 'r', value: '=ROLE', help: 'set role ROLE in the target security context' },
  type: { short: 't', value: '=TYPE', help: 'set type TYPE in the target security context' },
  range: { short: 'l', value: '=RANGE', help: 'set range RANGE in the target security context' },
  noPreserveRoot: { help: "do not treat '/' specially (the default)" },
  preserveRoot: { help: "fail to operate recursively on '/'" },
  reference: {
    value: '=RFILE',
    help: "use RFILE's security context rather than specifying\na CONTEXT value",
  },
  recursive: { short: 'R', help: 'operate on files and directories recursively' },
  verbose: { short: 'v', help: 'output a diagnostic for every file processed' },
  H: { help: 'if a command line argument is a symbolic link\nto a directory, traverse it' },
  L: { help: 'traverse every symbolic link to a directory\nencountered' },
  P: { help: 'do not traverse any symbolic links (default)' },
} as const

const PARTS = ['user', 'role', 'type', 'range'] as const
const XATTR = 'security.selinux'

export default command({
  name: 'chcon',
  summary: 'Change the SELinux security context of each FILE to CONTEXT.',
  usage: [
    'chcon [OPTION]... CONTEXT FILE...',
    'chcon [OPTION]... [-u USER] [-r ROLE] [-l RANGE] [-t TYPE] FILE...',
    'chcon [OPTION]... --reference=RFILE FILE...',
  ],
  authors: 'Russell Coker and Jim Meyering',
  options: OPTIONS,

  *main(sys, flags, args, me) {
    const inParts = PARTS.some(part => flags[part] !== undefined)
    const whole = flags.reference === undefined && !inParts
    const follow = (me.order.findLast(it => 'HLP'.includes(it.key))?.key ?? 'P') as 'H' | 'L' | 'P'
    if (flags.recursive && flags.dereference && follow === 'P')
      throw fatal('-R --dereference requires either -H or -L')
    if (!args.length) throw usage('missing operand')
    if (whole && args.length < 2) throw usage(`missing operand after ${quote(args[0]!)}`)
    if (flags.reference !== undefined && inParts) throw usage('conflicting security context specifiers given')
    const context = whole ? args.shift()! : undefined
    const given = flags.reference === undefined ? context : referenced(sys, flags.reference)
    const through = !flags.noDereference && !(flags.recursive && follow === 'P')
    const fine = yield* recurse(
      {
        sys,
        recursive: Boolean(flags.recursive),
        childrenFirst: true,
        follow,
        silent: false,
        preserveRoot: Boolean(flags.preserveRoot),
        warn: me.warn,
        visit: (path, stat) => change(sys, flags, me, path, given, through || !isLink(stat)),
      },
      args,
    )
    return fine ? 0 : 1
  },
})

const contextOf = (sys: Sys, path: string, follow: boolean): string =>
  decode(sys.getxattr(path, XATTR, follow)).replace(/\0$/, '')

function referenced(sys: Sys, path: string): string {
  try {
    return contextOf(sys, path, true)
  } catch (e) {
    throw fatal(`failed to get security context of ${quoteaf(path)}`, e)
  }
}

function* change(
  sys: Sys,
  flags: Flags<typeof OPTIONS>,
  me: Process,
  path: string,
  given: string | undefined,
  follow: boolean,
): Blocking<boolean> {
  if (flags.verbose) me.out.line(`changing security context of ${quoteaf(path)}`)
  const context = given ?? (yield* withParts(sys, flags, me, path, follow))
  if (context === undefined) return false
  try {
    sys.setxattr(path, XATTR, encode(`${context}\0`), 0, follow)
    return true
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* me.warn(`failed to change context of ${quoteaf(path)} to ${quote(context)}`, e)
    return false
  }
}

/** The context that the file has, with the parts that were given instead of its own. */
function* withParts(
  sys: Sys,
  flags: Flags<typeof OPTIONS>,
  me: Process,
  path: string,
  follow: boolean,
): Blocking<string | undefined> {
  let old: string
  try {
    old = contextOf(sys, path, follow)
  } catch (e) {
    if (e === ENODATA) yield* me.warn(`can't apply partial context to unlabeled file ${quoteaf(path)}`)
    else yield* me.warn(`failed to get security context of ${quoteaf(path)}`, e)
    return undefined
  }
  const parts = /^([^:]+):([^:]+):([^:]+)(?::(.+))?$/.exec(old)
  if (parts)
    return PARTS.map((part, i) => flags[part] ?? parts[i + 1])
      .filter(it => it)
      .join(':')
  yield* me.warn(`failed to create security context: ${quote(old)}: Invalid argument`)
  return undefined
}
