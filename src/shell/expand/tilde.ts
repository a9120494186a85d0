/** `~`, `~user`, `~+` and `~-`. Bash: lib/tilde/tilde.c, general.c. */
import { decode } from '../../abi/index.ts'
import type { Shell } from '../shell.ts'

/** The home directory of `user`, of who runs the shell if it is empty; undefined if there is no such user. */
export function homeOf(sh: Shell, user: string): string | undefined {
  if (user === '') return sh.get('HOME') ?? passwd(sh).find(it => it.uid === sh.sys.getuid())?.home
  if (user === '+') return sh.get('PWD')
  if (user === '-') return sh.get('OLDPWD')
  if (/^[+-]?\d+$/.test(user)) return undefined
  return passwd(sh).find(it => it.name === user)?.home
}

export interface User {
  readonly name: string
  readonly uid: number
  readonly home: string
}

/** The entries of /etc/passwd. Reading a regular file never sleeps, so this can be a plain function. */
export function passwd(sh: Shell): User[] {
  return now(readFile(sh, '/etc/passwd'))
    .split('\n')
    .map(line => line.split(':'))
    .filter(it => it.length >= 6)
    .map(it => ({ name: it[0]!, uid: Number(it[2]), home: it[5]! }))
}

function* readFile(sh: Shell, path: string): Generator<unknown, string, void> {
  try {
    const fd = yield* sh.sys.open(path, 0)
    let text = ''
    for (;;) {
      const bytes = yield* sh.sys.read(fd, 65536)
      if (!bytes.length) break
      text += decode(bytes)
    }
    sh.sys.close(fd)
    return text
  } catch {
    return ''
  }
}

/** Turns that a small file's reading may give to others; one that takes more is no regular file, and is left alone. */
const TURNS = 16

/** Run what does not sleep to its end: where it would let others have their turn it goes on at once. */
function now(work: Generator<unknown, string, void>): string {
  for (let turn = 0; turn < TURNS; turn++) {
    const step = work.next()
    if (step.done) return step.value
  }
  return ''
}
