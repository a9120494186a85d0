/** Access lists as the programs of the acl package handle them. Linux: libacl; acl(5). */
import {
  ACL_GROUP,
  ACL_GROUP_OBJ,
  ACL_MASK,
  ACL_OTHER,
  ACL_UNDEFINED_ID,
  ACL_USER,
  ACL_USER_OBJ,
  type AclEntry,
  ENODATA,
  EOPNOTSUPP,
  POSIX_ACL_XATTR_VERSION,
  type Sys,
  XATTR_NAME_POSIX_ACL_ACCESS,
  XATTR_NAME_POSIX_ACL_DEFAULT,
} from '../../../abi/index.ts'

export type Acl = readonly AclEntry[]
/** The list that decides about a file, or the one that a directory hands on. */
export type AclType = 'access' | 'default'

const NAMES = { access: XATTR_NAME_POSIX_ACL_ACCESS, default: XATTR_NAME_POSIX_ACL_DEFAULT } as const
const HEADER = 4
const ENTRY = 8

/** Whether entries of this kind say whom they are about. */
export const isNamed = (tag: number): boolean => tag === ACL_USER || tag === ACL_GROUP
/** Whether a mode has room for it. */
export const isBase = ({ tag }: AclEntry): boolean => !isNamed(tag) && tag !== ACL_MASK
/** Whether the mask limits entries of this kind. */
export const isMasked = (tag: number): boolean => isNamed(tag) || tag === ACL_GROUP_OBJ

export const findEntry = (acl: Acl, tag: number, id = ACL_UNDEFINED_ID): AclEntry | undefined =>
  acl.find(it => it.tag === tag && it.id === id)

/** The list with an entry more, or with another one of that name, in its place. */
export const withEntry = (acl: Acl, entry: AclEntry): Acl =>
  [...withoutEntry(acl, entry), entry].sort((a, b) => a.tag - b.tag || a.id - b.id)

export const withoutEntry = (acl: Acl, { tag, id }: AclEntry): Acl =>
  acl.filter(it => it.tag !== tag || it.id !== id)

const object = (tag: number, perm: number): AclEntry => ({ tag, perm: perm & 7, id: ACL_UNDEFINED_ID })

/** acl_from_mode(3). */
export const fromMode = (mode: number): Acl => [
  object(ACL_USER_OBJ, mode >> 6),
  object(ACL_GROUP_OBJ, mode >> 3),
  object(ACL_OTHER, mode),
]

/** acl_equiv_mode(3): the list says no more than a mode. */
export const isMinimal = (acl: Acl): boolean => acl.every(isBase)

/** The permission bits that a minimal list amounts to. */
export const modeOf = (acl: Acl): number =>
  acl.reduce(
    (mode, { tag, perm }) => mode | (perm << (tag === ACL_OTHER ? 0 : tag === ACL_USER_OBJ ? 6 : 3)),
    0,
  )

/** acl_calc_mask(3): all that the entries under the mask allow. */
export const withMask = (acl: Acl): Acl =>
  withEntry(
    acl,
    object(
      ACL_MASK,
      acl.reduce((sum, it) => (isMasked(it.tag) ? sum | it.perm : sum), 0),
    ),
  )

/** What is wrong with a list, and which entry it is, from 0. acl_check(3). */
export interface Fault {
  readonly why: 'Missing or wrong entry' | 'Duplicate entries'
  readonly index: number
}

/** acl_check(3): the entries of the mode once each, named ones without repetition, a mask where there are any. */
export function check(acl: Acl): Fault | undefined {
  const order = [ACL_USER_OBJ, ACL_USER, ACL_GROUP_OBJ, ACL_GROUP, ACL_MASK, ACL_OTHER]
  const needsMask = acl.some(({ tag }) => isNamed(tag))
  let index = 0
  for (const tag of order) {
    if (!isNamed(tag)) {
      if (acl[index]?.tag === tag) index++
      else if (tag !== ACL_MASK || needsMask) return { why: 'Missing or wrong entry', index }
      continue
    }
    for (let last = -1; acl[index]?.tag === tag; last = acl[index++]!.id)
      if (acl[index]!.id <= last || acl[index]!.id === ACL_UNDEFINED_ID)
        return { why: 'Duplicate entries', index }
  }
  return index < acl.length ? { why: 'Missing or wrong entry', index } : undefined
}

/** acl_get_file(3). Where none is kept the access list is what the mode says; a default list has no entries then. */
export function getAcl(sys: Sys, path: string, type: AclType): Acl {
  try {
    return fromXattr(sys.getxattr(path, NAMES[type]))
  } catch (e) {
    if (e !== ENODATA && e !== EOPNOTSUPP) throw e
    return type === 'access' ? fromMode(sys.stat(path).mode) : []
  }
}

/** acl_set_file(3), acl_delete_def_file(3). What only has a mode takes a list that says no more than one. */
export function setAcl(sys: Sys, path: string, type: AclType, acl: Acl): void {
  if (!acl.length) return deleteAcl(sys, path, type)
  try {
    sys.setxattr(path, NAMES[type], toXattr(acl), 0)
  } catch (e) {
    if (e !== EOPNOTSUPP || type !== 'access' || !isMinimal(acl)) throw e
    sys.chmod(path, (sys.stat(path).mode & 0o7000) | modeOf(acl))
  }
}

function deleteAcl(sys: Sys, path: string, type: AclType): void {
  try {
    sys.removexattr(path, NAMES[type])
  } catch (e) {
    if (e !== ENODATA && e !== EOPNOTSUPP) throw e
  }
}

/** acl_extended_file(3): it has a list that says more than its mode. */
export function hasAcl(sys: Sys, path: string, type: AclType): boolean {
  try {
    return sys.getxattr(path, NAMES[type]).length > HEADER + ENTRY * (type === 'access' ? 3 : 0)
  } catch {
    return false
  }
}

function fromXattr(value: Uint8Array): Acl {
  const view = new DataView(value.buffer, value.byteOffset, value.length)
  const acl: AclEntry[] = []
  for (let at = HEADER; at + ENTRY <= value.length; at += ENTRY)
    acl.push({
      tag: view.getUint16(at, true),
      perm: view.getUint16(at + 2, true),
      id: view.getUint32(at + 4, true),
    })
  return acl
}

function toXattr(acl: Acl): Uint8Array {
  const value = new Uint8Array(HEADER + ENTRY * acl.length)
  const view = new DataView(value.buffer)
  view.setUint32(0, POSIX_ACL_XATTR_VERSION, true)
  acl.forEach(({ tag, perm, id }, index) => {
    const at = HEADER + ENTRY * index
    view.setUint16(at, tag, true)
    view.setUint16(at + 2, perm, true)
    view.setUint32(at + 4, id, true)
  })
  return value
}
