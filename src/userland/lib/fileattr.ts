/** The flags that chattr sets and lsattr shows. Linux: e2fsprogs lib/e2p/pf.c, fgetflags.c, fsetflags.c; chattr(1). */
import {
  type Blocking,
  ENOTTY,
  EOPNOTSUPP,
  FS_APPEND_FL,
  FS_CASEFOLD_FL,
  FS_COMPR_FL,
  FS_DAX_FL,
  FS_DIRSYNC_FL,
  FS_ENCRYPT_FL,
  FS_EXTENT_FL,
  FS_IMMUTABLE_FL,
  FS_INDEX_FL,
  FS_INLINE_DATA_FL,
  FS_IOC_GETFLAGS,
  FS_IOC_SETFLAGS,
  FS_JOURNAL_DATA_FL,
  FS_NOATIME_FL,
  FS_NOCOMP_FL,
  FS_NOCOW_FL,
  FS_NODUMP_FL,
  FS_NOTAIL_FL,
  FS_PROJINHERIT_FL,
  FS_SECRM_FL,
  FS_SYNC_FL,
  FS_TOPDIR_FL,
  FS_UNRM_FL,
  FS_VERITY_FL,
  isDir,
  isReg,
  O_NONBLOCK,
  type Sys,
} from '../../abi/index.ts'

/** In the order in which lsattr prints them. */
export const FLAGS: readonly (readonly [flag: number, letter: string, name: string])[] = [
  [FS_SECRM_FL, 's', 'Secure_Deletion'],
  [FS_UNRM_FL, 'u', 'Undelete'],
  [FS_SYNC_FL, 'S', 'Synchronous_Updates'],
  [FS_DIRSYNC_FL, 'D', 'Synchronous_Directory_Updates'],
  [FS_IMMUTABLE_FL, 'i', 'Immutable'],
  [FS_APPEND_FL, 'a', 'Append_Only'],
  [FS_NODUMP_FL, 'd', 'No_Dump'],
  [FS_NOATIME_FL, 'A', 'No_Atime'],
  [FS_COMPR_FL, 'c', 'Compression_Requested'],
  [FS_ENCRYPT_FL, 'E', 'Encrypted'],
  [FS_JOURNAL_DATA_FL, 'j', 'Journaled_Data'],
  [FS_INDEX_FL, 'I', 'Indexed_directory'],
  [FS_NOTAIL_FL, 't', 'No_Tailmerging'],
  [FS_TOPDIR_FL, 'T', 'Top_of_Directory_Hierarchies'],
  [FS_EXTENT_FL, 'e', 'Extents'],
  [FS_NOCOW_FL, 'C', 'No_COW'],
  [FS_DAX_FL, 'x', 'DAX'],
  [FS_CASEFOLD_FL, 'F', 'Casefold'],
  [FS_INLINE_DATA_FL, 'N', 'Inline_Data'],
  [FS_PROJINHERIT_FL, 'P', 'Project_Hierarchy'],
  [FS_VERITY_FL, 'V', 'Verity'],
  [FS_NOCOMP_FL, 'm', 'Dont_Compress'],
]

/** print_flags(): a letter or a dash for each. */
export const flagLetters = (flags: number): string =>
  FLAGS.map(([flag, letter]) => (flags & flag ? letter : '-')).join('')

/** The long form: names, or three dashes for none. */
export const flagNames = (flags: number): string =>
  FLAGS.filter(([flag]) => flags & flag)
    .map(it => it[2])
    .join(', ') || '---'

/** fgetflags(). Errors: EOPNOTSUPP for all but files and directories, and where there are no flags. */
export const readFlags = (sys: Sys, path: string): Blocking<number> => request(sys, path, FS_IOC_GETFLAGS, 0)

/** fsetflags(). */
export const writeFlags = (sys: Sys, path: string, flags: number): Blocking<number> =>
  request(sys, path, FS_IOC_SETFLAGS, flags)

function* request(sys: Sys, path: string, call: number, arg: number): Blocking<number> {
  const stat = sys.lstat(path)
  if (!isReg(stat) && !isDir(stat)) throw EOPNOTSUPP
  const fd = yield* sys.open(path, O_NONBLOCK)
  try {
    return sys.ioctl(fd, call, arg)
  } catch (e) {
    throw e === ENOTTY ? EOPNOTSUPP : e
  } finally {
    sys.close(fd)
  }
}
