/** Undoing and redoing, and what vi says of it. Linux: vim's undo.c:u_undo_end(). */
import type { Step } from '../editor-buffer.ts'
import type { Vi } from './state.ts'

/** Undo or redo one step, and tell. Linux: u_undo_end(). */
export function travel(vi: Vi, back: boolean): void {
  const step = back ? vi.text.undo() : vi.text.redo()
  if (!step) return vi.say(back ? 'Already at oldest change' : 'Already at newest change')
  placeAfterUndo(vi, step, back)
  const sum = (lists: readonly (readonly string[])[]) => lists.reduce((all, it) => all + it.length, 0)
  const removed = sum(step.changes.map(it => it.removed))
  const added = sum(step.changes.map(it => it.added))
  const [old, now] = back ? [added, removed] : [removed, added]
  vi.say(`${difference(old - now, now)}; ${back ? 'before' : 'after'} #${step.number}  ${ago(vi, step.time)}`)
}

function placeAfterUndo(vi: Vi, step: Step, back: boolean): void {
  const change = back ? step.changes[0]! : step.changes[0]!
  const line = Math.min(...step.changes.map(it => it.line))
  const gone = back ? change.removed.length === 0 : change.added.length === 0
  const to = gone && line > 0 && line > vi.lastLine ? line - 1 : line
  if (step.before.line === to) vi.moveTo(back ? step.before : vi.firstNonBlank(to))
  else vi.moveTo(vi.firstNonBlank(gone && line > 0 && back ? line - 1 : Math.min(to, vi.lastLine)))
  if (!back && step.before.line === to) vi.moveTo(step.before)
}

function difference(lines: number, changes: number): string {
  if (lines === -1) return '1 more line'
  if (lines < 0) return `${-lines} more lines`
  if (lines === 1) return '1 line less'
  if (lines > 1) return `${lines} fewer lines`
  return `${changes} change${changes === 1 ? '' : 's'}`
}

function ago(vi: Vi, time: number): string {
  const seconds = vi.now() - time
  if (seconds < 100) return `${seconds} second${seconds === 1 ? '' : 's'} ago`
  const two = (value: number) => String(Math.floor(value) % 60).padStart(2, '0')
  return `${String(Math.floor(time / 3600) % 24).padStart(2, '0')}:${two(time / 60)}:${two(time)}`
}
