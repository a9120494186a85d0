/**
 * What is on a disk, by its magic numbers. util-linux: libblkid/src/superblocks/{ext,swap}.c.
 *
 * Left out: all other file systems, RAIDs and partition tables.
 */
import { type Blocking, Errno, isBlk, isReg, O_RDONLY, type Sys } from '../../../abi/index.ts'
import {
  COMPAT,
  type Device,
  get32,
  INCOMPAT,
  RO_COMPAT,
  SUPER_LABEL,
  SUPER_UUID,
  Volume,
} from '../../../ext2fs/index.ts'
import { sizeOfDevice } from '../e2fsprogs/image.ts'
import { showUuid } from '../uuid.ts'

/** What was found; the tags are in the order in which blkid shows them. */
export interface Found {
  readonly type: string
  readonly usage: 'filesystem' | 'other'
  readonly label: string | undefined
  readonly uuid: string | undefined
  readonly version: string
  readonly blockSize: number | undefined
  readonly magicOffset: number
  readonly magic: Uint8Array
}

const EXT_MAGIC_OFFSET = 0x438
const PAGE = 4096
const SWAP_MAGIC = 'SWAPSPACE2'
const SWAP_UUID = 1036
const SWAP_LABEL = 1052
/** All that a probe looks at. */
const PROBED = 2 * PAGE

const textOf = (bytes: Uint8Array): string => {
  const end = bytes.indexOf(0)
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end)).trimEnd()
}

/** Linux: probe_ext2(), probe_ext3(), probe_ext4(): told apart by what each can do. */
function extType({ super: it }: Volume): string {
  const hasJournal = (it.featureCompat & COMPAT.has_journal) !== 0
  const isOld =
    !(it.featureRoCompat & ~(RO_COMPAT.sparse_super | RO_COMPAT.large_file)) &&
    !(it.featureIncompat & ~(INCOMPAT.filetype | INCOMPAT.needs_recovery | INCOMPAT.meta_bg))
  return !isOld ? 'ext4' : hasJournal ? 'ext3' : 'ext2'
}

function probeExt(device: Device): Found | undefined {
  const volume = Volume.open(device)
  if (!volume) return undefined
  const part = ([at, length]: readonly [number, number]): Uint8Array => volume.raw.subarray(at, at + length)
  const uuid = part(SUPER_UUID)
  return {
    type: extType(volume),
    usage: 'filesystem',
    label: textOf(part(SUPER_LABEL)) || undefined,
    uuid: uuid.some(Boolean) ? showUuid(uuid) : undefined,
    version: `${volume.super.revLevel}.0`,
    blockSize: volume.blockSize,
    magicOffset: EXT_MAGIC_OFFSET,
    magic: Uint8Array.of(0x53, 0xef),
  }
}

function probeSwap(device: Device): Found | undefined {
  const magic = device.read(PAGE - SWAP_MAGIC.length, SWAP_MAGIC.length)
  if (textOf(magic) !== SWAP_MAGIC) return undefined
  const head = device.read(0, PAGE)
  const uuid = head.subarray(SWAP_UUID, SWAP_UUID + 16)
  return {
    type: 'swap',
    usage: 'other',
    label: textOf(head.subarray(SWAP_LABEL, SWAP_LABEL + 16)) || undefined,
    uuid: uuid.some(Boolean) ? showUuid(uuid) : undefined,
    version: String(get32(head, 1024)),
    blockSize: undefined,
    magicOffset: PAGE - SWAP_MAGIC.length,
    magic: magic.slice(),
  }
}

/** All signatures on a device. */
export const probeAll = (device: Device): Found[] =>
  [probeExt(device), probeSwap(device)].filter(it => it !== undefined)

/** What lies at the beginning of a file or a disk, from `offset` on. Errors: those of opening it. */
export function* readHead(sys: Sys, path: string, offset = 0): Blocking<Device & { readonly size: number }> {
  const fd = yield* sys.open(path, O_RDONLY)
  const stat = sys.fstat(fd)
  const isDisk = isBlk(stat) || isReg(stat)
  const size = sizeOfDevice(sys, fd)
  const bytes = isDisk ? yield* sys.pread(fd, PROBED, offset) : new Uint8Array(0)
  sys.close(fd)
  return {
    size,
    read: (pos, count) => bytes.slice(pos, pos + count),
    write: () => {},
  }
}

/** The first signature; undefined if there is none or it cannot be read. */
export function* probe(sys: Sys, path: string, offset = 0): Blocking<Found | undefined> {
  try {
    return probeAll(yield* readHead(sys, path, offset))[0]
  } catch (e) {
    if (e instanceof Errno) return undefined
    throw e
  }
}
