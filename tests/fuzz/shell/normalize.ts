/**
 * Numbers that differ between two runs on Linux, by order of first appearance: namespaces, mounts, peer groups, devices
 * without a disk, keys of System V objects, inodes of pipes and sockets.
 */
const PATTERNS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['m', /(?<=^(?:[^\s:]+:)?)\d+(?= \d+ \d+:\d+ \S+ \/)/gm],
  ['m', /(?<=^(?:[^\s:]+:)?m\d+ )\d+(?= \d+:\d+ \S+ \/)/gm],
  ['d', /\b0:\d+\b/g],
  ['g', /(?<=\b(?:shared|master|propagate_from):)\d+/g],
  ['n', /(?<=\b[a-z_]+:\[)\d+(?=\])|\b40265\d{5}\b/g],
  ['k', /\b0x[0-9a-f]{8}\b/g],
]

export function normalized(text: string): string {
  const names = new Map<string, string>()
  const counts = new Map<string, number>()
  const name = (kind: string, number: string): string => {
    const key = `${kind} ${number}`
    if (!names.has(key)) {
      const count = (counts.get(kind) ?? 0) + 1
      counts.set(kind, count)
      names.set(key, `${kind}${count}`)
    }
    return names.get(key)!
  }
  let result = text
  for (const [kind, pattern] of PATTERNS) result = result.replace(pattern, number => name(kind, number))
  return result
}

/** The parts of what a sequence printed: each step's, and the end's. Shells inside make parts of their own. */
export const partsOf = (text: string): string[] => normalized(text).split(/^(?=--- )/m)
