/**
 * fmt - simple optimal text formatter
 * https://www.gnu.org/software/coreutils/manual/html_node/fmt-invocation.html
 *
 * Left out: the original weighs all ways to break a paragraph; this fills line by line, nearer to the goal.
 */
import { command, fatal } from '../lib/command.ts'
import { eachLine } from '../lib/input.ts'
import { parseNumber } from '../lib/numbers.ts'
import { quote } from '../lib/quote.ts'
import { textWidth } from '../lib/wcwidth.ts'

export default command({
  name: 'fmt',
  summary:
    'Reformat each paragraph in the FILE(s), writing to standard output.\nThe option -WIDTH is an abbreviated form of --width=DIGITS.',
  usage: 'fmt [-WIDTH] [OPTION]... [FILE]...',
  authors: 'Ross Paterson',
  options: {
    crownMargin: { short: 'c', help: 'preserve indentation of first two lines' },
    prefix: { short: 'p', value: '=STRING', help: 'reformat only lines beginning with STRING' },
    splitOnly: { short: 's', help: 'split long lines, but do not refill' },
    taggedParagraph: { short: 't', help: 'indentation of first line different from second' },
    uniformSpacing: { short: 'u', help: 'one space between words, two after sentences' },
    width: { short: 'w', value: '=WIDTH', help: 'maximum line width (default of 75 columns)' },
    goal: { short: 'g', value: '=WIDTH', help: 'goal width (default of 93% of width)' },
  },
  obsolete: args => args.map(arg => (/^-\d+$/.test(arg) ? `-w${arg.slice(1)}` : arg)),

  *main(sys, flags, args, me) {
    const it = parseNumber(flags.width ?? '75')
    if (!('value' in it)) throw fatal(`invalid width: ${quote(flags.width!)}`)
    const width = it.value
    let words: string[] = []
    let indent = ''
    const flush = (): void => {
      let line = indent
      let used = textWidth(indent)
      let empty = true
      for (const word of words) {
        const size = textWidth(word)
        if (!empty && used + 1 + size > width) {
          me.out.line(line)
          line = indent
          used = textWidth(indent)
          empty = true
        }
        line += empty ? word : ` ${word}`
        used += size + (empty ? 0 : 1)
        empty = false
      }
      if (!empty) me.out.line(line)
      words = []
    }
    const fine = yield* eachLine(sys, me, args, line => {
      const own = /^[ \t]*/.exec(line)![0]
      if (!line.trim()) {
        flush()
        me.out.line('')
        return
      }
      if (words.length && own !== indent) flush()
      if (!words.length) indent = own
      words.push(...line.trim().split(/[ \t]+/))
      if (flags.splitOnly) flush()
    })
    flush()
    return fine ? 0 : 1
  },
})
