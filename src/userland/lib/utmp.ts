/** Records of logins: /var/log/wtmp, btmp and lastlog. Linux: glibc bits/utmp.h; utmp(5). */
import { decode } from '../../abi/index.ts'

const SIZE = 384

/** Linux: struct utmp, the parts that are shown. */
export interface Login {
  readonly type: number
  readonly pid: number
  readonly line: string
  readonly user: string
  readonly host: string
  readonly time: number
}

const text = (bytes: Uint8Array, at: number, size: number): string =>
  decode(bytes.subarray(at, at + size)).replace(/\0.*$/s, '')

/** All whole records of a file, in its order. */
export function parseLogins(bytes: Uint8Array): Login[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found: Login[] = []
  for (let at = 0; at + SIZE <= bytes.length; at += SIZE)
    found.push({
      type: view.getInt16(at, true),
      pid: view.getInt32(at + 4, true),
      line: text(bytes, at + 8, 32),
      user: text(bytes, at + 44, 32),
      host: text(bytes, at + 76, 256),
      time: view.getInt32(at + 340, true),
    })
  return found
}
