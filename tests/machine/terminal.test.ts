import { expect, test } from 'vitest'
import { decode } from '../../src/abi/index.ts'
import { Machine } from '../../src/machine/index.ts'

test('after the last exit the Enter key logs in anew', () => {
  const machine = new Machine()
  const terminal = machine.openTerminal({ rows: 24, cols: 80 })
  let screen = ''
  let ends = 0
  terminal.onOutput(bytes => (screen += decode(bytes)))
  terminal.onEnd(() => ends++)
  const type = (text: string) => {
    screen = ''
    terminal.write(text)
    machine.runUntil(machine.now + 1e9)
    machine.commit()
  }
  type('x=1; exit\r')
  expect(screen).toContain('logout')
  expect([terminal.closed, ends]).toEqual([true, 1])
  type('what is typed now goes nowhere')
  expect(screen).toBe('')
  type('\r')
  expect(screen).toMatch(/root@host:~# $/)
  type('echo "x is $x on $(tty)"; ps -o args\r')
  expect(screen).toContain('x is  on /dev/pts/')
  expect(screen).toContain('-bash')
  expect([terminal.closed, ends]).toEqual([false, 1])
})
