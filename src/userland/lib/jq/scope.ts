/** What the names of a jq program mean, and which ones a pattern binds. jq: block_bind() of compile.c. */
import type { Unit } from './code.ts'
import type { Pattern } from './tree.ts'

/** What a name means, innermost first. */
export interface Scope {
  readonly id: string
  readonly kind: 'variable' | 'unit' | 'param'
  readonly owner: Unit
  readonly index: number
  readonly unit?: Unit
  readonly outer: Scope | undefined
}

/** What a name means here. */
export const find = (scope: Scope | undefined, id: string): Scope | undefined => {
  let it = scope
  while (it && it.id !== id) it = it.outer
  return it
}

/** The variables of a pattern. */
export function namesOf(pattern: Pattern): string[] {
  switch (pattern.t) {
    case 'name':
      return [pattern.name]
    case 'array':
      return pattern.items.flatMap(namesOf)
    case 'object':
      return pattern.entries.flatMap(({ name, pattern: inner }) => [
        ...(name === undefined ? [] : [name]),
        ...(inner ? namesOf(inner) : []),
      ])
  }
}
