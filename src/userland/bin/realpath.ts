/**
 * realpath - print the resolved path
 * https://www.gnu.org/software/coreutils/manual/html_node/realpath-invocation.html
 */
import { Errno, isDir } from '../../abi/index.ts'
import { command, fatal, usage } from '../lib/command.ts'
import { canonicalize, statOf } from '../lib/path.ts'
import { quotef } from '../lib/quote.ts'
import { relativePath } from '../lib/relative.ts'

export default command({
  name: 'realpath',
  summary: 'Print the resolved absolute file name;\nall but the last component must exist',
  usage: 'realpath [OPTION]... FILE...',
  authors: 'Padraig Brady',
  options: {
    canonicalizeExisting: { short: 'e', help: 'all components of the path must exist' },
    canonicalizeMissing: { short: 'm', help: 'no path components need exist or be a directory' },
    logical: { short: 'L', help: "resolve '..' components before symlinks" },
    physical: { short: 'P', help: 'resolve symlinks as encountered (default)' },
    quiet: { short: 'q', help: 'suppress most error messages' },
    relativeTo: { value: '=DIR', help: 'print the resolved path relative to DIR' },
    relativeBase: { value: '=DIR', help: 'print absolute paths unless paths below DIR' },
    noSymlinks: { short: 's', also: ['strip'], help: "don't expand symlinks" },
    zero: { short: 'z', help: 'end each output line with NUL, not newline' },
  },

  *main(sys, flags, args, me) {
    if (!args.length) throw usage('missing operand')
    const mode = me.order.findLast(it => it.key.startsWith('canonicalize'))?.key
    const existing = mode === 'canonicalizeExisting' ? 'all' : mode ? 'none' : 'parent'
    const resolve = (path: string): string => {
      if (flags.noSymlinks) return canonicalize(sys, path, existing, false)
      return canonicalize(sys, flags.logical ? canonicalize(sys, path, existing, false) : path, existing)
    }
    const dirOf = (path: string | undefined): string | undefined => {
      if (path === undefined) return undefined
      try {
        const dir = resolve(path)
        const stat = statOf(sys, dir)
        if (existing === 'all' && stat && !isDir(stat)) throw fatal(`${quotef(path)}: Not a directory`)
        return dir
      } catch (e) {
        throw fatal(quotef(path), e)
      }
    }
    const base = dirOf(flags.relativeBase)
    let to = dirOf(flags.relativeTo) ?? base
    const below = (path: string, dir: string): boolean =>
      dir === '/' || path === dir || path.startsWith(`${dir}/`)
    if (base !== undefined && to !== undefined && !below(to, base)) to = undefined
    let status = 0
    for (const path of args) {
      try {
        const real = resolve(path)
        const relative = to !== undefined && (base === undefined || below(real, base))
        me.out.print((relative ? relativePath(to!, real) : real) + (flags.zero ? '\0' : '\n'))
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        if (!flags.quiet) yield* me.warn(quotef(path), e)
        status = 1
      }
    }
    return status
  },
})
