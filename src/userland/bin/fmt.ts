/**
 * fmt - simple optimal text formatter
 * https://www.gnu.org/software/coreutils/manual/html_node/fmt-invocation.html
 */
import { type Blocking, decode, ERANGE, Errno } from '../../abi/index.ts'
import { command, fatal, readAll, usage } from '../lib/command.ts'
import { Filler } from '../lib/fmt/paragraph.ts'
import { closeInput, openInput } from '../lib/input.ts'
import { parseNumber } from '../lib/numbers.ts'
import { quote, quoteaf } from '../lib/quote.ts'

/** Lines are no longer than this. */
const MAX_WIDTH = 2500

export default command({
  name: 'fmt',
  closesStdin: 'closing standard input',
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
  obsolete([first, ...rest]) {
    if (first === undefined) return []
    const late = rest.find((arg, i) => /^-\d/.test(arg) && !/^-[cstu]*[wgp]$/.test(rest[i - 1] ?? first))
    if (late !== undefined)
      throw usage(
        `invalid option -- ${late[1]}; -WIDTH is recognized only when it is the first\noption; use -w N instead`,
      )
    return [/^-\d/.test(first) ? `-w${first.slice(1)}` : first, ...rest]
  },

  *main(sys, flags, args, me) {
    const asked = flags.width === undefined ? undefined : widthOf(flags.width, MAX_WIDTH)
    const goalAsked = flags.goal === undefined ? undefined : widthOf(flags.goal, asked ?? 75)
    const width = asked ?? (goalAsked === undefined ? 75 : goalAsked + 10)
    const style = {
      width,
      goal: goalAsked ?? Math.floor((width * 187) / 200),
      prefix: flags.prefix ?? '',
      crown: Boolean(flags.crownMargin),
      tagged: Boolean(flags.taggedParagraph),
      split: Boolean(flags.splitOnly),
      uniform: Boolean(flags.uniformSpacing),
    }
    let status = 0
    for (const name of args.length ? args : ['-']) if (!(yield* format(name))) status = 1
    return status

    function* format(name: string): Blocking<boolean> {
      let fd: number
      try {
        fd = yield* openInput(sys, name)
      } catch (e) {
        yield* me.warn(`cannot open ${quoteaf(name)} for reading`, e)
        return false
      }
      try {
        new Filler(style, text => me.out.print(text)).fill(decode(yield* readAll(sys, fd)))
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* me.warn('read error')
        return false
      }
      closeInput(sys, fd)
      return true
    }
  },
})

function widthOf(text: string, most: number): number {
  const it = parseNumber(text)
  const complaint = `invalid width: ${quote(text)}`
  if ('value' in it ? it.value < 0 : !it.overflow) throw fatal(complaint)
  if (!('value' in it) || it.value > most) throw fatal(complaint, ERANGE)
  return it.value
}
