/** From the terminal's bytes to keys. Readline: input.c; ctlseqs(xterm). */
import { decode } from '../../abi/index.ts'

const NAMES: Record<string, string> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  H: 'home',
  F: 'end',
  Z: 'back-tab',
}
const TILDES: Record<string, string> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'page-up',
  6: 'page-down',
  7: 'home',
  8: 'end',
  200: 'paste',
}

/** Collects bytes until they are a key: a character, `C-a`, `M-b`, or a name such as `up`. */
export class Keys {
  #bytes: number[] = []

  /** Whether a key has begun. */
  get isOpen(): boolean {
    return this.#bytes.length > 0
  }

  reset(): void {
    this.#bytes = []
  }

  /** The key that this byte completes, if it does. */
  add(byte: number): string | undefined {
    this.#bytes.push(byte)
    const key = this.#bytes[0] === 27 ? escapeKey(this.#bytes) : plainKey(this.#bytes)
    if (key !== undefined) this.#bytes = []
    return key
  }
}

function plainKey(bytes: readonly number[]): string | undefined {
  const first = bytes[0]!
  if (first === 127) return 'C-?'
  if (first < 32) return `C-${String.fromCharCode(first + 96)}`
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1
  const broken = bytes.length > 1 && (bytes.at(-1)! & 0xc0) !== 0x80
  if (bytes.length < length && !broken) return undefined
  return decode(Uint8Array.from(bytes))
}

/** ESC and what follows; undefined as long as more may come. */
function escapeKey(bytes: readonly number[]): string | undefined {
  if (bytes.length === 1) return undefined
  const second = String.fromCharCode(bytes[1]!)
  if (second === '[' || second === 'O') return controlSequence(bytes, second)
  const key = plainKey(bytes.slice(1))
  return key === undefined ? undefined : `M-${key}`
}

function controlSequence(bytes: readonly number[], kind: string): string | undefined {
  if (bytes.length === 2) return undefined
  const text = String.fromCharCode(...bytes.slice(2))
  const last = text.at(-1)!
  if (kind === 'O') return NAMES[last] ?? ''
  if (!/[@-~]/.test(last) || text === '[') return undefined
  const [first = '', modifier = '1'] = text.slice(0, -1).split(';')
  const name = last === '~' ? TILDES[first] : NAMES[last]
  if (!name) return ''
  const held = Number(modifier) - 1
  return `${held & 4 ? 'C-' : ''}${held & 2 ? 'M-' : ''}${name}`
}
