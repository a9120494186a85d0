/**
 * select.poll(), select.epoll() and select.select(), eventfds of os, and struct: what a script waits for events with.
 * Linux: CPython Modules/selectmodule.c, posixmodule.c, _struct.c.
 *
 * Left out: kinds of struct that are no whole numbers or texts.
 */
import {
  type Blocking,
  EFD_CLOEXEC,
  EFD_NONBLOCK,
  EFD_SEMAPHORE,
  EPOLL_CLOEXEC,
  EPOLL_CTL_ADD,
  EPOLL_CTL_DEL,
  EPOLL_CTL_MOD,
  EPOLLET,
  EPOLLONESHOT,
  POLLERR,
  POLLHUP,
  POLLIN,
  POLLNVAL,
  POLLOUT,
  POLLPRI,
} from '../../../abi/index.ts'
import type { Running } from './processes.ts'
import { Bytes, File, Func, Instance, List, osError, PyError, str, type Value } from './values.ts'

type Members = Record<string, Value>
type Args = Value[]

const call = (run: (...args: Args) => Blocking<Value>): Func['call'] =>
  function* (args) {
    try {
      return yield* run(...args)
    } catch (e) {
      throw osError(e, '')
    }
  }
const plain = (run: (...args: Args) => Value): Func['call'] =>
  call(function* (...args) {
    return run(...args)
  })
const number = (value: number): bigint => BigInt(value)
const tuple = (...items: Value[]): List => new List(items, 'tuple')
const fdOf = (it: Value | undefined): number => (it instanceof File ? it.fd : Number(it))
const pair = (fd: number, events: number): List => tuple(number(fd), number(events >>> 0))

/** Milliseconds; for ever without one. A script may give seconds (`scale` 1000). */
const timeoutOf = (it: Value | undefined, scale: number): number =>
  it === undefined || it === null || Number(it) < 0 ? -1 : Math.ceil(Number(it) * scale)

const POLL = { POLLIN, POLLPRI, POLLOUT, POLLERR, POLLHUP, POLLNVAL }
const EPOLL = {
  EPOLLIN: POLLIN,
  EPOLLPRI: POLLPRI,
  EPOLLOUT: POLLOUT,
  EPOLLERR: POLLERR,
  EPOLLHUP: POLLHUP,
  EPOLLONESHOT,
  EPOLLET: EPOLLET >>> 0,
  EPOLL_CLOEXEC,
}
const constants = (of: Readonly<Record<string, number>>): Members =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, number(value)]))

function pollObject(at: Running): Instance {
  const it = new Instance('select.poll', {})
  const fds = new Map<number, number>()
  const register = plain((fd, events = BigInt(POLLIN | POLLPRI | POLLOUT)) => {
    fds.set(fdOf(fd), Number(events))
    return null
  })
  it.define('register', register)
  it.define('modify', register)
  it.define(
    'unregister',
    plain(fd => {
      if (fds.delete(fdOf(fd))) return null
      throw new PyError('KeyError', String(fdOf(fd)))
    }),
  )
  it.define(
    'poll',
    call(function* (timeout) {
      const list = [...fds].map(([fd, events]) => ({ fd, events }))
      const found = yield* at.sys.poll(list, timeoutOf(timeout, 1))
      return new List(list.flatMap(({ fd }, i) => (found[i] ? [pair(fd, found[i])] : [])))
    }),
  )
  return it
}

function epollObject(at: Running): Instance {
  const epfd = at.sys.epoll_create1(EPOLL_CLOEXEC)
  const it = new Instance('select.epoll', {})
  const control = (op: number): Func['call'] =>
    plain((fd, events = BigInt(POLLIN | POLLPRI | POLLOUT)) => {
      at.sys.epoll_ctl(epfd, op, fdOf(fd), { events: Number(events) | 0, data: fdOf(fd) })
      return null
    })
  it.define('register', control(EPOLL_CTL_ADD))
  it.define('modify', control(EPOLL_CTL_MOD))
  it.define('unregister', control(EPOLL_CTL_DEL))
  it.define(
    'poll',
    call(function* (timeout, most = -1n) {
      const count = Number(most) > 0 ? Number(most) : 1023
      const events = yield* at.sys.epoll_wait(epfd, count, timeoutOf(timeout, 1000))
      return new List(events.map(({ data, events }) => pair(data, events)))
    }),
  )
  it.define(
    'fileno',
    plain(() => number(epfd)),
  )
  it.define(
    'close',
    plain(() => (at.sys.close(epfd), null)),
  )
  return it
}

const itemsOf = (it: Value | undefined): readonly Value[] => (it instanceof List ? it.items : [])

/** select.select(): which of three lists are ready. */
const select = (at: Running): Func['call'] =>
  call(function* (...args) {
    const kinds = [POLLIN, POLLOUT, POLLPRI]
    const lists = kinds.map((events, i) => itemsOf(args[i]).map(it => ({ it, fd: fdOf(it), events })))
    const found = yield* at.sys.poll(lists.flat(), timeoutOf(args[3], 1000))
    let next = 0
    const ready = lists.map(list => {
      const always = list === lists[2] ? 0 : POLLERR | POLLHUP
      return new List(list.filter(({ events }) => found[next++]! & (events | always)).map(({ it }) => it))
    })
    return tuple(...ready)
  })

export const selectMembers = (at: Running): Members => ({
  ...constants(POLL),
  ...constants(EPOLL),
  poll: new Func(
    'poll',
    plain(() => pollObject(at)),
  ),
  epoll: new Func(
    'epoll',
    plain(() => epollObject(at)),
  ),
  select: new Func('select', select(at)),
})

const bytesOf = (value: bigint, size: number): string =>
  Array.from({ length: size }, (_, i) => String.fromCharCode(Number((value >> BigInt(8 * i)) & 0xffn))).join(
    '',
  )

/** A whole number of bytes, the lowest first. */
export function fromLittleEndian(text: string, isSigned: boolean): bigint {
  let value = 0n
  for (let i = text.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(text.charCodeAt(i))
  return isSigned ? BigInt.asIntN(8 * text.length, value) : value
}

export const eventfdMembers = (at: Running): Members => ({
  EFD_CLOEXEC: number(EFD_CLOEXEC),
  EFD_NONBLOCK: number(EFD_NONBLOCK),
  EFD_SEMAPHORE: number(EFD_SEMAPHORE),
  eventfd: new Func(
    'eventfd',
    plain((count, flags = BigInt(EFD_CLOEXEC)) => number(at.sys.eventfd2(Number(count), Number(flags)))),
  ),
  eventfd_read: new Func(
    'eventfd_read',
    call(function* (fd) {
      const bytes = yield* at.sys.read(fdOf(fd), 8)
      return fromLittleEndian(String.fromCharCode(...bytes), false)
    }),
  ),
  eventfd_write: new Func(
    'eventfd_write',
    call(function* (fd, by) {
      yield* at.sys.write(
        fdOf(fd),
        Uint8Array.from(bytesOf(BigInt(Number(by)), 8), it => it.charCodeAt(0)),
      )
      return null
    }),
  ),
})

/** How many bytes a kind of number has in struct; small letters are signed. */
const SIZES: Readonly<Record<string, number>> = { b: 1, h: 2, i: 4, l: 8, q: 8 }

interface Field {
  readonly kind: string
  readonly size: number
}

/** `iIQ16s` as fields, each where the machine would have it unless the text begins with `<` or `=`. */
function fieldsOf(text: string): { readonly fields: readonly (Field & { at: number })[]; size: number } {
  const isPacked = /^[<=]/.test(text)
  const fields: (Field & { at: number })[] = []
  let size = 0
  for (const [, count = '', kind = ''] of text.replace(/^[@<=]/, '').matchAll(/(\d*)([bBhHiIlLqQs])/g)) {
    const width = kind === 's' ? 1 : (SIZES[kind.toLowerCase()] ?? 1)
    const bytes = isPacked && width === 8 && /l/i.test(kind) ? 4 : width
    if (!isPacked) size = Math.ceil(size / bytes) * bytes
    const repeat = kind === 's' ? 1 : Number(count || 1)
    for (let i = 0; i < repeat; i++) {
      const length = kind === 's' ? Number(count || 1) : bytes
      fields.push({ kind, size: length, at: size })
      size += length
    }
  }
  return { fields, size }
}

const fieldValue = (text: string, { kind, size, at }: Field & { at: number }): Value => {
  const part = text.slice(at, at + size)
  return kind === 's' ? new Bytes(part) : fromLittleEndian(part, kind === kind.toLowerCase())
}

function unpackFrom(format: Value | undefined, data: Value | undefined, offset: number): List {
  const { fields } = fieldsOf(str(format ?? ''))
  const text = data instanceof Bytes ? data.text.slice(offset) : ''
  return tuple(...fields.map(it => fieldValue(text, it)))
}

export const structMembers: Members = {
  calcsize: new Func(
    'calcsize',
    plain(format => number(fieldsOf(str(format ?? '')).size)),
  ),
  unpack: new Func(
    'unpack',
    plain((format, data) => {
      const { size } = fieldsOf(str(format ?? ''))
      if (data instanceof Bytes && data.text.length === size) return unpackFrom(format, data, 0)
      throw new PyError('struct.error', `unpack requires a buffer of ${size} bytes`)
    }),
  ),
  unpack_from: new Func(
    'unpack_from',
    plain((format, data, offset = 0n) => unpackFrom(format, data, Number(offset))),
  ),
  pack: new Func(
    'pack',
    plain((format, ...values) => {
      const { fields, size } = fieldsOf(str(format ?? ''))
      const text = fields.reduce((done, { kind, size: length, at }, i) => {
        const value = values[i] ?? 0n
        const part =
          kind === 's' && value instanceof Bytes ? value.text : bytesOf(BigInt(Number(value)), length)
        return done.padEnd(at, '\0') + part.slice(0, length).padEnd(length, '\0')
      }, '')
      return new Bytes(text.padEnd(size, '\0'))
    }),
  ),
}
