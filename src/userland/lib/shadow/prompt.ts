/** Asking for a value with a default, as chfn, chsh, chage and adduser do. Linux: shadow lib/fields.c. */
import type { Blocking, Sys } from '../../../abi/index.ts'
import type { Process } from '../command.ts'

/** A line of standard input without its end; undefined at the end of the input. */
export function* readAnswer(sys: Sys): Blocking<string | undefined> {
  const bytes: number[] = []
  for (;;) {
    const [byte] = yield* sys.read(0, 1)
    if (byte === undefined) return bytes.length ? new TextDecoder().decode(Uint8Array.from(bytes)) : undefined
    if (byte === 10) return new TextDecoder().decode(Uint8Array.from(bytes))
    bytes.push(byte)
  }
}

/** `prompt [default]: `; an empty answer is the default. */
export function* readPrompt(
  sys: Sys,
  me: Process,
  prompt: string,
  otherwise: string,
): Blocking<string | undefined> {
  me.out.print(`${prompt} [${otherwise}]: `)
  yield* me.out.flush()
  const answer = yield* readAnswer(sys)
  return answer === '' ? otherwise : answer
}
