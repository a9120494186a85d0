/**
 * mke2fs - create an ext2, ext3 or ext4 file system
 * e2fsprogs: misc/mke2fs.c; mke2fs(8).
 *
 * Left out: bad blocks (-c, -l), clusters, external journals, undo files, quotas, most of -E; mke2fs.conf is not read.
 */
import {
  type Blocking,
  CLOCK_REALTIME,
  EEXIST,
  ENOENT,
  Errno,
  FALLOC_FL_KEEP_SIZE,
  FALLOC_FL_PUNCH_HOLE,
  FALLOC_FL_ZERO_RANGE,
  isBlk,
  O_CREAT,
  O_EXCL,
  O_RDWR,
  type Sys,
} from '../../abi/index.ts'
import { COMPAT, Full, type Volume } from '../../ext2fs/index.ts'
import { command, type Flags, type Options, type Process } from '../lib/command.ts'
import { BANNER, isMounted, mountedDevices, wholeNumber } from '../lib/e2fsprogs/common.ts'
import { changeFeatures, featuresOf } from '../lib/e2fsprogs/features.ts'
import { blockSizeFor, geometry, journalSize, TooSmall } from '../lib/e2fsprogs/geometry.ts'
import { Image, sizeOfDevice } from '../lib/e2fsprogs/image.ts'
import { makeFileSystem } from '../lib/e2fsprogs/make.ts'
import { PopulateError, readTree } from '../lib/e2fsprogs/populate.ts'
import { parseUuid, randomUuid, showUuid } from '../lib/uuid.ts'

const OPTIONS = {
  blockSize: { short: 'b', long: '', value: '<n>' },
  check: { short: 'c', long: '', repeat: true },
  clusterSize: { short: 'C', long: '', value: '<n>' },
  root: { short: 'd', long: '', value: '<directory>' },
  errors: { short: 'e', long: '', value: '<behavior>' },
  extended: { short: 'E', long: '', value: '<list>', repeat: true },
  force: { short: 'F', long: '', repeat: true },
  blocksPerGroup: { short: 'g', long: '', value: '<n>' },
  flexGroups: { short: 'G', long: '', value: '<n>' },
  bytesPerInode: { short: 'i', long: '', value: '<n>' },
  inodeSize: { short: 'I', long: '', value: '<n>' },
  journal: { short: 'j', long: '' },
  journalOptions: { short: 'J', long: '', value: '<list>' },
  keep: { short: 'K', long: '' },
  badBlocks: { short: 'l', long: '', value: '<file>' },
  label: { short: 'L', long: '', value: '<label>' },
  reserved: { short: 'm', long: '', value: '<percent>' },
  lastMounted: { short: 'M', long: '', value: '<directory>' },
  dryRun: { short: 'n', long: '' },
  inodes: { short: 'N', long: '', value: '<n>' },
  creatorOs: { short: 'o', long: '', value: '<os>' },
  features: { short: 'O', long: '', value: '<list>', repeat: true },
  quiet: { short: 'q', long: '' },
  revision: { short: 'r', long: '', value: '<n>' },
  superOnly: { short: 'S', long: '' },
  type: { short: 't', long: '', value: '<type>' },
  usageType: { short: 'T', long: '', value: '<type>' },
  uuid: { short: 'U', long: '', value: '<uuid>' },
  verbose: { short: 'v', long: '' },
  showVersion: { short: 'V', long: '' },
  undo: { short: 'z', long: '', value: '<file>' },
  direct: { short: 'D', long: '' },
} as const satisfies Options

type Given = Flags<typeof OPTIONS>

/** The synopsis that follows whatever is wrong with a command line. */
const synopsis = (name: string): string => `Usage: ${name} [-c|-l filename] [-b block-size] [-C cluster-size]
\t[-i bytes-per-inode] [-I inode-size] [-J journal-options]
\t[-G flex-group-size] [-N number-of-inodes] [-d root-directory]
\t[-m reserved-blocks-percentage] [-o creator-os]
\t[-g blocks-per-group] [-L volume-label] [-M last-mounted-directory]
\t[-O feature[,...]] [-r fs-revision] [-E extended-option[,...]]
\t[-t fs-type] [-T usage-type ] [-U UUID] [-e errors_behavior][-z undo_file]
\t[-jnqvDFSV] device [blocks-count]
`

const ZERO_SIZE = `Device size reported to be zero.  Invalid partition specified, or
\tpartition table wasn't reread after running fdisk, due to
\ta modified partition being busy and in use.  You may need to reboot
\tto re-read your partition table.

`

const ERRORS: Readonly<Record<string, number>> = { continue: 1, 'remount-ro': 2, panic: 3 }

/** What ends the program: text for standard error. */
class Stop {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export default command({
  name: 'mke2fs',
  aliases: ['mkfs.ext2', 'mkfs.ext3', 'mkfs.ext4'],
  summary: 'create an ext2/ext3/ext4 file system',
  suite: 'other',
  usage: 'mke2fs [options] device [blocks-count]',
  version: false,
  options: OPTIONS,
  hint: (_sys, _args, name) => synopsis(name),
  wrongUsage: '',

  *main(sys, flags, args, me) {
    const name = me.name.replace(/.*\//, '')
    if (flags.showVersion) {
      yield* sys.write(2, `${BANNER}\tUsing EXT2FS Library version 1.47.0\n`)
      return 0
    }
    if (!args.length || args.length > 2) {
      yield* sys.write(2, synopsis(name))
      return 1
    }
    try {
      return yield* make(sys, me, name, flags, args)
    } catch (e) {
      if (!(e instanceof Stop)) throw e
      yield* me.out.flush()
      yield* sys.write(2, e.text)
      return 1
    }
  },
})

function* make(sys: Sys, me: Process, name: string, flags: Given, args: readonly string[]): Blocking<number> {
  const path = args[0]!
  const blockSize = number(
    name,
    flags.blockSize,
    'block size',
    it => it >= 1024 && it <= 65536 && Number.isInteger(Math.log2(it)),
  )
  const reserved = number(name, flags.reserved, 'reserved blocks percent', it => it >= 0 && it <= 50, Number)
  const inodeSize = number(name, flags.inodeSize, 'inode size', it => it >= 128)
  const bytesPerInode = number(name, flags.bytesPerInode, 'inode ratio', it => it >= 1024)
  const type = flags.type ?? (name.startsWith('mkfs.') ? name.slice(5) : 'ext2')
  const features = featuresOf(flags.journal && type === 'ext2' ? 'ext3' : type)
  if (!features)
    throw new Stop(`\nYour mke2fs.conf file does not define the ${type} filesystem type.\nAborting...\n`)
  if (!flags.quiet) yield* sys.write(2, BANNER)
  for (const list of flags.features ?? [])
    if (!changeFeatures(features, list)) throw new Stop(`Invalid filesystem option set: ${list}\n`)
  const label = flags.label ?? ''
  if (label.length > 16)
    yield* sys.write(2, `Warning: label too long; will be truncated to '${label.slice(0, 16)}'\n\n`)
  const { fd, size: there } = yield* openDevice(sys, me, name, path, args[1])
  const unit = blockSize ?? 1024
  const bytes = args[1] === undefined ? there : sizeGiven(name, args[1], unit)
  if (!bytes) throw new Stop(`${name}: ${ZERO_SIZE}`)
  const wishes = {
    bytes,
    blockSize,
    bytesPerInode,
    inodeSize,
    inodes: wholeNumber(flags.inodes),
    reservedPercent: reserved ?? 5,
  }
  const bs = blockSizeFor(wishes)
  const fields = sized(path, {
    ...wishes,
    blocksPerGroup: wholeNumber(flags.blocksPerGroup),
    flexGroups: wholeNumber(flags.flexGroups),
    features,
  })
  const journal = wholeNumber(/size=(\d+)/.exec(flags.journalOptions ?? '')?.[1])
  let journalBlocks =
    features.compat & COMPAT.has_journal
      ? journal
        ? (journal * 1048576) / bs
        : journalSize(Math.floor(bytes / bs))
      : 0
  if (features.compat & COMPAT.has_journal && !journalBlocks) {
    yield* sys.write(2, '\nFilesystem too small for a journal\n')
    features.compat &= ~COMPAT.has_journal
    journalBlocks = 0
  }
  fields.featureCompat = features.compat
  if (inodeSize === 128)
    yield* sys.write(2, '128-byte inodes cannot handle dates beyond 2038 and are deprecated\n')
  const isFile = !isBlk(sys.fstat(fd))
  const extended = extendedOptions(flags)
  if (!flags.keep && extended.nodiscard === undefined && !flags.dryRun) {
    discard(sys, fd, there)
    if (!flags.quiet) yield* progress(me, 'Discarding device blocks: ', Math.floor(bytes / bs), true)
  }
  const uuid = uuidOf(sys, flags.uuid, path)
  const volumeSize = fields.blocksCount * bs
  if (!flags.quiet) yield* describe(me, fields, uuid, flags.verbose ?? false, label)
  if (fields.inodesCount < 11)
    throw new Stop('ext2fs_write_inode_full: Illegal inode number while writing reserved inodes\n')
  if (flags.dryRun) return 0
  const image = Image.blank(fd, Math.max(there, volumeSize), isFile)
  const volume = yield* made(sys, name, image, flags.root, bs, {
    super: fields,
    journalBlocks,
    uuid,
    hashSeed: parseUuid(extended.hash_seed ?? '') ?? randomUuid(sys.getrandom(16)),
    label,
    lastMounted: flags.lastMounted ?? '',
    owner: ownerOf(sys, extended.root_owner),
    errors: ERRORS[flags.errors ?? ''] ?? 1,
    now: sys.clock_gettime(CLOCK_REALTIME).sec,
  })
  if (isFile && journalBlocks) allocateJournal(sys, fd, volume)
  yield* image.flush(sys)
  if (!flags.quiet) yield* report(me, volume, journalBlocks, flags.root !== undefined)
  return 0
}

function* made(
  sys: Sys,
  name: string,
  image: Image,
  root: string | undefined,
  blockSize: number,
  making: Parameters<typeof makeFileSystem>[1],
): Blocking<Volume> {
  try {
    const tree = root === undefined ? undefined : yield* readTree(sys, root, blockSize)
    return makeFileSystem(image, { ...making, tree })
  } catch (e) {
    if (e instanceof PopulateError) throw new Stop(e.message.replace('%s', name))
    if (!(e instanceof Full)) throw e
    throw new Stop(`${name}: Could not allocate block in ext2 filesystem while populating file system\n`)
  }
}

function number(
  name: string,
  text: string | undefined,
  what: string,
  isRight: (it: number) => boolean,
  parse: (text: string) => number | undefined = wholeNumber,
): number | undefined {
  if (text === undefined) return undefined
  const value = parse(text)
  if (value === undefined || Number.isNaN(value) || !isRight(value))
    throw new Stop(`${name}: invalid ${what} - ${text}\n`)
  return value
}

/** `4M`, or a number of blocks. Linux: parse_num_blocks2(). */
function sizeGiven(name: string, text: string, unit: number): number {
  const match = /^(\d+)([kmgts]?)$/i.exec(text)
  if (!match) throw new Stop(`${name}: invalid blocks '${text}' on device\n`)
  const factor = { '': unit, s: 512, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 }[
    match[2]!.toLowerCase()
  ]!
  return Number(match[1]) * factor
}

function* openDevice(
  sys: Sys,
  me: Process,
  name: string,
  path: string,
  count: string | undefined,
): Blocking<{ fd: number; size: number }> {
  if (isMounted(yield* mountedDevices(sys), path))
    throw new Stop(`${path} is mounted; will not make a filesystem here!\n`)
  try {
    const fd = yield* sys.open(path, O_RDWR)
    if (count !== undefined && sizeOfDevice(sys, fd) < sizeGiven(name, count, 1024) && !isBlk(sys.fstat(fd)))
      sys.ftruncate(fd, sizeGiven(name, count, 1024))
    return { fd, size: sizeOfDevice(sys, fd) }
  } catch (e) {
    if (e === ENOENT && count !== undefined) return yield* create(sys, me, name, path, count)
    if (e === ENOENT) throw new Stop(`The file ${path} does not exist and no size was specified.\n`)
    if (!(e instanceof Errno)) throw e
    if (e.message === 'Is a directory') throw new Stop(`${name}: ${ZERO_SIZE}`)
    throw new Stop(`Could not open ${path}: ${e.message}\n`)
  }
}

function* create(
  sys: Sys,
  me: Process,
  name: string,
  path: string,
  count: string,
): Blocking<{ fd: number; size: number }> {
  me.out.line(`Creating regular file ${path}`)
  const blockSize = wholeNumber(/(?:^|\s)-b\s*(\d+)/.exec(me.argv.join(' '))?.[1]) ?? 1024
  const size = sizeGiven(name, count, blockSize)
  try {
    const fd = yield* sys.open(path, O_RDWR | O_CREAT | O_EXCL, 0o666)
    sys.ftruncate(fd, size)
    return { fd, size }
  } catch (e) {
    if (!(e instanceof Errno) || e === EEXIST) throw e
    throw new Stop(`Could not open ${path}: ${e.message}\n`)
  }
}

function sized(path: string, wishes: Parameters<typeof geometry>[0]): ReturnType<typeof geometry> {
  try {
    return geometry(wishes)
  } catch (e) {
    if (!(e instanceof TooSmall)) throw e
    throw new Stop(`${path}: Not enough space to build proposed filesystem while setting up superblock\n`)
  }
}

function extendedOptions(flags: Given): Record<string, string | undefined> {
  const entries = (flags.extended ?? []).flatMap(list => list.split(',')).map(it => it.split(/=(.*)/s))
  return Object.fromEntries(entries.map(([key, value]) => [key, value ?? '']))
}

function ownerOf(sys: Sys, text: string | undefined): readonly [number, number] {
  if (text === undefined) return [0, 0]
  const [uid, gid] = text.split(':').map(Number)
  return text ? [uid ?? 0, gid ?? 0] : [sys.getuid(), sys.getgid()]
}

function uuidOf(sys: Sys, text: string | undefined, path: string): Uint8Array {
  if (text === 'clear') return new Uint8Array(16)
  if (text === undefined || text === 'random' || text === 'time') return randomUuid(sys.getrandom(16))
  const uuid = parseUuid(text)
  if (!uuid) throw new Stop(`${path}: could not parse UUID: ${text}\n\n`)
  return uuid
}

/** What was there goes, where the file system below can give blocks back. */
function discard(sys: Sys, fd: number, size: number): void {
  try {
    sys.fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, size)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
  }
}

/** The blocks of the journal are written, as zeros. Linux: ext2fs_zero_blocks2(). */
function allocateJournal(sys: Sys, fd: number, volume: Volume): void {
  for (const { physical, count } of volume.extentsOf(volume.readInode(8)))
    try {
      sys.fallocate(
        fd,
        FALLOC_FL_ZERO_RANGE | FALLOC_FL_KEEP_SIZE,
        physical * volume.blockSize,
        count * volume.blockSize,
      )
    } catch (e) {
      if (!(e instanceof Errno)) throw e
    }
}

/** A counter that has come to its end. Linux: ext2fs_numeric_progress_init(). */
function* progress(me: Process, label: string, count: number, padded: boolean): Blocking<void> {
  const shown = `${'0'.padStart(String(count).length)}/${count}`
  const back = '\b'.repeat(shown.length)
  me.out.line(`${label}${shown}${back}${' '.repeat(shown.length)}${back}done${padded ? ' '.repeat(28) : ''}`)
  yield* me.out.flush()
}

function* describe(
  me: Process,
  it: ReturnType<typeof geometry>,
  uuid: Uint8Array,
  verbose: boolean,
  label: string,
): Blocking<void> {
  const blockSize = 1024 << it.logBlockSize
  const groups = Math.ceil((it.blocksCount - it.firstDataBlock) / it.blocksPerGroup)
  if (verbose) {
    me.out.print(`Filesystem label=${label}\nOS type: Linux\n`)
    me.out.print(
      `Block size=${blockSize} (log=${it.logBlockSize})\nFragment size=${blockSize} (log=${it.logClusterSize})\n`,
    )
    me.out.print('Stride=0 blocks, Stripe width=0 blocks\n')
    me.out.print(`${it.inodesCount} inodes, ${it.blocksCount} blocks\n`)
    me.out.print(
      `${it.rBlocksCount} blocks (${((100 * it.rBlocksCount) / it.blocksCount).toFixed(2)}%) reserved for the super user\n`,
    )
    me.out.print(`First data block=${it.firstDataBlock}\n`)
    me.out.print(`${groups} block group${groups > 1 ? 's' : ''}\n`)
    me.out.print(
      `${it.blocksPerGroup} blocks per group, ${it.clustersPerGroup} fragments per group\n${it.inodesPerGroup} inodes per group\n`,
    )
  } else
    me.out.line(
      `Creating filesystem with ${it.blocksCount} ${blockSize / 1024}k blocks and ${it.inodesCount} inodes`,
    )
  if (groups > 1)
    me.out.print(
      `Filesystem UUID: ${showUuid(uuid)}\nSuperblock backups stored on blocks: ${backups(it, groups)}\n\n`,
    )
  else me.out.print('\n')
  yield* me.out.flush()
}

/** The copies of the super block, in lines of 72 columns. */
function backups(it: ReturnType<typeof geometry>, groups: number): string {
  let text = ''
  let left = 0
  for (let group = 1; group < groups; group++) {
    if (!hasBackup(group)) continue
    if (group !== 1) text += ', '
    const block = String(it.firstDataBlock + group * it.blocksPerGroup)
    if (block.length + 1 > left) {
      text += '\n\t'
      left = 72
    }
    left -= block.length + 2
    text += block
  }
  return text
}

const hasBackup = (group: number): boolean =>
  group <= 1 ||
  [3, 5, 7].some(base => Number.isInteger(Math.round((Math.log(group) / Math.log(base)) * 1e9) / 1e9))

function* report(me: Process, volume: Volume, journalBlocks: number, copied: boolean): Blocking<void> {
  yield* progress(me, 'Allocating group tables: ', volume.groupCount, true)
  yield* progress(me, 'Writing inode tables: ', volume.groupCount, true)
  if (journalBlocks) me.out.line(`Creating journal (${journalBlocks} blocks): done`)
  if (copied) me.out.line('Copying files into the device: done')
  yield* progress(me, 'Writing superblocks and filesystem accounting information: ', volume.groupCount, false)
  me.out.print('\n')
}
