/** Where cp, mv, ln and install put things: the last operand, -t DIR, -T. Linux: gnulib targetdir.c. */
import { ENOENT, ENOTDIR, Errno, isDir, type Sys } from '../../abi/index.ts'
import { fatal, usage } from './command.ts'
import { basename, isDirectory, joinPath } from './path.ts'
import { quoteaf } from './quote.ts'

export const TARGET_OPTIONS = {
  targetDirectory: {
    short: 't',
    value: '=DIRECTORY',
    help: 'copy all SOURCE arguments into DIRECTORY',
  },
  noTargetDirectory: { short: 'T', help: 'treat DEST as a normal file' },
} as const

type TargetFlags = { targetDirectory?: string | undefined; noTargetDirectory?: boolean | undefined }

/** Pairs of source and destination. Dies as the originals do when operands are missing or no directory. */
export function targets(
  sys: Sys,
  flags: TargetFlags,
  args: readonly string[],
): (readonly [string, string])[] {
  const into = (dir: string, names: readonly string[]) =>
    names.map(name => [name, joinPath(dir, basename(name))] as const)
  if (flags.targetDirectory !== undefined) {
    if (flags.noTargetDirectory)
      throw fatal('cannot combine --target-directory (-t) and --no-target-directory (-T)')
    if (!args.length) throw usage('missing file operand')
    requireDirectory(sys, flags.targetDirectory, 'target directory')
    return into(flags.targetDirectory, args)
  }
  const [first, second, third] = args
  if (first === undefined) throw usage('missing file operand')
  if (second === undefined) throw usage(`missing destination file operand after ${quoteaf(first)}`)
  if (flags.noTargetDirectory) {
    if (third !== undefined) throw usage(`extra operand ${quoteaf(third)}`)
    return [[first, second]]
  }
  const last = args.at(-1)!
  if (args.length === 2) return isDirectory(sys, last) ? into(last, [first]) : [[first, last]]
  requireDirectory(sys, last, 'target')
  return into(last, args.slice(0, -1))
}

function requireDirectory(sys: Sys, path: string, what: string): void {
  try {
    if (isDir(sys.stat(path))) return
  } catch (e) {
    throw e instanceof Errno
      ? fatal(`${what} ${quoteaf(path)}`, path.endsWith('/') && e === ENOTDIR ? ENOENT : e)
      : e
  }
  throw fatal(`${what} ${quoteaf(path)}`, ENOTDIR)
}
