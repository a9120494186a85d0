/**
 * lsblk - list block devices
 * Linux: util-linux misc-utils/lsblk.c; lsblk(8). Reads /sys/block, /run/udev/data and /proc/self/mountinfo.
 *
 * Left out: partitions and what holds them; columns of topology, discarding, zones and permissions.
 */
import { type Blocking, Errno, isBlk, major, minor, O_RDONLY, type Sys } from '../../abi/index.ts'
import { command, fatal, type Options } from '../lib/command.ts'
import { sizeToHuman } from '../lib/human.ts'
import { columnIds } from '../lib/idarray.ts'
import { type MountEntry, parseMountinfo } from '../lib/mountinfo.ts'
import { procText } from '../lib/proc.ts'
import { type Column, table } from '../lib/smartcols.ts'

const OPTIONS = {
  all: { short: 'a' },
  bytes: { short: 'b' },
  nodeps: { short: 'd' },
  fs: { short: 'f' },
  json: { short: 'J' },
  list: { short: 'l' },
  noheadings: { short: 'n' },
  include: { short: 'I', value: '<list>' },
  exclude: { short: 'e', value: '<list>' },
  output: { short: 'o', value: '<list>' },
  paths: { short: 'p' },
  pairs: { short: 'P' },
  raw: { short: 'r' },
} as const satisfies Options

/** A directory of /sys/block, with what udev knows of it. */
interface Disk {
  readonly name: string
  readonly dev: string
  readonly bytes: number
  readonly readOnly: string
  readonly udev: ReadonlyMap<string, string>
}

const COLUMNS: Readonly<Record<string, Column>> = {
  NAME: { name: 'NAME', hint: 0.25, noExtremes: true },
  'MAJ:MIN': { name: 'MAJ:MIN', hint: 6 },
  RM: { name: 'RM', right: true, json: 'boolean' },
  SIZE: { name: 'SIZE', hint: 5, right: true },
  RO: { name: 'RO', right: true, json: 'boolean' },
  TYPE: { name: 'TYPE', hint: 4 },
  MOUNTPOINTS: { name: 'MOUNTPOINTS', hint: 0.1 },
  MOUNTPOINT: { name: 'MOUNTPOINT', hint: 0.1 },
  FSTYPE: { name: 'FSTYPE', hint: 0.1 },
  FSVER: { name: 'FSVER', hint: 0.1 },
  LABEL: { name: 'LABEL', hint: 0.1 },
  UUID: { name: 'UUID', hint: 36 },
  FSAVAIL: { name: 'FSAVAIL', hint: 5, right: true },
  FSSIZE: { name: 'FSSIZE', hint: 5, right: true },
  FSUSED: { name: 'FSUSED', hint: 5, right: true },
  'FSUSE%': { name: 'FSUSE%', hint: 3, right: true },
  KNAME: { name: 'KNAME' },
  PATH: { name: 'PATH' },
}

export default command({
  name: 'lsblk',
  summary: 'list block devices',
  suite: 'util-linux',
  usage: 'lsblk [options] [<device> ...]',
  help: `
Usage:
 lsblk [options] [<device> ...]

List information about block devices.

Options:
 -A, --noempty        don't print empty devices
 -D, --discard        print discard capabilities
 -E, --dedup <column> de-duplicate output by <column>
 -I, --include <list> show only devices with specified major numbers
 -J, --json           use JSON output format
 -M, --merge          group parents of sub-trees (usable for RAIDs, Multi-path)
 -O, --output-all     output all columns
 -P, --pairs          use key="value" output format
 -S, --scsi           output info about SCSI devices
 -T, --tree[=<column>] use tree format output
 -a, --all            print all devices
 -b, --bytes          print SIZE in bytes rather than in human readable format
 -d, --nodeps         don't print slaves or holders
 -e, --exclude <list> exclude devices by major number (default: RAM disks)
 -f, --fs             output info about filesystems
 -i, --ascii          use ascii characters only
 -l, --list           use list format output
 -m, --perms          output info about permissions
 -n, --noheadings     don't print headings
 -o, --output <list>  output columns
 -p, --paths          print complete device path
 -r, --raw            use raw output format
 -s, --inverse        inverse dependencies
 -t, --topology       output info about topology
 -w, --width <num>    specifies output width as number of characters
 -x, --sort <column>  sort output by <column>
 -y, --shell          use column names to be usable as shell variable identifiers
 -z, --zoned          print zone related information
     --sysroot <dir>  use specified directory as system root

 -h, --help           display this help
 -V, --version        display version

Available output columns:
    ALIGNMENT  alignment offset
     DISC-ALN  discard alignment offset
          DAX  dax-capable device
    DISC-GRAN  discard granularity
     DISC-MAX  discard max bytes
    DISC-ZERO  discard zeroes data
      FSAVAIL  filesystem size available
      FSROOTS  mounted filesystem roots
       FSSIZE  filesystem size
       FSTYPE  filesystem type
       FSUSED  filesystem size used
       FSUSE%  filesystem use percentage
        FSVER  filesystem version
        GROUP  group name
         HCTL  Host:Channel:Target:Lun for SCSI
      HOTPLUG  removable or hotplug device (usb, pcmcia, ...)
        KNAME  internal kernel device name
        LABEL  filesystem LABEL
      LOG-SEC  logical sector size
      MAJ:MIN  major:minor device number
       MIN-IO  minimum I/O size
         MODE  device node permissions
        MODEL  device identifier
         NAME  device name
       OPT-IO  optimal I/O size
        OWNER  user name
    PARTFLAGS  partition flags
    PARTLABEL  partition LABEL
     PARTTYPE  partition type code or UUID
 PARTTYPENAME  partition type name
     PARTUUID  partition UUID
         PATH  path to the device node
      PHY-SEC  physical sector size
       PKNAME  internal parent kernel device name
       PTTYPE  partition table type
       PTUUID  partition table identifier (usually UUID)
           RA  read-ahead of the device
         RAND  adds randomness
          REV  device revision
           RM  removable device
           RO  read-only device
         ROTA  rotational device
      RQ-SIZE  request queue size
        SCHED  I/O scheduler name
       SERIAL  disk serial number
         SIZE  size of the device
        START  partition start offset
        STATE  state of the device
   SUBSYSTEMS  de-duplicated chain of subsystems
   MOUNTPOINT  where the device is mounted
  MOUNTPOINTS  all locations where device is mounted
         TRAN  device transport type
         TYPE  device type
         UUID  filesystem UUID
       VENDOR  device vendor
        WSAME  write same max bytes
          WWN  unique storage identifier
        ZONED  zone model
      ZONE-SZ  zone size
   ZONE-WGRAN  zone write granularity
     ZONE-APP  zone append max bytes
      ZONE-NR  number of zones
    ZONE-OMAX  maximum number of open zones
    ZONE-AMAX  maximum number of active zones

For more details see lsblk(8).
`,
  options: OPTIONS,

  *main(sys, flags, args, me) {
    const usual = flags.fs
      ? ['NAME', 'FSTYPE', 'FSVER', 'LABEL', 'UUID', 'FSAVAIL', 'FSUSE%', 'MOUNTPOINTS']
      : ['NAME', 'MAJ:MIN', 'RM', 'SIZE', 'RO', 'TYPE', 'MOUNTPOINTS']
    const asked = flags.output === undefined ? [] : columnIds(flags.output, COLUMNS)
    const names = flags.output && !flags.output.startsWith('+') ? asked : [...usual, ...asked]
    const mounts = parseMountinfo((yield* procText(sys, '/proc/self/mountinfo')) ?? '')
    const disks = yield* disksOf(sys)
    const isIncluded = (it: Disk): boolean => {
      const major = it.dev.split(':')[0]!
      if (flags.include !== undefined) return flags.include.split(',').includes(major)
      return !(flags.exclude?.split(',').includes(major) ?? false)
    }
    const given = args.length ? args.map(path => named(sys, path, disks)) : disks.filter(isIncluded)
    const shown = given.filter(it => flags.all || it.bytes > 0)
    if (!shown.length) return EX_NONE
    const format = flags.json ? 'json' : flags.raw ? 'raw' : flags.pairs ? 'pairs' : 'human'
    const cells = shown.map(disk => names.map(name => cellOf(sys, disk, name, mounts, flags)))
    const plain = format === 'human' ? cells.flatMap(stacked) : cells.map(line => line.map(it => it.trim()))
    const lines = plain.map(it => ({ cells: it }))
    me.out.print(
      table(
        names.map(name => COLUMNS[name]!),
        lines,
        { format, name: 'blockdevices', noHeadings: flags.noheadings ?? false },
      ),
    )
    return 0
  },
})

/** Nothing was listed. */
const EX_NONE = 32

/** A cell of several lines makes lines in which the others are empty. */
function stacked(cells: readonly string[]): string[][] {
  const parts = cells.map(it => it.split('\n'))
  const height = Math.max(...parts.map(it => it.length))
  return Array.from({ length: height }, (_, i) => parts.map(it => it[i] ?? ''))
}

function* disksOf(sys: Sys): Blocking<Disk[]> {
  const fd = yield* sys.open('/sys/block', O_RDONLY)
  const names = sys.getdents(fd).map(it => it.name)
  sys.close(fd)
  const found: Disk[] = []
  for (const name of names.filter(it => !it.startsWith('.')).sort(byNumber)) {
    const text = function* (path: string): Blocking<string> {
      return ((yield* procText(sys, `/sys/block/${name}/${path}`)) ?? '').trim()
    }
    const dev = yield* text('dev')
    const bytes = Number(yield* text('size')) * 512
    found.push({ name, dev, bytes, readOnly: yield* text('ro'), udev: yield* udevOf(sys, dev) })
  }
  return found
}

/** loop2 comes before loop10. */
const byNumber = (a: string, b: string): number => {
  const [x, y] = [a.replace(/\d+$/, ''), b.replace(/\d+$/, '')]
  return x === y ? Number(a.slice(x.length)) - Number(b.slice(y.length)) : x < y ? -1 : 1
}

/** The properties (`E:NAME=VALUE`) of udev's database. */
function* udevOf(sys: Sys, dev: string): Blocking<ReadonlyMap<string, string>> {
  const lines = ((yield* procText(sys, `/run/udev/data/b${dev}`)) ?? '').split('\n')
  return new Map(
    lines.filter(it => it.startsWith('E:')).map(it => it.slice(2).split(/=(.*)/s) as [string, string]),
  )
}

function named(sys: Sys, path: string, disks: readonly Disk[]): Disk {
  try {
    const stat = sys.stat(path)
    const dev = `${major(stat.rdev)}:${minor(stat.rdev)}`
    const found = isBlk(stat) && disks.find(it => it.dev === dev)
    if (found) return found
  } catch (e) {
    if (!(e instanceof Errno)) throw e
  }
  throw fatal(`${path}: not a block device`, undefined, EX_NONE)
}

function cellOf(
  sys: Sys,
  disk: Disk,
  column: string,
  mounts: readonly MountEntry[],
  flags: { readonly bytes?: boolean | undefined; readonly paths?: boolean | undefined },
): string {
  // The mount made last comes first.
  const here = mounts.filter(it => it.dev === disk.dev).reverse()
  const amount = (bytes: number): string => (flags.bytes ? String(bytes) : sizeToHuman(bytes))
  switch (column) {
    case 'NAME':
      return flags.paths ? `/dev/${disk.name}` : disk.name
    case 'KNAME':
      return disk.name
    case 'PATH':
      return `/dev/${disk.name}`
    case 'MAJ:MIN':
      return disk.dev.replace(/^(\d+):(\d+)$/, (_, major, minor) => `${major.padStart(3)}:${minor.padEnd(3)}`)
    case 'SIZE':
      return amount(disk.bytes)
    case 'RO':
      return disk.readOnly
    case 'RM':
      return '0'
    case 'TYPE':
      return disk.name.startsWith('loop') ? 'loop' : 'disk'
    case 'FSTYPE':
      return disk.udev.get('ID_FS_TYPE') ?? ''
    case 'FSVER':
      return disk.udev.get('ID_FS_VERSION') ?? ''
    case 'LABEL':
      return disk.udev.get('ID_FS_LABEL') ?? ''
    case 'UUID':
      return disk.udev.get('ID_FS_UUID') ?? ''
    case 'MOUNTPOINT':
      return here[0]?.target ?? ''
    case 'MOUNTPOINTS':
      return here.map(it => it.target).join('\n')
    default:
      return here[0] ? usageOf(sys, here[0].target, column, amount) : ''
  }
}

/** What statfs(2) says of a mounted disk. */
function usageOf(sys: Sys, target: string, column: string, amount: (bytes: number) => string): string {
  const { bsize, blocks, bfree, bavail } = sys.statfs(target)
  switch (column) {
    case 'FSAVAIL':
      return amount(bavail * bsize)
    case 'FSSIZE':
      return amount(blocks * bsize)
    case 'FSUSED':
      return amount((blocks - bfree) * bsize)
    default:
      return `${Math.round(((blocks - bfree) / blocks) * 100)}%`
  }
}
