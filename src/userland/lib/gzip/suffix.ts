/** Names of compressed files, and what they are called without. Linux: gzip.c:get_suffix(), make_ofname(). */
import { basename } from '../path.ts'

const KNOWN = ['.gz', '.z', '.taz', '.tgz', '-gz', '-z', '_z']

/** The suffix of a compressed file's name; undefined if it has none. */
export function suffixOf(path: string, suffix: string): string | undefined {
  const name = basename(path).toLowerCase()
  const found = [suffix, ...KNOWN].find(it => name.endsWith(it.toLowerCase()) && name.length > it.length)
  return found && path.slice(-found.length)
}

/** What the file is called when expanded. */
export function withoutSuffix(path: string, found: string): string {
  const bare = path.slice(0, -found.length)
  return /^\.ta?gz$/i.test(found) || /^\.taz$/i.test(found) ? `${bare}.tar` : bare
}

/** The names to try for an operand that does not exist as it is. */
export const candidates = (path: string, suffix: string): string[] =>
  [suffix, '.gz', '.z', '-z', '.Z'].map(it => path + it)
