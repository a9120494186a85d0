/** The matcher that follows all ways at once. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { guarded, withFlags } from '../../src/userland/lib/regex-machine.ts'

test('of the leftmost matches the longest wins', () => {
  expect(guarded('a|ab|abc', 'u', true).exec('xabcd')?.[0]).toBe('abc')
  expect([...guarded('(a|ab)(c|bcd)', 'u', true).exec('abcd')!]).toEqual(['abcd', 'a', 'bcd'])
  expect('foobarfoo'.replace(guarded('(foo|foobar)', 'gu', true), '<$1>')).toBe('<foobar><foo>')
})

test('in Perl the first alternative wins', () => {
  expect(guarded('(?:a|ab)+c?', 'u', false).exec('abc')?.[0]).toBe('a')
})

test('nested repetitions end', () => {
  const text = `${'a'.repeat(5000)}c`
  for (const source of ['(a*)*b', '(a+)+b', '(a|a)*b', '(a|aa)+$', 'a*a*a*a*b'])
    expect(guarded(source, 'u', true).test(text)).toBe(false)
})

test('other flags keep the rule', () => {
  expect(withFlags(guarded('a|ab', 'u', true), 'gu').exec('ab')?.[0]).toBe('ab')
})

test('where JavaScript finds a match the machine finds one at the same place', () => {
  const piece = fc.constantFrom(
    'a',
    'b',
    '[ab]',
    '(?:a|ab)',
    '(a|b)*',
    'a*',
    'b+?',
    '(?:ab){1,2}',
    '^',
    '$',
    '.',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 5 }), fc.stringMatching(/^[abc]{0,12}$/), (pieces, text) => {
      const source = `${pieces.join('')}|(?:a|ab)(?:c|bc)`
      const there = new RegExp(source, 'u').exec(text)
      const here = guarded(source, 'u', true).exec(text)
      expect(here?.index).toBe(there?.index)
      if (there) expect(here![0].length).toBeGreaterThanOrEqual(there[0].length)
    }),
  )
})
