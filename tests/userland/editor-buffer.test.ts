import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encode } from '../../src/abi/index.ts'
import { TextBuffer } from '../../src/userland/lib/editor-buffer.ts'
import { KeyDecoder } from '../../src/userland/lib/screen-keys.ts'

const edits = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('insert' as const),
      at: fc.nat(200),
      text: fc.stringMatching(/^[a-c\n]{1,6}$/),
    }),
    fc.record({ kind: fc.constant('remove' as const), at: fc.nat(200), length: fc.nat(10) }),
    fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const) }),
  ),
  { maxLength: 60 },
)

/** The place of an offset into the whole text. */
function placeOf(text: string, offset: number): { line: number; at: number } {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length - 1, at: before.at(-1)!.length }
}

test('an edited text is what string operations give, and undo and redo lead through the same states', () => {
  fc.assert(
    fc.property(edits, list => {
      const buffer = new TextBuffer([''])
      const past: string[] = ['']
      let now = 0
      for (const edit of list) {
        const text = past[now]!
        if (edit.kind === 'undo') {
          expect(buffer.undo() !== undefined).toBe(now > 0)
          now = Math.max(0, now - 1)
        } else if (!('at' in edit)) {
          expect(buffer.redo() !== undefined).toBe(now < past.length - 1)
          now = Math.min(past.length - 1, now + 1)
        } else {
          const at = Math.min(edit.at, text.length)
          const from = placeOf(text, at)
          buffer.begin(from, 0)
          const end = edit.kind === 'remove' ? Math.min(text.length, at + edit.length) : at
          if (edit.kind === 'insert') buffer.insert(from, edit.text)
          else buffer.remove(from, placeOf(text, end))
          buffer.commit(from)
          const next = text.slice(0, at) + (edit.kind === 'insert' ? edit.text : '') + text.slice(end)
          if (edit.kind === 'insert' || end > at) past.splice(++now, Infinity, next)
        }
        expect(buffer.lines.join('\n')).toBe(past[now])
        expect(buffer.modified).toBe(now > 0)
      }
    }),
  )
})

function keysOf(chunks: readonly string[], end = true): string[] {
  const decoder = new KeyDecoder()
  const keys: string[] = []
  const drain = () => {
    for (let key = decoder.next(); key !== undefined; key = decoder.next()) keys.push(key)
  }
  for (const chunk of chunks) {
    decoder.feed(encode(chunk))
    drain()
  }
  if (end && decoder.end()) drain()
  return keys
}

test('keys have names, and sequences may come in pieces', () => {
  expect(keysOf(['a\x1b[A\x1bOB\x1b[1;5C\x1b[3~\x1b[15~한'])).toEqual([
    'a',
    'Up',
    'Down',
    'C-Right',
    'Delete',
    'F5',
    '한',
  ])
  expect(keysOf(['\x1b', '[', '5', '~'])).toEqual(['PageUp'])
  expect(keysOf(['\x1b'])).toEqual(['\x1b'])
  expect(keysOf(['\x1bx'])).toEqual(['\x1b', 'x'])
  expect(keysOf(['\x1b[200~two\rlines', '\x1b[201~z'])).toEqual(['Paste', 'z'])
})

test('whatever bytes arrive, keys come out and nothing is lost for ever', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 12 })), chunks => {
      const decoder = new KeyDecoder()
      for (const chunk of chunks) {
        decoder.feed(chunk)
        while (decoder.next() !== undefined) {}
      }
      decoder.end()
      while (decoder.next() !== undefined) {}
      expect(decoder.waiting).toBe(false)
    }),
  )
})
