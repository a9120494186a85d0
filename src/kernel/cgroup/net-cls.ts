/** v1: tags for packets by the cgroup of who sends them. Linux: net/core/netclassid_cgroup.c, netprio_cgroup.c. */
import { EINVAL, ENODEV } from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import { devicesOf } from '../net/net-namespace.ts'
import type { Cgroup } from '../types.ts'
import { descendants, hierarchyOfCgroup } from './cgroup.ts'
import { cssOf } from './css.ts'
import type { Controller } from './files.ts'
import { kstrtoull } from './parse.ts'

/** The handle of a traffic class, 0xMAJORMINOR: a new cgroup's is its parent's. */
const netClsCss = cssOf('net_cls', { classid: 0 })

export const netCls: Controller = {
  name: 'net_cls',
  v1: [
    {
      name: 'net_cls.classid',
      show: (_, cg) => `${netClsCss.of(cg).classid}\n`,
      store: (k, cg, text) => netClsCss.set(k, cg.id, { classid: kstrtoull(text.trim()) % 2 ** 32 }),
    },
  ],
  online: (k, cg, parent) => netClsCss.set(k, cg.id, netClsCss.of(parent)),
}

/** Priorities by the name of an interface, and the number of the cgroup in these maps. */
const netPrioCss = cssOf<{ readonly index: number; readonly map: Readonly<Record<string, number>> }>(
  'net_prio',
  { index: 1, map: {} },
)

/** Interfaces of the initial network namespace. */
const devices = (k: Kernel): readonly string[] =>
  devicesOf(k, [...k.netNamespaces.values()][0]?.id ?? 0).map(it => it.name)

/** The lowest number that no cgroup has. Linux: idr_alloc() in css_create(). */
function freeIndex(k: Kernel, cg: Cgroup): number {
  const all = [...descendants(k, hierarchyOfCgroup(k, cg).root)].filter(({ id }) => id !== cg.id)
  const used = new Set(all.map(it => netPrioCss.of(it).index))
  let index = 2
  while (used.has(index)) index++
  return index
}

/** `eth0 5`. Linux: write_priomap(). */
function storePriority(k: Kernel, cg: Cgroup, text: string): void {
  const found = /^\s*(\S{1,15})\s+(\d+)/.exec(text)
  if (!found) throw EINVAL
  const [, device = '', priority] = found
  if (!devices(k).includes(device)) throw ENODEV
  netPrioCss.set(k, cg.id, {
    map: { ...netPrioCss.of(cg).map, [device]: Number(priority) % 2 ** 32 },
  })
}

export const netPrio: Controller = {
  name: 'net_prio',
  v1: [
    { name: 'net_prio.prioidx', show: (_, cg) => `${netPrioCss.of(cg).index}\n` },
    {
      name: 'net_prio.ifpriomap',
      show: (k, cg) =>
        devices(k)
          .map(name => `${name} ${netPrioCss.of(cg).map[name] ?? 0}\n`)
          .join(''),
      store: storePriority,
    },
  ],
  online: (k, cg, parent) =>
    netPrioCss.set(k, cg.id, { index: freeIndex(k, cg), map: netPrioCss.of(parent).map }),
}
