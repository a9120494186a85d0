/**
 * rmdir - remove empty directories
 * https://www.gnu.org/software/coreutils/manual/html_node/rmdir-invocation.html
 */
import {
  type Blocking,
  EACCES,
  EBUSY,
  EEXIST,
  ENOTDIR,
  ENOTEMPTY,
  EPERM,
  EROFS,
  Errno,
  isLink,
  refusal,
  type Sys,
} from '../../abi/index.ts'
import { command, readDir, usage } from '../lib/command.ts'
import { dirname, isDirectory, lstatOf } from '../lib/path.ts'
import { quoteaf } from '../lib/quote.ts'

export default command({
  name: 'rmdir',
  summary: 'Remove the DIRECTORY(ies), if they are empty.',
  usage: 'rmdir [OPTION]... DIRECTORY...',
  authors: 'David MacKenzie',
  options: {
    ignoreFailOnNonEmpty: { help: 'ignore each failure that is solely because a directory\nis non-empty' },
    parents: {
      short: 'p',
      help: "remove DIRECTORY and its ancestors; e.g., 'rmdir -p a/b/c' is\nsimilar to 'rmdir a/b/c a/b a'",
    },
    verbose: { short: 'v', help: 'output a diagnostic for every directory processed' },
  },

  *main(sys, flags, args, me) {
    if (!args.length) throw usage('missing operand')
    let status = 0
    for (const arg of args) {
      let dir = arg
      for (;;) {
        if (flags.verbose) me.out.line(`${me.name}: removing directory, ${quoteaf(dir)}`)
        const refused = refusal(() => sys.rmdir(dir))
        if (refused) {
          if (flags.ignoreFailOnNonEmpty && (yield* nonEmpty(sys, dir, refused))) break
          const what = `failed to remove ${dir === arg ? '' : 'directory '}${quoteaf(dir)}`
          if (refused === ENOTDIR && isLinkWithSlash(sys, dir))
            yield* me.warn(`${what}: Symbolic link not followed`)
          else yield* me.warn(what, refused)
          status = 1
          break
        }
        const parent = dirname(dir)
        if (!flags.parents || parent === '.' || parent === '/') break
        dir = parent
      }
    }
    return status
  },
})

/** `link/`, which the kernel takes for the link where one would expect the directory. */
function isLinkWithSlash(sys: Sys, path: string): boolean {
  const link = path.endsWith('/') ? lstatOf(sys, path.replace(/\/+$/, '')) : undefined
  if (link === undefined || !isLink(link)) return false
  const refused = refusal(() => sys.stat(path))
  return refused ? refused !== ENOTDIR : isDirectory(sys, path)
}

/** Whether the refusal is, or hides, that the directory has entries. */
function* nonEmpty(sys: Sys, dir: string, refused: Errno): Blocking<boolean> {
  if (refused === ENOTEMPTY) return true
  if (![EACCES, EPERM, EROFS, EBUSY, EEXIST].includes(refused)) return false
  try {
    return (yield* readDir(sys, dir)).length > 0
  } catch (e) {
    if (e instanceof Errno) return false
    throw e
  }
}
