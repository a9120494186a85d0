/** Mounts, the host itself, and System V IPC. */
import { type Timespec, encode, type Sysinfo, type Utsname } from '../../../../abi/index.ts'
import { flagsText, IPC_FLAGS, mountFlags, UMOUNT } from '../flags.ts'
import { octal, pathText, programAddress, stackAddress, stringText } from '../values.ts'
import { all, type Decode, type Decoders, fdCall, length, pathCall, plain } from '../decode.ts'

/** mount(2) looks at the type only when it makes a file system, and at the data then or when it remounts. */
const MS_REMOUNT = 32
const MS_BIND = 4096
const MS_MOVE = 8192
const mount: Decode = (
  { pid, style },
  source: string,
  target: string,
  type: string,
  flags: number,
  data?: string,
) => {
  const isNew = !(flags & (MS_REMOUNT | MS_BIND | MS_MOVE))
  const text = (value: string | undefined, isRead: boolean, offset: number): string => {
    if (!value) return 'NULL'
    return isRead ? stringText(value, style) : programAddress(pid, offset)
  }
  const parts = [
    source ? pathText(source, style) : 'NULL',
    pathText(target, style),
    text(type, isNew, 0x2b0f0),
    mountFlags(flags),
    text(data, !(flags & (MS_BIND | MS_MOVE)), 0x2b110),
  ]
  return all('mount', parts.join(', '), { paths: [source, target] })
}

const uname: Decode = ({ pid, style }) => ({
  name: 'uname',
  before: '',
  after(result, ok) {
    if (!ok) return stackAddress(pid, 0x60)
    const it = result as Utsname
    const rest = style.verbose
      ? `release="${it.release}", version="${it.version}", machine="${it.machine}", domainname="${it.domainname}"`
      : '...'
    return `{sysname="${it.sysname}", nodename="${it.nodename}", ${rest}}`
  },
  value: () => '0',
})

const sysinfo: Decode = ({ pid }) => ({
  name: 'sysinfo',
  before: '',
  after(result, ok) {
    if (!ok) return stackAddress(pid, 0x60)
    const { uptime, loads, totalram, freeram, procs } = result as Sysinfo
    const load = loads.map(it => Math.round(it * 65536)).join(', ')
    return (
      `{uptime=${Math.floor(uptime)}, loads=[${load}], totalram=${totalram}, freeram=${freeram}, sharedram=0, ` +
      `bufferram=0, totalswap=0, freeswap=0, procs=${procs}, totalhigh=0, freehigh=0, mem_unit=1}`
    )
  },
  value: () => '0',
})

const NEW_UTS_LEN = 64
const uname2 =
  (name: string): Decode =>
  ({ pid, style }, text: string) => {
    const { length: size } = encode(text)
    return all(name, `${size > NEW_UTS_LEN ? stackAddress(pid) : stringText(text, style)}, ${size}`)
  }

const key = (it: number): string => (it ? `0x${it.toString(16)}` : 'IPC_PRIVATE')

const ipcFlags = (flags: number): string => {
  const names = flagsText(flags & ~0o777, IPC_FLAGS, '')
  return names ? `${names}|${octal(flags & 0o777)}` : octal(flags & 0o777)
}

export const host: Decoders = {
  clock_settime: (_scene, _clock: number, { sec, nsec }: Timespec) =>
    all('clock_settime', `CLOCK_REALTIME, {tv_sec=${sec}, tv_nsec=${nsec}}`),
  umask: (_scene, mask: number) => all('umask', octal(mask), { value: old => octal(Number(old)) }),
  uname,
  sysinfo,
  sethostname: uname2('sethostname'),
  setdomainname: uname2('setdomainname'),
  finit_module: fdCall('finit_module', () => ['""', '0']),
  delete_module: (_scene, name: string) => all('delete_module', `${JSON.stringify(name)}, O_NONBLOCK`),
  getrandom: (scene, bytes: number) => ({
    name: 'getrandom',
    before: '',
    after: (result, ok) =>
      `${ok ? stringText(result as Uint8Array, { ...scene.style, hex: 2 }) : stackAddress(scene.pid)}, ${bytes}, 0`,
    value: length,
  }),
  chroot: pathCall('chroot'),
  pivot_root: ({ style }, root: string, old: string) =>
    all('pivot_root', `${pathText(root, style)}, ${pathText(old, style)}`, { paths: [root, old] }),
  mount,
  umount2: pathCall('umount2', (_scene, flags: number) => [flagsText(flags, UMOUNT)]),
  msgget: (_scene, it: number, flags: number) => all('msgget', `${key(it)}, ${ipcFlags(flags)}`),
  semget: (_scene, it: number, count: number, flags: number) =>
    all('semget', `${key(it)}, ${count}, ${ipcFlags(flags)}`),
  shmget: (_scene, it: number, size: number, flags: number) =>
    all('shmget', `${key(it)}, ${size}, ${ipcFlags(flags)}`),
  msgctl: (_scene, id: number) => all('msgctl', `${id}, IPC_RMID, NULL`),
  semctl: (_scene, id: number) => all('semctl', `${id}, 0, IPC_RMID, NULL`),
  shmctl: (_scene, id: number) => all('shmctl', `${id}, IPC_RMID, NULL`),
  sync: plain('sync'),
}
