/** The options of the host's own programs, as their `--help` lists them. */
import { O_WRONLY, decode, parseElf, type Blocking } from '../../../abi/index.ts'
import { builtins } from '../../builtins/index.ts'
import { forkShell, waitFor } from '../../exec/process.ts'
import { execute, findProgram } from '../../exec/simple.ts'
import type { Shell } from '../../shell.ts'

const LONGEST = 100_000
const known = new Map<string, readonly string[]>()

/** Asked once of each program, and only of those that are not written by somebody else. */
export function* programOptions(sh: Shell, name: string): Blocking<readonly string[]> {
  const path = name.includes('/') ? name : findProgram(sh, name)
  if (!path || builtins.has(name)) return []
  const cached = known.get(path)
  if (cached) return cached
  if (!(yield* isOurs(sh, path))) return []
  const text = yield* helpOf(sh, path, name)
  const found = new Set<string>()
  for (const match of text.matchAll(/(?<![\w-])(--[a-z][\w-]*|-[A-Za-z0-9])(?![\w])/g)) found.add(match[1]!)
  const options = [...found]
  known.set(path, options)
  return options
}

function* isOurs(sh: Shell, path: string): Blocking<boolean> {
  try {
    const fd = yield* sh.sys.open(path, 0)
    const bytes = yield* sh.sys.read(fd, 1024)
    sh.sys.close(fd)
    const program = parseElf(bytes)?.program
    return program !== undefined && program !== 'bash' && program !== 'dash'
  } catch {
    return false
  }
}

function* helpOf(sh: Shell, path: string, name: string): Blocking<string> {
  const [from, to] = sh.sys.pipe2(0)
  const pid = yield* forkShell(sh, function* (child) {
    const null_ = yield* child.sys.open('/dev/null', O_WRONLY)
    child.sys.dup2(null_, 0)
    child.sys.dup2(to, 1)
    child.sys.dup2(null_, 2)
    for (const fd of [from, to, null_]) if (fd > 2) child.sys.close(fd)
    return yield* execute(child, [name, '--help'], path)
  })
  sh.sys.close(to)
  let text = ''
  for (;;) {
    const bytes = yield* sh.sys.read(from, 65536)
    if (!bytes.length) break
    text += decode(bytes)
    if (text.length > LONGEST) break
  }
  sh.sys.close(from)
  yield* waitFor(sh, pid)
  return text
}
