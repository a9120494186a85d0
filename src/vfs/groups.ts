/** Groups of a credential. Linux: kernel/groups.c. */
import type { Cred } from './types.ts'

/** Linux: in_group_p(). */
export const inGroup = (cred: Cred, gid: number): boolean => cred.fsgid === gid || cred.groups.includes(gid)
