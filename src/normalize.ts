/**
 * Values that differ between two runs on Linux are renumbered in order of appearance, so that equal ones
 * stay equal and different ones stay different: only namespace numbers, `mnt:[4026531841]` -> `mnt:[NS1]`.
 */
const FIRST = 4026531834
const COUNT = 8192
const KINDS = 'mnt|net|pid|uts|ipc|user|time|cgroup|pid_for_children|time_for_children'
const NAMESPACE = new RegExp(`\\b(${KINDS}):\\[(\\d+)\\]|(?<![\\w.-])(40265[34]\\d{4})(?![\\w.-])`, 'g')

/** The text with its namespace numbers replaced by NS1, NS2, … */
export function normalize(text: string): string {
  const seen = new Map<number, string>()
  const name = (inode: number) => {
    if (!seen.has(inode)) seen.set(inode, `NS${seen.size + 1}`)
    return seen.get(inode)!
  }
  return text.replace(NAMESPACE, (found, kind?: string, bracketed?: string, bare?: string) => {
    if (kind) return `${kind}:[${name(Number(bracketed))}]`
    const inode = Number(bare)
    return inode >= FIRST && inode < FIRST + COUNT ? name(inode) : found
  })
}
