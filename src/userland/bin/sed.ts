/**
 * sed - stream editor for filtering and transforming text
 * https://www.gnu.org/software/sed/manual/sed.html
 *
 * Left out: --debug (accepted, without effect).
 */
import { type Blocking, decode, EBADF, type Sys } from '../../abi/index.ts'
import { command, fatal, type Given, readAll, readFile } from '../lib/command.ts'
import { Sed } from '../lib/sed/execute.ts'
import { parseScript, type Source } from '../lib/sed/script.ts'

const HELP = `Usage: %s [OPTION]... {script-only-if-no-other-script} [input-file]...

  -n, --quiet, --silent
                 suppress automatic printing of pattern space
      --debug
                 annotate program execution
  -e script, --expression=script
                 add the script to the commands to be executed
  -f script-file, --file=script-file
                 add the contents of script-file to the commands to be executed
  --follow-symlinks
                 follow symlinks when processing in place
  -i[SUFFIX], --in-place[=SUFFIX]
                 edit files in place (makes backup if SUFFIX supplied)
  -l N, --line-length=N
                 specify the desired line-wrap length for the \`l' command
  --posix
                 disable all GNU extensions.
  -E, -r, --regexp-extended
                 use extended regular expressions in the script
                 (for portability use POSIX -E).
  -s, --separate
                 consider files as separate rather than as a single,
                 continuous long stream.
      --sandbox
                 operate in sandbox mode (disable e/r/w commands).
  -u, --unbuffered
                 load minimal amounts of data from the input files and flush
                 the output buffers more often
  -z, --null-data
                 separate lines by NUL characters
      --help     display this help and exit
      --version  output version information and exit

If no -e, --expression, -f, or --file option is given, then the first
non-option argument is taken as the sed script to interpret.  All
remaining arguments are names of input files; if no input files are
specified, then the standard input is read.

GNU sed home page: <https://www.gnu.org/software/sed/>.
General help using GNU software: <https://www.gnu.org/gethelp/>.
`

const OPTIONS = {
  quiet: { short: 'n', also: ['silent'] },
  debug: {},
  expression: { short: 'e', value: '=script', repeat: true },
  file: { short: 'f', value: '=script-file', repeat: true },
  followSymlinks: {},
  inPlace: { short: 'i', value: '[=SUFFIX]' },
  lineLength: { short: 'l', value: '=N' },
  posix: {},
  regexpExtended: { short: 'Er' },
  separate: { short: 's' },
  sandbox: {},
  unbuffered: { short: 'u' },
  nullData: { short: 'z' },
} as const

export default command({
  name: 'sed',
  writeStatus: 4,
  writeFailure: (name, errno) =>
    `${name}: couldn't ${errno === EBADF ? 'close' : 'flush'} stdout: ${errno.message}\n`,
  summary: 'stream editor',
  usage: 'sed [OPTION]... {script-only-if-no-other-script} [input-file]...',
  suite: 'sed',
  help: HELP,
  wrongUsage: HELP.replaceAll('%s', 'sed'),
  options: OPTIONS,

  *main(sys, flags, args, me) {
    const sources = yield* readSources(sys, me.order)
    if (!sources.length) {
      const script = args.shift()
      if (script === undefined) {
        yield* sys.write(2, HELP.replaceAll('%s', me.name))
        return 1
      }
      sources.push({ text: script, name: at => `-e expression #1, char ${at}`, isFile: false })
    }
    const script = parseScript(sources, {
      extended: Boolean(flags.regexpExtended),
      posix: Boolean(flags.posix),
      nullData: Boolean(flags.nullData),
      sandbox: Boolean(flags.sandbox),
    })
    const options = {
      quiet: Boolean(flags.quiet),
      separate: Boolean(flags.separate),
      unbuffered: Boolean(flags.unbuffered),
      nullData: Boolean(flags.nullData),
      inPlace: flags.inPlace,
      followSymlinks: Boolean(flags.followSymlinks),
      lineLength: flags.lineLength === undefined ? 70 : Number(flags.lineLength),
    }
    return yield* new Sed(sys, me, options, script, args).run()
  },
})

/** The parts of the script that -e and -f give, in their order. */
function* readSources(sys: Sys, order: readonly Given<string>[]): Blocking<Source[]> {
  const sources: Source[] = []
  for (const { key, value } of order) {
    const number = sources.length + 1
    if (key === 'expression')
      sources.push({ text: value, name: at => `-e expression #${number}, char ${at}`, isFile: false })
    else if (key === 'file') {
      let text: string
      try {
        text = value === '-' ? decode(yield* readAll(sys, 0)) : yield* readFile(sys, value)
      } catch (e) {
        throw fatal(`couldn't open file ${value}`, e, 4)
      }
      if (text.startsWith('#!') && !sources.length) text = text.replace(/^#![^\n]*/, '#')
      sources.push({
        text: text.replace(/\n$/, ''),
        name: at => `file ${value} line ${text.slice(0, at).split('\n').length}`,
        isFile: true,
      })
    }
  }
  return sources
}
