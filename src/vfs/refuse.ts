/**
 * Saying why: an errno goes up to the program, and the rule that it stands for goes to the kernel beside it. Linux has
 * nothing of the kind; netlink's extended acknowledgements and the log of an fs_context are its nearest relatives.
 */
import type { Errno, Rule, Rules } from '../abi/index.ts'
import type { Inode, Path } from './types.ts'
import type { Vfs } from './vfs.ts'

/** The facts of a rule as the site that refuses has them: a place may stand for the text of its path. */
export type Given<R extends Rule> = {
  readonly [K in keyof Rules[R]]: Rules[R][K] extends string ? Rules[R][K] | Path : Rules[R][K]
}

/** Use as `throw refuse(v, EBUSY, 'mount-busy', { … })`: the errno, whose reason the kernel now knows. */
export function refuse<R extends Rule>(v: Vfs, errno: Errno, rule: R, facts: Given<R>): Errno {
  v.host.refused?.(errno, rule, facts)
  return errno
}

/** The same, unless something nearer to the cause has named its rule already. */
export function refuseAnyhow<R extends Rule>(v: Vfs, errno: Errno, rule: R, facts: Given<R>): Errno {
  v.host.refused?.(errno, rule, facts, true)
  return errno
}

/** Where an inode was found: the place that was walked to last, or a name in it, or any name of a directory. */
export function placeOf(v: Vfs, inode: Inode): Path | '' {
  const walk = v.walked
  if (!walk) return ''
  const { mount } = walk
  const at = v.findDentry(walk.dentry)
  if (at?.inode === inode.id) return { mount, dentry: at.id }
  const child = at && walk.last ? v.cached(at.id, walk.last) : undefined
  if (child && v.dentry(child).inode === inode.id) return { mount, dentry: child }
  const dentry = v.dirDentry(inode.id)
  return dentry && v.findDentry(dentry) ? { mount, dentry } : ''
}

/** Where a mount is mounted. */
export const mountRoot = (v: Vfs, mount: number): Path => ({ mount, dentry: v.mounts.get(mount).root })

export const mntNsName = (v: Vfs, id: number): string => `mnt:[${v.mntNamespaces.get(id).inum}]`
