/**
 * mkdir - make directories
 * https://www.gnu.org/software/coreutils/manual/html_node/mkdir-invocation.html
 */
import { type Blocking, EEXIST, ENOTDIR, Errno, type Sys } from '../../abi/index.ts'
import { command, fatal, usage } from '../lib/command.ts'
import { umaskOf } from '../lib/copy.ts'
import { dirname, isDirectory } from '../lib/path.ts'
import { quote, quoteaf } from '../lib/quote.ts'
import { adjustMode, parseMode } from '../lib/strmode.ts'

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
    context: {
      short: 'Z',
      help: 'set SELinux security context of each created directory\nto the default type',
    },
  },

  *main(sys, flags, args, me) {
    if (!args.length) throw usage('missing operand')
    let mode: number | undefined
    if (flags.mode !== undefined) {
      const change = parseMode(flags.mode)
      if (!change) throw fatal(`invalid mode ${quote(flags.mode)}`)
      mode = adjustMode(0o777, true, umaskOf(sys), change)
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

function make(sys: Sys, dir: string, mode: number | undefined, created: (dir: string) => void): void {
  sys.mkdir(dir, mode === undefined ? 0o777 : mode & 0o777)
  if (mode !== undefined) sys.chmod(dir, mode)
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
  mode: number | undefined,
  created: (dir: string) => void,
): { errno: Errno; dir?: string } | undefined {
  const parent = dirname(dir)
  if (parent !== dir && parent !== '.' && !isDirectory(sys, parent)) {
    const problem = makeParents(sys, parent, undefined, created)
    if (problem) return { errno: problem.errno, dir: problem.dir ?? parent }
  }
  const problem = attempt(() => make(sys, dir, mode, created))
  if (!problem) return undefined
  if (isDirectory(sys, dir)) return undefined
  return problem.errno === EEXIST && !dir.endsWith('/') ? { errno: ENOTDIR } : problem
}
