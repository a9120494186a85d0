/** Where a shell's readline settings come from: the inputrc files. Readline: bind.c:rl_read_init_file(). */
import { decode, type Blocking } from '../../abi/index.ts'
import { readFile } from '../exec/script.ts'
import type { Shell } from '../shell.ts'
import { readInputrc, type Circumstances, type Source } from './inputrc.ts'
import { Settings } from './settings.ts'

/** The settings of a shell, for reading. */
export function settingsOf(sh: Shell): Settings {
  sh.readline ??= new Settings()
  return sh.readline
}

/** The settings of a shell, for changing: a subshell's are its own. */
export function ownSettings(sh: Shell): Settings {
  const settings = settingsOf(sh)
  if (settings.owner === sh.pid || settings.owner === 0) {
    settings.owner = sh.pid
    return settings
  }
  sh.readline = settings.copy()
  sh.readline.owner = sh.pid
  return sh.readline
}

export const circumstancesOf = (sh: Shell): Circumstances => ({
  term: sh.get('TERM') ?? 'dumb',
  application: 'bash',
})

export const sourceOf = (sh: Shell): Source => ({
  *read(path: string): Blocking<string | undefined> {
    try {
      return decode(
        yield* readFile(sh, path.startsWith('~/') ? (sh.get('HOME') ?? '') + path.slice(1) : path),
      )
    } catch {
      return undefined
    }
  },
  *warn(message: string): Blocking<void> {
    yield* sh.print(2, `${message}\n`)
  },
})

/** Read the user's file, or the system's if there is none, unless that has been done. */
export function* readInitFiles(sh: Shell): Blocking<void> {
  if (settingsOf(sh).isRead) return
  yield* readAgain(sh)
}

export function* readAgain(sh: Shell): Blocking<void> {
  const settings = ownSettings(sh)
  settings.isRead = true
  const source = sourceOf(sh)
  const about = circumstancesOf(sh)
  if (sh.options.has('vi')) settings.editingMode('vi')
  const own = sh.get('INPUTRC') || '~/.inputrc'
  if (yield* readInputrc(settings, source, about, own)) return
  yield* readInputrc(settings, source, about, '/etc/inputrc')
}
