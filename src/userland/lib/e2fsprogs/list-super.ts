/** A super block in words, as dumpe2fs -h and tune2fs -l show it. e2fsprogs: lib/e2p/ls.c. */
import {
  get32,
  INCOMPAT,
  JOURNAL_INO,
  RO_COMPAT,
  SUPER_HASH_SEED,
  SUPER_LABEL,
  SUPER_LAST_MOUNTED,
  SUPER_UUID,
  VALID_FS,
  type Volume,
} from '../../../ext2fs/index.ts'
import { localtime, strftime, UTC } from '../time.ts'
import { showUuid } from '../uuid.ts'
import { featureNames } from './features.ts'

/** s_default_mount_opts by name; the three of bit 5 and 6 are values. */
const MOUNT_OPTIONS = [
  ['debug', 1],
  ['bsdgroups', 2],
  ['journal_data', 0x20],
  ['journal_data_ordered', 0x40],
  ['journal_data_writeback', 0x60],
  ['user_xattr', 4],
  ['acl', 8],
  ['uid16', 0x10],
  ['nobarrier', 0x100],
  ['block_validity', 0x200],
  ['discard', 0x400],
  ['nodelalloc', 0x800],
] as const
const JOURNAL_MODE = 0x60

const isSet = (word: number, bit: number): boolean =>
  (bit & JOURNAL_MODE) !== 0 ? (word & JOURNAL_MODE) === bit : (word & bit) !== 0

/** Change default mount options as `-o NAME,^NAME` says; the first that is unknown, if one is. */
export function changeMountOptions(word: number, text: string): number | string {
  let changed = word
  for (const part of text.split(',')) {
    const name = part.replace(/^\^/, '')
    const bit = MOUNT_OPTIONS.find(it => it[0] === name)?.[1]
    if (bit === undefined) return name
    if ((bit & JOURNAL_MODE) !== 0) changed &= ~JOURNAL_MODE
    changed = part.startsWith('^') ? changed & ~bit : changed | bit
  }
  return changed
}

const STATES = ['not clean', 'clean', 'not clean with errors', 'clean with errors']
const BEHAVIOURS = ['Unknown (continue)', 'Continue', 'Remount read-only', 'Panic']
const HASHES = ['legacy', 'half_md4', 'tea']

const timeText = (seconds: number): string =>
  seconds ? strftime('%a %b %e %H:%M:%S %Y', localtime({ sec: seconds, nsec: 0 }, UTC)) : 'n/a'

/** `1 week, 3 days` */
function interval(seconds: number): string {
  if (!seconds) return '<none>'
  const parts: string[] = []
  let left = seconds
  for (const [name, length] of [
    ['month', 2592000],
    ['week', 604800],
    ['day', 86400],
    ['hour', 3600],
    ['minute', 60],
    ['second', 1],
  ] as const) {
    const count = Math.floor(left / length)
    left -= count * length
    if (count) parts.push(`${count} ${name}${count > 1 ? 's' : ''}`)
  }
  return parts.join(', ')
}

/** `1024k`, `16M`: a size in the unit that has at least four digits less. */
const journalSizeText = (kib: number): string => (kib < 8192 ? `${kib}k` : `${Math.floor(kib / 1024)}M`)

const written = (kib: number): string => {
  const units = ['kB', 'MB', 'GB', 'TB']
  let unit = 0
  let value = kib
  for (; value >= 8192 && unit < 3; unit++) value = Math.floor((value + 512) / 1024)
  return `${value} ${units[unit]}`
}

/** The lines; `idName` gives the name of a user or a group. */
export function listSuper(
  volume: Volume,
  idName: (kind: 'user' | 'group', id: number) => string | undefined,
): string[] {
  const { super: it, blockSize } = volume
  const text = ([at, length]: readonly [number, number]): string => {
    const bytes = volume.raw.subarray(at, at + length)
    const end = bytes.indexOf(0)
    return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end))
  }
  const uuid = ([at, length]: readonly [number, number]): string =>
    showUuid(volume.raw.subarray(at, at + length))
  const lines: string[] = []
  const add = (name: string, value: string | number): void =>
    void lines.push(`${`${name}:`.padEnd(26)}${value}`)
  const features = { compat: it.featureCompat, incompat: it.featureIncompat, roCompat: it.featureRoCompat }
  const who = (kind: 'user' | 'group', id: number): string =>
    `${id} (${kind} ${idName(kind, id) ?? 'unknown'})`
  add('Filesystem volume name', text(SUPER_LABEL) || '<none>')
  add('Last mounted on', text(SUPER_LAST_MOUNTED) || '<not available>')
  add(
    'Filesystem UUID',
    uuid(SUPER_UUID) === '00000000-0000-0000-0000-000000000000' ? '<none>' : uuid(SUPER_UUID),
  )
  add('Filesystem magic number', `0x${it.magic.toString(16).toUpperCase()}`)
  add('Filesystem revision #', it.revLevel === 1 ? '1 (dynamic)' : '0 (original)')
  add('Filesystem features', featureNames(features).join(' ') || '(none)')
  if (it.flags) add('Filesystem flags', it.flags & 1 ? 'signed_directory_hash ' : 'unsigned_directory_hash ')
  const mountOptions = MOUNT_OPTIONS.filter(([, bit]) => isSet(it.defaultMountOpts, bit)).map(
    ([name]) => name,
  )
  add('Default mount options', mountOptions.join(' ') || '(none)')
  add('Filesystem state', STATES[it.state & (VALID_FS | 2)]!)
  add('Errors behavior', BEHAVIOURS[it.errors] ?? BEHAVIOURS[0]!)
  add('Filesystem OS type', it.creatorOs ? 'unknown' : 'Linux')
  add('Inode count', it.inodesCount)
  add('Block count', it.blocksCount)
  add('Reserved block count', it.rBlocksCount)
  if (it.overheadClusters) add('Overhead clusters', it.overheadClusters)
  add('Free blocks', it.freeBlocksCount)
  add('Free inodes', it.freeInodesCount)
  add('First block', it.firstDataBlock)
  add('Block size', blockSize)
  add('Fragment size', blockSize)
  if (it.featureIncompat & INCOMPAT['64bit']) add('Group descriptor size', it.descSize)
  if (it.reservedGdtBlocks) add('Reserved GDT blocks', it.reservedGdtBlocks)
  add('Blocks per group', it.blocksPerGroup)
  add('Fragments per group', it.clustersPerGroup)
  add('Inodes per group', it.inodesPerGroup)
  add('Inode blocks per group', volume.inodeTableBlocks)
  if (it.raidStride) add('RAID stride', it.raidStride)
  if (it.raidStripeWidth) add('RAID stripe width', it.raidStripeWidth)
  if (it.logGroupsPerFlex) add('Flex block group size', 1 << it.logGroupsPerFlex)
  if (it.mkfsTime) add('Filesystem created', timeText(it.mkfsTime))
  add('Last mount time', timeText(it.mtime))
  add('Last write time', timeText(it.wtime))
  add('Mount count', it.mntCount)
  add('Maximum mount count', it.maxMntCount === 0xffff ? -1 : it.maxMntCount)
  add('Last checked', timeText(it.lastcheck))
  add('Check interval', `${it.checkinterval} (${interval(it.checkinterval)})`)
  if (it.kbytesWritten) add('Lifetime writes', written(it.kbytesWritten))
  add('Reserved blocks uid', who('user', it.defResuid))
  add('Reserved blocks gid', who('group', it.defResgid))
  add('First inode', it.firstIno)
  lines.push(`Inode size:\t          ${volume.inodeSize}`)
  if (it.minExtraIsize) add('Required extra isize', it.minExtraIsize)
  if (it.wantExtraIsize) add('Desired extra isize', it.wantExtraIsize)
  if (it.journalInum) add('Journal inode', it.journalInum)
  if (it.featureCompat & 0x20) {
    add('Default directory hash', HASHES[it.defHashVersion] ?? '(unknown)')
    add('Directory Hash Seed', uuid(SUPER_HASH_SEED))
  }
  if (it.jnlBackupType) add('Journal backup', 'inode blocks')
  if (it.featureRoCompat & RO_COMPAT.metadata_csum) {
    add('Checksum type', 'crc32c')
    add('Checksum', `0x${get32(volume.raw, 0x3fc).toString(16).padStart(8, '0')}`)
  }
  return lines
}

/** What dumpe2fs adds of the journal. e2fsprogs: misc/dumpe2fs.c:print_inline_journal_information(). */
export function listJournal(volume: Volume): string[] {
  if (!volume.hasJournal || !volume.groups.length) return []
  const inode = volume.readInode(JOURNAL_INO)
  const kib = volume.sizeOf(inode) / 1024
  const blocks = volume.sizeOf(inode) / volume.blockSize
  return [
    'Journal features:         (none)',
    `Total journal size:       ${journalSizeText(kib)}`,
    `Total journal blocks:     ${blocks}`,
    `Max transaction length:   ${blocks}`,
    'Fast commit length:       0',
    'Journal sequence:         0x00000001',
    'Journal start:            0',
  ]
}
