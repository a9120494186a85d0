import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Session } from './session.ts'

const line = async (s: Session): Promise<string> =>
  (await s.screen(true)).at(-1)!.replace(/^root@host:~# /, '')

const CANCEL = '\x03'
const UNDO = '\x1f'
const changes = fc.constantFrom(
  'a',
  'b c',
  ' ',
  '한',
  '\x17',
  '\x15',
  '\x0b',
  '\x19',
  '\x14',
  '\x7f',
  '\x01',
  '\x05',
  '\x1bb',
  '\x1bu',
  '\x1bt',
  '\x1bd',
)

test('undone to its beginning, a line is empty', async () => {
  const s = new Session({ cols: 200 })
  await fc.assert(
    fc.asyncProperty(fc.array(changes, { maxLength: 15 }), async keys => {
      s.type(CANCEL, '\x0c', ...keys, ...Array.from({ length: 40 }, () => UNDO))
      expect((await line(s)).trimEnd()).toBe('|')
    }),
    { numRuns: 25 },
  )
})

test('yank-pop goes round the ring of what was killed', async () => {
  const words = fc.uniqueArray(fc.constantFrom('one', 'two', 'three', 'four', 'five'), { minLength: 2 })
  await fc.assert(
    fc.asyncProperty(words, fc.nat(12), async (killed, pops) => {
      const fresh = new Session({ cols: 200 })
      for (const it of killed) fresh.type(it, '\x15', 'x', '\x7f')
      fresh.type('\x19', ...Array.from({ length: pops }, () => '\x1by'))
      const at = (((killed.length - 1 - pops) % killed.length) + killed.length) % killed.length
      expect(await line(fresh)).toBe(`${killed[at]}|`)
    }),
    { numRuns: 10 },
  )
})

/** vi's commands without counts, on a list of letters; the cursor stands on one of them. */
class Vi {
  text: string[] = []
  at = 0

  press(key: string): void {
    const { text } = this
    if (key === 'h') this.at = Math.max(0, this.at - 1)
    else if (key === 'l') this.at = Math.min(Math.max(0, text.length - 1), this.at + 1)
    else if (key === '0') this.at = 0
    else if (key === '$') this.at = Math.max(0, text.length - 1)
    else if (key === 'x') text.splice(this.at, 1)
    else if (key === 'D') text.splice(this.at)
    else if (key === 'rQ' && text.length) text[this.at] = 'Q'
    else if (key === 'iZ\x1b') text.splice(this.at, 0, 'Z')
    this.at = Math.max(0, Math.min(this.at, text.length - 1))
  }
}

test('vi commands do to a line what they do to a list of letters', async () => {
  const commands = fc.constantFrom('h', 'l', '0', '$', 'x', 'D', 'rQ', 'iZ\x1b')
  const s = new Session({ cols: 200 })
  s.type('set -o vi\r')
  await fc.assert(
    fc.asyncProperty(fc.array(commands, { maxLength: 12 }), async keys => {
      const vi = new Vi()
      vi.text = [...'abcdefgh']
      vi.at = 7
      s.type(CANCEL, 'abcdefgh', '\x1b')
      s.wait(0.6)
      for (const key of keys) {
        vi.press(key)
        s.type(...(key.endsWith('\x1b') ? [key.slice(0, -1), '\x1b'] : [key]))
        s.wait(0.6)
      }
      const expected = `${vi.text.slice(0, vi.at).join('')}|${vi.text.slice(vi.at).join('')}`
      expect((await line(s)).trimEnd()).toBe(expected)
    }),
    { numRuns: 25 },
  )
})
