/** Whether the CPU or memory is what matters now: a quota stands, somebody burns a CPU, or a tank is nearly full. */
import type { Snapshot } from '../machine.ts'
import { cgroupNodes, cgroupShare } from './cgroups.ts'
import { memoryTanks } from './memory.ts'

export type Attention = 'cpu' | 'memory'

/** How long a program burns until it is a hog, in virtual ns, and how much of a CPU. */
const LONG = 1_500_000_000
const HOG = 0.7
/** From this share of memory.max on a tank is nearly full. */
const FULL = 0.75

/** What a person would want to see, going by the present and a moment about two seconds before. */
export function attention(before: Snapshot, now: Snapshot): Attention | undefined {
  if (memoryTanks(now).some(it => it.oomKills || (it.max !== undefined && it.current >= FULL * it.max)))
    return 'memory'
  const nodes = cgroupNodes(now)
  if (nodes.some(it => it.quota !== undefined)) return 'cpu'
  const root = nodes[0]
  const isHog = root && now.clock - before.clock >= LONG && cgroupShare(before, now, root.id) >= HOG
  return isHog ? 'cpu' : undefined
}
