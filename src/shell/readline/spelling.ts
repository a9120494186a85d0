/** Names of files with slips of the finger mended, for cdspell and spell-correct-word. Bash: lib/sh/spell.c. */
import type { Blocking } from '../../abi/index.ts'
import type { Shell } from '../shell.ts'
import { entriesOf } from './paths.ts'

/** Whether one slip of the finger makes `typed` of `name`: a letter too many, missing, wrong, or two exchanged. */
function isNear(typed: string, name: string): boolean {
  if (Math.abs(typed.length - name.length) > 1) return false
  let i = 0
  while (i < typed.length && i < name.length && typed[i] === name[i]) i++
  const a = typed.slice(i)
  const b = name.slice(i)
  if (a.length > b.length) return a.slice(1) === b
  if (a.length < b.length) return b.slice(1) === a
  return a.slice(1) === b.slice(1) || (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
}

/** A path that there is, with at most one slip in each of its names; undefined if there is none. */
export function* corrected(sh: Shell, path: string): Blocking<string | undefined> {
  let out = path.startsWith('/') ? '/' : ''
  for (const part of path.split('/').filter(Boolean)) {
    const names = (yield* entriesOf(sh, out || '.')).map(it => it.name)
    const name = names.includes(part) ? part : names.find(it => it !== '.' && it !== '..' && isNear(part, it))
    if (name === undefined) return undefined
    out += `${out && !out.endsWith('/') ? '/' : ''}${name}`
  }
  return out
}
