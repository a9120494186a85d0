/** What a shell's readline is set to: its variables and keymaps. Readline: bind.c, the variables of `bind -v`. */
import { defaultKeymaps, namedKeymap, type Keymap, type KeymapName, type Keymaps } from './keymap.ts'

const FLAGS: Readonly<Record<string, boolean>> = {
  'bind-tty-special-chars': true,
  'blink-matching-paren': false,
  'byte-oriented': false,
  'colored-completion-prefix': false,
  'colored-stats': false,
  'completion-ignore-case': false,
  'completion-map-case': false,
  'convert-meta': false,
  'disable-completion': false,
  'echo-control-characters': true,
  'enable-active-region': true,
  'enable-bracketed-paste': true,
  'enable-keypad': false,
  'enable-meta-key': true,
  'expand-tilde': false,
  'history-preserve-point': false,
  'horizontal-scroll-mode': false,
  'input-meta': true,
  'mark-directories': true,
  'mark-modified-lines': false,
  'mark-symlinked-directories': false,
  'match-hidden-files': true,
  'menu-complete-display-prefix': false,
  'meta-flag': true,
  'output-meta': true,
  'page-completions': true,
  'prefer-visible-bell': true,
  'print-completions-horizontally': false,
  'revert-all-at-newline': false,
  'show-all-if-ambiguous': false,
  'show-all-if-unmodified': false,
  'show-mode-in-prompt': false,
  'skip-completed-text': false,
  'visible-stats': false,
}

const VALUES: Readonly<Record<string, string>> = {
  'bell-style': 'audible',
  'comment-begin': '#',
  'completion-display-width': '-1',
  'completion-prefix-display-length': '0',
  'completion-query-items': '100',
  'editing-mode': 'emacs',
  'emacs-mode-string': '@',
  'history-size': '0',
  keymap: 'emacs',
  'keyseq-timeout': '500',
  'vi-cmd-mode-string': '(cmd)',
  'vi-ins-mode-string': '(ins)',
}

/** Settable, but not listed. */
const HIDDEN = ['active-region-end-color', 'active-region-start-color', 'isearch-terminators']

const NUMBERS = new Set([
  'completion-display-width',
  'completion-prefix-display-length',
  'completion-query-items',
  'history-size',
  'keyseq-timeout',
])

export class Settings {
  keymaps: Keymaps = defaultKeymaps()
  readonly #values = new Map<string, string>()
  /** The keymap that further bindings go to, and the keys that lead to its part. */
  target: readonly [KeymapName, string] = ['emacs', '']
  /** Whose settings these are: a subshell that changes them makes its own. */
  owner = 0
  /** Whether the inputrc files have been read. */
  isRead = false

  constructor() {
    for (const [name, on] of Object.entries(FLAGS)) this.#values.set(name, on ? 'on' : 'off')
    for (const [name, value] of Object.entries(VALUES)) this.#values.set(name, value)
  }

  copy(): Settings {
    const it = new Settings()
    for (const [name, value] of this.#values) it.#values.set(name, value)
    const { emacs, 'vi-move': move, 'vi-insert': insert } = this.keymaps
    it.keymaps = { emacs: emacs.copy(), 'vi-move': move.copy(), 'vi-insert': insert.copy() }
    it.target = this.target
    it.isRead = this.isRead
    return it
  }

  is(flag: string): boolean {
    return this.#values.get(flag) === 'on'
  }

  get(name: string): string {
    return this.#values.get(name) ?? ''
  }

  number(name: string): number {
    return Number(this.get(name)) || 0
  }

  get isVi(): boolean {
    return this.get('editing-mode') === 'vi'
  }

  /** The keymap that keys are looked up in first. */
  startKeymap(): Keymap {
    return this.keymaps[this.isVi ? 'vi-insert' : 'emacs']
  }

  editingMode(mode: 'emacs' | 'vi'): void {
    this.#values.set('editing-mode', mode)
    this.#keymap(mode === 'vi' ? 'vi-insert' : 'emacs')
  }

  #keymap(name: string): boolean {
    const target = namedKeymap(name)
    if (!target) return false
    this.target = target
    this.#values.set('keymap', name === 'vi-command' || name === 'vi-move' ? 'vi' : name.toLowerCase())
    return true
  }

  /** Names and values in the order of `bind -v`: switches first. */
  list(): [string, string][] {
    return [...this.#values].filter(([name]) => !HIDDEN.includes(name))
  }

  /** `set NAME VALUE`: why it cannot be done, if it cannot. Readline: rl_variable_bind(). */
  set(given: string, value: string): string | undefined {
    const name = given.toLowerCase()
    if (name in FLAGS) {
      const on = value === '' || value === '1' || value.toLowerCase() === 'on' ? 'on' : 'off'
      this.#values.set(name, on)
      if (name === 'input-meta' || name === 'meta-flag')
        for (const it of ['input-meta', 'meta-flag']) this.#values.set(it, on)
      if (name === 'prefer-visible-bell') this.#values.set('bell-style', on === 'on' ? 'visible' : 'audible')
      return undefined
    }
    if (!(name in VALUES) && !HIDDEN.includes(name)) return `${given}: unknown variable name`
    return this.#setValue(name, value) ? undefined : `${given}: could not set value to \`${value}'`
  }

  #setValue(name: string, value: string): boolean {
    switch (name) {
      case 'bell-style': {
        const style = value.toLowerCase()
        if (!['', 'none', 'off', 'audible', 'on', 'visible'].includes(style)) return false
        const shown = style === 'off' ? 'none' : style === 'on' || style === '' ? 'audible' : style
        this.#values.set(name, shown)
        return true
      }
      case 'editing-mode': {
        const mode = value.toLowerCase()
        if (mode !== 'emacs' && mode !== 'vi') return false
        this.editingMode(mode)
        return true
      }
      case 'keymap':
        return this.#keymap(value)
      case 'comment-begin':
        if (!value) return false
        break
    }
    this.#values.set(name, NUMBERS.has(name) ? String(Number.parseInt(value, 10) || 0) : unquoted(value))
    return true
  }
}

const unquoted = (text: string): string => /^"(.*)"$/s.exec(text)?.[1] ?? text
