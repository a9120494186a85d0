/**
 * uniq - report or omit repeated lines
 * https://www.gnu.org/software/coreutils/manual/html_node/uniq-invocation.html
 */
import { type Blocking, EBADF, EISDIR, Errno, O_CREAT, O_TRUNC, O_WRONLY } from '../../abi/index.ts'
import { oneOf } from '../lib/argmatch.ts'
import { command, fatal, Output, usage } from '../lib/command.ts'
import { eachLine } from '../lib/input.ts'
import { parseNumber } from '../lib/numbers.ts'
import { quote, quoteaf, quotef } from '../lib/quote.ts'

const METHODS = [
  ['none', 'none'],
  ['prepend', 'prepend'],
  ['separate', 'separate'],
] as const
const GROUPINGS = [
  ['prepend', 'prepend'],
  ['append', 'append'],
  ['separate', 'separate'],
  ['both', 'both'],
] as const

export default command({
  name: 'uniq',
  summary:
    'Filter adjacent matching lines from INPUT (or standard input),\nwriting to OUTPUT (or standard output).\n\nWith no options, matching lines are merged to the first occurrence.',
  usage: 'uniq [OPTION]... [INPUT [OUTPUT]]',
  authors: 'Richard M. Stallman and David MacKenzie',
  options: {
    count: { short: 'c', help: 'prefix lines by the number of occurrences' },
    repeated: { short: 'd', help: 'only print duplicate lines, one for each group' },
    D: { help: 'print all duplicate lines' },
    allRepeated: {
      value: '[=METHOD]',
      help: 'like -D, but allow separating groups\nwith an empty line;\nMETHOD={none(default),prepend,separate}',
    },
    skipFields: { short: 'f', value: '=N', help: 'avoid comparing the first N fields' },
    group: {
      value: '[=METHOD]',
      help: 'show all items, separating groups with an empty line;\nMETHOD={separate(default),prepend,append,both}',
    },
    ignoreCase: { short: 'i', help: 'ignore differences in case when comparing' },
    skipChars: { short: 's', value: '=N', help: 'avoid comparing the first N characters' },
    unique: { short: 'u', help: 'only print unique lines' },
    zeroTerminated: { short: 'z', help: 'line delimiter is NUL, not newline' },
    checkChars: { short: 'w', value: '=N', help: 'compare no more than N characters in lines' },
  },

  // `-1` skips a field, `+1` a character.
  obsolete: args =>
    args.map((arg, i) =>
      /^-[fsw]$/.test(args[i - 1] ?? '')
        ? arg
        : arg.replace(/^-(\d+)$/, '--skip-fields=$1').replace(/^\+(\d+)$/, '--skip-chars=$1'),
    ),

  *main(sys, flags, [input, output, extra], me) {
    if (extra !== undefined) throw usage(`extra operand ${quote(extra)}`)
    const size = (text: string | undefined, what: string): number | undefined => {
      if (text === undefined) return undefined
      const it = parseNumber(text)
      if ('value' in it && it.value >= 0) return it.value
      if (!('value' in it) && it.overflow) return Number.MAX_SAFE_INTEGER
      throw fatal(`${text}: invalid number of ${what}`)
    }
    const fields = size(flags.skipFields, 'fields to skip') ?? 0
    const chars = size(flags.skipChars, 'bytes to skip') ?? 0
    const limit = size(flags.checkChars, 'bytes to compare')
    const all = flags.D || flags.allRepeated !== undefined
    const separate = flags.allRepeated ? oneOf('--all-repeated', flags.allRepeated, METHODS) : 'none'
    const group =
      flags.group === undefined
        ? undefined
        : flags.group
          ? oneOf('--group', flags.group, GROUPINGS)
          : 'separate'
    if (all && flags.count) throw usage('printing all duplicated lines and repeat counts is meaningless')
    if (group && (flags.count || flags.repeated || all || flags.unique))
      throw usage('--group is mutually exclusive with -c/-d/-D/-u')
    const end = flags.zeroTerminated ? '\0' : '\n'
    const out = output === undefined || output === '-' ? me.out : new Output(sys, yield* create(output))

    function key(line: string): string {
      let at = 0
      for (let i = 0; i < fields && at < line.length; i++)
        at += /^[ \t]*[^ \t]*/.exec(line.slice(at))![0].length
      const rest = [...line.slice(at)].slice(chars)
      const text = (limit === undefined ? rest : rest.slice(0, limit)).join('')
      return flags.ignoreCase ? text.toLowerCase() : text
    }

    function* create(path: string): Blocking<number> {
      try {
        return yield* sys.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
      } catch (e) {
        throw e instanceof Errno ? fatal(quotef(path), e) : e
      }
    }

    let current: string | undefined
    let held: string[] = []
    let count = 0
    let groups = 0
    const plainKey = !fields && !chars && limit === undefined && !flags.ignoreCase
    const finish = (): void => {
      if (current === undefined) return
      const wanted = count > 1 ? !flags.unique : !flags.repeated && !all
      if (all && flags.unique) for (const line of held.slice(1)) out.print(line + end)
      else if (group || (all && count > 1)) {
        const before = group
          ? group === 'prepend' || group === 'both' || (group === 'separate' && groups)
          : separate === 'prepend' || (separate === 'separate' && groups)
        if (before && !(group === 'both' && groups)) out.print(end)
        for (const line of held) out.print(line + end)
        if (group === 'append' || group === 'both') out.print(end)
        groups++
      } else if (!all && wanted)
        out.print(`${flags.count ? `${String(count).padStart(7)} ` : ''}${held[0]}${end}`)
    }
    const fine = yield* eachLine(
      sys,
      {
        out,
        warn: (what, e) =>
          e === EISDIR || e === EBADF ? me.warn(`error reading ${quoteaf(input ?? '-')}`) : me.warn(what, e),
      },
      [input ?? '-'],
      line => {
        const its = plainKey ? line : key(line)
        if (its === current) {
          count++
          if (all || group) held.push(line)
          return
        }
        finish()
        current = its
        held = [line]
        count = 1
      },
      flags.zeroTerminated ? 0 : 10,
    )
    finish()
    yield* out.flush()
    return fine ? 0 : 1
  },
})
