/**
 * tac - concatenate and print files in reverse
 * https://www.gnu.org/software/coreutils/manual/html_node/tac-invocation.html
 */
import { decode, Errno } from '../../abi/index.ts'
import { command, fatal, readAll } from '../lib/command.ts'
import { closeInput, openInput } from '../lib/input.ts'
import { quoteaf, quotef } from '../lib/quote.ts'
import { compileRegex, RegexError, regerror } from '../lib/regex.ts'

export default command({
  name: 'tac',
  closesStdin: '-',
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
    const pattern = separatorOf(separator, Boolean(flags.regex))
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
          `${name === '-' ? quoteaf('standard input') : quotef(name)}: read error${e.name === 'EISDIR' ? ': Invalid argument' : ''}`,
          e.name === 'EISDIR' ? undefined : e,
        )
        status = 1
        continue
      }
      closeInput(sys, fd)
      for (const record of records(text, pattern, Boolean(flags.before))) result += record
    }
    me.out.print(result)
    return status
  },
})

/** Finds the last separator of a text: where it begins and ends. */
type Finder = (text: string) => readonly [start: number, end: number] | undefined

function separatorOf(separator: string, isRegex: boolean): Finder {
  if (!isRegex) {
    const string = separator || '\0'
    return text => {
      const at = text.lastIndexOf(string)
      return at < 0 ? undefined : [at, at + string.length]
    }
  }
  if (!separator) throw fatal('separator cannot be empty')
  const pattern = compilePattern(separator)
  return text => {
    for (let at = text.length - 1; at >= 0; at--) {
      pattern.lastIndex = at
      const match = pattern.exec(text)
      if (match?.[0]) return [at, at + match[0].length]
    }
    return undefined
  }
}

function compilePattern(separator: string): RegExp {
  try {
    return compileRegex(separator, { flags: 'y' })
  } catch (e) {
    throw e instanceof RegexError ? fatal(regerror(e, separator)) : e
  }
}

/** The records, the last one first: the search goes backwards from the end, so the last separator counts first. */
function records(text: string, find: Finder, before: boolean): string[] {
  const list: string[] = []
  let end = text.length
  let rest = text
  for (let found = find(rest); found; found = find(rest)) {
    const cut = before ? found[0] : found[1]
    if (before || cut < text.length) list.push(text.slice(cut, end))
    if (before || cut < text.length) end = cut
    rest = rest.slice(0, found[0])
  }
  list.push(text.slice(0, end))
  return list
}
