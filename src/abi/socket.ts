/** socket(2), unix(7): numbers and records. Linux: include/linux/socket.h, include/uapi/asm-generic/socket.h. */
export const AF_UNIX = 1
export const AF_INET = 2
export const AF_INET6 = 10
export const AF_NETLINK = 16

export const SOCK_STREAM = 1
export const SOCK_DGRAM = 2
export const SOCK_RAW = 3
export const SOCK_SEQPACKET = 5
export const SOCK_NONBLOCK = 0o4000
export const SOCK_CLOEXEC = 0o2000000

export const SHUT_RD = 0
export const SHUT_WR = 1
export const SHUT_RDWR = 2

export const MSG_PEEK = 2
export const MSG_DONTWAIT = 0x40
export const MSG_NOSIGNAL = 0x4000

export const SO_TYPE = 3
export const SO_ERROR = 4
export const SO_SNDBUF = 7
export const SO_RCVBUF = 8
export const SO_PEERCRED = 17
export const SO_ACCEPTCONN = 30
export const SO_PROTOCOL = 38
export const SO_DOMAIN = 39

/** Longest address, its end included. Linux: UNIX_PATH_MAX. */
export const UNIX_PATH_MAX = 108

/** Linux: struct ucred. Who made the socket at the other end. */
export interface Ucred {
  readonly pid: number
  readonly uid: number
  readonly gid: number
}

/** What recvfrom(2) gives. The address is a path, an abstract name that begins with NUL, or empty. */
export interface Received {
  readonly data: Uint8Array
  readonly address: string
}
