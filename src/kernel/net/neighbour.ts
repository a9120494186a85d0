/** Who has which address on a link, as programs have said. Linux: net/core/neighbour.c. Left out: asking (ARP, NDP). */
import {
  EEXIST,
  EINVAL,
  ENODEV,
  ENOENT,
  NLM_F_CREATE,
  NLM_F_EXCL,
  NLM_F_REPLACE,
  NUD_FAILED,
  NUD_NOARP,
  NUD_PERMANENT,
  NUD_REACHABLE,
  NUD_STALE,
  type NeighMessage,
} from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import { deviceByIndex } from './net-device.ts'
import { ExtAck } from './extack.ts'

/** Linux: NUD_VALID, as far as there are such states here. */
export const NUD_VALID = NUD_PERMANENT | NUD_NOARP | NUD_REACHABLE | NUD_STALE

/** RTM_NEWNEIGH. Linux: neigh_add(). Errors: EINVAL, ENODEV, EEXIST, ENOENT. */
export function addNeighbour(k: Kernel, net: number, message: NeighMessage, flags: number): void {
  const dev = deviceByIndex(k, net, message.index)
  if (!dev) throw ENODEV
  const { family, dst, lladdr, state = NUD_PERMANENT } = message
  const { neighbours } = k.netNamespaces.get(net)
  const found = neighbours.find(it => it.dev === dev.id && it.dst === dst)
  if (found && flags & NLM_F_EXCL) throw EEXIST
  if (found && !(flags & NLM_F_REPLACE)) throw EEXIST
  if (!found && !(flags & NLM_F_CREATE)) throw ENOENT
  const known = lladdr ?? found?.lladdr ?? ''
  if (!known && state & NUD_VALID && !(state & NUD_NOARP))
    throw new ExtAck(EINVAL, 'No link layer address given')
  const added = { family, dev: dev.id, dst, lladdr: known, state }
  k.netNamespaces.own(net).neighbours = [...neighbours.filter(it => it !== found), added]
}

/** RTM_DELNEIGH. Errors: ENODEV, ENOENT. */
export function deleteNeighbour(k: Kernel, net: number, { index, dst }: NeighMessage): void {
  const dev = deviceByIndex(k, net, index)
  if (!dev) throw ENODEV
  const { neighbours } = k.netNamespaces.get(net)
  const found = neighbours.find(it => it.dev === dev.id && it.dst === dst && !(it.state & NUD_FAILED))
  if (!found) throw ENOENT
  k.netNamespaces.own(net).neighbours = neighbours.filter(it => it !== found)
}
