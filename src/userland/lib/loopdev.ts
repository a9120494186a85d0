/**
 * Loop devices as programs see them: what sysfs says of them, and how they are bound and released. util-linux:
 * lib/loopdev.c.
 */
import {
  type Blocking,
  EACCES,
  EBUSY,
  encodeLoopInfo,
  EROFS,
  Errno,
  isBlk,
  LO_FLAGS_AUTOCLEAR,
  LO_FLAGS_DIRECT_IO,
  LO_FLAGS_PARTSCAN,
  LO_FLAGS_READ_ONLY,
  LOOP_CONFIG_INFO,
  LOOP_CONFIG_SIZE,
  LOOP_CONFIGURE,
  LOOP_CTL_ADD,
  LOOP_CTL_GET_FREE,
  LOOP_MAJOR,
  major,
  O_CLOEXEC,
  O_RDONLY,
  O_RDWR,
  type Sys,
} from '../../abi/index.ts'
import { procText } from './proc.ts'
import { getcwd } from './getcwd.ts'

/** A loop device that something is bound to. */
export interface Loop {
  /** `/dev/loop0`. */
  readonly path: string
  readonly majMin: string
  readonly backingFile: string
  readonly offset: number
  readonly sizeLimit: number
  readonly autoclear: boolean
  readonly partscan: boolean
  readonly readOnly: boolean
  readonly dio: boolean
  readonly sectorSize: number
}

const BLOCK = '/sys/block'

/** The loop device of this name as sysfs knows it; undefined if nothing is bound to it. */
export function* readLoop(sys: Sys, name: string): Blocking<Loop | undefined> {
  const at = `${BLOCK}/${name}`
  const text = function* (path: string): Blocking<string> {
    return ((yield* procText(sys, `${at}/${path}`)) ?? '').trimEnd()
  }
  const backingFile = yield* procText(sys, `${at}/loop/backing_file`)
  if (backingFile === undefined) return undefined
  return {
    path: `/dev/${name}`,
    majMin: yield* text('dev'),
    backingFile: backingFile.replace(/\n$/, ''),
    offset: Number(yield* text('loop/offset')),
    sizeLimit: Number(yield* text('loop/sizelimit')),
    autoclear: (yield* text('loop/autoclear')) === '1',
    partscan: (yield* text('loop/partscan')) === '1',
    readOnly: (yield* text('ro')) === '1',
    dio: (yield* text('loop/dio')) === '1',
    sectorSize: Number(yield* text('queue/logical_block_size')),
  }
}

/** All that are bound, in the order of the directory. */
export function* loopDevices(sys: Sys): Blocking<Loop[]> {
  const found: Loop[] = []
  try {
    const fd = yield* sys.open(BLOCK, O_RDONLY)
    const names = sys.getdents(fd).map(it => it.name)
    sys.close(fd)
    for (const name of names.filter(it => /^loop\d+$/.test(it))) {
      const loop = yield* readLoop(sys, name)
      if (loop) found.push(loop)
    }
  } catch (e) {
    if (!(e instanceof Errno)) throw e
  }
  return found
}

/** Whether a path is a loop device. */
export function isLoop(sys: Sys, path: string): boolean {
  try {
    const stat = sys.stat(path)
    return isBlk(stat) && major(stat.rdev) === LOOP_MAJOR
  } catch (e) {
    if (e instanceof Errno) return false
    throw e
  }
}

/** The first free device, made if there is none; who may not ask the kernel looks through sysfs. */
export function* findUnused(sys: Sys): Blocking<string> {
  let fd: number
  try {
    fd = yield* sys.open('/dev/loop-control', O_RDWR | O_CLOEXEC)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    for (let n = 0; ; n++) if (!(yield* readLoop(sys, `loop${n}`))) return `/dev/loop${n}`
  }
  const number = sys.ioctl(fd, LOOP_CTL_GET_FREE)
  sys.close(fd)
  return `/dev/loop${number}`
}

/** Have the device of this number made. */
export function* addDevice(sys: Sys, number: number): Blocking<void> {
  const fd = yield* sys.open('/dev/loop-control', O_RDWR | O_CLOEXEC)
  try {
    sys.ioctl(fd, LOOP_CTL_ADD, number)
  } finally {
    sys.close(fd)
  }
}

export interface Setup {
  readonly file: string
  readonly offset: number
  readonly sizeLimit: number
  readonly readOnly: boolean
  readonly autoclear: boolean
  readonly partscan: boolean
  readonly directIo: boolean
}

/**
 * Bind a file to a device, read-only if it cannot be written. Returns the descriptor of the device, which whoever wants
 * autoclear keeps until it is mounted. Errors: those of both opens, EBUSY. Linux: loopcxt_setup_device().
 */
export function* setupDevice(sys: Sys, device: string, it: Setup): Blocking<number> {
  const { file, readOnly } = yield* openBacking(sys, it)
  const fds = [file]
  try {
    const fd = yield* sys.open(device, (readOnly ? O_RDONLY : O_RDWR) | O_CLOEXEC)
    fds.push(fd)
    sys.ioctl(fd, LOOP_CONFIGURE, config(sys, it, file, readOnly))
    sys.close(file)
    return fd
  } catch (e) {
    for (const fd of fds) sys.close(fd)
    throw e
  }
}

function* openBacking(sys: Sys, it: Setup): Blocking<{ file: number; readOnly: boolean }> {
  if (it.readOnly) return { file: yield* sys.open(it.file, O_RDONLY | O_CLOEXEC), readOnly: true }
  try {
    return { file: yield* sys.open(it.file, O_RDWR | O_CLOEXEC), readOnly: false }
  } catch (e) {
    if (e !== EROFS && e !== EACCES) throw e
    return { file: yield* sys.open(it.file, O_RDONLY | O_CLOEXEC), readOnly: true }
  }
}

function config(sys: Sys, it: Setup, file: number, readOnly: boolean): Uint8Array {
  const bytes = new Uint8Array(LOOP_CONFIG_SIZE)
  bytes[0] = file & 255
  bytes[1] = file >> 8
  const flags =
    (readOnly ? LO_FLAGS_READ_ONLY : 0) |
    (it.autoclear ? LO_FLAGS_AUTOCLEAR : 0) |
    (it.partscan ? LO_FLAGS_PARTSCAN : 0) |
    (it.directIo ? LO_FLAGS_DIRECT_IO : 0)
  const { offset, sizeLimit } = it
  const info = { device: 0, inode: 0, number: 0, offset, sizeLimit, flags, fileName: canonical(sys, it.file) }
  return encodeLoopInfo(info, bytes, LOOP_CONFIG_INFO)
}

const canonical = (sys: Sys, path: string): string => (path.startsWith('/') ? path : `${getcwd(sys)}/${path}`)

/** Bind a file to the first free device: another one may be faster, then the next is tried. */
export function* setupFree(sys: Sys, it: Setup): Blocking<{ path: string; fd: number }> {
  for (;;) {
    const path = yield* findUnused(sys)
    try {
      return { path, fd: yield* setupDevice(sys, path, it) }
    } catch (e) {
      if (e !== EBUSY) throw e
    }
  }
}

/** `4M` as util-linux's strtosize() takes it; undefined if it is none. */
export function parseSize(text: string): number | undefined {
  const match = /^(0x[0-9a-f]+|\d+)(?:([kmgtpezy])(i?b)?)?$/i.exec(text)
  if (!match) return undefined
  const base = /^b$/i.test(match[3] ?? '') ? 1000 : 1024
  return Number(match[1]) * base ** ' kmgtpezy'.indexOf((match[2] ?? ' ').toLowerCase())
}
