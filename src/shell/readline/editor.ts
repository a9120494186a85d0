import { decode, type Blocking } from '../../abi/index.ts'
import type { Shell } from '../shell.ts'
export class Editor {
  readonly #sh: Shell
  constructor(sh: Shell) { this.#sh = sh }
  *readLine(prompt: string): Blocking<string | undefined> {
    yield* this.#sh.print(2, prompt)
    const bytes = yield* this.#sh.sys.read(0, 4096)
    return bytes.length ? decode(bytes).replace(/\n$/, '') : undefined
  }
}
