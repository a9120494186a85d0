/** A path as seen from a directory. Linux: coreutils relpath.c. */

/** How to get from the directory `from` to `to`; both canonical. */
export function relativePath(from: string, to: string): string {
  const a = from.split('/').filter(part => part)
  const b = to.split('/').filter(part => part)
  let common = 0
  while (common < a.length && common < b.length && a[common] === b[common]) common++
  return [...a.slice(common).map(() => '..'), ...b.slice(common)].join('/') || '.'
}
