/**
 * Bytes from a terminal as keys with names. Linux: ncurses' getch() with keypad(); console_codes(4).
 * A character is itself (`a`, `\x01`), other keys have names: Up, S-Up, C-Left, Home, F1, M-x, Paste.
 */
import { decode, sequenceLength } from '../../abi/index.ts'

const FINAL: Readonly<Record<string, string>> = {
  A: 'Up',
  B: 'Down',
  C: 'Right',
  D: 'Left',
  E: 'Begin',
  F: 'End',
  H: 'Home',
  P: 'F1',
  Q: 'F2',
  R: 'F3',
  S: 'F4',
  Z: 'S-Tab',
  M: '\r',
}
const TILDE: Readonly<Record<string, string>> = {
  1: 'Home',
  2: 'Insert',
  3: 'Delete',
  4: 'End',
  5: 'PageUp',
  6: 'PageDown',
  7: 'Home',
  8: 'End',
  11: 'F1',
  12: 'F2',
  13: 'F3',
  14: 'F4',
  15: 'F5',
  17: 'F6',
  18: 'F7',
  19: 'F8',
  20: 'F9',
  21: 'F10',
  23: 'F11',
  24: 'F12',
}
const MODIFIER = ['', '', 'S-', 'M-', 'M-S-', 'C-', 'C-S-', 'M-C-', 'M-C-S-']
const PASTE_START = '\x1b[200~'
const PASTE_END = '\x1b[201~'

/** Holds bytes until they make keys. */
export class KeyDecoder {
  #bytes: number[] = []
  #text = ''
  #ended = false
  /** An escape that nothing follows is the key. */
  #alone = false
  /** What was pasted last, its line ends as the terminal sends them. */
  pasted = ''
  /** The beginning of a sequence is there, and the rest may come. */
  partial = false

  get waiting(): boolean {
    return this.#text.length > 0 && !this.partial
  }

  feed(bytes: Uint8Array): void {
    for (const byte of bytes) this.#bytes.push(byte)
    const whole = this.#bytes.length - unfinished(this.#bytes)
    this.#text += decode(Uint8Array.from(this.#bytes.splice(0, whole)))
    this.partial = false
  }

  /** No more bytes come; whether there are still keys. */
  end(): boolean {
    this.#text += decode(Uint8Array.from(this.#bytes.splice(0)))
    this.#ended = true
    this.partial = false
    return this.#text.length > 0
  }

  /** The rest of the sequence did not come in time. */
  giveUp(): void {
    this.partial = false
    this.#alone = true
    if (!this.#text) this.#text = decode(Uint8Array.from(this.#bytes.splice(0)))
  }

  /** The next key, undefined if more bytes are needed. */
  next(): string | undefined {
    if (!this.#text) {
      this.partial = this.#bytes.length > 0
      return undefined
    }
    if (this.#text[0] !== '\x1b') return this.#take([...this.#text.slice(0, 2)][0]!.length)
    const forced = this.#alone || this.#ended
    this.#alone = false
    return this.#sequence(forced)
  }

  #take(length: number): string {
    const taken = this.#text.slice(0, length)
    this.#text = this.#text.slice(length)
    return taken
  }

  #sequence(forced: boolean): string | undefined {
    const text = this.#text
    if (text.startsWith(PASTE_START)) return this.#paste(forced)
    const match = /^\x1b(?:\[([0-9;]*)([A-Za-z~^@$])|O([A-Z])|\[\[([A-E]))/.exec(text)
    if (match) {
      const name = match[4]
        ? `F${'ABCDE'.indexOf(match[4]) + 1}`
        : keyName(match[1] ?? '', match[2] ?? match[3]!)
      if (name !== undefined) {
        this.#take(match[0].length)
        return name
      }
      return this.#take(1)
    }
    if (!forced && /^\x1b(?:$|\[[0-9;]*$|\[\[$|O$)/.test(text)) {
      this.partial = true
      return undefined
    }
    return this.#take(1)
  }

  #paste(forced: boolean): string | undefined {
    const end = this.#text.indexOf(PASTE_END)
    if (end < 0 && !forced) {
      this.partial = true
      return undefined
    }
    this.pasted = this.#text.slice(PASTE_START.length, end < 0 ? undefined : end)
    this.#text = end < 0 ? '' : this.#text.slice(end + PASTE_END.length)
    return 'Paste'
  }
}

function keyName(parameters: string, final: string): string | undefined {
  const [first = '', second = '1'] = parameters.split(';')
  const name = final === '~' ? TILDE[first] : FINAL[final]
  if (name === undefined) return undefined
  return (MODIFIER[Number(second)] ?? '') + name
}

/** How many bytes at the end are the beginning of a UTF-8 sequence. */
function unfinished(bytes: readonly number[]): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) return 0
    if (byte < 0xc0) continue
    const tail = Uint8Array.from(bytes.slice(-back))
    const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return byte >= 0xc2 && byte < 0xf5 && back < wanted && !sequenceLength(tail, 0) ? back : 0
  }
  return 0
}
