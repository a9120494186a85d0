import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decode } from '../../src/abi/index.ts'
import { readCommand } from '../../src/shell/exec/read.ts'
import { evaluate } from '../../src/shell/expand/arithmetic.ts'
import {
  arrayText,
  backslashQuote,
  quoteWord,
  singleQuote,
  traceQuote,
} from '../../src/shell/expand/quote.ts'
import { escapePattern, globRegex } from '../../src/shell/expand/pattern.ts'
import { expandString, expandWord } from '../../src/shell/expand/word.ts'
import type { Field } from '../../src/shell/expand/fields.ts'
import { Shell } from '../../src/shell/shell.ts'
import { Variable, elementsOf } from '../../src/shell/variables.ts'

/** Nothing here asks the kernel for anything. */
const shell = (): Shell => new Shell(undefined as never, false)

const RUNS = { numRuns: 1500 }

/** Any string that a shell variable can hold: bytes, valid UTF-8 or not, without NUL. */
const bytes = fc.uint8Array({ maxLength: 24 }).map(it => decode(it.filter(byte => byte !== 0)))
const special = fc
  .array(fc.constantFrom(...'\'"\\$`!*?[]{}()<>|&;#~=:,^%@+- \t\n\r\x01\x7fab1é한😀'.split(/(?:)/u)), {
    maxLength: 16,
  })
  .map(it => it.join(''))
const anyText = fc.oneof(bytes, special)

/** What a word of source code expands to, as an argument. */
function argumentsOf(source: string): string[] {
  const sh = shell()
  const command = readCommand(sh, `: ${source}\n`, 0, 1)!.list.items[0]!.command
  if (command.type !== 'simple') throw new Error(`${source} is no simple command`)
  const out: Field[] = []
  for (const word of command.words.slice(1)) expandWord(sh, word, out)
  return out.map(it => it.text)
}

function assigned(source: string): string {
  const sh = shell()
  const command = readCommand(sh, `x=${source}\n`, 0, 1)!.list.items[0]!.command
  if (command.type !== 'simple') throw new Error(`${source} is no simple command`)
  return expandString(sh, command.assigns[0]!.value)
}

test('what printf %q writes is one argument again, and one value', () => {
  fc.assert(
    fc.property(anyText, text => {
      expect(argumentsOf(backslashQuote(text))).toEqual([text])
      expect(assigned(backslashQuote(text))).toBe(text)
    }),
    RUNS,
  )
})

test('what ${x@Q}, set and set -x write is one argument again', () => {
  fc.assert(
    fc.property(anyText, text => {
      expect(argumentsOf(quoteWord(text))).toEqual([text])
      expect(argumentsOf(singleQuote(text))).toEqual([text])
      expect(argumentsOf(traceQuote(text))).toEqual([text])
    }),
    RUNS,
  )
})

test('a line of quoted words is those words', () => {
  fc.assert(
    fc.property(fc.array(anyText, { maxLength: 5 }), texts => {
      expect(argumentsOf(texts.map(backslashQuote).join(' '))).toEqual(texts)
    }),
    RUNS,
  )
})

test('an array that declare -p shows has the same elements when it is read', () => {
  fc.assert(
    fc.property(fc.array(anyText, { maxLength: 5 }), texts => {
      const sh = shell()
      const shown = `x=${arrayText(texts)}\n`
      const command = readCommand(sh, shown, 0, 1)!.list.items[0]!.command
      const elements = command.type === 'simple' ? command.assigns[0]!.elements! : []
      expect(elements.map(it => expandString(sh, it.value))).toEqual(texts)
    }),
    RUNS,
  )
})

// Patterns, against the definition: `*` is any text, `?` a character, the rest itself.

const letters = fc.array(fc.constantFrom('a', 'b', '.', '-'), { maxLength: 8 }).map(it => it.join(''))
const wildcards = fc.array(fc.constantFrom('a', 'b', '.', '*', '?', '[ab]', '[!a]'), { maxLength: 6 })

function matchesSlowly(pattern: readonly string[], text: string): boolean {
  const [first, ...rest] = pattern
  if (first === undefined) return text === ''
  if (first === '*') return [...text, ''].some((_, i) => matchesSlowly(rest, text.slice(i)))
  const c = text[0]
  if (c === undefined) return false
  const fits =
    first === '?' || (first === '[ab]' ? 'ab'.includes(c) : first === '[!a]' ? c !== 'a' : first === c)
  return fits && matchesSlowly(rest, text.slice(1))
}

test('a pattern matches what its definition says', () => {
  fc.assert(
    fc.property(wildcards, letters, (pattern, text) => {
      expect(globRegex(pattern.join(''), {}).test(text)).toBe(matchesSlowly(pattern, text))
    }),
    { numRuns: 5000 },
  )
})

test('a quoted pattern matches its text alone', () => {
  fc.assert(
    fc.property(special, special, (text, other) => {
      const regexp = globRegex(escapePattern(text), { extglob: true })
      expect(regexp.test(text)).toBe(true)
      expect(regexp.test(other)).toBe(text === other)
    }),
    RUNS,
  )
})

// Arithmetic, against BigInt

interface Sum {
  readonly text: string
  readonly value: bigint | undefined
}

const wrap = (n: bigint): bigint => BigInt.asIntN(64, n)
const number = fc
  .oneof(fc.bigInt({ min: -9n, max: 9n }), fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n }))
  .map((n): Sum => ({ text: n < 0n ? `(${n})` : String(n), value: n }))

const OPERATIONS: Readonly<Record<string, (a: bigint, b: bigint) => bigint | undefined>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b ? a / b : undefined),
  '%': (a, b) => (b ? a % b : undefined),
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '<<': (a, b) => a << (b & 63n),
  '>>': (a, b) => a >> (b & 63n),
  '<': (a, b) => BigInt(a < b),
  '>=': (a, b) => BigInt(a >= b),
  '==': (a, b) => BigInt(a === b),
  '!=': (a, b) => BigInt(a !== b),
  '&&': (a, b) => BigInt(!!a && !!b),
  '||': (a, b) => BigInt(!!a || !!b),
}

const sum = fc.letrec<{ sum: Sum }>(tie => ({
  sum: fc.oneof(
    { maxDepth: 4 },
    number,
    fc.tuple(tie('sum'), fc.constantFrom(...Object.keys(OPERATIONS)), tie('sum')).map(
      ([a, operator, b]): Sum => ({
        text: `(${a.text} ${operator} ${b.text})`,
        value: both(a, b, operator),
      }),
    ),
    tie('sum').map(
      (a): Sum => ({ text: `(~${a.text})`, value: a.value === undefined ? undefined : wrap(~a.value) }),
    ),
    tie('sum').map(
      (a): Sum => ({ text: `(- ${a.text})`, value: a.value === undefined ? undefined : wrap(-a.value) }),
    ),
  ),
})).sum

/** undefined if anything that is evaluated divides by zero. */
function both(a: Sum, b: Sum, operator: string): bigint | undefined {
  if (a.value === undefined) return undefined
  if (operator === '&&' && !a.value) return 0n
  if (operator === '||' && a.value) return 1n
  if (b.value === undefined) return undefined
  const value = OPERATIONS[operator]!(a.value, b.value)
  return value === undefined ? undefined : wrap(value)
}

test('arithmetic is that of 64-bit integers which wrap around', () => {
  fc.assert(
    fc.property(sum, ({ text, value }) => {
      const sh = shell()
      if (value === undefined) expect(() => evaluate(sh, text)).toThrow()
      else expect(BigInt(evaluate(sh, text))).toBe(value)
    }),
    { numRuns: 5000 },
  )
})

test('an array has as many elements as indices were assigned', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(1000)), indices => {
      const array: string[] = []
      for (const i of indices) array[i] = 'x'
      expect(elementsOf(new Variable(array).value)).toHaveLength(indices.length)
    }),
  )
})
