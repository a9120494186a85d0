/**
 * join - join lines of two files on a common field
 * https://www.gnu.org/software/coreutils/manual/html_node/join-invocation.html
 */
import { decode, EBADF, EISDIR, ENOENT } from '../../abi/index.ts'
import { compareText } from '../lib/collate.ts'
import { command, fatal, readAll, usage } from '../lib/command.ts'
import { closeInput, openInput } from '../lib/input.ts'
import type { Given } from '../lib/getopt.ts'
import { parseNumber } from '../lib/numbers.ts'
import { quote, quoteaf, quotef } from '../lib/quote.ts'

interface Row {
  readonly key: string
  readonly fields: readonly string[]
}

export default command({
  name: 'join',
  summary:
    'For each pair of input lines with identical join fields, write a line to\nstandard output.  The default join field is the first, delimited by blanks.\n\nWhen FILE1 or FILE2 (not both) is -, read standard input.',
  usage: 'join [OPTION]... FILE1 FILE2',
  authors: 'Mike Haertel',
  options: {
    a: { value: 'FILENUM', repeat: true, help: 'also print unpairable lines from file FILENUM' },
    e: { value: 'STRING', help: 'replace missing (empty) input fields with STRING' },
    ignoreCase: { short: 'i', help: 'ignore differences in case when comparing fields' },
    j: { value: 'FIELD', help: "equivalent to '-1 FIELD -2 FIELD'" },
    o: { value: 'FORMAT', repeat: true, help: 'obey FORMAT while constructing output line' },
    t: { value: 'CHAR', help: 'use CHAR as input and output field separator' },
    v: { value: 'FILENUM', repeat: true, help: 'like -a FILENUM, but suppress joined output lines' },
    '1': { value: 'FIELD', help: 'join on this FIELD of file 1' },
    '2': { value: 'FIELD', help: 'join on this FIELD of file 2' },
    checkOrder: { help: 'check that the input is correctly sorted' },
    nocheckOrder: { help: 'do not check that the input is correctly sorted' },
    header: { help: 'treat the first line in each file as field headers' },
    zeroTerminated: { short: 'z', help: 'line delimiter is NUL, not newline' },
  },

  *main(sys, flags, args, me) {
    if (!args.length) throw usage('missing operand')
    if (args.length < 2) throw usage(`missing operand after ${quote(args[0]!)}`)
    if (args.length > 2) throw usage(`extra operand ${quoteaf(args[2]!)}`)
    const on = joinFields(me.order)
    for (const { key, value } of me.order)
      if ((key === 'a' || key === 'v') && !/^[12]$/.test(value))
        throw fatal(`invalid field number: ${quote(value)}`)
    if (args[0] === '-' && args[1] === '-') throw fatal('both files cannot be standard input', ENOENT)
    const end = flags.zeroTerminated ? '\0' : '\n'
    const tab = flags.t === undefined ? undefined : separatorOf(flags.t, end)
    const glue = tab ?? ' '
    const blanks = flags.zeroTerminated ? /[ \t\n]+/ : /[ \t]+/
    const split = (line: string): string[] =>
      tab === undefined ? line.split(blanks).filter((it, i) => it || i > 0) : line.split(tab)
    const tables: Row[][] = []
    for (const [i, name] of args.entries()) {
      try {
        const fd = yield* openInput(sys, name)
        const text = decode(yield* readAll(sys, fd))
        closeInput(sys, fd)
        const lines = text ? (text.endsWith(end) ? text.slice(0, -1) : text).split(end) : []
        tables.push(lines.map(split).map(fields => ({ key: keyOf(fields[on[i as 0]] ?? ''), fields })))
      } catch (e) {
        throw fatal(e === EBADF || e === EISDIR ? 'read error' : quotef(name), e)
      }
    }
    const [left, right] = tables as [Row[], Row[]]
    const unpaired = new Set([...(flags.a ?? []), ...(flags.v ?? [])])
    const format = flags.o?.join(',') === 'auto' || !flags.o ? undefined : flags.o.flatMap(outputFields)
    const widths = flags.o?.join(',') === 'auto' ? tables.map(rows => rows[0]?.fields.length ?? 0) : undefined
    /** The fields but for the one joined on; with -o auto as many as the first line had. */
    const others = (row: Row | undefined, file: 0 | 1): string[] => {
      const fields = widths
        ? Array.from({ length: widths[file]! }, (_, i) => row?.fields[i] || (flags.e ?? ''))
        : (row?.fields ?? [])
      return fields.filter((_, i) => i !== on[file])
    }
    const emit = (a: Row | undefined, b: Row | undefined): void => {
      const blank = flags.e ?? ''
      const key = (a ? a.fields[on[0]] : b!.fields[on[1]]) ?? ''
      const parts = format
        ? format.map(it =>
            it === '0' ? key : (it.startsWith('1') ? a : b)?.fields[Number(it.slice(2)) - 1] || blank,
          )
        : [key, ...others(a, 0), ...others(b, 1)]
      me.out.print(parts.join(glue) + end)
    }
    let status = 0
    if (flags.checkOrder || (!flags.nocheckOrder && hasUnpairable(left, right)))
      for (const [n, table] of [left, right].entries()) {
        const wrong = table.findIndex(
          (row, i) => i > (flags.header ? 1 : 0) && compareText(table[i - 1]!.key, row.key) > 0,
        )
        if (wrong > 0) {
          yield* me.warn(`${args[n]}:${wrong + 1}: is not sorted: ${table[wrong]!.fields.join(glue)}`)
          status = 1
          if (flags.checkOrder) return 1
        }
      }
    let i = 0
    let j = 0
    if (flags.header && left.length && right.length) emit(left[i++], right[j++])
    while (i < left.length || j < right.length) {
      const order = i >= left.length ? 1 : j >= right.length ? -1 : compareText(left[i]!.key, right[j]!.key)
      if (order < 0) {
        if (unpaired.has('1')) emit(left[i], undefined)
        i++
      } else if (order > 0) {
        if (unpaired.has('2')) emit(undefined, right[j])
        j++
      } else {
        const { key } = left[i]!
        let iEnd = i
        let jEnd = j
        while (left[iEnd]?.key === key) iEnd++
        while (right[jEnd]?.key === key) jEnd++
        if (!flags.v) for (let x = i; x < iEnd; x++) for (let y = j; y < jEnd; y++) emit(left[x], right[y])
        i = iEnd
        j = jEnd
      }
    }
    if (status) yield* me.warn('input is not in sorted order')
    return status

    function keyOf(text: string): string {
      return flags.ignoreCase ? text.toLowerCase() : text
    }
  },
})

function fieldNumber(text: string): number {
  const it = parseNumber(text)
  if (!('value' in it) || it.value < 1) throw fatal(`invalid field number: ${quote(text)}`)
  return it.value - 1
}

/** The fields to join on, out of -1, -2 and -j, which may repeat but not contradict each other. */
function joinFields(order: readonly Given<string>[]): readonly [number, number] {
  const on: [number?, number?] = []
  const set = (file: 0 | 1, field: number): void => {
    const old = on[file]
    if (old !== undefined && old !== field) throw fatal(`incompatible join fields ${old + 1}, ${field + 1}`)
    on[file] = field
  }
  for (const { key, value } of order) {
    if (key === '1' || key === 'j') set(0, fieldNumber(value))
    if (key === '2' || key === 'j') set(1, fieldNumber(value))
  }
  return [on[0] ?? 0, on[1] ?? 0]
}

/** The field separator of -t: a character, `\0`, or none of them: then the whole line is one field. */
function separatorOf(text: string, end: string): string {
  if (text === '') return end
  if (text === '\\0') return '\0'
  if ([...text].length > 1) throw fatal(`multi-character tab ${quote(text)}`)
  return text
}

/** `1.2,2.3 0`: what -o prints, checked. */
function outputFields(list: string): string[] {
  return list.split(/[ ,\t]/).map(it => {
    if (it === '0') return it
    if (it[0] === '0') throw fatal(`invalid field specifier: ${quote(it)}`)
    if (it[0] !== '1' && it[0] !== '2') throw fatal(`invalid file number in field spec: ${quote(it)}`)
    if (it[1] !== '.') throw fatal(`invalid field specifier: ${quote(it)}`)
    fieldNumber(it.slice(2))
    return it
  })
}

/** "If the input is not sorted and some lines cannot be joined, a warning message will be given" - join(1) */
function hasUnpairable(left: readonly Row[], right: readonly Row[]): boolean {
  let i = 0
  let j = 0
  while (i < left.length && j < right.length) {
    const { key } = left[i]!
    if (right[j]!.key !== key) return true
    while (left[i]?.key === key) i++
    while (right[j]?.key === key) j++
  }
  return i < left.length || j < right.length
}
