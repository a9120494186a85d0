/**
 * comm - compare two sorted files line by line
 * https://www.gnu.org/software/coreutils/manual/html_node/comm-invocation.html
 */
import type { Blocking } from '../../abi/index.ts'
import { compareText } from '../lib/collate.ts'
import { command, fatal, usage, must } from '../lib/command.ts'
import { openInput } from '../lib/input.ts'
import { Lines } from '../lib/lines.ts'
import { quote, quotef } from '../lib/quote.ts'

export default command({
  name: 'comm',
  summary: 'Compare sorted files FILE1 and FILE2 line by line.',
  usage: 'comm [OPTION]... FILE1 FILE2',
  authors: 'Richard M. Stallman and David MacKenzie',
  options: {
    '1': { help: 'suppress column 1 (lines unique to FILE1)' },
    '2': { help: 'suppress column 2 (lines unique to FILE2)' },
    '3': { help: 'suppress column 3 (lines that appear in both files)' },
    checkOrder: { help: 'check that the input is correctly sorted, even\nif all input lines are pairable' },
    nocheckOrder: { help: 'do not check that the input is correctly sorted' },
    outputDelimiter: { value: '=STR', repeat: true, help: 'separate columns with STR' },
    total: { help: 'output a summary' },
    zeroTerminated: { short: 'z', help: 'line delimiter is NUL, not newline' },
  },

  *main(sys, flags, args, me) {
    if (!args.length) throw usage('missing operand')
    if (args.length < 2) throw usage(`missing operand after ${quote(args[0]!)}`)
    if (args.length > 2) throw usage(`extra operand ${quote(args[2]!)}`)
    const delimiters = new Set(flags.outputDelimiter ?? ['\t'])
    if (delimiters.size > 1) throw fatal('multiple output delimiters specified')
    const delimiter = [...delimiters][0] || '\0'
    const end = flags.zeroTerminated ? '\0' : '\n'
    const readers: Lines[] = []
    const firsts: (string | undefined)[] = []
    for (const name of args) {
      try {
        const reader = new Lines(sys, yield* openInput(sys, name), flags.zeroTerminated ? 0 : 10)
        readers.push(reader)
        firsts.push(yield* reader.next())
      } catch (e) {
        throw fatal(quotef(name), e)
      }
    }
    const [one, two] = readers as [Lines, Lines]
    const totals = [0, 0, 0]
    const disordered = [false, false]
    let status = 0
    const show = (column: 0 | 1 | 2, line: string): void => {
      totals[column]!++
      if ([flags['1'], flags['2'], flags['3']][column]) return
      const before = [flags['1'], flags['2']].slice(0, column).filter(hidden => !hidden).length
      me.out.print(delimiter.repeat(before) + line + end)
    }
    const nextOf = (reader: Lines): Blocking<string | undefined> =>
      must(quotef(args[readers.indexOf(reader)]!), reader.next())
    let [a, b] = firsts
    let unpaired = false
    while (a !== undefined || b !== undefined) {
      const order = a === undefined ? 1 : b === undefined ? -1 : compareText(a, b)
      if (order) unpaired = true
      show(order < 0 ? 0 : order > 0 ? 1 : 2, (order <= 0 ? a : b)!)
      for (const [i, advance] of [order <= 0, order >= 0].entries()) {
        if (!advance) continue
        const old: string = (i ? b : a)!
        const next: string | undefined = yield* nextOf(i ? two : one)
        if (
          next !== undefined &&
          !flags.nocheckOrder &&
          (flags.checkOrder || unpaired) &&
          !disordered[i] &&
          compareText(old, next) > 0
        ) {
          yield* me.warn(`file ${i + 1} is not in sorted order`)
          disordered[i] = true
          status = 1
          if (flags.checkOrder) return 1
        }
        if (i) b = next
        else a = next
      }
      if (me.out.full) yield* me.out.flush()
    }
    if (flags.total) me.out.print(`${totals.join(delimiter)}${delimiter}total${end}`)
    if (status && !flags.checkOrder) yield* me.warn('input is not in sorted order')
    return status
  },
})
