/**
 * crc32 - the checksums of files that Ethernet and gzip use
 * Linux: busybox coreutils/cksum.c.
 */
import { type Errno, O_RDONLY } from '../../../abi/index.ts'
import { readAll } from '../command.ts'
import { applet } from './applet.ts'

const TABLE = Uint32Array.from({ length: 256 }, (_, i) => {
  let value = i
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

export const crc32 = applet('crc32', function* (sys, _given, args, me) {
  let status = 0
  for (const name of args) {
    try {
      const fd = yield* sys.open(name, O_RDONLY)
      let crc = 0xffffffff
      for (const byte of yield* readAll(sys, fd)) crc = TABLE[(crc ^ byte) & 255]! ^ (crc >>> 8)
      sys.close(fd)
      const digits = ((crc ^ 0xffffffff) >>> 0).toString(16).padStart(8, '0')
      me.out.line(`${digits} ${name}`)
    } catch (e) {
      yield* me.warn(`can't open '${name}'`, e as Errno)
      status = 1
    }
  }
  return status
})
