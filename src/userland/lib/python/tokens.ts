/**
 * The tokens of python3's little language, with indentation as tokens of its own.
 * Linux: CPython Parser/tokenizer.c; reference manual, chapter 2.
 */

/** A text that is no program of the language either. */
export class PySyntaxError {
  readonly message: string
  readonly line: number
  readonly kind: string
  constructor(message: string, line: number, kind = 'SyntaxError') {
    this.message = message
    this.line = line
    this.kind = kind
  }
}

export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'op' | 'newline' | 'indent' | 'dedent' | 'end'
  readonly text: string
  readonly line: number
  readonly prefix?: string
}

const OPERATORS =
  /^(\*\*=|\/\/=|<<=|>>=|\.\.\.|->|:=|\*\*|\/\/|<<|>>|<=|>=|==|!=|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|@=|[-+*/%@&|^~<>()[\]{},:.=;])/

/** All tokens of a text; brackets that are open join lines. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = []
  const indents = [0]
  const open: { text: string; line: number }[] = []
  let line = 1
  let at = 0
  let isStart = true
  const push = (kind: Token['kind'], text: string, prefix?: string): void => {
    tokens.push({ kind, text, line, ...(prefix !== undefined && { prefix }) })
  }
  while (at < source.length) {
    if (isStart && !open.length) {
      const blank = /^[ \t]*(#.*)?(\n|$)/.exec(source.slice(at))
      if (blank?.[0]) {
        at += blank[0].length
        line++
        continue
      }
      const width = /^[ \t]*/.exec(source.slice(at))![0].replaceAll('\t', '        ').length
      at += /^[ \t]*/.exec(source.slice(at))![0].length
      if (width > indents.at(-1)!) {
        indents.push(width)
        push('indent', '')
      }
      while (width < indents.at(-1)!) {
        indents.pop()
        push('dedent', '')
      }
      if (width !== indents.at(-1))
        throw new PySyntaxError(
          'unindent does not match any outer indentation level',
          line,
          'IndentationError',
        )
      isStart = false
    }
    const rest = source.slice(at, at + 4096)
    const space = /^([ \t]+|\\\n|#[^\n]*)/.exec(rest)
    if (space) {
      if (space[0] === '\\\n') line++
      at += space[0].length
      continue
    }
    if (rest[0] === '\n') {
      if (!open.length) {
        push('newline', '')
        isStart = true
      }
      line++
      at++
      continue
    }
    const string = /^([a-zA-Z]{0,2})("""|'''|"|')/.exec(rest)
    if (string) {
      const [whole, prefix = '', quote = ''] = string
      const end = endOfString(source, at + whole.length, quote, line)
      push('string', source.slice(at + whole.length, end), prefix.toLowerCase())
      line += source.slice(at, end).split('\n').length - 1
      at = end + quote.length
      continue
    }
    const number =
      /^(0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(\d[\d_]*)?\.?\d[\d_]*\.?([eE][-+]?\d+)?)/.exec(rest)
    const name = /^[\p{L}_][\p{L}\p{N}_]*/u.exec(rest)
    const operator = OPERATORS.exec(rest)
    const found = number && !(rest[0] === '.' && !/\d/.test(rest[1] ?? '')) ? number : (name ?? operator)
    if (!found) throw new PySyntaxError(`invalid syntax`, line)
    const text = found[0]
    push(found === number ? 'number' : found === name ? 'name' : 'op', text)
    if ('([{'.includes(text)) open.push({ text, line })
    if (')]}'.includes(text) && !open.pop()) throw new PySyntaxError(`unmatched '${text}'`, line)
    at += text.length
  }
  const unclosed = open.at(-1)
  if (unclosed) throw new PySyntaxError(`'${unclosed.text}' was never closed`, unclosed.line)
  if (tokens.length && tokens.at(-1)!.kind !== 'newline') push('newline', '')
  while (indents.pop()) push('dedent', '')
  push('end', '')
  return tokens
}

function endOfString(source: string, from: number, quote: string, line: number): number {
  for (let at = from; at < source.length; at++) {
    if (source[at] === '\\') at++
    else if (source.startsWith(quote, at)) return at
    else if (source[at] === '\n' && quote.length === 1) break
  }
  throw new PySyntaxError(
    quote.length === 1
      ? `unterminated string literal (detected at line ${line})`
      : 'unterminated triple-quoted string literal',
    line,
  )
}
