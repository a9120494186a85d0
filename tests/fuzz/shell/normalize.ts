/**
 * Numbers that differ between two runs on Linux, by order of first appearance: namespaces, mounts, peer groups, devices
 * without a disk, keys of System V objects, inodes of pipes and sockets.
 */
const PATTERNS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['m', /(?<=^(?:[^\s:]+:)?(?:\d+ )?)\d+(?= (?:\d+ )?\d+:\d+ \S+ \/)/gm],
  ['d', /\b0:\d+\b/g],
  ['g', /(?<=\b(?:shared|master|propagate_from):)\d+/g],
  ['n', /(?<=\b[a-z_]+:\[)\d+(?=\])|\b40265\d{5}\b/g],
  ['k', /\b0x[0-9a-f]{8}\b/g],
]

/** The kernel's command line is the machine's own. */
const COMMAND_LINE = /^.*\broot=\/dev\/vda\b.*$/gm

/** The parts of what a sequence printed: each step's, and the end's. Shells inside make parts of their own. */
export function partsOf(text: string): string[] {
  const namespaces = new Map<string, string>()
  return text
    .replace(COMMAND_LINE, '(kernel command line)')
    .split(/^(?=--- )/m)
    .map(part => normalized(part, namespaces))
}

/** Namespaces keep their names over all parts; other numbers are soon used again. */
function normalized(text: string, namespaces: Map<string, string>): string {
  let result = text
  for (const [kind, pattern] of PATTERNS) {
    const names = kind === 'n' ? namespaces : new Map<string, string>()
    result = result.replace(pattern, number => {
      if (!names.has(number)) names.set(number, `${kind}${names.size + 1}`)
      return names.get(number)!
    })
  }
  return result
}
