/** What is done with descriptors. */
import { type Dirent, encode, O_CREAT, O_TMPFILE, type PollFd, type Stat } from '../../../../abi/index.ts'
import { FALLOCATE, FCNTL, FLOCK, flagsText, nameText, openFlags, pipeFlags, POLL, SEEK } from '../flags.ts'
import { octal, pathText, programAddress, stackAddress, statText, stringText } from '../values.ts'
import { all, buffer, type Decode, type Decoders, fdCall, length, opens } from '../decode.ts'

/** read, pread64, readlink and others that fill a buffer. */
const reading =
  (name: string, isAt: boolean): Decode =>
  (scene, fd: number, count: number, offset?: number) => ({
    name,
    before: `${scene.fd(fd)}, `,
    after: (result, ok) => `${buffer(scene, result, ok)}, ${count}${isAt ? `, ${offset}` : ''}`,
    value: length,
    fds: [fd],
  })

const writing =
  (name: string, isAt: boolean): Decode =>
  (scene, fd: number, data: string | Uint8Array, offset?: number) => {
    const size = typeof data === 'string' ? encode(data).length : data.length
    const text = `${scene.fd(fd)}, ${stringText(data, scene.style)}, ${size}${isAt ? `, ${offset}` : ''}`
    return all(name, text, { fds: [fd] })
  }

const open: Decode = (scene, path: string, flags: number, mode = 0) => {
  const creates = flags & O_CREAT || (flags & O_TMPFILE) === O_TMPFILE
  const text = `${scene.cwd}, ${pathText(path, scene.style)}, ${openFlags(flags)}${creates ? `, ${octal(mode)}` : ''}`
  return all('openat', text, { value: opens(scene), paths: [path] })
}

const fstat: Decode = (scene, fd: number) => ({
  name: 'newfstatat',
  before: `${scene.fd(fd)}, "", `,
  after: (result, ok) =>
    `${ok ? statText(result as Stat, scene.style) : stackAddress(scene.pid, 0x10)}, AT_EMPTY_PATH`,
  value: () => '0',
  fds: [fd],
})

/** Bytes of a struct linux_dirent64 with this name. */
const direntSize = (name: string): number => Math.ceil((20 + encode(name).length) / 8) * 8

const getdents: Decode = (scene, fd: number) => {
  const entries = (result: unknown): readonly Dirent[] => (result as readonly Dirent[] | undefined) ?? []
  return {
    name: 'getdents64',
    before: `${scene.fd(fd)}, `,
    after: result => `${programAddress(scene.pid, 0x22430)} /* ${entries(result).length} entries */, 32768`,
    value: result => String(entries(result).reduce((sum, it) => sum + direntSize(it.name), 0)),
    fds: [fd],
  }
}

const fcntl: Decode = (scene, fd: number, command: number, arg = 0) => {
  const name = nameText(command, FCNTL)
  const args: Record<string, string> = {
    F_GETFD: '',
    F_GETFL: '',
    F_GETPIPE_SZ: '',
    F_SETFD: arg === 1 ? ', FD_CLOEXEC' : `, ${arg}`,
    F_SETFL: `, ${openFlags(arg)}`,
  }
  const value = (result: unknown): string => {
    const number = Number(result ?? 0)
    if (name === 'F_GETFD' && number) return '0x1 (flags FD_CLOEXEC)'
    if (name === 'F_GETFL') return `0x${number.toString(16)} (flags ${openFlags(number)})`
    return name.startsWith('F_DUPFD') ? scene.fd(number) : String(number)
  }
  return all('fcntl', `${scene.fd(fd)}, ${name}${args[name] ?? `, ${arg}`}`, { value, fds: [fd] })
}

const poll: Decode = (scene, fds: readonly PollFd[], timeout: number) => {
  const events = (it: number) => flagsText(it, POLL)
  const list = fds.map(it => `{fd=${scene.fd(it.fd)}, events=${events(it.events)}}`).join(', ')
  return all('poll', `[${list}], ${fds.length}, ${timeout}`, {
    value(result) {
      const found = (result as readonly number[] | undefined) ?? []
      const ready = fds.flatMap((it, i) =>
        found[i] ? [`{fd=${scene.fd(it.fd)}, revents=${events(found[i])}}`] : [],
      )
      return ready.length ? `${ready.length} ([${ready.join(', ')}])` : '0 (Timeout)'
    },
  })
}

const pipe2: Decode = (scene, flags: number) => ({
  name: 'pipe2',
  before: '',
  after(result, ok) {
    const [read, write] = (result as readonly [number, number] | undefined) ?? [0, 0]
    return `${ok ? `[${scene.fd(read)}, ${scene.fd(write)}]` : stackAddress(scene.pid, 0x30)}, ${pipeFlags(flags)}`
  },
  value: () => '0',
})

export const descriptors: Decoders = {
  open,
  close: fdCall('close'),
  read: reading('read', false),
  pread: reading('pread64', true),
  write: writing('write', false),
  pwrite: writing('pwrite64', true),
  lseek: fdCall('lseek', (_scene, offset: number, whence: number) => [
    String(offset),
    nameText(whence, SEEK),
  ]),
  dup: (scene, fd: number) => all('dup', scene.fd(fd), { value: opens(scene), fds: [fd] }),
  dup2: (scene, from: number, to: number) =>
    all('dup2', `${scene.fd(from)}, ${scene.fd(to)}`, { value: opens(scene), fds: [from, to] }),
  dup3: (scene, from: number, to: number, flags: number) =>
    all('dup3', `${scene.fd(from)}, ${scene.fd(to)}, ${pipeFlags(flags)}`, {
      value: opens(scene),
      fds: [from, to],
    }),
  pipe2,
  fcntl,
  poll,
  flock: fdCall('flock', (_scene, operation: number) => [flagsText(operation, FLOCK)]),
  fsync: fdCall('fsync'),
  ftruncate: fdCall('ftruncate', (_scene, size: number) => [String(size)]),
  fallocate: fdCall('fallocate', (_scene, mode: number, offset: number, size: number) => [
    flagsText(mode, FALLOCATE),
    String(offset),
    String(size),
  ]),
  fstat,
  getdents,
  fchdir: fdCall('fchdir'),
  fchmod: fdCall('fchmod', (_scene, mode: number) => [octal(mode)]),
  fchown: fdCall('fchown', (_scene, uid: number, gid: number) => [String(uid), String(gid)]),
}
