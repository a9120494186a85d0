/** Runs measure.sh with the lines of some set-ups, on Linux and on Vitrine's virtual host. */
import { spawnSync } from 'node:child_process'
import { login, Machine } from '../../src/machine/index.ts'
import { parseRun, type Run } from './figures.ts'
import { linesOf, type Seconds, type Setup } from './setups.ts'

export const SECONDS: Seconds = { warm: 3, measured: 10 }

const scriptOf = (shell: string, setups: readonly Setup[], seconds: Seconds): string =>
  `${shell}\n${setups.map(setup => linesOf(setup, seconds)).join('')}`

/** What a real Linux printed. `command` is run by sh, gets the script on its standard input, and gives it to bash. */
export function runOnLinux(
  command: string,
  shell: string,
  setups: readonly Setup[],
  seconds: Seconds,
): string {
  const input = scriptOf(shell, setups, seconds)
  const { stdout, status } = spawnSync('sh', ['-c', command], {
    input,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  if (status) throw new Error(`${command}: exit status ${status}`)
  return stdout
}

/**
 * What costs the machine under the virtual one least, since loops of the shell are interpreted; and a task that takes
 * nearly what the measured machine's own took (init, kernel threads and the shell that measures).
 */
const HERE = `BURN='exec dd if=/dev/zero of=/dev/null bs=4M' STEP=400 OWN='2 48'`

/** Each set-up has a host of its own. */
export function runInVitrine(shell: string, setups: readonly Setup[], seconds: Seconds): Run {
  return Object.assign({}, ...setups.map(setup => parseRun(printed(scriptOf(shell, [setup], seconds)))))
}

function printed(script: string): string {
  let output = ''
  const machine = new Machine()
  const task = machine.spawn({
    ...login('root'),
    path: '/bin/bash',
    argv: ['bash', '-c', `${HERE}\n${script}`],
    output: bytes => {
      output += new TextDecoder().decode(bytes)
    },
  })
  machine.runUntil(machine.now + 3600e9, () => machine.exitStatus(task) === undefined)
  if (machine.exitStatus(task)) throw new Error(`Vitrine: ${output}`)
  const complaint = output.split('\n').find(line => line && !/^(kernel|setup|group|task) /.test(line))
  if (complaint) throw new Error(`Vitrine: ${complaint}`)
  return output
}
