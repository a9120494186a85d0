/** How ip talks to the kernel. iproute2: lib/libnetlink.c, lib/ll_map.c. */
import {
  AF_NETLINK,
  type Blocking,
  type LinkMessage,
  NETLINK_ROUTE,
  NLM_F_ACK,
  NLM_F_DUMP,
  NLM_F_REQUEST,
  NLMSG_DONE,
  NLMSG_ERROR,
  type NlMsg,
  RTM_GETLINK,
  SOCK_CLOEXEC,
  SOCK_RAW,
  type Sys,
} from '../../../abi/index.ts'
import { Quit } from './words.ts'

/** A message without what the header says of itself. */
export type Request = Omit<NlMsg, 'flags'> & { readonly flags?: number }

/** A socket to the network of one namespace. Linux: struct rtnl_handle. */
export class Rtnl {
  readonly sys: Sys
  readonly #fd: number
  #links: readonly LinkMessage[] | undefined
  /** Names of namespaces by their numbers, once they were asked for. */
  netns: ReadonlyMap<number, string> | undefined

  constructor(sys: Sys) {
    this.sys = sys
    this.#fd = sys.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE)
  }

  close(): void {
    this.sys.close(this.#fd)
  }

  /** Ask for all there is of something. */
  *dump(request: Request): Blocking<readonly NlMsg[]> {
    this.sys.sendmsg(this.#fd, { ...request, flags: NLM_F_REQUEST | NLM_F_DUMP })
    const answers = yield* this.sys.recvmsg(this.#fd)
    refuse(answers)
    return answers.filter(it => it.type !== NLMSG_DONE)
  }

  /** Ask for one thing, or to have something done; ends the program with the kernel's words when it refuses. */
  *talk(request: Request): Blocking<NlMsg | undefined> {
    this.sys.sendmsg(this.#fd, { ...request, flags: NLM_F_REQUEST | NLM_F_ACK | (request.flags ?? 0) })
    this.#links = undefined
    const answers = yield* this.sys.recvmsg(this.#fd)
    refuse(answers)
    return answers.find(it => it.type !== NLMSG_ERROR)
  }

  *links(): Blocking<readonly LinkMessage[]> {
    this.#links ??= (yield* this.dump({ type: RTM_GETLINK })).flatMap(({ link }) => (link ? [link] : []))
    return this.#links
  }

  /** The index of a device by one of its names; 0 for none. Linux: ll_name_to_index(). */
  *indexOf(name: string): Blocking<number> {
    const links = yield* this.links()
    const found = links.find(it => it.ifname === name || it.altnames?.includes(name))
    return found?.index ?? Number(/^if(\d+)$/.exec(name)?.[1] ?? 0)
  }

  *nameOf(index: number): Blocking<string> {
    const found = (yield* this.links()).find(it => it.index === index)
    return found?.ifname ?? `if${index}`
  }
}

function refuse(answers: readonly NlMsg[]): void {
  const refused = answers.find(it => it.error)
  if (!refused) return
  if (refused.extack) throw new Quit(`Error: ${refused.extack}.`, 2)
  throw new Quit(`RTNETLINK answers: ${refused.error!.message}`, 2)
}
