/** What normal and visual mode make of keys before they are commands: other names, counts, text as keys. Linux: vim's getchar.c. */
import type { Blocking } from '../../../abi/index.ts'
import type { Vi } from './state.ts'

const ALIAS: Readonly<Record<string, string>> = {
  Up: 'k',
  Down: 'j',
  Left: 'h',
  Right: 'l',
  Home: '0',
  End: '$',
  PageUp: '\x02',
  PageDown: '\x06',
  'S-Up': '\x02',
  'S-Down': '\x06',
  'C-Left': 'B',
  'C-Right': 'W',
  'S-Left': 'b',
  'S-Right': 'w',
  Delete: 'x',
  Insert: 'i',
  F1: '',
}

/** The command that a key of the keyboard stands for. */
export const canonical = (key: string): string => ALIAS[key] ?? key

/** Read keys that make a count; the count and the key behind it. */
export function* readCount(vi: Vi, first: string): Blocking<{ count: number | undefined; key: string }> {
  let digits = ''
  let key = first
  while (/^[1-9]$/.test(key) || (digits && key === '0')) {
    digits += key
    key = canonical(yield* vi.pressed())
  }
  return { count: digits ? Math.min(Number(digits), 99_999_999) : undefined, key }
}

/** The keys that a text of a register or a script stands for. */
export const keysOf = (text: string): string[] => [...text].map(char => (char === '\n' ? '\r' : char))
