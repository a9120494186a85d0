import { expect, test } from 'vitest'
import { ActivityLog, type InputEntry, Machine, record, replaying } from '../../src/machine/index.ts'

const SECOND = 1_000_000_000

test('what command lines changed is known again after a replay', () => {
  const machine = new Machine()
  const log = new ActivityLog(machine)
  const terminal = machine.openTerminal({ rows: 24, cols: 80 })
  const pass = () => {
    for (let i = 0; i < 10; i++) {
      machine.runUntil(machine.now + SECOND / 10)
      machine.commit()
    }
  }
  pass()
  for (const line of ['mkdir /sys/fs/cgroup/a', 'ls', 'sleep 100 &', 'hostname other']) {
    log.begin(terminal.index)
    terminal.write(`${line}\r`)
    pass()
  }
  let again: ActivityLog | undefined
  const begin = (entry: InputEntry) => entry.kind === 'data' && again!.begin(entry.tty)
  const steps = replaying(record(machine), machine => (again = new ActivityLog(machine)), begin)
  while (!steps.next().done);
  const told = (of: ActivityLog) => of.entries.map(({ at, changes }) => ({ at, changes }))
  expect(told(log)).toHaveLength(3)
  expect(told(again!)).toEqual(told(log))
})
