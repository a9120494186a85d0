/** Patches as diff writes them: unified, context and normal ones. Linux: GNU patch src/pch.c. */

/** A change: `before` stands at line `from` (from 1) of the old file and becomes `after`. */
export interface PatchHunk {
  readonly from: number
  readonly to: number
  readonly before: readonly string[]
  readonly after: readonly string[]
  /** How many lines of context begin and end it. */
  readonly prefix: number
  readonly suffix: number
  /** Whether the last line before, and after, lacks its newline. */
  readonly noNewlineBefore: boolean
  readonly noNewlineAfter: boolean
  /** Its lines as they were written. */
  readonly text: readonly string[]
}

export interface FilePatch {
  readonly kind: 'unified' | 'context' | 'normal'
  readonly oldName: string
  readonly newName: string
  readonly index: string
  readonly hunks: readonly PatchHunk[]
  /** The line of the patch on which it begins, from 1. */
  readonly line: number
}

/** A patch that breaks off or does not fit its own headers. */
export class MalformedPatch {
  readonly line: number
  readonly text: string
  constructor(line: number, text: string) {
    this.line = line
    this.text = text
  }
}

export function parsePatch(text: string): FilePatch[] {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return new Reader(lines).run()
}

class Reader {
  readonly #lines: readonly string[]
  #at = 0

  constructor(lines: readonly string[]) {
    this.#lines = lines
  }

  run(): FilePatch[] {
    const files: FilePatch[] = []
    let index = ''
    while (this.#at < this.#lines.length) {
      const line = this.#lines[this.#at]!
      const next = this.#lines[this.#at + 1] ?? ''
      const start = this.#at + 1
      const from = (kind: FilePatch['kind'], hunks: PatchHunk[], oldName = '', newName = ''): void => {
        files.push({ kind, oldName, newName, index, hunks, line: start })
        index = ''
      }
      if (line.startsWith('Index: ')) index = line.slice(7).trim()
      if (line.startsWith('--- ') && next.startsWith('+++ ')) {
        this.#at += 2
        from(
          'unified',
          this.#hunks(/^@@ -\d/, () => this.#unified()),
          nameOf(line),
          nameOf(next),
        )
      } else if (line.startsWith('*** ') && next.startsWith('--- ') && !/^\*\*\* \d+/.test(line)) {
        this.#at += 2
        from(
          'context',
          this.#hunks(/^\*{15}/, () => this.#context()),
          nameOf(line),
          nameOf(next),
        )
      } else if (NORMAL.test(line) && /^[<>] /.test(next)) {
        from(
          'normal',
          this.#hunks(NORMAL, () => this.#normal()),
        )
      } else this.#at++
    }
    return files
  }

  #hunks(begins: RegExp, read: () => PatchHunk): PatchHunk[] {
    const hunks: PatchHunk[] = []
    while (begins.test(this.#lines[this.#at] ?? '')) hunks.push(read())
    return hunks
  }

  #fail(): never {
    throw new MalformedPatch(this.#at + 1, this.#lines[this.#at] ?? '')
  }

  #unified(): PatchHunk {
    const start = this.#at
    const match = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(this.#lines[this.#at++]!)
    if (!match) {
      this.#at--
      this.#fail()
    }
    let [old, fresh] = [Number(match[2] ?? 1), Number(match[4] ?? 1)]
    const changes: { mark: string; text: string }[] = []
    let [noBefore, noAfter] = [false, false]
    while (old > 0 || fresh > 0 || this.#lines[this.#at]?.startsWith('\\')) {
      const line = this.#lines[this.#at] ?? this.#fail()
      const mark = line === '' ? ' ' : line[0]!
      if (mark === '\\') {
        const last = changes.at(-1)?.mark
        if (last !== '+') noBefore = true
        if (last !== '-') noAfter = true
      } else if (mark === ' ' || mark === '\t') {
        changes.push({ mark: ' ', text: mark === '\t' ? line : line.slice(1) })
        old--
        fresh--
      } else if (mark === '-' || mark === '+') {
        changes.push({ mark, text: line.slice(1) })
        if (mark === '-') old--
        else fresh--
      } else this.#fail()
      this.#at++
    }
    const from = Number(match[1]) + (match[2] === '0' ? 1 : 0)
    const to = Number(match[3]) + (match[4] === '0' ? 1 : 0)
    return hunk(from, to, changes, noBefore, noAfter, this.#lines.slice(start, this.#at))
  }

  #context(): PatchHunk {
    const start = this.#at++
    const before = this.#half(/^\*\*\* (\d+)(?:,(\d+))? \*\*\*\*/)
    const after = this.#half(/^--- (\d+)(?:,(\d+))? ----/)
    const oldLines =
      before.lines.length || !after.lines.length ? before.lines : after.lines.filter(it => it.mark === ' ')
    const newLines = after.lines.length ? after.lines : before.lines.filter(it => it.mark === ' ')
    const changes = merge(oldLines, newLines)
    return hunk(before.from, after.from, changes, before.bare, after.bare, this.#lines.slice(start, this.#at))
  }

  #half(header: RegExp): { from: number; lines: { mark: string; text: string }[]; bare: boolean } {
    const match = header.exec(this.#lines[this.#at] ?? '') ?? this.#fail()
    this.#at++
    const lines: { mark: string; text: string }[] = []
    while (
      /^[-+! ] /.test(this.#lines[this.#at] ?? '') &&
      !/^--- \d+(,\d+)? ----/.test(this.#lines[this.#at]!)
    ) {
      const line = this.#lines[this.#at++]!
      lines.push({ mark: line[0]!, text: line.slice(2) })
    }
    const bare = this.#lines[this.#at]?.startsWith('\\') ?? false
    if (bare) this.#at++
    return { from: Number(match[1]) + (match[1] === '0' ? 1 : 0), lines, bare }
  }

  #normal(): PatchHunk {
    const start = this.#at
    const [, a = '', , letter = '', b = ''] = NORMAL.exec(this.#lines[this.#at++]!) ?? []
    const changes: { mark: string; text: string }[] = []
    let [noBefore, noAfter] = [false, false]
    for (const [sign, mark] of [
      ['< ', '-'],
      ['> ', '+'],
    ] as const) {
      for (; this.#lines[this.#at]?.startsWith(sign); this.#at++)
        changes.push({ mark, text: this.#lines[this.#at]!.slice(2) })
      if (this.#lines[this.#at]?.startsWith('\\')) {
        if (mark === '-') noBefore = true
        else noAfter = true
        this.#at++
      }
      if (sign === '< ' && this.#lines[this.#at] === '---') this.#at++
    }
    const from = Number(a) + (letter === 'a' ? 1 : 0)
    const to = Number(b) + (letter === 'd' ? 1 : 0)
    return hunk(from, to, changes, noBefore, noAfter, this.#lines.slice(start, this.#at))
  }
}

const NORMAL = /^(\d+)(,\d+)?([acd])(\d+)(,\d+)?$/

/** The name in a header line: up to a tab or the time stamp. */
const nameOf = (line: string): string => {
  const rest = line.slice(4)
  const tab = rest.indexOf('\t')
  return tab >= 0 ? rest.slice(0, tab) : (/^\S+/.exec(rest)?.[0] ?? rest)
}

/** The two halves of a context hunk, whose blank-marked lines are the same, as one run of changes. */
function merge(
  before: readonly { mark: string; text: string }[],
  after: readonly { mark: string; text: string }[],
): { mark: string; text: string }[] {
  const changes: { mark: string; text: string }[] = []
  let j = 0
  const added = (): void => {
    for (; j < after.length && after[j]!.mark !== ' '; j++) changes.push({ mark: '+', text: after[j]!.text })
  }
  for (const it of before) {
    if (it.mark === ' ') {
      added()
      j++
      changes.push(it)
    } else changes.push({ mark: '-', text: it.text })
  }
  added()
  return changes
}

function hunk(
  from: number,
  to: number,
  changes: readonly { mark: string; text: string }[],
  noNewlineBefore: boolean,
  noNewlineAfter: boolean,
  text: readonly string[],
): PatchHunk {
  const isContext = changes.map(it => it.mark === ' ')
  const prefix = isContext.indexOf(false) < 0 ? changes.length : isContext.indexOf(false)
  const suffix = changes.length - 1 - isContext.lastIndexOf(false)
  const side = (mark: string) => changes.filter(it => it.mark !== mark).map(it => it.text)
  return {
    from,
    to,
    before: side('+'),
    after: side('-'),
    prefix,
    suffix,
    noNewlineBefore,
    noNewlineAfter,
    text,
  }
}

/** The patch that undoes it. */
export const reversed = (it: PatchHunk): PatchHunk => ({
  ...it,
  from: it.to,
  to: it.from,
  before: it.after,
  after: it.before,
  noNewlineBefore: it.noNewlineAfter,
  noNewlineAfter: it.noNewlineBefore,
})
