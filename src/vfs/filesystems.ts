/** The tables below the VFS and the file systems it knows. Linux: fs/filesystems.c. */
import { ENODEV } from '../abi/index.ts'
import type { Table, Tables } from '../state/index.ts'
import type {
  Cred,
  Dentry,
  FileOps,
  FileSystem,
  FileSystemType,
  FsStruct,
  Inode,
  MntNamespace,
  Mount,
  OpenFile,
  SuperBlock,
  VfsHost,
  VfsSchema,
} from './types.ts'
import type { Vfs } from './vfs.ts'

/** The ground floor of the VFS. */
export abstract class FileSystems {
  readonly host: VfsHost
  readonly creds: Table<Cred>
  readonly fsStructs: Table<FsStruct>
  readonly superBlocks: Table<SuperBlock>
  readonly inodes: Table<Inode>
  readonly dentries: Table<Dentry>
  readonly mounts: Table<Mount>
  readonly mntNamespaces: Table<MntNamespace>
  readonly openFiles: Table<OpenFile>

  /** Linux: file_systems. What mount -t knows, in the order of /proc/filesystems. */
  readonly fileSystems = new Map<string, FileSystemType>()
  /** Linux: cdev_map and the block devices: `c` or `b` and the device number. Filled by the kernel. */
  readonly devices = new Map<string, FileOps>()
  /** File systems in modules that nobody has asked for yet. */
  readonly loadable = new Map<string, FileSystemType>()
  /** What open FIFOs do; set by the kernel. */
  fifoOps: FileOps | undefined
  /** Linux: the results of kern_mount(): pipefs, nsfs. */
  readonly internalMounts = new Map<string, number>()
  readonly #internalTypes = new Map<string, FileSystemType>()
  /** The file system of each super block. */
  readonly #fsBySb: (FileSystem | undefined)[] = []

  constructor(tables: Tables<VfsSchema>, host: VfsHost) {
    this.host = host
    this.creds = tables.creds
    this.fsStructs = tables.fsStructs
    this.superBlocks = tables.superBlocks
    this.inodes = tables.inodes
    this.dentries = tables.dentries
    this.mounts = tables.mounts
    this.mntNamespaces = tables.mntNamespaces
    this.openFiles = tables.openFiles
  }

  /** The VFS whose ground this is: what file systems are handed. */
  protected get whole(): Vfs {
    return this as unknown as Vfs
  }

  /** Linux: register_filesystem(). */
  registerFilesystem(type: FileSystemType): void {
    this.fileSystems.set(type.name, type)
  }

  /** Linux: get_fs_type(): a type that is in a module is there from now on. */
  getFsType(name: string): FileSystemType | undefined {
    const known = this.fileSystems.get(name)
    const loaded = known ? undefined : this.loadable.get(name)
    if (loaded) this.registerFilesystem(loaded)
    return known ?? loaded
  }

  /** A file system that only the kernel mounts: not in /proc/filesystems, unknown to mount -t. */
  registerInternal(type: FileSystemType): void {
    this.#internalTypes.set(type.name, type)
  }

  /** The operations behind a super block. */
  fs(sb: number): FileSystem {
    const known = this.#fsBySb[sb]
    if (known) return known
    const fs = this.fsOf(this.superBlocks.get(sb))
    this.#fsBySb[sb] = fs
    return fs
  }

  fsOf(sb: SuperBlock): FileSystem {
    const type = this.fileSystems.get(sb.type) ?? this.#internalTypes.get(sb.type)
    if (!type) throw ENODEV
    return type.of ? type.of(sb) : type
  }

  protected forgetFs(sb: number): void {
    delete this.#fsBySb[sb]
  }
}
