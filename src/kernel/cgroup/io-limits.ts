/** The limits of io.max and v1's blkio.throttle, as they were set; block/blk-throttle.ts keeps to them. */
import { EINVAL, ENODEV, major, makedev, minor } from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import type { Cgroup } from '../types.ts'
import { cssOf } from './css.ts'

/** Bytes and operations a second, for reading and writing; absent: as much as there is. */
export const LIMITS = ['rbps', 'wbps', 'riops', 'wiops'] as const
export type Limit = (typeof LIMITS)[number]
export type Limits = Readonly<Partial<Record<Limit, number>>>

/** By device, `254:0`. */
const css = cssOf<Readonly<Record<string, Limits>>>('io.max', {})

export const limitsOf = (cg: Cgroup, device: string): Limits => css.of(cg)[device] ?? {}

export function setLimits(k: Kernel, cg: Cgroup, device: string, change: Limits): void {
  const { [device]: own, ...others } = css.of(cg)
  const limits = Object.fromEntries(
    Object.entries({ ...own, ...change }).filter(([, value]) => value !== Number.POSITIVE_INFINITY),
  )
  css.replace(k, cg.id, Object.keys(limits).length ? { [device]: limits, ...others } : others)
}

export const resetLimits = (k: Kernel, cg: Cgroup): void => css.reset(k, cg.id)

/** `254:0 what else`: the device and the rest. Errors: EINVAL, ENODEV. Linux: blkcg_conf_open_bdev(). */
export function parseDevice(k: Kernel, text: string): { device: string; rest: string } {
  const found = /^\s*(\d+):(\d+)\s+(.*)$/s.exec(text)
  if (!found) throw EINVAL
  const dev = makedev(Number(found[1]), Number(found[2]))
  if (![...k.disks.values()].some(disk => disk.dev === dev)) throw ENODEV
  return { device: `${major(dev)}:${minor(dev)}`, rest: found[3]!.trim() }
}
