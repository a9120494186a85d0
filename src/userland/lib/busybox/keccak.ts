/** SHA-3, FIPS 202: the sponge over Keccak-f[1600], on 64-bit lanes as BigInt. */

const MASK = (1n << 64n) - 1n
const rotl = (x: bigint, n: number): bigint => ((x << BigInt(n)) | (x >> BigInt(64 - n))) & MASK

/** The round constants, from the linear feedback shift register of the standard. */
const ROUNDS: readonly bigint[] = (() => {
  let state = 1
  const bit = (): number => {
    const out = state & 1
    state = state & 0x80 ? ((state << 1) ^ 0x171) & 0xff : state << 1
    return out
  }
  return Array.from({ length: 24 }, () => {
    let constant = 0n
    for (let j = 0; j < 7; j++) if (bit()) constant |= 1n << BigInt((1 << j) - 1)
    return constant
  })
})()

function permute(a: bigint[]): void {
  for (const constant of ROUNDS) {
    const parity = [0, 1, 2, 3, 4].map(x => a[x]! ^ a[x + 5]! ^ a[x + 10]! ^ a[x + 15]! ^ a[x + 20]!)
    for (let i = 0; i < 25; i++) a[i]! ^= parity[(i + 4) % 5]! ^ rotl(parity[(i + 1) % 5]!, 1)
    let [x, y] = [1, 0]
    let lane = a[1]!
    for (let t = 0; t < 24; t++) {
      ;[x, y] = [y, (2 * x + 3 * y) % 5]
      const next = a[x + 5 * y]!
      a[x + 5 * y] = rotl(lane, (((t + 1) * (t + 2)) / 2) % 64)
      lane = next
    }
    for (let row = 0; row < 25; row += 5) {
      const lanes = a.slice(row, row + 5)
      for (let i = 0; i < 5; i++) a[row + i] = lanes[i]! ^ (~lanes[(i + 1) % 5]! & MASK & lanes[(i + 2) % 5]!)
    }
    a[0]! ^= constant
  }
}

/** The digest of `bits` bits in hexadecimal. */
export function sha3(bytes: Uint8Array, bits: number): string {
  const rate = (1600 - 2 * bits) / 8
  const padded = new Uint8Array((Math.floor(bytes.length / rate) + 1) * rate)
  padded.set(bytes)
  padded[bytes.length]! ^= 0x06
  padded[padded.length - 1]! ^= 0x80
  const view = new DataView(padded.buffer)
  const state: bigint[] = Array.from({ length: 25 }, () => 0n)
  for (let at = 0; at < padded.length; at += rate) {
    for (let i = 0; i < rate / 8; i++) state[i]! ^= view.getBigUint64(at + i * 8, true)
    permute(state)
  }
  let text = ''
  for (let i = 0; i < bits / 8; i++)
    text += ((state[i >> 3]! >> BigInt((i & 7) * 8)) & 0xffn).toString(16).padStart(2, '0')
  return text
}
