/** The functions of readline by their names. Readline: funmap.c. */
import { argumentCommands } from './commands/arguments.ts'
import { changing } from './commands/changing.ts'
import { completing } from './commands/completing.ts'
import { historyCommands } from './commands/history.ts'
import { killingCommands } from './commands/killing.ts'
import { macros } from './commands/macros.ts'
import { moving } from './commands/moving.ts'
import { searching } from './commands/search.ts'
import { shellCommands } from './commands/shell-words.ts'
import { vi } from './commands/vi.ts'
import type { Command } from './editor.ts'

let table: ReadonlyMap<string, Command> | undefined

/** The function of a name. The table is made when it is first needed: its parts import each other. */
export function commandOf(name: string): Command | undefined {
  table ??= new Map(
    Object.entries({
      ...moving,
      ...changing,
      ...killingCommands,
      ...argumentCommands,
      ...historyCommands,
      ...searching,
      ...macros,
      ...shellCommands,
      ...completing,
      ...vi,
    }),
  )
  return table.get(name)
}
