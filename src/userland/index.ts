/**
 * The programs of the virtual host: every file of bin/ exports one command, which knows its names. The names are
 * known at once, the programs come in one piece when they are asked for.
 */
import type { Command } from './lib/command.ts'

export { applets } from './lib/applets.ts'
export type { Command } from './lib/command.ts'

/** Names besides those of the files. A test compares them with what the commands say. */
export const ALIASES: Readonly<Record<string, readonly string[]>> = {
  base64: ['base32'],
  md5sum: ['sha1sum', 'sha224sum', 'sha256sum', 'sha384sum', 'sha512sum'],
  test: ['['],
  clear: ['reset', 'tset'],
  gzip: ['gunzip', 'zcat'],
  grep: ['egrep', 'fgrep'],
  ls: ['dir', 'vdir'],
  newuidmap: ['newgidmap'],
  pgrep: ['pkill'],
}

const fileNames = Object.keys(import.meta.glob('./bin/*.ts')).map(path =>
  path.slice('./bin/'.length, -'.ts'.length),
)

/** What all programs are called; aliases (`[` for `test`) are names too. */
export const programNames: readonly string[] = fileNames.flatMap(name => [name, ...(ALIASES[name] ?? [])])

/** Fetch the programs; by name. */
export async function loadPrograms(): Promise<ReadonlyMap<string, Command>> {
  const { commands } = await import('./all.ts')
  return new Map(commands.flatMap(it => it.names.map(name => [name, it] as const)))
}
