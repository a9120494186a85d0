/** What the rest of the kernel knows of swap; swapfile.ts does it, and is loaded late. Linux: include/linux/swap.h. */
import { type Blocking, CAP_SYS_ADMIN, EPERM } from '../../abi/index.ts'
import { blockModule } from '../block/genhd.ts'
import { capable } from '../capability.ts'
import type { Kernel } from '../kernel.ts'
import { preempt } from '../run.ts'
import type { Task } from '../types.ts'

/** An area, as /proc/swaps shows it. Sizes in pages. Linux: struct swap_info_struct. */
export interface SwapArea {
  readonly path: string
  readonly isFile: boolean
  readonly pages: number
  used: number
  readonly priority: number
  readonly inode: number
  readonly dev: number
}

export interface SwapSpace {
  readonly areas: readonly SwapArea[]
  /** Put so many pages of these cgroups there, as far as `shares` lets; returns how many. */
  swapOut(owners: ReadonlySet<number>, shares: ReadonlyMap<number, number>, pages: number): number
  /** A process's heap has a new size; returns how many bytes of what it gave up were there. */
  resize(tgid: number, bytes: number): number
  /** The first of a process's pages between that are there. */
  next(tgid: number, from: number, to: number): readonly [from: number, to: number] | undefined
  /** A process has used its memory up to this page. */
  used(tgid: number, page: number): void
  /** Pages of a process come back. Needs: they are there, and there is room for them. */
  swapIn(tgid: number, from: number, to: number): void
  /** Pages of a file in memory come back, on the account of a cgroup (0 for none). */
  readShmem(owner: number, pages: number): void
  /** So many bytes there are no longer needed. */
  release(bytes: number): void
}

/** Linux: si_swapinfo(). In bytes. */
export function swapUse(k: Kernel): { readonly total: number; readonly free: number } {
  let [total, used] = [0, 0]
  for (const it of k.swap?.areas ?? []) {
    total += it.pages
    used += it.used
  }
  return { total: total * 4096, free: (total - used) * 4096 }
}

/** /proc/swaps. Linux: swap_show(). */
export function showSwaps(k: Kernel): string {
  const rows = (k.swap?.areas ?? []).map(({ path, isFile, pages, used, priority }) => {
    const gap = ' '.repeat(path.length < 40 ? 40 - path.length : 1)
    return `${path}${gap}${isFile ? 'file\t' : 'partition'}\t${pages * 4}\t\t${used * 4}\t\t${priority}\n`
  })
  return `Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n${rows.join('')}`
}

/** swapon(2) and swapoff(2). Errors: EPERM, and those of swapfile.ts. */
export const swapon = (k: Kernel, task: Task, path: string, flags: number): Blocking<void> =>
  whenLoaded(k, task, () => blockModule()?.swapon(k, k.tasks.get(task.id), path, flags))
export const swapoff = (k: Kernel, task: Task, path: string): Blocking<void> =>
  whenLoaded(k, task, () => blockModule()?.swapoff(k, k.tasks.get(task.id), path))

function* whenLoaded(k: Kernel, task: Task, act: () => void): Blocking<void> {
  if (!capable(k, k.creds.get(task.cred), CAP_SYS_ADMIN)) throw EPERM
  k.requestModule?.()
  yield* preempt(k, task.id)
  act()
}
