/** ioctl(2) of block devices and of loop devices. Linux: include/uapi/linux/fs.h, include/uapi/linux/loop.h; loop(4). */
export const BLKROSET = 0x125d
export const BLKROGET = 0x125e
export const BLKRRPART = 0x125f
export const BLKGETSIZE = 0x1260
export const BLKFLSBUF = 0x1261
export const BLKRASET = 0x1262
export const BLKRAGET = 0x1263
export const BLKSSZGET = 0x1268
export const BLKBSZGET = 0x80081270
export const BLKBSZSET = 0x40081271
export const BLKGETSIZE64 = 0x80081272
export const BLKDISCARD = 0x1277
export const BLKIOMIN = 0x1278
export const BLKIOOPT = 0x1279
export const BLKALIGNOFF = 0x127a
export const BLKPBSZGET = 0x127b
export const BLKROTATIONAL = 0x127e
export const BLKZEROOUT = 0x127f

export const LOOP_MAJOR = 7
export const LOOP_SET_FD = 0x4c00
export const LOOP_CLR_FD = 0x4c01
export const LOOP_SET_STATUS64 = 0x4c04
export const LOOP_GET_STATUS64 = 0x4c05
export const LOOP_CHANGE_FD = 0x4c06
export const LOOP_SET_CAPACITY = 0x4c07
export const LOOP_SET_DIRECT_IO = 0x4c08
export const LOOP_SET_BLOCK_SIZE = 0x4c09
export const LOOP_CONFIGURE = 0x4c0a
export const LOOP_CTL_ADD = 0x4c80
export const LOOP_CTL_REMOVE = 0x4c81
export const LOOP_CTL_GET_FREE = 0x4c82

export const LO_FLAGS_READ_ONLY = 1
export const LO_FLAGS_AUTOCLEAR = 4
export const LO_FLAGS_PARTSCAN = 8
export const LO_FLAGS_DIRECT_IO = 16

/** Linux: struct loop_info64 (232 bytes), which LOOP_GET_STATUS64 fills. Numbers of 64 bits fit 53. */
export const LOOP_INFO64_SIZE = 232
/** Linux: struct loop_config (304 bytes): a descriptor, a block size, and a loop_info64. */
export const LOOP_CONFIG_SIZE = 304
export const LOOP_CONFIG_INFO = 8

/** Where the members of loop_info64 are. */
const DEVICE = 0
const INODE = 8
const RDEVICE = 16
const OFFSET = 24
const SIZELIMIT = 32
const NUMBER = 40
const FLAGS = 52
const FILE_NAME = 56
const LO_NAME_SIZE = 64

export interface LoopInfo {
  readonly device: number
  readonly inode: number
  readonly number: number
  readonly offset: number
  readonly sizeLimit: number
  readonly flags: number
  readonly fileName: string
}

const view = (bytes: Uint8Array, at: number): DataView => new DataView(bytes.buffer, bytes.byteOffset + at)
export const getU64 = (bytes: Uint8Array, at: number): number => Number(view(bytes, at).getBigUint64(0, true))
export const putU64 = (bytes: Uint8Array, at: number, value: number): void =>
  view(bytes, at).setBigUint64(0, BigInt(value), true)

export function encodeLoopInfo(it: LoopInfo, bytes: Uint8Array, at = 0): Uint8Array {
  putU64(bytes, at + DEVICE, it.device)
  putU64(bytes, at + INODE, it.inode)
  putU64(bytes, at + RDEVICE, 0)
  putU64(bytes, at + OFFSET, it.offset)
  putU64(bytes, at + SIZELIMIT, it.sizeLimit)
  view(bytes, at + NUMBER).setUint32(0, it.number, true)
  view(bytes, at + FLAGS).setUint32(0, it.flags, true)
  bytes.set(new TextEncoder().encode(it.fileName).subarray(0, LO_NAME_SIZE - 1), at + FILE_NAME)
  return bytes
}

export function decodeLoopInfo(bytes: Uint8Array, at = 0): LoopInfo {
  const name = bytes.subarray(at + FILE_NAME, at + FILE_NAME + LO_NAME_SIZE)
  const end = name.indexOf(0)
  return {
    device: getU64(bytes, at + DEVICE),
    inode: getU64(bytes, at + INODE),
    number: view(bytes, at + NUMBER).getUint32(0, true),
    offset: getU64(bytes, at + OFFSET),
    sizeLimit: getU64(bytes, at + SIZELIMIT),
    flags: view(bytes, at + FLAGS).getUint32(0, true),
    fileName: new TextDecoder().decode(name.subarray(0, end < 0 ? name.length : end)),
  }
}
