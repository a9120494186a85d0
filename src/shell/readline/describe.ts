/** What is bound to what, as `bind` and the dump functions show it. Readline: bind.c:rl_function_dumper() and others. */
import { functionNames } from './function-names.ts'
import type { Binding, Keymap } from './keymap.ts'
import { untranslate } from './keyseq.ts'
import type { Settings } from './settings.ts'

const SHOWN = 5

/** The keys that lead to a function, as they are written. */
function keysOf(keymap: Keymap, lead: string): Map<string, string[]> {
  const out = new Map<string, string[]>()
  for (const [keys, { kind, text }] of keymap.sequences(lead)) {
    if (kind !== 'function') continue
    const list = out.get(text)
    if (list) list.push(untranslate(keys))
    else out.set(text, [untranslate(keys)])
  }
  // Two names of one function.
  const twin = out.get('insert-last-argument') ?? out.get('yank-last-arg')
  if (twin) for (const name of ['insert-last-argument', 'yank-last-arg']) out.set(name, twin)
  return out
}

const some = (keys: readonly string[]): string =>
  keys
    .slice(0, SHOWN)
    .map(it => `"${it}"`)
    .join(', ')

/** `bind -p` if it is to be read again, else `bind -P`. */
export function functionLines(keymap: Keymap, lead: string, readable: boolean): string {
  const bound = keysOf(keymap, lead)
  let out = '\n'
  for (const name of functionNames) {
    const keys = bound.get(name)
    if (readable) {
      if (!keys) out += `# ${name} (not bound)\n`
      else for (const it of keys) out += `"${it}": ${name}\n`
    } else if (!keys) out += `${name} is not bound to any keys\n`
    else out += `${name} can be found on ${some(keys)}${keys.length > SHOWN ? ', ...' : '.'}\n`
  }
  return out
}

/** `bind -q`. */
export function whereIs(keymap: Keymap, lead: string, name: string): string[] {
  return keysOf(keymap, lead).get(name) ?? []
}

export const whereLine = (name: string, keys: readonly string[]): string =>
  keys.length
    ? `${name} can be invoked via ${some(keys)}${keys.length > SHOWN ? ', ...' : '.'}\n`
    : `${name} is not bound to any keys.\n`

export const variableLines = (settings: Settings, readable: boolean): string =>
  settings
    .list()
    .map(([name, value]) => (readable ? `set ${name} ${value}\n` : `${name} is set to \`${value}'\n`))
    .join('')

const isMacro = ([, binding]: readonly [string, Binding]): boolean => binding.kind === 'macro'

export const macroLines = (keymap: Keymap, lead: string, readable: boolean): string =>
  keymap
    .sequences(lead)
    .filter(isMacro)
    .map(([keys, { text }]) => {
      const value = untranslate(text, true)
      return readable ? `"${untranslate(keys)}": "${value}"\n` : `${untranslate(keys)} outputs ${value}\n`
    })
    .join('')
