/** What udev makes of /dev, once devtmpfs is mounted there. */
import { makedev, S_IFBLK, S_IFCHR, type Sys, type Timespec } from '../../abi/index.ts'

/** When the host was booted. */
export const BOOTED: Timespec = { sec: 1766653206, nsec: 0 }

const DEVICES: readonly (readonly [name: string, mode: number, major: number, minor: number, gid: number])[] =
  [
    ['console', S_IFCHR | 0o600, 5, 1, 0],
    ['full', S_IFCHR | 0o666, 1, 7, 0],
    ['kmsg', S_IFCHR | 0o644, 1, 11, 0],
    ['null', S_IFCHR | 0o666, 1, 3, 0],
    ['ptmx', S_IFCHR | 0o666, 5, 2, 5],
    ['random', S_IFCHR | 0o666, 1, 8, 0],
    ['tty', S_IFCHR | 0o666, 5, 0, 5],
    ['urandom', S_IFCHR | 0o666, 1, 9, 0],
    ['zero', S_IFCHR | 0o666, 1, 5, 0],
    ['vda', S_IFBLK | 0o660, 254, 0, 6],
    ['loop-control', S_IFCHR | 0o660, 10, 237, 6],
    ...Array.from({ length: 8 }, (_, n) => [`loop${n}`, S_IFBLK | 0o660, 7, n, 6] as const),
  ]

/** The root file system's. */
const ROOT_UUID = '5ca1ab1e-0000-4000-8000-000000000001'
const DISK_DIRECTORIES = ['disk/by-diskseq', 'disk/by-label', 'disk/by-path', 'disk/by-uuid']

const LINKS = [
  ['fd', '/proc/self/fd'],
  ['stdin', '/proc/self/fd/0'],
  ['stdout', '/proc/self/fd/1'],
  ['stderr', '/proc/self/fd/2'],
] as const

/** The names that udev gives disks besides, below /dev. */
const DISK_LINKS: readonly (readonly [path: string, target: string])[] = [
  ['block/254:0', '../vda'],
  ...Array.from({ length: 8 }, (_, n) => [`block/7:${n}`, `../loop${n}`] as const),
  ['disk/by-diskseq/1', '../../vda'],
  ...Array.from({ length: 8 }, (_, n) => [`disk/by-diskseq/${n + 2}`, `../../loop${n}`] as const),
  ['disk/by-label/root', '../../vda'],
  ['disk/by-path/pci-0000:00:01.0', '../../vda'],
  ['disk/by-path/virtio-pci-0000:00:01.0', '../../vda'],
  [`disk/by-uuid/${ROOT_UUID}`, '../../vda'],
]

export function makeDevices(sys: Sys): void {
  for (const [name, mode, major, minor, gid] of DEVICES) {
    sys.mknod(`/dev/${name}`, mode & ~0o777, makedev(major, minor))
    sys.chmod(`/dev/${name}`, mode & 0o777)
    if (gid) sys.chown(`/dev/${name}`, 0, gid)
  }
  for (const name of ['pts', 'shm', 'mqueue', 'net']) sys.mkdir(`/dev/${name}`, 0o755)
  for (const [name, target] of LINKS) sys.symlink(target, `/dev/${name}`)
  for (const path of ['block', 'disk', ...DISK_DIRECTORIES]) sys.mkdir(`/dev/${path}`, 0o755)
  for (const [path, target] of DISK_LINKS) sys.symlink(target, `/dev/${path}`)
  const names = [
    ...DISK_LINKS.map(([path]) => path),
    ...DISK_DIRECTORIES,
    'block',
    'disk',
    ...DEVICES.map(([name]) => name),
    ...LINKS.map(([name]) => name),
    'mqueue',
    'net',
    '.',
  ]
  for (const name of names) sys.utimensat(`/dev/${name}`, BOOTED, BOOTED, false)
}

/** What udev knows of the disks (/run/udev/data), from which lsblk and others take it. */
export const UDEV_DATA: Readonly<Record<string, string>> = {
  'b254:0': `S:disk/by-label/root
S:disk/by-path/virtio-pci-0000:00:01.0
S:disk/by-uuid/${ROOT_UUID}
S:disk/by-path/pci-0000:00:01.0
S:disk/by-diskseq/1
I:5534910
E:ID_PATH=pci-0000:00:01.0
E:ID_PATH_TAG=pci-0000_00_01_0
E:ID_FS_LABEL=root
E:ID_FS_LABEL_ENC=root
E:ID_FS_UUID=${ROOT_UUID}
E:ID_FS_UUID_ENC=${ROOT_UUID}
E:ID_FS_VERSION=1.0
E:ID_FS_TYPE=ext4
E:ID_FS_USAGE=filesystem
V:1
`,
  ...Object.fromEntries(
    Array.from({ length: 8 }, (_, n) => [`b7:${n}`, `S:disk/by-diskseq/${n + 2}\nI:${5460000 + n}\nV:1\n`]),
  ),
}
