/** Sockets on which programs talk to the kernel's network. Linux: net/netlink/af_netlink.c; netlink(7). */
import {
  type Blocking,
  ENOTCONN,
  EOPNOTSUPP,
  Errno,
  NLM_F_ACK,
  NLM_F_DUMP,
  NLMSG_DONE,
  NLMSG_ERROR,
  type NlMsg,
  POLLIN,
  POLLOUT,
  RTM_NEWADDR,
  RTM_NEWLINK,
  RTM_NEWNEIGH,
  RTM_NEWNSID,
  RTM_NEWROUTE,
  RTM_NEWRULE,
} from '../../abi/index.ts'
import type { FileOps } from '../../vfs/index.ts'
import type { Kernel } from '../kernel.ts'
import { refused } from '../refusal.ts'
import type { Task } from '../types.ts'
import { waitEvent } from '../wait-queue.ts'
import { wakeUp } from '../wake-up.ts'
import { ExtAck } from './extack.ts'
import { rtnetlinkReceive } from './rtnetlink.ts'

/** Linux: struct netlink_sock. */
export class NetlinkSock implements FileOps {
  readonly seekable = false
  readonly k: Kernel
  readonly netNs: number
  readonly #queue: string
  #received: NlMsg[] = []
  /** The number of its inode on sockfs. */
  ino = 0

  constructor(k: Kernel, netNs: number) {
    this.k = k
    this.netNs = netNs
    this.#queue = `socket:${k.nextPipe++}`
  }

  /** The kernel answers at once: what was asked for, an error or an acknowledgement. Linux: netlink_rcv_skb(). */
  send(task: Task, message: NlMsg): void {
    this.#received.push(...this.#answer(task, message))
    wakeUp(this.k, this.#queue)
  }

  #answer(task: Task, message: NlMsg): readonly NlMsg[] {
    try {
      const answers = rtnetlinkReceive(this.k, task, this.netNs, message)
      if (message.flags & NLM_F_DUMP && (message.type & 3) === 2)
        return [...answers, { type: NLMSG_DONE, flags: 0 }]
      return message.flags & NLM_F_ACK ? [...answers, { type: NLMSG_ERROR, flags: 0 }] : answers
    } catch (e) {
      const call = requestName(message.type)
      refused(this.k, task.id, call, [], e instanceof ExtAck ? e.errno : e)
      if (e instanceof ExtAck) return [{ type: NLMSG_ERROR, flags: 0, error: e.errno, extack: e.message }]
      if (e instanceof Errno) return [{ type: NLMSG_ERROR, flags: 0, error: e }]
      throw e
    }
  }

  *receive(task: number): Blocking<readonly NlMsg[]> {
    yield* waitEvent(
      this.k,
      task,
      this.#queue,
      '__skb_wait_for_more_packets',
      () => this.#received.length > 0,
    )
    const received = this.#received
    this.#received = []
    return received
  }

  read(): Uint8Array {
    throw EOPNOTSUPP
  }

  write(): number {
    throw ENOTCONN
  }

  poll(): number {
    return POLLOUT | (this.#received.length ? POLLIN : 0)
  }

  pollQueues(): readonly string[] {
    return [this.#queue]
  }
}

const OBJECTS: Readonly<Record<number, string>> = {
  [RTM_NEWLINK]: 'LINK',
  [RTM_NEWADDR]: 'ADDR',
  [RTM_NEWROUTE]: 'ROUTE',
  [RTM_NEWNEIGH]: 'NEIGH',
  [RTM_NEWRULE]: 'RULE',
  [RTM_NEWNSID]: 'NSID',
}
const requestName = (type: number): string =>
  `RTM_${['NEW', 'DEL', 'GET', 'SET'][type & 3]}${OBJECTS[type & ~3] ?? type}`
