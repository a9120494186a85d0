/** An operator is given its target: what d, c, y, !, <, > and the others change, and where the cursor goes. Linux: vim's ops.c:do_pending_operator(). */
import type { Blocking } from '../../../abi/index.ts'
import { compare, type Place } from '../editor-buffer.ts'
import { readCommandLine } from './command-line.ts'
import { insertMode } from './insert.ts'
import { filter, mapText, remove, shift, type Target, toggled, yank } from './operators.ts'
import { type Vi, ViError } from './state.ts'

/** What was typed before an operator and its target. */
export interface Given {
  readonly count?: number | undefined
  readonly register: string
  readonly big?: boolean
  /** How often > and < shift, from visual mode. */
  readonly amount?: number
}

/** Have an operator work on a target. */
export function* operate(vi: Vi, operator: string, target: Target, given: Given): Blocking<void> {
  const { from, to, shape } = target
  const start = vi.cursor
  const first = Math.min(from.line, to.line)
  const last = Math.max(from.line, to.line)
  setChangeMarks(vi, from, to, shape)
  if (operator === 'y') {
    yank(vi, target, given.register)
    return vi.moveTo(
      shape === 'lines' && compare(from, start) >= 0 ? { line: from.line, at: start.at } : from,
    )
  }
  if (operator === 'c') return yield* changeOperator(vi, target, given)
  if (operator === '!') {
    const command = yield* readCommandLine(vi, ':', `${first === last ? '.' : `.,.+${last - first}`}!`)
    if (command === undefined) throw new ViError()
    const bang = command.replace(/^[^!]*!/, '').replace(/^!/, vi.lastBang)
    vi.lastBang = bang
    return yield* vi.change(() => filter(vi, first, last, bang))
  }
  yield* vi.change(function* () {
    if (operator === 'd') remove(vi, target, given.register, given.big)
    else if (operator === '>' || operator === '<') {
      shift(vi, first, last, (given.amount ?? 1) * (operator === '>' ? 1 : -1))
      vi.moveTo(vi.firstNonBlank(first))
    } else {
      if (operator === '=') mapText(vi, { ...target, shape: 'lines' }, text => text)
      else mapText(vi, target, CASE[operator]!)
      vi.moveTo(shape === 'lines' ? { line: first, at: start.line === first ? start.at : 0 } : from)
    }
  })
  vi.keep(given.count, given.register)
}

const CASE: Readonly<Record<string, (text: string) => string>> = {
  'g~': toggled,
  gu: text => text.toLowerCase(),
  gU: text => text.toUpperCase(),
  'g?': text =>
    text.replace(/[a-zA-Z]/g, char => {
      const base = char <= 'Z' ? 65 : 97
      return String.fromCharCode(((char.charCodeAt(0) - base + 13) % 26) + base)
    }),
}

function setChangeMarks(vi: Vi, from: Place, to: Place, shape: string): void {
  vi.current.marks.set('[', shape === 'lines' ? { line: from.line, at: 0 } : from)
  vi.current.marks.set(']', shape === 'lines' ? { line: to.line, at: 0 } : to)
}

function* changeOperator(vi: Vi, target: Target, given: Given): Blocking<void> {
  vi.beginChange()
  const { from, to, shape } = target
  if (shape === 'lines') {
    const indent = vi.options.autoindent ? /^[ \t]*/.exec(vi.text.line(from.line))![0] : ''
    const count = vi.text.length
    remove(vi, target, given.register)
    const emptied = count === to.line - from.line + 1
    if (emptied) vi.text.setLine(0, indent)
    else vi.text.splice(from.line, 0, [indent])
    vi.say('')
    vi.mode = 'insert'
    vi.moveTo({ line: from.line, at: indent.length })
  } else {
    vi.mode = 'insert'
    remove(vi, target, given.register, given.big)
  }
  yield* insertMode(vi, { mode: 'insert', count: 1, changing: true })
  vi.keep(given.count, given.register)
}
