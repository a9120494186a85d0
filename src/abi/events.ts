/** eventfd(2) and epoll(7). Linux: include/linux/eventfd.h, include/uapi/linux/eventpoll.h. */

export const EFD_SEMAPHORE = 1
export const EFD_CLOEXEC = 0o2000000
export const EFD_NONBLOCK = 0o4000

export const EPOLL_CLOEXEC = 0o2000000
export const EPOLL_CTL_ADD = 1
export const EPOLL_CTL_DEL = 2
export const EPOLL_CTL_MOD = 3
/** Besides these, events are those of poll(2). */
export const EPOLLONESHOT = 1 << 30
export const EPOLLET = 1 << 31

/** struct epoll_event. */
export interface EpollEvent {
  readonly events: number
  readonly data: number
}
