import { expect, test } from 'vitest'
import { Session } from '../shell/session.ts'

test('less shows a screenful, scrolls, searches, and gives the screen back', async () => {
  const session = new Session({ rows: 6, cols: 40 })
  session.type('seq 30 | less\r')
  expect(await session.screen()).toEqual(['1', '2', '3', '4', '5', ':'])
  session.type(' ')
  expect((await session.screen())[0]).toBe('6')
  session.type('k', '/', '2', '3', '\r')
  expect((await session.screen())[0]).toBe('23')
  session.type('G')
  expect((await session.screen()).slice(-2)).toEqual(['30', '(END)'])
  session.type('q', 'echo back\r')
  expect((await session.screen()).join('\n')).toContain('back')
})

test('more goes on line by line and page by page', async () => {
  const session = new Session({ rows: 6, cols: 40 })
  session.type('clear; seq 30 > /tmp/f; more /tmp/f\r')
  expect((await session.screen()).at(-1)).toBe('--More--(12%)')
  session.type('\r')
  expect((await session.screen()).at(-1)).toBe('--More--(14%)')
  session.type('q')
  expect((await session.screen()).at(-1)).toMatch(/#\s*$/)
})

test('rm -i asks, and listens', async () => {
  const session = new Session({ rows: 10, cols: 60 })
  session.type('cd /tmp; touch a b; clear\r', 'rm -i a b\r', 'y\r', 'n\r', 'ls\r')
  const screen = (await session.screen()).join('\n')
  expect(screen).toContain("rm: remove regular empty file 'a'? y")
  expect(screen).toMatch(/^b$/m)
})

test('tail -f follows until it is interrupted', async () => {
  const session = new Session({ rows: 10, cols: 60 })
  session.type('cd /tmp; echo one > f; clear\r', '(sleep 1; echo two >> f) & tail -f f\r')
  session.wait(3)
  session.type('\x03', 'echo $?\r')
  const screen = (await session.screen()).join('\n')
  expect(screen).toMatch(/one\ntwo/)
  expect(screen).toMatch(/^130$/m)
})
