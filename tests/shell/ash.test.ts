/** Living in busybox's shell, as in a root file system of one's own. */
import { expect, test } from 'vitest'
import { Session } from './session.ts'

/** What stands on the screen below the banner of busybox's shell. */
const below = async (session: Session): Promise<string[]> => {
  const lines = await session.screen()
  const start = lines.findIndex(it => it.startsWith("Enter 'help'")) + 2
  return lines.slice(start).flatMap(it => it.trimEnd() || [])
}

test('The shell of busybox greets, shows where one is, and remembers what was typed', async () => {
  const it = new Session()
  it.type('busybox sh\r')
  it.wait(1)
  it.type('cd /etc\r', 'nope\r', '\x1b[A\x1b[A\r', 'history\r')
  it.wait(1)
  expect(await below(it)).toEqual([
    '~ # cd /etc',
    '/etc # nope',
    'sh: nope: not found',
    '/etc # cd /etc',
    '/etc # history',
    '   0 cd /etc',
    '   1 nope',
    '   2 cd /etc',
    '   3 history',
    '/etc #',
  ])
})

test('A root file system with nothing but busybox can be lived in', async () => {
  const it = new Session()
  it.type('mkdir -p /r/bin && cp /bin/busybox /r/bin && chroot /r /bin/busybox --install -s /bin\r')
  it.wait(2)
  it.type('SHELL=/bin/sh chroot /r /bin/sh\r')
  it.wait(1)
  it.type('ls\r', 'sleep 9 &\r', 'jobs\r', 'kill %1\r', 'if true\r', 'then echo a\r', 'fi\r', '\x04')
  it.wait(2)
  expect(await below(it)).toEqual([
    '/ # ls',
    'bin',
    '/ # sleep 9 &',
    '/ # jobs',
    '[1]+  Running                    sleep 9',
    '/ # kill %1',
    '/ # if true',
    '> then echo a',
    '> fi',
    'a',
    '[1]+  Terminated                 sleep 9',
    '/ #',
    'root@host:~#',
  ])
})
