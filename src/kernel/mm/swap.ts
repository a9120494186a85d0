/** What the rest of the kernel knows of swap; swapfile.ts does it, and is loaded late. Linux: include/linux/swap.h. */

import type { Kernel } from '../kernel.ts'

/** An area, as /proc/swaps shows it. Linux: struct swap_info_struct. In pages. */
export interface SwapArea {
  readonly path: string
  readonly isFile: boolean
  readonly pages: number
  used: number
  readonly priority: number
  readonly inode: number
  readonly dev: number
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

export interface SwapSpace {
  readonly areas: readonly SwapArea[]
  /** Put so many pages of tasks of these cgroups there, as far as `shares` lets; returns how many. */
  swapOut(owners: ReadonlySet<number>, shares: ReadonlyMap<number, number>, pages: number): number
}
