/**
 * getopt - parse command options (enhanced)
 * Linux: util-linux misc-utils/getopt.c; getopt(1).
 *
 * Left out: --alternative's abbreviations of long options with one dash.
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { command, usage } from '../lib/command.ts'
import { getopt, GetoptError, type Option, type Options } from '../lib/getopt.ts'

const OWN = {
  alternative: { short: 'a' },
  longoptions: { short: 'l', value: '<longopts>', repeat: true },
  name: { short: 'n', value: '<progname>' },
  options: { short: 'o', value: '<optstring>' },
  quiet: { short: 'q' },
  quietOutput: { short: 'Q' },
  shell: { short: 's', value: '<shell>' },
  test: { short: 'T' },
  unquoted: { short: 'u' },
} as const satisfies Options

export default command({
  name: 'getopt',
  writeStatus: 3,
  summary: 'parse command options',
  suite: 'util-linux',
  usage: [
    'getopt <optstring> <parameters>',
    'getopt [options] [--] <optstring> <parameters>',
    'getopt [options] -o|--options <optstring> [options] [--] <parameters>',
  ],
  help: `
Usage:
 getopt <optstring> <parameters>
 getopt [options] [--] <optstring> <parameters>
 getopt [options] -o|--options <optstring> [options] [--] <parameters>

Parse command options.

Options:
 -a, --alternative             allow long options starting with single -
 -l, --longoptions <longopts>  the long options to be recognized
 -n, --name <progname>         the name under which errors are reported
 -o, --options <optstring>     the short options to be recognized
 -q, --quiet                   disable error reporting by getopt(3)
 -Q, --quiet-output            no normal output
 -s, --shell <shell>           set quoting conventions to those of <shell>
 -T, --test                    test for getopt(1) version
 -u, --unquoted                do not quote the output

 -h, --help                    display this help
 -V, --version                 display version

For more details see getopt(1).
`,
  options: OWN,
  stopAtOperand: true,
  failure: 2,

  *main(sys, flags, args, me) {
    if (flags.test) return 4
    const compatible = !me.order.length && !(me.argv[1] ?? '').startsWith('-')
    const letters = flags.options ?? (args.length ? args.shift()! : undefined)
    if (letters === undefined) throw usage('missing optstring argument')
    const quote =
      flags.unquoted || compatible || me.env.has('GETOPT_COMPATIBLE')
        ? (text: string) => text
        : quoter(flags.shell ?? 'bash')
    const words = flags.alternative
      ? args.map(arg => (/^-[^-]./.test(arg) && isLong(flags.longoptions, arg) ? `-${arg}` : arg))
      : args
    const { text, errors } = parse(letters, flags.longoptions ?? [], words, quote)
    if (!flags.quiet) for (const error of errors) yield* complain(sys, flags.name ?? me.name, error)
    if (!flags.quietOutput) me.out.line(text)
    return errors.length ? 1 : 0
  },
})

function* complain(sys: Sys, name: string, error: string): Blocking<void> {
  yield* sys.write(2, `${name}: ${error}\n`)
}

const isLong = (lists: readonly string[] | undefined, arg: string): boolean =>
  (lists ?? [])
    .flatMap(list => list.split(','))
    .some(name => name.replace(/:+$/, '') === arg.slice(1).split('=')[0])

/** Words are put in quotes, so that `eval set -- $(getopt …)` gets them back. */
const quoter = (shell: string): ((text: string) => string) =>
  shell === 'csh' || shell === 'tcsh'
    ? text =>
        `'${text.replace(/'/g, "'\\''").replace(/!/g, "'\\!'").replace(/\n/g, "'\\n'").replace(/ /g, "'\\ '")}'`
    : text => `'${text.replaceAll("'", "'\\''")}'`

/** `ab:c::` and `name,file:` as the descriptions that the option parser takes. */
function described(letters: string, longs: readonly string[]): Options {
  const options: Record<string, Option> = {}
  const value = (colons: number): Pick<Option, 'value'> =>
    colons === 0 ? {} : { value: colons === 1 ? '<arg>' : '[=<arg>]' }
  for (const [, letter, colons] of letters.matchAll(/([^:])(:{0,2})/g))
    options[`-${letter}`] = { short: letter!, long: '', ...value(colons!.length) }
  for (const name of longs.flatMap(list => list.split(/[,\s]+/)).filter(Boolean)) {
    const colons = /:*$/.exec(name)![0].length
    const bare = name.replace(/:+$/, '')
    options[`--${bare}`] = { long: bare, ...value(colons) }
  }
  return options
}

function parse(
  optstring: string,
  longs: readonly string[],
  args: readonly string[],
  quote: (text: string) => string,
): { text: string; errors: string[] } {
  const inOrder = optstring.startsWith('-')
  const stop = optstring.startsWith('+')
  const options = described(optstring.replace(/^[+-]/, ''), longs)
  const errors: string[] = []
  const rest = [...args]
  for (;;) {
    try {
      const { order, args: operands } = getopt(options, rest, { stopAtOperand: stop })
      const words: string[] = []
      let shown = 0
      for (const it of order) {
        while (inOrder && shown < it.operand) words.push(quote(operands[shown++]!))
        words.push(it.key)
        if (options[it.key]!.value) words.push(quote(it.value))
      }
      const left = inOrder ? operands.slice(shown).map(quote) : []
      const tail = inOrder ? [] : operands.map(quote)
      return { text: ` ${[...words, ...left, '--', ...tail].join(' ')}`, errors }
    } catch (e) {
      if (!(e instanceof GetoptError)) throw e
      errors.push(e.message)
      if (!withoutBad(rest, e.message)) return { text: ' --', errors }
    }
  }
}

/** Take the option that was refused off the command line; false if it cannot be found. */
function withoutBad(rest: string[], message: string): boolean {
  const letter = /-- '(.)'$/.exec(message)?.[1]
  const long = /'--([^']*)'/.exec(message)?.[1]
  const index = rest.findIndex(arg =>
    letter
      ? /^-[^-]/.test(arg) && arg.includes(letter, 1)
      : long !== undefined && arg.split('=')[0] === `--${long}`,
  )
  if (index < 0) return false
  const shorter = letter ? rest[index]!.replace(letter, '') : '-'
  if (shorter === '-') rest.splice(index, 1)
  else rest[index] = shorter
  return true
}
