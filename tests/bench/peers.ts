/** just-bash, a bash interpreter in TypeScript without processes: the nearest thing to compare with. */
import { Bash } from 'just-bash'
import type { Engine } from './workloads.ts'

const UNLIMITED = { maxCommandCount: 1e9, maxLoopIterations: 1e9 }

export const justBash: Engine = {
  name: 'just-bash',
  async time(script) {
    const bash = new Bash({ executionLimits: UNLIMITED, defenseInDepth: false })
    const start = performance.now()
    const { exitCode, stderr } = await bash.exec(script)
    if (exitCode) throw new Error(stderr)
    return performance.now() - start
  },
}
