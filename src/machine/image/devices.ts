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
  ]

const LINKS = [
  ['fd', '/proc/self/fd'],
  ['stdin', '/proc/self/fd/0'],
  ['stdout', '/proc/self/fd/1'],
  ['stderr', '/proc/self/fd/2'],
] as const

export function makeDevices(sys: Sys): void {
  for (const [name, mode, major, minor, gid] of DEVICES) {
    sys.mknod(`/dev/${name}`, mode & ~0o777, makedev(major, minor))
    sys.chmod(`/dev/${name}`, mode & 0o777)
    if (gid) sys.chown(`/dev/${name}`, 0, gid)
  }
  for (const name of ['pts', 'shm', 'mqueue', 'net']) sys.mkdir(`/dev/${name}`, 0o755)
  for (const [name, target] of LINKS) sys.symlink(target, `/dev/${name}`)
  const names = [...DEVICES.map(([name]) => name), ...LINKS.map(([name]) => name), 'mqueue', 'net', '.']
  for (const name of names) sys.utimensat(`/dev/${name}`, BOOTED, BOOTED, false)
}
