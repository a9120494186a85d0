/** getcwd(3). glibc: sysdeps/unix/sysv/linux/getcwd.c. */
import { ENOENT, type Sys } from '../../abi/index.ts'

/** The working directory. Errors: ENOENT, also where the system call says that it is "(unreachable)" from the root. */
export function getcwd(sys: Sys): string {
  const path = sys.getcwd()
  if (!path.startsWith('/')) throw ENOENT
  return path
}
