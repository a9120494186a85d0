/**
 * Swap: areas in files and on disks, and what of programs' memory lies there. Linux: mm/swapfile.c, mm/page_io.c,
 * mm/memcontrol.c (swap controller). It is loaded late, with the drivers of disks.
 *
 * Left out: memory comes back when its program gives it up or when the area is switched off, and not when the program
 * touches it again; files in memory (tmpfs) stay where they are; zswap, discards.
 */
import { decode, EBUSY, EINVAL, ENOMEM, isBlk, isReg } from '../../abi/index.ts'
import { type Caller, inodeAt, type Path, pathLookup } from '../../vfs/index.ts'
import { awaitIo, submitBio } from '../block/blk-core.ts'
import { callerOf } from '../caller.ts'
import { charge, countReclaimed, memoryLimitHit, swapRoom, uncharge } from '../cgroup/memcg.ts'
import { memcgOomKill, noteEvents } from '../cgroup/memcg-oom.ts'
import { PAGE } from '../cgroup/page-counter.ts'
import type { Kernel } from '../kernel.ts'
import { PROGRAM_ANON } from '../task-memory.ts'
import type { MemoryCharge, Task } from '../types.ts'
import { TSK_MEMSTALL } from '../wake-up.ts'
import type { SwapArea, SwapSpace } from './swap.ts'

const MAGIC = 'SWAPSPACE2'
/** Where the header of version 1 has the number of its last page. */
const LAST_PAGE = 1028
const SWAP_FLAG_PREFER = 0x8000
const SWAP_FLAG_PRIO_MASK = 0x7fff
const BIO = 256

/** How much of a page list of a task may go, by where it is charged; 0 stands for no cgroup. */
class Swap implements SwapSpace {
  readonly k: Kernel
  areas: SwapArea[] = []

  constructor(k: Kernel) {
    this.k = k
  }

  get #free(): number {
    return this.areas.reduce((sum, { pages, used }) => sum + pages - used, 0)
  }

  /** Linux: shrink_lruvec() of the anonymous lists: who has been there longest goes first. */
  swapOut(owners: ReadonlySet<number>, shares: ReadonlyMap<number, number>, pages: number): number {
    let left = pages
    for (const task of [...this.k.tasks.values()]) {
      if (left <= 0 || !this.#free) break
      if (task.tgid !== task.id || !task.rss) continue
      for (const it of task.charges) if (owners.has(it.cgroup)) left -= this.#outOf(task.id, it, shares, left)
      if (owners.has(0))
        left -= this.#take(task.id, 0, this.#uncharged(this.k.tasks.get(task.id)) / PAGE, left)
    }
    return pages - Math.max(0, left)
  }

  #uncharged({ rss, swapped, charges }: Task): number {
    return charges.reduce((sum, it) => sum - heapOf(it), rss - swapped)
  }

  #outOf(task: number, it: MemoryCharge, shares: ReadonlyMap<number, number>, most: number): number {
    const wanted = Math.min(most, Math.floor((heapOf(it) / PAGE) * (shares.get(it.cgroup) ?? 1)))
    if (wanted <= 0) return 0
    const { pages, limit } = swapRoom(this.k, it.cgroup)
    if (pages < wanted) {
      if (limit) noteEvents(this.k, limit, 'swapMaxEvents', 1)
      noteEvents(this.k, it.cgroup, 'swapFailEvents', 1)
    }
    return this.#take(task, it.cgroup, wanted, Math.min(most, pages))
  }

  /** Move pages of a task from memory to the areas; returns how many. */
  #take(id: number, cgroup: number, there: number, most: number): number {
    const { k } = this
    const pages = Math.min(Math.floor(there), most, this.#free)
    if (pages <= 0) return 0
    const bytes = pages * PAGE
    const me = k.tasks.own(id)
    me.swapped += bytes
    me.charges = me.charges.map(it =>
      it.cgroup === cgroup ? { ...it, anon: it.anon - bytes, swap: (it.swap ?? 0) + bytes } : it,
    )
    k.memoryUsed -= bytes
    if (cgroup) {
      uncharge(k, cgroup, { anon: bytes })
      charge(k, cgroup, { swap: bytes })
      countReclaimed(k, cgroup, pages)
    }
    this.#allocate(pages)
    return pages
  }

  /** Linux: get_swap_pages(): the areas of the highest priority first. */
  #allocate(pages: number): void {
    let left = pages
    for (const area of this.areas) {
      const part = Math.min(left, area.pages - area.used)
      area.used += part
      left -= part
      this.#transfer(area, 'write', part)
    }
    this.k.pageCache.pswpout += pages
  }

  /** The disk has to write or read so many pages, and somebody waits for that. */
  #transfer(area: SwapArea, op: 'read' | 'write', pages: number): void {
    for (let left = pages; left > 0; left -= BIO) {
      const bytes = Math.min(left, BIO) * PAGE
      const endIo = awaitIo(this.k, 'folio_wait_bit_common', TSK_MEMSTALL)
      submitBio(this.k, { dev: area.dev, op, bytes, sync: op === 'read', blkcg: 0, endIo })
    }
  }

  /** Linux: swap_free(): a program has given up memory that was here. */
  release(bytes: number): void {
    let left = bytes / PAGE
    for (const area of [...this.areas].reverse()) {
      const part = Math.min(left, area.used)
      area.used -= part
      left -= part
    }
  }

  /** Linux: try_to_unuse(). Errors: ENOMEM where there is no room for what comes back. */
  unuse(area: SwapArea): void {
    const { k } = this
    const others = this.#free - (area.pages - area.used)
    if (others < area.used && area.used * PAGE > k.memory) throw ENOMEM
    for (const task of [...k.tasks.values()]) if (area.used && task.swapped) this.#bringBack(task.id, area)
    if (area.used) throw ENOMEM
  }

  #bringBack(id: number, area: SwapArea): void {
    const { k } = this
    const { swapped, charges } = k.tasks.get(id)
    const bytes = Math.min(swapped, area.used * PAGE)
    const limit = memoryLimitHit(k, id, bytes)
    if (limit) {
      memcgOomKill(k, k.current, limit)
      throw ENOMEM
    }
    this.#transfer(area, 'read', bytes / PAGE)
    area.used -= bytes / PAGE
    k.pageCache.pswpin += bytes / PAGE
    k.memoryUsed += bytes
    const me = k.tasks.own(id)
    me.swapped -= bytes
    let left = bytes
    me.charges = charges.map(it => {
      const part = Math.min(left, it.swap ?? 0)
      left -= part
      return { ...it, anon: it.anon + part, swap: (it.swap ?? 0) - part }
    })
    for (const [i, it] of charges.entries()) {
      const part = (it.swap ?? 0) - (me.charges[i]!.swap ?? 0)
      if (!part) continue
      uncharge(k, it.cgroup, { swap: part })
      charge(k, it.cgroup, { anon: part })
    }
  }
}

/** What of a charge is heap: a program's own pages stay. */
const heapOf = (it: MemoryCharge): number => it.anon - (it.program ? PROGRAM_ANON : 0)

const spaceOf = (k: Kernel): Swap => (k.swap ??= new Swap(k)) as Swap

/** Linux: swapon(2). Errors: EINVAL (neither a file nor a disk, holes, no header), EBUSY. */
export function swapon(k: Kernel, task: Task, path: string, flags: number): void {
  const as = callerOf(k, task)
  const place = pathLookup(k.vfs, as, path, 'follow')
  const inode = inodeAt(k.vfs, place)
  if (!isReg(inode) && !isBlk(inode)) throw EINVAL
  const space = spaceOf(k)
  if (space.areas.some(it => it.inode === inode.id)) throw EBUSY
  const size = isReg(inode) ? inode.size : Number.POSITIVE_INFINITY
  const pages = Math.min(pagesOf(k, as, place), Math.floor(size / PAGE) - 1)
  const priority =
    flags & SWAP_FLAG_PREFER
      ? flags & SWAP_FLAG_PRIO_MASK
      : Math.min(-1, ...space.areas.map(it => it.priority)) - 1
  const dev = isReg(inode) ? k.superBlocks.get(inode.sb).dev : inode.rdev
  const area: SwapArea = {
    path: k.vfs.showPath(place, as),
    isFile: isReg(inode),
    pages,
    used: 0,
    priority,
    inode: inode.id,
    dev,
  }
  space.areas = [...space.areas, area].sort((a, b) => b.priority - a.priority)
  k.vfs.swapFiles.add(inode.id)
  k.vfs.dget(place.dentry)
  k.swapDentries.set(inode.id, place.dentry)
  const text = isReg(inode) ? ' extents:1 across' : ' across'
  k.log(`Adding ${pages * 4}k swap on ${area.path}.  Priority:${priority}${text}:${pages * 4}k `)
}

/** Linux: read_swap_header(). Errors: EINVAL. */
function pagesOf(k: Kernel, as: Caller, { mount, dentry }: Path): number {
  const { inode } = k.vfs.dentry(dentry)
  const file = { id: 0, epoch: 0, mount, dentry, inode, flags: 0, pos: 0, refs: 1 }
  const head = k.vfs.fops(file).read(k.vfs, file, PAGE, 0, as)
  if (!(head instanceof Uint8Array) || head.length < PAGE || decode(head.subarray(PAGE - 10)) !== MAGIC) {
    k.log('Unable to find swap-space signature', 3)
    throw EINVAL
  }
  return new DataView(head.buffer, head.byteOffset).getUint32(LAST_PAGE, true)
}

/** Linux: swapoff(2). Errors: EINVAL where no area is. */
export function swapoff(k: Kernel, task: Task, path: string): void {
  const inode = inodeAt(k.vfs, pathLookup(k.vfs, callerOf(k, task), path, 'follow'))
  const space = spaceOf(k)
  const area = space.areas.find(it => it.inode === inode.id)
  if (!area) throw EINVAL
  space.areas = space.areas.filter(it => it !== area)
  try {
    space.unuse(area)
  } catch (e) {
    space.areas = [...space.areas, area].sort((a, b) => b.priority - a.priority)
    throw e
  }
  if (!space.areas.length) k.swap = undefined
  k.vfs.swapFiles.delete(inode.id)
  const dentry = k.swapDentries.get(inode.id)
  k.swapDentries.delete(inode.id)
  if (dentry) k.vfs.dput(dentry)
}
