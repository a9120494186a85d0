/** Access lists as text, long and short. Linux: libacl's acl_to_any_text.c; acl(5). */
import {
  ACL_GROUP,
  ACL_GROUP_OBJ,
  ACL_MASK,
  ACL_USER,
  ACL_USER_OBJ,
  type AclEntry,
} from '../../../abi/index.ts'
import { groupName, userName, type Users } from '../users.ts'
import type { Acl } from './list.ts'

export const rights = (perm: number): string =>
  `${perm & 4 ? 'r' : '-'}${perm & 2 ? 'w' : '-'}${perm & 1 ? 'x' : '-'}`

/** user, group, mask or other. */
export function tagName(tag: number): string {
  if (tag === ACL_USER_OBJ || tag === ACL_USER) return 'user'
  if (tag === ACL_GROUP_OBJ || tag === ACL_GROUP) return 'group'
  return tag === ACL_MASK ? 'mask' : 'other'
}

/** Whom an entry names; no users, no names: numbers. */
export function qualifier({ tag, id }: AclEntry, users: Users | undefined): string {
  if (tag !== ACL_USER && tag !== ACL_GROUP) return ''
  return (users && (tag === ACL_USER ? userName(users, id) : groupName(users, id))) ?? String(id)
}

/** `user:bin:rw-`. */
export const longEntry = (it: AclEntry, users: Users | undefined): string =>
  `${tagName(it.tag)}:${qualifier(it, users)}:${rights(it.perm)}`

/** `user::rw-,user:bin:rw-,…`. */
export const longText = (acl: Acl, users: Users): string => acl.map(it => longEntry(it, users)).join(',')

/** `u::rw-,u:bin:rw-,…`, each entry behind `prefix`. */
export const shortText = (acl: Acl, users: Users, prefix = ''): string =>
  acl.map(it => `${prefix}${tagName(it.tag)[0]}:${qualifier(it, users)}:${rights(it.perm)}`).join(',')
