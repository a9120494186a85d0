/**
 * test, [ - check file types and compare values
 * https://www.gnu.org/software/coreutils/manual/html_node/test-invocation.html
 */
import { encode, type Sys } from '../../abi/index.ts'
import { command, fatal } from '../lib/command.ts'
import { quote } from '../lib/quote.ts'
import { type Dialect, evaluate, isBinary, type Mistake } from '../lib/test/expression.ts'
import { fileTest, isTerminal } from '../lib/test/files.ts'

export default command({
  name: 'test',
  aliases: ['['],
  summary: 'Exit with the status determined by EXPRESSION.',
  usage: ['test EXPRESSION', 'test', '[ EXPRESSION ]', '[ ]', '[ OPTION'],
  authors: 'Kevin Braunsdorf and Matthew Bradburn',
  failure: 2,
  raw: true,
  helpAlone: '[',

  *main(sys, _flags, args, me) {
    if (me.name.slice(me.name.lastIndexOf('/') + 1) === '[') {
      if (args.at(-1) !== ']') throw fatal(`missing ${quote(']')}`)
      args = args.slice(0, -1)
    }
    return evaluate(dialect(sys), lengths(args)) ? 0 : 1
  },
})

const UNARY = /^-[bcdefghknprstuwxzGLNOS]$/

const dialect = (sys: Sys): Dialect => ({
  sys,
  joinsThree: false,
  countsInParentheses: true,
  isUnary: word => /^-.$/.test(word),
  isBinary,
  unary(operator, operand) {
    if (!UNARY.test(operator)) throw fatal(`${quote(operator)}: unary operator expected`)
    return operator === '-t' ? isTerminal(sys, Number(integer(operand))) : fileTest(sys, operator, operand)
  },
  number: integer,
  mistake: (kind, words, at) => fatal(complaint(kind, words, at)),
})

function complaint(kind: Mistake, words: readonly string[], at: number): string {
  const word = words[at]
  switch (kind) {
    case 'unary':
    case 'missing':
      return `missing argument after ${quote(words.at(-1)!)}`
    case 'binary':
      return `${quote(word!)}: binary operator expected`
    case 'extra':
      return `extra argument ${quote(word!)}`
    case 'paren':
      return word === undefined ? `${quote(')')} expected` : `${quote(')')} expected, found ${quote(word)}`
  }
}

const NUMERIC = /^-(eq|ne|lt|le|gt|ge)$/

/** `-l STRING` beside a comparison of numbers is the length of the string. */
function lengths(words: readonly string[]): string[] {
  const plain: string[] = []
  for (let i = 0; i < words.length; i++) {
    const isLength = words[i] === '-l' && i + 1 < words.length
    if (isLength && (NUMERIC.test(words[i + 2] ?? '') || NUMERIC.test(words[i - 1] ?? '')))
      plain.push(String(encode(words[++i]!).length))
    else plain.push(words[i]!)
  }
  return plain
}

function integer(text: string): bigint {
  const match = /^[ \t]*\+?(-?\d+)[ \t]*$/.exec(text)
  if (!match) throw fatal(`invalid integer ${quote(text)}`)
  return BigInt(match[1]!)
}
