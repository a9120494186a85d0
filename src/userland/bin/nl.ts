/**
 * nl - number lines of files
 * https://www.gnu.org/software/coreutils/manual/html_node/nl-invocation.html
 */
import { command, fatal, usage } from '../lib/command.ts'
import { eachLine } from '../lib/input.ts'
import { numberWithin } from '../lib/numbers.ts'
import { quote } from '../lib/quote.ts'
import { compileRegex, RegexError, regerror } from '../lib/regex.ts'

export default command({
  name: 'nl',
  closesStdin: '-',
  summary:
    'Write each FILE to standard output, with line numbers added.\n\nWith no FILE, or when FILE is -, read standard input.',
  usage: 'nl [OPTION]... [FILE]...',
  authors: 'Scott Bartram and David MacKenzie',
  options: {
    bodyNumbering: { short: 'b', value: '=STYLE', help: 'use STYLE for numbering body lines' },
    sectionDelimiter: { short: 'd', value: '=CC', help: 'use CC for logical page delimiters' },
    footerNumbering: { short: 'f', value: '=STYLE', help: 'use STYLE for numbering footer lines' },
    headerNumbering: { short: 'h', value: '=STYLE', help: 'use STYLE for numbering header lines' },
    lineIncrement: { short: 'i', value: '=NUMBER', help: 'line number increment at each line' },
    joinBlankLines: { short: 'l', value: '=NUMBER', help: 'group of NUMBER empty lines counted as one' },
    numberFormat: { short: 'n', value: '=FORMAT', help: 'insert line numbers according to FORMAT' },
    noRenumber: { short: 'p', help: 'do not reset line numbers for each section' },
    numberSeparator: { short: 's', value: '=STRING', help: 'add STRING after (possible) line number' },
    startingLineNumber: { short: 'v', value: '=NUMBER', help: 'first line number for each section' },
    numberWidth: { short: 'w', value: '=NUMBER', help: 'use NUMBER columns for line numbers' },
  },

  *main(sys, flags, args, me) {
    const number = (text: string | undefined, what: string, otherwise: number, least = -(2 ** 63)): number =>
      text === undefined ? otherwise : numberWithin(text, `invalid ${what}`, least, 2 ** 63)
    const style = (
      text: string | undefined,
      otherwise: string,
      what: string,
    ): ((line: string) => boolean) => {
      const it = text ?? otherwise
      if (it === 'a') return () => true
      if (it === 't') return line => line !== ''
      if (it === 'n') return () => false
      if (!it.startsWith('p')) throw usage(`invalid ${what} numbering style: ${quote(it)}`)
      const regex = compiled(it.slice(1))
      return line => regex.test(line)
    }
    const styles = {
      body: style(flags.bodyNumbering, 't', 'body'),
      header: style(flags.headerNumbering, 'n', 'header'),
      footer: style(flags.footerNumbering, 'n', 'footer'),
    }
    const start = number(flags.startingLineNumber, 'starting line number', 1)
    const step = number(flags.lineIncrement, 'line number increment', 1)
    const join = number(flags.joinBlankLines, 'line number of blank lines', 1, 1)
    const width = number(flags.numberWidth, 'line number field width', 6, 1)
    const separator = flags.numberSeparator ?? '\t'
    const format = flags.numberFormat ?? 'rn'
    if (!['ln', 'rn', 'rz'].includes(format)) throw usage(`invalid line numbering format: ${quote(format)}`)
    const mark =
      flags.sectionDelimiter === undefined
        ? '\\:'
        : flags.sectionDelimiter.length === 1
          ? `${flags.sectionDelimiter}:`
          : flags.sectionDelimiter
    let section: keyof typeof styles = 'body'
    let line = start
    let blanks = 0
    const shown = (): string => {
      const text = String(line)
      return format === 'ln'
        ? text.padEnd(width)
        : format === 'rz'
          ? text.padStart(width, '0')
          : text.padStart(width)
    }
    const fine = yield* eachLine(sys, me, args, text => {
      const sections = mark ? { [mark.repeat(3)]: 'header', [mark.repeat(2)]: 'body', [mark]: 'footer' } : {}
      const next = sections[text] as keyof typeof styles | undefined
      if (next) {
        section = next
        if (!flags.noRenumber) line = start
        me.out.print('\n')
        return
      }
      blanks = text === '' ? blanks + 1 : 0
      let counts = styles[section](text)
      if (counts && text === '' && join > 1) counts = blanks % join === 0
      if (counts) {
        me.out.line(shown() + separator + text)
        line += step
      } else me.out.line(' '.repeat(width + separator.length) + text)
    })
    return fine ? 0 : 1
  },
})

function compiled(pattern: string): RegExp {
  try {
    return compileRegex(pattern)
  } catch (e) {
    throw e instanceof RegexError ? fatal(regerror(e, pattern)) : e
  }
}
