/** Which keys do what. Readline: keymaps.c; here one flat table of sequences instead of a tree. */
import { EMACS, VI_INSERT, VI_MOVE } from './default-keys.ts'
import { translateKeys } from './keyseq.ts'

/** A function of readline by its name, keys to be typed instead, or a command for the shell. */
export interface Binding {
  readonly kind: 'function' | 'macro' | 'command'
  readonly text: string
}

export class Keymap {
  readonly #bindings = new Map<string, Binding>()
  /** How many sequences go on behind this one. */
  readonly #prefixes = new Map<string, number>()

  static of(defaults: string): Keymap {
    const it = new Keymap()
    for (const line of defaults.trim().split('\n')) {
      const [name, ...keys] = line.trim().split(' ')
      for (const key of keys)
        it.bind(translateKeys(key.replace('SPC', ' ')), { kind: 'function', text: name! })
    }
    return it
  }

  copy(): Keymap {
    const it = new Keymap()
    for (const [keys, binding] of this.#bindings) it.bind(keys, binding)
    return it
  }

  get(keys: string): Binding | undefined {
    return this.#bindings.get(keys)
  }

  isPrefix(keys: string): boolean {
    return this.#prefixes.has(keys)
  }

  bind(keys: string, binding: Binding | undefined): void {
    if (!keys) return
    const isThere = this.#bindings.has(keys)
    if (binding) this.#bindings.set(keys, binding)
    else this.#bindings.delete(keys)
    if (isThere === (binding !== undefined)) return
    for (let i = 1; i < keys.length; i++) this.#count(keys.slice(0, i), binding ? 1 : -1)
  }

  #count(prefix: string, by: number): void {
    const count = (this.#prefixes.get(prefix) ?? 0) + by
    if (count) this.#prefixes.set(prefix, count)
    else this.#prefixes.delete(prefix)
  }

  /**
   * All sequences that begin with `lead`, without it, in the order of their bytes. One that others go on behind is
   * shown with what stands for any other key, 0x100.
   */
  sequences(lead = ''): [keys: string, binding: Binding][] {
    const out: [string, Binding][] = []
    for (const [keys, binding] of this.#bindings) {
      if (!keys.startsWith(lead) || keys === lead) continue
      out.push([keys.slice(lead.length) + (this.isPrefix(keys) ? '\u0100' : ''), binding])
    }
    return out.sort((a, b) => (a[0] < b[0] ? -1 : 1))
  }
}

/** The three keymaps there are, and the parts of one that have names of their own. */
export interface Keymaps {
  readonly emacs: Keymap
  readonly 'vi-move': Keymap
  readonly 'vi-insert': Keymap
}

export type KeymapName = keyof Keymaps

export const defaultKeymaps = (): Keymaps => ({
  emacs: inserting(Keymap.of(EMACS), 0x20),
  'vi-move': Keymap.of(VI_MOVE),
  'vi-insert': inserting(Keymap.of(VI_INSERT), 1),
})

/** Every key that does nothing else inserts itself. */
function inserting(keymap: Keymap, first: number): Keymap {
  for (let code = first; code < 0x100; code++) {
    const key = String.fromCharCode(code)
    if (!keymap.get(key) && !keymap.isPrefix(key)) keymap.bind(key, { kind: 'function', text: 'self-insert' })
  }
  return keymap
}

const NAMES: Readonly<Record<string, readonly [KeymapName, string]>> = {
  emacs: ['emacs', ''],
  'emacs-standard': ['emacs', ''],
  'emacs-meta': ['emacs', '\x1b'],
  'emacs-ctlx': ['emacs', '\x18'],
  vi: ['vi-move', ''],
  'vi-move': ['vi-move', ''],
  'vi-command': ['vi-move', ''],
  'vi-insert': ['vi-insert', ''],
}

/** The keymap that `bind -m` or `set keymap` names, and the keys that lead to it. */
export const namedKeymap = (name: string): readonly [KeymapName, string] | undefined =>
  NAMES[name.toLowerCase()]
