/**
 * How much memory a task has mapped. The executable and its libraries are file mappings of their files' sizes; the
 * rest is what brk(2) asked for. Linux: fs/proc/task_mmu.c:task_mem().
 * Left out: which pages of the files are resident (a fixed share is), page tables, shared memory.
 */
import type { Kernel } from './kernel.ts'
import { leaderOf } from './thread-group.ts'
import type { Task } from './types.ts'

const PAGE = 4096
const STACK = 132 * 1024
/** Private data of the loader and the C library. */
const LIBRARY_DATA = 228 * 1024
const LIBRARY = 1528 * 1024
/** What every program has for itself without a heap, and its page tables: in bytes. */
export const PROGRAM_ANON = 76 * 1024
export const PAGE_TABLES = 44 * 1024

/** Bytes, multiples of the page size. */
export interface TaskMemory {
  readonly size: number
  readonly peak: number
  readonly resident: number
  readonly hiwater: number
  readonly anon: number
  readonly swap: number
  readonly file: number
  readonly text: number
  readonly data: number
  readonly stack: number
  readonly library: number
}

const NONE: TaskMemory = {
  size: 0,
  peak: 0,
  resident: 0,
  hiwater: 0,
  anon: 0,
  swap: 0,
  file: 0,
  text: 0,
  data: 0,
  stack: 0,
  library: 0,
}

const pages = (bytes: number): number => Math.ceil(bytes / PAGE) * PAGE

export function memoryOf(k: Kernel, task: Task): TaskMemory {
  const dentry = task.exeDentry && task.state !== 'Z' ? k.vfs.findDentry(task.exeDentry) : undefined
  const inode = dentry && k.vfs.findInode(dentry.inode)
  if (!inode) return NONE
  const text = pages(inode.size)
  const { rss, hiwaterRss, swapped } = leaderOf(k, task)
  const heap = pages(rss)
  const data = heap + LIBRARY_DATA
  const size = text + LIBRARY + STACK + data
  const anon = heap - swapped + PROGRAM_ANON
  const file = pages(text / 2 + LIBRARY / 2)
  return {
    size,
    anon,
    swap: swapped,
    file,
    text,
    data,
    stack: STACK,
    library: LIBRARY,
    peak: size - heap + pages(hiwaterRss),
    resident: anon + file,
    hiwater: PROGRAM_ANON + file + pages(hiwaterRss),
  }
}
