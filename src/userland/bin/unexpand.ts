/**
 * unexpand - convert spaces to tabs
 * https://www.gnu.org/software/coreutils/manual/html_node/unexpand-invocation.html
 */
import { command } from '../lib/command.ts'
import { eachLine } from '../lib/input.ts'
import { nextStop, parseStops } from '../lib/tab-stops.ts'

export default command({
  name: 'unexpand',
  closesStdin: '-',
  summary:
    'Convert blanks in each FILE to tabs, writing to standard output.\n\nWith no FILE, or when FILE is -, read standard input.',
  usage: 'unexpand [OPTION]... [FILE]...',
  authors: 'David MacKenzie',
  options: {
    all: { short: 'a', help: 'convert all blanks, instead of just initial blanks' },
    firstOnly: { help: 'convert only leading sequences of blanks (overrides -a)' },
    tabs: {
      short: 't',
      value: '=N',
      repeat: true,
      help: 'have tabs N characters apart instead of 8 (enables -a)',
    },
  },
  // -N says how far apart tabs are, but not to convert all blanks.
  obsolete(args) {
    if (!args.some(arg => /^-\d[\d,]*$/.test(arg))) return args
    const stops = args.map(arg => (/^-\d[\d,]*$/.test(arg) ? `-t${arg.slice(1)}` : arg))
    return args.some(arg => /^-a|^--all$/.test(arg)) ? stops : ['--first-only', ...stops]
  },

  *main(sys, flags, args, me) {
    const stops = parseStops(flags.tabs)
    const all = (flags.all || flags.tabs !== undefined) && !flags.firstOnly
    const fine = yield* eachLine(sys, me, args, (line, { complete }) => {
      me.out.print(unexpanded(line) + (complete ? '\n' : ''))
    })
    return fine ? 0 : 1

    function unexpanded(line: string): string {
      let text = ''
      let column = 0
      let pending = ''
      // A single blank before a tab stop stays one, unless more blanks follow it.
      let oneBeforeStop = false
      let blankBefore = true
      for (let i = 0; i < line.length; i++) {
        const char = line[i]!
        const isBlank = char === ' ' || char === '\t'
        const next = isBlank ? nextStop(stops, column) : undefined
        if (!isBlank || next === undefined) {
          text += (oneBeforeStop && pending.length > 1 ? `\t${pending.slice(1)}` : pending) + char
          // After the last stop, or the first word, nothing is converted.
          if (isBlank || !all) return text + line.slice(i + 1)
          pending = ''
          oneBeforeStop = blankBefore = false
          column = char === '\b' ? Math.max(0, column - 1) : column + 1
        } else if (char === '\t' || (blankBefore && column + 1 === next)) {
          text += oneBeforeStop ? '\t\t' : '\t'
          column = next
          pending = ''
          oneBeforeStop = false
          blankBefore = true
        } else {
          column++
          if (column === next) oneBeforeStop = true
          pending += char
          blankBefore = true
        }
      }
      return text + (oneBeforeStop && pending.length > 1 ? `\t${pending.slice(1)}` : pending)
    }
  },
})
