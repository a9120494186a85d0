/**
 * expand - convert tabs to spaces
 * https://www.gnu.org/software/coreutils/manual/html_node/expand-invocation.html
 */
import { command, fatal } from '../lib/command.ts'
import { eachLine } from '../lib/input.ts'
import { nextStop, parseStops } from '../lib/tab-stops.ts'

/** More blanks than any line will have. */
const LONGEST = 2 ** 24

export default command({
  name: 'expand',
  closesStdin: '-',
  summary:
    'Convert tabs in each FILE to spaces, writing to standard output.\n\nWith no FILE, or when FILE is -, read standard input.',
  usage: 'expand [OPTION]... [FILE]...',
  authors: 'David MacKenzie',
  options: {
    initial: { short: 'i', help: 'do not convert tabs after non blanks' },
    tabs: { short: 't', value: '=N', repeat: true, help: 'have tabs N characters apart, not 8' },
  },
  obsolete: args => args.map(arg => (/^-\d[\d,]*$/.test(arg) ? `-t${arg.slice(1)}` : arg)),

  *main(sys, flags, args, me) {
    const stops = parseStops(flags.tabs)
    const fine = yield* eachLine(sys, me, args, (line, { complete }) => {
      let text = ''
      let column = 0
      let converting = true
      for (const char of line) {
        if (char === '\t' && converting) {
          const next = nextStop(stops, column) ?? column + 1
          if (next - column > LONGEST) throw fatal('input line is too long')
          text += ' '.repeat(next - column)
          column = next
          continue
        }
        text += char
        column = char === '\b' ? Math.max(0, column - 1) : column + 1
        if (flags.initial && char !== ' ') converting = false
      }
      me.out.print(text + (complete ? '\n' : ''))
    })
    return fine ? 0 : 1
  },
})
