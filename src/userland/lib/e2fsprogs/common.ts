/** What the programs of e2fsprogs say and look up alike. e2fsprogs: lib/ext2fs/ismounted.c. */
import { type Blocking, Errno, isBlk, type Sys } from '../../../abi/index.ts'
import { procText } from '../proc.ts'

export const VERSION = '1.47.0 (5-Feb-2023)'
export const BANNER = `mke2fs ${VERSION}\n`

/** A number without a sign, undefined if it is none. */
export const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined

/** The device numbers of what is mounted, with the mount point. */
export function* mountedDevices(sys: Sys): Blocking<(path: string) => string | undefined> {
  const mounts = new Map<number, string>()
  for (const line of ((yield* procText(sys, '/proc/mounts')) ?? '').split('\n')) {
    const [source, target] = line.split(' ')
    const dev = source?.startsWith('/') ? deviceOf(sys, source) : undefined
    if (dev !== undefined && !mounts.has(dev)) mounts.set(dev, target!)
  }
  return path => mounts.get(deviceOf(sys, path) ?? -1)
}

/** Whether a block device is mounted. */
export const isMounted = (mounted: (path: string) => string | undefined, path: string): boolean =>
  mounted(path) !== undefined

function deviceOf(sys: Sys, path: string): number | undefined {
  try {
    const stat = sys.stat(path)
    return isBlk(stat) ? stat.rdev : undefined
  } catch (e) {
    if (e instanceof Errno) return undefined
    throw e
  }
}
