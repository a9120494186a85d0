/**
 * Character devices: null, zero, full, random, kmsg, the terminals. Linux: drivers/char/mem.c, drivers/char/random.c,
 * kernel/printk/printk.c:devkmsg.
 */
import {
  type Blocking,
  CAP_SYSLOG,
  EAGAIN,
  EINVAL,
  ENOTTY,
  ENOSPC,
  EPERM,
  ESPIPE,
  O_ACCMODE,
  O_NONBLOCK,
  O_WRONLY,
  POLLIN,
  POLLOUT,
  SEEK_DATA,
  SEEK_END,
  SEEK_SET,
  decode,
  encode,
  makedev,
} from '../abi/index.ts'
import type { FileOps } from '../vfs/index.ts'
import type { KernelMessage } from './dmesg.ts'
import type { Kernel } from './kernel.ts'
import { sysctl } from './sysctl.ts'
import { waitEvent } from './wait-queue.ts'

const NOTHING = new Uint8Array(0)
/** syslog(2) */
const SYSLOG_ACTION_CLEAR = 5
/** read(2) of a device gives no more at once. */
const READ_MAX = 1 << 20

const simple = (read: FileOps['read'], write: FileOps['write']): FileOps => ({ seekable: true, read, write })
/** What is read is only looked at, so all zeros are the same ones. */
let allZeros = new Uint8Array(READ_MAX)
const ZEROS_MAX = 1 << 26
const zeros: FileOps['read'] = (_v, _file, count) => {
  if (count > allZeros.length) allZeros = new Uint8Array(Math.min(count, ZEROS_MAX))
  return allZeros.subarray(0, count)
}
const swallow: FileOps['write'] = (_v, _file, data) => data.length

/** Make the devices known to the VFS. */
export function registerDevices(k: Kernel): void {
  const random = simple((_v, _file, count) => k.random.bytes(Math.min(count, READ_MAX)), swallow)
  const full = simple(zeros, () => {
    throw ENOSPC
  })
  const devices: readonly (readonly [number, number, FileOps])[] = [
    [1, 3, simple(() => NOTHING, swallow)],
    [1, 5, simple(zeros, swallow)],
    [1, 7, full],
    [1, 8, random],
    [1, 9, random],
    [1, 11, kmsg(k)],
    [5, 0, k.ttyOps.current],
    [5, 1, simple(() => NOTHING, swallow)],
    [5, 2, k.ttyOps.master],
  ]
  for (const [major, minor, fops] of devices) k.vfs.devices.set(`c${makedev(major, minor)}`, fops)
}

/** `6,12,3400000,-;text`: priority, sequence number, microseconds. What does not print is escaped. Linux: append_char(). */
const showRecord = ({ level, seq, at, text }: KernelMessage): string =>
  `${level},${seq},${Math.floor(at / 1000)},-;${[...encode(text)].map(escaped).join('')}\n`

const escaped = (byte: number): string =>
  byte < 32 || byte >= 127 || byte === 92
    ? `\\x${byte.toString(16).padStart(2, '0')}`
    : String.fromCharCode(byte)

/** What dmesg(1) prints, and /proc/kmsg. */
export const showKmsg = (k: Kernel): string =>
  k.dmesg
    .since(k.dmesg.cleared)
    .flatMap(({ level, at, text }) =>
      text.split('\n').map(line => `<${level}>[${(at / 1e9).toFixed(6).padStart(12)}] ${line}\n`),
    )
    .join('')

/** /dev/kmsg: each read gives the next record; the position is its sequence number. */
function kmsg(k: Kernel): FileOps {
  return {
    seekable: false,
    // Linux: check_syslog_permissions(). kernel.dmesg_restrict is 1 on Debian.
    open(v, file, as) {
      const reads = (file.flags & O_ACCMODE) !== O_WRONLY
      if (reads && sysctl(k, 'kernel/dmesg_restrict') && !v.host.capable(as.cred, CAP_SYSLOG, k.initUserNs))
        throw EPERM
    },
    read(_v, file, _count, _pos, as) {
      const [next] = k.dmesg.since(file.pos)
      if (next) return give(k, file.id, next)
      if (file.flags & O_NONBLOCK) throw EAGAIN
      return waitForRecord(k, file.id, as.task)
    },
    // Linux: devkmsg_llseek(): to the first message, to the first after the last clearing, or behind the last.
    llseek(_v, _file, offset, whence) {
      if (offset) throw ESPIPE
      if (whence === SEEK_SET) return 0
      if (whence === SEEK_DATA) return k.dmesg.cleared
      if (whence === SEEK_END) return k.dmesg.next
      throw EINVAL
    },
    // klogctl(SYSLOG_ACTION_CLEAR) goes by this device: there is no syslog(2).
    ioctl(v, _file, request, _arg, as) {
      if (request !== SYSLOG_ACTION_CLEAR) throw ENOTTY
      if (!v.host.capable(as.cred, CAP_SYSLOG, k.initUserNs)) throw EPERM
      k.dmesg.clear()
      return 0
    },
    write(_v, _file, data) {
      if (data.length > 1024) throw EINVAL
      const found = /^(?:<(\d+)>)?(.*?)\n?$/s.exec(decode(data))!
      k.log(found[2]!, found[1] === undefined ? 4 : Number(found[1]) & 7)
      return data.length
    },
    poll: (_v, file) => POLLOUT | (k.dmesg.since(file.pos).length ? POLLIN : 0),
    pollQueues: () => ['kmsg'],
  }
}

function give(k: Kernel, file: number, record: KernelMessage): Uint8Array {
  k.openFiles.own(file).pos = record.seq + 1
  return encode(showRecord(record))
}

function* waitForRecord(k: Kernel, file: number, task: number): Blocking<Uint8Array> {
  const next = (): KernelMessage | undefined => k.dmesg.since(k.openFiles.get(file).pos)[0]
  yield* waitEvent(k, task, 'kmsg', 'syslog', () => next() !== undefined)
  return give(k, file, next()!)
}
