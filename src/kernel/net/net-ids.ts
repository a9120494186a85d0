/** The numbers by which one network namespace knows others. Linux: net/core/net_namespace.c; RTM_NEWNSID. */
import { CAP_NET_ADMIN, EEXIST, EINVAL, EPERM, ESRCH, type LinkMessage } from '../../abi/index.ts'
import { type Cred, nsOf as nsOfInode } from '../../vfs/index.ts'
import { nsCapable } from '../capability.ts'
import { fileOf } from '../files.ts'
import type { Kernel } from '../kernel.ts'
import { nsOf } from '../nsproxy.ts'
import { taskByPid } from '../pid-namespace.ts'
import type { Task } from '../types.ts'
import { ExtAck } from './extack.ts'

/** The number of `other` in `net`; -1 for none. Linux: peernet2id(). */
export const peerId = (k: Kernel, net: number, other: number): number =>
  k.netNamespaces.get(net).nsids[other] ?? -1

/** The same, but one is given if there was none. Linux: peernet2id_alloc(). */
export function peerIdAlloc(k: Kernel, net: number, other: number): number {
  const known = peerId(k, net, other)
  if (known >= 0) return known
  const used = new Set(Object.values(k.netNamespaces.get(net).nsids))
  let id = 0
  while (used.has(id)) id++
  setId(k, net, other, id)
  return id
}

function setId(k: Kernel, net: number, other: number, id: number): void {
  const me = k.netNamespaces.own(net)
  me.nsids = { ...me.nsids, [other]: id }
}

/** RTM_NEWNSID. Linux: rtnl_net_newid(). */
export function newId(k: Kernel, net: number, other: number, id: number): void {
  if (peerId(k, net, other) >= 0) throw new ExtAck(EEXIST, 'Peer netns already has a nsid assigned')
  if (id < 0) return void peerIdAlloc(k, net, other)
  if (Object.values(k.netNamespaces.get(net).nsids).includes(id))
    throw new ExtAck(EEXIST, 'The specified nsid is already used')
  setId(k, net, other, id)
}

/** The network namespace that a descriptor is of. Linux: get_net_ns_by_fd(). Errors: EBADF, EINVAL. */
export function netByFd(k: Kernel, task: Task, fd: number): number {
  const it = nsOfInode(k.vfs.inode(fileOf(k, task, fd).inode))
  if (it?.kind !== 'net') throw EINVAL
  return it.ns
}

/** Linux: get_net_ns_by_pid(). Errors: ESRCH. */
export function netByPid(k: Kernel, task: Task, pid: number): number {
  const id = taskByPid(k, task.pidNs, pid)
  const net = id ? nsOf(k, id, 'net') : 0
  if (!net) throw ESRCH
  return net
}

/**
 * Where a message wants a device to be: another namespace, over which the sender needs power too.
 * Linux: rtnl_link_get_net_capable(). Errors: EPERM, ESRCH, EINVAL.
 */
export function targetNet(k: Kernel, task: Task, cred: Cred, own: number, message: LinkMessage): number {
  const net = namedNet(k, task, own, message)
  if (net !== own && !nsCapable(k, cred, CAP_NET_ADMIN, k.netNamespaces.get(net).userNs)) throw EPERM
  return net
}

/** The same for the other end of a pair, of which nobody asks who may. Linux: rtnl_link_get_net(). Errors: ESRCH, EINVAL. */
export function namedNet(k: Kernel, task: Task, own: number, { netNsFd, netNsPid }: LinkMessage): number {
  if (netNsFd === undefined && netNsPid === undefined) return own
  return netNsPid === undefined ? netByFd(k, task, netNsFd ?? -1) : netByPid(k, task, netNsPid)
}
