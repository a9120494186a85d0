/**
 * unexpand - convert spaces to tabs
 * https://www.gnu.org/software/coreutils/manual/html_node/unexpand-invocation.html
 */
import { command } from '../lib/command.ts'
import { eachLine } from '../lib/input.ts'
import { nextStop, parseStops } from '../lib/tab-stops.ts'

export default command({
  name: 'unexpand',
  summary:
    'Convert blanks in each FILE to tabs, writing to standard output.\n\nWith no FILE, or when FILE is -, read standard input.',
  usage: 'unexpand [OPTION]... [FILE]...',
  authors: 'David MacKenzie',
  options: {
    all: { short: 'a', help: 'convert all blanks, instead of just initial blanks' },
    firstOnly: { help: 'convert only leading sequences of blanks (overrides -a)' },
    tabs: { short: 't', value: '=N', help: 'have tabs N characters apart instead of 8 (enables -a)' },
  },

  *main(sys, flags, args, me) {
    const stops = parseStops(flags.tabs)
    const all = (flags.all || flags.tabs !== undefined) && !flags.firstOnly
    const fine = yield* eachLine(sys, me, args, (line, { complete }) => {
      let text = ''
      let column = 0
      const runs = line.match(/[ \t]+|[^ \t]+/g) ?? []
      for (const [i, run] of runs.entries()) {
        if (!/[ \t]/.test(run[0]!) || (i > 0 && !all)) {
          text += run
          for (const char of run) column = char === '\t' ? nextStop(stops, column) : column + 1
          continue
        }
        const start = column
        for (const char of run) column = char === '\t' ? nextStop(stops, column) : column + 1
        // A single blank before a tab stop in the middle of a line stays.
        if (i > 0 && run === ' ') text += run
        else text += blanks(start, column)
      }
      me.out.print(text + (complete ? '\n' : ''))
    })
    return fine ? 0 : 1

    function blanks(from: number, to: number): string {
      let text = ''
      for (let at = from; at < to; ) {
        const next = nextStop(stops, at)
        if (next <= to) {
          text += '\t'
          at = next
        } else {
          text += ' '.repeat(to - at)
          at = to
        }
      }
      return text
    }
  },
})
