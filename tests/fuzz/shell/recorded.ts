/** Sequences with what Linux printed for them, kept as text: the lines, a line `=====`, and the answer. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ShellSequence } from './sequence.ts'

const RULE = '\n=====\n'

export interface Recorded {
  readonly sequence: ShellSequence
  readonly linux: string
}

export function recordedIn(folder: string): Recorded[] {
  return readdirSync(folder)
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map(file => {
      const text = readFileSync(join(folder, file), 'utf8')
      const at = text.indexOf(RULE)
      const sequence = { name: file.replace(/\.txt$/, ''), lines: text.slice(0, at).split('\n') }
      return { sequence, linux: text.slice(at + RULE.length) }
    })
}

export function keepRecorded(folder: string, { sequence, linux }: Recorded): void {
  writeFileSync(join(folder, `${sequence.name}.txt`), sequence.lines.join('\n') + RULE + linux)
}
