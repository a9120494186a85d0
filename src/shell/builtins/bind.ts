/** bind: what readline's keys do, and its variables. Bash: builtins/bind.def. */
import type { Blocking } from '../../abi/index.ts'
import { functionLines, macroLines, variableLines, whereIs, whereLine } from '../readline/describe.ts'
import { functionNames, isFunction } from '../readline/function-names.ts'
import { closingQuote, parseAndBind, readInputrc } from '../readline/inputrc.ts'
import { namedKeymap, type Keymap } from '../readline/keymap.ts'
import { translateKeys, untranslate } from '../readline/keyseq.ts'
import type { Settings } from '../readline/settings.ts'
import { circumstancesOf, ownSettings, readInitFiles, sourceOf } from '../readline/startup.ts'
import { Complaint, type Shell } from '../shell.ts'
import { output } from './echo.ts'
import { options } from './options.ts'

/** What the options mean, for one keymap or a part of it. */
class Binder {
  readonly #sh: Shell
  readonly #settings: Settings
  readonly #keymap: Keymap
  /** The keys that lead to the part. */
  readonly #lead: string

  constructor(sh: Shell, settings: Settings) {
    this.#sh = sh
    this.#settings = settings
    this.#keymap = settings.keymaps[settings.target[0]]
    this.#lead = settings.target[1]
  }

  *show(given: ReadonlyMap<string, string>): Blocking<void> {
    const keymap = this.#keymap
    const lead = this.#lead
    const parts: readonly [string, () => string][] = [
      ['l', () => `${functionNames.join('\n')}\n`],
      ['p', () => functionLines(keymap, lead, true)],
      ['P', () => functionLines(keymap, lead, false)],
      ['s', () => macroLines(keymap, lead, true)],
      ['S', () => macroLines(keymap, lead, false)],
      ['v', () => variableLines(this.#settings, true)],
      ['V', () => variableLines(this.#settings, false)],
    ]
    for (const [letter, text] of parts) if (given.has(letter)) yield* output(this.#sh, text())
    if (given.has('X')) yield* output(this.#sh, this.#commands())
  }

  #commands(): string {
    let out = ''
    for (const [keys, { kind, text }] of this.#keymap.sequences(this.#lead))
      if (kind === 'command') out += `"${untranslate(keys)}": "${text.replace(/["\\]/g, '\\$&')}"\n`
    return out
  }

  /** -q */
  *where(name: string): Blocking<number> {
    requireFunction(name)
    const keys = whereIs(this.#keymap, this.#lead, name)
    yield* output(this.#sh, whereLine(name, keys))
    return keys.length ? 0 : 1
  }

  /** -u */
  unbindFunction(name: string): void {
    requireFunction(name)
    for (const [keys, { kind, text }] of this.#keymap.sequences(this.#lead))
      if (kind === 'function' && text === name)
        this.#keymap.bind(this.#lead + keys.replace('\u0100', ''), undefined)
  }

  /** -r */
  unbindKeys(notation: string): void {
    this.#keymap.bind(this.#lead + translateKeys(notation.replace(/^"(.*)"$/s, '$1')), undefined)
  }

  /** -x '"keys": command' */
  bindCommand(given: string): void {
    const text = given.trimStart()
    if (text[0] !== '"') throw new Complaint(`${given}: first non-whitespace character is not \`"'`, 1)
    const close = closingQuote(text, 0)
    if (close < 0) throw new Complaint(`no closing \`"' in ${given}`, 1)
    const rest = text.slice(close + 1).trimStart()
    if (rest[0] !== ':') throw new Complaint(`${given}: missing colon separator`, 1)
    const command = rest.slice(1).trim()
    const isQuoted = command[0] === '"' && closingQuote(command, 0) === command.length - 1
    const shown = isQuoted ? command.slice(1, -1).replace(/\\(["\\])/g, '$1') : command
    this.#keymap.bind(this.#lead + translateKeys(text.slice(1, close)), { kind: 'command', text: shown })
  }
}

function requireFunction(name: string): void {
  if (!isFunction(name)) throw new Complaint(`\`${name}': unknown function name`, 1)
}

export function* bind(sh: Shell, argv: readonly string[]): Blocking<number> {
  const isEditing = sh.options.has('emacs') || sh.options.has('vi')
  if (!isEditing) yield* sh.complain('bind: warning: line editing not enabled')
  const { given, rest } = options(argv, 'lpsvPSVXm:f:q:u:r:x:')
  yield* readInitFiles(sh)
  const settings = ownSettings(sh)
  const before = settings.target
  const wanted = given.get('m')
  if (wanted !== undefined) {
    const target = namedKeymap(wanted)
    if (!target) throw new Complaint(`\`${wanted}': invalid keymap name`, 1)
    settings.target = target
  }
  try {
    const status = yield* obey(sh, settings, given, rest)
    if (isEditing) for (const mode of ['emacs', 'vi']) sh.setOption(mode, settings.isVi === (mode === 'vi'))
    return status
  } catch (e) {
    if (wanted !== undefined) settings.target = before
    throw e
  }
}

function* obey(
  sh: Shell,
  settings: Settings,
  given: ReadonlyMap<string, string>,
  rest: readonly string[],
): Blocking<number> {
  const before = settings.target
  const binder = new Binder(sh, settings)
  let status = 0
  yield* binder.show(given)
  const file = given.get('f')
  if (file !== undefined && !(yield* readInputrc(settings, sourceOf(sh), circumstancesOf(sh), file)))
    throw new Complaint(`${file}: cannot read: No such file or directory`, 1)
  const query = given.get('q')
  if (query !== undefined) status = yield* binder.where(query)
  const unbound = given.get('u')
  if (unbound !== undefined) binder.unbindFunction(unbound)
  const removed = given.get('r')
  if (removed !== undefined) binder.unbindKeys(removed)
  const command = given.get('x')
  if (command !== undefined) binder.bindCommand(command)
  for (const line of rest) yield* parseAndBind(settings, sourceOf(sh), line)
  if (given.has('m')) settings.target = before
  return status
}
