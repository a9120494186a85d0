/**
 * How many namespaces of a kind a user has made, and how many there may be: /proc/sys/user. A limit holds for each
 * user of the user namespace whose limit it is, and what is made in a user namespace counts for its maker as well.
 * Linux: kernel/ucount.c; namespaces(7).
 *
 * Left out: counts of signals, locked memory and inotify instances; limits that setrlimit(2) hands down.
 */
import { ENOSPC } from '../abi/index.ts'
import type { Kernel } from './kernel.ts'
import { refuse, userNsName } from './refuse.ts'
import { type NamespaceLimit, sysctl } from './sysctl.ts'

/** What is counted. */
export type UcountKind = 'cgroup' | 'ipc' | 'mnt' | 'net' | 'pid' | 'time' | 'user' | 'uts'

const INT_MAX = 2 ** 31 - 1
/** The thread that fills /dev has a mount namespace of its own, and is no task here. Linux: drivers/base/devtmpfs.c. */
const KDEVTMPFS = 1

interface Account {
  readonly userNs: number
  readonly user: number
}

/** The accounts that namespaces of a kind are on. Nobody made those of the boot, except for the mounts. */
function* accounts(k: Kernel, kind: UcountKind): Generator<Account> {
  if (kind === 'user') {
    for (const it of k.userNamespaces.values()) if (it.parent) yield { userNs: it.parent, user: it.owner }
    return
  }
  const tables = {
    cgroup: k.cgroupNamespaces,
    ipc: k.ipcNamespaces,
    mnt: k.mntNamespaces,
    net: k.netNamespaces,
    pid: k.pidNamespaces,
    time: k.timeNamespaces,
    uts: k.utsNamespaces,
  }
  for (const { userNs, creator } of tables[kind].values()) if (creator >= 0) yield { userNs, user: creator }
}

/** Who answers for an account in the user namespace `userNs`, which is that of the account or one around it. */
function answering(k: Kernel, account: Account, userNs: number): number | undefined {
  for (let { userNs: id, user } = account; id; ) {
    if (id === userNs) return user
    const ns = k.userNamespaces.get(id)
    id = ns.parent
    user = ns.owner
  }
  return undefined
}

function ucount(k: Kernel, kind: UcountKind, { userNs, user }: Account): number {
  let count = kind === 'mnt' && userNs === k.initUserNs && user === 0 ? KDEVTMPFS : 0
  for (const it of accounts(k, kind)) if (answering(k, it, userNs) === user) count++
  return count
}

/** Linux: inc_ucount(): whether the user `user` of a user namespace may make one more. Errors: ENOSPC. */
export function checkUcount(k: Kernel, kind: UcountKind, userNs: number, user: number): void {
  for (let account: Account = { userNs, user }; account.userNs; ) {
    const max = ucountMax(k, account.userNs, `user/max_${kind}_namespaces`)
    if (ucount(k, kind, account) >= max)
      throw refuse(k, ENOSPC, 'ucount', { kind, max, uid: account.user, ns: userNsName(k, account.userNs) })
    const ns = k.userNamespaces.get(account.userNs)
    account = { userNs: ns.parent, user: ns.owner }
  }
}

/** A limit of a user namespace. Only the first one starts with any. */
export const ucountMax = (k: Kernel, userNs: number, name: NamespaceLimit): number =>
  userNs === k.initUserNs ? sysctl(k, name) : (k.userNamespaces.get(userNs).limits[name] ?? INT_MAX)

export function setUcountMax(k: Kernel, userNs: number, name: NamespaceLimit, value: number): void {
  if (userNs === k.initUserNs) k.sysctl.set(name, `${value}`)
  else k.userNamespaces.own(userNs).limits = { ...k.userNamespaces.get(userNs).limits, [name]: value }
}
