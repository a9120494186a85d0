/** Network namespaces that have a name: files in /run/netns. iproute2: ip/ipnetns.c. */
import {
  type Blocking,
  ENOENT,
  Errno,
  O_CLOEXEC,
  O_RDONLY,
  RTM_GETNSID,
  type Sys,
} from '../../../abi/index.ts'
import type { Rtnl } from './netlink.ts'
import { Quit } from './words.ts'

export const NETNS_RUN_DIR = '/run/netns'
export const NETNS_ETC_DIR = '/etc/netns'

/** The names there are; a directory lists what was made last first, on a tmpfs. */
export function* netnsNames(sys: Sys): Blocking<readonly string[]> {
  let fd: number
  try {
    fd = yield* sys.open(NETNS_RUN_DIR, O_RDONLY)
  } catch (e) {
    if (e === ENOENT) return []
    throw e
  }
  const names = sys.getdents(fd).map(it => it.name)
  sys.close(fd)
  return names.filter(it => it !== '.' && it !== '..')
}

export function* openNetns(sys: Sys, name: string): Blocking<number> {
  const path = name.includes('/') ? name : `${NETNS_RUN_DIR}/${name}`
  return yield* sys.open(path, O_RDONLY | O_CLOEXEC)
}

/** Enter a namespace by its name. Linux: netns_switch(), but for the mounts that exec makes. */
export function* enterNetns(sys: Sys, name: string): Blocking<void> {
  let fd: number
  try {
    fd = yield* openNetns(sys, name)
  } catch (e) {
    throw refused(`Cannot open network namespace "${name}"`, e)
  }
  try {
    sys.setns(fd, 0x40000000)
  } catch (e) {
    throw refused(`setting the network namespace "${name}" failed`, e)
  }
  sys.close(fd)
}

/** What to throw when a call is refused: `what: reason`. */
export function refused(what: string, e: unknown, status = 255): unknown {
  return e instanceof Errno ? new Quit(`${what}: ${e.message}`, status) : e
}

/** Which number a named namespace has here; -1 for none. Errors end the program. */
export function* nsidOf(rtnl: Rtnl, name: string): Blocking<number> {
  const fd = yield* openNetns(rtnl.sys, name)
  try {
    const answer = yield* rtnl.talk({ type: RTM_GETNSID, nsid: { fd } })
    return answer?.nsid?.nsid ?? -1
  } finally {
    rtnl.sys.close(fd)
  }
}

/** The names of the namespaces that have a number here. What is no namespace is complained of. Linux: netns_map_init(). */
export function* netnsMap(rtnl: Rtnl): Blocking<ReadonlyMap<number, string>> {
  const names = new Map<number, string>()
  for (const name of yield* netnsNames(rtnl.sys)) {
    try {
      names.set(yield* nsidOf(rtnl, name), name)
    } catch (e) {
      if (e instanceof Quit) yield* rtnl.sys.write(2, `${e.message}\n`)
      else if (!(e instanceof Errno)) throw e
    }
  }
  return names
}

/** The name of the namespace with a number, if it has one. */
export function* netnsNameOf(rtnl: Rtnl, nsid: number): Blocking<string | undefined> {
  rtnl.netns ??= yield* netnsMap(rtnl)
  return rtnl.netns.get(nsid)
}
