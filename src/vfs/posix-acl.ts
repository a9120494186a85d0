/**
 * POSIX access control lists: rights for more users and groups than the mode has room for. Linux: fs/posix_acl.c;
 * acl(5).
 *
 * A file system that knows them (`InodeOps.getAcl`) keeps a list as the extended attribute it is to programs, with
 * the kernel's ids. The group bits of the mode are the mask of the list.
 */
import {
  ACL_GROUP,
  ACL_GROUP_OBJ,
  ACL_MASK,
  ACL_OTHER,
  ACL_UNDEFINED_ID,
  ACL_USER,
  ACL_USER_OBJ,
  type AclEntry,
  EINVAL,
  EOPNOTSUPP,
  isDir,
  POSIX_ACL_XATTR_VERSION,
  XATTR_NAME_POSIX_ACL_ACCESS,
  XATTR_NAME_POSIX_ACL_DEFAULT,
} from '../abi/index.ts'
import { inGroup } from './groups.ts'
import type { Cred, Inode, NewInode } from './types.ts'

export const ACL_ACCESS = XATTR_NAME_POSIX_ACL_ACCESS
export const ACL_DEFAULT = XATTR_NAME_POSIX_ACL_DEFAULT
export type AclName = typeof ACL_ACCESS | typeof ACL_DEFAULT

export const isAclName = (name: string): name is AclName => name === ACL_ACCESS || name === ACL_DEFAULT

export type Acl = readonly AclEntry[]

const HEADER = 4
const ENTRY = 8
const S_IRWXUGO = 0o777

/** Linux: posix_acl_from_xattr(). No entries are no list. Errors: EINVAL, EOPNOTSUPP for another version. */
export function aclFromXattr(value: Uint8Array): Acl {
  if (value.length < HEADER) throw EINVAL
  const view = new DataView(value.buffer, value.byteOffset, value.length)
  if (view.getUint32(0, true) !== POSIX_ACL_XATTR_VERSION) throw EOPNOTSUPP
  if ((value.length - HEADER) % ENTRY) throw EINVAL
  const acl: AclEntry[] = []
  for (let at = HEADER; at < value.length; at += ENTRY) {
    const tag = view.getUint16(at, true)
    const id = view.getUint32(at + 4, true)
    const named = tag === ACL_USER || tag === ACL_GROUP
    if (named ? id === ACL_UNDEFINED_ID : !OBJECTS.includes(tag)) throw EINVAL
    acl.push({ tag, perm: view.getUint16(at + 2, true), id })
  }
  return acl
}
const OBJECTS = [ACL_USER_OBJ, ACL_GROUP_OBJ, ACL_MASK, ACL_OTHER]

/** Linux: posix_acl_to_xattr(). */
export function aclToXattr(acl: Acl): Uint8Array {
  const value = new Uint8Array(HEADER + ENTRY * acl.length)
  const view = new DataView(value.buffer)
  view.setUint32(0, POSIX_ACL_XATTR_VERSION, true)
  acl.forEach(({ tag, perm, id }, index) => {
    const at = HEADER + ENTRY * index
    view.setUint16(at, tag, true)
    view.setUint16(at + 2, perm, true)
    view.setUint32(at + 4, tag === ACL_USER || tag === ACL_GROUP ? id : ACL_UNDEFINED_ID, true)
  })
  return value
}

/** Linux: posix_acl_valid(): the entries stand in order, the three of the mode once each, and a mask where one is due. */
export function posixAclValid(acl: Acl): boolean {
  if (acl.some(({ perm }) => perm & ~7)) return false
  const order = acl.map(({ tag }) => tag)
  if (order.some((tag, index) => tag < (order[index - 1] ?? 0))) return false
  const count = (tag: number): number => order.filter(it => it === tag).length
  const needsMask = count(ACL_USER) + count(ACL_GROUP) > 0
  const masks = count(ACL_MASK)
  return (
    [ACL_USER_OBJ, ACL_GROUP_OBJ, ACL_OTHER].every(tag => count(tag) === 1) &&
    masks <= 1 &&
    (masks === 1 || !needsMask)
  )
}

/** Linux: posix_acl_permission(): what the list says about `mask` for somebody who does not own the file. */
export function posixAclPermission(cred: Cred, inode: Inode, acl: Acl, mask: number): boolean {
  const entry = entryFor(cred, inode, acl, mask)
  if (!entry) return false
  const limit = entry.tag === ACL_OTHER || entry.tag === ACL_USER_OBJ ? 7 : (find(acl, ACL_MASK)?.perm ?? 7)
  return (entry.perm & limit & mask) === mask
}

/** The entry that decides: the user's, or of the groups' the first that grants it, or the others'. */
function entryFor(cred: Cred, inode: Inode, acl: Acl, mask: number): AclEntry | undefined {
  if (cred.fsuid === inode.uid) return find(acl, ACL_USER_OBJ)
  const user = acl.find(({ tag, id }) => tag === ACL_USER && id === cred.fsuid)
  if (user) return user
  const groups = acl.filter(
    ({ tag, id }) =>
      (tag === ACL_GROUP_OBJ && inGroup(cred, inode.gid)) || (tag === ACL_GROUP && inGroup(cred, id)),
  )
  if (groups.length) return groups.find(({ perm }) => (perm & mask) === mask)
  return find(acl, ACL_OTHER)
}

const find = (acl: Acl, tag: number): AclEntry | undefined => acl.find(it => it.tag === tag)

/** The entry whose rights the group bits of the mode show. */
const groupClass = (acl: Acl): number => (find(acl, ACL_MASK) ? ACL_MASK : ACL_GROUP_OBJ)

/** Linux: posix_acl_equiv_mode(): the list has nothing that the mode could not say. */
export const isMinimal = (acl: Acl): boolean =>
  acl.every(({ tag }) => tag !== ACL_MASK && tag !== ACL_USER && tag !== ACL_GROUP)

/** The permission bits that show a list in the mode. */
export function modeOf(acl: Acl): number {
  const perm = (tag: number): number => find(acl, tag)?.perm ?? 0
  return (perm(ACL_USER_OBJ) << 6) | (perm(groupClass(acl)) << 3) | perm(ACL_OTHER)
}

/** Linux: posix_acl_chmod(): the list of a file whose mode has changed. */
export function posixAclChmod(value: Uint8Array, mode: number): Uint8Array {
  const acl = aclFromXattr(value)
  return aclToXattr(acl.map(it => ({ ...it, perm: classBits(acl, it.tag, mode) ?? it.perm })))
}

/** The three bits of a mode that belong to an entry; undefined for the entries that the mode does not show. */
function classBits(acl: Acl, tag: number, mode: number): number | undefined {
  if (tag === ACL_USER_OBJ) return (mode >> 6) & 7
  if (tag === ACL_OTHER) return mode & 7
  return tag === groupClass(acl) ? (mode >> 3) & 7 : undefined
}

/** Linux: posix_acl_create(): the default list of the directory takes the place of the umask. */
export function posixAclCreate(inherited: Uint8Array, attr: NewInode): NewInode {
  const from = aclFromXattr(inherited)
  const acl = from.map(it => ({ ...it, perm: it.perm & (classBits(from, it.tag, attr.mode) ?? 7) }))
  return {
    ...attr,
    mode: (attr.mode & ~S_IRWXUGO) | modeOf(acl),
    xattrs: {
      ...(!isMinimal(acl) && { [ACL_ACCESS]: aclToXattr(acl) }),
      ...(isDir(attr) && { [ACL_DEFAULT]: inherited }),
    },
  }
}
