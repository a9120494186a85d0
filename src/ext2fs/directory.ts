/** Directories as blocks of entries. Linux: fs/ext4/dir.c, fs/ext4/namei.c. */
import { crc32c, get16, get32, put16, put32 } from './fields.ts'

export interface DirEntry {
  readonly ino: number
  /** EXT4_FT_*: 1 regular, 2 directory, … */
  readonly type: number
  readonly name: Uint8Array
}

const HEAD = 8
/** An entry of no name behind the last one, which holds the checksum of the block. */
const TAIL = 12
const TAIL_TYPE = 0xde

/** What an entry takes. Linux: ext4_dir_rec_len(). */
export const recLen = (nameLength: number): number => (HEAD + nameLength + 3) & ~3

/** Room for entries in a block. */
export const roomIn = (blockSize: number, hasChecksum: boolean): number =>
  blockSize - (hasChecksum ? TAIL : 0)

/** The entries of one block, `.` and `..` among them. */
export function readDirBlock(block: Uint8Array): DirEntry[] {
  const found: DirEntry[] = []
  for (let at = 0; at + HEAD <= block.length; ) {
    const length = get16(block, at + 4)
    if (length < HEAD) break
    const ino = get32(block, at)
    const nameLength = block[at + 6]!
    if (ino) found.push({ ino, type: block[at + 7]!, name: block.slice(at + HEAD, at + HEAD + nameLength) })
    at += length
  }
  return found
}

/** The blocks of a directory: at least `minimum`, the last ones empty. */
export function buildDirectory(
  entries: Iterable<DirEntry>,
  blockSize: number,
  minimum: number,
  checksumSeed: number | undefined,
): Uint8Array[] {
  const room = roomIn(blockSize, checksumSeed !== undefined)
  const packed: DirEntry[][] = [[]]
  let used = 0
  for (const entry of entries) {
    const length = recLen(entry.name.length)
    if (used + length > room) {
      packed.push([])
      used = 0
    }
    packed[packed.length - 1]!.push(entry)
    used += length
  }
  while (packed.length < minimum) packed.push([])
  return packed.map(list => dirBlock(list, blockSize, room, checksumSeed))
}

function dirBlock(
  list: readonly DirEntry[],
  blockSize: number,
  room: number,
  seed: number | undefined,
): Uint8Array {
  const block = new Uint8Array(blockSize)
  let at = 0
  for (const [i, { ino, type, name }] of list.entries()) {
    const length = i === list.length - 1 ? room - at : recLen(name.length)
    put32(block, at, ino)
    put16(block, at + 4, length)
    block[at + 6] = name.length
    block[at + 7] = type
    block.set(name, at + HEAD)
    at += length
  }
  if (!list.length) put16(block, 4, room)
  if (seed !== undefined) {
    put16(block, room + 4, TAIL)
    block[room + 7] = TAIL_TYPE
    resealDirBlock(block, seed)
  }
  return block
}

/** Put the checksum of a block into its tail. */
export function resealDirBlock(block: Uint8Array, seed: number): void {
  const room = block.length - TAIL
  put32(block, room + 8, crc32c(seed, block.subarray(0, room)))
}
