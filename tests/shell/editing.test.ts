import { expect, test } from 'vitest'
import { Session } from './session.ts'

const PROMPT = 'root@host:~# '
const [A, B, C, D, E, K, R, T, U, W, Y, Z, TAB, ENTER] = [
  '\x01',
  '\x02',
  '\x03',
  '\x04',
  '\x05',
  '\x0b',
  '\x12',
  '\x14',
  '\x15',
  '\x17',
  '\x19',
  '\x1a',
  '\t',
  '\r',
]
const UP = '\x1b[A'

const last = async (s: Session): Promise<string> => (await s.screen(true)).at(-1)!

test.for([
  ['typed characters appear', ['echo hi'], 'echo hi|'],
  ['C-a and C-e go to the ends', ['b', A, 'a', E, 'c'], 'abc|'],
  ['C-k and C-y move text', ['one two', B, B, B, K, A, Y], 'two|one '],
  ['C-w and C-u kill backwards', ['a bb', W, 'c', A, 'x', B, E, U, 'y'], 'y|'],
  ['M-b, M-d and M-f work on words', ['aa bb cc', '\x1bb', '\x1bb', '\x1bd', '\x1bf'], 'aa  cc|'],
  ['C-t drags a character', ['ab', T], 'ba|'],
  ['C-_ undoes', ['abc', W, '\x1f'], 'abc|'],
  ['wide characters take two columns', ['한글', '\x7f', '😀', B, 'x'], '한x|😀'],
  ['M-u, M-c change case', ['foo bar', A, '\x1bu', '\x1bc'], 'FOO Bar|'],
] as const)('%s', async ([, keys, line]) => {
  const s = new Session()
  s.type(...keys)
  expect(await last(s)).toBe(PROMPT + line)
})

test('a line longer than the screen is wide can be edited in its middle', async () => {
  const s = new Session({ cols: 30 })
  s.type('echo abcdefghijklmnopqrstuvwxyz', A, '\x1bf', 'X')
  expect(await s.screen(true)).toEqual(['root@host:~# echoX| abcdefghijk', 'lmnopqrstuvwxyz'])
  s.resize(24, 40)
  s.type('Y')
  expect(await s.screen(true)).toEqual(['root@host:~# echoXY| abcdefghijklmnopqrst', 'uvwxyz'])
})

test('Tab completes commands, files and variables, and lists what is ambiguous', async () => {
  const s = new Session()
  s.type('ec', TAB, '/etc/host', TAB)
  expect(await last(s)).toBe(`${PROMPT}echo /etc/host|`)
  s.type(TAB)
  expect(await s.screen(true)).toEqual([
    `${PROMPT}echo /etc/host`,
    'host.conf  hostname   hosts      ',
    `${PROMPT}echo /etc/host|`,
  ])
  s.type(U, 'echo $HOSTN', TAB, ENTER)
  expect((await s.screen()).at(-2)).toBe('host')
})

test('the history is walked, searched and expanded', async () => {
  const s = new Session()
  s.type(`echo one${ENTER}`, `echo two${ENTER}`, UP, UP)
  expect(await last(s)).toBe(`${PROMPT}echo one|`)
  s.type(C, R, 'tw')
  expect(await last(s)).toBe("(reverse-i-search)`tw': echo |two")
  s.type(ENTER, `!!:s/two/three/${ENTER}`)
  expect((await s.screen()).slice(-3)).toEqual(['echo three', 'three', PROMPT])
})

test('a paste waits for Enter', async () => {
  const s = new Session()
  s.type('\x1b[200~echo a\necho b\x1b[201~')
  expect(await s.screen(true)).toEqual([`${PROMPT}echo a`, 'echo b|'])
  s.type(ENTER)
  expect((await s.screen()).slice(2, 4)).toEqual(['a', 'b'])
})

test('^C, ^Z, fg and ^D', async () => {
  const s = new Session()
  s.type('half a line', C, `sleep 100${ENTER}`, Z, `fg${ENTER}`, C, `echo $?${ENTER}`, D)
  expect(await s.screen()).toEqual([
    `${PROMPT}half a line^C`,
    `${PROMPT}sleep 100`,
    '^Z',
    '[1]+  Stopped                 sleep 100',
    `${PROMPT}fg`,
    'sleep 100',
    '^C',
    `${PROMPT}echo $?`,
    '130',
    PROMPT,
    'logout',
  ])
})
