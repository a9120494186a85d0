/**
 * Directories that are in themselves, by a bind mount or by links that are followed: who walks trees must not go round.
 * Linux: gnulib fts-cycle.c, cycle-check.c.
 */
import type { Stat } from '../../abi/index.ts'
import { sameFile } from './path.ts'
import { quotef } from './quote.ts'

/** A directory on the way down to where one is. */
export interface Ancestor {
  readonly path: string
  readonly stat: Stat
}

/** The directory above that is the same one, if there is one. Linux: fts_cycle. */
export const cycleOf = (above: readonly Ancestor[], stat: Stat): Ancestor | undefined =>
  above.find(it => sameFile(it.stat, stat))

/** What coreutils say of it where no link was followed. Linux: emit_cycle_warning(). */
export const cycleWarning = (path: string): string =>
  `WARNING: Circular directory structure.
This almost certainly means that you have a corrupted file system.
NOTIFY YOUR SYSTEM MANAGER.
The following directory is part of the cycle:
  ${quotef(path)}
`
