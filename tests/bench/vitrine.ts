/** Vitrine itself: a pristine host for every run; its boot is not counted. */
import { login, Machine } from '../../src/machine/index.ts'
import type { Engine } from './workloads.ts'

/** A booted host with a shell that runs `script`; `finish` lets virtual time pass until it has ended. */
export function started(script: string, machine = new Machine()) {
  let output = ''
  const task = machine.spawn({
    ...login('root'),
    path: '/bin/bash',
    argv: ['bash', '-c', script],
    output: bytes => {
      output += new TextDecoder().decode(bytes)
    },
  })
  const finish = () => {
    while (machine.exitStatus(task) === undefined) {
      const next = machine.nextEvent()
      if (next === undefined) throw new Error(`everybody sleeps for ever: ${output}`)
      machine.runUntil(next + 1_000_000)
    }
    const status = machine.exitStatus(task)
    if (status) throw new Error(`status ${status}: ${output}`)
    return output
  }
  return { machine, finish }
}

export const vitrine: Engine = {
  name: 'vitrine',
  async time(script) {
    const { finish } = started(script)
    const start = performance.now()
    finish()
    return performance.now() - start
  },
}
