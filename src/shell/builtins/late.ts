/** The builtins that come after the first prompt. */
import { type Blocking, encode } from '../../abi/index.ts'
import { fetchLater } from '../late.ts'
import type { Shell } from '../shell.ts'

type Name = 'bind' | 'compgen' | 'complete' | 'compopt' | 'dirs' | 'fc' | 'mapfile' | 'popd' | 'pushd'

export const late = (name: Name) =>
  function* (sh: Shell, argv: string[]): Blocking<number> {
    const later = yield* fetchLater(sh.sys)
    if (later) return yield* later[name](sh, argv)
    yield* sh.sys.write(2, encode(`${name}: could not be fetched: no network\n`))
    return 1
  }
