/**
 * Every count of references, beside the references there are. A record that nobody points at is a leak. What the boot
 * holds for good (the first namespaces, the kernel's own credential) is what a fresh world has too many.
 */
import type { Kernel } from '../../../../src/kernel/index.ts'
import { nsOf } from '../../../../src/vfs/index.ts'

/** How often each id was pointed at. */
class Tally {
  readonly #by = new Map<number, number>()

  add(id: number): void {
    if (id) this.#by.set(id, (this.#by.get(id) ?? 0) + 1)
  }

  of(id: number): number {
    return this.#by.get(id) ?? 0
  }
}

/** What a record says of itself, and what was found. */
export interface Count {
  readonly what: string
  readonly id: number
  readonly says: number
  readonly found: number
}

/** By what and id: how many more references the kernel counts than can be found. */
export type Excess = ReadonlyMap<string, number>

export function excessOf(k: Kernel): Excess {
  const excess = new Map<string, number>()
  for (const { what, id, says, found } of counts(k))
    if (says !== found) excess.set(`${what} ${id}`, says - found)
  return excess
}

export function checkReferences(k: Kernel, atStart: Excess): void {
  for (const { what, id, says, found } of counts(k)) {
    const extra = says === found ? 0 : (atStart.get(`${what} ${id}`) ?? 0)
    if (says !== found + extra)
      throw new Error(`${what} ${id} counts ${says} references, and has ${found + extra}`)
    if (says <= 0) throw new Error(`${what} ${id} is there, and nobody refers to it`)
  }
}

function* counts(k: Kernel): Generator<Count> {
  yield* ofTasks(k)
  yield* ofOpenFiles(k)
  yield* ofNamespaces(k)
  yield* ofSuperBlocks(k)
  yield* ofDentries(k)
  yield* ofInodes(k)
}

function* ofTasks(k: Kernel): Generator<Count> {
  const [creds, files, fs, sighands, proxies] = Array.from({ length: 5 }, () => new Tally()) as [
    Tally,
    Tally,
    Tally,
    Tally,
    Tally,
  ]
  for (const task of k.tasks.values()) {
    creds.add(task.cred)
    files.add(task.files)
    fs.add(task.fs)
    sighands.add(task.sighand)
    proxies.add(task.nsproxy)
  }
  for (const { id } of k.creds.values())
    yield { what: 'cred', id, says: k.credUsers.get(id) ?? 1, found: creds.of(id) }
  for (const { id, users } of k.files.values()) yield { what: 'files', id, says: users, found: files.of(id) }
  for (const { id, users } of k.fsStructs.values()) yield { what: 'fs', id, says: users, found: fs.of(id) }
  for (const { id, users } of k.sighands.values())
    yield { what: 'sighand', id, says: users, found: sighands.of(id) }
  for (const { id, users } of k.nsproxies.values())
    yield { what: 'nsproxy', id, says: users, found: proxies.of(id) }
}

function* ofOpenFiles(k: Kernel): Generator<Count> {
  const open = new Tally()
  for (const { fds } of k.files.values()) for (const file of fds) open.add(file)
  for (const file of k.opening.values()) open.add(file)
  for (const { backing } of k.disks.values()) open.add(backing)
  for (const { id, refs } of k.openFiles.values())
    yield { what: 'open file', id, says: refs, found: open.of(id) }
}

const OWNED = [
  ['mnt', 'mntNamespaces'],
  ['uts', 'utsNamespaces'],
  ['ipc', 'ipcNamespaces'],
  ['net', 'netNamespaces'],
  ['cgroup', 'cgroupNamespaces'],
  ['time', 'timeNamespaces'],
  ['pid', 'pidNamespaces'],
] as const

function* ofNamespaces(k: Kernel): Generator<Count> {
  const by = nsFilesInUse(k)
  for (const proxy of k.nsproxies.values()) {
    for (const kind of ['mnt', 'uts', 'ipc', 'net', 'cgroup', 'time'] as const) by[kind].add(proxy[kind])
    by.time.add(proxy.timeForChildren)
    by.pid.add(proxy.pidForChildren)
  }
  for (const { spaces } of k.pids.values()) by.pid.add(spaces[spaces.length - 1]!)
  for (const { parent } of k.pidNamespaces.values()) by.pid.add(parent)
  for (const { parent } of k.userNamespaces.values()) by.user.add(parent)
  for (const { userNs } of k.creds.values()) by.user.add(userNs)
  for (const { userNs } of k.superBlocks.values()) by.user.add(userNs)
  for (const [kind, table] of OWNED)
    for (const { id, refs, userNs } of k[table].values()) {
      by.user.add(userNs)
      yield { what: `${kind} namespace`, id, says: refs, found: by[kind].of(id) }
    }
  for (const { id, refs } of k.userNamespaces.values())
    yield { what: 'user namespace', id, says: refs, found: by.user.of(id) }
}

/** A namespace file that is open or mounted, however often, keeps its namespace once. */
function nsFilesInUse(k: Kernel): Record<(typeof OWNED)[number][0] | 'user', Tally> {
  const t = (): Tally => new Tally()
  const by = { mnt: t(), uts: t(), ipc: t(), net: t(), cgroup: t(), time: t(), pid: t(), user: t() }
  const used = new Set<number>()
  const nsfs = k.vfs.internalMounts.get('nsfs')
  if (!nsfs) return by
  const { sb } = k.mounts.get(nsfs)
  for (const file of k.openFiles.values()) {
    const it = k.vfs.dentry(file.dentry)
    if (it.sb === sb) used.add(it.id)
  }
  for (const mount of k.mounts.values())
    if (mount.sb === sb && mount.id !== nsfs) used.add(k.vfs.dentry(mount.root).id)
  for (const dentry of used) {
    const it = nsOf(k.vfs.inode(k.vfs.dentry(dentry).inode))
    if (it) by[it.kind as keyof typeof by].add(it.ns)
  }
  return by
}

/** What an overlay keeps. */
interface Layers {
  readonly pinned: readonly number[]
  readonly upper: number
  readonly work: number
  readonly workBase: number
  readonly lowers: readonly number[]
}

function* ofSuperBlocks(k: Kernel): Generator<Count> {
  const active = new Tally()
  for (const { sb } of k.mounts.values()) active.add(sb)
  for (const sb of k.superBlocks.values())
    if (sb.type === 'overlay') for (const pinned of (sb.data as Layers).pinned) active.add(pinned)
  for (const sb of k.superBlocks.values())
    yield { what: `super block (${sb.type})`, id: sb.id, says: sb.active, found: active.of(sb.id) }
}

function* ofDentries(k: Kernel): Generator<Count> {
  const v = k.vfs
  const users = new Tally()
  const nameless = new Set<number>()
  const use = (dentry: number): void => {
    if (dentry >= 0) return users.add(dentry)
    const { id, parent, unhashed } = v.dentry(dentry)
    users.add(id)
    // One that lives beside the table and has lost its name keeps the directory it was in, once.
    if (id > 0 || !unhashed || parent === id || nameless.has(id)) return
    nameless.add(id)
    use(parent)
  }
  for (const sb of k.superBlocks.values()) {
    use(sb.root)
    if (sb.type !== 'overlay') continue
    const { upper, work, workBase, lowers } = sb.data as Layers
    for (const it of [upper, work, workBase, ...lowers]) if (it) use(it)
  }
  for (const it of k.mounts.values()) {
    use(it.root)
    if (it.parent && it.parent !== it.id) use(it.mountpoint)
  }
  for (const it of k.openFiles.values()) use(it.dentry)
  for (const { rootDentry, pwdDentry } of k.fsStructs.values()) {
    use(rootDentry)
    use(pwdDentry)
  }
  for (const { id, tgid, exeDentry } of k.tasks.values()) if (exeDentry && id === tgid) use(exeDentry)
  for (const it of k.dentries.values()) if (it.unhashed && it.parent !== it.id) use(it.parent)
  for (const { id, sb, unhashed } of k.dentries.values()) {
    const says = v.dCount(id)
    const found = users.of(id)
    // What overlays know of their layers is kept by their inodes.
    if (says > found && isLayer(k, sb)) continue
    // A name that nobody uses stays while its file does.
    if (!says && !found && !unhashed) continue
    yield { what: 'dentry', id, says, found }
  }
}

const isLayer = (k: Kernel, sb: number): boolean => {
  for (const it of k.superBlocks.values())
    if (it.type === 'overlay' && (it.data as Layers).pinned.includes(sb)) return true
  return false
}

function* ofInodes(k: Kernel): Generator<Count> {
  const shown = new Tally()
  const writers = new Map<number, number>()
  const write = (inode: number, by: number): void => void writers.set(inode, (writers.get(inode) ?? 0) + by)
  for (const { inode } of k.dentries.values()) if (inode > 0) shown.add(inode)
  for (const { inode, flags } of k.openFiles.values())
    if (flags & 3 && (k.vfs.inode(inode).mode & 0o170000) === 0o100000) write(inode, 1)
  for (const { id, tgid, exeDentry } of k.tasks.values())
    if (exeDentry && id === tgid) write(k.vfs.dentry(exeDentry).inode, -1)
  for (const { id } of k.inodes.values()) {
    yield { what: 'inode', id, says: k.vfs.iCount(id), found: shown.of(id) }
    const [says, found] = [k.vfs.writeCount(id), writers.get(id) ?? 0]
    if (says !== found) throw new Error(`inode ${id} has ${found} writers, and counts ${says}`)
  }
}
