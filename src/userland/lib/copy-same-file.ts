/**
 * What to do when source and destination of a copy or move are, or may be, one file. Linux: coreutils copy.c:
 * same_file_ok().
 */
import { Errno, isLink, type Stat } from '../../abi/index.ts'
import type { CopyRun } from './copy.ts'
import { basename, canonicalize, dirname, joinPath, lstatOf, sameFile, statOf } from './path.ts'

/** Go on; or all is done already; or refuse, because data would be lost. */
export type Verdict = 'go' | 'done' | 'refuse'

const goIf = (fine: boolean): Verdict => (fine ? 'go' : 'refuse')

/** Whether both paths are the same entry of the same directory. */
function sameEntry(run: CopyRun, a: string, b: string): boolean {
  if (basename(a) !== basename(b)) return false
  const [x, y] = [statOf(run.sys, dirname(a)), statOf(run.sys, dirname(b))]
  return x !== undefined && y !== undefined && sameFile(x, y)
}

/** Judge an existing destination. */
export function judgeSameFile(run: CopyRun, from: string, source: Stat, to: string, target: Stat): Verdict {
  const same = sameFile(source, target)
  const linking = run.instead === 'link'
  if (same && linking) return 'done'
  const asLinks = run.dereference === 'never'
  if (asLinks && isLink(source) && isLink(target)) return twoLinks(run, from, to, same)
  if (!asLinks && !same) return 'go'
  const a = asLinks ? source : lstatOf(run.sys, from)
  const b = asLinks ? target : lstatOf(run.sys, to)
  if (!a || !b) return 'go'
  if (!asLinks && isLink(a) && isLink(b) && run.removeFirst) return 'go'
  const sameLink = sameFile(a, b)
  if (run.backup !== 'none') {
    if (sameLink) return goIf(!sameEntry(run, from, to))
    // Moving the destination aside would leave the source dangling.
    return goIf(run.move || asLinks || !isLink(a) || isLink(b))
  }
  if (run.move || run.removeFirst) {
    if (isLink(b)) return 'go'
    if (sameLink && b.nlink > 1 && !sameEntry(run, from, to)) return goIf(!run.move)
  }
  if (!isLink(a) && !isLink(b) && !sameLink) return 'go'
  if (run.move && isLink(source) && b.nlink > 1) return goIf(!isReferent(run, from, to))
  if (run.instead === 'symlink' && isLink(b)) return 'go'
  return asLinks ? throughLinks(run, from, a, to, b) : 'refuse'
}

/** Two symbolic links, kept as such. */
function twoLinks(run: CopyRun, from: string, to: string, same: boolean): Verdict {
  if (sameEntry(run, from, to)) return 'refuse'
  if (run.backup !== 'none' || !same) return 'go'
  return run.move ? 'refuse' : 'done'
}

function isReferent(run: CopyRun, from: string, to: string): boolean {
  try {
    return sameEntry(run, canonicalize(run.sys, from), joinPath(dirname(to), basename(to)))
  } catch (e) {
    if (e instanceof Errno) return true
    throw e
  }
}

/** One of them is a symbolic link: does it lead to the other? */
function throughLinks(run: CopyRun, from: string, a: Stat, to: string, b: Stat): Verdict {
  const source = isLink(a) ? statOf(run.sys, from) : a
  const target = isLink(b) ? statOf(run.sys, to) : b
  if (!source || !target || !sameFile(source, target)) return 'go'
  if (run.instead !== 'link') return 'refuse'
  return isLink(b) ? 'go' : 'done'
}
