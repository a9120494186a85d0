/**
 * The machine's only source of randomness: xorshift128, seeded at boot, so that everything replays.
 * Linux: drivers/char/random.c, for what programs see of it.
 */
export class Random {
  readonly #state = new Uint32Array(4)

  constructor(seed: number) {
    for (let i = 0; i < 4; i++) this.#state[i] = Math.imul(seed + i + 1, 0x9e3779b1) ^ (0x85ebca6b * (i + 1))
    if (this.#state.every(word => word === 0)) this.#state[0] = 1
    for (let i = 0; i < 16; i++) this.uint32()
  }

  /** 0 to 2^32 - 1. */
  uint32(): number {
    const s = this.#state
    let t = s[3]!
    t ^= t << 11
    t ^= t >>> 8
    s[3] = s[2]!
    s[2] = s[1]!
    s[1] = s[0]!
    s[0] = t ^ s[0]! ^ (s[0]! >>> 19)
    return s[0]!
  }

  /** 0 to limit - 1. */
  below(limit: number): number {
    return Math.floor((this.uint32() / 0x1_0000_0000) * limit)
  }

  bytes(count: number): Uint8Array {
    const bytes = new Uint8Array(count)
    for (let i = 0; i < count; i += 4) {
      const word = this.uint32()
      for (let j = 0; j < 4 && i + j < count; j++) bytes[i + j] = word >>> (8 * j)
    }
    return bytes
  }
}

/** A random UUID, version 4. */
export function uuid(random: Random): string {
  const bytes = random.bytes(16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
