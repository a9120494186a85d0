/**
 * How many blocks the files of a store take, and whether more fit. Linux: fs/ext4/balloc.c, i_blocks; mm/shmem.c:
 * shmem_acct_block().
 */
import { CAP_SYS_RESOURCE } from '../abi/index.ts'
import type { Own } from '../state/index.ts'
import type { Caller, Vfs } from '../vfs/index.ts'
import { type Content, fitting, hasPage, PAGE } from './pages.ts'
import type { StoreInode, StoreSuper } from './store.ts'

export const superOf = (v: Vfs, sb: number): StoreSuper => v.superBlocks.get(sb) as StoreSuper
export const ownSuper = (v: Vfs, sb: number): Own<StoreSuper> => v.superBlocks.own(sb) as Own<StoreSuper>

/** So many blocks more are taken. */
export function addBlocks(v: Vfs, sb: number, blocks: number): void {
  if (blocks) ownSuper(v, sb).usedBlocks += blocks
}

/** Blocks that are left; a store without a limit has any number. */
export const freeBlocks = (sb: StoreSuper): number =>
  sb.maxBlocks ? sb.maxBlocks - sb.usedBlocks - (sb.withheld ?? 0) : Number.POSITIVE_INFINITY

/** Blocks that contents take, in blocks of their file system. Linux: i_blocks. */
export function contentBlocks(sb: StoreSuper, content: Content, size: number): number {
  if (sb.blockSize === PAGE && !sb.mapped) return content.blocks
  const per = PAGE / sb.blockSize
  const tail = size % PAGE
  const unused = tail && hasPage(content, size) ? Math.floor((PAGE - tail) / sb.blockSize) : 0
  const blocks = content.blocks * per - unused
  return sb.mapped ? blocks + mapBlocks(blocks, sb.blockSize / 4) : blocks
}

/** Blocks of the maps that so many blocks of a file are found through. Linux: fs/ext4/indirect.c. */
function mapBlocks(blocks: number, per: number): number {
  const first = blocks - 12
  if (first <= 0) return 0
  const second = first - per
  return second <= 0 ? 1 : 2 + Math.ceil(second / per) + (second > per * per ? 1 : 0)
}

/** How many of `count` bytes at `pos` fit into `free` blocks. A page is taken whole or not at all. */
export function fittingBlocks(
  sb: StoreSuper,
  inode: StoreInode,
  pos: number,
  count: number,
  free: number,
): number {
  const { blockSize } = sb
  if (blockSize === PAGE) return fitting(inode.content, pos, count, free)
  const end = pos + count
  const there = Math.ceil(inode.size / blockSize) * blockSize
  for (let page = pos - (pos % PAGE); page < end; page += PAGE) {
    const from = hasPage(inode.content, page)
      ? Math.max(page, Math.min(there, page + PAGE))
      : Math.max(page, pos - (pos % blockSize))
    const to = Math.min(page + PAGE, Math.ceil(end / blockSize) * blockSize)
    free -= Math.max(0, to - from) / blockSize
    if (free < 0) return Math.max(0, page - pos)
  }
  return count
}

/** What one caller may still take. Linux: ext4_has_free_clusters(). */
export function availableBlocks(v: Vfs, sb: StoreSuper, as: Caller): number {
  const free = freeBlocks(sb)
  if (!sb.reserved || free === Number.POSITIVE_INFINITY) return free
  const mayUse = as.cred.fsuid === 0 || v.host.capable(as.cred, CAP_SYS_RESOURCE, v.initUserNs)
  return mayUse ? free : free - sb.reserved
}

/** Blocks that the content of an inode takes. */
export const usage = (v: Vfs, it: StoreInode | Own<StoreInode>): number =>
  contentBlocks(superOf(v, it.sb), it.content, it.size)
