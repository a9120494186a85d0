/**
 * Contents of files as pages of 4 KiB, beside the flat fields of an inode. Linux: the page cache, lib/xarray.c,
 * mm/shmem.c.
 *
 * The pages hang in a tree of nodes with 32 slots, as high as the last page needs; a small file is one node. A
 * committed content never changes: a write copies the nodes on its way and the page, each at most once per epoch. Pages
 * of zeros are one shared page, those allocated ahead another; holes are absent, so a file of sixteen terabytes with one
 * byte at its end is a handful of nodes.
 */
export const PAGE = 4096
const SLOTS = 32
/** How many pages lie below one slot of a node of this height. */
const SPAN = Array.from({ length: 12 }, (_, height) => SLOTS ** height)

interface Node {
  readonly epoch: number
  /** Lowest nodes only: which pages this epoch may write in place, one bit a page. */
  fresh: number
  /** Pages in the lowest nodes, nodes in the others. */
  readonly slots: (Uint8Array | Node | undefined)[]
}

/** The pages of one file. A page may be shorter than 4 KiB: what it lacks is zero. */
export interface Content {
  readonly epoch: number
  /** Pages that are there, holes not counted. */
  readonly blocks: number
  /** Of the root: 0 when its slots are pages. */
  readonly height: number
  readonly root: Node | undefined
}

interface OwnContent {
  epoch: number
  blocks: number
  height: number
  root: Node | undefined
}

const ZERO = new Uint8Array(PAGE)
/** A page that was allocated, but never written: it reads as zeros. Linux: an unwritten extent. */
const UNWRITTEN = new Uint8Array(PAGE)
export const EMPTY: Content = { epoch: 0, blocks: 0, height: 0, root: undefined }

/** The content for writing in this epoch. */
export function ownContent(it: Content, epoch: number): OwnContent {
  return it.epoch === epoch
    ? (it as OwnContent)
    : { epoch, blocks: it.blocks, height: it.height, root: it.root }
}

/** The same pages, of which nobody may write one in place any more. */
export const sharedContent = ({ epoch, blocks, height, root }: Content): Content => ({
  epoch: 0,
  blocks,
  height,
  root: root && givenUp(root, height, epoch),
})

/** Nodes of older epochs are nobody's to write as it is, and have only such below them. */
function givenUp(node: Node, height: number, epoch: number): Node {
  if (node.epoch !== epoch) return node
  const slots = height ? node.slots.map(it => it && givenUp(it as Node, height - 1, epoch)) : node.slots
  return { epoch: 0, fresh: 0, slots }
}

const slotOf = (page: number, height: number): number => Math.floor(page / SPAN[height]!) % SLOTS

function pageAt(it: Content, page: number): Uint8Array | undefined {
  let node = it.root
  if (page >= SPAN[it.height + 1]!) return undefined
  for (let height = it.height; node && height > 0; height--)
    node = node.slots[slotOf(page, height)] as Node | undefined
  return node?.slots[page % SLOTS] as Uint8Array | undefined
}

/** Told of each page from `first` on, in order, until it returns true. */
type Visit = (page: Uint8Array, index: number) => boolean

function visitPages(it: Content, first: number, visit: Visit): boolean {
  return it.root ? visitBelow(it.root, it.height, 0, first, visit) : false
}

function visitBelow(node: Node, height: number, base: number, first: number, visit: Visit): boolean {
  const span = SPAN[height]!
  for (let slot = Math.max(0, Math.floor((first - base) / span)); slot < node.slots.length; slot++) {
    const below = node.slots[slot]
    if (!below) continue
    const index = base + slot * span
    if (
      height ? visitBelow(below as Node, height - 1, index, first, visit) : visit(below as Uint8Array, index)
    )
      return true
  }
  return false
}

/** The lowest node that has, or will have, this page; this epoch may change it. */
function ownLeaf(it: OwnContent, page: number): Node {
  while (page >= SPAN[it.height + 1]!) {
    if (it.root) it.root = { epoch: it.epoch, fresh: 0, slots: [it.root] }
    it.height++
  }
  let node = (it.root = ownNode(it, it.root))
  for (let height = it.height; height > 0; height--) {
    const slot = slotOf(page, height)
    while (node.slots.length < slot) node.slots.push(undefined)
    node = node.slots[slot] = ownNode(it, node.slots[slot] as Node | undefined)
  }
  return node
}

const ownNode = (it: OwnContent, node: Node | undefined): Node =>
  node?.epoch === it.epoch ? node : { epoch: it.epoch, fresh: 0, slots: node ? node.slots.slice() : [] }

/** Put a page in; `isFresh` if this epoch may go on writing in it. */
function setPage(it: OwnContent, index: number, page: Uint8Array, isFresh: boolean): void {
  const leaf = ownLeaf(it, index)
  const slot = index % SLOTS
  while (leaf.slots.length < slot) leaf.slots.push(undefined)
  if (!leaf.slots[slot]) it.blocks++
  leaf.slots[slot] = page
  leaf.fresh = isFresh ? leaf.fresh | (1 << slot) : leaf.fresh & ~(1 << slot)
}

/** Take the pages from `from` to before `to` out. */
function removePages(it: OwnContent, from: number, to: number): void {
  if (it.root && from < to) it.root = without(it, it.root, it.height, 0, from, to)
  if (!it.root) it.height = 0
}

function without(
  it: OwnContent,
  node: Node,
  height: number,
  base: number,
  from: number,
  to: number,
): Node | undefined {
  const span = SPAN[height]!
  const own = ownNode(it, node)
  const last = Math.min(own.slots.length, Math.ceil((to - base) / span))
  for (let slot = Math.max(0, Math.floor((from - base) / span)); slot < last; slot++) {
    const below = own.slots[slot]
    if (!below) continue
    own.slots[slot] = height
      ? without(it, below as Node, height - 1, base + slot * span, from, to)
      : undefined
    if (!height) it.blocks--
  }
  while (own.slots.length && !own.slots[own.slots.length - 1]) own.slots.pop()
  return own.slots.length ? own : undefined
}

/** The bytes from `pos`; the caller has cut `count` at the file's size. */
export function readContent(it: Content, pos: number, count: number): Uint8Array {
  const out = newBytes(count)
  for (let done = 0; done < count; ) {
    const at = pos + done
    const offset = at % PAGE
    const length = Math.min(PAGE - offset, count - done)
    const page = pageAt(it, Math.floor(at / PAGE))
    if (page && page !== ZERO) copyBytes(page, offset, length, out, done)
    done += length
  }
  return out
}

function copyBytes(from: Uint8Array, offset: number, length: number, to: Uint8Array, at: number): void {
  const end = Math.min(offset + length, from.length)
  // Below this the call costs more than the bytes.
  if (length > 64) return void (offset < end && to.set(from.subarray(offset, end), at))
  for (let i = offset; i < end; i++) to[at++] = from[i]!
}

/** How many of `count` bytes at `pos` fit if `free` more pages may be added. */
export function fitting(it: Content, pos: number, count: number, free: number): number {
  for (let p = Math.floor(pos / PAGE); p * PAGE < pos + count; p++)
    if (!pageAt(it, p) && --free < 0) return Math.max(0, p * PAGE - pos)
  return count
}

/** The runs of pages between that are there. Linux: ext4_map_blocks(). */
export function pagesWithin(it: Content, from: number, to: number): [from: number, to: number][] {
  const runs: [number, number][] = []
  visitPages(it, from, (_, index) => {
    if (index >= to) return true
    const last = runs[runs.length - 1]
    if (last?.[1] === index) last[1]++
    else runs.push([index, index + 1])
    return false
  })
  return runs
}

/** Whether there is a page at a position. */
export const hasPage = (it: Content, pos: number): boolean => pageAt(it, Math.floor(pos / PAGE)) !== undefined

/** Write into a content that this epoch owns. */
export function writeContent(it: OwnContent, pos: number, data: Uint8Array): void {
  for (let done = 0; done < data.length; ) {
    const at = pos + done
    const offset = at % PAGE
    const length = Math.min(PAGE - offset, data.length - done)
    writePage(it, Math.floor(at / PAGE), offset, data, done, length)
    done += length
  }
}

function writePage(
  it: OwnContent,
  index: number,
  offset: number,
  data: Uint8Array,
  from: number,
  length: number,
): void {
  if (length === PAGE && isZero(data, from)) return setPage(it, index, ZERO, false)
  const leaf = ownLeaf(it, index)
  const slot = index % SLOTS
  const old = leaf.slots[slot] as Uint8Array | undefined
  const end = offset + length
  if (old && leaf.fresh & (1 << slot) && old.length >= end) return copyBytes(data, from, length, old, offset)
  const page = newBytes(roomFor(Math.max(end, old ? old.length : 0)))
  if (old && old !== ZERO && old !== UNWRITTEN) copyBytes(old, 0, old.length, page, 0)
  copyBytes(data, from, length, page, offset)
  setPage(it, index, page, true)
}

/** Small files get small pages, that grow by doubling. */
function roomFor(length: number): number {
  let room = 64
  while (room < length) room *= 2
  return room
}

const SLAB = 1 << 16
const SMALL = 1 << 10
let slab = new ArrayBuffer(0)
let slabUsed = 0

/** Zeros. Small arrays are cut from a large one, for making one costs more than filling it. Linux: mm/slab.c. */
function newBytes(length: number): Uint8Array {
  if (length > SMALL) return new Uint8Array(length)
  if (slabUsed + length > slab.byteLength) {
    slab = new ArrayBuffer(SLAB)
    slabUsed = 0
  }
  const bytes = new Uint8Array(slab, slabUsed, length)
  slabUsed += (length + 7) & ~7
  return bytes
}

function isZero(data: Uint8Array, from: number): boolean {
  if (data[from]) return false
  if ((data.byteOffset + from) % 4 === 0) {
    const words = new Uint32Array(data.buffer, data.byteOffset + from, PAGE / 4)
    for (let i = 0; i < words.length; i++) if (words[i]) return false
    return true
  }
  for (let i = from; i < from + PAGE; i++) if (data[i]) return false
  return true
}

/** Cut at `size`; what comes behind it later reads as zeros. The content must be owned. */
export function cutContent(it: OwnContent, size: number): void {
  removePages(it, Math.ceil(size / PAGE), Number.POSITIVE_INFINITY)
  const tail = size % PAGE
  const last = tail ? pageAt(it, Math.floor(size / PAGE)) : undefined
  if (!last || last === ZERO || last === UNWRITTEN || last.length <= tail) return
  setPage(it, Math.floor(size / PAGE), last.slice(0, tail), false)
}

/** Make a hole of whole pages and zero the edges. The content must be owned. */
export function punchContent(it: OwnContent, from: number, to: number): void {
  const [first, last] = [Math.ceil(from / PAGE), Math.floor(to / PAGE)]
  removePages(it, first, last)
  if (first > last) return zeroWithin(it, from, to)
  zeroWithin(it, from, first * PAGE)
  zeroWithin(it, last * PAGE, to)
}

/** Zero a part of one page, if it is there. */
function zeroWithin(it: OwnContent, from: number, to: number): void {
  const index = Math.floor(from / PAGE)
  if (from < to && pageAt(it, index)) writePage(it, index, from % PAGE, ZERO, 0, to - from)
}

/** Give every page of a range a block: zeros where there was none. The content must be owned. */
export function fillContent(it: OwnContent, from: number, to: number): void {
  for (let p = Math.floor(from / PAGE); p * PAGE < to; p++)
    if (!pageAt(it, p)) setPage(it, p, UNWRITTEN, false)
}

/** Take `gap` pages out; those behind move up. The content must be owned. */
export function collapseContent(it: OwnContent, first: number, gap: number): void {
  removePages(it, first, first + gap)
  shiftPages(it, first + gap, -gap)
}

/** Put a hole of `gap` pages in; those behind move down. The content must be owned. */
export function insertContent(it: OwnContent, first: number, gap: number): void {
  shiftPages(it, first, gap)
}

function shiftPages(it: OwnContent, first: number, by: number): void {
  const moved: [number, Uint8Array][] = []
  visitPages(it, first, (page, index) => {
    moved.push([index + by, page])
    return false
  })
  removePages(it, first, Number.POSITIVE_INFINITY)
  for (const [index, page] of moved) setPage(it, index, page, false)
}

/** Pages that follow each other, and whether somebody wrote to them. */
export interface PageRun {
  readonly from: number
  readonly count: number
  readonly written: boolean
}

/** The pages that are there, in order. */
export function pageRuns(it: Content): PageRun[] {
  const runs: PageRun[] = []
  visitPages(it, 0, (page, at) => {
    const written = isWritten(page)
    const last = runs[runs.length - 1]
    if (last && last.from + last.count === at && last.written === written)
      runs[runs.length - 1] = { ...last, count: last.count + 1 }
    else runs.push({ from: at, count: 1, written })
    return false
  })
  return runs
}

/** Whether somebody wrote there; what was only allocated does not count. */
export const isWritten = (page: Uint8Array): boolean => page !== UNWRITTEN
/** Every page that is there. */
export const isPresent = (): boolean => true

/** The next position at or after `offset` that is data, or is a hole; -1 if there is none before `size`. */
export function seekContent(
  it: Content,
  offset: number,
  size: number,
  wantsData: boolean,
  isData: (page: Uint8Array) => boolean = isPresent,
): number {
  const found = wantsData ? nextData(it, offset, isData) : nextHole(it, offset, isData)
  if (found < size) return Math.max(offset, found)
  return wantsData ? -1 : size
}

function nextData(it: Content, offset: number, isData: (page: Uint8Array) => boolean): number {
  let found = Number.POSITIVE_INFINITY
  visitPages(it, Math.floor(offset / PAGE), (page, index) => {
    if (isData(page)) found = index * PAGE
    return found < Number.POSITIVE_INFINITY
  })
  return found
}

function nextHole(it: Content, offset: number, isData: (page: Uint8Array) => boolean): number {
  let next = Math.floor(offset / PAGE)
  visitPages(it, next, (page, index) => {
    if (index !== next || !isData(page)) return true
    next++
    return false
  })
  return next * PAGE
}
