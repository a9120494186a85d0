/**
 * paste - merge lines of files
 * https://www.gnu.org/software/coreutils/manual/html_node/paste-invocation.html
 */
import type { Blocking } from '../../abi/index.ts'
import { decode, encode } from '../../abi/index.ts'
import { command, fatal, must } from '../lib/command.ts'
import { openInput } from '../lib/input.ts'
import { Lines } from '../lib/lines.ts'
import { quotef, quoteC } from '../lib/quote.ts'

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
}

export default command({
  name: 'paste',
  closesStdin: '-',
  summary:
    'Write lines consisting of the sequentially corresponding lines from\neach FILE, separated by TABs, to standard output.\n\nWith no FILE, or when FILE is -, read standard input.',
  usage: 'paste [OPTION]... [FILE]...',
  authors: 'David M. Ihnat and David MacKenzie',
  options: {
    delimiters: { short: 'd', value: '=LIST', help: 'reuse characters from LIST instead of TABs' },
    serial: { short: 's', help: 'paste one file at a time instead of in parallel' },
    zeroTerminated: { short: 'z', help: 'line delimiter is NUL, not newline' },
  },

  *main(sys, flags, args, me) {
    const list = flags.delimiters ?? '\t'
    if (/(^|[^\\])(\\\\)*\\$/.test(list))
      throw fatal(
        `delimiter list ends with an unescaped backslash: ${quoteC(list).slice(1, -1).replaceAll('\\\\', '\\')}`,
      )
    // A delimiter is one byte, even of a longer character.
    const delimiters = [...list.matchAll(/\\(.)|(.)/gsu)].flatMap(it =>
      it[1] === undefined
        ? [...encode(it[2]!)].map(byte => decode(Uint8Array.of(byte)))
        : [ESCAPES[it[1]] ?? it[1]],
    )
    if (!delimiters.length) delimiters.push('')
    const end = flags.zeroTerminated ? '\0' : '\n'
    const readers: Lines[] = []
    let status = 0
    let stdin: Lines | undefined
    const names = new Map<Lines, string>()
    for (const name of args.length ? args : ['-']) {
      if (name === '-' && stdin) {
        readers.push(stdin)
        continue
      }
      try {
        const reader = new Lines(sys, yield* openInput(sys, name), flags.zeroTerminated ? 0 : 10)
        if (name === '-') stdin = reader
        readers.push(reader)
        names.set(reader, name)
      } catch (e) {
        if (!flags.serial) throw fatal(quotef(name), e)
        yield* me.warn(quotef(name), e)
        status = 1
      }
    }
    const lineOf = (reader: Lines): Blocking<string | undefined> =>
      must(quotef(names.get(reader) ?? '-'), reader.next())
    if (flags.serial) {
      for (const reader of readers) {
        let text = ''
        for (let i = 0; ; i++) {
          const line = yield* lineOf(reader)
          if (line === undefined) break
          text += (i ? delimiters[(i - 1) % delimiters.length] : '') + line
        }
        me.out.print(text + end)
      }
      return status
    }
    const done = new Set<Lines>()
    for (;;) {
      let text = ''
      let any = false
      for (const [i, reader] of readers.entries()) {
        const line = done.has(reader) ? undefined : yield* lineOf(reader)
        if (line === undefined) done.add(reader)
        else any = true
        text += (i ? delimiters[(i - 1) % delimiters.length] : '') + (line ?? '')
      }
      if (!any) return status
      me.out.print(text + end)
      if (me.out.full) yield* me.out.flush()
    }
  },
})
