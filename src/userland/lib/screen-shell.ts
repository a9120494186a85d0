/** Another program on the terminal of a full-screen one, until it ends and a key is pressed. */
import type { Blocking, Sys } from '../../abi/index.ts'
import { fork } from './command.ts'
import { execProgram, waitFor } from './namespaces.ts'
import type { Screen } from './screen.ts'

interface Caller {
  readonly env: ReadonlyMap<string, string>
  readonly envp: readonly string[]
  readonly name: string
}

/** Run a line in the shell. With `done` it says so afterwards and waits for Enter. The screen must be lent. */
export function* outsideCommand(
  sys: Sys,
  caller: Caller,
  line: string,
  screen: Screen,
  head = '',
  done = '',
): Blocking<void> {
  if (head) yield* screen.write(head)
  const shell = caller.env.get('SHELL') || '/bin/sh'
  const argv = line ? [shell, '-c', line] : [shell]
  const input = screen.input
  const child = fork(sys, caller.name, function* (its) {
    if (input) its.dup2(input, 0)
    return yield* execProgram(its, argv, caller.envp)
  })
  yield* waitFor(sys, child)
  if (!done) return
  yield* screen.write(done)
  let byte: Uint8Array
  do byte = yield* sys.read(input, 1)
  while (byte.length && byte[0] !== 10 && byte[0] !== 13)
}
