/** Addresses with the length of their network, as ip reads them. iproute2: lib/utils.c:get_prefix(). */
import { AF_INET, AF_INET6, addressBits, formatAddress, parseAddress } from '../../../abi/index.ts'
import { Quit } from './words.ts'

export interface Prefix {
  readonly family: number
  readonly address: string
  readonly length: number
  /** A length was given. */
  readonly hasLength: boolean
}

/** IPv4 may leave out its last parts: 10.9 is 10.9.0.0. */
function readAddress(text: string): { family: number; address: string } | undefined {
  const isInet6 = text.includes(':')
  const family = isInet6 ? AF_INET6 : AF_INET
  const parts = text.split('.')
  const full =
    isInet6 || parts.length > 3 ? text : [...parts, ...Array<string>(4 - parts.length).fill('0')].join('.')
  const value = parseAddress(full, family)
  return value === undefined ? undefined : { family, address: formatAddress(value, family) }
}

const what = (family: number): string =>
  family === AF_INET ? 'inet' : family === AF_INET6 ? 'inet6' : 'any valid'

/** `default`, `any` and `all` are the network of everything. Ends the program when the text is no prefix. */
export function parsePrefix(word: string, family: number): Prefix {
  if (word === 'default' || word === 'any' || word === 'all')
    return { family, address: family === AF_INET6 ? '::' : '0.0.0.0', length: 0, hasLength: true }
  const [text = '', mask] = word.split('/')
  const found = readAddress(text)
  const length = mask === undefined ? undefined : readLength(mask, found?.family ?? AF_INET)
  if (!found || (family && found.family !== family) || (mask !== undefined && length === undefined))
    throw new Quit(`Error: ${what(family)} prefix is expected rather than "${word}".`, 1)
  const { address } = found
  return {
    family: found.family,
    address,
    length: length ?? addressBits(found.family),
    hasLength: mask !== undefined,
  }
}

/** A number of bits, or a mask. */
function readLength(text: string, family: number): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) <= addressBits(family) ? Number(text) : undefined
  const mask = parseAddress(text, AF_INET)
  if (mask === undefined) return undefined
  const ones = mask.toString(2).padStart(32, '0').replace(/0*$/, '')
  return ones.includes('0') ? undefined : ones.length
}

export function parseHost(word: string, family: number): Prefix {
  const found = readAddress(word)
  if (!found || (family && found.family !== family))
    throw new Quit(`Error: ${what(family)} address is expected rather than "${word}".`, 1)
  return { ...found, length: addressBits(found.family), hasLength: false }
}
