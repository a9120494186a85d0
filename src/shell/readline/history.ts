/** The history list of a shell: lines, and when each was entered. Readline: history.c. */
import { escapePattern, matches } from '../expand/pattern.ts'
import type { Shell } from '../shell.ts'
import type { Remembered } from './expand-history.ts'

export class History {
  #lines: string[] = []
  #times: (number | undefined)[] = []
  /** The number of the first line. */
  base = 1
  /** How many of the last lines are not in the history file yet; how many of the file's lines have been read. */
  unsaved = 0
  readFromFile = 0
  /** The line typed last was a comment. */
  afterComment = false
  /** What history expansion remembers between two lines. */
  remembered: Remembered = {}

  copy(): History {
    const it = new History()
    it.#lines = this.#lines.slice()
    it.#times = this.#times.slice()
    it.base = this.base
    it.unsaved = this.unsaved
    it.readFromFile = this.readFromFile
    it.remembered = { ...this.remembered }
    return it
  }

  /** What there was before the newest line; what is remembered stays shared. */
  withoutLast(): History {
    const it = this.copy()
    it.#lines.pop()
    it.#times.pop()
    it.remembered = this.remembered
    return it
  }

  get lines(): readonly string[] {
    return this.#lines
  }

  get length(): number {
    return this.#lines.length
  }

  /** The number that the next line gets. */
  get next(): number {
    return this.base + this.#lines.length
  }

  timeOf(index: number): number | undefined {
    return this.#times[index]
  }

  add(line: string, time?: number): void {
    this.#lines.push(line)
    this.#times.push(time)
  }

  replace(index: number, line: string): void {
    if (index in this.#lines) this.#lines[index] = line
  }

  remove(from: number, count = 1): void {
    this.#lines.splice(from, count)
    this.#times.splice(from, count)
    this.unsaved = Math.min(this.unsaved, this.#lines.length)
  }

  clear(): void {
    this.#lines = []
    this.#times = []
    this.base = 1
    this.unsaved = 0
  }

  /** Forget the oldest lines beyond `size`. True if there were any. */
  stifle(size: number): boolean {
    const cut = this.#lines.length - size
    if (cut <= 0) return false
    this.remove(0, cut)
    this.base += cut
    return true
  }
}

/** HISTSIZE; negative or empty means no limit. */
export function limitHistory(sh: Shell): void {
  const size = sh.get('HISTSIZE')
  if (size === undefined || !/^\s*\d+\s*$/.test(size)) return
  sh.history.stifle(Number(size))
}

/** HISTSIZE was assigned: the numbers begin anew with how many lines that cost. Readline: stifle_history(). */
export function resizeHistory(sh: Shell): void {
  const before = sh.history.length
  limitHistory(sh)
  if (sh.history.length < before) sh.history.base = before - sh.history.length
}

/** Whether HISTCONTROL and HISTIGNORE let a line in. Bash: bashhist.c:check_add_history(). */
function isWanted(sh: Shell, line: string): boolean {
  const control = (sh.get('HISTCONTROL') ?? '').split(':')
  const both = control.includes('ignoreboth')
  if ((both || control.includes('ignorespace')) && /^[ \t]/.test(line)) return false
  const previous = sh.history.lines.at(-1)
  if ((both || control.includes('ignoredups')) && previous === line) return false
  const ignored = sh.get('HISTIGNORE')
  if (!ignored) return true
  const withPrevious = (it: string) =>
    it.replace(/\\&|&/g, sign => (sign === '&' ? escapePattern(previous ?? '') : '&'))
  return !ignored.split(':').some(it => it && matches(line, withPrevious(it), { extglob: true }))
}

/** A script's lines have no times before HISTTIMEFORMAT is set. Readline: history_comment_char. */
export const keepsTimes = (sh: Shell): boolean =>
  sh.isInteractiveShell || sh.get('HISTTIMEFORMAT') !== undefined

/** Add a line as the variables say. False if they keep it out. */
export function addToHistory(sh: Shell, line: string): boolean {
  if (!isWanted(sh, line)) return false
  const { history } = sh
  if ((sh.get('HISTCONTROL') ?? '').split(':').includes('erasedups'))
    for (let i = history.length - 1; i >= 0; i--) if (history.lines[i] === line) history.remove(i)
  history.add(line, keepsTimes(sh) ? Math.floor(sh.now()) : undefined)
  history.unsaved++
  limitHistory(sh)
  return true
}

/** Whether a line is a comment or ends with one. Bash: shell_comment(). */
export const hasComment = (line: string): boolean =>
  /^(?:[^\\'"#]|\\.|'[^']*'|"(?:[^"\\]|\\.)*"|(?<=[^\s;&|()<>])#)*#/.test(line)
