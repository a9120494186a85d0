/**
 * Names of hosts, as getaddrinfo(3) finds them without a name server: in /etc/hosts, or written as an address.
 * Linux: glibc nss/nss_files; hosts(5), inet_aton(3).
 *
 * Left out: name servers; addresses of IPv6 that are given as names.
 */
import { type Blocking, Errno, type Sys } from '../../abi/index.ts'
import { readFile } from './command.ts'

export interface HostEntry {
  readonly addresses: readonly string[]
  readonly canonical: string
  readonly aliases: readonly string[]
}

/** Or what gai_strerror(3) says. */
export function* resolveHost(sys: Sys, name: string): Blocking<HostEntry | string> {
  const wanted = name.toLowerCase()
  const lines = (yield* hostsLines(sys)).filter(([, ...names]) =>
    names.some(it => it.toLowerCase() === wanted),
  )
  // Addresses of IPv6 come first.
  lines.sort((a, b) => Number(b[0]!.includes(':')) - Number(a[0]!.includes(':')))
  const canonical = lines[0]?.[1]
  if (canonical !== undefined)
    return {
      addresses: lines.map(it => it[0]!),
      canonical,
      aliases: lines.flatMap(it => it.slice(2)).filter(it => it !== canonical),
    }
  const address = numericAddress(name)
  if (address !== undefined) return { addresses: [address], canonical: name, aliases: [] }
  const isName = name.split('.').every(it => it.length > 0 && it.length < 64)
  return isName ? 'Temporary failure in name resolution' : 'Name or service not known'
}

/** The lines of /etc/hosts: an address and its names. */
export function* hostsLines(sys: Sys): Blocking<string[][]> {
  try {
    const text = yield* readFile(sys, '/etc/hosts')
    return text
      .split('\n')
      .map(line => line.replace(/#.*/, '').trim().split(/\s+/))
      .filter(words => words.length > 1)
  } catch (e) {
    if (e instanceof Errno) return []
    throw e
  }
}

/** One to four numbers, of which the last fills what the others leave. */
function numericAddress(text: string): string | undefined {
  if (!/^\d+(\.\d+){0,3}$/.test(text)) return undefined
  const parts = text.split('.').map(Number)
  const last = parts.pop()!
  if (parts.some(it => it > 255) || last >= 256 ** (4 - parts.length)) return undefined
  const rest = Array.from(
    { length: 4 - parts.length },
    (_, i, all = 4 - parts.length) => Math.floor(last / 256 ** (all - 1 - i)) % 256,
  )
  return [...parts, ...rest].join('.')
}
