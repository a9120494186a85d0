/** What is done with paths. */
import {
  encode,
  S_IFBLK,
  S_IFCHR,
  S_IFMT,
  type Stat,
  type Statfs,
  type UTime,
} from '../../../../abi/index.ts'
import { ACCESS_MODE, flagsText, RENAME, XATTR } from '../flags.ts'
import {
  dateNote,
  deviceText,
  modeText,
  octal,
  pathText,
  stackAddress,
  statfsText,
  statText,
  stringText,
} from '../values.ts'
import {
  all,
  atCall,
  type Decode,
  type Decoders,
  length,
  pathCall,
  type Scene,
  type Shown,
} from '../decode.ts'

const statCall =
  (flags: string): Decode =>
  (scene, path: string) => ({
    name: 'newfstatat',
    before: `${scene.cwd}, ${pathText(path, scene.style)}, `,
    after: (result, ok) =>
      `${ok ? statText(result as Stat, scene.style) : stackAddress(scene.pid, 0x10)}, ${flags}`,
    value: () => '0',
    paths: [path],
  })

const readlink: Decode = (scene, path: string) => ({
  name: 'readlink',
  before: `${pathText(path, scene.style)}, `,
  after: (result, ok) =>
    `${ok ? stringText(result as string, scene.style) : stackAddress(scene.pid, 0x20)}, 4096`,
  value: result => String(encode(result as string).length),
  paths: [path],
})

const utimeText = (it: UTime): string => {
  if (it === 'now') return 'UTIME_NOW'
  if (it === 'omit') return 'UTIME_OMIT'
  return `{tv_sec=${it.sec}, tv_nsec=${it.nsec}}${dateNote(it)}`
}

const statfsCall =
  (name: string, what: (scene: Scene, it: any) => string): Decode =>
  (scene, it) => ({
    name,
    before: `${what(scene, it)}, `,
    after: (result, ok) => (ok ? statfsText(result as Statfs) : stackAddress(scene.pid, 0x50)),
    value: () => '0',
    ...(typeof it === 'string' ? { paths: [it] } : { fds: [it] }),
  })

const nodeDevice = (mode: number, dev: number): readonly string[] =>
  (mode & S_IFMT) === S_IFCHR || (mode & S_IFMT) === S_IFBLK ? [deviceText(dev)] : []

const xattrValue = (scene: Scene, result: unknown, ok: boolean): string =>
  ok ? stringText(result as Uint8Array, scene.style) : stackAddress(scene.pid, 0x100)

const linkat = (scene: Scene, from: string, to: string, flags: string): Shown =>
  all(
    'linkat',
    `${scene.cwd}, ${pathText(from, scene.style)}, ${scene.cwd}, ${pathText(to, scene.style)}, ${flags}`,
    { paths: [from, to] },
  )

export const files: Decoders = {
  stat: statCall('0'),
  lstat: statCall('AT_SYMLINK_NOFOLLOW'),
  access: (scene, path: string, mode: number, effective?: boolean) => {
    const text = flagsText(mode, ACCESS_MODE, 'F_OK')
    return effective
      ? all('faccessat2', `${scene.cwd}, ${pathText(path, scene.style)}, ${text}, AT_EACCESS`, {
          paths: [path],
        })
      : all('access', `${pathText(path, scene.style)}, ${text}`, { paths: [path] })
  },
  statfs: statfsCall('statfs', ({ style }, path: string) => pathText(path, style)),
  fstatfs: statfsCall('fstatfs', (scene, fd: number) => scene.fd(fd)),
  getcwd: scene => ({
    name: 'getcwd',
    before: '',
    after: (result, ok) => `${ok ? pathText(result as string, scene.style) : stackAddress(scene.pid)}, 4096`,
    value: result => String(encode(result as string).length + 1),
  }),
  chdir: pathCall('chdir'),
  mkdir: pathCall('mkdir', (_scene, mode: number) => [octal(mode)]),
  mknod: atCall('mknodat', (_scene, mode: number, dev: number) => [modeText(mode), ...nodeDevice(mode, dev)]),
  rmdir: pathCall('rmdir'),
  unlink: atCall('unlinkat', () => ['0']),
  link: (scene, from: string, to: string) => linkat(scene, from, to, '0'),
  linkFollow: (scene, from: string, to: string) => linkat(scene, from, to, 'AT_SYMLINK_FOLLOW'),
  symlink: (scene, target: string, path: string) =>
    all('symlinkat', `${pathText(target, scene.style)}, ${scene.cwd}, ${pathText(path, scene.style)}`, {
      paths: [path],
    }),
  readlink,
  rename: ({ style }, from: string, to: string) =>
    all('rename', `${pathText(from, style)}, ${pathText(to, style)}`, { paths: [from, to] }),
  renameat2: (scene, from: string, to: string, flags: number) =>
    all(
      'renameat2',
      `${scene.cwd}, ${pathText(from, scene.style)}, ${scene.cwd}, ${pathText(to, scene.style)}, ${flagsText(flags, RENAME)}`,
      { paths: [from, to] },
    ),
  chmod: atCall('fchmodat', (_scene, mode: number) => [octal(mode)]),
  chown: atCall('fchownat', (_scene, uid: number, gid: number) => [String(uid), String(gid), '0']),
  lchown: atCall('fchownat', (_scene, uid: number, gid: number) => [
    String(uid),
    String(gid),
    'AT_SYMLINK_NOFOLLOW',
  ]),
  truncate: pathCall('truncate', (_scene, size: number) => [String(size)]),
  utimensat: (scene, path: string, atime: UTime, mtime: UTime, follow = true) => {
    const times = atime === 'now' && mtime === 'now' ? 'NULL' : `[${utimeText(atime)}, ${utimeText(mtime)}]`
    const flags = follow ? '0' : 'AT_SYMLINK_NOFOLLOW'
    return all('utimensat', `${scene.cwd}, ${pathText(path, scene.style)}, ${times}, ${flags}`, {
      paths: [path],
    })
  },
  getxattr: (scene, path: string, name: string, follow = true) => ({
    name: follow ? 'getxattr' : 'lgetxattr',
    before: `${pathText(path, scene.style)}, ${stringText(name, scene.style)}, `,
    after: (result, ok) => `${xattrValue(scene, result, ok)}, 256`,
    value: length,
    paths: [path],
  }),
  setxattr: (scene, path: string, name: string, value: Uint8Array, flags: number, follow = true) =>
    all(
      follow ? 'setxattr' : 'lsetxattr',
      `${pathText(path, scene.style)}, ${stringText(name, scene.style)}, ${stringText(value, scene.style)}, ` +
        `${value.length}, ${flagsText(flags, XATTR)}`,
      { paths: [path] },
    ),
  listxattr: (scene, path: string, follow = true) => {
    const joined = (names: unknown) => ((names as readonly string[]) ?? []).map(it => `${it}\0`).join('')
    return {
      name: follow ? 'listxattr' : 'llistxattr',
      before: `${pathText(path, scene.style)}, `,
      after: (result, ok) => `${ok ? stringText(joined(result), scene.style) : 'NULL'}, 256`,
      value: result => String(joined(result).length),
      paths: [path],
    }
  },
  removexattr: (scene, path: string, name: string, follow = true) =>
    all(
      follow ? 'removexattr' : 'lremovexattr',
      `${pathText(path, scene.style)}, ${stringText(name, scene.style)}`,
      {
        paths: [path],
      },
    ),
}
