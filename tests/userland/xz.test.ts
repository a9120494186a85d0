import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeAlone, encodeAlone } from '../../src/userland/lib/xz/alone.ts'
import { checksum } from '../../src/userland/lib/xz/checks.ts'
import { decodeXz, encodeXz, type Framing } from '../../src/userland/lib/xz/container.ts'
import { XzError } from '../../src/userland/lib/xz/error.ts'
import { streamsOf } from '../../src/userland/lib/xz/list.ts'
import { type Preset, presetOf } from '../../src/userland/lib/xz/presets.ts'

const hex = (bytes: Uint8Array): string => [...bytes].map(it => it.toString(16).padStart(2, '0')).join('')
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const whole: Framing = { check: 4, blocks: [], sized: false }

/** Small dictionaries are quick to set up. */
const presets = [0, 2, 4, 6].map((level): Preset => ({ ...presetOf(level, false), dict: 1 << 16 }))
const preset = fc.constantFrom(...presets)

/** Pieces that repeat, near and far, among others that do not. */
const compressible = fc
  .tuple(
    fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 8 }),
    fc.array(fc.nat(7), { maxLength: 200 }),
  )
  .map(([pieces, order]) => Uint8Array.from(order.flatMap(i => [...pieces[i % pieces.length]!])))

describe('xz', () => {
  test('what was compressed comes back at every level', () => {
    fc.assert(
      fc.property(compressible, preset, (data, it) => {
        expect(hex(decodeXz(encodeXz(data, it, whole)).data)).toBe(hex(data))
      }),
      { numRuns: 60 },
    )
  })

  test('what was compressed as .lzma comes back', () => {
    fc.assert(
      fc.property(compressible, preset, (data, it) => {
        expect(hex(decodeAlone(encodeAlone(data, it)))).toBe(hex(data))
      }),
      { numRuns: 40 },
    )
  })

  test('other bits for literals and positions come back', () => {
    const bits = fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4)).filter(([lc, lp]) => lc + lp <= 4)
    fc.assert(
      fc.property(compressible, bits, (data, [lc, lp, pb]) => {
        const it = { ...presets[3]!, lc, lp, pb }
        expect(hex(decodeXz(encodeXz(data, it, whole)).data)).toBe(hex(data))
      }),
      { numRuns: 40 },
    )
  })

  test('data that does not shrink is stored, in chunks', () => {
    let seed = 1
    const data = Uint8Array.from({ length: 70_000 }, () => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0
      return seed >>> 24
    })
    const packed = encodeXz(data, presets[1]!, whole)
    expect(packed.length).toBeLessThan(data.length + 300)
    expect(hex(decodeXz(packed).data)).toBe(hex(data))
  })

  test('no broken file is worse than an error of xz', () => {
    const packed = encodeXz(bytesOf('one two three '.repeat(50)), presets[3]!, whole)
    fc.assert(
      fc.property(fc.nat(packed.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const broken = packed.slice()
        broken[at]! ^= change
        expect(() => decodeXz(broken)).toThrow(expect.any(XzError) as unknown as Error)
      }),
    )
    for (let end = 1; end < packed.length; end++)
      expect(() => decodeXz(packed.subarray(0, end))).toThrow(expect.any(XzError) as unknown as Error)
  })

  test('streams follow each other, with zeros between them', () => {
    const [a, b] = ['a\n', 'b\n'].map(it => encodeXz(bytesOf(it), presets[3]!, whole)) as [
      Uint8Array,
      Uint8Array,
    ]
    const both = Uint8Array.from([...a, 0, 0, 0, 0, ...b])
    expect(decodeXz(both).data).toEqual(bytesOf('a\nb\n'))
    expect(decodeXz(both, { single: true }).data).toEqual(bytesOf('a\n'))
    expect(streamsOf(both).map(it => it.padding)).toEqual([4, 0])
  })

  test('the index knows the blocks', () => {
    const data = bytesOf('x'.repeat(250))
    const packed = encodeXz(data, presets[3]!, { check: 1, blocks: [100], sized: true })
    expect(streamsOf(packed)[0]!.blocks.map(it => it.expanded)).toEqual([100, 100, 50])
    expect(decodeXz(packed).data).toEqual(data)
  })

  test('checksums are those of the standards', () => {
    expect(hex(checksum(1, bytesOf('123456789')))).toBe('2639f4cb')
    expect(hex(checksum(4, bytesOf('123456789')))).toBe('fa3919dfbbc95d99')
  })
})
