/**
 * User namespaces: id maps, who may write them, and which capabilities they give. Kernel ids (kuid_t, kgid_t) are
 * plain numbers as the initial namespace shows them. Linux: kernel/user_namespace.c; user_namespaces(7).
 *
 * Left out: projid_map, keyrings.
 */
import {
  CAP_FULL_SET,
  CAP_SETFCAP,
  CAP_SETGID,
  CAP_SETUID,
  CAP_SYS_ADMIN,
  EINVAL,
  ENOSPC,
  EPERM,
} from '../abi/index.ts'
import type { Cred } from '../vfs/index.ts'
import { capable, nsCapable } from './capability.ts'
import type { Kernel } from './kernel.ts'
import { sysctl } from './sysctl.ts'
import { refuse, userNsName } from './refuse.ts'
import type { IdExtent, UserNamespace } from './types.ts'
import { checkUcount } from './ucount.ts'

export const OVERFLOW_ID = 65534
/** -1 as a uid_t: no id. */
const NO_ID = 0xffff_ffff
const MAX_LEVEL = 32
const MAX_EXTENTS = 340

function mapDown(map: readonly IdExtent[], id: number): number | undefined {
  for (const it of map) if (id >= it.first && id < it.first + it.count) return it.lowerFirst + id - it.first
  return undefined
}

function mapUp(map: readonly IdExtent[], id: number): number | undefined {
  for (const it of map)
    if (id >= it.lowerFirst && id < it.lowerFirst + it.count) return it.first + id - it.lowerFirst
  return undefined
}

/** (uid_t)-1 is nobody's number. Linux: uid_valid(). */
const valid = (id: number): number | undefined => (id === 0xffff_ffff ? undefined : id)

/** Linux: make_kuid(). Undefined if the namespace does not map the id. */
export const makeKuid = (k: Kernel, userNs: number, uid: number): number | undefined =>
  userNs === k.initUserNs ? valid(uid) : mapDown(k.userNamespaces.get(userNs).uidMap, uid)

export const makeKgid = (k: Kernel, userNs: number, gid: number): number | undefined =>
  userNs === k.initUserNs ? valid(gid) : mapDown(k.userNamespaces.get(userNs).gidMap, gid)

/** Linux: from_kuid(). Undefined if the namespace has no number for it. */
export const uidIn = (k: Kernel, userNs: number, kuid: number): number | undefined =>
  userNs === k.initUserNs ? kuid : mapUp(k.userNamespaces.get(userNs).uidMap, kuid)

export const gidIn = (k: Kernel, userNs: number, kgid: number): number | undefined =>
  userNs === k.initUserNs ? kgid : mapUp(k.userNamespaces.get(userNs).gidMap, kgid)

/** Linux: from_kuid_munged(): the overflow id, nobody, for what is not mapped. */
export const fromKuid = (k: Kernel, userNs: number, kuid: number): number =>
  uidIn(k, userNs, kuid) ?? OVERFLOW_ID

export const fromKgid = (k: Kernel, userNs: number, kgid: number): number =>
  gidIn(k, userNs, kgid) ?? OVERFLOW_ID

/** The namespace everything starts in: all ids map to themselves. */
export function initUserNamespace(k: Kernel): number {
  const all = [{ first: 0, lowerFirst: 0, count: NO_ID }]
  return k.userNamespaces.insert({
    inum: k.inums.user,
    parent: 0,
    level: 0,
    owner: 0,
    group: 0,
    uidMap: all,
    gidMap: all,
    setgroupsAllowed: true,
    parentCouldSetfcap: true,
    limits: {},
    refs: 1,
  }).id
}

/**
 * What create_user_ns() refuses. ENOSPC: nested too deep or too many. EPERM: chrooted, or the caller's own ids are
 * not mapped where it is; before all, where Debian's sysctl leaves them to root.
 */
export function checkCreateUserNs(k: Kernel, cred: Cred, isChrooted: boolean): void {
  if (!sysctl(k, 'kernel/unprivileged_userns_clone') && !capable(k, cred, CAP_SYS_ADMIN))
    throw refuse(k, EPERM, 'userns-clone-off', {})
  const parent = k.userNamespaces.get(cred.userNs)
  if (parent.level > MAX_LEVEL)
    throw refuse(k, ENOSPC, 'userns-depth', { level: parent.level, max: MAX_LEVEL })
  checkUcount(k, 'user', parent.id, cred.euid)
  if (isChrooted) throw refuse(k, EPERM, 'userns-chrooted', {})
  if (uidIn(k, parent.id, cred.euid) === undefined)
    throw refuse(k, EPERM, 'userns-unmapped', { kind: 'uid', mine: userNsName(k, parent.id) })
  if (gidIn(k, parent.id, cred.egid) === undefined)
    throw refuse(k, EPERM, 'userns-unmapped', { kind: 'gid', mine: userNsName(k, parent.id) })
}

/** Linux: create_user_ns(). Needs: checkCreateUserNs(). The reference belongs to the caller. */
export function createUserNs(k: Kernel, cred: Cred): number {
  const parent = k.userNamespaces.own(cred.userNs)
  parent.refs++
  return k.userNamespaces.insert({
    inum: k.nextInum(),
    parent: parent.id,
    level: parent.level + 1,
    owner: cred.euid,
    group: cred.egid,
    uidMap: [],
    gidMap: [],
    setgroupsAllowed: parent.setgroupsAllowed,
    parentCouldSetfcap: nsCapable(k, cred, CAP_SETFCAP, parent.id),
    limits: {},
    refs: 0,
  }).id
}

/** Linux: set_cred_user_ns(): every capability, but only in there. */
export const credInUserNs = (cred: Cred, userNs: number): Omit<Cred, 'id' | 'epoch'> => ({
  ...cred,
  securebits: 0,
  capInheritable: 0n,
  capPermitted: CAP_FULL_SET,
  capEffective: CAP_FULL_SET,
  capAmbient: 0n,
  capBset: CAP_FULL_SET,
  userNs,
})

/** Linux: put_user_ns(). A namespace goes when no credential, child or other namespace refers to it. */
export function putUserNs(k: Kernel, id: number): void {
  const ns = k.userNamespaces.own(id)
  if (--ns.refs > 0) return
  k.userNamespaces.remove(id)
  if (ns.parent) putUserNs(k, ns.parent)
}

/** Whether `userNs` is `ancestor` or lies below it. Linux: in_userns(). */
export function inUserNs(k: Kernel, ancestor: number, userNs: number): boolean {
  for (let id = userNs; id; id = k.userNamespaces.get(id).parent) if (id === ancestor) return true
  return false
}

// /proc/PID/uid_map, gid_map and setgroups

const showMap = (extents: readonly (readonly [number, number, number])[]): string =>
  extents.map(line => line.map(id => String(id).padStart(10)).join(' ') + '\n').join('')

/** /proc/PID/uid_map as a reader in `readerNs` sees it: the lower ids are numbered as in its own namespace. */
export function showUidMap(k: Kernel, userNs: number, readerNs: number): string {
  const ns = k.userNamespaces.get(userNs)
  const lower = lowerNs(ns, readerNs)
  return showMap(ns.uidMap.map(it => [it.first, uidIn(k, lower, it.lowerFirst) ?? NO_ID, it.count]))
}

export function showGidMap(k: Kernel, userNs: number, readerNs: number): string {
  const ns = k.userNamespaces.get(userNs)
  const lower = lowerNs(ns, readerNs)
  return showMap(ns.gidMap.map(it => [it.first, gidIn(k, lower, it.lowerFirst) ?? NO_ID, it.count]))
}

const lowerNs = (ns: UserNamespace, readerNs: number): number =>
  ns.id === readerNs && ns.parent ? ns.parent : readerNs

export const showSetgroups = (k: Kernel, userNs: number): string =>
  k.userNamespaces.get(userNs).setgroupsAllowed ? 'allow\n' : 'deny\n'

/** Who writes a map: he who opened the file is asked, and for capabilities over the parent the writer as well. */
export interface MapWriter {
  readonly opener: Cred
  readonly writer: Cred
}

/** "Writing to uid_map and gid_map": user_namespaces(7). Errors: EPERM, EINVAL. */
export function storeUidMap(k: Kernel, userNs: number, text: string, who: MapWriter): void {
  const uidMap = checkMap(k, userNs, text, who, CAP_SETUID)
  k.userNamespaces.own(userNs).uidMap = uidMap
}

export function storeGidMap(k: Kernel, userNs: number, text: string, who: MapWriter): void {
  const gidMap = checkMap(k, userNs, text, who, CAP_SETGID)
  k.userNamespaces.own(userNs).gidMap = gidMap
}

/** Linux: proc_setgroups_write(). Errors: EINVAL, EPERM. */
export function storeSetgroups(k: Kernel, userNs: number, text: string): void {
  if (text.length > 7) throw refuse(k, EINVAL, 'setgroups-word', { text })
  const word = /^(allow|deny)\s*(?:\0.*)?$/.exec(text)?.[1]
  const ns = k.userNamespaces.get(userNs)
  if (!word) throw refuse(k, EINVAL, 'setgroups-word', { text })
  if (word === 'allow') {
    if (!ns.setgroupsAllowed) throw refuse(k, EPERM, 'setgroups-denied', { ns: userNsName(k, userNs) })
    return
  }
  if (ns.gidMap.length) throw refuse(k, EPERM, 'setgroups-after-map', { ns: userNsName(k, userNs) })
  k.userNamespaces.own(userNs).setgroupsAllowed = false
}

/** Linux: map_write(). Returns the map with kernel ids. */
function checkMap(k: Kernel, userNs: number, text: string, who: MapWriter, cap: number): readonly IdExtent[] {
  const ns = k.userNamespaces.get(userNs)
  const cred = who.opener
  if (!ns.parent || (cred.userNs !== ns.id && cred.userNs !== ns.parent))
    throw refuse(k, EPERM, 'map-outside', { ns: userNsName(k, userNs), mine: userNsName(k, cred.userNs) })
  const map = cap === CAP_SETUID ? ns.uidMap : ns.gidMap
  const kind = cap === CAP_SETUID ? 'uid' : 'gid'
  if (map.length) throw refuse(k, EPERM, 'map-written', { kind, ns: userNsName(k, userNs) })
  if (!nsCapable(k, cred, CAP_SYS_ADMIN, ns.id)) throw EPERM

  const extents = parseMap(k, text)
  checkPermitted(k, ns, extents, who, cap)
  const parent = k.userNamespaces.get(ns.parent)
  return extents.map(it => lowered(k, kind, parent, it))
}

/** Linux: map_id_range_down(). The whole range must lie within one extent of the parent's. */
function lowered(k: Kernel, kind: 'uid' | 'gid', parent: UserNamespace, it: IdExtent): IdExtent {
  const parentMap = kind === 'uid' ? parent.uidMap : parent.gidMap
  const lowerFirst = mapDown(parentMap, it.lowerFirst)
  const last = mapDown(parentMap, it.lowerFirst + it.count - 1)
  if (lowerFirst === undefined || last !== lowerFirst + it.count - 1)
    throw refuse(k, EPERM, 'map-unmapped', {
      kind,
      first: it.lowerFirst,
      last: it.lowerFirst + it.count - 1,
      parent: userNsName(k, parent.id),
    })
  return { ...it, lowerFirst }
}

function parseMap(k: Kernel, text: string): readonly IdExtent[] {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  const extents: IdExtent[] = []
  for (const line of lines) {
    const found = /^\s*(\d+)\s+(\d+)\s+(\d+)\s*$/.exec(line)
    if (!found) throw refuse(k, EINVAL, 'map-syntax', { line })
    const [first, lowerFirst, count] = found.slice(1).map(toU32) as [number, number, number]
    const it = { first, lowerFirst, count }
    if (count < 1 || first + count > NO_ID || lowerFirst + count > NO_ID)
      throw refuse(k, EINVAL, 'map-range', { line })
    if (extents.some(other => overlap(other, it))) throw refuse(k, EINVAL, 'map-overlap', { line })
    extents.push(it)
  }
  if (!extents.length || extents.length > MAX_EXTENTS)
    throw refuse(k, EINVAL, 'map-extents', { count: extents.length, max: MAX_EXTENTS })
  return extents
}

/** What is left of a number that is read into 32 bits. */
const toU32 = (digits: string): number => Number(BigInt.asUintN(32, BigInt(digits)))

const overlap = (a: IdExtent, b: IdExtent): boolean =>
  (a.first < b.first + b.count && b.first < a.first + a.count) ||
  (a.lowerFirst < b.lowerFirst + b.count && b.lowerFirst < a.lowerFirst + a.count)

/** Linux: new_idmap_permitted(). Errors: EPERM. */
function checkPermitted(
  k: Kernel,
  ns: UserNamespace,
  map: readonly IdExtent[],
  { opener: cred, writer }: MapWriter,
  cap: number,
): void {
  const parent = userNsName(k, ns.parent)
  if (cap === CAP_SETUID && !mayMapRoot(k, ns, map, cred)) throw refuse(k, EPERM, 'map-root', { parent })
  const [only] = map
  const isSingle = map.length === 1 && only!.count === 1 && ns.owner === cred.euid
  const isOwnGid = isSingle && makeKgid(k, ns.parent, only!.lowerFirst) === cred.egid
  if (isSingle) {
    if (cap === CAP_SETUID && makeKuid(k, ns.parent, only!.lowerFirst) === cred.euid) return
    // An unprivileged gid_map needs setgroups denied first, or a group that denies access could be dropped.
    if (cap === CAP_SETGID && !ns.setgroupsAllowed && isOwnGid) return
  }
  if (nsCapable(k, writer, cap, ns.parent) && nsCapable(k, cred, cap, ns.parent)) return
  if (cap === CAP_SETGID && isOwnGid) throw refuse(k, EPERM, 'map-setgroups', { ns: userNsName(k, ns.id) })
  const kind = cap === CAP_SETUID ? 'uid' : 'gid'
  throw refuse(k, EPERM, 'map-others', { kind, uid: cred.euid, gid: cred.egid, parent })
}

/** Linux: verify_root_map(): mapping the parent's id 0 needs CAP_SETFCAP, or file capabilities could be forged. */
function mayMapRoot(k: Kernel, ns: UserNamespace, map: readonly IdExtent[], cred: Cred): boolean {
  if (!map.some(it => it.lowerFirst === 0)) return true
  return cred.userNs === ns.id ? ns.parentCouldSetfcap : nsCapable(k, cred, CAP_SETFCAP, ns.parent)
}
