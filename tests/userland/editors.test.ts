import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Session } from '../shell/session.ts'

const open = (command: string, size = { rows: 8, cols: 60 }) => {
  const session = new Session(size)
  session.type(`${command}\r`)
  return session
}

test('vi shows the file and what is typed, and writes it', async () => {
  const session = open("printf 'one\\ntwo\\n' > f; vi f")
  expect(await session.screen(true)).toEqual(['|one', 'two', '~', '~', '~', '~', '~', '"f" 2 lines, 8 bytes'])
  session.type('o', '한글 🙂', '\x1b', 'A', '!', '\x1b[D', '?', '\x1b', ':wq\r', 'cat f\r')
  expect((await session.screen()).join('\n')).toContain('one\n한글 🙂?!\ntwo')
})

test('vi refuses to lose changes', async () => {
  const session = open('vi new')
  session.type('ihello', '\x1b', ':q\r')
  expect((await session.screen()).at(-1)).toBe('E37: No write since last change (add ! to override)')
  session.type(':q!\r', 'ls new\r')
  expect((await session.screen()).join('\n')).toContain("cannot access 'new'")
})

test('vi wraps long lines, follows a resize, and puts the cursor on wide characters', async () => {
  const session = open("printf '가나다라마바사아자차\\nx\\n' > f; vi f", { rows: 6, cols: 9 })
  expect((await session.screen()).slice(0, 4)).toEqual(['가나다라', '마바사아', '자차', 'x'])
  session.type('4l')
  expect((await session.screen(true))[1]).toBe('|마바사아')
  session.resize(6, 30)
  expect((await session.screen(true))[0]).toBe('가나다라|마바사아자차')
})

test('^Z stops vi, fg brings it back', async () => {
  const session = open('echo text > f; vi f')
  session.type('x', '\x1a')
  expect((await session.screen()).join('\n')).toContain('Stopped')
  session.type('fg\r')
  expect((await session.screen())[0]).toBe('ext')
})

test('nano writes what was typed when asked on leaving', async () => {
  const session = open('nano new', { rows: 10, cols: 80 })
  expect((await session.screen())[0]).toContain('GNU nano 7.2')
  session.type('hello', '\r', '\tworld', '\x18')
  expect((await session.screen())[7]).toContain('Save modified buffer?')
  session.type('y', '\r', 'cat new\r')
  expect((await session.screen()).join('\n')).toMatch(/hello\n {8}world/)
})

test('nano cuts, pastes, undoes and finds', async () => {
  const session = open('seq 5 > f; nano f', { rows: 12, cols: 80 })
  session.type('\x0b', '\x0b', '\x1b[B', '\x15')
  expect((await session.screen()).slice(1, 7)).toEqual(['3', '1', '2', '4', '5', ''])
  session.type('\x1bu')
  expect((await session.screen()).slice(1, 4)).toEqual(['3', '4', '5'])
  session.type('\x17', '5\r')
  expect((await session.screen(true))[3]).toBe('|5')
})

test('a pager that reads for ever can be left', async () => {
  const session = open('yes | less')
  session.type('G')
  session.wait(2)
  session.type('\x03', 'q', 'echo back\r')
  expect((await session.screen()).join('\n')).toContain('back')
})

const keys = fc.array(
  fc.oneof(
    fc.constantFrom(...'hjklwbeWBE0^$GgxXdcyPpJuUrRsSoOaAiIvV.%;,fFtT~<>nN*#"mz{}()123/?:'),
    fc.constantFrom(
      '\x1b',
      '\r',
      '\x06',
      '\x02',
      '\x04',
      '\x15',
      '\x12',
      '\x16',
      '\x7f',
      '\t',
      '\x1b[A',
      '\x1b[D',
      '\x1b[3~',
      '가',
      '\x07',
    ),
    fc.constantFrom(
      'dd',
      'diw',
      'ci(',
      'yyp',
      'ddp',
      '\x1b:s/a/b/g\r',
      '\x1b:g/./m0\r',
      '\x1b:%d\r',
      '\x1b:2,3j\r',
    ),
  ),
  { minLength: 1, maxLength: 40 },
)

test('no keys crash vi: it can always be left', () => {
  fc.assert(
    fc.property(keys, list => {
      const session = open("printf 'a (b c) d\\n\\tx 한\\n\\nlast. Line\\n' > f; vi f")
      session.type(list.join(''))
      session.type('\x1b', '\x1b', '\x1b', ':q!\r')
      session.sent = ''
      session.type('\recho le""ft\r')
      expect(session.sent).toContain('left')
    }),
    { numRuns: 25 },
  )
}, 60_000)

test('no keys crash nano or less: they can always be left', () => {
  const any = fc.array(
    fc.oneof(
      fc.integer({ min: 1, max: 126 }).map(it => String.fromCharCode(it)),
      fc.constantFrom('\x1b[A', '\x1b[B', '\x1b[6~', '한'),
    ),
    { maxLength: 40 },
  )
  fc.assert(
    fc.property(any, fc.constantFrom('nano f', 'less f'), (list, program) => {
      const session = open(`seq 9 > f; ${program}`)
      session.type(list.filter(it => it !== '\x1a' && it !== '\x14' && it !== '!' && it !== 'v').join(''))
      session.type(
        '\x03',
        '\x03',
        '\x03',
        'q',
        'q',
        '\x03',
        '\x18',
        'n',
        '\x03',
        '\x18',
        'n',
        '\x18',
        'n',
        '\x03',
      )
      session.sent = ''
      session.type('\recho le""ft\r')
      expect(session.sent).toContain('left')
    }),
    { numRuns: 25 },
  )
}, 60_000)
