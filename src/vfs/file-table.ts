/**
 * Open files: made by open(2) and pipe(2), shared by descriptors, gone with the last. Linux: fs/file_table.c,
 * fs/anon_inodes.c and the internal mounts of pipefs and nsfs.
 */
import { isReg, makedev, O_ACCMODE, S_IFMT } from '../abi/index.ts'
import { fsnotifyClose } from './fsnotify.ts'
import { mntput } from './mount.ts'
import type { FileOps, OpenFile, Path, SuperBlock } from './types.ts'
import { unsupported } from './unsupported.ts'
import type { TransientInode } from './inode.ts'
import type { Vfs } from './vfs.ts'

/** Linux: alloc_file(). `flags` as open(2) got them; those that only concern the opening are left out. */
export function newFile(v: Vfs, path: Path, inode: number, flags: number): OpenFile {
  v.dget(path.dentry)
  const { mount, dentry } = path
  return v.openFiles.add({ id: 0, epoch: 0, mount, dentry, inode, flags, pos: 0, refs: 1 })
}

/** Linux: fget(): one more descriptor shares it. */
export function fget(v: Vfs, file: number): void {
  v.openFiles.own(file).refs++
}

/** Linux: fput(). With the last descriptor the file is released. */
export function fput(v: Vfs, id: number): void {
  const file = v.openFiles.own(id)
  if (--file.refs > 0) return
  fsnotifyClose(v, file)
  v.fops(file).release?.(v, file)
  discard(v, file)
}

/** Take back a file whose opening failed: nothing to release. */
export function discard(v: Vfs, file: OpenFile): void {
  if (file.flags & O_ACCMODE && isReg(v.inode(file.inode))) v.putWriteAccess(file.inode)
  v.openFiles.remove(file.id)
  v.dput(file.dentry)
  mntput(v, file.mount)
  v.sweep()
}

/** What a file that no path leads to is: its mode with type bits, and the name /proc/PID/fd prints. */
export interface AnonFile {
  readonly mode: number
  readonly name: string
  readonly uid?: number
  readonly gid?: number
  readonly flags?: number
  readonly ino?: number
}

/** An inode on an internal file system, e.g. one pipe; two open files may show it (`newAnonInode`, then `openAnon`). */
export function newAnonInode(v: Vfs, fstype: string, fops: FileOps, it: AnonFile): Path {
  const mount = internalMount(v, fstype)
  const now = v.host.now()
  const inode: TransientInode = {
    id: 0,
    epoch: 0,
    sb: v.mounts.get(mount).sb,
    ino: it.ino ?? nextIno(v),
    mode: it.mode,
    nlink: 1,
    uid: it.uid ?? 0,
    gid: it.gid ?? 0,
    rdev: 0,
    size: 0,
    atime: now,
    mtime: now,
    ctime: now,
    btime: now,
    fops,
  }
  const made = v.newTransientInode(inode)
  return { mount, dentry: v.addDisconnected(it.name.replace('[]', `[${made.ino}]`), made) }
}

/** Open such an inode; `flags` as for open(2). Drop the inode with the last open file. */
export function openAnon(v: Vfs, path: Path, flags: number): OpenFile {
  return newFile(v, path, v.dentry(path.dentry).inode, flags)
}

/**
 * One open file that no path leads to, on the internal file system `fstype` (pipefs, anon_inodefs). In `name`, `[]`
 * becomes the inode number in brackets: `pipe:[]`. Linux: alloc_file_pseudo().
 */
export function newAnonFile(v: Vfs, fops: FileOps, it: AnonFile, fstype = 'anon_inodefs'): OpenFile {
  const path = newAnonInode(v, fstype, fops, it)
  return openAnon(v, path, it.flags ?? 0)
}

/** The two ends of a pipe: [read, write] open files of one inode. `fops` sees by `file.flags` which end it is. */
export function newPipeFiles(
  v: Vfs,
  fops: FileOps,
  it: AnonFile,
  flags: number,
): readonly [OpenFile, OpenFile] {
  const path = newAnonInode(v, 'pipefs', fops, it)
  return [openAnon(v, path, flags), openAnon(v, path, flags | 1)]
}

const nextIno = (v: Vfs): number => v.nextAnonIno()

/** Magic, device numbers and ids of the mounts; these as a real kernel happens to give them out while booting. */
const INTERNAL: Readonly<Record<string, readonly [magic: number, minor: number, mntId: number]>> = {
  nsfs: [0x6e736673, 4, 3],
  sockfs: [0x534f434b, 8, 9],
  pipefs: [0x50495045, 13, 14],
  anon_inodefs: [0x09041934, 14, 15],
}

/** Linux: kern_mount() of a file system that holds only what has no path. Made at its first use. */
export function internalMount(v: Vfs, fstype: string): number {
  const known = v.internalMounts.get(fstype)
  if (known) return known
  if (!v.fileSystems.has(fstype)) v.registerInternal(internalFs(fstype))
  const sb = v.newSuperBlock({
    type: fstype,
    magic: INTERNAL[fstype]?.[0] ?? 0,
    dev: makedev(0, INTERNAL[fstype]?.[1] ?? 15),
    flags: 0,
    blockSize: 4096,
    userNs: 0,
    options: '',
    data: undefined,
  })
  const mount = kernMount(v, sb.id, fstype, INTERNAL[fstype]?.[2] ?? 0)
  v.internalMounts.set(fstype, mount)
  return mount
}

/** Linux: kern_mount(): a mount of a super block that is in nobody's tree. */
export function kernMount(v: Vfs, sb: number, source: string, mntId: number): number {
  v.activate(sb)
  const mount = v.mounts.insert({
    ns: 0,
    mntId,
    parent: 0,
    mountpoint: 0,
    sb,
    root: v.superBlocks.get(sb).root,
    flags: 0,
    source,
    peerGroup: 0,
    master: 0,
    unbindable: false,
    locked: false,
    lockedFlags: 0,
    seq: 0,
    order: 0,
  })
  v.mounts.own(mount.id).parent = mount.id
  return mount.id
}

function internalFs(name: string): Parameters<Vfs['registerInternal']>[0] {
  const magic = INTERNAL[name]?.[0] ?? 0
  const iops = { ...unsupported, setattr: () => undefined }
  return {
    name,
    magic,
    requiresDev: false,
    usernsMount: false,
    iops: () => iops as never,
    fops(inode) {
      throw new Error(`${name}: no file operations for mode ${(inode.mode & S_IFMT).toString(8)}`)
    },
    statfs: () => ({
      type: magic,
      bsize: 4096,
      blocks: 0,
      bfree: 0,
      bavail: 0,
      files: 0,
      ffree: 0,
      namelen: 255,
    }),
    mount(): SuperBlock['id'] {
      throw new Error(`${name} is mounted by the kernel only`)
    },
  }
}
