/** /proc/PID/fd and fdinfo. Linux: fs/proc/fd.c. */
import { EINVAL, ENOENT, O_ACCMODE, O_CLOEXEC, O_LARGEFILE, O_RDONLY, O_WRONLY } from '../../abi/index.ts'
import { type Kernel, showFdLocks } from '../../kernel/index.ts'
import type { OpenFile } from '../../vfs/index.ts'
import { dirent, type PseudoDir, type PseudoFile, type PseudoLink } from '../pseudo.ts'
import { inodeOf, ownerOf, requireTrace, type TaskEntry, taskOf } from './entry.ts'

const FIRST = 128

function descriptors({ k, id }: TaskEntry): number[] {
  const files = k.files.find(k.tasks.find(id)?.files ?? 0)
  return files ? files.fds.flatMap((file, fd) => (file ? [fd] : [])) : []
}

function openFile(entry: TaskEntry, fd: number) {
  const { k } = entry
  const file = k.openFiles.find(k.files.find(taskOf(entry).files)?.fds[fd] ?? 0)
  if (!file) throw ENOENT
  return file
}

/** `lr-x------`: the permission bits tell how the file was opened. */
function modeOf(entry: TaskEntry, fd: number): number {
  const access = openFile(entry, fd).flags & O_ACCMODE
  return 0o100 | (access !== O_WRONLY ? 0o400 : 0) | (access !== O_RDONLY ? 0o200 : 0)
}

function linkNode(entry: TaskEntry, fd: number): PseudoLink {
  const path = () => {
    const { mount, dentry } = openFile(entry, fd)
    return { mount, dentry }
  }
  return {
    kind: 'link',
    ino: inodeOf(entry, FIRST + fd),
    mode: modeOf(entry, fd),
    size: 64,
    ...ownerOf(entry, taskOf(entry)),
    readlink(as) {
      requireTrace(entry, as)
      return entry.k.vfs.showPath(path(), as)
    },
    getLink(as) {
      requireTrace(entry, as)
      return path()
    },
  }
}

const isDescriptor = (entry: TaskEntry, name: string): boolean =>
  /^(0|[1-9]\d*)$/.test(name) && descriptors(entry).includes(Number(name))

export function fdDirectory(entry: TaskEntry): PseudoDir {
  return {
    kind: 'dir',
    ino: inodeOf(entry, 3),
    mode: 0o500,
    nlink: 2,
    ...ownerOf(entry, taskOf(entry)),
    // Linux: proc_fd_permission(): a process's own are open to all its threads.
    permitted: ({ task }) => entry.k.tasks.find(task)?.tgid === entry.k.tasks.find(entry.id)?.tgid,
    lookup: (_, name) => (isDescriptor(entry, name) ? linkNode(entry, Number(name)) : undefined),
    readdir(as) {
      requireTrace(entry, as)
      return descriptors(entry).map(fd => dirent(`${fd}`, linkNode(entry, fd)))
    },
  }
}

/** What open(2) opened is said to be a large file; what other calls made is not. */
const flagsOf = ({ vfs }: Kernel, { flags, mount }: OpenFile): number =>
  flags | ([...vfs.internalMounts.values()].includes(mount) ? 0 : O_LARGEFILE)

/** Linux: seq_show(). */
function infoNode(entry: TaskEntry, fd: number): PseudoFile {
  return {
    kind: 'file',
    ino: inodeOf(entry, 192 + fd),
    mode: 0o444,
    ...ownerOf(entry, taskOf(entry)),
    show() {
      const { k } = entry
      const file = openFile(entry, fd)
      const mnt = k.mounts.find(file.mount)?.mntId ?? 0
      const { ino } = k.vfs.inode(file.inode)
      const { files } = taskOf(entry)
      const cloexec = k.files.get(files).cloexec[fd] ? O_CLOEXEC : 0
      const head = `pos:\t${file.pos}\nflags:\t0${(flagsOf(k, file) | cloexec).toString(8)}\nmnt_id:\t${mnt}\nino:\t${ino}\n`
      const locks = showFdLocks(k, files, file.id, entry.ns.id)
      return head + locks + (k.vfs.fops(file).showFdinfo?.(k.vfs, file) ?? '')
    },
    store() {
      throw EINVAL
    },
  }
}

export function fdinfoDirectory(entry: TaskEntry): PseudoDir {
  return {
    kind: 'dir',
    ino: inodeOf(entry, 4),
    mode: 0o555,
    nlink: 2,
    ...ownerOf(entry, taskOf(entry), 0o555),
    // Linux: proc_fdinfo_access_allowed()
    permission: as => requireTrace(entry, as),
    lookup: (_, name) => (isDescriptor(entry, name) ? infoNode(entry, Number(name)) : undefined),
    readdir: () => descriptors(entry).map(fd => dirent(`${fd}`, infoNode(entry, fd))),
  }
}
