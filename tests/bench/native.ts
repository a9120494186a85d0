/** The shells of the machine the benchmark runs on, if there are any. */
import { spawnSync } from 'node:child_process'
import { median, type Engine } from './workloads.ts'

/** The native bash and dash, as far as they exist here. */
export function nativeShells(): Engine[] {
  return (['bash', 'dash'] as const).filter(name => spawnSync(name, ['-c', ':']).status === 0).map(shell)
}

function shell(name: 'bash' | 'dash'): Engine {
  const run = (script: string) => {
    const start = performance.now()
    const { status, stderr } = spawnSync(name, ['-c', script], { encoding: 'utf8' })
    if (status) throw new Error(stderr)
    return performance.now() - start
  }
  const startUp = median(Array.from({ length: 9 }, () => run(':')))
  return { name, time: async script => Math.max(0.001, run(script) - startUp) }
}
