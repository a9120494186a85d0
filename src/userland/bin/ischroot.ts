/**
 * ischroot - tell whether the root directory is not the host's
 * Linux: Debian debianutils ischroot.c; ischroot(1).
 */
import { Errno, type Sys } from '../../abi/index.ts'
import { command } from '../lib/command.ts'
import { sameFile } from '../lib/path.ts'

export default command({
  name: 'ischroot',
  summary: 'detect a chroot',
  suite: 'other',
  usage: 'ischroot [OPTION]',
  version: 'Debian ischroot, version 5.7\n',
  options: {
    defaultFalse: { short: 'f', help: 'return false if detection fails' },
    defaultTrue: { short: 't', help: 'return true if detection fails' },
  },

  *main(sys, flags) {
    return detected(sys) ?? (flags.defaultTrue ? 0 : flags.defaultFalse ? 1 : 2)
  },
})

/** 0 in a chroot, 1 outside; undefined if the root of process 1 cannot be seen. */
function detected(sys: Sys): number | undefined {
  try {
    return sameFile(sys.stat('/'), sys.stat('/proc/1/root')) ? 1 : 0
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    return undefined
  }
}
