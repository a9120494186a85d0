/** A VFS without a kernel: root on a tmpfs over rootfs, one caller, capabilities as plain sets. */
import { CAP_FULL_SET, type Errno, O_RDONLY, refusal, type Blocking } from '../../src/abi/index.ts'
import { Store } from '../../src/state/index.ts'
import { devtmpfs, rootfs, tmpfs } from '../../src/fs/tmpfs.ts'
import { loadOverlay, overlay } from '../../src/fs/overlay/index.ts'
import { ext4 } from '../../src/fs/disk.ts'
import {
  bootMount,
  type Caller,
  type Cred,
  fput,
  getdents,
  initMntNs,
  newFs,
  open,
  read,
  Vfs,
  VFS_TABLES,
  type VfsHost,
  type VfsSchema,
  write,
  mntNsRoot,
  copyFs,
  copyMntNs,
} from '../../src/vfs/index.ts'
import { decode, encode } from '../../src/abi/index.ts'

await loadOverlay()

export interface World {
  v: Vfs
  store: Store<VfsSchema>
  as: Caller
  log: string[]
  now: { sec: number; nsec: number }
}

/** Run what may block; it must not. */
export function run<T>(it: Blocking<T>): T {
  const step = it.next()
  if (!step.done) throw new Error('it blocks')
  return step.value
}

export function world(fstype: 'tmpfs' | 'ext4' = 'tmpfs', freeze = true): World {
  const store = new Store<VfsSchema>(VFS_TABLES, freeze)
  const log: string[] = []
  const now = { sec: 1767268802, nsec: 0 }
  let inum = 4026531840
  const host: VfsHost = {
    now: () => ({ sec: now.sec, nsec: (now.nsec += 1000) }),
    capable: (cred, cap, userNs) => cred.userNs <= userNs && (cred.capEffective & (1n << BigInt(cap))) !== 0n,
    capableWrtInode: (cred, cap) => (cred.capEffective & (1n << BigInt(cap))) !== 0n,
    nextInum: () => ++inum,
    mountMax: 100000,
    log: line => log.push(line),
  }
  const v = new Vfs(store.tables, host)
  for (const type of [tmpfs, devtmpfs, ext4, overlay]) v.registerFilesystem(type)
  const cred = v.creds.insert(credOf(0, CAP_FULL_SET))
  const kernel = { task: 0, cred, fsizeLimit: Number.POSITIVE_INFINITY }
  const mntNs = initMntNs(v, kernel, rootfs)
  const fs0 = newFs(v, mntNsRoot(v, mntNs), 0o022)
  bootMount(
    v,
    { ...kernel, fs: fs0, mntNs },
    { type: fstype, source: fstype, target: '/', options: fstype === 'tmpfs' ? 'mode=755' : '' },
  )
  const fs = newFs(v, mntNsRoot(v, mntNs), 0o022)
  return { v, store, log, now, as: caller(v, cred, fs.id, mntNs) }
}

export const credOf = (uid: number, caps: bigint, userNs = 1): Omit<Cred, 'id' | 'epoch'> => ({
  uid,
  gid: uid,
  suid: uid,
  sgid: uid,
  euid: uid,
  egid: uid,
  fsuid: uid,
  fsgid: uid,
  groups: [],
  capPermitted: caps,
  capEffective: caps,
  capInheritable: 0n,
  capBset: CAP_FULL_SET,
  capAmbient: 0n,
  securebits: 0,
  userNs,
})

export const caller = (v: Vfs, cred: Cred, fs: number, mntNs: number): Caller => ({
  task: 1,
  cred,
  mntNs,
  fsizeLimit: Number.POSITIVE_INFINITY,
  get fs() {
    return v.fsStructs.get(fs)
  },
})

/** The same place, another user without capabilities. */
export const userOf = ({ v, as }: World, uid = 1000): Caller =>
  caller(v, v.creds.insert(credOf(uid, 0n)), copyFs(v, as.fs.id).id, as.mntNs)

/** unshare --mount, without touching propagation. */
export function unshared({ v, as }: World, userNs = 1): Caller {
  const fs = copyFs(v, as.fs.id).id
  const mntNs = copyMntNs(v, as.mntNs, userNs, 0, fs)
  return caller(v, userNs === 1 ? as.cred : v.creds.insert(credOf(0, CAP_FULL_SET, userNs)), fs, mntNs)
}

export function put({ v, as }: { v: Vfs; as: Caller }, path: string, text: string, flags = 0o1101): void {
  const file = run(open(v, as, path, flags, 0o666))
  run(write(v, as, file, encode(text)))
  fput(v, file)
}

export function get({ v, as }: { v: Vfs; as: Caller }, path: string): string {
  const file = run(open(v, as, path, O_RDONLY, 0))
  const text = decode(run(read(v, as, file, 1 << 20)))
  fput(v, file)
  return text
}

/** The names in a directory, in the order of getdents. */
export function ls({ v, as }: { v: Vfs; as: Caller }, path: string): string[] {
  const file = run(open(v, as, path, O_RDONLY, 0))
  const names = getdents(v, as, file)
    .map(it => it.name)
    .filter(name => name !== '.' && name !== '..')
  fput(v, file)
  return names
}

/** The errno that an act throws, or undefined. */
export const errnoOf = (act: () => unknown): Errno | undefined => refusal(act)
