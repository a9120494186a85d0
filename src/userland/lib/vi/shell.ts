/** Shell commands from within vi: `:!cmd`, filters, `:r !cmd`, `:w !cmd`. Linux: vim's os_unix.c:mch_call_shell(). */
import {
  type Blocking,
  decode,
  EINTR,
  encode,
  Errno,
  POLLIN,
  POLLOUT,
  type Sys,
  WEXITSTATUS,
} from '../../../abi/index.ts'
import { fork } from '../command.ts'
import { concat } from '../output.ts'
import { execProgram, waitFor } from '../namespaces.ts'
import type { Vi } from './state.ts'

const shellOf = (vi: Vi): string => vi.env.get('SHELL') || '/bin/sh'

/** Run a command, or a shell to type at; its exit status. */
export function* runShell(vi: Vi, command: string | undefined): Blocking<number> {
  const argv = command === undefined ? [shellOf(vi)] : [shellOf(vi), '-c', command]
  const child = fork(vi.sys, 'vi', its => execProgram(its, argv, vi.envp))
  return WEXITSTATUS((yield* waitFor(vi.sys, child)).status)
}

/** Feed text to a command and collect what it prints, both at once so that no pipe stays full. */
export function* pipeThrough(
  vi: Vi,
  command: string,
  input: string | undefined,
): Blocking<{ text: string; status: number }> {
  const { sys } = vi
  const [inRead, inWrite] = sys.pipe2(0)
  const [outRead, outWrite] = sys.pipe2(0)
  const child = fork(sys, 'vi', function* (its) {
    its.close(inWrite)
    its.close(outRead)
    its.dup2(inRead, 0)
    its.dup2(outWrite, 1)
    its.dup2(outWrite, 2)
    its.close(inRead)
    its.close(outWrite)
    return yield* execProgram(its, [shellOf(vi), '-c', command], vi.envp)
  })
  sys.close(inRead)
  sys.close(outWrite)
  const bytes = yield* exchange(sys, inWrite, outRead, encode(input ?? ''))
  sys.close(outRead)
  const { status } = yield* waitFor(sys, child)
  return { text: decode(bytes), status: WEXITSTATUS(status) }
}

function* exchange(sys: Sys, to: number, from: number, input: Uint8Array): Blocking<Uint8Array> {
  const chunks: Uint8Array[] = []
  let sent = 0
  let open = true
  const finish = () => {
    if (open) sys.close(to)
    open = false
  }
  if (!input.length) finish()
  for (;;) {
    try {
      const wanted = open
        ? [
            { fd: from, events: POLLIN },
            { fd: to, events: POLLOUT },
          ]
        : [{ fd: from, events: POLLIN }]
      const [readable, writable] = yield* sys.poll(wanted, -1)
      if (open && writable) {
        sent += yield* sys.write(to, input.subarray(sent, sent + 4096))
        if (sent >= input.length) finish()
      }
      if (!readable) continue
      const chunk = yield* sys.read(from, 65536)
      if (!chunk.length) break
      chunks.push(chunk)
    } catch (e) {
      if (e === EINTR) continue
      if (!(e instanceof Errno)) throw e
      // The command does not read: SIGPIPE is ignored, EPIPE ends the sending.
      finish()
    }
  }
  finish()
  return chunks.length ? concat(chunks) : new Uint8Array()
}

/** Lines sent through a command. */
export function* filterLines(vi: Vi, command: string, lines: readonly string[]): Blocking<readonly string[]> {
  const { text, status } = yield* pipeThrough(vi, command, lines.map(it => `${it}\n`).join(''))
  if (status) vi.say(`shell returned ${status}`)
  return text === '' ? [] : (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
}
