/**
 * The process number controller. Limits are hierarchical: the tightest ancestor wins, and moving in is never refused. Who
 * has ended counts until he has been waited for, even in a cgroup that was removed meanwhile. Linux: kernel/cgroup/pids.c.
 */
import { EAGAIN, EINVAL, type Errno } from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import { refuse } from '../refuse.ts'
import type { Cgroup } from '../types.ts'
import {
  ancestors,
  cgroupFor,
  cgroupPath,
  fileModified,
  hasController,
  hierarchyOfCgroup,
  shownPath,
} from './cgroup.ts'
import type { CgroupFile, Controller } from './files.ts'
import { kstrtoll } from './parse.ts'

/** PID_MAX_LIMIT + 1. */
const PIDS_MAX = 4194305

export const hasPids = (k: Kernel, cg: Cgroup): boolean =>
  hierarchyOfCgroup(k, cg).controllers.includes('pids')

export function chargePids(k: Kernel, cgroupId: number): void {
  for (let id = cgroupId; id; ) {
    const cg = k.cgroups.own(id)
    if (++cg.pidsCurrent > cg.pidsPeak) cg.pidsPeak = cg.pidsCurrent
    id = cg.parent
  }
}

export function unchargePids(k: Kernel, cgroupId: number): void {
  for (let id = cgroupId; id; ) {
    const dying = k.dyingCgroups.get(id)
    if (!dying && !k.cgroups.find(id)) return
    const cg = dying ?? k.cgroups.own(id)
    cg.pidsCurrent--
    if (dying && !dying.pidsCurrent) k.dyingCgroups.delete(id)
    id = cg.parent
  }
}

/** Linux: pids_release(). */
export function releasePids(k: Kernel, taskId: number): void {
  for (const id of k.tasks.get(taskId).cgroups) {
    const cg = k.cgroups.find(id)
    if (cg ? hasPids(k, cg) : k.dyingCgroups.has(id)) unchargePids(k, id)
  }
}

/** EAGAIN if a new task would go over a limit. Linux: pids_can_fork(). */
export function canFork(k: Kernel, taskId: number): void {
  const id = cgroupFor(k, k.tasks.get(taskId), 'pids')
  for (let at = id; at; ) {
    const cg = k.cgroups.get(at)
    if (cg.pidsCurrent + 1 > cg.pidsMax) throw rejected(k, id, cg)
    at = cg.parent
  }
}

/** The cgroup that counts the event is not the one whose limit it is. */
function rejected(k: Kernel, id: number, limit: Cgroup): Errno {
  let own = id
  for (const cg of ancestors(k, id))
    if (hasController(k, cg, 'pids')) {
      own = cg.id
      break
    }
  const cg = k.cgroups.own(own)
  if (++cg.pidsEvents === 1)
    k.vfs.host.log(`cgroup: fork rejected by pids controller in ${cgroupPath(k, own, 0)}`)
  fileModified(k, own, 'pids.events')
  return refuse(k, EAGAIN, 'pids-max', {
    cgroup: shownPath(k, limit.id),
    current: limit.pidsCurrent,
    max: limit.pidsMax,
  })
}

function parseLimit(text: string): number {
  const word = text.trim()
  if (word === 'max') return Number.POSITIVE_INFINITY
  const limit = kstrtoll(word)
  if (limit < 0 || limit >= PIDS_MAX) throw EINVAL
  return limit
}

const files: readonly CgroupFile[] = [
  {
    name: 'pids.max',
    on: 'nonRoot',
    show: (_, cg) => `${cg.pidsMax === Number.POSITIVE_INFINITY ? 'max' : cg.pidsMax}\n`,
    store(k, cg, text) {
      k.cgroups.own(cg.id).pidsMax = parseLimit(text)
    },
  },
  { name: 'pids.current', on: 'nonRoot', show: (_, cg) => `${cg.pidsCurrent}\n` },
  { name: 'pids.peak', on: 'nonRoot', show: (_, cg) => `${cg.pidsPeak}\n` },
  { name: 'pids.events', on: 'nonRoot', show: (_, cg) => `max ${cg.pidsEvents}\n`, notifies: true },
]

export const pids: Controller = {
  name: 'pids',
  v1: files,
  v2: files,
  offline(k, cg) {
    const it = k.cgroups.own(cg.id)
    it.pidsMax = Number.POSITIVE_INFINITY
    it.pidsEvents = 0
    it.pidsPeak = it.pidsCurrent
  },
}
