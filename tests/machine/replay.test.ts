import { expect, test } from 'vitest'
import { Machine, record, replay } from '../../src/machine/index.ts'

const SECOND = 1_000_000_000
const SESSION = [
  'cd /tmp; mkdir lower upper work merged; echo a > lower/a',
  'mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged; echo b >> merged/a',
  'echo $RANDOM > merged/random; unshare -m sleep 5 &',
  'stress -c 2 -t 1',
  'for i in 1 2 3; do sleep 0.1; done; jobs',
]

/** Types a session; the clock goes on in steps of `slice` ns between the lines. */
function typed(slice: number): Machine {
  const machine = new Machine({ freeze: true, seed: 7 })
  const terminals = [
    machine.openTerminal({ rows: 24, cols: 80 }),
    machine.openTerminal({ rows: 30, cols: 100 }),
  ]
  for (const [i, line] of SESSION.entries()) {
    for (const until = machine.now + SECOND; machine.now < until; )
      machine.runUntil(Math.min(until, machine.now + slice))
    terminals[i % 2]!.write(`${line}\r`)
  }
  machine.runUntil(machine.now + 2 * SECOND)
  return machine
}

test('the same input gives the same state, however the time between is cut', () => {
  expect(typed(SECOND).hash()).toBe(typed(7_654_321).hash())
})

test('a recording replays to the same state, and goes on alike', () => {
  const machine = typed(SECOND)
  const copy = replay(JSON.parse(JSON.stringify(record(machine))))
  expect(copy.hash()).toBe(machine.hash())
  for (const it of [machine, copy]) {
    it.terminals[0]!.write('ls -la merged; date\r')
    it.runUntil(it.now + SECOND)
  }
  expect(copy.hash()).toBe(machine.hash())
})
