/** Keys by name and marked text, as the screens of top have them. */

export const BOLD = (text: string): string => `\x1b[1m${text}\x1b[m`
export const REVERSE = (text: string): string => `\x1b[7m${text}\x1b[m`

/** Keys that come as several bytes, by name. */
const SEQUENCES: Readonly<Record<string, string>> = {
  '[A': 'up',
  '[B': 'down',
  '[C': 'right',
  '[D': 'left',
  '[5~': 'pageup',
  '[6~': 'pagedown',
  '[H': 'home',
  '[F': 'end',
  '[1~': 'home',
  '[4~': 'end',
}

/** What was typed, key by key. */
export function keysOf(typed: string): string[] {
  const found: string[] = []
  for (const [key, rest] of typed.matchAll(/\x1b[O[]([A-H]|\d~)|./gs))
    found.push(rest === undefined ? key : (SEQUENCES[`[${rest}`] ?? ''))
  return found
}
