import { expect, test } from 'vitest'
import { type Dialect, Grammar, SyntaxError } from '../../src/shell/parse/index.ts'

const bash: Dialect = {
  extglob: false,
  braces: true,
  posix: false,
  dash: false,
  ash: false,
  alias: undefined,
}

/** The complete commands of a text, and what is wrong with the rest. */
function commands(text: string, dialect = bash): string[] {
  const out: string[] = []
  let at = 0
  try {
    for (;;) {
      const grammar = new Grammar(text, at, text.slice(0, at).split('\n').length, dialect)
      const found = grammar.completeCommand()
      if (!found) return out
      out.push(grammar.src.slice(found.start, found.end))
      at = found.end - grammar.src.length + text.length
    }
  } catch (e) {
    if (!(e instanceof SyntaxError)) throw e
    return [...out, `${e.kind} ${e.what} ${e.line}`]
  }
}

test.for([
  ['each line is a command', 'a; b\nc\n', ['a; b\n', 'c\n']],
  [
    'a compound command ends where it ends',
    'for i in 1\ndo echo\ndone\nx\n',
    ['for i in 1\ndo echo\ndone\n', 'x\n'],
  ],
  [
    'here-documents belong to their line',
    'cat <<A; cat <<B\n1\nA\n2\nB\nx\n',
    ['cat <<A; cat <<B\n1\nA\n2\nB\n', 'x\n'],
  ],
  ['what precedes an error is found', 'a\nfi\n', ['a\n', 'token fi 2']],
  [
    'a case inside a substitution closes no parenthesis',
    'echo $(case x in x) y;; esac)\n',
    ['echo $(case x in x) y;; esac)\n'],
  ],
  ['an open quote is known by its line', 'a\n"b\nc\n', ['a\n', 'quote " 2']],
  ['the end of the input is an error inside a compound', 'if a; then\n', ['eof  2']],
] as const)('%s', ([, text, expected]) => expect(commands(text)).toEqual(expected))

test('aliases are replaced where commands stand, and not inside themselves', () => {
  const aliases: Record<string, string> = { ls: 'ls -F', e: 'echo ', x: 'y' }
  const dialect = { ...bash, alias: (name: string) => aliases[name] }
  expect(commands('ls ls; e x; if ls; then x; fi\n', dialect)).toEqual([
    'ls -F ls; echo  y; if ls -F; then y; fi\n',
  ])
})
