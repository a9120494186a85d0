/** File types and permission bits. Linux: include/uapi/linux/stat.h; inode(7). */
export const S_IFMT = 0o170000
export const S_IFSOCK = 0o140000
export const S_IFLNK = 0o120000
export const S_IFREG = 0o100000
export const S_IFBLK = 0o060000
export const S_IFDIR = 0o040000
export const S_IFCHR = 0o020000
export const S_IFIFO = 0o010000
export const S_ISUID = 0o4000
export const S_ISGID = 0o2000
export const S_ISVTX = 0o1000

export const isDir = (it: { readonly mode: number }): boolean => (it.mode & S_IFMT) === S_IFDIR
export const isReg = (it: { readonly mode: number }): boolean => (it.mode & S_IFMT) === S_IFREG
export const isLink = (it: { readonly mode: number }): boolean => (it.mode & S_IFMT) === S_IFLNK
export const isChr = (it: { readonly mode: number }): boolean => (it.mode & S_IFMT) === S_IFCHR
export const isBlk = (it: { readonly mode: number }): boolean => (it.mode & S_IFMT) === S_IFBLK
export const isFifo = (it: { readonly mode: number }): boolean => (it.mode & S_IFMT) === S_IFIFO
export const isSock = (it: { readonly mode: number }): boolean => (it.mode & S_IFMT) === S_IFSOCK

/** makedev(3), major(3), minor(3) for the small numbers that occur here. */
export const makedev = (major: number, minor: number): number =>
  (major & 0xfff) * 0x100 + (minor & 0xff) + (minor >>> 8) * 0x100000
export const major = (dev: number): number => Math.floor(dev / 0x100) & 0xfff
export const minor = (dev: number): number => (dev & 0xff) + Math.floor(dev / 0x100000) * 0x100

export const PATH_MAX = 4096
export const NAME_MAX = 255
