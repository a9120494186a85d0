/** The commands of bin/ but the large ones, in one piece: what a page fetches once the first prompt is there. */
import type { Command } from './lib/command.ts'

export const commands: readonly Command[] = Object.values(
  import.meta.glob<Command>(['./bin/*.ts', '!./bin/{awk,jq,nano,sed,strace,vi,why}.ts'], {
    eager: true,
    import: 'default',
  }),
)
