/**
 * look - display lines beginning with a given string
 * Linux: util-linux misc-utils/look.c; look(1). The file is taken to be sorted, and searched by halves.
 */
import { Errno } from '../../abi/index.ts'
import { command, fatal, readFile, usage } from '../lib/command.ts'

const WORDS = '/usr/share/dict/words'
const ALTERNATIVE = '/usr/share/dict/web2'

export default command({
  name: 'look',
  summary: 'display lines beginning with a given string',
  suite: 'util-linux',
  usage: 'look [options] <string> [<file>...]',
  help: `
Usage:
 look [options] <string> [<file>...]

Display lines beginning with a specified string.

Options:
 -a, --alternative        use the alternative dictionary
 -d, --alphanum           compare only blanks and alphanumeric characters
 -f, --ignore-case        ignore case differences when comparing
 -t, --terminate <char>   define the string-termination character

 -h, --help               display this help
 -V, --version            display version

For more details see look(1).
`,
  options: {
    alternative: { short: 'a' },
    alphanum: { short: 'd' },
    ignoreCase: { short: 'f' },
    terminate: { short: 't', value: '<char>' },
  },

  *main(sys, flags, args, me) {
    if (args.length < 1 || args.length > 2) throw usage('bad usage')
    const path = args[1] ?? (flags.alternative ? ALTERNATIVE : (me.env.get('WORDLIST') ?? WORDS))
    // The dictionary is sorted as `sort -df` does it.
    const isDictionary = args[1] === undefined
    const comparable = (text: string): string => {
      const kept = flags.alphanum || isDictionary ? text.replace(/[^\p{L}\p{N}\s]/gu, '') : text
      return flags.ignoreCase || isDictionary ? kept.toLowerCase() : kept
    }
    const mark = flags.terminate?.[0]
    const end = mark === undefined ? -1 : args[0]!.indexOf(mark)
    const wanted = comparable(end < 0 ? args[0]! : args[0]!.slice(0, end + 1))
    const lines = (yield* open()).split('\n')
    if (lines[lines.length - 1] === '') lines.pop()

    let low = 0
    for (let high = lines.length; low < high; ) {
      const middle = (low + high) >> 1
      if (comparable(lines[middle]!).slice(0, wanted.length) < wanted) low = middle + 1
      else high = middle
    }
    const first = low
    while (low < lines.length && comparable(lines[low]!).startsWith(wanted)) me.out.line(lines[low++]!)
    return low > first ? 0 : 1

    function* open() {
      try {
        return yield* readFile(sys, path)
      } catch (e) {
        if (e instanceof Errno) throw fatal(path, e)
        throw e
      }
    }
  },
})
