/**
 * sdiff - show two files side by side
 * https://www.gnu.org/software/diffutils/manual/html_node/Invoking-sdiff.html
 *
 * diff -y does it. Left out: -o, which merges the files with the help of an editor.
 */
import { command, execvp, fatal, type Options } from '../lib/command.ts'
import { quote } from '../lib/quote.ts'

const OPTIONS = {
  diffProgram: { value: '=PROGRAM', help: 'use PROGRAM to compare files' },
  expandTabs: { short: 't', help: 'expand tabs to spaces in output' },
  ignoreAllSpace: { short: 'W', help: 'ignore all white space' },
  ignoreBlankLines: { short: 'B', help: 'ignore changes where lines are all blank' },
  ignoreCase: { short: 'i', help: 'consider upper- and lower-case to be the same' },
  ignoreMatchingLines: {
    short: 'I',
    value: '=REGEXP',
    help: 'ignore changes all lines of which match REGEXP',
  },
  ignoreSpaceChange: { short: 'b', help: 'ignore changes in the amount of white space' },
  ignoreTabExpansion: { short: 'E', help: 'ignore changes due to tab expansion' },
  leftColumn: { short: 'l', help: 'output only the left column of common lines' },
  minimal: { short: 'd', help: 'try hard to find a smaller set of changes' },
  speedLargeFiles: { short: 'H', help: 'assume large files, many scattered small changes' },
  stripTrailingCr: { help: 'strip trailing carriage return on input' },
  suppressCommonLines: { short: 's', help: 'do not output common lines' },
  tabsize: { value: '=NUM', help: 'tab stops at every NUM (default 8) print columns' },
  text: { short: 'a', help: 'treat all files as text' },
  width: { short: 'w', value: '=NUM', help: 'output at most NUM (default 130) print columns' },
} as const satisfies Options

/** What diff calls the options that have other letters there. */
const LETTERS: Readonly<Record<string, string>> = {
  ignoreAllSpace: '-w',
  ignoreBlankLines: '-B',
  ignoreCase: '-i',
  ignoreSpaceChange: '-b',
  ignoreTabExpansion: '-E',
  expandTabs: '-t',
  leftColumn: '--left-column',
  minimal: '-d',
  speedLargeFiles: '--speed-large-files',
  stripTrailingCr: '--strip-trailing-cr',
  suppressCommonLines: '--suppress-common-lines',
  text: '-a',
}
const WITH_VALUE: Readonly<Record<string, string>> = {
  ignoreMatchingLines: '-I',
  tabsize: '--tabsize=',
  width: '-W',
}

export default command({
  name: 'sdiff',
  summary: 'Side-by-side comparison of two files.',
  usage: 'sdiff [OPTION]... FILE1 FILE2',
  suite: 'diffutils',
  authors: 'Thomas Lord',
  failure: 2,
  wrongUsage: "sdiff: Try 'sdiff --help' for more information.\n",
  options: OPTIONS,

  *main(sys, flags, args, me) {
    const hint = "sdiff: Try 'sdiff --help' for more information."
    if (args.length < 2)
      throw fatal(`missing operand after ${quote(args[0] ?? 'sdiff')}\n${hint}`.replace(/[‘’]/g, "'"))
    if (args.length > 2) throw fatal(`extra operand ${quote(args[2]!)}\n${hint}`.replace(/[‘’]/g, "'"))
    const options = me.order.flatMap(({ key, value }) => {
      const letter = LETTERS[key]
      if (letter) return [letter]
      return WITH_VALUE[key] ? [`${WITH_VALUE[key]}${value}`] : []
    })
    const program = flags.diffProgram ?? 'diff'
    try {
      return yield* execvp(sys, [program, '-y', ...options, '--', ...args], me.envp)
    } catch (e) {
      throw fatal(`subsidiary program '${program}' could not be invoked`, e)
    }
  },
})
