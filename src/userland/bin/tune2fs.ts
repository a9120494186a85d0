/**
 * tune2fs - adjust tunable file system parameters; e2label - change the label
 * e2fsprogs: misc/tune2fs.c; tune2fs(8), e2label(8).
 *
 * Left out: journals and features that change more than the super block (-j, -J, -O, -I, -Q), undo files.
 */
import { type Blocking, CLOCK_REALTIME, type Sys } from '../../abi/index.ts'
import {
  rebuildChecksums,
  SUPER_LABEL,
  SUPER_LAST_MOUNTED,
  SUPER_UUID,
  type Volume,
} from '../../ext2fs/index.ts'
import { command, type Flags, type Options, type Process } from '../lib/command.ts'
import { VERSION, wholeNumber } from '../lib/e2fsprogs/common.ts'
import { changeMountOptions, listSuper } from '../lib/e2fsprogs/list-super.ts'
import { NoFileSystem, openVolume } from '../lib/e2fsprogs/open.ts'
import { groupId, groupName, readUsers, userId, userName } from '../lib/users.ts'
import { parseUuid, randomUuid } from '../lib/uuid.ts'

const OPTIONS = {
  maxMounts: { short: 'c', long: '', value: '<n>' },
  mounts: { short: 'C', long: '', value: '<n>' },
  errors: { short: 'e', long: '', value: '<behavior>' },
  extended: { short: 'E', long: '', value: '<list>' },
  force: { short: 'f', long: '' },
  group: { short: 'g', long: '', value: '<group>' },
  interval: { short: 'i', long: '', value: '<interval>' },
  list: { short: 'l', long: '' },
  label: { short: 'L', long: '', value: '<label>' },
  reservedPercent: { short: 'm', long: '', value: '<percent>' },
  lastMounted: { short: 'M', long: '', value: '<directory>' },
  mountOptions: { short: 'o', long: '', value: '<list>' },
  reserved: { short: 'r', long: '', value: '<n>' },
  checked: { short: 'T', long: '', value: '<time>' },
  user: { short: 'u', long: '', value: '<user>' },
  uuid: { short: 'U', long: '', value: '<uuid>' },
} as const satisfies Options

const BANNER = `tune2fs ${VERSION}\n`
const USAGE = `Usage: tune2fs [-c max_mounts_count] [-e errors_behavior] [-f] [-g group]
\t[-i interval[d|m|w]] [-j] [-J journal_options] [-l]
\t[-m reserved_blocks_percent] [-o [^]mount_options[,...]]
\t[-r reserved_blocks_count] [-u user] [-C mount_count]
\t[-L volume_label] [-M last_mounted_dir]
\t[-O [^]feature[,...]] [-Q quota_options]
\t[-E extended-option[,...]] [-T last_check_time] [-U UUID]
\t[-I new_inode_size] [-z undo_file] device
`
const BEHAVIOURS: Readonly<Record<string, number>> = { continue: 1, 'remount-ro': 2, panic: 3 }
const DAY = 86400
const UNITS: Readonly<Record<string, number>> = { s: 1, d: DAY, m: 30 * DAY, w: 7 * DAY }

type Given = Flags<typeof OPTIONS>

/** What ends it: text for standard error. */
class Stop {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export default command({
  name: 'tune2fs',
  aliases: ['e2label'],
  summary: 'adjust tunable file system parameters on ext2/ext3/ext4 file systems',
  suite: 'other',
  usage: 'tune2fs [options] device',
  version: false,
  options: OPTIONS,
  wrongUsage: USAGE,

  *main(sys, flags, args, me) {
    const isLabel = me.name.endsWith('e2label')
    // It waits in the buffer while complaints do not.
    if (!isLabel) me.out.print(BANNER)
    try {
      return isLabel ? yield* e2label(sys, me, args) : yield* tune(sys, me, flags, args)
    } catch (e) {
      if (e instanceof Stop) {
        yield* sys.write(2, e.text)
        return 1
      }
      if (!(e instanceof NoFileSystem)) throw e
      const path = args[0]
      yield* sys.write(
        2,
        `${me.name}: ${e.message} while trying to open ${path}\nCouldn't find valid filesystem superblock.\n`,
      )
      return 1
    }
  },
})

function* e2label(sys: Sys, me: Process, args: readonly string[]): Blocking<number> {
  const [path, label] = args
  if (path === undefined || args.length > 2) throw new Stop('Usage: e2label device [newlabel]\n')
  const { image, volume } = yield* openVolume(sys, path, label !== undefined, 'super')
  if (label === undefined) {
    me.out.line(textAt(volume, SUPER_LABEL))
    return 0
  }
  if (label.length > SUPER_LABEL[1]) yield* sys.write(2, 'Warning: label too long, truncating.\n')
  putText(volume, SUPER_LABEL, label)
  volume.writeSuper()
  yield* image.flush(sys)
  return 0
}

function textAt(volume: Volume, [at, length]: readonly [number, number]): string {
  const bytes = volume.raw.subarray(at, at + length)
  const end = bytes.indexOf(0)
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end))
}

function putText(volume: Volume, [at, length]: readonly [number, number], text: string): void {
  volume.raw.fill(0, at, at + length)
  volume.raw.set(new TextEncoder().encode(text).subarray(0, length), at)
}

function* tune(sys: Sys, me: Process, flags: Given, args: readonly string[]): Blocking<number> {
  const said: string[] = []
  const users = yield* readUsers(sys)
  const changes = checked(flags)
  const isGiven = Object.keys(flags).some(it => it !== 'force')
  const [path] = args
  if (path === undefined || args.length > 1 || !isGiven) throw new Stop(USAGE)
  const { image, volume } = yield* openVolume(
    sys,
    path,
    !flags.list || changes,
    flags.uuid === undefined ? 'super' : 'all',
  )
  if (flags.label !== undefined && flags.label.length > SUPER_LABEL[1])
    yield* sys.write(2, 'Warning: label too long, truncating.\n')
  const it = volume.super
  if (flags.maxMounts !== undefined) {
    const count = Number(flags.maxMounts) || -1
    it.maxMntCount = count & 0xffff
    said.push(`Setting maximal mount count to ${count}`)
  }
  if (flags.mounts !== undefined) {
    it.mntCount = Number(flags.mounts)
    said.push(`Setting current mount count to ${it.mntCount}`)
  }
  if (flags.errors !== undefined) {
    it.errors = BEHAVIOURS[flags.errors]!
    said.push(`Setting error behavior to ${it.errors}`)
  }
  if (flags.group !== undefined) {
    it.defResgid = wholeNumber(flags.group) ?? groupId(users, flags.group) ?? 0
    said.push(`Setting reserved blocks gid to ${it.defResgid}`)
  }
  if (flags.interval !== undefined) {
    it.checkinterval = intervalOf(flags.interval)!
    said.push(`Setting interval between checks to ${it.checkinterval} seconds`)
  }
  if (flags.reservedPercent !== undefined) {
    it.rBlocksCount = Math.floor((it.blocksCount * Number(flags.reservedPercent)) / 100)
    said.push(
      `Setting reserved blocks percentage to ${Number(flags.reservedPercent)}% (${it.rBlocksCount} blocks)`,
    )
  }
  if (flags.reserved !== undefined) {
    it.rBlocksCount = Number(flags.reserved)
    said.push(`Setting reserved blocks count to ${it.rBlocksCount}`)
  }
  if (flags.user !== undefined) {
    it.defResuid = wholeNumber(flags.user) ?? userId(users, flags.user) ?? 0
    said.push(`Setting reserved blocks uid to ${it.defResuid}`)
  }
  if (flags.checked !== undefined)
    it.lastcheck = flags.checked === 'now' ? sys.clock_gettime(CLOCK_REALTIME).sec : Number(flags.checked)
  if (flags.label !== undefined) putText(volume, SUPER_LABEL, flags.label)
  if (flags.lastMounted !== undefined) putText(volume, SUPER_LAST_MOUNTED, flags.lastMounted)
  if (flags.mountOptions !== undefined) {
    const changed = changeMountOptions(it.defaultMountOpts, flags.mountOptions)
    if (typeof changed === 'string') throw new Stop(`Invalid mount option set: ${flags.mountOptions}\n`)
    it.defaultMountOpts = changed
  }
  for (const [key, value] of (flags.extended ?? '').split(',').map(part => part.split('='))) {
    if (key === 'stride') said.push(`Setting stride size to ${(it.raidStride = Number(value))}`)
    else if (key === 'stripe_width' || key === 'stripe-width')
      said.push(`Setting stripe width to ${(it.raidStripeWidth = Number(value))}`)
  }
  for (const line of said) me.out.line(line)
  if (flags.uuid !== undefined) changeUuid(sys, volume, flags.uuid)
  else if (changes) volume.writeSuper()
  yield* image.flush(sys)
  if (flags.list)
    for (const line of listSuper(volume, (kind, id) =>
      kind === 'user' ? userName(users, id) : groupName(users, id),
    ))
      me.out.line(line)
  return 0
}

/** Refuses what is wrong before anything is opened; whether anything is to be changed. */
function checked(flags: Given): boolean {
  const bad = (what: string, value: string): never => {
    throw new Stop(`tune2fs: bad ${what} - ${value}\n${USAGE}`)
  }
  const number = (what: string, value: string | undefined, most = Number.POSITIVE_INFINITY): void => {
    if (value !== undefined && !(/^-?\d+(\.\d+)?$/.test(value) && Number(value) <= most)) bad(what, value)
  }
  number('mounts count', flags.maxMounts)
  number('mounts count', flags.mounts)
  number('reserved block ratio', flags.reservedPercent, 50)
  number('reserved blocks count', flags.reserved)
  if (flags.errors !== undefined && !BEHAVIOURS[flags.errors]) bad('error behavior', flags.errors)
  if (flags.interval !== undefined && intervalOf(flags.interval) === undefined)
    bad('interval', flags.interval)
  return Object.keys(flags).some(it => it !== 'list' && it !== 'force')
}

/** `10d`, `2w`, `1m`; days without a unit. */
function intervalOf(text: string): number | undefined {
  const match = /^(\d+)([dmws]?)$/.exec(text)
  return match ? Number(match[1]) * (UNITS[match[2]!] ?? DAY) : undefined
}

/** A new UUID changes all checksums, which begin with it. */
function changeUuid(sys: Sys, volume: Volume, text: string): void {
  const uuid =
    text === 'clear'
      ? new Uint8Array(16)
      : text === 'random' || text === 'time'
        ? randomUuid(sys.getrandom(16))
        : parseUuid(text)
  if (!uuid) throw new Stop('tune2fs: Invalid UUID format\n\n')
  volume.readGroups()
  rebuildChecksums(volume, () => volume.raw.set(uuid, SUPER_UUID[0]))
}
