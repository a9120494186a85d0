/** Files that are events, which come with the programs (late.ts): eventfd(2), epoll(7), and v1's cgroup.event_control. */
export { writeEventControl } from './cgroup/memcg-event.ts'
export { eventfd2 } from './eventfd.ts'
export { epollCreate1, epollCtl, epollWait } from './eventpoll.ts'
