/**
 * Which CPUs share their load: all, but for isolated partitions of v2 and where cpuset.sched_load_balance of v1 is off.
 * Linux: kernel/cgroup/cpuset.c, generate_sched_domains().
 */
import type { Kernel } from '../kernel.ts'
import type { Cgroup } from '../types.ts'
import { hierarchyWith } from './cgroup.ts'
import { childrenOf, cpusetCss, effectiveCpus } from './cpus-allowed.ts'
import { isValidPartition } from './partition.ts'

/** Linux: is_sched_load_balance(). */
function balancesLoad(k: Kernel, cg: Cgroup): boolean {
  const { partition, flags } = cpusetCss.of(cg)
  return flags.sched_load_balance === true && !(partition === 'isolated' && isValidPartition(k, cg))
}

/** Tell the scheduler after cpusets have changed. Linux: rebuild_sched_domains(). */
export function rebuildDomains(k: Kernel): void {
  const root = k.cgroups.get(hierarchyWith(k, 'cpuset').root)
  const spans = balancesLoad(k, root) ? [effectiveCpus(k, root)] : []
  collect(k, root, spans)
  k.sched.setDomains(united(spans))
}

/** The sets below one that are domains of their own. */
function collect(k: Kernel, above: Cgroup, spans: (readonly number[])[]): void {
  const [whole] = spans
  for (const cg of childrenOf(k, above)) {
    const { cpus } = cpusetCss.of(cg)
    const isCovered = whole !== undefined && cpus.every(cpu => whole.includes(cpu))
    const hasOwn = cpus.length > 0 && balancesLoad(k, cg) && !isCovered
    if (hasOwn) spans.push(effectiveCpus(k, cg))
    if (!isCovered && (!hasOwn || isValidPartition(k, cg))) collect(k, cg, spans)
  }
}

/** Those that overlap are one. */
function united(spans: readonly (readonly number[])[]): readonly (readonly number[])[] {
  let domains: (readonly number[])[] = []
  for (const span of spans) {
    const touching = domains.filter(it => it.some(cpu => span.includes(cpu)))
    const union = [...new Set([...touching.flat(), ...span])]
    domains = [...domains.filter(it => !touching.includes(it)), union]
  }
  return domains
}
