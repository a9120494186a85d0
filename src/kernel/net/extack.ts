/** A refusal that says more than its number. Linux: struct netlink_ext_ack, NL_SET_ERR_MSG(). */
import type { Errno } from '../../abi/index.ts'

export class ExtAck {
  readonly errno: Errno
  readonly message: string

  constructor(errno: Errno, message: string) {
    this.errno = errno
    this.message = message
  }
}
