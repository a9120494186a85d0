/**
 * sha3sum - print or check SHA-3 digests
 * Linux: busybox coreutils/md5_sha1_sum.c.
 */
import { type Blocking, decode, type Errno, O_RDONLY, type Sys } from '../../../abi/index.ts'
import { fatal, readAll } from '../command.ts'
import { applet, textOf } from './applet.ts'
import { sha3 } from './keccak.ts'

export const sha3sum = applet('sha3sum', function* (sys, given, args, me) {
  const bits = Number(textOf(given.a) ?? 224)
  if (![224, 256, 384, 512].includes(bits)) throw fatal(`invalid -a${textOf(given.a)}`)
  let status = 0
  for (const name of args.length ? args : ['-']) {
    const bytes = yield* input(sys, name)
    if (!(bytes instanceof Uint8Array)) {
      yield* me.warn(`can't open '${name}'`, bytes)
      status = 1
      continue
    }
    if (!given.c) {
      me.out.line(`${sha3(bytes, bits)}  ${name}`)
      continue
    }
    let [checked, failed] = [0, 0]
    for (const line of decode(bytes).split('\n').filter(Boolean)) {
      const [, digest, file] = /^([0-9a-f]+) [ *](.*)$/.exec(line) ?? []
      if (digest === undefined || file === undefined) {
        if (given.w) yield* me.warn('invalid format')
        continue
      }
      checked++
      const content = yield* input(sys, file)
      const isRight = content instanceof Uint8Array && sha3(content, bits) === digest
      if (!(content instanceof Uint8Array)) yield* me.warn(`can't open '${file}'`, content)
      if (!isRight) failed++
      if (!given.s) me.out.line(`${file}: ${isRight ? 'OK' : 'FAILED'}`)
    }
    if (failed || !checked) status = 1
    if (failed && !given.s)
      yield* me.warn(`WARNING: ${failed} of ${checked} computed checksums did NOT match`)
    if (!checked) yield* me.warn('no checksum lines found')
  }
  return status
})

function* input(sys: Sys, name: string): Blocking<Uint8Array | Errno> {
  if (name === '-') return yield* readAll(sys, 0)
  try {
    const fd = yield* sys.open(name, O_RDONLY)
    const bytes = yield* readAll(sys, fd)
    sys.close(fd)
    return bytes
  } catch (e) {
    return e as Errno
  }
}
