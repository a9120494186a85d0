/** `select`: a menu on standard error and a number from standard input. Bash: execute_cmd.c:execute_select_command(). */
import type { Blocking } from '../../abi/index.ts'
import { assign } from '../expand/assign.ts'
import { expandWords } from '../expand/command.ts'
import { Loop, type Shell } from '../shell.ts'
import type { For } from '../tree.ts'
import { readLine } from '../builtins/read.ts'
import { runList } from './run.ts'
import { trace } from './simple.ts'

export function* select(sh: Shell, command: For): Blocking<number> {
  const text = command.words ? command.words.map(it => it.text).join(' ') : '"$@"'
  if (sh.options.has('xtrace')) yield* trace(sh, `select ${command.name} in ${text}`)
  const choices = command.words ? yield* expandWords(sh, command.words) : sh.args
  if (!choices.length) return 0
  const { loops } = sh
  sh.loops++
  let showMenu = true
  try {
    for (;;) {
      if (showMenu) yield* sh.print(2, menu(choices, Number(sh.get('COLUMNS') ?? 80)))
      yield* sh.print(2, sh.get('PS3') ?? '#? ')
      const line = yield* readLine(sh, 0)
      if (line === undefined) {
        yield* sh.print(1, '\n')
        sh.loops = loops
        return 1
      }
      assign(sh, 'REPLY', line)
      showMenu = line === ''
      if (showMenu) continue
      const n = /^\s*\d+\s*$/.test(line) ? Number(line) : 0
      assign(sh, command.name, choices[n - 1] ?? '')
      yield* runList(sh, command.body, false)
    }
  } catch (e) {
    sh.loops = loops
    if (!(e instanceof Loop)) throw e
    if (e.levels > 1) throw new Loop(e.kind, e.levels - 1)
    if (e.kind === 'continue') return yield* select(sh, command)
    return 0
  }
}

/** The choices in columns, as many as fit. */
function menu(choices: readonly string[], columns: number): string {
  const digits = String(choices.length).length
  const width = Math.max(...choices.map(it => it.length)) + digits + 2
  const across = Math.max(1, Math.floor(columns / (width + 2)))
  const rows = choices.length <= 5 || across === 1 ? choices.length : Math.ceil(choices.length / across)
  let out = ''
  for (let row = 0; row < rows; row++) {
    const cells: string[] = []
    for (let i = row; i < choices.length; i += rows)
      cells.push(`${String(i + 1).padStart(digits)}) ${choices[i]}`)
    out += `${cells.map((it, i) => (i === cells.length - 1 ? it : it.padEnd(width + 2))).join('')}\n`
  }
  return out
}
