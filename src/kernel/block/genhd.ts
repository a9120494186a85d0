/**
 * Which block devices there are. What they do comes with their drivers (fops.ts), which are loaded later.
 * Linux: block/genhd.c.
 */
import { EIO, LOOP_MAJOR, major, makedev, minor, type Blocking } from '../../abi/index.ts'
import type { BlockDevice, FileOps } from '../../vfs/index.ts'
import type { Kernel } from '../kernel.ts'
import { preempt } from '../run.ts'
import type { Disk, Task } from '../types.ts'
import type { BlockDriver } from './disk.ts'

/** /dev/vda: virtio_blk has a dynamic major number. */
export const ROOT_DEVICE = makedev(254, 0)
/** 8 GiB. */
const ROOT_SECTORS = 16777216
/** How many loop devices are made at once (CONFIG_BLK_DEV_LOOP_MIN_COUNT). */
const LOOPS = 8
const LOOP_CONTROL = makedev(10, 237)

/** What fops.ts has for the device table, once it is there. */
export interface BlockModule {
  readonly fops: (k: Kernel) => FileOps
  readonly control: (k: Kernel) => FileOps
  readonly get: (k: Kernel, dev: number) => BlockDevice | undefined
  readonly put: (k: Kernel, dev: number) => void
  readonly limitsChanged: (k: Kernel, cgroup: number, dev: number) => void
  readonly swapon: (k: Kernel, task: Task, path: string, flags: number) => void
  readonly swapoff: (k: Kernel, task: Task, path: string) => void
}
/** What gets at the bytes of disks, by what their names begin with. Linux: register_blkdev(). */
export const blockDrivers = new Map<string, BlockDriver>()

let module: BlockModule | undefined

/** The drivers are there. Linux: module_init(). */
export function registerBlockModule(it: BlockModule): void {
  module = it
}

/** What is there of it. */
export const blockModule = (): BlockModule | undefined => module

/** For the VFS. Until the drivers are there nothing is bound to any device. */
export const blkdevGet = (k: Kernel, dev: number): BlockDevice | undefined => module?.get(k, dev)
export const blkdevPut = (k: Kernel, dev: number): void => module?.put(k, dev)
/** A cgroup's limits on a device are others now. */
export const limitsChanged = (k: Kernel, cgroup: number, dev: number): void =>
  module?.limitsChanged(k, cgroup, dev)

/** Operations of the drivers, who may still have to come when a device is opened. */
function lateFops(k: Kernel, pick: (it: BlockModule) => FileOps): FileOps {
  let fops: FileOps | undefined
  const it = (): FileOps => {
    if (!module) throw EIO
    return (fops ??= pick(module))
  }
  function* open(...args: Parameters<NonNullable<FileOps['open']>>): Blocking<void> {
    k.requestModule?.()
    yield* preempt(k, args[2].task)
    it().open?.(...args)
  }
  return {
    seekable: true,
    open,
    read: (...args) => it().read(...args),
    write: (...args) => it().write(...args),
    llseek: (...args) => it().llseek!(...args),
    ioctl: (...args) => it().ioctl!(...args),
    release: (...args) => it().release?.(...args),
  }
}

/** The disks a host has after booting. */
export function registerDisks(k: Kernel): void {
  addDisk(k, 'vda', ROOT_DEVICE, ROOT_SECTORS)
  for (let n = 0; n < LOOPS; n++) addDisk(k, `loop${n}`, makedev(LOOP_MAJOR, n))
  k.vfs.devices.set(
    `c${LOOP_CONTROL}`,
    lateFops(k, it => it.control(k)),
  )
}

/** Linux: device_add_disk(). */
export function addDisk(k: Kernel, name: string, dev: number, sectors = 0): Disk {
  k.vfs.devices.set(
    `b${dev}`,
    lateFops(k, it => it.fops(k)),
  )
  return k.disks.insert({
    name,
    dev,
    sectors,
    readOnly: false,
    diskseq: nextDiskseq(k),
    backing: 0,
    offset: 0,
    sizeLimit: 0,
    loFlags: 0,
    fileName: '',
  })
}

/** Linux: inc_diskseq(): a number for each medium that was ever in a drive. */
export function nextDiskseq(k: Kernel): number {
  let last = 0
  for (const { diskseq } of k.disks.values()) last = Math.max(last, diskseq)
  return last + 1
}

/** The disk with a device number. */
export function diskOf(k: Kernel, dev: number): Disk | undefined {
  for (const disk of k.disks.values()) if (disk.dev === dev) return disk
  return undefined
}

/** /proc/partitions: disks with something in them. Linux: show_partition(). */
export function showPartitions(k: Kernel): string {
  const lines = [...k.disks.values()]
    .filter(it => it.sectors)
    .map(({ dev, sectors, name }) => {
      const number = (value: number, width: number): string => String(value).padStart(width)
      return `${number(major(dev), 4)}  ${number(minor(dev), 7)} ${number(Math.floor(sectors / 2), 10)} ${name}\n`
    })
  return `major minor  #blocks  name\n\n${lines.join('')}`
}
