/**
 * chmod - change file mode bits
 * https://www.gnu.org/software/coreutils/manual/html_node/chmod-invocation.html
 */
import { type Blocking, ENOENT, Errno, isDir, isLink, type Stat } from '../../abi/index.ts'
import { command, must, usage } from '../lib/command.ts'
import { umaskOf } from '../lib/copy.ts'
import { quote, quoteaf, quotef } from '../lib/quote.ts'
import { recurse } from '../lib/recurse.ts'
import { adjustMode, type ModeChange, parseMode, strmode } from '../lib/strmode.ts'

const shown = (mode: number): string =>
  `${(mode & 0o7777).toString(8).padStart(4, '0')} (${strmode(mode).slice(1)})`

export default command({
  name: 'chmod',
  summary:
    'Change the mode of each FILE to MODE.\nWith --reference, change the mode of each FILE to that of RFILE.',
  usage: [
    'chmod [OPTION]... MODE[,MODE]... FILE...',
    'chmod [OPTION]... OCTAL-MODE FILE...',
    'chmod [OPTION]... --reference=RFILE FILE...',
  ],
  authors: 'David MacKenzie and Jim Meyering',
  options: {
    changes: { short: 'c', help: 'like verbose but report only when a change is made' },
    silent: { short: 'f', also: ['quiet'], help: 'suppress most error messages' },
    verbose: { short: 'v', help: 'output a diagnostic for every file processed' },
    noPreserveRoot: { help: "do not treat '/' specially (the default)" },
    preserveRoot: { help: "fail to operate recursively on '/'" },
    reference: { value: '=RFILE', help: "use RFILE's mode instead of MODE values" },
    recursive: { short: 'R', help: 'change files and directories recursively' },
    mode: { long: 'mode-that-looks-like-an-option', value: '=MODE' },
  },
  epilogue: "Each MODE is of the form '[ugoa]*([-+=]([rwxXst]*|[ugo]))+|[-+=][0-7]+'.",
  // `chmod -w f`: a mode that begins with a dash is no cluster of options.
  obsolete(args) {
    const end = args.indexOf('--')
    return args.map((arg, i) =>
      /^-[rwxXstugoa0-7,=+]/.test(arg) && (end < 0 || i < end)
        ? `--mode-that-looks-like-an-option=${arg}`
        : arg,
    )
  },

  *main(sys, flags, args, me) {
    let change: ModeChange | undefined
    let umask = 0
    if (flags.reference !== undefined) {
      const path = flags.reference
      const { mode } = must(`failed to get attributes of ${quoteaf(path)}`, () => sys.stat(path))
      change = parseMode((mode & 0o7777).toString(8).padStart(5, '0'))
    } else {
      const text = flags.mode ?? args.shift()
      if (text === undefined) throw usage('missing operand')
      if (!args.length)
        throw usage(flags.mode === undefined ? `missing operand after ${quote(text)}` : 'missing operand')
      change = parseMode(text)
      if (!change) throw usage(`invalid mode: ${quote(text)}`)
      umask = umaskOf(sys)
    }
    if (!args.length) throw usage('missing operand')

    function* visit(path: string, stat: Stat, named: boolean): Blocking<boolean> {
      let old = stat
      if (isLink(stat)) {
        if (!named) {
          if (flags.verbose)
            me.out.line(`neither symbolic link ${quoteaf(path)} nor referent has been changed`)
          return true
        }
        try {
          old = sys.stat(path)
        } catch (e) {
          if (!(e instanceof Errno)) throw e
          if (!flags.silent) {
            if (e === ENOENT) yield* me.warn(`cannot operate on dangling symlink ${quoteaf(path)}`)
            else yield* me.warn(`cannot access ${quoteaf(path)}`, e)
          }
          if (flags.verbose) me.out.line(`${quoteaf(path)} could not be accessed`)
          return false
        }
      }
      const mode = adjustMode(old.mode, isDir(old), umask, change!)
      try {
        sys.chmod(path, mode)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        if (!flags.silent) yield* me.warn(`changing permissions of ${quoteaf(path)}`, e)
        if (flags.verbose)
          me.out.line(`failed to change mode of ${quoteaf(path)} from ${shown(old.mode)} to ${shown(mode)}`)
        return false
      }
      const changed = (old.mode & 0o7777) !== mode
      if (changed && (flags.verbose || flags.changes))
        me.out.line(`mode of ${quoteaf(path)} changed from ${shown(old.mode)} to ${shown(mode)}`)
      else if (flags.verbose) me.out.line(`mode of ${quoteaf(path)} retained as ${shown(mode)}`)
      if (flags.mode === undefined || flags.reference !== undefined) return true
      const naive = adjustMode(old.mode, isDir(old), 0, change!)
      if (!(mode & ~naive)) return true
      yield* me.warn(
        `${quotef(path)}: new permissions are ${strmode(mode).slice(1)}, not ${strmode(naive).slice(1)}`,
      )
      return false
    }

    function* warn(text: string, errno?: unknown): Blocking<void> {
      yield* me.warn(text, errno)
      const missing = /^cannot access (.*)$/s.exec(text)
      if (missing && flags.verbose) me.out.line(`${missing[1]} could not be accessed`)
    }
    const recursive = Boolean(flags.recursive)
    const preserveRoot =
      me.order.findLast(it => it.key === 'preserveRoot' || it.key === 'noPreserveRoot')?.key ===
      'preserveRoot'
    const fine = yield* recurse(
      { sys, recursive, follow: 'H', silent: Boolean(flags.silent), preserveRoot, warn, visit },
      args,
    )
    return fine ? 0 : 1
  },
})
