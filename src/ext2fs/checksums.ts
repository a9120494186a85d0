/** Checksums of all that is there, made anew. e2fsprogs: misc/tune2fs.c:rewrite_metadata_checksums(). */
import { resealDirBlock } from './directory.ts'
import { resealNode } from './blocks.ts'
import { BLOCK_UNINIT, EXTENTS_FL, INODE_UNINIT } from './format.ts'
import type { DiskInode, Volume } from './volume.ts'
import { resealXattrBlock } from './xattr.ts'

/** Do what changes the seed of the checksums (a new UUID), and write all of them. Needs: the groups were read. */
export function rebuildChecksums(volume: Volume, change: () => void): void {
  change()
  for (const ino of usedInodes(volume)) {
    const inode = volume.readInode(ino)
    if (!inode.mode) continue
    const seed = volume.inodeSeed(ino, inode.generation)
    if (seed !== undefined) resealBlocks(volume, inode, seed)
    volume.writeInode(ino, inode.raw)
  }
  volume.writeGroups(g => ({
    blocks:
      volume.groups[g]!.flags & BLOCK_UNINIT
        ? new Uint8Array(0)
        : bitmapOf(volume, volume.groups[g]!.blockBitmap),
    inodes: volume.readBlock(volume.groups[g]!.inodeBitmap),
  }))
}

const bitmapOf = (volume: Volume, block: number): Uint8Array =>
  volume.readBlock(block).subarray(0, volume.super.blocksPerGroup / 8)

function* usedInodes(volume: Volume): Iterable<number> {
  const { inodesPerGroup } = volume.super
  for (const [g, group] of volume.groups.entries()) {
    if (group.flags & INODE_UNINIT) continue
    const bitmap = volume.readBlock(group.inodeBitmap)
    for (let i = 0; i < inodesPerGroup; i++)
      if ((bitmap[i >>> 3]! >>> (i & 7)) & 1) yield g * inodesPerGroup + i + 1
  }
}

function resealBlocks(volume: Volume, inode: DiskInode, seed: number): void {
  const rewrite = (block: number, reseal: (bytes: Uint8Array) => void): void => {
    const bytes = volume.readBlock(block).slice()
    reseal(bytes)
    volume.writeBlock(block, bytes)
  }
  if ((inode.mode & 0o170000) === 0o040000)
    for (const { physical, count } of volume.extentsOf(inode))
      for (let i = 0; i < count; i++) rewrite(physical + i, bytes => resealDirBlock(bytes, seed))
  if (inode.flags & EXTENTS_FL)
    for (const block of volume.indexBlocksOf(inode)) rewrite(block, bytes => resealNode(bytes, seed))
  if (inode.fileAcl)
    rewrite(inode.fileAcl, bytes => resealXattrBlock(bytes, inode.fileAcl, volume.checksumSeed))
}
