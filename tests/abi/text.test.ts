import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decode, encode } from '../../src/abi/index.ts'

test('any bytes survive the way through text and back', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      bytes => void expect(encode(decode(bytes))).toEqual(bytes),
    ),
  )
})

test('any text survives the way through bytes and back', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      text => void expect(decode(encode(text))).toBe(text),
    ),
  )
})

test.for([
  ['overlong', [0xc0, 0x80]],
  ['surrogate', [0xed, 0xa0, 0x80]],
  ['beyond Unicode', [0xf5, 0x80, 0x80, 0x80]],
  ['cut short', [0xe2, 0x82]],
] as const)('%s UTF-8 is kept byte by byte', ([, bytes]) => {
  expect([...decode(Uint8Array.from(bytes))].map(char => char.charCodeAt(0) & 0xff)).toEqual([...bytes])
})
