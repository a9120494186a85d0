/**
 * Capability sets as libcap writes and reads them. Linux: libcap/cap_text.c, cap_file.c; cap_from_text(3).
 */
import { CAP_LAST_CAP, CAPABILITIES, type Capabilities } from '../../abi/index.ts'

const ALL = (1n << BigInt(CAP_LAST_CAP + 1)) - 1n
const has = (set: bigint, cap: number): boolean => ((set >> BigInt(cap)) & 1n) === 1n
export const capName = (cap: number): string => `cap_${CAPABILITIES[cap] ?? cap}`

/** The number of `cap_chown`, `chown`, `CAP_CHOWN` or `0`; undefined for what is none. */
export function capNumber(name: string): number | undefined {
  if (/^\d+$/.test(name)) return Number(name) <= 63 ? Number(name) : undefined
  const index = (CAPABILITIES as readonly string[]).indexOf(name.toLowerCase().replace(/^cap_/, ''))
  return index < 0 ? undefined : index
}

/** The same as libcap reads it: `cap_chown` in any case, or a number. Linux: cap_from_name(3). */
export const capFromName = (name: string): number | undefined =>
  /^(cap_|\d)/i.test(name) ? capNumber(name) : undefined

/** Names joined by commas. */
export const capNames = (set: bigint, name: (cap: number) => string = capName): string =>
  CAPABILITIES.map((_, cap) => cap)
    .filter(cap => has(set, cap))
    .map(name)
    .join(',')

const EFFECTIVE = 1
const PERMITTED = 2
const INHERITABLE = 4
const letters = (state: number): string =>
  (state & EFFECTIVE ? 'e' : '') + (state & INHERITABLE ? 'i' : '') + (state & PERMITTED ? 'p' : '')

/**
 * `=ep`, `cap_chown=eip`, `=ep cap_chown+i`: what most have first, then who differs. Linux: cap_to_text().
 */
export function capsText(it: Capabilities): string {
  const states = CAPABILITIES.map(
    (_, cap) =>
      (has(it.effective, cap) ? EFFECTIVE : 0) |
      (has(it.permitted, cap) ? PERMITTED : 0) |
      (has(it.inheritable, cap) ? INHERITABLE : 0),
  )
  const count = (state: number): number => states.filter(other => other === state).length
  let base = 7
  for (let state = 6; state >= 0; state--) if (count(state) >= count(base)) base = state
  const parts = base ? [`=${letters(base)}`] : []
  for (let state = 7; state >= 0; state--) {
    if (state === base || !count(state)) continue
    const names = states.flatMap((other, cap) => (other === state ? [capName(cap)] : [])).join(',')
    const more = letters(state & ~base)
    const less = letters(base & ~state)
    // Only what comes first is set with =, the others add to it.
    parts.push(parts.length ? `${names}${more && `+${more}`}${less && `-${less}`}` : `${names}=${more}`)
  }
  return parts.join(' ') || '='
}

/** The reverse; undefined for what cannot be read. */
export function parseCaps(text: string): Capabilities | undefined {
  const sets = { effective: 0n, permitted: 0n, inheritable: 0n }
  for (const clause of text.trim().split(/\s+/).filter(Boolean)) {
    const [, list, actions] = /^([\w,]*?|all)((?:[=+-][eip]*)+)$/.exec(clause) ?? []
    if (actions === undefined) return undefined
    let caps = 0n
    if (!list || list === 'all') caps = ALL
    else
      for (const name of list.split(',')) {
        const cap = capFromName(name)
        if (cap === undefined) return undefined
        caps |= 1n << BigInt(cap)
      }
    for (const [, operator, flags] of actions.matchAll(/([=+-])([eip]*)/g)) {
      for (const [letter, key] of [
        ['e', 'effective'],
        ['p', 'permitted'],
        ['i', 'inheritable'],
      ] as const) {
        const named = flags!.includes(letter)
        if (operator === '=' || operator === '-') if (operator === '=' || named) sets[key] &= ~caps
        if (operator !== '-' && named) sets[key] |= caps
      }
    }
  }
  return sets
}

const VERSION_2 = 0x02000000
const VERSION_3 = 0x03000000

/**
 * The attribute security.capability; with the root of another user namespace in version 3. Linux: struct
 * vfs_ns_cap_data.
 */
export function encodeFileCaps(it: Capabilities, rootid = 0): Uint8Array {
  const view = new DataView(new ArrayBuffer(rootid ? 24 : 20))
  if (rootid) view.setUint32(20, rootid, true)
  view.setUint32(0, (rootid ? VERSION_3 : VERSION_2) | (it.effective ? 1 : 0), true)
  view.setUint32(4, Number(it.permitted & 0xffffffffn), true)
  view.setUint32(8, Number(it.inheritable & 0xffffffffn), true)
  view.setUint32(12, Number(it.permitted >> 32n), true)
  view.setUint32(16, Number(it.inheritable >> 32n), true)
  return new Uint8Array(view.buffer)
}

/** What security.capability says; undefined for what it cannot be. */
export function decodeFileCaps(bytes: Uint8Array): Capabilities | undefined {
  if (bytes.length < 20) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const word = (at: number): bigint => BigInt(view.getUint32(at, true))
  const permitted = word(4) | (word(12) << 32n)
  const inheritable = word(8) | (word(16) << 32n)
  return { permitted, inheritable, effective: view.getUint32(0, true) & 1 ? permitted | inheritable : 0n }
}

/** For the root of which user namespace the attribute counts; 0 for the first. */
export const rootidOf = (bytes: Uint8Array): number =>
  bytes.length < 24 ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(20, true)

/**
 * `!cap_x` dropped from the bounding set, `cap_x` inheritable, `^cap_x` ambient. Linux: cap_iab_to_text().
 */
export function iabText(inheritable: bigint, ambient: bigint, bounding: bigint): string {
  return CAPABILITIES.map((_, cap) => {
    const dropped = !has(bounding, cap)
    if (has(ambient, cap)) return `${dropped ? '!' : ''}^${capName(cap)}`
    if (has(inheritable, cap)) return `${dropped ? '%' : ''}${capName(cap)}`
    return dropped ? `!${capName(cap)}` : ''
  })
    .filter(Boolean)
    .join(',')
}

/** The set of those for which something holds. */
export function setOf(holds: (cap: number) => boolean): bigint {
  let set = 0n
  for (let cap = 0; cap <= CAP_LAST_CAP; cap++) if (holds(cap)) set |= 1n << BigInt(cap)
  return set
}
