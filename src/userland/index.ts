/** The programs of the virtual host: every file of bin/ exports one command, which knows its names. */
import type { Command } from './lib/command.ts'

export { applets } from './lib/applets.ts'
export type { Command } from './lib/command.ts'

const commands: readonly Command[] = Object.values(
  import.meta.glob<Command>('./bin/*.ts', { eager: true, import: 'default' }),
)

/** The programs by name; aliases (`[` for `test`) are names too. */
export const programs: ReadonlyMap<string, Command> = new Map(
  commands.flatMap(it => it.names.map(name => [name, it] as const)),
)
