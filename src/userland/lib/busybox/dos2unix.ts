/**
 * dos2unix, unix2dos - change the ends of lines, in place or from standard input to standard output
 * Linux: busybox coreutils/dos2unix.c.
 */
import { O_RDONLY, O_TRUNC, O_WRONLY, type Program } from '../../../abi/index.ts'
import { must, readAll, writeAll } from '../command.ts'
import { applet } from './applet.ts'

const [CR, LF] = [13, 10]

/** All carriage returns go before a line feed is looked at; one comes back for DOS. */
function converted(bytes: Uint8Array, toDos: boolean): Uint8Array {
  const out: number[] = []
  for (const byte of bytes) {
    if (byte === CR) continue
    if (byte === LF && toDos) out.push(CR)
    out.push(byte)
  }
  return Uint8Array.from(out)
}

const program = (name: string): Program =>
  applet(name, function* (sys, given, args) {
    const toDos = given.d === true || (name === 'unix2dos' && !given.u)
    const [file] = args
    if (file === undefined) {
      yield* writeAll(sys, 1, converted(yield* readAll(sys, 0), toDos))
      return 0
    }
    const from = yield* must(`can't open '${file}'`, sys.open(file, O_RDONLY))
    const bytes = converted(yield* readAll(sys, from), toDos)
    sys.close(from)
    const to = yield* must(`can't open '${file}'`, sys.open(file, O_WRONLY | O_TRUNC))
    yield* writeAll(sys, to, bytes)
    return 0
  })

export const dos2unix = program('dos2unix')
export const unix2dos = program('unix2dos')
