/** POSIX access lists as extended attributes show them. Linux: include/uapi/linux/posix_acl.h, xattr.h; acl(5). */
export const XATTR_NAME_POSIX_ACL_ACCESS = 'system.posix_acl_access'
export const XATTR_NAME_POSIX_ACL_DEFAULT = 'system.posix_acl_default'
export const POSIX_ACL_XATTR_VERSION = 2

/** e_tag. The entries of a list stand in this order, those of one kind in the order of their ids. */
export const ACL_USER_OBJ = 1
export const ACL_USER = 2
export const ACL_GROUP_OBJ = 4
export const ACL_GROUP = 8
export const ACL_MASK = 16
export const ACL_OTHER = 32
/** The id of an entry that needs none. */
export const ACL_UNDEFINED_ID = 0xffffffff

/** Linux: struct posix_acl_entry. `id` counts for ACL_USER and ACL_GROUP only. */
export interface AclEntry {
  readonly tag: number
  readonly perm: number
  readonly id: number
}
