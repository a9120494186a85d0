/** `select`: a menu on standard error and a number from standard input. Bash: execute_cmd.c:execute_select_command(). */
import type { Blocking } from '../../abi/index.ts'
import { assign } from '../expand/assign.ts'
import { expandWords } from '../expand/command.ts'
import type { Shell } from '../shell.ts'
import type { For } from '../tree.ts'
import { isName } from '../variables.ts'
import { textWidth as cells } from '../../userland/lib/wcwidth.ts'
import { readLine } from '../builtins/read.ts'
import { turn } from './compound.ts'
import { debugTrap, trace } from './simple.ts'

export function* select(sh: Shell, command: For): Blocking<number> {
  const text = command.words ? command.words.map(it => it.text).join(' ') : '"$@"'
  const choices = command.words ? yield* expandWords(sh, command.words) : sh.args
  if (!choices.length) return 0
  if (!isName(command.name)) {
    yield* sh.complain(`\`${command.name}': not a valid identifier`)
    return 1
  }
  if (yield* debugTrap(sh, () => `select ${command.name} in ${text}`)) return 0
  if (sh.options.has('xtrace')) yield* trace(sh, `select ${command.name} in ${text}`)
  const { loops } = sh
  sh.loops++
  let status = 0
  try {
    for (let showMenu = true; ; showMenu = sh.get('REPLY') === '') {
      const selection = yield* query(sh, choices, showMenu)
      if (selection === undefined) {
        status = 1
        break
      }
      if (sh.variables.resolve(command.name)?.readonly) {
        yield* sh.complain(`${command.name}: readonly variable`)
        status = 1
        break
      }
      assign(sh, command.name, selection)
      const isOver = yield* turn(sh, command.body)
      status = sh.status
      if (isOver) break
    }
  } catch (e) {
    sh.loops = loops
    throw e
  }
  sh.loops = loops
  return status
}

/** Ask until something is answered; undefined at the end of the input. */
function* query(sh: Shell, choices: readonly string[], showMenu: boolean): Blocking<string | undefined> {
  for (let shows = showMenu; ; shows = true) {
    if (shows) yield* sh.print(2, menu(choices, Number(sh.get('COLUMNS')) || 80))
    yield* sh.print(2, sh.get('PS3') ?? '#? ')
    const line = yield* readLine(sh, 0)
    if (line === undefined) {
      yield* sh.print(1, '\n')
      return undefined
    }
    assign(sh, 'REPLY', line)
    if (line !== '') return /^\s*[-+]?\d+\s*$/.test(line) ? (choices[Number(line) - 1] ?? '') : ''
  }
}

/** The choices in columns that tabs lead to. Bash: print_select_list(). */
function menu(choices: readonly string[], width: number): string {
  const digits = String(choices.length).length
  const column = Math.max(...choices.map(cells)) + digits + 4
  const across = Math.max(1, Math.floor(width / column))
  let rows = Math.ceil(choices.length / across)
  if (rows === 1) rows = choices.length
  const firstDigits = String(rows).length
  let out = ''
  for (let row = 0; row < rows; row++) {
    for (let i = row, at = 0; i < choices.length; i += rows, at += column) {
      const label = `${String(i + 1).padStart(at ? digits : firstDigits)}) `
      out += label + choices[i]
      if (i + rows < choices.length) out += indent(at + label.length + cells(choices[i]!), at + column)
    }
    out += '\n'
  }
  return out
}

/** Tabs and spaces from one column to another. */
function indent(from: number, to: number): string {
  let out = ''
  for (let at = from; at < to; ) {
    const isTab = Math.floor(to / 8) > Math.floor(at / 8)
    out += isTab ? '\t' : ' '
    at += isTab ? 8 - (at % 8) : 1
  }
  return out
}
