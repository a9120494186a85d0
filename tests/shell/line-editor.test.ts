import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Session } from './session.ts'

/** A line as a list of characters and a cursor: what the keys below do to it, said a second time. */
class Reference {
  before: string[] = []
  behind: string[] = []
  killed = ''

  press(key: string): void {
    const { before, behind } = this
    const kill = (chars: string[]) => {
      if (chars.length) this.killed = chars.join('')
    }
    if (key === '\x01') behind.unshift(...before.splice(0))
    else if (key === '\x05') before.push(...behind.splice(0))
    else if (key === '\x02') behind.unshift(...before.splice(-1))
    else if (key === '\x06') before.push(...behind.splice(0, 1))
    else if (key === '\x7f') before.pop()
    else if (key === '\x1b[3~') behind.shift()
    else if (key === '\x0b') kill(behind.splice(0))
    else if (key === '\x15') kill(before.splice(0))
    else if (key === '\x19') before.push(...this.killed)
    else if (key === '\x1bb') this.#wordLeft()
    else before.push(key)
  }

  #wordLeft(): void {
    const { before, behind } = this
    const isWord = () => /[abZ한]/.test(before.at(-1) ?? '')
    while (before.length && !isWord()) behind.unshift(before.pop()!)
    while (before.length && isWord()) behind.unshift(before.pop()!)
  }
}

const typed = fc.constantFrom('a', 'b', 'Z', ' ', '한', '😀')
const keys = fc.constantFrom(
  '\x01',
  '\x05',
  '\x02',
  '\x06',
  '\x7f',
  '\x1b[3~',
  '\x0b',
  '\x15',
  '\x19',
  '\x1bb',
)

test('the line editor does to a line what a list of characters and a cursor say', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(typed, typed, keys), { maxLength: 30 }), async sequence => {
      const s = new Session({ cols: 60 })
      const reference = new Reference()
      // Kills in a row are one text: a character between them keeps them apart.
      const apart = sequence.flatMap(key => (/^[\x0b\x15]$/.test(key) ? [key, 'k', '\x7f'] : [key]))
      for (const key of apart) {
        reference.press(key)
        s.type(key)
      }
      const line = (await s.screen(true)).slice(-2).join('')
      const { before, behind } = reference
      const expected = `${before.join('')}|${behind.join('')}`
      expect(line.slice(line.lastIndexOf('# ') + 2).trimEnd()).toBe(expected.trimEnd())
    }),
    { numRuns: 40 },
  )
})
