/** The quoting styles that --quoting-style and $QUOTING_STYLE name. Linux: gnulib quotearg.c:quoting_style_args. */
import { escapeC, quote, quoteaf, quoteC, quoteShell } from './quote.ts'

export type Quoting =
  | 'literal'
  | 'shell'
  | 'shell-always'
  | 'shell-escape'
  | 'shell-escape-always'
  | 'c'
  | 'c-maybe'
  | 'escape'
  | 'locale'
  | 'clocale'

/** The words for them. */
export const QUOTINGS = [
  ['literal', 'literal'],
  ['shell', 'shell'],
  ['shell-always', 'shell-always'],
  ['shell-escape', 'shell-escape'],
  ['shell-escape-always', 'shell-escape-always'],
  ['c', 'c'],
  ['c-maybe', 'c-maybe'],
  ['escape', 'escape'],
  ['locale', 'locale'],
  ['clocale', 'clocale'],
] as const

/** The style of the environment, if it names one. */
export const quotingOf = (env: ReadonlyMap<string, string>): Quoting | undefined =>
  QUOTINGS.find(([name]) => name === env.get('QUOTING_STYLE'))?.[1]

/** The name in a style. */
export function quoteAs(style: Quoting, name: string): string {
  switch (style) {
    case 'shell':
      return /[\n\t\r]/.test(name) || quoteShell(asPrintable(name)) !== asPrintable(name)
        ? plainQuotes(name)
        : name
    case 'shell-always':
      return plainQuotes(name)
    case 'shell-escape':
      return quoteShell(name)
    case 'shell-escape-always':
      return quoteaf(name)
    case 'c':
      return quoteC(name)
    case 'c-maybe':
      return quoteC(name) === `"${name}"` ? name : quoteC(name)
    case 'locale':
    case 'clocale':
      return quote(name)
    case 'escape':
      return escapeC(name, ' ')
    default:
      return name
  }
}

/** Control characters do not ask for quotes where they are not escaped. */
const asPrintable = (name: string): string => name.replace(/\p{Cc}/gu, 'x')

/** For the shell, control characters as they are. */
function plainQuotes(name: string): string {
  const quoted = quoteaf(asPrintable(name))
  return quoted.startsWith('"') ? `"${name}"` : `'${name.replaceAll("'", "'\\''")}'`
}
