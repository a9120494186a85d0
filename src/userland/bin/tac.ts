/**
 * tac - concatenate and print files in reverse
 * https://www.gnu.org/software/coreutils/manual/html_node/tac-invocation.html
 */
import { decode, Errno } from '../../abi/index.ts'
import { command, readAll } from '../lib/command.ts'
import { closeInput, openInput } from '../lib/input.ts'
import { quoteaf, quotef } from '../lib/quote.ts'
import { compileRegex, escapeRegex } from '../lib/regex.ts'

export default command({
  name: 'tac',
  summary:
    'Write each FILE to standard output, last line first.\n\nWith no FILE, or when FILE is -, read standard input.',
  usage: 'tac [OPTION]... [FILE]...',
  authors: 'Jay Lepreau and David MacKenzie',
  options: {
    before: { short: 'b', help: 'attach the separator before instead of after' },
    regex: { short: 'r', help: 'interpret the separator as a regular expression' },
    separator: { short: 's', value: '=STRING', help: 'use STRING as the separator instead of newline' },
  },

  *main(sys, flags, args, me) {
    const separator = flags.separator ?? '\n'
    const pattern = flags.regex
      ? compileRegex(separator, { flags: 'g' })
      : new RegExp(escapeRegex(separator), 'gu')
    let status = 0
    // The original prints from a buffer of its own, after its messages.
    let result = ''
    for (const name of args.length ? args : ['-']) {
      let fd = 0
      let text: string
      try {
        fd = yield* openInput(sys, name)
      } catch (e) {
        yield* me.warn(`failed to open ${quoteaf(name)} for reading`, e)
        status = 1
        continue
      }
      try {
        text = decode(yield* readAll(sys, fd))
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        if (fd) sys.close(fd)
        // A directory refuses the seek to its end before it refuses to be read.
        yield* me.warn(
          `${quotef(name)}: read error${e.name === 'EISDIR' ? ': Invalid argument' : ''}`,
          e.name === 'EISDIR' ? undefined : e,
        )
        status = 1
        continue
      }
      closeInput(sys, fd)
      for (const record of records(text, pattern, Boolean(flags.before)).reverse()) result += record
    }
    me.out.print(result)
    return status
  },
})

function records(text: string, separator: RegExp, before: boolean): string[] {
  const list: string[] = []
  let from = 0
  for (const match of text.matchAll(separator)) {
    const cut = before ? match.index : match.index + match[0].length
    if (cut > from || !before) list.push(text.slice(from, cut))
    from = cut
  }
  if (from < text.length) list.push(text.slice(from))
  return list
}
