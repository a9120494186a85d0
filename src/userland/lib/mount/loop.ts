/**
 * Images: when mount(8) makes a loop device, and which. util-linux: libmount/src/context_loopdev.c.
 */
import {
  type Blocking,
  Errno,
  isReg,
  MS_BIND,
  MS_MOVE,
  MS_RDONLY,
  MS_REMOUNT,
  type Sys,
} from '../../../abi/index.ts'
import { type Loop, loopDevices, parseSize, setupDevice, setupFree } from '../loopdev.ts'
import { isPseudoType } from '../mountinfo.ts'
import type { MountOptions } from '../mountinfo-path.ts'

/** Types that libblkid knows, which live on block devices only. */
const ON_DISKS = /^(ext[234]|vfat|ntfs|xfs|btrfs|iso9660|udf|squashfs|swap|minix|cramfs|f2fs)$/
/** A file as short as that holds no file system. */
const SHORTEST = 1024

const valueOf = (options: readonly string[], name: string): string | undefined =>
  options.find(it => it.startsWith(`${name}=`))?.slice(name.length + 1)

/** Whether a loop device is asked for, or needed. Linux: mnt_context_is_loopdev(). */
export function needsLoop(
  sys: Sys,
  source: string | undefined,
  type: string | undefined,
  { flags, user }: MountOptions,
): boolean {
  if (source === undefined || flags & (MS_BIND | MS_MOVE | MS_REMOUNT)) return false
  if (type !== undefined && isPseudoType(type)) return false
  if (user.some(it => /^(loop|offset=|sizelimit=|loop=)/.test(it))) return true
  if (type !== undefined && type !== 'auto' && !ON_DISKS.test(type)) return false
  try {
    const stat = sys.stat(source)
    return isReg(stat) && stat.size > SHORTEST
  } catch (e) {
    if (e instanceof Errno) return false
    throw e
  }
}

/** A device for an image; `fd` is kept open until it is mounted, since it frees itself. */
export interface ImageDevice {
  readonly path: string
  readonly fd: number | undefined
  /** The place where the same image is mounted already. */
  readonly inUse: Loop | undefined
}

/** Bind the image, or find the device that has it. Errors: those of opening it and of the device. */
export function* loopFor(sys: Sys, source: string, { flags, user }: MountOptions): Blocking<ImageDevice> {
  const offset = parseSize(valueOf(user, 'offset') ?? '0') ?? 0
  const sizeLimit = parseSize(valueOf(user, 'sizelimit') ?? '0') ?? 0
  const wanted = valueOf(user, 'loop')
  const same = wanted ? undefined : yield* sameLoop(sys, source, offset, sizeLimit)
  if (same) return { path: same.path, fd: undefined, inUse: same }
  const setup = {
    file: source,
    offset,
    sizeLimit,
    readOnly: (flags & MS_RDONLY) !== 0,
    autoclear: true,
    partscan: false,
    directIo: false,
  }
  if (wanted) return { path: wanted, fd: yield* setupDevice(sys, wanted, setup), inUse: undefined }
  return { ...(yield* setupFree(sys, setup)), inUse: undefined }
}

/** Linux: loopcxt_find_overlap(), where it is the same file and the same part of it. */
export function* sameLoop(
  sys: Sys,
  source: string,
  offset: number,
  sizeLimit: number,
): Blocking<Loop | undefined> {
  for (const loop of yield* loopDevices(sys))
    if (loop.backingFile === source && loop.offset === offset && loop.sizeLimit === sizeLimit) return loop
  return undefined
}
