/** Sets of pages as runs say what sets of numbers would. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PageSet } from '../../src/kernel/mm/page-set.ts'

const MOST = 40
const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)
const pagesOf = (runs: readonly (readonly [number, number])[]): number[] =>
  runs.flatMap(([from, to]) => numbers(from, to))

const change = fc.record({
  adds: fc.boolean(),
  from: fc.integer({ min: 0, max: MOST }),
  count: fc.integer({ min: 1, max: 12 }),
})

describe('PageSet', () => {
  test('adds, deletes and tells runs as a set of numbers does', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), changes => {
        const pages = new PageSet()
        const model = new Set<number>()
        for (const { adds, from, count } of changes) {
          const range = numbers(from, from + count)
          const expected = range.filter(it => model.has(it) !== adds).length
          for (const it of range)
            if (adds) model.add(it)
            else model.delete(it)
          expect(adds ? pages.add(from, from + count) : pages.delete(from, from + count)).toBe(expected)
          expect(pages.size).toBe(model.size)
        }
        const all = [...model].sort((a, b) => a - b)
        expect(pagesOf(pages.runs())).toEqual(all)
        const between = (it: number): boolean => it >= 7 && it < 31
        expect(pagesOf(pages.within(7, 31))).toEqual(all.filter(between))
        expect(pagesOf(pages.missing(7, 31))).toEqual(numbers(7, 31).filter(it => !model.has(it)))
      }),
    )
  })
})
