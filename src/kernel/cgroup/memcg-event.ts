/**
 * Events of v1's memory controller: who has written an eventfd's number, that of an open control file and what he waits
 * for to cgroup.event_control is told by the eventfd. Linux: mm/memcontrol.c:memcg_write_event_control(), mm/vmpressure.c;
 * admin-guide/cgroup-v1/memcg_test.rst. It comes late: nobody has an eventfd before.
 */
import { EINVAL } from '../../abi/index.ts'
import { type Caller, inodePermission, MAY_READ } from '../../vfs/index.ts'
import { Eventfd } from '../eventfd.ts'
import { fileOf } from '../files.ts'
import type { Kernel, MemcgEvents } from '../kernel.ts'
import type { Cgroup } from '../types.ts'
import { ancestors, descendants } from './cgroup.ts'
import { memcg, memoryUsage, swapUsage } from './memcg.ts'
import { NO_LIMIT, PAGE, parseLimit } from './page-counter.ts'

const LEVELS: readonly string[] = ['low', 'medium', 'critical']
const MODES = ['default', 'hierarchy', 'local'] as const

/** Linux: struct mem_cgroup_event, and what the kinds keep. */
type Event = { readonly cgroup: number; readonly eventfd: Eventfd } & (
  | { readonly kind: 'oom' }
  | { readonly kind: 'usage' | 'memsw'; readonly threshold: number; isAbove: boolean }
  | { readonly kind: 'pressure'; readonly level: number; readonly mode: (typeof MODES)[number] }
)

/** How many pages are looked at before it is said how hard that was. Linux: vmpressure_win. */
const WINDOW = 512
/** From which part of them in vain, in per cent, it is `medium` and `critical`. */
const PRESSURE = [60, 95]

class Events implements MemcgEvents {
  readonly k: Kernel
  readonly #list = new Set<Event>()
  /** Pages that were looked at and given back since pressure was judged, by cgroup. */
  readonly #scanned = new Map<number, { scanned: number; reclaimed: number }>()

  constructor(k: Kernel) {
    this.k = k
  }

  add(event: Event): void {
    this.#list.add(event)
    event.eventfd.closed.add(() => this.#list.delete(event))
    if (event.kind === 'oom' && isUnderOom(this.k, event.cgroup)) event.eventfd.signal(1n)
  }

  /** Linux: __mem_cgroup_threshold(): told in both directions. */
  charged(cgroup: number): void {
    if (!this.#list.size) return
    for (const { id } of ancestors(this.k, cgroup))
      for (const event of this.#of(id)) {
        if (event.kind !== 'usage' && event.kind !== 'memsw') continue
        const isAbove = usageOf(this.k, id, event.kind) >= event.threshold
        if (isAbove !== event.isAbove) event.eventfd.signal(1n)
        event.isAbove = isAbove
      }
  }

  /** Linux: mem_cgroup_oom_notify(). */
  oom(cgroup: number): void {
    for (const { id } of descendants(this.k, cgroup))
      for (const { kind, eventfd } of this.#of(id)) if (kind === 'oom') eventfd.signal(1n)
  }

  /** Linux: vmpressure(). */
  reclaimed(cgroup: number, scanned: number, reclaimed: number): void {
    if (!this.#list.size) return
    const sum = this.#scanned.get(cgroup) ?? { scanned: 0, reclaimed: 0 }
    sum.scanned += scanned
    sum.reclaimed += reclaimed
    this.#scanned.set(cgroup, sum)
    if (sum.scanned < WINDOW) return
    this.#scanned.delete(cgroup)
    const inVain = 100 - (100 * sum.reclaimed) / sum.scanned
    this.#press(cgroup, PRESSURE.filter(from => inVain >= from).length)
  }

  /** Linux: vmpressure_event(): those above are told unless somebody below was. */
  #press(cgroup: number, level: number): void {
    let told = false
    for (const { id } of ancestors(this.k, cgroup)) {
      const isAbove = id !== cgroup
      const toldBelow = told
      for (const event of this.#of(id)) {
        if (event.kind !== 'pressure' || event.level > level) continue
        if (isAbove && (event.mode === 'local' || (event.mode === 'default' && toldBelow))) continue
        event.eventfd.signal(1n)
        told = true
      }
    }
  }

  /** Linux: memcg_event_remove(): who waits for a cgroup that goes is told, and that was it. */
  removed(cgroup: number): void {
    for (const event of this.#of(cgroup)) {
      event.eventfd.signal(1n)
      this.#list.delete(event)
    }
  }

  #of(cgroup: number): Event[] {
    return [...this.#list].filter(it => it.cgroup === cgroup)
  }
}

const usageOf = (k: Kernel, id: number, kind: 'usage' | 'memsw'): number =>
  memoryUsage(k, id) + (kind === 'memsw' ? swapUsage(k, id) : 0)

function isUnderOom(k: Kernel, cgroup: number): boolean {
  for (const cg of ancestors(k, cgroup)) if (memcg.of(cg).underOom) return true
  return false
}

/** `5 6 10M`: an eventfd, a control file of the same cgroup, and what of it. Errors: EINVAL, EBADF, EACCES. */
export function writeEventControl(k: Kernel, cg: Cgroup, text: string, as: Caller): void {
  const found = /^(\d+) (\d*)(?: (.*))?$/s.exec(text.trim())
  if (!found) throw EINVAL
  const task = k.tasks.get(as.task)
  const eventfd = k.vfs.fops(fileOf(k, task, Number(found[1])))
  if (!(eventfd instanceof Eventfd)) throw EINVAL
  const file = fileOf(k, task, Number(found[2]))
  inodePermission(k.vfs, as, k.vfs.inode(file.inode), MAY_READ)
  const { name, parent } = k.vfs.dentry(file.dentry)
  const directory = k.vfs.inode(k.vfs.dentry(parent).inode)
  if (k.superBlocks.get(directory.sb).type !== 'cgroup' || directory.ino !== cg.ino) throw EINVAL
  events(k).add(eventOf(k, cg.id, eventfd, name, found[3] ?? ''))
}

const events = (k: Kernel): Events => (k.memcgEvents ??= new Events(k)) as Events

function eventOf(k: Kernel, cgroup: number, eventfd: Eventfd, file: string, args: string): Event {
  switch (file) {
    case 'memory.oom_control':
      return { cgroup, eventfd, kind: 'oom' }
    case 'memory.usage_in_bytes':
    case 'memory.memsw.usage_in_bytes': {
      const kind = file === 'memory.usage_in_bytes' ? 'usage' : 'memsw'
      const limit = parseLimit(args, '-1')
      const threshold = limit === NO_LIMIT ? limit : limit - (limit % PAGE)
      return { cgroup, eventfd, kind, threshold, isAbove: usageOf(k, cgroup, kind) >= threshold }
    }
    case 'memory.pressure_level': {
      const [word = '', mode = 'default'] = args.split(',')
      const level = LEVELS.indexOf(word)
      const known = MODES.find(it => it === mode)
      if (level < 0 || !known) throw EINVAL
      return { cgroup, eventfd, kind: 'pressure', level, mode: known }
    }
    default:
      throw EINVAL
  }
}
