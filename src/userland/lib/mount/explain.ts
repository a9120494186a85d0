/**
 * What an errno of mount(2) means to mount(8). Linux: util-linux libmount/src/context_mount.c:
 * mnt_context_get_mount_excode(); mount(8), EXIT STATUS.
 */
import {
  type Blocking,
  EACCES,
  EBUSY,
  EINVAL,
  EIO,
  EMFILE,
  ENODEV,
  ENOENT,
  ENOTBLK,
  ENOTDIR,
  ENXIO,
  EPERM,
  EROFS,
  Errno,
  isBlk,
  isDir,
  isReg,
  MS_BIND,
  MS_MOVE,
  MS_RDONLY,
  MS_REMOUNT,
  type Stat,
  type Sys,
} from '../../../abi/index.ts'
import { mountAt } from '../mountinfo.ts'
import type { MountOptions } from '../mountinfo-path.ts'
import { mountTable } from './tables.ts'

/** A mount that did not come about. */
export interface Failure {
  readonly errno: Errno
  /** Whether the mount itself was made and only flags or propagation were refused. */
  readonly applyingFlags: boolean
  readonly source: string | undefined
  readonly target: string
  readonly type: string | undefined
  readonly options: MountOptions
}

const statOf = (look: () => Stat): Stat | undefined => {
  try {
    return look()
  } catch (e) {
    if (e instanceof Errno) return undefined
    throw e
  }
}

/** A sentence about a failure; nothing if `nofail` makes it none. */
export function* explain(sys: Sys, failure: Failure): Blocking<string | undefined> {
  const { errno, target, options } = failure
  const { flags } = options
  const source = failure.source ?? ''
  const nofail = options.user.includes('nofail')
  const there = statOf(() => sys.stat(target))
  switch (errno) {
    case EPERM:
      if (sys.geteuid() !== 0) return 'must be superuser to use mount'
      return there && isDir(there) ? 'permission denied' : 'mount point is not a directory'
    case EBUSY:
      return yield* busy(sys, source, flags)
    case ENOENT:
      if (!statOf(() => sys.lstat(target))) return 'mount point does not exist'
      if (!there) return 'mount point is a symbolic link to nowhere'
      if (source && !statOf(() => sys.stat(source)))
        return nofail ? undefined : `special device ${source} does not exist`
      break
    case ENOTDIR:
      if (!there || !isDir(there)) return 'mount point is not a directory'
      if (source.includes('/') && !statOf(() => sys.stat(source)))
        return `special device ${source} does not exist (a path prefix is not a directory)`
      break
    case EINVAL:
      return yield* invalid(sys, failure.applyingFlags, source, failure.type ?? '', flags)
    case EMFILE:
      return 'mount table full'
    case EIO:
      return `can't read superblock on ${source}`
    case ENODEV:
      return /^[^,]+$/.test(failure.type ?? '')
        ? `unknown filesystem type '${failure.type}'`
        : 'unknown filesystem type'
    case ENOTBLK:
      if (nofail) return undefined
      return notBlock(
        statOf(() => sys.stat(source)),
        source,
      )
    case ENXIO:
      return nofail ? undefined : `${source} is not a valid block device`
    case EACCES:
    case EROFS:
      if (flags & MS_RDONLY) return `cannot mount ${source} read-only`
      if (flags & MS_REMOUNT) return `cannot remount ${source} read-write, is write-protected`
      if (flags & MS_BIND) return `bind ${source} failed`
  }
  return `mount(2) system call failed: ${errno.message}`
}

function* busy(sys: Sys, source: string, flags: number): Blocking<string> {
  if (flags & MS_REMOUNT) return 'mount point is busy'
  const known = (yield* mountTable(sys)).find(it => it.source === source)
  return known
    ? `${source} already mounted on ${known.target}`
    : `${source} already mounted or mount point busy`
}

function notBlock(it: Stat | undefined, source: string): string {
  if (!it) return `${source} is not a block device, and stat(2) fails?`
  if (isBlk(it))
    return `the kernel does not recognize ${source} as a block device; maybe "modprobe driver" is necessary`
  return isReg(it) ? `${source} is not a block device; try "-o loop"` : `${source} is not a block device`
}

/** Linux: mnt_fstype_is_netfs(). */
const NETWORKED = /^(?:cifs|smb3|smbfs|nfs.*|afs|ncpfs|glusterfs|fuse\.(?:curlftpfs|sshfs)|9p.*)$/

function* invalid(
  sys: Sys,
  applyingFlags: boolean,
  source: string,
  type: string,
  flags: number,
): Blocking<string> {
  if (flags & MS_REMOUNT) return 'mount point not mounted or bad option'
  if (applyingFlags) return 'not mount point or bad option'
  if (flags & MS_MOVE && (yield* onSharedMount(sys, source)))
    return 'bad option; moving a mount residing under a shared mount is unsupported'
  if (NETWORKED.test(type))
    return 'bad option; for several filesystems (e.g. nfs, cifs) you might need a /sbin/mount.<type> helper program'
  return `wrong fs type, bad option, bad superblock on ${source}, missing codepage or helper program, or other error`
}

/** Linux: is_shared_tree(): whether what a mount point lies in is shared. */
function* onSharedMount(sys: Sys, path: string): Blocking<boolean> {
  const all = yield* mountTable(sys)
  // Of what lies in / itself it does not find out.
  if (path.lastIndexOf('/') <= 0) return false
  for (let at = path; ; ) {
    at = at.slice(0, at.lastIndexOf('/')) || '/'
    const mount = mountAt(all, at)
    if (mount) return mount.optFields.includes('shared:')
    if (at === '/') return false
  }
}
