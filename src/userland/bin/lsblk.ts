/**
 * lsblk - list block devices
 * Linux: util-linux misc-utils/lsblk.c; lsblk(8). Reads /proc/partitions and /proc/self/mountinfo.
 *
 * Left out: everything udev and the devices themselves would tell; there is one disk without partitions.
 */
import { type Blocking, Errno, isBlk, type Sys } from '../../abi/index.ts'
import { command, fatal, type Options } from '../lib/command.ts'
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
  output: { short: 'o', value: '<list>' },
  paths: { short: 'p' },
  pairs: { short: 'P' },
  raw: { short: 'r' },
} as const satisfies Options

/** One line of /proc/partitions. */
interface Disk {
  readonly name: string
  readonly dev: string
  readonly kib: number
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
      ? ['NAME', 'FSTYPE', 'MOUNTPOINTS']
      : ['NAME', 'MAJ:MIN', 'RM', 'SIZE', 'RO', 'TYPE', 'MOUNTPOINTS']
    const names = flags.output === undefined ? usual : flags.output.split(',').map(it => it.toUpperCase())
    for (const it of names) if (!COLUMNS[it]) throw fatal(`unknown column: ${it.toLowerCase()}`)
    const mounts = parseMountinfo((yield* procText(sys, '/proc/self/mountinfo')) ?? '')
    const disks = yield* disksOf(sys)
    const shown = args.length ? args.map(path => named(sys, path, disks)) : disks
    const lines = shown.map(disk => ({
      cells: names.map(name => cellOf(disk, name, mounts, flags.bytes ?? false, flags.paths ?? false)),
    }))
    const format = flags.json ? 'json' : flags.raw ? 'raw' : flags.pairs ? 'pairs' : 'human'
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

function* disksOf(sys: Sys): Blocking<Disk[]> {
  const found: Disk[] = []
  for (const line of ((yield* procText(sys, '/proc/partitions')) ?? '').split('\n')) {
    const [major, minor, blocks, name] = line.trim().split(/\s+/)
    if (name && /^\d+$/.test(major!)) found.push({ name, dev: `${major}:${minor}`, kib: Number(blocks) })
  }
  return found
}

function named(sys: Sys, path: string, disks: readonly Disk[]): Disk {
  try {
    const found = isBlk(sys.stat(path)) && disks.find(it => `/dev/${it.name}` === path)
    if (found) return found
  } catch (e) {
    if (!(e instanceof Errno)) throw e
  }
  throw fatal(`${path}: not a block device`, undefined, 32)
}

function cellOf(
  disk: Disk,
  column: string,
  mounts: readonly MountEntry[],
  bytes: boolean,
  paths: boolean,
): string {
  const here = mounts.filter(it => it.dev === disk.dev && it.root === '/')
  switch (column) {
    case 'NAME':
      return paths ? `/dev/${disk.name}` : disk.name
    case 'KNAME':
      return disk.name
    case 'PATH':
      return `/dev/${disk.name}`
    case 'MAJ:MIN':
      return disk.dev.replace(/^(\d+):(\d+)$/, (_, major, minor) => `${major.padStart(3)}:${minor.padEnd(3)}`)
    case 'SIZE':
      return bytes ? String(disk.kib * 1024) : sizeText(disk.kib)
    case 'TYPE':
      return 'disk'
    case 'FSTYPE':
      return here[0]?.fstype ?? ''
    case 'MOUNTPOINT':
    case 'MOUNTPOINTS':
      return here[0]?.target ?? ''
    default:
      return '0'
  }
}

function sizeText(kib: number): string {
  const unit = kib >= 1024 ** 2 ? 2 : kib >= 1024 ? 1 : 0
  const size = Math.round((kib / 1024 ** unit) * 10) / 10
  return `${size}${'KMG'[unit]}`
}
