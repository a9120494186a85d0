/**
 * What sysfs tells of block devices: one directory a disk, and the places that lead to it.
 * Linux: block/genhd.c, block/blk-sysfs.c, drivers/block/loop.c (loop_attr_*); Documentation/ABI/stable/sysfs-block.
 *
 * Left out: queue attributes that can be written, partitions; power and trace are empty.
 */
import { LO_FLAGS_AUTOCLEAR, LO_FLAGS_DIRECT_IO, LO_FLAGS_PARTSCAN, major, minor } from '../abi/index.ts'
import { type Disk, diskStats, inflight, type Kernel, ROOT_DEVICE } from '../kernel/index.ts'
import type { Caller } from '../vfs/index.ts'
import type { Entries, Entry } from './sysfs.ts'

/** Attributes of queues: of loop devices and, where it differs, of vda. */
const QUEUE = `add_random 0
chunk_sectors 0
dax 0
discard_granularity 4096 512
discard_max_bytes 4294966784 2147483136
discard_max_hw_bytes 4294966784 2147483136
discard_zeroes_data 0
dma_alignment 511
fua 0
hw_sector_size 512
io_poll 0
io_poll_delay -1
iostats 1
logical_block_size 512
max_discard_segments 1
max_hw_sectors_kb 1280 2147483647
max_integrity_segments 0
max_sectors_kb 1280
max_segment_size 65536 4294967295
max_segments 128 254
minimum_io_size 512
nomerges 0
nr_requests 128 256
nr_zones 0
optimal_io_size 0
physical_block_size 512
read_ahead_kb 128
rotational 1
rq_affinity 1
scheduler [none]_mq-deadline_
stable_writes 0
virt_boundary_mask 0
wbt_lat_usec 75000
write_cache write_back
write_same_max_bytes 0
write_zeroes_max_bytes 4294966784 2147483136
zone_append_max_bytes 0
zone_write_granularity 0
zoned none`

function queue(isRoot: boolean): Entries {
  const entries: Record<string, Entry> = {}
  for (const line of QUEUE.split('\n')) {
    const [name, loop, root = loop] = line.split(' ')
    entries[name!] = (isRoot ? root! : loop!).replace(/_(?=$|back|mq)/g, ' ')
  }
  return entries
}

const flag = (disk: Disk, bit: number): string => (disk.loFlags & bit ? '1' : '0')

/** The directory of one disk; `up` leads from there to /sys/devices. */
function directory(k: Kernel, dev: number, up: string): Entry {
  const isRoot = dev === ROOT_DEVICE
  const id = `${major(dev)}:${minor(dev)}`
  const of =
    (show: (it: Disk, as: Caller) => string | number) =>
    (as: Caller): string => {
      for (const it of k.disks.values()) if (it.dev === dev) return `${show(it, as)}`
      return ''
    }
  const backing = of(it => it.backing)
  const loop = {
    autoclear: of(it => flag(it, LO_FLAGS_AUTOCLEAR)),
    backing_file: of((it, as) => k.vfs.showPath(k.openFiles.get(it.backing), { ...as, fs: rootOf(k) })),
    dio: of(it => flag(it, LO_FLAGS_DIRECT_IO)),
    offset: of(it => it.offset),
    partscan: of(it => flag(it, LO_FLAGS_PARTSCAN)),
    sizelimit: of(it => it.sizeLimit),
  }
  const entries = (): Entries => ({
    alignment_offset: '0',
    bdi: `-> ${up}${isRoot ? '/virtual' : ''}/bdi/${id}`,
    capability: '0',
    dev: id,
    discard_alignment: '0',
    diskseq: of(it => it.diskseq),
    events: isRoot ? '' : 'media_change',
    events_async: '',
    events_poll_msecs: '-1',
    ext_range: '256',
    hidden: '0',
    holders: {},
    inflight: of(it =>
      inflight(k, it)
        .map(count => String(count).padStart(8))
        .join(' '),
    ),
    integrity: {},
    mq: {},
    power: {},
    queue: queue(isRoot),
    range: isRoot ? '16' : '1',
    removable: '0',
    ro: of(it => Number(it.readOnly)),
    size: of(it => it.sectors),
    slaves: {},
    stat: of(
      it =>
        `${diskStats(k, it)
          .map(stat => String(stat).padStart(8))
          .join(' ')}`,
    ),
    subsystem: `-> ${up}/../class/block`,
    trace: {},
    uevent: of(
      it =>
        `MAJOR=${major(dev)}\nMINOR=${minor(dev)}\nDEVNAME=${it.name}\nDEVTYPE=disk\nDISKSEQ=${it.diskseq}`,
    ),
    ...(isRoot && { cache_type: 'write back', device: '-> ../../../virtio0', serial: '' }),
  })
  let made: Entries | undefined
  return {
    live() {
      made ??= entries()
      return Number(backing(undefined as never)) ? { ...made, loop } : made
    },
  }
}

/** The kernel's own idea of /. */
const rootOf = (k: Kernel): Caller['fs'] => k.fsStructs.get(k.tasks.get(k.initTask).fs)

const VIRTIO = 'pci0000:00/0000:00:01.0/virtio0/block'
const homeOf = (dev: number): string => (dev === ROOT_DEVICE ? VIRTIO : 'virtual/block')

/** A directory that changes with the disks there are. */
const perDisk = (
  k: Kernel,
  name: (it: Disk) => string,
  entry: (it: Disk) => Entry,
  which = (_: Disk) => true,
): Entry => ({
  live: () => Object.fromEntries([...k.disks.values()].filter(which).map(it => [name(it), entry(it)])),
})

const linkTo =
  (up: string) =>
  (it: Disk): Entry =>
    `-> ${up}devices/${homeOf(it.dev)}/${it.name}`
const nameOf = (it: Disk): string => it.name

/** What stands at the top, below class, dev and devices. */
export function blockEntries(k: Kernel) {
  const isLoop = (it: Disk): boolean => it.dev !== ROOT_DEVICE
  return {
    block: perDisk(k, nameOf, linkTo('../')),
    classBlock: perDisk(k, nameOf, linkTo('../../')),
    devBlock: perDisk(k, it => `${major(it.dev)}:${minor(it.dev)}`, linkTo('../../')),
    virtual: perDisk(k, nameOf, it => directory(k, it.dev, '../..'), isLoop),
    pci: {
      '0000:00:01.0': { virtio0: { block: { vda: directory(k, ROOT_DEVICE, '../../../../..') } } },
    },
  }
}
