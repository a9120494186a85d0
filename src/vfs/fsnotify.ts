/**
 * Telling those who watch files what became of them. Linux: fs/notify/fsnotify.c, include/linux/fsnotify.h.
 *
 * A mark is one inode that a group (an inotify instance) watches. The hooks are called where Linux calls them, by
 * everything that opens, reads, changes, names or forgets a file; while nobody watches anything they only find that
 * there are no marks. The FS_* masks of Linux are the IN_* of the system call.
 *
 * Left out: marks on mounts and file systems, permission events (fanotify), an executable's close.
 */
import {
  IN_ACCESS,
  IN_ATTRIB,
  IN_CLOSE_NOWRITE,
  IN_CLOSE_WRITE,
  IN_CREATE,
  IN_DELETE,
  IN_DELETE_SELF,
  IN_EXCL_UNLINK,
  IN_ISDIR,
  IN_MODIFY,
  IN_MOVE_SELF,
  IN_MOVED_FROM,
  IN_MOVED_TO,
  IN_OPEN,
  IN_UNMOUNT,
  isDir,
  O_ACCMODE,
  O_PATH,
  O_RDONLY,
} from '../abi/index.ts'
import type { Attributes, Inode, OpenFile } from './types.ts'
import type { Vfs } from './vfs.ts'

/** Linux: struct fsnotify_mark. */
export interface FsnotifyMark {
  readonly inode: number
  readonly group: FsnotifyGroup
  /** What it asks for. */
  mask: number
}

/** Linux: struct fsnotify_group and its fsnotify_ops. */
export interface FsnotifyGroup {
  /** `name` is empty for what happened to the marked inode itself. */
  handleEvent(mark: FsnotifyMark, mask: number, name: string, cookie: number): void
  /** The mark is gone: somebody took it away, or its inode went. */
  freeingMark(mark: FsnotifyMark): void
}

/** Linux: fsnotify_add_mark(). The inode stays in memory while it is marked. */
export function addMark(v: Vfs, mark: FsnotifyMark): void {
  const marks = v.marks.get(mark.inode)
  if (marks) marks.push(mark)
  else {
    v.marks.set(mark.inode, [mark])
    v.iget(mark.inode)
  }
}

/** Linux: fsnotify_destroy_mark(). */
export function destroyMark(v: Vfs, mark: FsnotifyMark): void {
  const rest = v.marks.get(mark.inode)?.filter(it => it !== mark)
  if (!rest) return
  if (rest.length) v.marks.set(mark.inode, rest)
  else v.marks.delete(mark.inode)
  mark.group.freeingMark(mark)
  if (!rest.length) v.iput(mark.inode)
}

/** Linux: fsnotify(). Marks on `inode` that ask for it are told; `unlinked`: the name is no more. */
export function fsnotify(v: Vfs, inode: number, mask: number, name = '', cookie = 0, unlinked = false): void {
  for (const mark of v.marks.get(inode) ?? [])
    if (mark.mask & mask & ~IN_ISDIR && !(unlinked && mark.mask & IN_EXCL_UNLINK))
      mark.group.handleEvent(mark, mask, name, cookie)
}

const kindOf = (inode: Inode): number => (isDir(inode) ? IN_ISDIR : 0)

/** Linux: fsnotify_parent(): the directory is told by name, and then who marked the file itself. */
function notifyDentry(v: Vfs, id: number, mask: number): void {
  const { inode, parent, name, unhashed, id: own } = v.dentry(id)
  const full = mask | kindOf(v.inode(inode))
  if (parent !== own) fsnotify(v, v.dentry(parent).inode, full, name, 0, unhashed)
  fsnotify(v, inode, full)
}

function notifyFile(v: Vfs, file: OpenFile, mask: number): void {
  if (!(file.flags & O_PATH)) notifyDentry(v, file.dentry, mask)
}

/** Linux: fsnotify_open(), fsnotify_close(), fsnotify_access(), fsnotify_modify(). */
export function fsnotifyOpen(v: Vfs, file: OpenFile): void {
  if (v.marks.size) notifyFile(v, file, IN_OPEN)
}

export function fsnotifyClose(v: Vfs, file: OpenFile): void {
  if (v.marks.size)
    notifyFile(v, file, (file.flags & O_ACCMODE) === O_RDONLY ? IN_CLOSE_NOWRITE : IN_CLOSE_WRITE)
}

export function fsnotifyAccess(v: Vfs, file: OpenFile): void {
  if (v.marks.size) notifyFile(v, file, IN_ACCESS)
}

export function fsnotifyModify(v: Vfs, file: OpenFile): void {
  if (v.marks.size) notifyFile(v, file, IN_MODIFY)
}

/** An executable is opened, read and closed. */
export function fsnotifyExec(v: Vfs, dentry: number): void {
  if (v.marks.size) for (const mask of [IN_OPEN, IN_ACCESS, IN_CLOSE_NOWRITE]) notifyDentry(v, dentry, mask)
}

/** Linux: fsnotify_xattr(), and for flags of inodes vfs_fileattr_set(). */
export function fsnotifyAttrib(v: Vfs, dentry: number): void {
  if (v.marks.size) notifyDentry(v, dentry, IN_ATTRIB)
}

/** Linux: fsnotify_change(). */
export function fsnotifyChange(v: Vfs, dentry: number, attr: Attributes): void {
  if (!v.marks.size) return
  const { uid, gid, mode, size, atime, mtime } = attr
  let mask = (uid ?? gid ?? mode) === undefined ? 0 : IN_ATTRIB
  if (size !== undefined) mask |= IN_MODIFY
  if (atime) mask |= mtime ? IN_ATTRIB : IN_ACCESS
  else if (mtime) mask |= IN_MODIFY
  if (mask) notifyDentry(v, dentry, mask)
}

/** Linux: fsnotify_create(), fsnotify_mkdir(), and fsnotify_link() after fsnotifyLinkCount. */
export function fsnotifyCreate(v: Vfs, dir: number, name: string, inode: Inode): void {
  if (v.marks.size) fsnotify(v, dir, IN_CREATE | kindOf(inode), name)
}

/** Linux: fsnotify_link_count(). */
export function fsnotifyLinkCount(v: Vfs, inode: number): void {
  if (v.marks.size) fsnotify(v, inode, IN_ATTRIB)
}

/** Linux: fsnotify_delete(). */
export function fsnotifyDelete(v: Vfs, dir: number, name: string, kind: number): void {
  if (v.marks.size) fsnotify(v, dir, IN_DELETE | kind, name)
}

/** Linux: fsnotify_move(). `moved` has its new name already. */
export function fsnotifyMove(v: Vfs, oldDir: number, oldName: string, moved: number): void {
  if (!v.marks.size) return
  const { parent, name, inode } = v.dentry(moved)
  const kind = kindOf(v.inode(inode))
  const cookie = v.nextCookie++
  fsnotify(v, oldDir, IN_MOVED_FROM | kind, oldName, cookie)
  fsnotify(v, v.dentry(parent).inode, IN_MOVED_TO | kind, name, cookie)
  fsnotify(v, inode, IN_MOVE_SELF)
}

/** Linux: fsnotify_inoderemove(): the last name and the last user of an inode are gone. */
export function fsnotifyInodeRemove(v: Vfs, inode: number): void {
  fsnotify(v, inode, IN_DELETE_SELF)
  for (const mark of v.marks.get(inode) ?? []) destroyMark(v, mark)
}

/** Linux: fsnotify_unmount_inodes(): a file system goes. */
export function fsnotifyUnmount(v: Vfs, sb: number): void {
  for (const [id, marks] of [...v.marks]) {
    const inode = v.inode(id)
    if (inode.sb !== sb) continue
    for (const mark of marks) {
      mark.group.handleEvent(mark, IN_UNMOUNT | kindOf(inode), '', 0)
      destroyMark(v, mark)
    }
  }
}
