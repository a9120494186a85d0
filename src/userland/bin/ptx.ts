/**
 * ptx - make a permuted index: every word with what stands around it
 * https://www.gnu.org/software/coreutils/manual/html_node/ptx-invocation.html
 *
 * Left out: -t, which the original ignores as well.
 */
import { type Blocking, encode, O_CREAT, O_TRUNC, O_WRONLY, type Sys } from '../../abi/index.ts'
import { oneOf } from '../lib/argmatch.ts'
import { byteText, textBytes } from '../lib/byte-text.ts'
import { command, fatal, type Flags, must, type Options, readAll, usage, writeAll } from '../lib/command.ts'
import { openInput } from '../lib/input.ts'
import { parseNumber } from '../lib/numbers.ts'
import { expandEscapes } from '../lib/printf.ts'
import { quote, quotef } from '../lib/quote.ts'
import { fieldsOf, printLine } from '../lib/ptx/layout.ts'
import { findOccurrences, type Text, type Words } from '../lib/ptx/occurrences.ts'
import { compileRegex, RegexError, regerror } from '../lib/regex.ts'

const OPTIONS = {
  autoReference: { short: 'A', help: 'output automatically generated references' },
  traditional: { short: 'G', help: "behave more like System V 'ptx'" },
  flagTruncation: {
    short: 'F',
    value: '=STRING',
    help: "use STRING for flagging line truncations.\nThe default is '/'",
  },
  macroName: { short: 'M', value: '=STRING', help: "macro name to use instead of 'xx'" },
  roff: { short: 'O', long: '', help: 'generate output as roff directives' },
  format: { value: '=roff|tex' },
  rightSideRefs: { short: 'R', help: 'put references at right, not counted in -w' },
  sentenceRegexp: { short: 'S', value: '=REGEXP', help: 'for end of lines or end of sentences' },
  tex: { short: 'T', long: '', help: 'generate output as TeX directives' },
  wordRegexp: { short: 'W', value: '=REGEXP', help: 'use REGEXP to match each keyword' },
  breakFile: { short: 'b', value: '=FILE', help: 'word break characters in this FILE' },
  ignoreCase: { short: 'f', help: 'fold lower case to upper case for sorting' },
  gapSize: { short: 'g', value: '=NUMBER', help: 'gap size in columns between output fields' },
  ignoreFile: { short: 'i', value: '=FILE', help: 'read ignore word list from FILE' },
  onlyFile: { short: 'o', value: '=FILE', help: 'read only word list from this FILE' },
  references: { short: 'r', help: 'first field of each line is a reference' },
  typesetMode: { short: 't', help: '- not implemented -' },
  width: { short: 'w', value: '=NUMBER', help: 'output width in columns, reference excluded' },
} as const satisfies Options

export default command({
  name: 'ptx',
  summary:
    'Output a permuted index, including context, of the words in the input files.\n\nWith no FILE, or when FILE is -, read standard input.',
  usage: ['ptx [OPTION]... [INPUT]...   (without -G)', 'ptx -G [OPTION]... [INPUT [OUTPUT]]'],
  authors: 'F. Pinard',
  options: OPTIONS,

  *main(sys, flags, args, me) {
    const gap = flags.gapSize === undefined ? 3 : positive(flags.gapSize, 'gap width')
    const width = flags.width === undefined ? 72 : positive(flags.width, 'line width')
    const format = formatOf(me.order, flags.traditional === true)
    const words = yield* wordsOf(sys, flags)
    if (flags.traditional && args.length > 2) throw usage(`extra operand ${quote(args[2]!)}`)
    const names = flags.traditional ? args.slice(0, 1) : args
    const texts: Text[] = []
    for (const name of names.length ? names : ['-'])
      texts.push({ name: name === '-' ? '' : name, text: yield* swallow(sys, name) })
    const found = findOccurrences(texts, words)
    const layout = {
      format,
      gap,
      width,
      truncation: unescaped(flags.flagTruncation ?? '/'),
      macro: flags.macroName === undefined ? 'xx' : unescaped(flags.macroName),
      isGnu: !flags.traditional,
      rightRefs: flags.rightSideRefs === true,
      references: flags.autoReference
        ? ('auto' as const)
        : flags.references
          ? ('input' as const)
          : ('none' as const),
      words,
      texts,
      ...found,
    }
    let out = ''
    for (const it of found.occurrences) out += printLine(fieldsOf(it, layout), layout)
    if (flags.traditional && args[1] !== undefined) {
      const fd = yield* must(quotef(args[1]), sys.open(args[1], O_WRONLY | O_CREAT | O_TRUNC, 0o666))
      yield* writeAll(sys, fd, textBytes(out))
      sys.close(fd)
    } else me.out.print(textBytes(out))
    return 0
  },
})

function positive(text: string, what: string): number {
  const it = parseNumber(text)
  if (!('value' in it) || it.value < 1) throw fatal(`invalid ${what}: ${quote(text)}`)
  return it.value
}

const unescaped = (text: string): string => byteText(encode(expandEscapes(text, 'b').text))

function formatOf(
  order: readonly { key: string; value: string }[],
  traditional: boolean,
): 'dumb' | 'roff' | 'tex' {
  let format: 'dumb' | 'roff' | 'tex' = traditional ? 'roff' : 'dumb'
  for (const { key, value } of order) {
    if (key === 'roff') format = 'roff'
    else if (key === 'tex') format = 'tex'
    else if (key === 'format')
      format = oneOf<'roff' | 'tex'>('--format', value, [
        ['roff', 'roff'],
        ['tex', 'tex'],
      ])
  }
  return format
}

function* swallow(sys: Sys, name: string): Blocking<string> {
  const fd = yield* must(quotef(name), openInput(sys, name))
  const text = byteText(yield* must(quotef(name), readAll(sys, fd)))
  if (fd) sys.close(fd)
  return text
}

/** The end of a sentence in running text. */
const SENTENCE = /[.?!][\]"')}]*(?:$|\t| {2})[ \t\n]*/gm

/** What is a word and where a context ends. Linux: initialize_regex(). */
function* wordsOf(sys: Sys, flags: Flags<typeof OPTIONS>): Blocking<Words> {
  const sentence =
    flags.sentenceRegexp !== undefined
      ? flags.sentenceRegexp && compiled(flags.sentenceRegexp)
      : !flags.traditional && !flags.references
        ? SENTENCE
        : /\n/g
  let letters = flags.traditional ? /[^ \t\n]/ : /[A-Za-z]/
  if (flags.breakFile !== undefined) {
    const breaks = new Set((yield* swallow(sys, flags.breakFile)) + (flags.traditional ? ' \t\n' : ''))
    letters = new RegExp(
      `[^${[...breaks].map(it => `\\x${it.charCodeAt(0).toString(16).padStart(2, '0')}`).join('')}]`,
    )
  }
  return {
    sentence: sentence || undefined,
    word: flags.wordRegexp ? compiled(flags.wordRegexp) : undefined,
    isLetter: char => letters.test(char),
    foldsCase: flags.ignoreCase === true,
    autoReference: flags.autoReference === true,
    inputReference: flags.references === true,
    ignored: yield* wordList(sys, flags.ignoreFile),
    only: yield* wordList(sys, flags.onlyFile),
  }
}

function* wordList(sys: Sys, name: string | undefined): Blocking<readonly string[] | undefined> {
  if (name === undefined) return undefined
  return (yield* swallow(sys, name)).split('\n').filter(it => it)
}

function compiled(pattern: string): RegExp {
  const text = unescaped(pattern)
  try {
    return compileRegex(text, { flags: 'g', multiline: true })
  } catch (e) {
    throw e instanceof RegexError ? fatal(`${regerror(e, text)} (for regexp ${quote(pattern)})`) : e
  }
}
