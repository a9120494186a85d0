/** Running a file as a shell script: `bash FILE`, and files that execve(2) refuses with ENOEXEC. Bash: shell.c. */
import { F_DUPFD_CLOEXEC, type Blocking } from '../../abi/index.ts'
import { reason, type Shell } from '../shell.ts'

/** The bytes of a file. Throws an errno. */
export function* readFile(sh: Shell, path: string): Blocking<Uint8Array> {
  const fd = yield* sh.sys.open(path, 0)
  try {
    const bytes = yield* readAll(sh, fd)
    sh.sys.close(fd)
    return bytes
  } catch (e) {
    sh.sys.close(fd)
    throw e
  }
}

/** The script to run, which stays open on descriptor 255. Bash: shell.c:open_shell_script(). */
export function* readScript(sh: Shell, path: string): Blocking<Uint8Array> {
  const fd = yield* sh.sys.open(path, 0)
  let high = fd
  try {
    high = sh.sys.fcntl(fd, F_DUPFD_CLOEXEC, 255)
    sh.sys.close(fd)
  } catch {
    // A lower limit on descriptors: it stays where it is.
  }
  return yield* readAll(sh, high)
}

function* readAll(sh: Shell, fd: number): Blocking<Uint8Array> {
  const chunks: Uint8Array[] = []
  for (;;) {
    const bytes = yield* sh.sys.read(fd, 65536)
    if (!bytes.length) break
    chunks.push(bytes)
  }
  const all = new Uint8Array(chunks.reduce((sum, it) => sum + it.length, 0))
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}

/** A NUL in the first line: not a script. Bash: general.c:check_binary_file(). */
export function isBinary(bytes: Uint8Array): boolean {
  if (bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46) return true
  for (let i = 0; i < Math.min(bytes.length, 128); i++) {
    if (bytes[i] === 10) return false
    if (bytes[i] === 0) return true
  }
  return false
}

/** The file has no interpreter: the shell becomes a new one that runs it. */
export function* runScriptFile(
  sh: Shell,
  path: string,
  argv: readonly string[],
  environment: readonly string[],
): Blocking<number> {
  let bytes: Uint8Array
  try {
    bytes = yield* readFile(sh, path)
  } catch (e) {
    yield* sh.complain(`${path}: ${reason(e)}`)
    return 126
  }
  if (isBinary(bytes)) {
    yield* sh.complain(`${path}: cannot execute binary file: Exec format error`)
    return 126
  }
  return yield* sh.restart(sh.sys, [sh.isDash ? 'sh' : 'bash', path, ...argv.slice(1)], environment)
}
