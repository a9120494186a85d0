/** Reads the files of an image into inodes and dentries. Linux: fs/ext4/inode.c:ext4_iget(), dir.c. */
import {
  decode,
  FS_EXTENT_FL,
  isBlk,
  isChr,
  isDir,
  isLink,
  isReg,
  makedev,
  type Timespec,
} from '../../abi/index.ts'
import { type DiskInode, I_BLOCK, ROOT_INO, type Volume } from '../../ext2fs/index.ts'
import type { Own } from '../../state/index.ts'
import type { Vfs } from '../../vfs/index.ts'
import { EMPTY, fillContent, ownContent, writeContent } from '../pages.ts'
import type { StoreInode } from '../store.ts'

/** Make all inodes of a super block, and its root. */
export function loadTree(v: Vfs, sb: number, volume: Volume): void {
  const inodes = new Map<number, StoreInode>()
  const root = loadInode(v, sb, volume, ROOT_INO)
  inodes.set(ROOT_INO, root)
  const left: [dentry: number, inode: StoreInode][] = [[v.setRoot(sb, root), root]]
  for (let at = left.pop(); at; at = left.pop()) {
    const [parent, dir] = at
    for (const { ino, name: bytes } of [...volume.entriesOf(volume.readInode(dir.ino))]) {
      const name = decode(bytes)
      if (name === '.' || name === '..') continue
      const known = inodes.get(ino)
      const inode = known ?? loadInode(v, sb, volume, ino)
      inodes.set(ino, inode)
      const dentry = v.addDentry(parent, name, inode)
      if (!known && isDir(inode)) left.push([dentry, inode])
    }
  }
}

/** Seconds of 34 bits and nanoseconds. Linux: ext4_decode_extra_time(). */
function timeOf(seconds: number, extra: number): Timespec {
  return { sec: (seconds | 0) + (extra & 3) * 2 ** 32, nsec: extra >>> 2 }
}

function loadInode(v: Vfs, sb: number, volume: Volume, ino: number): StoreInode {
  const it = volume.readInode(ino)
  const isLarge = it.extraIsize > 0
  const size = volume.sizeOf(it)
  const { xattrs, block } = volume.xattrsOf(it)
  const ctime = timeOf(it.ctime, it.ctimeExtra)
  const inode = v.newInode<StoreInode>({
    id: 0,
    epoch: 0,
    sb,
    ino,
    mode: it.mode,
    nlink: it.linksCount,
    uid: it.uid | (it.uidHi << 16),
    gid: it.gid | (it.gidHi << 16),
    rdev: isBlk(it) || isChr(it) ? rdevOf(it) : 0,
    size,
    atime: timeOf(it.atime, it.atimeExtra),
    mtime: timeOf(it.mtime, it.mtimeExtra),
    ctime,
    btime: isLarge ? timeOf(it.crtime, it.crtimeExtra) : ctime,
    content: EMPTY,
    link: isLink(it) ? decode(linkOf(volume, it, size)) : '',
    xattrs,
    xattrBlock: block,
    flags: it.flags | (volume.hasExtents && (isReg(it) || isDir(it)) ? FS_EXTENT_FL : 0),
  })
  if (isReg(it)) loadContent(v, inode.id, volume, it, size)
  return inode
}

/** Linux: old_decode_dev(), new_decode_dev(). */
function rdevOf({ raw }: DiskInode): number {
  const view = new DataView(raw.buffer, raw.byteOffset + I_BLOCK)
  const old = view.getUint16(0, true)
  if (old) return makedev(old >> 8, old & 255)
  const wide = view.getUint32(4, true)
  return makedev((wide >>> 8) & 0xfff, (wide & 0xff) | ((wide >>> 12) & 0xfff00))
}

function linkOf(volume: Volume, it: DiskInode, size: number): Uint8Array {
  if (!it.blocks) return it.raw.subarray(I_BLOCK, I_BLOCK + size)
  const [extent] = volume.extentsOf(it)
  return extent && !isFast(it, size)
    ? volume.readBlock(extent.physical).subarray(0, size)
    : it.raw.subarray(I_BLOCK, I_BLOCK + size)
}

/** A link with a block may have it for its extended attributes only. Linux: ext4_inode_is_fast_symlink(). */
const isFast = (it: DiskInode, size: number): boolean => size < 60 && it.fileAcl !== 0

/** How much is read at once. */
const AT_ONCE = 1 << 20

function loadContent(v: Vfs, id: number, volume: Volume, it: DiskInode, size: number): void {
  const { blockSize } = volume
  const own = v.inodes.own(id) as Own<StoreInode>
  const content = ownContent(EMPTY, own.epoch)
  own.content = content
  for (const { logical, physical, count, unwritten } of volume.extentsOf(it)) {
    const [from, to] = [logical * blockSize, (logical + count) * blockSize]
    if (unwritten) fillContent(content, from, to)
    else
      for (let pos = from; pos < Math.min(to, size); pos += AT_ONCE) {
        const length = Math.min(AT_ONCE, to - pos, size - pos)
        writeContent(content, pos, volume.device.read(physical * blockSize + pos - from, length))
      }
  }
}
