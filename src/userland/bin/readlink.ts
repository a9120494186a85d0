/**
 * readlink - print resolved symbolic links or canonical file names
 * https://www.gnu.org/software/coreutils/manual/html_node/readlink-invocation.html
 */
import { Errno } from '../../abi/index.ts'
import { command, usage } from '../lib/command.ts'
import { canonicalize } from '../lib/path.ts'
import { quotef } from '../lib/quote.ts'

export default command({
  name: 'readlink',
  summary: 'Print value of a symbolic link or canonical file name',
  usage: 'readlink [OPTION]... FILE...',
  authors: 'Dmitry V. Levin',
  options: {
    canonicalize: {
      short: 'f',
      help: 'canonicalize by following every symlink in\nevery component of the given name recursively;\nall but the last component must exist',
    },
    canonicalizeExisting: {
      short: 'e',
      help: 'canonicalize by following every symlink in\nevery component of the given name recursively,\nall components must exist',
    },
    canonicalizeMissing: {
      short: 'm',
      help: 'canonicalize by following every symlink in\nevery component of the given name recursively,\nwithout requirements on components existence',
    },
    noNewline: { short: 'n', help: 'do not output the trailing delimiter' },
    quiet: { short: 'q', long: 'quiet', help: 'suppress most error messages (on by default)' },
    silent: { short: 's', help: 'suppress most error messages (on by default)' },
    verbose: { short: 'v', help: 'report error messages' },
    zero: { short: 'z', help: 'end each output line with NUL, not newline' },
  },

  *main(sys, flags, args, me) {
    if (!args.length) throw usage('missing operand')
    const mode = me.order.findLast(it => it.key.startsWith('canonicalize'))?.key
    const existing =
      mode === 'canonicalizeExisting' ? 'all' : mode === 'canonicalizeMissing' ? 'none' : 'parent'
    const verbose =
      me.order.findLast(it => it.key === 'quiet' || it.key === 'silent' || it.key === 'verbose')?.key ===
      'verbose'
    const bare = flags.noNewline && args.length === 1
    if (flags.noNewline && args.length > 1) yield* me.warn('ignoring --no-newline with multiple arguments')
    let status = 0
    for (const path of args) {
      try {
        const text = mode ? canonicalize(sys, path, existing) : sys.readlink(path)
        me.out.print(text + (bare ? '' : flags.zero ? '\0' : '\n'))
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        if (verbose) yield* me.warn(quotef(path), e)
        status = 1
      }
    }
    return status
  },
})
