/** Names of files that a word may become. Readline: complete.c:rl_filename_completion_function(); bashline.c. */
import { S_IFDIR, S_IFLNK, S_IFMT, type Blocking } from '../../../abi/index.ts'
import { stateOf } from '../../exec/simple.ts'
import type { Shell } from '../../shell.ts'
import { type Entry, entriesOf, isDirectory, realPath } from '../paths.ts'
import { settingsOf } from '../startup.ts'

export type Wanted = 'all' | 'directories' | 'executables'

/** Whether a name begins as the word does, as the settings understand that. */
export function nameMatcher(sh: Shell, word: string): (name: string) => boolean {
  const settings = settingsOf(sh)
  if (!settings.is('completion-ignore-case')) return name => name.startsWith(word)
  const fold = (text: string) =>
    settings.is('completion-map-case') ? text.toLowerCase().replaceAll('-', '_') : text.toLowerCase()
  const wanted = fold(word)
  return name => fold(name).startsWith(wanted)
}

/** Paths that begin with `word`, in the order of the directory. Those of directories end like the others. */
export function* fileMatches(sh: Shell, word: string, wanted: Wanted = 'all'): Blocking<string[]> {
  const cut = word.lastIndexOf('/') + 1
  const directory = word.slice(0, cut)
  const name = word.slice(cut)
  const real = realPath(sh, directory)
  const hidden = settingsOf(sh).is('match-hidden-files')
  const isMatch = nameMatcher(sh, name)
  const out: string[] = []
  for (const it of yield* entriesOf(sh, real || '.')) {
    const isSelf = it.name === '.' || it.name === '..'
    if (isSelf && (name === '' || name === '.' ? name === '' : !isMatch(it.name))) continue
    if (!isMatch(it.name) || (!hidden && it.name[0] === '.' && name[0] !== '.')) continue
    if (wanted !== 'all' && !isWanted(sh, real, it, wanted)) continue
    out.push(directory + it.name)
  }
  return out
}

function isWanted(sh: Shell, directory: string, it: Entry, wanted: Wanted): boolean {
  const kind = it.type & S_IFMT
  const path = directory + it.name
  if (kind === S_IFDIR || (kind === S_IFLNK && isDirectory(sh, path))) return true
  return wanted === 'executables' && stateOf(sh, path) === 'executable'
}

/** FIGNORE: endings that are left out as long as something else remains. */
export function withoutIgnored(sh: Shell, paths: readonly string[]): readonly string[] {
  const endings = (sh.get('FIGNORE') ?? '').split(':').filter(Boolean)
  if (!endings.length) return paths
  const left = paths.filter(path => !endings.some(it => path.endsWith(it) && path.length > it.length))
  return left.length || sh.shopts.has('force_fignore') ? left : paths
}
