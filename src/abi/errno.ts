/**
 * errno: why the kernel refused a call. One frozen object per number, thrown as it is and compared by identity.
 * Linux: include/uapi/asm-generic/errno-base.h and errno.h; messages as glibc's strerror(3) gives them.
 */

/** An error number with its symbolic name and strerror(3) text. Not an `Error`: it carries no stack, so a throw is cheap. */
export class Errno {
  readonly name: string
  readonly errno: number
  /** What strerror(3) says, e.g. `No such file or directory`. */
  readonly message: string

  constructor(name: string, errno: number, message: string) {
    this.name = name
    this.errno = errno
    this.message = message
    Object.freeze(this)
  }

  toString(): string {
    return this.message
  }
}

const byNumber = new Map<number, Errno>()

function define(name: string, errno: number, message: string): Errno {
  const it = new Errno(name, errno, message)
  byNumber.set(errno, it)
  return it
}

/** The errno with this number, as `$?`-less interfaces such as /proc give it. */
export const errnoOf = (errno: number): Errno | undefined => byNumber.get(errno)

/** Run `act`; the errno it throws instead of throwing it, or undefined when it succeeds. Other exceptions pass. */
export function refusal(act: () => unknown): Errno | undefined {
  try {
    act()
    return undefined
  } catch (e) {
    if (e instanceof Errno) return e
    throw e
  }
}

export const EPERM = define('EPERM', 1, 'Operation not permitted')
export const ENOENT = define('ENOENT', 2, 'No such file or directory')
export const ESRCH = define('ESRCH', 3, 'No such process')
export const EINTR = define('EINTR', 4, 'Interrupted system call')
export const EIO = define('EIO', 5, 'Input/output error')
export const ENXIO = define('ENXIO', 6, 'No such device or address')
export const E2BIG = define('E2BIG', 7, 'Argument list too long')
export const ENOEXEC = define('ENOEXEC', 8, 'Exec format error')
export const EBADF = define('EBADF', 9, 'Bad file descriptor')
export const ECHILD = define('ECHILD', 10, 'No child processes')
export const EAGAIN = define('EAGAIN', 11, 'Resource temporarily unavailable')
export const ENOMEM = define('ENOMEM', 12, 'Cannot allocate memory')
export const EACCES = define('EACCES', 13, 'Permission denied')
export const EFAULT = define('EFAULT', 14, 'Bad address')
export const ENOTBLK = define('ENOTBLK', 15, 'Block device required')
export const EBUSY = define('EBUSY', 16, 'Device or resource busy')
export const EEXIST = define('EEXIST', 17, 'File exists')
export const EXDEV = define('EXDEV', 18, 'Invalid cross-device link')
export const ENODEV = define('ENODEV', 19, 'No such device')
export const ENOTDIR = define('ENOTDIR', 20, 'Not a directory')
export const EISDIR = define('EISDIR', 21, 'Is a directory')
export const EINVAL = define('EINVAL', 22, 'Invalid argument')
export const ENFILE = define('ENFILE', 23, 'Too many open files in system')
export const EMFILE = define('EMFILE', 24, 'Too many open files')
export const ENOTTY = define('ENOTTY', 25, 'Inappropriate ioctl for device')
export const ETXTBSY = define('ETXTBSY', 26, 'Text file busy')
export const EFBIG = define('EFBIG', 27, 'File too large')
export const ENOSPC = define('ENOSPC', 28, 'No space left on device')
export const ESPIPE = define('ESPIPE', 29, 'Illegal seek')
export const EROFS = define('EROFS', 30, 'Read-only file system')
export const EMLINK = define('EMLINK', 31, 'Too many links')
export const EPIPE = define('EPIPE', 32, 'Broken pipe')
export const EDOM = define('EDOM', 33, 'Numerical argument out of domain')
export const ERANGE = define('ERANGE', 34, 'Numerical result out of range')
export const EDEADLK = define('EDEADLK', 35, 'Resource deadlock avoided')
export const ENAMETOOLONG = define('ENAMETOOLONG', 36, 'File name too long')
export const ENOLCK = define('ENOLCK', 37, 'No locks available')
export const ENOSYS = define('ENOSYS', 38, 'Function not implemented')
export const ENOTEMPTY = define('ENOTEMPTY', 39, 'Directory not empty')
export const ELOOP = define('ELOOP', 40, 'Too many levels of symbolic links')
export const ENOMSG = define('ENOMSG', 42, 'No message of desired type')
export const EIDRM = define('EIDRM', 43, 'Identifier removed')
export const ECHRNG = define('ECHRNG', 44, 'Channel number out of range')
export const EL2NSYNC = define('EL2NSYNC', 45, 'Level 2 not synchronized')
export const EL3HLT = define('EL3HLT', 46, 'Level 3 halted')
export const EL3RST = define('EL3RST', 47, 'Level 3 reset')
export const ELNRNG = define('ELNRNG', 48, 'Link number out of range')
export const EUNATCH = define('EUNATCH', 49, 'Protocol driver not attached')
export const ENOCSI = define('ENOCSI', 50, 'No CSI structure available')
export const EL2HLT = define('EL2HLT', 51, 'Level 2 halted')
export const EBADE = define('EBADE', 52, 'Invalid exchange')
export const EBADR = define('EBADR', 53, 'Invalid request descriptor')
export const EXFULL = define('EXFULL', 54, 'Exchange full')
export const ENOANO = define('ENOANO', 55, 'No anode')
export const EBADRQC = define('EBADRQC', 56, 'Invalid request code')
export const EBADSLT = define('EBADSLT', 57, 'Invalid slot')
export const EBFONT = define('EBFONT', 59, 'Bad font file format')
export const ENOSTR = define('ENOSTR', 60, 'Device not a stream')
export const ENODATA = define('ENODATA', 61, 'No data available')
export const ETIME = define('ETIME', 62, 'Timer expired')
export const ENOSR = define('ENOSR', 63, 'Out of streams resources')
export const ENONET = define('ENONET', 64, 'Machine is not on the network')
export const ENOPKG = define('ENOPKG', 65, 'Package not installed')
export const EREMOTE = define('EREMOTE', 66, 'Object is remote')
export const ENOLINK = define('ENOLINK', 67, 'Link has been severed')
export const EADV = define('EADV', 68, 'Advertise error')
export const ESRMNT = define('ESRMNT', 69, 'Srmount error')
export const ECOMM = define('ECOMM', 70, 'Communication error on send')
export const EPROTO = define('EPROTO', 71, 'Protocol error')
export const EMULTIHOP = define('EMULTIHOP', 72, 'Multihop attempted')
export const EDOTDOT = define('EDOTDOT', 73, 'RFS specific error')
export const EBADMSG = define('EBADMSG', 74, 'Bad message')
export const EOVERFLOW = define('EOVERFLOW', 75, 'Value too large for defined data type')
export const ENOTUNIQ = define('ENOTUNIQ', 76, 'Name not unique on network')
export const EBADFD = define('EBADFD', 77, 'File descriptor in bad state')
export const EREMCHG = define('EREMCHG', 78, 'Remote address changed')
export const ELIBACC = define('ELIBACC', 79, 'Can not access a needed shared library')
export const ELIBBAD = define('ELIBBAD', 80, 'Accessing a corrupted shared library')
export const ELIBSCN = define('ELIBSCN', 81, '.lib section in a.out corrupted')
export const ELIBMAX = define('ELIBMAX', 82, 'Attempting to link in too many shared libraries')
export const ELIBEXEC = define('ELIBEXEC', 83, 'Cannot exec a shared library directly')
export const EILSEQ = define('EILSEQ', 84, 'Invalid or incomplete multibyte or wide character')
export const ERESTART = define('ERESTART', 85, 'Interrupted system call should be restarted')
export const ESTRPIPE = define('ESTRPIPE', 86, 'Streams pipe error')
export const EUSERS = define('EUSERS', 87, 'Too many users')
export const ENOTSOCK = define('ENOTSOCK', 88, 'Socket operation on non-socket')
export const EDESTADDRREQ = define('EDESTADDRREQ', 89, 'Destination address required')
export const EMSGSIZE = define('EMSGSIZE', 90, 'Message too long')
export const EPROTOTYPE = define('EPROTOTYPE', 91, 'Protocol wrong type for socket')
export const ENOPROTOOPT = define('ENOPROTOOPT', 92, 'Protocol not available')
export const EPROTONOSUPPORT = define('EPROTONOSUPPORT', 93, 'Protocol not supported')
export const ESOCKTNOSUPPORT = define('ESOCKTNOSUPPORT', 94, 'Socket type not supported')
export const EPFNOSUPPORT = define('EPFNOSUPPORT', 96, 'Protocol family not supported')
export const EAFNOSUPPORT = define('EAFNOSUPPORT', 97, 'Address family not supported by protocol')
export const EADDRINUSE = define('EADDRINUSE', 98, 'Address already in use')
export const EADDRNOTAVAIL = define('EADDRNOTAVAIL', 99, 'Cannot assign requested address')
export const ENETDOWN = define('ENETDOWN', 100, 'Network is down')
export const ENETUNREACH = define('ENETUNREACH', 101, 'Network is unreachable')
export const ENETRESET = define('ENETRESET', 102, 'Network dropped connection on reset')
export const ECONNABORTED = define('ECONNABORTED', 103, 'Software caused connection abort')
export const ECONNRESET = define('ECONNRESET', 104, 'Connection reset by peer')
export const ENOBUFS = define('ENOBUFS', 105, 'No buffer space available')
export const EISCONN = define('EISCONN', 106, 'Transport endpoint is already connected')
export const ENOTCONN = define('ENOTCONN', 107, 'Transport endpoint is not connected')
export const ESHUTDOWN = define('ESHUTDOWN', 108, 'Cannot send after transport endpoint shutdown')
export const ETOOMANYREFS = define('ETOOMANYREFS', 109, 'Too many references: cannot splice')
export const ETIMEDOUT = define('ETIMEDOUT', 110, 'Connection timed out')
export const ECONNREFUSED = define('ECONNREFUSED', 111, 'Connection refused')
export const EHOSTDOWN = define('EHOSTDOWN', 112, 'Host is down')
export const EHOSTUNREACH = define('EHOSTUNREACH', 113, 'No route to host')
export const EALREADY = define('EALREADY', 114, 'Operation already in progress')
export const EINPROGRESS = define('EINPROGRESS', 115, 'Operation now in progress')
export const ESTALE = define('ESTALE', 116, 'Stale file handle')
export const EUCLEAN = define('EUCLEAN', 117, 'Structure needs cleaning')
export const ENOTNAM = define('ENOTNAM', 118, 'Not a XENIX named type file')
export const ENAVAIL = define('ENAVAIL', 119, 'No XENIX semaphores available')
export const EISNAM = define('EISNAM', 120, 'Is a named type file')
export const EREMOTEIO = define('EREMOTEIO', 121, 'Remote I/O error')
export const EDQUOT = define('EDQUOT', 122, 'Disk quota exceeded')
export const ENOMEDIUM = define('ENOMEDIUM', 123, 'No medium found')
export const EMEDIUMTYPE = define('EMEDIUMTYPE', 124, 'Wrong medium type')
export const ECANCELED = define('ECANCELED', 125, 'Operation canceled')
export const ENOKEY = define('ENOKEY', 126, 'Required key not available')
export const EKEYEXPIRED = define('EKEYEXPIRED', 127, 'Key has expired')
export const EKEYREVOKED = define('EKEYREVOKED', 128, 'Key has been revoked')
export const EKEYREJECTED = define('EKEYREJECTED', 129, 'Key was rejected by service')
export const EOWNERDEAD = define('EOWNERDEAD', 130, 'Owner died')
export const ENOTRECOVERABLE = define('ENOTRECOVERABLE', 131, 'State not recoverable')
export const ERFKILL = define('ERFKILL', 132, 'Operation not possible due to RF-kill')
export const EWOULDBLOCK = EAGAIN
export const EOPNOTSUPP = define('EOPNOTSUPP', 95, 'Operation not supported')
export const ENOTSUP = EOPNOTSUPP
