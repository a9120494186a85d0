/**
 * Paths that an ordinary user names to a set-user-id mount(8) or umount(8): a child without the privileges says what they
 * mean. Linux: util-linux lib/canonicalize.c: canonicalize_path_restricted().
 */
import { type Blocking, decode, EINVAL, Errno, errnoOf, type Sys } from '../../../abi/index.ts'
import { fork, readAll } from '../command.ts'
import { realpath } from '../mountinfo-path.ts'
import { waitFor } from '../namespaces.ts'

/** Errors: those of a path walk; EINVAL in a user namespace that does not know the user. */
export function* canonicalizeRestricted(sys: Sys, path: string): Blocking<string> {
  const [read, write] = sys.pipe2(0)
  const pid = fork(sys, 'mount', function* (its) {
    yield* its.write(write, answer(its, path))
    return 0
  })
  sys.close(write)
  const said = decode(yield* readAll(sys, read))
  sys.close(read)
  yield* waitFor(sys, pid)
  if (!said.startsWith('/')) throw errnoOf(Number(said)) ?? EINVAL
  return said
}

/** The path, or the number of the errno. */
function answer(sys: Sys, path: string): string {
  try {
    sys.setgid(sys.getgid())
    sys.setuid(sys.getuid())
    return realpath(sys, path)
  } catch (e) {
    if (e instanceof Errno) return String(e.errno)
    throw e
  }
}
