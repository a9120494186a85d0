/** `name=`, `name[key]+=`: where an assignment's value begins. Bash: general.c:assignment(), arrayfunc.c:skipsubscript(). */
import { skip } from '../expand/brace.ts'

/** What is assigned to; the value starts at `end`. */
export interface Target {
  readonly name: string
  readonly index: string | undefined
  readonly append: boolean
  readonly end: number
}

const START = /^([A-Za-z_]\w*)(?:\[|\+?=)/

/** What `text` assigns to, if it is an assignment. */
export function assignmentOf(text: string): Target | undefined {
  const name = START.exec(text)?.[1]
  if (!name) return undefined
  let end = name.length
  const close = text[end] === '[' ? subscriptEnd(text.slice(end)) : 0
  const index = close ? text.slice(end + 1, end + close - 1) : undefined
  end += close
  const append = text.startsWith('+=', end)
  if (!append && text[end] !== '=') return undefined
  return { name, index, append, end: end + (append ? 2 : 1) }
}

/** Where `]` of the subscript at the start of `text` is, plus one; 0 if there is none. */
export function subscriptEnd(text: string): number {
  let depth = 0
  for (let i = 0; i < text.length; i = skip(text, i)) {
    const c = text[i]
    if (c === '[') depth++
    else if (c === ']' && --depth === 0) return i + 1
    else if ((c === '"' || c === "'") && !isClosed(text, i)) return 0
  }
  return 0
}

/** Whether the quote at `i` has its end. */
const isClosed = (text: string, i: number): boolean => {
  const end = skip(text, i) - 1
  return end > i && end < text.length && text[end] === text[i]
}
