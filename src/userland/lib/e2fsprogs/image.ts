/**
 * A disk or an image as a program holds it: what is read is kept, what is written goes out in one piece at the end.
 * e2fsprogs: lib/ext2fs/unix_io.c.
 */
import {
  type Blocking,
  BLKGETSIZE64,
  ENXIO,
  Errno,
  isBlk,
  isReg,
  O_RDONLY,
  O_RDWR,
  SEEK_DATA,
  SEEK_HOLE,
  type Sys,
} from '../../../abi/index.ts'
import type { Device } from '../../../ext2fs/index.ts'

const PIECE = 65536

export class Image implements Device {
  readonly fd: number
  readonly size: number
  readonly isFile: boolean
  readonly #pieces = new Map<number, Uint8Array>()
  readonly #dirty = new Set<number>()

  private constructor(fd: number, size: number, isFile: boolean) {
    this.fd = fd
    this.size = size
    this.isFile = isFile
  }

  /** Open one and read what is in it, holes left out; `first` bytes only, for who needs the super block alone. */
  static *open(sys: Sys, path: string, writes: boolean, first?: number): Blocking<Image> {
    const fd = yield* sys.open(path, writes ? O_RDWR : O_RDONLY)
    const size = sizeOfDevice(sys, fd)
    const image = new Image(fd, size, isReg(sys.fstat(fd)))
    for (let pos = 0; pos < Math.min(size, first ?? size); ) {
      const from = nextData(sys, fd, pos, size)
      if (from < 0) break
      const end = Math.min(image.isFile ? sys.lseek(fd, from, SEEK_HOLE) : size, first ?? size)
      for (pos = from - (from % PIECE); pos < end; pos += PIECE) {
        const bytes = yield* sys.pread(fd, Math.min(PIECE, size - pos), pos)
        if (bytes.some(Boolean)) image.#piece(pos / PIECE).set(bytes)
      }
    }
    return image
  }

  /** An image that is going to be overwritten whole. */
  static blank(fd: number, size: number, isFile: boolean): Image {
    return new Image(fd, size, isFile)
  }

  #piece(index: number): Uint8Array {
    let piece = this.#pieces.get(index)
    if (!piece) this.#pieces.set(index, (piece = new Uint8Array(PIECE)))
    return piece
  }

  read(pos: number, count: number): Uint8Array {
    const length = Math.max(0, Math.min(count, this.size - pos))
    const out = new Uint8Array(length)
    for (let done = 0; done < length; ) {
      const at = pos + done
      const n = Math.min(PIECE - (at % PIECE), length - done)
      const piece = this.#pieces.get(Math.floor(at / PIECE))
      if (piece) out.set(piece.subarray(at % PIECE, (at % PIECE) + n), done)
      done += n
    }
    return out
  }

  write(pos: number, bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      const at = pos + done
      const n = Math.min(PIECE - (at % PIECE), bytes.length - done)
      const index = Math.floor(at / PIECE)
      this.#piece(index).set(bytes.subarray(done, done + n), at % PIECE)
      for (let sector = at - (at % 512); sector < at + n; sector += 512) this.#dirty.add(sector / 512)
      done += n
    }
  }

  /** Write what was changed, by sectors. */
  *flush(sys: Sys): Blocking<void> {
    const sectors = [...this.#dirty].sort((a, b) => a - b)
    this.#dirty.clear()
    for (let i = 0; i < sectors.length; ) {
      let n = 1
      while (i + n < sectors.length && sectors[i + n] === sectors[i]! + n && n < 2048) n++
      yield* sys.pwrite(this.fd, this.read(sectors[i]! * 512, n * 512), sectors[i]! * 512)
      i += n
    }
  }
}

function nextData(sys: Sys, fd: number, pos: number, size: number): number {
  if (!isReg(sys.fstat(fd))) return pos < size ? pos : -1
  try {
    return sys.lseek(fd, pos, SEEK_DATA)
  } catch (e) {
    if (e === ENXIO) return -1
    throw e
  }
}

/** Bytes of a file or a block device; 0 of anything else. */
export function sizeOfDevice(sys: Sys, fd: number): number {
  const stat = sys.fstat(fd)
  if (isReg(stat)) return stat.size
  if (!isBlk(stat)) return 0
  try {
    return sys.ioctl(fd, BLKGETSIZE64)
  } catch (e) {
    if (e instanceof Errno) return 0
    throw e
  }
}
