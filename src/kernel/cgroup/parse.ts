/** Numbers written to control files. Linux: lib/kstrtox.c; base 0, so hexadecimal and octal are understood. */
import { EINVAL, ERANGE } from '../../abi/index.ts'

const NUMBER = /^([+-]?)(0x[0-9a-f]+|0[0-7]*|[1-9][0-9]*)\n?$/i

function magnitude(digits: string): bigint {
  return BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits)
}

/** Linux: kstrtoll(). A single newline at the end is allowed, other white space is not. */
export function kstrtoll(text: string): number {
  const found = NUMBER.exec(text)
  if (!found) throw EINVAL
  const value = magnitude(found[2]!)
  if (value > 0x7fffffffffffffffn) throw ERANGE
  return found[1] === '-' ? -Number(value) : Number(value)
}

/** Linux: kstrtoull(). */
export function kstrtoull(text: string): number {
  const found = NUMBER.exec(text)
  if (!found || found[1] === '-') throw EINVAL
  const value = magnitude(found[2]!)
  if (value > 0xffffffffffffffffn) throw ERANGE
  return Number(value)
}

/** Linux: kstrtoint(strstrip(buf)). */
export function kstrtoint(text: string): number {
  const value = kstrtoll(text.trim())
  if (value > 0x7fffffff || value < -0x80000000) throw ERANGE
  return value
}

/** CPUs of a machine that has `cpus` of them. */
export function parseCpuList(text: string, cpus: number): number[] {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/\bn\b/g, String(cpus - 1))
  const list = parseList(words.replace(/\ball\b/g, `0-${cpus - 1}`))
  if (list.some(cpu => cpu >= cpus)) throw ERANGE
  return list
}

/** A list as bitmaps are written: `0-2,5`, and `0-7:2/4` for two of each four. Linux: bitmap_parselist(). */
export function parseList(text: string): number[] {
  const list = new Set<number>()
  for (const part of text.trim().split(/[\s,]+/)) {
    if (!part) continue
    const found = /^(\d+)(?:-(\d+)(?::(\d+)\/(\d+))?)?$/.exec(part)
    if (!found) throw EINVAL
    const [first, last] = [Number(found[1]), Number(found[2] ?? found[1])]
    const [used, group] = [Number(found[3] ?? 1), Number(found[4] ?? 1)]
    if (first > last || used > group || !group) throw EINVAL
    if (last >= 1024) throw ERANGE
    for (let at = first; at <= last; at++) if ((at - first) % group < used) list.add(at)
  }
  return [...list].sort((a, b) => a - b)
}

/** The reverse. Linux: %*pbl. */
export function showCpuList(list: readonly number[]): string {
  const parts: string[] = []
  for (let i = 0; i < list.length; ) {
    let end = i
    while (list[end + 1] === list[end]! + 1) end++
    parts.push(end > i ? `${list[i]}-${list[end]}` : `${list[i]}`)
    i = end + 1
  }
  return parts.join(',')
}
