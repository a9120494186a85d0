/**
 * Addresses of IPv4 and IPv6 as text and as numbers. Linux: inet_pton(3), inet_ntop(3). The kernel's records hold the text
 * in its shortest form, so that equal addresses are equal strings.
 */
import { AF_INET, AF_INET6 } from './socket.ts'

/** How many bits an address of a family has. */
export const addressBits = (family: number): number => (family === AF_INET6 ? 128 : 32)

/** AF_INET or AF_INET6, by what the text looks like. */
export const familyOf = (address: string): number => (address.includes(':') ? AF_INET6 : AF_INET)

function parseInet(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every(it => /^(0|[1-9]\d{0,2})$/.test(it) && Number(it) < 256))
    return undefined
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n)
}

/** The groups of one side of `::`; an IPv4 address at the end is two. */
function groups(text: string): number[] | undefined {
  if (!text) return []
  const found: number[] = []
  const words = text.split(':')
  for (const [i, word] of words.entries()) {
    const four = i === words.length - 1 ? parseInet(word) : undefined
    if (four !== undefined) found.push(Number(four >> 16n), Number(four & 0xffffn))
    else if (/^[\da-f]{1,4}$/i.test(word)) found.push(Number.parseInt(word, 16))
    else return undefined
  }
  return found
}

function parseInet6(text: string): bigint | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const head = groups(halves[0]!)
  const tail = halves.length === 2 ? groups(halves[1]!) : []
  if (!head || !tail) return undefined
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  const all = [...head, ...Array<number>(missing).fill(0), ...tail]
  return all.reduce((value, group) => (value << 16n) | BigInt(group), 0n)
}

/** The number of an address; undefined when the text is none of that family. */
export const parseAddress = (text: string, family = familyOf(text)): bigint | undefined =>
  family === AF_INET6 ? parseInet6(text) : parseInet(text)

/** The text of an address, in its shortest form. */
export function formatAddress(value: bigint, family: number): string {
  if (family !== AF_INET6) return [24n, 16n, 8n, 0n].map(shift => (value >> shift) & 255n).join('.')
  const words = Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(112 - 16 * i)) & 0xffffn))
  const [start, length] = longestZeros(words)
  const hex = (from: number, to: number): string =>
    words
      .slice(from, to)
      .map(it => it.toString(16))
      .join(':')
  return length < 2 ? hex(0, 8) : `${hex(0, start)}::${hex(start + length, 8)}`
}

function longestZeros(words: readonly number[]): readonly [number, number] {
  let best: readonly [number, number] = [0, 0]
  for (let i = 0; i < words.length; i++) {
    let n = 0
    while (words[i + n] === 0) n++
    if (n > best[1]) best = [i, n]
  }
  return best
}

/** The first `length` bits of an address, the others 0. */
export function networkOf(address: string, length: number): string {
  const family = familyOf(address)
  const rest = BigInt(addressBits(family) - length)
  return formatAddress(((parseAddress(address) ?? 0n) >> rest) << rest, family)
}

/** Whether an address lies in a network. */
export const inNetwork = (address: string, network: string, length: number): boolean =>
  familyOf(address) === familyOf(network) && networkOf(address, length) === networkOf(network, length)
