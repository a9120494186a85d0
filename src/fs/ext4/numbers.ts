/**
 * Inode numbers of a mounted image. Linux: fs/ext4/ialloc.c.
 *
 * Which are in use is kept beside the tables, and found by looking at the inodes when it is not known.
 */
import { isDir } from '../../abi/index.ts'
import type { Vfs } from '../../vfs/index.ts'
import type { StoreInode, StoreSuper } from '../store.ts'

/** What is known of the groups of a super block. */
interface Groups {
  readonly used: Uint8Array
  readonly perGroup: number
}

const known = new WeakMap<Vfs, Map<number, Groups>>()

export interface NumberedSuper extends StoreSuper {
  readonly inodesPerGroup: number
}

function groupsOf(v: Vfs, id: number): Groups {
  let bySuper = known.get(v)
  if (!bySuper) known.set(v, (bySuper = new Map()))
  let groups = bySuper.get(id)
  if (groups) return groups
  const { maxInodes, inodesPerGroup } = v.superBlocks.get(id) as NumberedSuper
  const used = new Uint8Array(maxInodes + 1)
  used.fill(1, 0, 11)
  for (const inode of v.inodes.values()) if (inode.sb === id) used[inode.ino] = 1
  groups = { used, perGroup: inodesPerGroup }
  bySuper.set(id, groups)
  return groups
}

/** The super block is gone. */
export const forgetNumbers = (v: Vfs, sb: number): void => void known.get(v)?.delete(sb)

/** A number for a new inode. There is one: the counts were asked before. */
export function takeIno(v: Vfs, sb: number, mode: number, dir: StoreInode | undefined): number {
  const { used, perGroup } = groupsOf(v, sb)
  const isTop = isDir({ mode }) && dir?.id === v.dentry(v.superBlocks.get(sb).root).inode
  const first = isTop ? roomyGroup(used, perGroup) * perGroup + 1 : 1
  let ino = used.indexOf(0, first)
  if (ino < 0) ino = used.indexOf(0)
  used[ino] = 1
  return ino
}

export function giveIno(v: Vfs, inode: StoreInode): void {
  groupsOf(v, inode.sb).used[inode.ino] = 0
}

/** The first group that has as many free inodes as the average, where directories at the top go. Linux: find_group_orlov(). */
function roomyGroup(used: Uint8Array, perGroup: number): number {
  const count = Math.ceil((used.length - 1) / perGroup)
  const free = Array.from({ length: count }, (_, g) =>
    used.subarray(g * perGroup + 1, (g + 1) * perGroup + 1).reduce((sum, it) => sum + (it ? 0 : 1), 0),
  )
  const average = Math.floor(free.reduce((a, b) => a + b, 0) / count)
  return free.findIndex(it => it >= average)
}
