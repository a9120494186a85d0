/**
 * Which commands change nothing of the shell that runs them, so that a process forked for one needs no copy of it:
 * programs, and builtins that only print or test, with words that assign nothing. Such a child looks at its parent's
 * state, so the parent must do nothing but wait for it: what runs in the background gets a copy, as does what may be
 * stopped at a redirection.
 */
import { builtins, isDisabled } from '../builtins/index.ts'
import type { Shell } from '../shell.ts'
import type { Command, Part, Redirect, Word } from '../tree.ts'

/** Builtins that only look. */
const LOOKS = new Set([':', 'true', 'false', 'echo', 'pwd', 'test', '[', 'kill'])

export function isTraceless(sh: Shell, command: Command): boolean {
  if (command.type !== 'simple' || command.assigns.length || sh.isWatched) return false
  const name = command.words[0]?.plain
  if (!name || sh.functions.has(name) || sh.functions.has('command_not_found_handle')) return false
  if (builtins.has(name) && (!LOOKS.has(name) || isDisabled(sh, name))) return false
  return command.words.every(it => isPlain(sh, it)) && canRedirect(sh, command)
}

const isPlain = (sh: Shell, word: Word): boolean =>
  !word.assign &&
  (word.plain !== undefined || (!word.braces && word.parts.every(it => assignsNothing(sh, it))))

/** Variables that are computed belong to the shell that computes them. */
const assignsNothing = (sh: Shell, part: Part): boolean =>
  part.type === 'literal' || (part.type === 'parameter' && part.simple && !sh.variables.find(part.name)?.get)

/** Opening a FIFO sleeps, and with job control the parent may go on meanwhile. */
export const canRedirect = (sh: Shell, { redirects }: Command & { type: 'simple' }): boolean =>
  !redirects.length || (!sh.options.has('monitor') && redirects.every(isFixed))

const isFixed = (it: Redirect): boolean =>
  it.target.plain !== undefined && !it.variable && it.delimiter === undefined
