/**
 * The order in which kernfs lists a directory: by a hash of the names, as cgroupfs and sysfs show it to readers that
 * do not sort. Linux: fs/kernfs/dir.c, kernfs_name_hash(); include/linux/stringhash.h.
 */
import { encode } from '../abi/index.ts'

const GOLDEN_RATIO_64 = 0x61c8864680b583ebn
const MASK_64 = (1n << 64n) - 1n
const known = new Map<string, number>()

function computed(name: string): number {
  let hash = 0n
  for (const byte of encode(name)) {
    const c = BigInt(byte)
    hash = ((hash + (c << 4n) + (c >> 4n)) * 11n) & MASK_64
  }
  const folded = Number(((hash * GOLDEN_RATIO_64) & MASK_64) >> 32n) & 0x7fffffff
  return Math.min(folded < 2 ? folded + 2 : folded, 0x7ffffffe)
}

function nameHash(name: string): number {
  let hash = known.get(name)
  if (hash === undefined) known.set(name, (hash = computed(name)))
  return hash
}

/** Sort names as a kernfs directory lists them. */
export const kernfsOrder = (a: string, b: string): number =>
  nameHash(a) - nameHash(b) || (a < b ? -1 : a > b ? 1 : 0)
