/**
 * dircolors - color setup for ls
 * https://www.gnu.org/software/coreutils/manual/html_node/dircolors-invocation.html
 */
import { type Blocking, decode, Errno } from '../../abi/index.ts'
import { command, fatal, readAll, usage } from '../lib/command.ts'
import { DATABASE } from '../lib/dircolors-database.ts'
import { fnmatch } from '../lib/fnmatch.ts'
import { openInput } from '../lib/input.ts'
import { quote, quotef } from '../lib/quote.ts'

/** The keywords of the database and the letters of $LS_COLORS. */
const KEYWORDS: Readonly<Record<string, string>> = {
  NORMAL: 'no',
  NORM: 'no',
  FILE: 'fi',
  RESET: 'rs',
  DIR: 'di',
  LNK: 'ln',
  LINK: 'ln',
  SYMLINK: 'ln',
  ORPHAN: 'or',
  MISSING: 'mi',
  FIFO: 'pi',
  PIPE: 'pi',
  SOCK: 'so',
  BLK: 'bd',
  BLOCK: 'bd',
  CHR: 'cd',
  CHAR: 'cd',
  DOOR: 'do',
  EXEC: 'ex',
  LEFT: 'lc',
  LEFTCODE: 'lc',
  RIGHT: 'rc',
  RIGHTCODE: 'rc',
  END: 'ec',
  ENDCODE: 'ec',
  SUID: 'su',
  SETUID: 'su',
  SGID: 'sg',
  SETGID: 'sg',
  STICKY: 'st',
  OTHER_WRITABLE: 'ow',
  OWR: 'ow',
  STICKY_OTHER_WRITABLE: 'tw',
  OWT: 'tw',
  CAPABILITY: 'ca',
  MULTIHARDLINK: 'mh',
  CLRTOEOL: 'cl',
}

export default command({
  name: 'dircolors',
  summary: 'Output commands to set the LS_COLORS environment variable.',
  usage: 'dircolors [OPTION]... [FILE]',
  authors: 'H. Peter Anvin',
  options: {
    bourneShell: {
      short: 'b',
      long: 'sh',
      also: ['bourne-shell'],
      help: 'output Bourne shell code to set LS_COLORS',
    },
    cShell: { short: 'c', long: 'csh', also: ['c-shell'], help: 'output C shell code to set LS_COLORS' },
    printDatabase: { short: 'p', help: 'output defaults' },
    printLsColors: { help: 'output fully escaped colors for display' },
  },
  epilogue:
    "If FILE is specified, read it to determine which colors to use for which\nfile types and extensions.  Otherwise, a precompiled database is used.\nFor details on the format of these files, run 'dircolors --print-database'.",

  *main(sys, flags, args, me) {
    const shell = flags.bourneShell || flags.cShell
    if ((flags.printDatabase || flags.printLsColors) && shell)
      throw usage(
        'the options to output non shell syntax,\nand to select a shell syntax are mutually exclusive',
      )
    if (args.length > (flags.printDatabase ? 0 : 1))
      throw usage(`extra operand ${quote(args[flags.printDatabase ? 0 : 1]!)}`)
    if (flags.printDatabase) {
      me.out.print(DATABASE)
      return 0
    }
    let csh = Boolean(flags.cShell)
    if (!shell && !flags.printLsColors) {
      const name = me.env.get('SHELL')
      if (!name) throw fatal('no SHELL environment variable, and no shell type option given')
      csh = /\/?t?csh$/.test(name)
    }
    const colors = args[0] === undefined ? yield* parse(DATABASE, '') : yield* load(args[0])
    if (colors === undefined) return 1
    if (flags.printLsColors)
      for (const [key, value] of colors) me.out.line(`\x1b[${value}m${key}\t${value}\x1b[0m`)
    else {
      const text = colors
        .map(([key, value]) => `${key}=${value}:`)
        .join('')
        .replaceAll("'", "'\\''")
      me.out.print(csh ? `setenv LS_COLORS '${text}'\n` : `LS_COLORS='${text}';\nexport LS_COLORS\n`)
    }
    return 0

    function* load(name: string): Blocking<[string, string][] | undefined> {
      try {
        return yield* parse(decode(yield* readAll(sys, yield* openInput(sys, name))), name)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        throw fatal(quotef(name), e)
      }
    }

    /** The settings of a database that are for this terminal; undefined after a message. */
    function* parse(text: string, name: string): Blocking<[string, string][] | undefined> {
      const term = me.env.get('TERM') || 'none'
      const colorTerm = me.env.get('COLORTERM') ?? ''
      const colors: [string, string][] = []
      let fits = true
      let matching = false
      // Below a TERM line that fits, what is not known is an error.
      let sure = false
      let failed = false
      for (const [i, raw] of text.split('\n').entries()) {
        const line = raw.replace(/^\s+/, '')
        if (!line || line.startsWith('#')) continue
        const match = /^(\S+)(?:\s+(.*?))?\s*(?:\s#.*)?$/.exec(line)
        const key = match?.[1] ?? line
        const value = match?.[2]?.replace(/\s*#.*$/, '')
        const problem = !value ? 'missing second token' : ''
        const upper = key.toUpperCase()
        if (problem) {
          yield* me.warn(`${name || '<internal>'}:${i + 1}: invalid line;  ${problem}`)
          failed = true
        } else if (upper === 'TERM' || upper === 'COLORTERM') {
          // A row of TERM lines is one condition.
          const holds = fnmatch(value!, upper === 'TERM' ? term : colorTerm)
          fits = matching ? fits || holds : holds
          matching = true
          sure = fits
          continue
        } else if (fits) {
          const letters = KEYWORDS[upper]
          if (key.startsWith('.')) colors.push([`*${key}`, value!])
          else if (key.startsWith('*')) colors.push([key, value!])
          else if (letters) colors.push([letters, value!])
          else if (sure && !['OPTIONS', 'COLOR', 'EIGHTBIT'].includes(upper)) {
            yield* me.warn(`${name || '<internal>'}:${i + 1}: unrecognized keyword ${key}`)
            failed = true
          }
        }
        matching = false
      }
      return failed ? undefined : colors
    }
  },
})
