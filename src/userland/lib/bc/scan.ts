/** The words of bc's language. Linux: GNU bc bc/scan.l. */

export interface Token {
  /** `number`, `string`, `name`, `newline`, `end`; a keyword or an operator stands for itself. */
  readonly kind: string
  readonly text: string
  /** The line on which the scanner is once it has read the token. */
  readonly line: number
}

/** What the scanner complains about: the character, or a text without end. */
export interface Stray {
  readonly line: number
  readonly message: string
}

const KEYWORDS = new Set(
  (
    'define break quit length return for if while sqrt scale ibase obase auto else read random halt last print ' +
    'warranty continue limits void'
  ).split(' '),
)
const WORD =
  /[ \t\r\f\v]+|\\\n|\/\*[\s\S]*?\*\/|#[^\n]*|[a-z][a-z0-9_]*|"[^"]*"|(?:[0-9A-Z]|\\\n)*\.(?:[0-9A-Z]|\\\n)*|(?:[0-9A-Z]|\\\n)+|\+\+|--|&&|\|\||[-+*/%^<>=!]=|[-+*/%^<>=!(){}[\],;&.\n]/y

/** The tokens of a text that begins on `line`; undefined if a comment or a string goes on in the next one. */
export function scan(
  source: string,
  from: number,
): { readonly tokens: readonly Token[]; readonly stray: readonly Stray[] } | undefined {
  const tokens: Token[] = []
  const stray: Stray[] = []
  let line = from
  for (let at = 0; at < source.length; ) {
    if (source.startsWith('/*', at) && !source.includes('*/', at + 2)) return undefined
    WORD.lastIndex = at
    const [text] = WORD.exec(source) ?? []
    if (text === undefined) {
      if (source[at] === '"') return undefined
      stray.push({ line, message: `illegal character: ${source[at]}` })
      at++
      continue
    }
    at += text.length
    if (/^(?:[ \t\r\f\v]|\\\n|\/\*|#)/.test(text)) {
      line += newlines(text)
      continue
    }
    line += newlines(text)
    tokens.push(token(text, line))
  }
  return { tokens, stray }
}

const newlines = (text: string): number => text.split('\n').length - 1

function token(text: string, line: number): Token {
  if (text === '\n') return { kind: 'newline', text, line }
  if (text[0] === '"') return { kind: 'string', text: text.slice(1, -1), line }
  if (/^[0-9A-Z]|^\.[0-9A-Z]/.test(text)) return { kind: 'number', text: text.replace(/\\\n/g, ''), line }
  if (text === '.') return { kind: 'last', text, line }
  if (/^[a-z]/.test(text)) return { kind: KEYWORDS.has(text) ? text : 'name', text, line }
  return { kind: text, text, line }
}
