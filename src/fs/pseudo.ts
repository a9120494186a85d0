/**
 * Pseudo file systems: trees of nodes that are made when somebody looks, for proc, cgroup, sysfs and devpts. A node
 * says what it is and how its text comes about; nothing of it is stored. Linux: fs/kernfs/, fs/seq_file.c,
 * fs/libfs.c.
 *
 * A file's text is made by the read at position 0 and kept for that open file, so that reading on is consistent; a
 * write hands over its whole buffer. What a node says about itself may be a getter: it is asked each time.
 *
 * Left out: writes at a position, extended attributes.
 */
import {
  type Blocking,
  decode,
  type Dirent,
  EACCES,
  EINVAL,
  EIO,
  encode,
  ENOENT,
  EOPNOTSUPP,
  EPERM,
  type Errno,
  EROFS,
  isDir,
  isLink,
  isReg,
  O_ACCMODE,
  O_RDONLY,
  O_WRONLY,
  S_IFBLK,
  S_IFCHR,
  S_IFDIR,
  S_IFLNK,
  S_IFREG,
  type Statfs,
  type Timespec,
  ERANGE,
} from '../abi/index.ts'
import {
  type Attributes,
  type Caller,
  type FileOps,
  type FileSystemType,
  genericPermission,
  type Inode,
  type InodeOps,
  type OpenFile,
  type Path,
  type SuperBlock,
  unsupported,
  type Vfs,
  refuse,
  refuseAnyhow,
} from '../vfs/index.ts'

/** What all nodes say. `mode` is permission bits; the type bits are added by the kind of node. */
interface NodeAttributes {
  readonly ino: number
  readonly mode: number
  /** Kernel ids; 0 when absent. */
  readonly uid?: number
  readonly gid?: number
  readonly nlink?: number
  readonly size?: number
  /** mtime, atime and ctime; the time of the first look when absent. */
  readonly time?: Timespec
  /** False once the thing behind is gone (a dead process, a removed cgroup). Absent: always there. */
  alive?(): boolean
  /** What using a dead node gives: ESRCH in /proc/PID, ENODEV in cgroups. ENOENT when absent. */
  readonly dead?: Errno
  /** Refuse what the mode bits would allow (hidepid, ptrace_may_access). `mask` is 1 x, 2 w, 4 r. */
  permission?(as: Caller, mask: number): void
  /** Rules of its own instead of the mode bits, when it returns true. */
  permitted?(as: Caller, mask: number): boolean
  /** chmod and chown, where they are possible (cgroup delegation). EPERM when absent. */
  setattr?(as: Caller, attr: Attributes): void
}

/** A directory. */
export interface PseudoDir extends NodeAttributes {
  readonly kind: 'dir'
  /** Made to be mounted on: nothing will ever be in it. Linux: make_empty_dir_inode(). */
  readonly emptyForever?: boolean
  lookup(as: Caller, name: string): PseudoNode | undefined
  /** Without . and .. */
  readdir(as: Caller): readonly Dirent[]
  mkdir?(as: Caller, name: string, mode: number): void
  rmdir?(as: Caller, name: string): void
  rename?(as: Caller, name: string, to: PseudoDir, newName: string): void
}

/** A file whose text is made by `show` and taken by `store`. Without `show` reading gives EINVAL. */
export interface PseudoFile extends NodeAttributes {
  readonly kind: 'file'
  open?(as: Caller, flags: number, file: OpenFile): void
  show?(as: Caller): string | Uint8Array
  store?(as: Caller, text: string, file: OpenFile): void | Blocking<void>
  /** Takes one write of less than a page, at its beginning. EINVAL for others. Linux: `*ppos != 0`. */
  readonly atOnce?: boolean
  poll?(as: Caller, file: OpenFile): number
  pollQueues?(file: OpenFile): readonly string[]
  /** An open file has been read from its beginning; it is closed. */
  wasRead?(file: OpenFile): void
  release?(file: OpenFile): void
}

/** A symbolic link; with `getLink` a magic one, which leads to a place rather than to a name. */
export interface PseudoLink extends NodeAttributes {
  readonly kind: 'link'
  readlink(as: Caller): string
  getLink?(as: Caller): Path | undefined
}

/** A device node; what it does is in the kernel's device table. */
export interface PseudoDevice extends NodeAttributes {
  readonly kind: 'chr' | 'blk'
  readonly rdev: number
}

/** Anything a pseudo file system can hold. */
export type PseudoNode = PseudoDir | PseudoFile | PseudoLink | PseudoDevice

const TYPE_BITS = { dir: S_IFDIR, file: S_IFREG, link: S_IFLNK, chr: S_IFCHR, blk: S_IFBLK } as const

/** The file type bits of a node, for the `type` of a directory entry. */
export const nodeType = (node: PseudoNode): number => TYPE_BITS[node.kind]

/** The directory entry of a node. */
export const dirent = (name: string, node: PseudoNode): Dirent => ({
  name,
  ino: node.ino,
  type: nodeType(node),
})

/** A directory whose names are known beforehand. `entries` is asked each time it is a function. */
export function staticDir(
  attributes: NodeAttributes,
  entries: Readonly<Record<string, PseudoNode>> | (() => Readonly<Record<string, PseudoNode>>),
): PseudoDir {
  const now = typeof entries === 'function' ? entries : () => entries
  const dir: Omit<PseudoDir, keyof NodeAttributes> & { kind: 'dir' } = {
    kind: 'dir',
    lookup: (_, name) => (Object.hasOwn(now(), name) ? now()[name] : undefined),
    readdir: () =>
      Object.entries(now()).map(([name, node]) => ({ name, ino: node.ino, type: nodeType(node) })),
  }
  return Object.assign(dir, attributes)
}

const NEVER: Timespec = { sec: 0, nsec: 0 }

/** The inode of a node: its fields ask the node. */
export class PseudoInode implements Inode {
  readonly id = 0
  readonly epoch = 0
  readonly sb: number
  node: PseudoNode
  readonly defaultSize: number
  readonly made: Timespec
  readonly rdev: number

  constructor(sb: number, node: PseudoNode, made: Timespec, defaultSize: number) {
    this.sb = sb
    this.node = node
    this.made = made
    this.defaultSize = defaultSize
    this.rdev = node.kind === 'chr' || node.kind === 'blk' ? node.rdev : 0
  }

  get ino(): number {
    return this.node.ino
  }
  get mode(): number {
    return TYPE_BITS[this.node.kind] | this.node.mode
  }
  get nlink(): number {
    return this.node.nlink ?? (this.node.kind === 'dir' ? 2 : 1)
  }
  get uid(): number {
    return this.node.uid ?? 0
  }
  get gid(): number {
    return this.node.gid ?? 0
  }
  get emptyForever(): boolean {
    return this.node.kind === 'dir' && this.node.emptyForever === true
  }
  get size(): number {
    return this.node.size ?? (this.node.kind === 'file' ? this.defaultSize : 0)
  }
  get atime(): Timespec {
    return this.node.time ?? this.made
  }
  get mtime(): Timespec {
    return this.node.time ?? this.made
  }
  get ctime(): Timespec {
    return this.node.time ?? this.made
  }
  /** Nobody was there when it was born. Linux: generic_fillattr() gives no STATX_BTIME. */
  readonly btime: Timespec = NEVER
}

const isAlive = (node: PseudoNode): boolean => node.alive?.() ?? true

function live<N extends PseudoNode>(node: N): N {
  if (!isAlive(node)) throw node.dead ?? ENOENT
  return node
}

const dirOf = (inode: PseudoInode): PseudoDir => live(inode.node as PseudoDir)

const pseudoInodeOps: InodeOps<PseudoInode> = {
  ...unsupported,

  lookup(v, dir, name, as) {
    const parent = dir.node as PseudoDir
    if (!isAlive(parent)) return undefined
    const node = parent.lookup(as, name)
    return node && v.newTransientInode(new PseudoInode(dir.sb, node, v.host.now(), dir.defaultSize))
  },

  readdir(_v, dir, as) {
    return isAlive(dir.node) ? (dir.node as PseudoDir).readdir(as) : []
  },

  create(v, dir, name, attr, as) {
    const node = dirOf(dir)
    if (!isDir(attr) || !node.mkdir)
      throw refuse(v, isReg(attr) ? EACCES : EPERM, 'pseudo-create', {
        type: v.superBlocks.get(dir.sb).type,
        name,
      })
    node.mkdir(as, name, attr.mode)
    const made = node.lookup(as, name)
    if (!made) throw EIO
    return v.newTransientInode(new PseudoInode(dir.sb, made, v.host.now(), dir.defaultSize))
  },

  rmdir(v, dir, name, as) {
    const node = dirOf(dir)
    if (!node.rmdir) throw fixedName(v, dir, name)
    node.rmdir(as, name)
  },

  unlink(v, dir, name) {
    throw fixedName(v, dir, name)
  },

  rename(_v, from, name, to, newName, flags, as) {
    const node = dirOf(from)
    if (!node.rename) throw EPERM
    if (flags) throw EINVAL
    node.rename(as, name, to.node as PseudoDir, newName)
  },

  readlink: (_v, inode, as) => (live(inode.node) as PseudoLink).readlink(as),
  getLink: (_v, inode, as) => (live(inode.node) as PseudoLink).getLink?.(as),

  setattr(_v, inode, attr, as) {
    const { node } = inode
    if (attr.mode === undefined && attr.uid === undefined && attr.gid === undefined) return
    if (!node.setattr) throw EPERM
    node.setattr(as, attr)
  },

  permission(v, inode, mask, as) {
    const { node } = inode
    if (node.permitted?.(as, mask)) return
    genericPermission(v, as, inode, mask)
    node.permission?.(as, mask)
  },

  revalidate: (_v, dir, _name, inode) => isAlive(dir.node) && isAlive((inode as PseudoInode).node),
}

/** A tree that is looked up anew on every walk (/proc, where names depend on who asks). */
const volatileInodeOps: InodeOps<PseudoInode> = {
  ...pseudoInodeOps,

  /** "No such file" even for who would make one: procfs has no negative dentries. */
  lookup(v, dir, name, as) {
    const found = pseudoInodeOps.lookup(v, dir, name, as)
    if (!found) throw ENOENT
    return found
  },

  revalidate(_v, dir, name, inode, as) {
    const it = inode as PseudoInode
    const parent = dir.node as PseudoDir
    if (!isAlive(it.node) || !isAlive(parent)) return false
    const fresh = parent.lookup(as, name)
    if (!fresh || fresh.kind !== it.node.kind || fresh.ino !== it.node.ino) return false
    it.node = fresh
    return true
  },
}

/** Texts that open files have begun to read. */
const texts = new WeakMap<Vfs, Map<number, Uint8Array>>()

function textsOf(v: Vfs): Map<number, Uint8Array> {
  let map = texts.get(v)
  if (!map) texts.set(v, (map = new Map()))
  return map
}

const fileNode = (v: Vfs, file: OpenFile): PseudoFile =>
  live((v.inode(file.inode) as PseudoInode).node as PseudoFile)
/** The kernel has made it, and only the kernel takes it away. */
const fixedName = (v: Vfs, dir: Inode, name: string): Errno =>
  refuse(v, EPERM, 'pseudo-remove', { type: v.superBlocks.get(dir.sb).type, name })

const EMPTY = new Uint8Array(0)
const PAGE_SIZE = 4096

const pseudoFileOps: FileOps = {
  seekable: true,

  open(v, file, as) {
    fileNode(v, file).open?.(as, file.flags, file)
  },

  read(v, file, count, pos, as) {
    const node = fileNode(v, file)
    if (!node.show) throw oneWay(v, file, EINVAL, 4)
    let text = pos === 0 ? undefined : textsOf(v).get(file.id)
    if (!text) {
      const made = node.show(as)
      text = typeof made === 'string' ? encode(made) : made
      textsOf(v).set(file.id, text)
      node.wasRead?.(file)
    }
    return pos >= text.length ? EMPTY : text.subarray(pos, pos + count)
  },

  write(v, file, data, pos, as) {
    const node = fileNode(v, file)
    if (!node.store) throw oneWay(v, file, EIO, 2)
    if (node.atOnce && (pos || data.length >= PAGE_SIZE))
      throw refuse(v, EINVAL, 'write-at-once', { path: { mount: file.mount, dentry: file.dentry } })
    const done = stored(v, file, node, as, decode(data))
    return done ? afterStore(done, data.length) : data.length
  },

  poll: (v, file, as) => fileNode(v, file).poll?.(as, file) ?? 5,
  pollQueues: (v, file) => fileNode(v, file).pollQueues?.(file) ?? [],

  release(v, file) {
    textsOf(v).delete(file.id)
    ;((v.inode(file.inode) as PseudoInode).node as PseudoFile).release?.(file)
  },
}

/** A file for reading or for writing only. */
const oneWay = (v: Vfs, { mount, dentry }: OpenFile, errno: Errno, want: 2 | 4): Errno =>
  refuse(v, errno, 'pseudo-mode', { path: { mount, dentry }, want })

/** Linux: KERNFS_ROOT_EXTRA_OPEN_PERM_CHECK: sysfs refuses even root what the mode allows nobody. */
const strictFileOps: FileOps = {
  ...pseudoFileOps,
  open(v, file, as) {
    const { mode } = v.inode(file.inode)
    const access = file.flags & O_ACCMODE
    const isUnreadable = access !== O_WRONLY && !(mode & 0o444)
    if (isUnreadable || (access !== O_RDONLY && !(mode & 0o222))) {
      throw oneWay(v, file, EACCES, isUnreadable ? 4 : 2)
    }
    return pseudoFileOps.open?.(v, file, as)
  },
}

/** Most files that take a word or a number have the same complaint about any other. */
function stored(v: Vfs, file: OpenFile, node: PseudoFile, as: Caller, text: string): Blocking<void> | void {
  try {
    return node.store!(as, text, file)
  } catch (e) {
    if (e !== EINVAL && e !== ERANGE) throw e
    const { mount, dentry } = file
    throw refuseAnyhow(v, e === EINVAL ? EINVAL : ERANGE, 'value', {
      path: { mount, dentry },
      text: text.trim().slice(0, 80),
    })
  }
}

function* afterStore(done: Blocking<void>, length: number): Blocking<number> {
  yield* done
  return length
}

/** What a pseudo file system declares about itself. */
export interface PseudoFileSystem {
  readonly name: string
  readonly magic: number
  readonly usernsMount?: boolean
  readonly usernsVisible?: boolean
  ownerUserNs?(v: Vfs, as: Caller): number
  /** s_blocksize, which stat(2) shows: 4096 when absent. */
  readonly blockSize?: number
  /** st_size of regular files: 0 in proc and cgroup, 4096 in sysfs. */
  readonly fileSize?: number
  /** Names depend on the caller: every walk asks again. */
  readonly volatile?: boolean
  /** It knows no options: any is refused. Linux: vfs_parse_fs_param() without parse_param. */
  readonly noOptions?: boolean
  /** A further mount of an instance gives it other options. Linux: mount_single(). */
  readonly reconfigured?: boolean
  /** Refuse a mount before anything is made (unknown options: EINVAL; permission: EPERM). */
  check?(v: Vfs, source: string, options: string, flags: number, as: Caller): void
  /**
   * What identifies the instance to mount: mounting twice with an equal key shows the same super block again (cgroup,
   * sysfs). Absent: a new instance each time (proc, devpts).
   */
  instance?(v: Vfs, options: string, as: Caller): string | number
  /** The tree of a new instance, and its options as /proc/mounts shows them. */
  tree(
    v: Vfs,
    options: string,
    as: Caller,
    sb: number,
  ): { readonly root: PseudoDir; readonly options: string; readonly data?: unknown }
  /** The place below the root that this mount shows (cgroup namespaces): names from the root downwards. */
  subtree?(v: Vfs, options: string, as: Caller): readonly string[]
  remount?(v: Vfs, sb: SuperBlock, options: string, as: Caller): string
  showRoot?(v: Vfs, dentry: number, as: Caller): string | undefined
  showOptions?(v: Vfs, sb: SuperBlock): string
  statfs?(v: Vfs, sb: SuperBlock): Partial<Statfs>
  kill?(v: Vfs, sb: SuperBlock): void
  /** A file is opened only in ways that its mode allows somebody. */
  readonly strict?: boolean
  /** The kernel itself keeps the instance mounted: it outlives its last mount. */
  readonly permanent?: boolean
  /** Which device number instance `key` gets; the next anonymous one when absent. */
  dev?(v: Vfs): number
}

/** A file system type out of its declaration. */
export function pseudoFileSystem(it: PseudoFileSystem): FileSystemType {
  const iops = (it.volatile ? volatileInodeOps : pseudoInodeOps) as unknown as InodeOps<never>
  return {
    name: it.name,
    magic: it.magic,
    requiresDev: false,
    usernsMount: it.usernsMount ?? false,
    usernsVisible: it.usernsVisible ?? false,
    ...(it.ownerUserNs && { ownerUserNs: it.ownerUserNs }),
    iops: () => iops,
    fops: inode =>
      isDir(inode) || isLink(inode) ? refuseFileOps : it.strict ? strictFileOps : pseudoFileOps,
    statfs: (v, sb) => ({
      type: it.magic,
      bsize: 4096,
      blocks: 0,
      bfree: 0,
      bavail: 0,
      files: 0,
      ffree: 0,
      namelen: 255,
      ...it.statfs?.(v, sb),
    }),
    remount(v, sb, options, as) {
      if (it.noOptions) refuseOptions(v, it.name, options)
      return it.remount?.(v, sb, options, as) ?? sb.options
    },
    ...(it.kill && { kill: it.kill }),
    ...(it.showRoot && { showRoot: it.showRoot }),
    ...(it.showOptions && { showOptions: it.showOptions }),
    mount(v, source, options, flags, as) {
      if (it.noOptions) refuseOptions(v, it.name, options)
      it.check?.(v, source, options, flags, as)
      const known = findInstance(v, it, options, as)
      if (known && it.reconfigured && it.remount)
        v.superBlocks.own(known.id).options = it.remount(v, known, options, as)
      const sb = known ?? newInstance(v, it, options, flags, as)
      return { sb: sb.id, root: subtreeRoot(v, sb, it.subtree?.(v, options, as) ?? [], as) }
    },
  }
}

function refuseOptions(v: Vfs, name: string, options: string): void {
  const [first] = options.split(',').filter(Boolean)
  if (first === undefined) return
  v.host.log(`${name}: Unknown parameter '${first.split('=')[0]}'`)
  throw EINVAL
}

const keys = new WeakMap<Vfs, Map<string, number>>()

function keysOf(v: Vfs): Map<string, number> {
  let map = keys.get(v)
  if (!map) keys.set(v, (map = new Map()))
  return map
}

function findInstance(v: Vfs, it: PseudoFileSystem, options: string, as: Caller): SuperBlock | undefined {
  if (!it.instance) return undefined
  return v.superBlocks.find(keysOf(v).get(`${it.name} ${it.instance(v, options, as)}`) ?? 0)
}

function newInstance(v: Vfs, it: PseudoFileSystem, options: string, flags: number, as: Caller): SuperBlock {
  const made = v.newSuperBlock({
    type: it.name,
    magic: it.magic,
    dev: it.dev?.(v) ?? v.anonDev(),
    flags,
    blockSize: it.blockSize ?? 4096,
    userNs: it.ownerUserNs?.(v, as) ?? as.cred.userNs,
    options: '',
    data: undefined,
  })
  const tree = it.tree(v, options, as, made.id)
  const sb = v.superBlocks.own(made.id)
  sb.options = tree.options
  sb.data = tree.data
  v.setRoot(sb.id, v.newTransientInode(new PseudoInode(sb.id, tree.root, v.host.now(), it.fileSize ?? 0)))
  if (it.permanent) v.activate(sb.id)
  if (it.instance) keysOf(v).set(`${it.name} ${it.instance(v, options, as)}`, sb.id)
  return sb
}

function subtreeRoot(v: Vfs, sb: SuperBlock, names: readonly string[], as: Caller): number {
  let dentry = sb.root
  for (const name of names) {
    dentry = v.lookup(dentry, name, as)
    if (!dentry) throw ENOENT
  }
  return v.pin(dentry)
}

const refuseFileOps: FileOps = {
  seekable: true,
  read() {
    throw EOPNOTSUPP
  },
  write() {
    throw EROFS
  },
}

/** The node of a pseudo file system that a path leads to; undefined elsewhere. */
export function nodeAt(v: Vfs, dentry: number): PseudoNode | undefined {
  const inode = v.findInode(v.dentry(dentry).inode)
  return inode instanceof PseudoInode ? inode.node : undefined
}
