/** Security contexts, which are the text of an extended attribute where no SELinux is. Linux: coreutils ls.c, getfilecon(3). */
import { decode, Errno } from '../../../abi/index.ts'
import type { Entry, Ls } from './entries.ts'

/** `?` for a file without one. */
export function contextOf({ sys }: Ls, { path }: Entry): string {
  try {
    return decode(sys.getxattr(path, 'security.selinux', false)).replace(/\0$/, '') || '?'
  } catch (e) {
    if (e instanceof Errno) return '?'
    throw e
  }
}
