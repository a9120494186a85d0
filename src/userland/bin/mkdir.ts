/**
 * mkdir - make directories
 * https://www.gnu.org/software/coreutils/manual/html_node/mkdir-invocation.html
 */
import { type Blocking, EEXIST, ENOTDIR, Errno, type Sys } from '../../abi/index.ts'
import { command, fatal, usage } from '../lib/command.ts'
import { umaskOf } from '../lib/copy.ts'
import { dirname, isDirectory } from '../lib/path.ts'
import { quote, quoteaf } from '../lib/quote.ts'
import { adjustMode, decidedBits, parseMode } from '../lib/strmode.ts'

const NO_CONTEXTS = 'warning: ignoring --context; it requires an SELinux/SMACK-enabled kernel'

export default command({
  name: 'mkdir',
  summary: 'Create the DIRECTORY(ies), if they do not already exist.',
  usage: 'mkdir [OPTION]... DIRECTORY...',
  authors: 'David MacKenzie',
  options: {
    mode: { short: 'm', value: '=MODE', help: 'set file mode (as in chmod), not a=rwx - umask' },
    parents: {
      short: 'p',
      help: 'no error if existing, make parent directories as needed,\nwith their file modes unaffected by any -m option.',
    },
    verbose: { short: 'v', help: 'print a message for each created directory' },
    Z: { help: 'set SELinux security context of each created directory\nto the default type' },
    context: {
      value: '[=CTX]',
      help: 'like -Z, or if CTX is specified then set the SELinux\nor SMACK security context to CTX',
    },
  },

  *main(sys, flags, args, me) {
    for (const it of me.order) if (it.key === 'context' && it.value) yield* me.warn(NO_CONTEXTS)
    if (!args.length) throw usage('missing operand')
    let mode: Wanted | undefined
    if (flags.mode !== undefined) {
      const change = parseMode(flags.mode)
      if (!change) throw fatal(`invalid mode ${quote(flags.mode)}`)
      const umask = umaskOf(sys)
      mode = { mode: adjustMode(0o777, true, umask, change), bits: decidedBits(true, umask, change) }
    }
    const created = (dir: string): void => {
      if (flags.verbose) me.out.line(`${me.name}: created directory ${quoteaf(dir)}`)
    }
    let status = 0
    for (const dir of args) {
      const problem = flags.parents
        ? makeParents(sys, dir, mode, created)
        : attempt(() => make(sys, dir, mode, created))
      if (!problem) continue
      yield* report(problem, dir)
      status = 1
    }
    return status

    function* report(problem: { errno: Errno; dir?: string }, dir: string): Blocking<void> {
      yield* me.warn(`cannot create directory ${quote(problem.dir ?? dir)}`, problem.errno)
    }
  },
})

/** The mode that -m asks for, and which of its bits must be so whatever the umask says. */
interface Wanted {
  readonly mode: number
  readonly bits: number
}

function make(sys: Sys, dir: string, wanted: Wanted | undefined, created: (dir: string) => void): void {
  sys.mkdir(dir, (wanted?.mode ?? 0o777) & 0o1777)
  if (wanted) {
    const made = sys.stat(dir).mode & 0o7777
    if ((made ^ wanted.mode) & wanted.bits) sys.chmod(dir, wanted.mode | (made & ~wanted.bits))
  }
  created(dir)
}

function attempt(act: () => void): { errno: Errno } | undefined {
  try {
    act()
    return undefined
  } catch (e) {
    if (e instanceof Errno) return { errno: e }
    throw e
  }
}

/** mkdir -p: the first directory that cannot be made, with the reason. */
function makeParents(
  sys: Sys,
  dir: string,
  mode: Wanted | undefined,
  created: (dir: string) => void,
): { errno: Errno; dir?: string } | undefined {
  const parent = dirname(dir)
  if (parent !== dir && parent !== '.' && !isDirectory(sys, parent)) {
    const problem = makeParents(sys, parent, undefined, created)
    if (problem)
      return { errno: problem.errno === EEXIST ? ENOTDIR : problem.errno, dir: problem.dir ?? parent }
  }
  const problem = attempt(() => make(sys, dir, mode, created))
  if (!problem) return undefined
  return isDirectory(sys, dir) ? undefined : problem
}
