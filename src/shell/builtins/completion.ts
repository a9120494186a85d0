/** complete, compgen and compopt, which come with the functions of readline. */
import { type Blocking, encode } from '../../abi/index.ts'
import { readlineFunctions } from '../late.ts'
import type { Shell } from '../shell.ts'

const late = (name: 'compgen' | 'complete' | 'compopt') =>
  function* (sh: Shell, argv: readonly string[]): Blocking<number> {
    const functions = yield* readlineFunctions(sh.sys)
    if (functions) return yield* functions[name](sh, argv)
    yield* sh.sys.write(2, encode(`${name}: could not be fetched: no network\n`))
    return 1
  }

export const compgen = late('compgen')
export const complete = late('complete')
export const compopt = late('compopt')
