/**
 * e2fsck - check a Linux ext2/ext3/ext4 file system
 * e2fsprogs: e2fsck/unix.c; e2fsck(8).
 *
 * Left out: repairs. What is checked is that the counts agree with the bitmaps and that every inode in use can be read.
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { BLOCK_UNINIT, INODE_UNINIT, SUPER_LABEL, type Volume } from '../../ext2fs/index.ts'
import { command, type Flags, type Options, type Process } from '../lib/command.ts'
import { mountedDevices, VERSION } from '../lib/e2fsprogs/common.ts'
import { NoFileSystem, openVolume } from '../lib/e2fsprogs/open.ts'

const OPTIONS = {
  preen: { short: 'p', long: '' },
  automatic: { short: 'a', long: '' },
  readOnly: { short: 'n', long: '' },
  yes: { short: 'y', long: '' },
  badBlocks: { short: 'c', long: '' },
  force: { short: 'f', long: '' },
  verbose: { short: 'v', long: '' },
  timing: { short: 't', long: '', repeat: true },
  optimize: { short: 'D', long: '' },
  flush: { short: 'F', long: '' },
  keep: { short: 'k', long: '' },
  showVersion: { short: 'V', long: '' },
  superblock: { short: 'b', long: '', value: '<n>' },
  blockSize: { short: 'B', long: '', value: '<n>' },
  progress: { short: 'C', long: '', value: '<fd>' },
  extended: { short: 'E', long: '', value: '<list>' },
  journal: { short: 'j', long: '', value: '<file>' },
  badList: { short: 'l', long: '', value: '<file>' },
  newBadList: { short: 'L', long: '', value: '<file>' },
  undo: { short: 'z', long: '', value: '<file>' },
} as const satisfies Options

type Given = Flags<typeof OPTIONS>

const BANNER = `e2fsck ${VERSION}\n`
const FSCK_OK = 0
const FSCK_UNCORRECTED = 4
const FSCK_ERROR = 8
const FSCK_USAGE = 16

const usageOf = (name: string): string => `Usage: ${name} [-panyrcdfktvDFV] [-b superblock] [-B blocksize]
\t\t[-l|-L bad_blocks_file] [-C fd] [-j external_journal]
\t\t[-E extended-options] [-z undo_file] device

Emergency help:
 -p                   Automatic repair (no questions)
 -n                   Make no changes to the filesystem
 -y                   Assume "yes" to all questions
 -c                   Check for bad blocks and add them to the badblock list
 -f                   Force checking even if filesystem is marked clean
 -v                   Be verbose
 -b superblock        Use alternative superblock
 -B blocksize         Force blocksize when looking for superblock
 -j external_journal  Set location of the external journal
 -l bad_blocks_file   Add to badblocks list
 -L bad_blocks_file   Set badblocks list
 -z undo_file         Create an undo file
`

const CORRUPT = `
The superblock could not be read or does not describe a valid ext2/ext3/ext4
filesystem.  If the device is valid and it really contains an ext2/ext3/ext4
filesystem (and not swap or ufs or something else), then the superblock
is corrupt, and you might try running e2fsck with an alternate superblock:
    e2fsck -b 8193 <device>
 or
    e2fsck -b 32768 <device>

`

const PASSES = [
  'Checking inodes, blocks, and sizes',
  'Checking directory structure',
  'Checking directory connectivity',
  'Checking reference counts',
  'Checking group summary information',
]

export default command({
  name: 'e2fsck',
  aliases: ['fsck.ext2', 'fsck.ext3', 'fsck.ext4'],
  summary: 'check a Linux ext2/ext3/ext4 file system',
  suite: 'other',
  usage: 'e2fsck [options] device',
  version: false,
  options: OPTIONS,
  hint: (_sys, _args, name) => usageOf(name),
  wrongUsage: '',
  wrongStatus: FSCK_USAGE,

  *main(sys, flags, args, me) {
    const isPreening = (flags.preen || flags.automatic) ?? false
    if (Number(isPreening) + Number(flags.readOnly ?? false) + Number(flags.yes ?? false) > 1) {
      yield* sys.write(2, `${me.name}: Only one of the options -p/-a, -n or -y may be specified.\n`)
      return FSCK_USAGE
    }
    if (flags.showVersion) {
      yield* sys.write(
        2,
        `${BANNER}\tUsing EXT2FS Library version ${VERSION.replace(' (', ', ').replace(')', '')}\n`,
      )
      return FSCK_OK
    }
    if (args.length !== 1) {
      yield* sys.write(2, usageOf(me.name))
      return FSCK_USAGE
    }
    if (!isPreening) yield* sys.write(2, BANNER)
    return yield* check(sys, me, flags, args[0]!, isPreening)
  },
})

function* check(sys: Sys, me: Process, flags: Given, path: string, isPreening: boolean): Blocking<number> {
  const asks = !isPreening && !flags.readOnly && !flags.yes
  if (asks && !(sys.isatty(0) && sys.isatty(1))) {
    yield* sys.write(2, `${me.name}: need terminal for interactive repairs\n`)
    return FSCK_ERROR
  }
  if ((yield* mountedDevices(sys))(path) !== undefined) {
    if (!flags.readOnly) {
      yield* sys.write(2, `${path} is mounted.\n${me.name}: Cannot continue, aborting.\n\n\n`)
      return FSCK_ERROR
    }
    me.out.line(`Warning!  ${path} is mounted.`)
    me.out.line('Warning: skipping journal recovery because doing a read-only filesystem check.')
  }
  try {
    const { volume } = yield* openVolume(sys, path, false, 'all')
    volume.readGroups()
    return yield* examine(sys, me, flags, path, volume, isPreening)
  } catch (e) {
    if (!(e instanceof NoFileSystem)) throw e
    return yield* refuse(sys, me, path, e.message)
  }
}

function* refuse(sys: Sys, me: Process, path: string, why: string): Blocking<number> {
  if (why.startsWith('Bad magic') || why.startsWith('Attempt')) {
    me.out.line(`ext2fs_open2: ${why}\n${me.name}: Superblock invalid, trying backup blocks...`)
    yield* me.out.flush()
  }
  yield* sys.write(2, `${me.name}: ${why} while trying to open ${path}\n`)
  yield* sys.write(2, why.startsWith('No such') ? 'Possibly non-existent device?\n' : CORRUPT)
  return FSCK_ERROR
}

function* examine(
  _sys: Sys,
  me: Process,
  flags: Given,
  path: string,
  volume: Volume,
  isPreening: boolean,
): Blocking<number> {
  const { super: it } = volume
  const label = new TextDecoder()
    .decode(volume.raw.subarray(SUPER_LABEL[0], SUPER_LABEL[0] + SUPER_LABEL[1]))
    .replace(/\0.*/s, '')
  const name = label || path
  const [inodes, blocks] = [it.inodesCount - it.freeInodesCount, it.blocksCount - it.freeBlocksCount]
  const isClean = (it.state & 1) === 1
  const counts = `${inodes}/${it.inodesCount} files`
  const used = `${blocks}/${it.blocksCount} blocks`
  if (isClean && !flags.force) {
    me.out.line(`${name}: clean, ${counts}, ${used}`)
    return FSCK_OK
  }
  if (!isPreening) for (const [i, text] of PASSES.entries()) me.out.line(`Pass ${i + 1}: ${text}`)
  const wrong = wrongCounts(volume)
  for (const text of wrong) me.out.line(text)
  if (wrong.length) me.out.line(`\n${name}: ********** WARNING: Filesystem still has errors **********\n`)
  me.out.line(`${name}: ${counts} (0.0% non-contiguous), ${used}`)
  return wrong.length ? FSCK_UNCORRECTED : FSCK_OK
}

/** Where what is counted is not what is said. */
function wrongCounts(volume: Volume): string[] {
  const wrong: string[] = []
  const { inodesPerGroup } = volume.super
  const clear = (bitmap: Uint8Array, count: number): number => {
    let free = 0
    for (let i = 0; i < count; i++) if (!((bitmap[i >>> 3]! >>> (i & 7)) & 1)) free++
    return free
  }
  for (const [g, group] of volume.groups.entries()) {
    if (!(group.flags & BLOCK_UNINIT)) {
      const free = clear(volume.readBlock(group.blockBitmap), volume.groupBlocks(g))
      if (free !== group.freeBlocksCount)
        wrong.push(
          `Free blocks count wrong for group #${g} (${group.freeBlocksCount}, counted=${free}).\nFix? no\n`,
        )
    }
    if (!(group.flags & INODE_UNINIT)) {
      const free = clear(volume.readBlock(group.inodeBitmap), inodesPerGroup)
      if (free !== group.freeInodesCount)
        wrong.push(
          `Free inodes count wrong for group #${g} (${group.freeInodesCount}, counted=${free}).\nFix? no\n`,
        )
    }
  }
  return wrong
}
