/**
 * getxattr(2) and setxattr(2) where the value is an access list or says whose root file capabilities count for: its
 * ids are the caller's, and the kernel keeps its own. Linux: fs/xattr.c:setxattr_convert(),
 * fs/posix_acl.c:posix_acl_fix_xattr_from_user(), posix_acl_fix_xattr_to_user().
 */
import { ACL_GROUP, ACL_UNDEFINED_ID, ACL_USER, XATTR_NAME_CAPS } from '../abi/index.ts'
import * as vfs from '../vfs/index.ts'
import { callerOf } from './caller.ts'
import { convertNscap, showNscap } from './file-caps.ts'
import type { Kernel } from './kernel.ts'
import type { Task } from './types.ts'
import { gidIn, makeKgid, makeKuid, uidIn } from './user-namespace.ts'

export function getxattr(k: Kernel, task: Task, path: string, name: string, follow?: boolean): Uint8Array {
  const value = vfs.getxattr(k.vfs, callerOf(k, task), path, name, follow)
  if (name === XATTR_NAME_CAPS) return showNscap(k, k.creds.get(task.cred).userNs, value)
  return vfs.isAclName(name) ? fixIds(k, task, value, uidIn, gidIn) : value
}

export function setxattr(
  k: Kernel,
  task: Task,
  path: string,
  name: string,
  value: Uint8Array,
  flags: number,
  follow?: boolean,
): void {
  const kept =
    name === XATTR_NAME_CAPS
      ? convertNscap(k, k.creds.get(task.cred), sbUserNs(k, task, path, follow), value)
      : vfs.isAclName(name)
        ? fixIds(k, task, value, makeKuid, makeKgid)
        : value
  vfs.setxattr(k.vfs, callerOf(k, task), path, name, kept, flags, follow)
}

/** The user namespace that the file's file system belongs to. */
function sbUserNs(k: Kernel, task: Task, path: string, follow = true): number {
  const place = vfs.pathLookup(k.vfs, callerOf(k, task), path, follow ? 'follow' : 'nofollow')
  return k.superBlocks.get(vfs.inodeAt(k.vfs, place).sb).userNs
}

type IdMap = (k: Kernel, userNs: number, id: number) => number | undefined

/** The list with other ids; one without a counterpart becomes undefined, which setxattr(2) refuses. */
function fixIds(k: Kernel, task: Task, value: Uint8Array, users: IdMap, groups: IdMap): Uint8Array {
  const { userNs } = k.creds.get(task.cred)
  if (userNs === k.initUserNs) return value
  const fixed = value.slice()
  const view = new DataView(fixed.buffer)
  for (let at = 4; at + 8 <= fixed.length; at += 8) {
    const tag = view.getUint16(at, true)
    if (tag !== ACL_USER && tag !== ACL_GROUP) continue
    const map = tag === ACL_USER ? users : groups
    view.setUint32(at + 4, map(k, userNs, view.getUint32(at + 4, true)) ?? ACL_UNDEFINED_ID, true)
  }
  return fixed
}
