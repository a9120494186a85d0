/**
 * capable(): may this credential do a privileged thing to something that a user namespace owns?
 * Linux: kernel/capability.c, security/commoncap.c:cap_capable().
 */
import { CAP_LAST_CAP } from '../abi/index.ts'
import type { Cred } from '../vfs/index.ts'
import type { Kernel } from './kernel.ts'

const BITS: readonly bigint[] = Array.from({ length: CAP_LAST_CAP + 1 }, (_, cap) => 1n << BigInt(cap))

/** The set that holds one capability. */
export const capBit = (cap: number): bigint => BITS[cap] ?? 0n

/** Linux: ns_capable(), cap_capable(). The owner of a user namespace has every capability in it when seen from its parent. */
export function nsCapable(k: Kernel, cred: Cred, cap: number, userNs: number): boolean {
  let ns = k.userNamespaces.get(userNs)
  const mine = k.userNamespaces.get(cred.userNs)
  for (;;) {
    if (ns.id === mine.id) return (cred.capEffective & capBit(cap)) !== 0n || denied(k, cred, cap, userNs)
    if (ns.level <= mine.level) return denied(k, cred, cap, userNs)
    if (ns.parent === mine.id && ns.owner === cred.euid) return true
    ns = k.userNamespaces.get(ns.parent)
  }
}

/** If the call is refused now and names no rule of its own, this is why. */
function denied(k: Kernel, cred: Cred, cap: number, userNs: number): false {
  k.refusals.deny(k.now(), cred, cap, userNs)
  return false
}

/** Linux: capable(): in the initial user namespace, for what no other namespace owns. */
export const capable = (k: Kernel, cred: Cred, cap: number): boolean => nsCapable(k, cred, cap, k.initUserNs)
