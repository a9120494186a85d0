/** inotify(7): its events and how read(2) gives them. Linux: include/uapi/linux/inotify.h. */
import { decode, encode } from './text.ts'

export const IN_ACCESS = 0x1
export const IN_MODIFY = 0x2
export const IN_ATTRIB = 0x4
export const IN_CLOSE_WRITE = 0x8
export const IN_CLOSE_NOWRITE = 0x10
export const IN_OPEN = 0x20
export const IN_MOVED_FROM = 0x40
export const IN_MOVED_TO = 0x80
export const IN_CREATE = 0x100
export const IN_DELETE = 0x200
export const IN_DELETE_SELF = 0x400
export const IN_MOVE_SELF = 0x800
export const IN_ALL_EVENTS = 0xfff

export const IN_UNMOUNT = 0x2000
export const IN_Q_OVERFLOW = 0x4000
export const IN_IGNORED = 0x8000

export const IN_ONLYDIR = 0x1000000
export const IN_DONT_FOLLOW = 0x2000000
export const IN_EXCL_UNLINK = 0x4000000
export const IN_MASK_CREATE = 0x10000000
export const IN_MASK_ADD = 0x20000000
export const IN_ISDIR = 0x40000000
export const IN_ONESHOT = 0x80000000

export const IN_CLOEXEC = 0o2000000
export const IN_NONBLOCK = 0o4000

/** struct inotify_event. */
export interface InotifyEvent {
  readonly wd: number
  readonly mask: number
  /** The same in the two halves of a move. */
  readonly cookie: number
  /** The name in the watched directory; empty for what happened to the watched file itself. */
  readonly name: string
}

const HEADER = 16

/** How many bytes read(2) needs for an event: names are padded to whole headers. */
export const inotifyEventSize = ({ name }: InotifyEvent): number =>
  HEADER + (name ? Math.ceil((encode(name).length + 1) / HEADER) * HEADER : 0)

/** The bytes of events, one after the other. */
export function encodeInotifyEvents(events: readonly InotifyEvent[]): Uint8Array {
  const bytes = new Uint8Array(events.reduce((total, it) => total + inotifyEventSize(it), 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const it of events) {
    const size = inotifyEventSize(it)
    view.setInt32(at, it.wd, true)
    view.setUint32(at + 4, it.mask, true)
    view.setUint32(at + 8, it.cookie, true)
    view.setUint32(at + 12, size - HEADER, true)
    bytes.set(encode(it.name), at + HEADER)
    at += size
  }
  return bytes
}

/** The events in what read(2) gave. */
export function decodeInotifyEvents(bytes: Uint8Array): InotifyEvent[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const events: InotifyEvent[] = []
  for (let at = 0; at < bytes.length; ) {
    const next = at + HEADER + view.getUint32(at + 12, true)
    const name = decode(bytes.subarray(at + HEADER, next)).replace(/\0+$/, '')
    const mask = view.getUint32(at + 4, true)
    events.push({ wd: view.getInt32(at, true), mask, cookie: view.getUint32(at + 8, true), name })
    at = next
  }
  return events
}
