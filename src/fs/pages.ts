/**
 * Contents of files as pages of 4 KiB in chunks of 32, beside the flat fields of an inode. A committed content never
 * changes: `ownContent` copies the list of chunks, a write copies a chunk and a page, each at most once per epoch.
 * Pages of zeros are one shared page, those allocated ahead another; holes are absent pages. Linux: the page cache, mm/shmem.c.
 */
export const PAGE = 4096
const PAGES = 32
const _CHUNK = PAGE * PAGES

interface Chunk {
  readonly epoch: number
  /** Which pages this epoch may write in place: one bit a page. */
  fresh: number
  readonly pages: (Uint8Array | undefined)[]
}

/** The pages of one file. A page may be shorter than 4 KiB: what it lacks is zero. */
export interface Content {
  readonly epoch: number
  /** Pages that are there, holes not counted. */
  readonly blocks: number
  readonly chunks: readonly (Chunk | undefined)[]
}

interface OwnContent {
  epoch: number
  blocks: number
  chunks: (Chunk | undefined)[]
}

const ZERO = new Uint8Array(PAGE)
/** A page that was allocated, but never written: it reads as zeros. Linux: an unwritten extent. */
const UNWRITTEN = new Uint8Array(PAGE)
export const EMPTY: Content = { epoch: 0, blocks: 0, chunks: [] }

/** The content for writing in this epoch. */
export function ownContent(it: Content, epoch: number): OwnContent {
  return it.epoch === epoch ? (it as OwnContent) : { epoch, blocks: it.blocks, chunks: it.chunks.slice() }
}

/** The same pages, of which nobody may write one in place any more. */
export const sharedContent = ({ blocks, chunks }: Content): Content => ({
  epoch: 0,
  blocks,
  chunks: chunks.map(chunk => chunk && { epoch: 0, fresh: 0, pages: chunk.pages }),
})

const pageAt = (it: Content, page: number): Uint8Array | undefined =>
  it.chunks[Math.floor(page / PAGES)]?.pages[page % PAGES]

/** The bytes from `pos`; the caller has cut `count` at the file's size. */
export function readContent(it: Content, pos: number, count: number): Uint8Array {
  const out = new Uint8Array(count)
  for (let done = 0; done < count; ) {
    const at = pos + done
    const offset = at % PAGE
    const length = Math.min(PAGE - offset, count - done)
    const page = pageAt(it, Math.floor(at / PAGE))
    if (page && page !== ZERO && offset < page.length) out.set(page.subarray(offset, offset + length), done)
    done += length
  }
  return out
}

/** How many of `count` bytes at `pos` fit if `free` more pages may be added. */
export function fitting(it: Content, pos: number, count: number, free: number): number {
  for (let p = Math.floor(pos / PAGE); p * PAGE < pos + count; p++)
    if (!pageAt(it, p) && --free < 0) return Math.max(0, p * PAGE - pos)
  return count
}

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

function ownChunk(it: OwnContent, index: number): Chunk {
  const chunk = it.chunks[index]
  if (chunk && chunk.epoch === it.epoch) return chunk
  const copy: Chunk = { epoch: it.epoch, fresh: 0, pages: chunk ? chunk.pages.slice() : [] }
  while (it.chunks.length < index) it.chunks.push(undefined)
  it.chunks[index] = copy
  return copy
}

function writePage(
  it: OwnContent,
  index: number,
  offset: number,
  data: Uint8Array,
  from: number,
  length: number,
): void {
  const chunk = ownChunk(it, Math.floor(index / PAGES))
  const slot = index % PAGES
  const old = chunk.pages[slot]
  if (!old) it.blocks++
  if (length === PAGE && isZero(data, from)) {
    setPage(chunk, slot, ZERO, 0)
    return
  }
  const end = offset + length
  if (old && chunk.fresh & (1 << slot) && old.length >= end) {
    old.set(data.subarray(from, from + length), offset)
    return
  }
  if (!old && offset === 0) {
    setPage(chunk, slot, data.slice(from, from + length), 1 << slot)
    return
  }
  const page = new Uint8Array(roomFor(Math.max(end, old ? old.length : 0)))
  if (old && old !== ZERO) page.set(old)
  page.set(data.subarray(from, from + length), offset)
  setPage(chunk, slot, page, 1 << slot)
}

function setPage(chunk: Chunk, slot: number, page: Uint8Array | undefined, fresh: number): void {
  while (chunk.pages.length < slot) chunk.pages.push(undefined)
  chunk.pages[slot] = page
  chunk.fresh = (chunk.fresh & ~(1 << slot)) | fresh
}

/** Small files get small pages, that grow by doubling. */
function roomFor(length: number): number {
  let room = 64
  while (room < length) room *= 2
  return room
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
  const keep = Math.ceil(size / PAGE)
  for (let c = Math.floor(keep / PAGES); c < it.chunks.length; c++) {
    const from = Math.max(0, keep - c * PAGES)
    const pages = it.chunks[c]?.pages ?? []
    for (let p = from; p < pages.length; p++) if (pages[p]) it.blocks--
    if (from === 0) it.chunks[c] = undefined
    else if (pages.length > from) ownChunk(it, c).pages.length = from
  }
  while (it.chunks.length && !it.chunks[it.chunks.length - 1]) it.chunks.pop()
  const tail = size % PAGE
  const last = tail ? pageAt(it, keep - 1) : undefined
  if (!last || last === ZERO || last === UNWRITTEN || last.length <= tail) return
  setPage(ownChunk(it, Math.floor((keep - 1) / PAGES)), (keep - 1) % PAGES, last.slice(0, tail), 0)
}

/** Make a hole of whole pages and zero the edges. The content must be owned. */
export function punchContent(it: OwnContent, from: number, to: number): void {
  for (let p = Math.floor(from / PAGE); p * PAGE < to; p++) {
    if (!pageAt(it, p)) continue
    const [start, end] = [Math.max(from - p * PAGE, 0), Math.min(to - p * PAGE, PAGE)]
    if (start === 0 && end === PAGE) {
      ownChunk(it, Math.floor(p / PAGES)).pages[p % PAGES] = undefined
      it.blocks--
    } else writePage(it, p, start, ZERO, 0, end - start)
  }
}

/** Give every page of a range a block: zeros where there was none. The content must be owned. */
export function fillContent(it: OwnContent, from: number, to: number): void {
  for (let p = Math.floor(from / PAGE); p * PAGE < to; p++)
    if (!pageAt(it, p)) {
      setPage(ownChunk(it, Math.floor(p / PAGES)), p % PAGES, UNWRITTEN, 0)
      it.blocks++
    }
}

function movePage(it: OwnContent, to: number, page: Uint8Array | undefined): void {
  if (!page && !pageAt(it, to)) return
  const chunk = ownChunk(it, Math.floor(to / PAGES))
  it.blocks += Number(page !== undefined) - Number(chunk.pages[to % PAGES] !== undefined)
  setPage(chunk, to % PAGES, page, 0)
}

/** Take `gap` pages out; those behind move up. The content must be owned. */
export function collapseContent(it: OwnContent, first: number, gap: number): void {
  const end = it.chunks.length * PAGES
  for (let p = first; p < end; p++) movePage(it, p, pageAt(it, p + gap))
}

/** Put a hole of `gap` pages in; those behind move down. The content must be owned. */
export function insertContent(it: OwnContent, first: number, gap: number): void {
  for (let p = it.chunks.length * PAGES - 1; p >= first; p--) {
    movePage(it, p + gap, pageAt(it, p))
    movePage(it, p, undefined)
  }
}

/** Whether somebody wrote there; what was only allocated does not count. */
export const isWritten = (page: Uint8Array | undefined): boolean => page !== undefined && page !== UNWRITTEN
/** Whether there is a page. */
export const isPresent = (page: Uint8Array | undefined): boolean => page !== undefined

/** The next position at or after `offset` that is data, or is a hole; -1 if there is none before `size`. */
export function seekContent(
  it: Content,
  offset: number,
  size: number,
  wantsData: boolean,
  isData = isPresent,
): number {
  for (let p = Math.floor(offset / PAGE); p * PAGE < size; p++)
    if (isData(pageAt(it, p)) === wantsData) return Math.max(offset, p * PAGE)
  return wantsData ? -1 : size
}
