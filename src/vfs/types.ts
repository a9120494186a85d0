/**
 * The records and operation tables of the VFS. Linux: include/linux/fs.h, mount.h, dcache.h, cred.h.
 *
 * The VFS walks paths, crosses mounts, follows links and checks permissions; a file system answers about one name in
 * one directory. All storage is synchronous; only `FileOps.open`, `read` and `write` may block.
 */
import type { Blocking, Dirent, Errno, Rule, Statfs, Timespec } from '../abi/index.ts'
import type { Own, Rec } from '../state/index.ts'
import type { AclName } from './posix-acl.ts'
import type { Vfs } from './vfs.ts'

/** Linux: struct cred. Ids are the kernel's (kuid_t): as the initial user namespace numbers them. */
export interface Cred extends Rec {
  readonly uid: number
  readonly gid: number
  readonly suid: number
  readonly sgid: number
  readonly euid: number
  readonly egid: number
  readonly fsuid: number
  readonly fsgid: number
  readonly groups: readonly number[]
  readonly capPermitted: bigint
  readonly capEffective: bigint
  readonly capInheritable: bigint
  readonly capBset: bigint
  readonly capAmbient: bigint
  readonly securebits: number
  readonly userNs: number
}

/** Linux: struct fs_struct. Root and working directory, shared by tasks that clone with CLONE_FS. */
export interface FsStruct extends Rec {
  readonly rootMount: number
  readonly rootDentry: number
  readonly pwdMount: number
  readonly pwdDentry: number
  readonly umask: number
  readonly users: number
}

/** Linux: struct path. A place in the tree of mounts. Short-lived: records store the two numbers. */
export interface Path {
  readonly mount: number
  readonly dentry: number
}

/**
 * Linux: struct super_block. One mounted file system, however many mounts show it.
 * `data` is what the file system keeps for itself, immutable or outside the state (caches).
 */
export interface SuperBlock extends Rec {
  readonly type: string
  readonly magic: number
  /** st_dev of its files, as makedev(3) builds it. */
  readonly dev: number
  readonly flags: number
  readonly blockSize: number
  /** Dentry of the root. */
  readonly root: number
  /** The user namespace that mounted it (s_user_ns). */
  readonly userNs: number
  /** How many mounts show it; it goes with the last. */
  readonly active: number
  /** File-system options as /proc/mounts shows them after rw or ro, e.g. `size=1024k,inode64`. */
  readonly options: string
  readonly data: unknown
}

/** Linux: struct inode. File systems extend it with fields of their own. Times as stat(2). */
export interface Inode extends Rec {
  readonly sb: number
  readonly ino: number
  readonly mode: number
  readonly nlink: number
  readonly uid: number
  readonly gid: number
  readonly rdev: number
  readonly size: number
  readonly atime: Timespec
  readonly mtime: Timespec
  readonly ctime: Timespec
  readonly btime: Timespec
  /** It has no name yet and may get one: made with O_TMPFILE and without O_EXCL. Linux: I_LINKABLE. */
  readonly linkable?: boolean
  /** FS_*_FL of chattr(1), where the file system has them. Linux: i_flags. */
  readonly flags?: number
  /** Of a file in memory: how many pages it has, and the cgroup they are charged to; absent: none, nobody. */
  readonly cached?: number
  readonly memcg?: number
  /** A directory made to be mounted on, in which nothing can ever be. Linux: is_empty_dir_inode(). */
  readonly emptyForever?: boolean
}

/**
 * Linux: struct dentry. A name in a directory that somebody has looked up; what working directories, mount points
 * and open files point at, so that a path can be printed. A root is its own parent. Linux caches negative
 * ones too; they are left out.
 */
export interface Dentry extends Rec {
  readonly sb: number
  readonly parent: number
  readonly name: string
  readonly inode: number
  /** Unlinked or renamed over: paths through it end in ` (deleted)`. */
  readonly unhashed: boolean
}

/** Linux: struct mount. `flags` are the per-mount MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_NOATIME, … */
export interface Mount extends Rec {
  readonly ns: number
  /** The id mountinfo shows. Linux gives out the lowest free one. */
  readonly mntId: number
  /** The mount it sits on (itself for the root of a namespace, 0 when detached) and the dentry it covers. */
  readonly parent: number
  readonly mountpoint: number
  readonly sb: number
  readonly root: number
  readonly flags: number
  readonly source: string
  /** Propagation: peer group it shares with, peer group it is a slave of, 0 for none; mount_namespaces(7). */
  readonly peerGroup: number
  readonly master: number
  readonly unbindable: boolean
  /** Came from a more privileged mount namespace: may not be unmounted or changed alone (MNT_LOCKED). */
  readonly locked: boolean
  /** MS_* flags that such a namespace may not clear (MNT_LOCK_*); MS_NOATIME stands for all of the atime flags. */
  readonly lockedFlags: number
  /** Order of mounting in its namespace, which is the order of mountinfo. */
  readonly seq: number
  /** Order among the mounts of one parent, which is the order in which trees are copied; a move puts it last. */
  readonly order: number
}

/** Linux: struct mnt_namespace. */
export interface MntNamespace extends Rec {
  /** The number in /proc/PID/ns/mnt. */
  readonly inum: number
  readonly userNs: number
  /** On whose account it is: the kernel id of who made it. Linux: ucounts. */
  readonly creator: number
  readonly root: number
  /** nsproxies, open descriptors and bind mounts that keep it alive. */
  readonly refs: number
  /** How often its mounts have changed. */
  readonly event: number
}

/** Linux: struct file. An open file description: what descriptors share after dup and fork. */
export interface OpenFile extends Rec {
  readonly mount: number
  readonly dentry: number
  readonly inode: number
  /** open(2)'s flags without the creation flags. */
  readonly flags: number
  readonly pos: number
  readonly refs: number
}

/** The tables that belong to the VFS. */
export interface VfsSchema {
  readonly creds: Cred
  readonly fsStructs: FsStruct
  readonly superBlocks: SuperBlock
  readonly inodes: Inode
  readonly dentries: Dentry
  readonly mounts: Mount
  readonly mntNamespaces: MntNamespace
  readonly openFiles: OpenFile
}
export const VFS_TABLES = [
  'creds',
  'fsStructs',
  'superBlocks',
  'inodes',
  'dentries',
  'mounts',
  'mntNamespaces',
  'openFiles',
] as const satisfies readonly (keyof VfsSchema)[]

/** On whose behalf the VFS acts; Linux reads all of this from `current`. */
export interface Caller {
  /** The task's id, 0 for the kernel itself. Handed back to file operations that concern tasks (/proc/self, ttys). */
  readonly task: number
  readonly cred: Cred
  readonly fs: FsStruct
  readonly mntNs: number
  /** RLIMIT_FSIZE in bytes. */
  readonly fsizeLimit: number
}

/** Linux: struct block_device, as a file system sees it. */
export interface BlockDevice {
  readonly name: string
  /** In bytes. */
  readonly size: number
  readonly readOnly: boolean
  read(pos: number, count: number): Uint8Array
  write(pos: number, bytes: Uint8Array): void
}

/** The runs of a file's pages between two that hold something. */
export type Extents = (from: number, to: number) => readonly (readonly [from: number, to: number])[]

/** What the VFS needs from the kernel below whose tables it lives. */
export interface VfsHost {
  /** The realtime clock. */
  now(): Timespec
  /** Linux: ns_capable(). Needs no task: a credential and the user namespace that owns the thing. */
  capable(cred: Cred, cap: number, userNs: number): boolean
  /** Linux: capable_wrt_inode_uidgid(): the capability counts only if the ids are mapped in the caller's namespace. */
  capableWrtInode(cred: Cred, cap: number, inode: Inode): boolean
  /** A new number for a namespace inode (4026531840 upwards), and a new anonymous device number (0:N). */
  nextInum(): number
  /** Count of mounts allowed in a mount namespace (fs.mount-max). */
  readonly mountMax: number
  /** Memory in bytes, from which tmpfs takes its default size. */
  readonly totalRam?: number
  /** dmesg. */
  log(line: string): void
  /** How often tasks use a mount other than through files and directories of theirs: as the executable they run. */
  mountUsers?(mount: number): number
  /** A namespace file (nsfs) begins or ceases to keep a namespace alive. The VFS counts mount namespaces itself. */
  getNs?(kind: string, id: number): void
  putNs?(kind: string, id: number): void
  /** A file would grow beyond RLIMIT_FSIZE: SIGXFSZ. */
  fileTooLarge?(as: Caller): void
  /** The kernel's numbers for ids of a user namespace; undefined if it has none. */
  makeKuid?(userNs: number, uid: number): number | undefined
  makeKgid?(userNs: number, gid: number): number | undefined
  /** The control group that the running task's memory is charged to, 0 for none; and pages of a file in memory that come or go. */
  memcgOf?(): number
  shmemCharged?(inode: Inode, pages: number): void
  /** How many of so many pages more a file in memory may have now. What is in the way is given back, or somebody is killed. */
  shmemRoom?(inode: Inode, pages: number): number
  /** Whether there is a limit that shmemRoom heeds. */
  hasShmemLimit?(inode: Inode): boolean
  /** Pages of a file in memory are read or written: those in swap come back. */
  shmemUsed?(inode: Inode, from: number, to: number): void
  /** Pages of a file on a disk are read through the page cache; `extents` are those between that hold something. */
  readPages?(inode: Inode, from: number, to: number, extents: Extents): void
  /** They were written to in the cache; they are gone. */
  dirtyPages?(inode: Inode, from: number, to: number): void
  dropPages?(inode: Inode, from: number, to: number): void
  /** Bytes go past the cache (O_DIRECT); a file is written out, and the caller waits. */
  directIo?(inode: Inode, op: 'read' | 'write', pos: number, count: number): void
  fsyncPages?(inode: Inode): void
  /** It is closed after it had been emptied and written anew. */
  flushEmptied?(inode: Inode): void
  /** EPERM if the running task's control group may not use a device; `access` of MAY_WRITE, MAY_READ, MAY_MKNOD. */
  checkDevice?(mode: number, rdev: number, access: number): void
  /** A block device for a file system, undefined if there is none. Linux: blkdev_get_by_dev(). */
  blkdevGet?(dev: number): BlockDevice | undefined
  /** Its file system was unmounted. Linux: blkdev_put(). */
  blkdevPut?(dev: number): void
  /** A call is about to be refused, for the reason given (see refuse.ts). */
  refused?(errno: Errno, rule: Rule, facts: object, unlessSaid?: boolean): void
  /** Something in a mount namespace changed: who polls /proc/PID/mounts may look again. */
  mountsChanged?(ns: number): void
}

/** The attributes a new inode starts with. The type bits of `mode` say what it is, so mkdir needs no method of its own. */
export interface NewInode {
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly rdev?: number
  /** The target, when `mode` says symbolic link. */
  readonly link?: string
  /** Access lists it inherits, as extended attributes. Only for file systems with `getAcl`. */
  readonly xattrs?: Readonly<Record<string, Uint8Array>>
}

/** Attributes to change; absent ones stay. Linux: struct iattr. Permissions were checked by the VFS. */
export interface Attributes {
  readonly mode?: number
  readonly uid?: number
  readonly gid?: number
  readonly size?: number
  readonly atime?: Timespec
  readonly mtime?: Timespec
  readonly ctime?: Timespec
}

/** Linux: inode_operations. The VFS has checked permissions, existence and types before it calls. */
export interface InodeOps<I extends Inode = Inode> {
  /** The inode under `name`, or undefined. Pseudo file systems make it here. */
  lookup(v: Vfs, dir: I, name: string, as: Caller): Inode | undefined
  /** Names without . and .., in the order getdents gives them. */
  readdir(v: Vfs, dir: I, as: Caller): readonly Dirent[]
  create(v: Vfs, dir: I, name: string, attr: NewInode, as: Caller): Inode
  /** A file without a name, for O_TMPFILE. Absent: EOPNOTSUPP. */
  tmpfile?(v: Vfs, dir: I, attr: NewInode, as: Caller): Inode
  link(v: Vfs, dir: I, name: string, inode: I, as: Caller, old: number): void
  unlink(v: Vfs, dir: I, name: string, as: Caller): void
  rmdir(v: Vfs, dir: I, name: string, as: Caller): void
  rename(v: Vfs, from: I, name: string, to: I, newName: string, flags: number, as: Caller): void
  readlink(v: Vfs, inode: I, as: Caller): string
  /** A magic link's target (/proc/PID/cwd, fd, ns, …); undefined means follow the text of `readlink`. */
  getLink?(v: Vfs, inode: I, as: Caller): Path | undefined
  /** stat(2) where it differs from the record's own fields. */
  getattr?(v: Vfs, inode: I, as: Caller): Partial<import('../abi/index.ts').Stat>
  /** `dentry`, here and below: the name it is done through, where the VFS knows one. */
  setattr(v: Vfs, inode: I, attr: Attributes, as: Caller, dentry?: number): void
  /** Replaces the VFS's check of mode bits: /proc/PID and overlay have rules of their own. */
  permission?(v: Vfs, inode: I, mask: number, as: Caller): void
  getxattr(v: Vfs, inode: I, name: string): Uint8Array
  setxattr(v: Vfs, inode: I, name: string, value: Uint8Array, flags: number, dentry?: number): void
  listxattr(v: Vfs, inode: I): readonly string[]
  removexattr(v: Vfs, inode: I, name: string, dentry?: number): void
  /** A POSIX access list, which is an extended attribute as well. Linux: i_acl, get_acl. Absent: there are none. */
  getAcl?(v: Vfs, inode: I, name: AclName): Uint8Array | undefined
  /** Note an access, where the inode is not in the table. Linux: update_time. Absent: accesses are not noted. */
  updateTime?(v: Vfs, inode: I, atime: Timespec): void
  /** Whether it bears file capabilities, which a change takes away. Linux: security_inode_need_killpriv(). */
  needKillpriv?(v: Vfs, inode: I): boolean
  /** Which flags of chattr(1) the inode may have, or EOPNOTSUPP for these; sets them. Absent: there are none. */
  fileattrSet?(v: Vfs, inode: I, flags: number): void
  /** Whether a cached dentry still stands; absent means always. /proc and cgroup trees answer by themselves. */
  revalidate?(v: Vfs, dir: I, name: string, inode: Inode, as: Caller): boolean
  /** The last link and the last user are gone. */
  evict?(v: Vfs, inode: I): void
}

/** Linux: file_operations. Reading and writing may block: return a generator where they do. */
export interface FileOps {
  open?(v: Vfs, file: Own<OpenFile>, as: Caller): void | Blocking<void>
  /** At most `count` bytes from `pos`; the VFS moves the position. */
  read(v: Vfs, file: OpenFile, count: number, pos: number, as: Caller): Uint8Array | Blocking<Uint8Array>
  /** Returns how many bytes were taken. The VFS has handled O_APPEND and the size limit. */
  write(v: Vfs, file: OpenFile, data: Uint8Array, pos: number, as: Caller): number | Blocking<number>
  /** Where to go, for files whose positions are not those of bytes (/dev/kmsg). Errors: ESPIPE, EINVAL. */
  llseek?(v: Vfs, file: OpenFile, offset: number, whence: number): number
  /** SEEK_DATA and SEEK_HOLE; without it a file is one piece of data. Errors: ENXIO. */
  seekHole?(v: Vfs, file: OpenFile, offset: number, whence: number): number
  /** fallocate(2). EOPNOTSUPP when absent. */
  fallocate?(v: Vfs, file: OpenFile, mode: number, offset: number, length: number): void
  /** POLL* bits that hold now. Absent means always readable and writable. */
  poll?(v: Vfs, file: OpenFile, as: Caller): number
  /** What a poller sleeps on until `poll` may answer differently: keys of the kernel's wait queues. */
  pollQueues?(v: Vfs, file: OpenFile): readonly string[]
  /** A structure comes as its bytes, to be read or filled. */
  ioctl?(v: Vfs, file: OpenFile, request: number, arg: number | Uint8Array, as: Caller): number
  /** What /proc/PID/fdinfo adds, line by line. */
  showFdinfo?(v: Vfs, file: OpenFile): string
  /** The last descriptor is closed. */
  release?(v: Vfs, file: OpenFile): void
  /** False for pipes and terminals: lseek gives ESPIPE. */
  readonly seekable: boolean
}

/** Linux: super_operations plus the operation tables that its inodes use. */
export interface FileSystem {
  statfs(v: Vfs, sb: SuperBlock): Omit<Statfs, 'flags' | 'fsid'> & Partial<Pick<Statfs, 'fsid'>>
  iops(inode: Inode): InodeOps<never>
  /** Not asked for device nodes and FIFOs, which the VFS hands to the device table. */
  fops(inode: Inode): FileOps
  /** Options changed by mount -o remount; EINVAL for unknown ones. Returns the new `options` text. */
  remount?(v: Vfs, sb: SuperBlock, options: string, as: Caller, flags: number): string
  /** Write what is not written yet. Linux: sync_fs(). */
  syncFs?(v: Vfs, sb: SuperBlock): void
  /** The last mount is gone. */
  kill?(v: Vfs, sb: SuperBlock): void
  /** s_maxbytes; 2 ** 63 when absent. */
  readonly maxBytes?: number
  /** The seconds that its times can be. Linux: s_time_min, s_time_max. */
  readonly timeRange?: readonly [min: number, max: number]
  /** Its files may be opened with O_DIRECT. Linux: FMODE_CAN_ODIRECT. */
  readonly canDirectIo?: boolean
  /** Dentries are its directories: what is not among them is not there, and what is needs no second look. */
  readonly keepsNames?: boolean
  /** What mountinfo shows as the root of a mount, when it is not a path (`mnt:[4026531840]`, /.. of a cgroup). */
  showRoot?(v: Vfs, dentry: number, as: Caller): string | undefined
  /** The options of one super block as one reader sees them, when that differs per reader or moment. */
  showOptions?(v: Vfs, sb: SuperBlock): string
}

/** Linux: file_system_type. */
export interface FileSystemType extends FileSystem {
  readonly name: string
  readonly magic: number
  /** FS_REQUIRES_DEV: shown without `nodev` in /proc/filesystems. */
  readonly requiresDev: boolean
  /** FS_USERNS_MOUNT: root of a user namespace may mount it. */
  readonly usernsMount: boolean
  /** Whose CAP_SYS_ADMIN a mount needs when `usernsMount`: the owner of the pid namespace for proc, and so on. */
  ownerUserNs?(v: Vfs, as: Caller): number
  /** The operations behind one of its super blocks, where these are not those of the type. Linux: s_op. */
  of?(sb: SuperBlock): FileSystem
  /** SB_I_USERNS_VISIBLE: in a user namespace only if the caller sees another one of its kind in full (proc, sysfs). */
  readonly usernsVisible?: boolean
  /**
   * Make or find the super block that `mount -t NAME -o options source` names; returns its id, or the id and the
   * dentry to mount if that is not its root. EINVAL for unknown options. Made by `v.newSuperBlock`.
   */
  mount(v: Vfs, source: string, options: string, flags: number, as: Caller): number | MountRoot
}

/** What a file system type gives to mount: a super block, and a dentry in it. */
export interface MountRoot {
  readonly sb: number
  readonly root: number
}
