/**
 * The tree of control groups as directories and files. Linux: kernel/cgroup/cgroup.c over fs/kernfs.
 */
import {
  type Blocking,
  type Dirent,
  E2BIG,
  EINVAL,
  ENODEV,
  ENOENT,
  ENOTDIR,
  EPERM,
  IN_MODIFY,
  O_ACCMODE,
  POLLERR,
  POLLIN,
  POLLOUT,
  POLLPRI,
} from '../../abi/index.ts'
import {
  attrOf,
  type Cgroup,
  cgroupMkdir,
  cgroupNsOf,
  cgroupPath,
  cgroupRename,
  cgroupRmdir,
  checkDelegation,
  type CgroupFile,
  destroyTrigger,
  dropFileCred,
  fileOf,
  filesOf,
  keepFileCred,
  type Kernel,
  pollTrigger,
  triggerQueues,
  refuse,
} from '../../kernel/index.ts'
import { type Attributes, type Caller, fsnotify, type OpenFile, type Vfs } from '../../vfs/index.ts'
import { kernfsOrder } from '../kernfs.ts'
import { dirent, nodeAt, type PseudoDir, type PseudoFile, PseudoInode, type PseudoNode } from '../pseudo.ts'

/** What a directory (name '') and a file of a cgroup have in common: the owner and mode that the record keeps. */
class CgroupNode {
  readonly k: Kernel
  /** The cgroup. */
  readonly id: number
  readonly name: string
  readonly ino: number
  readonly #mode: number
  /** The record when it was last there: who has a removed directory open can still stat it. */
  #last: Cgroup

  constructor(k: Kernel, id: number, name: string, ino: number, mode: number) {
    this.k = k
    this.id = id
    this.name = name
    this.ino = ino
    this.#mode = mode
    this.#last = k.cgroups.get(id)
  }

  get cgroup(): Cgroup {
    return (this.#last = this.k.cgroups.find(this.id) ?? this.#last)
  }
  get mode(): number {
    return attrOf(this.cgroup, this.name, this.#mode).mode
  }
  get uid(): number {
    return attrOf(this.cgroup, this.name, this.#mode).uid
  }
  get gid(): number {
    return attrOf(this.cgroup, this.name, this.#mode).gid
  }

  setattr(_as: Caller, { mode, uid, gid }: Attributes): void {
    const it = this.k.cgroups.own(this.id)
    const changed = { ...it.attrs[this.name] }
    if (mode !== undefined) Object.assign(changed, { mode: mode & 0o7777 })
    if (uid !== undefined) Object.assign(changed, { uid })
    if (gid !== undefined) Object.assign(changed, { gid })
    it.attrs = { ...it.attrs, [this.name]: changed }
  }
}

/** atomic_write_len: a longer write is refused as a whole. */
const MAX_WRITE = 4096

const modeOf = ({ mode, show, store }: CgroupFile): number => mode ?? (show ? 0o444 : 0) | (store ? 0o200 : 0)

/** A control file. It is there as long as its controller is. */
class ControlFile extends CgroupNode implements PseudoFile {
  readonly kind = 'file'
  readonly dead = ENODEV
  readonly file: CgroupFile
  readonly show?: (as: Caller) => string

  constructor(k: Kernel, id: number, file: CgroupFile, ino: number) {
    super(k, id, file.name, ino, modeOf(file))
    this.file = file
    const { show } = file
    if (show) this.show = as => show(k, this.cgroup, as)
  }

  alive(): boolean {
    const cg = this.k.cgroups.find(this.id)
    return cg !== undefined && fileOf(this.k, cg, this.name) !== undefined
  }

  open(as: Caller, flags: number, file: OpenFile): void {
    if (this.file.byOpener && flags & O_ACCMODE) keepFileCred(this.k, file.id, as.cred)
  }

  store(as: Caller, text: string, file: OpenFile): void | Blocking<void> {
    if (!text) return
    if (text.length > MAX_WRITE) throw E2BIG
    if (!this.file.store) {
      const { mount, dentry } = file
      throw refuse(this.k, EINVAL, 'pseudo-mode', { path: { mount, dentry }, want: 2 })
    }
    checkDelegation(this.k, this.cgroup, this.file, as)
    return this.file.store(this.k, this.cgroup, text, as, file)
  }

  /** Linux: kernfs_generic_poll(): it has changed since this open file read it; and cgroup_pressure_poll(). */
  poll(_as: Caller, file: OpenFile): number {
    if (this.file.pressure) return pollTrigger(this.k, file.id)
    if (!this.file.notifies) return POLLIN | POLLOUT
    const isNew = this.k.kernfsSeen.get(file.id) !== this.#events
    return POLLIN | POLLOUT | (isNew ? POLLERR | POLLPRI : 0)
  }

  pollQueues(file: OpenFile): readonly string[] {
    if (this.file.pressure) return triggerQueues(file.id)
    return this.file.notifies ? [this.#key] : []
  }

  wasRead(file: OpenFile): void {
    if (this.file.notifies) this.k.kernfsSeen.set(file.id, this.#events)
  }

  release(file: OpenFile): void {
    this.k.kernfsSeen.delete(file.id)
    destroyTrigger(this.k, file.id)
    dropFileCred(this.k, file.id)
  }

  get #key(): string {
    return `${this.name}:${this.id}`
  }

  get #events(): number {
    return this.k.cgroupFileEvents.get(this.#key) ?? 0
  }
}

/** A cgroup's directory. */
export class CgroupDir extends CgroupNode implements PseudoDir {
  readonly kind = 'dir'
  readonly dead = ENOENT

  constructor(k: Kernel, id: number) {
    const { ino, parent } = k.cgroups.get(id)
    super(k, id, '', ino, parent ? 0o755 : 0o555)
  }

  get nlink(): number {
    return 2 + (this.k.cgroups.find(this.id)?.children.length ?? 0)
  }

  alive(): boolean {
    return this.k.cgroups.find(this.id) !== undefined
  }

  lookup(_as: Caller, name: string): PseudoNode | undefined {
    const child = this.#child(name)
    if (child) return new CgroupDir(this.k, child)
    const found = fileOf(this.k, this.cgroup, name)
    return found && new ControlFile(this.k, this.id, found.file, found.ino)
  }

  readdir(as: Caller): readonly Dirent[] {
    const files = filesOf(this.k, this.cgroup).map(it => it.name)
    const children = this.cgroup.children.map(id => this.k.cgroups.get(id).name)
    return [...files, ...children].sort(kernfsOrder).map(name => dirent(name, this.lookup(as, name)!))
  }

  mkdir(as: Caller, name: string): void {
    cgroupMkdir(this.k, this.id, name, as)
  }

  rmdir(_as: Caller, name: string): void {
    cgroupRmdir(this.k, this.#directory(name))
  }

  rename(_as: Caller, name: string, to: PseudoDir, newName: string): void {
    const { version } = this.k.hierarchies.get(this.cgroup.hierarchy)
    if (version === 1 && !this.#child(name)) throw ENOTDIR
    cgroupRename(this.k, this.#directory(name), (to as CgroupDir).id, newName)
  }

  #child(name: string): number | undefined {
    return this.cgroup.children.find(id => this.k.cgroups.get(id).name === name)
  }

  /** Control files cannot be renamed or removed. */
  #directory(name: string): number {
    const child = this.#child(name)
    if (!child) throw EPERM
    return child
  }
}

/** Who watches a control file, or its directory, is told that it has changed. Linux: kernfs_notify_workfn(). */
export function watchControlFiles(k: Kernel): void {
  k.cgroupFileModified = (cgroup, name) => {
    for (const id of [...k.vfs.marks.keys()]) {
      const inode = k.vfs.findInode(id)
      if (!(inode instanceof PseudoInode)) continue
      const { node } = inode
      if (node instanceof CgroupDir && node.id === cgroup) fsnotify(k.vfs, id, IN_MODIFY, name)
      if (node instanceof ControlFile && node.id === cgroup && node.name === name)
        fsnotify(k.vfs, id, IN_MODIFY)
    }
  }
}

/** What mountinfo shows as the root of a cgroup mount: the path as the reader's cgroup namespace has it. */
export function showRoot(k: Kernel, v: Vfs, dentry: number, as: Caller): string | undefined {
  const node = nodeAt(v, dentry)
  if (!(node instanceof CgroupDir) || !node.alive()) return undefined
  return cgroupPath(k, node.id, cgroupNsOf(k, as.task))
}
