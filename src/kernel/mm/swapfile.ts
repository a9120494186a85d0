/**
 * Swap: areas in files and on disks, and what of programs' memory lies there. Linux: mm/swapfile.c, mm/page_io.c,
 * mm/memcontrol.c (swap controller). It is loaded late, with the drivers of disks.
 *
 * Left out: which cgroup a page is charged to is known by process only, not by page; the swap cache (a page that comes
 * back gives up its place at once); a program's own pages, those it has without a heap, stay; zswap, discards.
 */
import { decode, EBUSY, EINVAL, ENOMEM, isBlk, isReg } from '../../abi/index.ts'
import { type Caller, inodeAt, type Path, pathLookup } from '../../vfs/index.ts'
import { awaitIo, submitBio } from '../block/blk-core.ts'
import { callerOf } from '../caller.ts'
import { charge, countReclaimed, countSwapIn, memoryLimitHit, swapRoom, uncharge } from '../cgroup/memcg.ts'
import { memcgOomKill, noteEvents } from '../cgroup/memcg-oom.ts'
import { PAGE } from '../cgroup/page-counter.ts'
import type { Kernel } from '../kernel.ts'
import { PROGRAM_ANON } from '../task-memory.ts'
import type { MemoryCharge, Task } from '../types.ts'
import { TSK_MEMSTALL } from '../wake-up.ts'
import { PageSet } from './page-set.ts'
import { shmemUsed } from './shmem.ts'
import type { SwapArea, SwapSpace } from './swap.ts'
import { refuse } from '../refuse.ts'

const MAGIC = 'SWAPSPACE2'
/** Where the header of version 1 has the number of its last page. */
const LAST_PAGE = 1028
const SWAP_FLAG_PREFER = 0x8000
const SWAP_FLAG_PRIO_MASK = 0x7fff
const BIO = 256

/** Which pages of a process's heap are in swap. Linux: the swap entries in its page tables. */
class SwapEntries {
  readonly pages = new PageSet()
  /** When the process last used its memory, and where: what follows was used least recently. */
  usedAt = 0
  hand = 0
}

/** Take at most so many runs of `pages` as there are to make `most` pages, those behind the hand first. */
function* oldest(inSwap: PageSet, hand: number, end: number, most: number): Generator<[number, number]> {
  let left = most
  for (const [first, last] of [
    [hand, end],
    [0, Math.min(hand, end)],
  ] as const)
    for (const [from, to] of inSwap.missing(first, last)) {
      if (left <= 0) return
      yield [from, Math.min(to, from + left)]
      left -= to - from
    }
}

class Swap implements SwapSpace {
  readonly k: Kernel
  areas: SwapArea[] = []
  /** By process. */
  readonly #entries = new Map<number, SwapEntries>()

  constructor(k: Kernel) {
    this.k = k
  }

  get #free(): number {
    return this.areas.reduce((sum, { pages, used }) => sum + pages - used, 0)
  }

  // ---- What programs and files have there

  #of(tgid: number): SwapEntries {
    let it = this.#entries.get(tgid)
    if (!it) this.#entries.set(tgid, (it = new SwapEntries()))
    return it
  }

  resize(tgid: number, bytes: number): number {
    const it = this.#entries.get(tgid)
    const gone = it ? it.pages.delete(Math.ceil(bytes / PAGE), Number.POSITIVE_INFINITY) * PAGE : 0
    if (gone) {
      this.k.tasks.own(tgid).swapped -= gone
      this.k.memoryUsed += gone
      this.release(gone)
    }
    if (!bytes) this.#entries.delete(tgid)
    else this.#of(tgid).usedAt = this.k.now()
    return gone
  }

  next(tgid: number, from: number, to: number): readonly [number, number] | undefined {
    return this.#entries.get(tgid)?.pages.within(from, to)[0]
  }

  used(tgid: number, page: number): void {
    Object.assign(this.#of(tgid), { usedAt: this.k.now(), hand: page })
  }

  // ---- Out

  /** Linux: shrink_lruvec() of the anonymous lists: what was used least recently goes first. */
  swapOut(owners: ReadonlySet<number>, shares: ReadonlyMap<number, number>, pages: number): number {
    let left = pages
    for (const { out } of this.#candidates(owners, shares)) {
      if (left <= 0 || !this.#free) break
      left -= out(left)
    }
    return pages - Math.max(0, left)
  }

  #candidates(owners: ReadonlySet<number>, shares: ReadonlyMap<number, number>) {
    const { k } = this
    const list: { readonly usedAt: number; readonly out: (most: number) => number }[] = []
    for (const { id, tgid, rss } of k.tasks.values())
      if (tgid === id && rss)
        list.push({
          usedAt: this.#entries.get(id)?.usedAt ?? 0,
          out: most => this.#outOfTask(id, owners, shares, most),
        })
    for (const [id, { usedAt }] of k.pageCache.shmem)
      list.push({ usedAt, out: most => this.#outOfFile(id, owners, shares, most) })
    return list.sort((a, b) => a.usedAt - b.usedAt)
  }

  #outOfTask(
    id: number,
    owners: ReadonlySet<number>,
    shares: ReadonlyMap<number, number>,
    most: number,
  ): number {
    let done = 0
    for (const it of this.k.tasks.get(id).charges)
      if (owners.has(it.cgroup)) {
        const wanted = Math.min(most - done, share(heapOf(it) / PAGE, shares.get(it.cgroup)))
        done += this.#take(id, it.cgroup, Math.min(wanted, this.#room(it.cgroup, wanted)))
      }
    const { rss, swapped, charges } = this.k.tasks.get(id)
    const uncharged = charges.reduce((sum, it) => sum - heapOf(it), rss - swapped)
    return done + (owners.has(0) ? this.#take(id, 0, Math.min(uncharged / PAGE, most - done)) : 0)
  }

  #outOfFile(
    id: number,
    owners: ReadonlySet<number>,
    shares: ReadonlyMap<number, number>,
    most: number,
  ): number {
    const { k } = this
    const file = k.pageCache.shmem.get(id)!
    const inode = k.vfs.inode(id)
    const owner = inode.memcg ?? 0
    if (!owners.has(owner) || k.superBlocks.get(inode.sb).type === 'ramfs') return 0
    const there = file.pages - file.swapped.size
    const wanted = Math.min(most, share(there, shares.get(owner)))
    const pages = Math.min(wanted, owner ? this.#room(owner, wanted) : wanted, this.#free)
    let done = 0
    for (const [from, to] of oldest(file.swapped, file.hand, Math.ceil(inode.size / PAGE), pages))
      done += file.swapped.add(from, to)
    if (!done) return 0
    k.pageCache.nrShmem -= done
    if (owner) {
      uncharge(k, owner, { file: done * PAGE, shmem: done * PAGE })
      charge(k, owner, { swap: done * PAGE })
    }
    this.#wentOut(owner, done)
    return done
  }

  /** How many of the wanted pages a cgroup may have in swap. Linux: __mem_cgroup_try_charge_swap(). */
  #room(cgroup: number, wanted: number): number {
    if (wanted <= 0) return 0
    const { pages, limit } = swapRoom(this.k, cgroup)
    if (pages < wanted) {
      if (limit) noteEvents(this.k, limit, 'swapMaxEvents', 1)
      noteEvents(this.k, cgroup, 'swapFailEvents', 1)
    }
    return pages
  }

  /** Move pages of a process from memory to the areas; returns how many. */
  #take(id: number, cgroup: number, most: number): number {
    const { k } = this
    const entries = this.#of(id)
    let pages = 0
    const end = Math.floor(k.tasks.get(id).rss / PAGE)
    for (const [from, to] of oldest(entries.pages, entries.hand, end, Math.min(Math.floor(most), this.#free)))
      pages += entries.pages.add(from, to)
    if (!pages) return 0
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
    }
    this.#wentOut(cgroup, pages)
    return pages
  }

  /** Linux: get_swap_pages(): the areas of the highest priority first. */
  #wentOut(cgroup: number, pages: number): void {
    let left = pages
    for (const area of this.areas) {
      const part = Math.min(left, area.pages - area.used)
      area.used += part
      left -= part
      this.#transfer(area, 'write', part)
    }
    this.k.pageCache.pswpout += pages
    countReclaimed(this.k, cgroup, pages)
  }

  /** The disk has to write or read so many pages, and somebody waits for that. */
  #transfer(area: SwapArea, op: 'read' | 'write', pages: number): void {
    for (let left = pages; left > 0; left -= BIO) {
      const bytes = Math.min(left, BIO) * PAGE
      const endIo = awaitIo(this.k, 'folio_wait_bit_common', TSK_MEMSTALL)
      submitBio(this.k, { dev: area.dev, op, bytes, sync: op === 'read', blkcg: 0, endIo })
    }
  }

  // ---- Back

  /** Linux: do_swap_page(): in clusters of so many pages, each with one fault. */
  swapIn(tgid: number, from: number, to: number): void {
    const { k } = this
    const pages = this.#of(tgid).pages.delete(from, to)
    const faults = Math.ceil(pages / 2 ** Number(k.sysctl.get('vm/page-cluster') ?? 3))
    k.pageCache.majorFaults += faults
    const back = this.#giveBack(tgid, pages)
    for (const [cgroup, count] of back) countSwapIn(k, cgroup, count, Math.round((faults * count) / pages))
    this.#cameIn(pages)
  }

  readShmem(owner: number, pages: number): void {
    const { k } = this
    if (owner) {
      uncharge(k, owner, { swap: pages * PAGE })
      charge(k, owner, { file: pages * PAGE, shmem: pages * PAGE })
      countSwapIn(k, owner, pages, 0)
    }
    this.#cameIn(pages)
  }

  /** So many pages of a process are memory again, which is charged where the swap was; returns what came back where. */
  #giveBack(tgid: number, pages: number): ReadonlyMap<number, number> {
    const { k } = this
    const me = k.tasks.own(tgid)
    const back = new Map<number, number>()
    let left = pages * PAGE
    me.swapped -= left
    k.memoryUsed += left
    me.charges = me.charges.map(it => {
      const part = Math.min(left, it.swap ?? 0)
      left -= part
      if (part) back.set(it.cgroup, part / PAGE)
      return part ? { ...it, anon: it.anon + part, swap: (it.swap ?? 0) - part } : it
    })
    for (const [cgroup, count] of back) {
      uncharge(k, cgroup, { swap: count * PAGE })
      charge(k, cgroup, { anon: count * PAGE })
    }
    return back
  }

  #cameIn(pages: number): void {
    let left = pages
    for (const area of [...this.areas].reverse()) {
      const part = Math.min(left, area.used)
      area.used -= part
      left -= part
      this.#transfer(area, 'read', part)
    }
    this.k.pageCache.pswpin += pages
    this.k.pageCache.refaultsAnon += pages
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
    for (const [id, { swapped }] of k.pageCache.shmem)
      if (area.used && swapped.size) shmemUsed(k, k.vfs.inode(id), 0, Number.MAX_SAFE_INTEGER)
    if (area.used) throw ENOMEM
  }

  #bringBack(id: number, area: SwapArea): void {
    const { k } = this
    const pages = Math.min(k.tasks.get(id).swapped / PAGE, area.used)
    const hit = memoryLimitHit(k, id, pages * PAGE, 0)
    if (hit) {
      memcgOomKill(k, k.current, hit)
      throw ENOMEM
    }
    let left = pages
    for (const [from, to] of this.#of(id).pages.runs()) {
      if (left > 0) this.#of(id).pages.delete(from, Math.min(to, from + left))
      left -= to - from
    }
    this.#giveBack(id, pages)
    this.#transfer(area, 'read', pages)
    area.used -= pages
    k.pageCache.pswpin += pages
  }
}

/** What of a charge is heap: a program's own pages stay. */
const heapOf = (it: MemoryCharge): number => it.anon - (it.program ? PROGRAM_ANON : 0)

const share = (pages: number, part = 1): number => Math.floor(pages * part)

const spaceOf = (k: Kernel): Swap => (k.swap ??= new Swap(k)) as Swap

/** Linux: swapon(2). Errors: EINVAL (neither a file nor a disk, holes, no header), EBUSY. */
export function swapon(k: Kernel, task: Task, path: string, flags: number): void {
  const as = callerOf(k, task)
  const place = pathLookup(k.vfs, as, path, 'follow')
  const inode = inodeAt(k.vfs, place)
  if (!isReg(inode) && !isBlk(inode)) throw EINVAL
  const space = spaceOf(k)
  if (space.areas.some(it => it.inode === inode.id)) throw refuse(k, EBUSY, 'swap-file', { path: place })
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
