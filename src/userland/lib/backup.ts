/** Names of backup files for cp, mv, ln and install. Linux: gnulib backupfile.c. */
import type { Blocking, Sys } from '../../abi/index.ts'
import { oneOf } from './argmatch.ts'
import { readDir } from './command.ts'
import { basename, dirname, joinPath } from './path.ts'

export type BackupKind = 'none' | 'simple' | 'numbered' | 'existing'

const KINDS = [
  ['none', 'none'],
  ['off', 'none'],
  ['simple', 'simple'],
  ['never', 'simple'],
  ['existing', 'existing'],
  ['nil', 'existing'],
  ['numbered', 'numbered'],
  ['t', 'numbered'],
] as const

/** The options of all commands that make backups. */
export const BACKUP_OPTIONS = {
  backup: { value: '[=CONTROL]', help: 'make a backup of each existing destination file' },
  b: { help: 'like --backup but does not accept an argument' },
  suffix: { short: 'S', value: '=SUFFIX', help: 'override the usual backup suffix' },
} as const

/** What the options and the environment ask for. */
export function backupKind(
  flags: { backup?: string | undefined; b?: boolean | undefined; suffix?: string | undefined },
  env: ReadonlyMap<string, string>,
): BackupKind {
  if (flags.backup === undefined && !flags.b && flags.suffix === undefined) return 'none'
  if (flags.backup) return oneOf('backup type', flags.backup, KINDS)
  const control = env.get('VERSION_CONTROL')
  return control ? oneOf('$VERSION_CONTROL', control, KINDS) : 'existing'
}

/** What the file at `path` is to be renamed to. */
export function* backupName(sys: Sys, path: string, kind: BackupKind, suffix: string): Blocking<string> {
  if (kind === 'simple') return path + suffix
  const dir = dirname(path)
  const stem = `${basename(path)}.~`
  let highest = 0
  for (const { name } of yield* readDir(sys, dir)) {
    const match = name.startsWith(stem) ? /^(\d+)~$/.exec(name.slice(stem.length)) : undefined
    if (match) highest = Math.max(highest, Number(match[1]))
  }
  if (!highest && kind === 'existing') return path + suffix
  const name = `${stem}${highest + 1}~`
  return path.includes('/') ? joinPath(dir, name) : name
}
