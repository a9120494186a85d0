/**
 * dumpe2fs - dump ext2/ext3/ext4 filesystem information
 * e2fsprogs: misc/dumpe2fs.c; dumpe2fs(8).
 *
 * Left out: -b, -i, -o, journals of other devices.
 */
import { BLOCK_UNINIT, INODE_UNINIT, INODE_ZEROED, ownBlocks, type Volume } from '../../ext2fs/index.ts'
import { command, type Options } from '../lib/command.ts'
import { VERSION } from '../lib/e2fsprogs/common.ts'
import { listJournal, listSuper } from '../lib/e2fsprogs/list-super.ts'
import { NoFileSystem, openVolume } from '../lib/e2fsprogs/open.ts'
import { groupName, readUsers, userName } from '../lib/users.ts'

const OPTIONS = {
  badBlocks: { short: 'b', long: '' },
  force: { short: 'f', long: '' },
  groups: { short: 'g', long: '' },
  headerOnly: { short: 'h', long: '' },
  image: { short: 'i', long: '' },
  mmp: { short: 'm', long: '' },
  hex: { short: 'x', long: '' },
  superblock: { short: 'o', long: '', value: '<n>', repeat: true },
  showVersion: { short: 'V', long: '' },
} as const satisfies Options

const BANNER = `dumpe2fs ${VERSION}\n`
const USAGE = 'Usage: dumpe2fs [-bfghimxV] [-o superblock=<num>] [-o blocksize=<num>] device\n'

export default command({
  name: 'dumpe2fs',
  summary: 'dump ext2/ext3/ext4 filesystem information',
  suite: 'other',
  usage: 'dumpe2fs [-bfghimxV] device',
  version: false,
  options: OPTIONS,
  wrongUsage: USAGE,

  *main(sys, flags, args, me) {
    yield* sys.write(2, BANNER)
    if (flags.showVersion) {
      yield* sys.write(2, `\tUsing EXT2FS Library version ${VERSION.replace(' (', ', ').replace(')', '')}\n`)
      return 0
    }
    const [path] = args
    if (path === undefined || args.length > 1) {
      yield* sys.write(2, USAGE)
      return 1
    }
    try {
      const { volume } = yield* openVolume(sys, path, false, 'all')
      volume.readGroups()
      const users = yield* readUsers(sys)
      const lines = listSuper(volume, (kind, id) =>
        kind === 'user' ? userName(users, id) : groupName(users, id),
      )
      for (const line of [...lines, ...listJournal(volume)]) me.out.line(line)
      me.out.print('\n')
      if (!flags.headerOnly) me.out.print(`\n${listGroups(volume).join('\n')}\n`)
      return 0
    } catch (e) {
      if (!(e instanceof NoFileSystem)) throw e
      yield* sys.write(
        2,
        `${me.name}: ${e.message} while trying to open ${path}\nCouldn't find valid filesystem superblock.\n`,
      )
      return e.message.startsWith('No such') ? 2 : 36
    }
  },
})

/** Each group: what it has of the file system itself, and what is free. */
function listGroups(volume: Volume): string[] {
  const lines: string[] = []
  const { inodesPerGroup } = volume.super
  for (const [g, group] of volume.groups.entries()) {
    const first = volume.groupStart(g)
    const last = first + volume.groupBlocks(g) - 1
    const names = (['INODE_UNINIT', 'BLOCK_UNINIT', 'ITABLE_ZEROED'] as const).filter(
      (_, i) => group.flags & [INODE_UNINIT, BLOCK_UNINIT, INODE_ZEROED][i]!,
    )
    const csum =
      volume.checksumSeed === undefined ? '' : ` csum 0x${group.checksum.toString(16).padStart(4, '0')}`
    lines.push(`Group ${g}: (Blocks ${first}-${last})${csum}${names.length ? ` [${names.join(', ')}]` : ''}`)
    if (volume.hasSuper(g)) {
      const descriptors = `${first + 1}-${first + volume.descBlocks}`
      lines.push(`  ${g ? 'Backup' : 'Primary'} superblock at ${first}, Group descriptors at ${descriptors}`)
      const end = first + ownBlocks(volume, g) - 1
      if (end > first + volume.descBlocks)
        lines.push(`  Reserved GDT blocks at ${first + volume.descBlocks + 1}-${end}`)
    }
    lines.push(`  Block bitmap at ${group.blockBitmap} ${place(volume, g, group.blockBitmap)}`)
    lines.push(`  Inode bitmap at ${group.inodeBitmap} ${place(volume, g, group.inodeBitmap)}`)
    const table = `${group.inodeTable}-${group.inodeTable + volume.inodeTableBlocks - 1}`
    lines.push(`  Inode table at ${table} ${place(volume, g, group.inodeTable)}`)
    const unused = group.itableUnused ? `, ${group.itableUnused} unused inodes` : ''
    lines.push(
      `  ${group.freeBlocksCount} free blocks, ${group.freeInodesCount} free inodes, ${group.usedDirsCount} directories${unused}`,
    )
    const inodes = runs(volume.readBlock(group.inodeBitmap), inodesPerGroup, g * inodesPerGroup + 1)
    lines.push(`  Free blocks: ${freeBlocks(volume, g)}`)
    lines.push(
      `  Free inodes: ${group.flags & INODE_UNINIT ? `${g * inodesPerGroup + 1}-${(g + 1) * inodesPerGroup}` : inodes}`,
    )
  }
  return lines
}

/** `(+82)`, or where in another group it is. */
function place(volume: Volume, group: number, block: number): string {
  const { firstDataBlock, blocksPerGroup } = volume.super
  const there = Math.floor((block - firstDataBlock) / blocksPerGroup)
  const offset = block - volume.groupStart(there)
  return there === group ? `(+${offset})` : `(bg #${there} + ${offset})`
}

function freeBlocks(volume: Volume, g: number): string {
  const first = volume.groupStart(g)
  if (volume.groups[g]!.flags & BLOCK_UNINIT)
    return `${first + ownBlocks(volume, g)}-${first + volume.groupBlocks(g) - 1}`
  return runs(volume.readBlock(volume.groups[g]!.blockBitmap), volume.groupBlocks(g), first)
}

/** The numbers of clear bits, as ranges. */
function runs(bitmap: Uint8Array, count: number, first: number): string {
  const found: string[] = []
  for (let i = 0; i < count; i++) {
    if ((bitmap[i >>> 3]! >>> (i & 7)) & 1) continue
    let end = i
    while (end + 1 < count && !((bitmap[(end + 1) >>> 3]! >>> ((end + 1) & 7)) & 1)) end++
    found.push(end > i ? `${first + i}-${first + end}` : `${first + i}`)
    i = end
  }
  return found.join(', ')
}
