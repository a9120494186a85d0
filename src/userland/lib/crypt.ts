/**
 * Passwords: crypt(3) with the method of SHA-256 (`$5$`), what stands in /etc/shadow, and asking for them.
 * Linux: libxcrypt lib/crypt-sha256.c; crypt(5); pam_unix(8).
 *
 * Left out: the other methods. A password that is hashed with one of them is never right.
 */
import { type Blocking, encode, type Sys } from '../../abi/index.ts'
import { sha256 } from './digest.ts'
import { concat } from './output.ts'
import { readAccounts } from './shadow/files.ts'

const LETTERS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const ROUNDS = 1000

const hash = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hex = sha256(concat(parts))
  return Uint8Array.from({ length: 32 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16))
}

/** The bytes over and over, up to a length. */
const repeated = (bytes: Uint8Array, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => bytes[i % bytes.length]!)

/** crypt(5), "SHA-256 crypt". `setting` is `$5$rounds=N$SALT`, with or without a hash behind it. */
export function crypt(password: string, setting: string): string {
  const [, , rounds, salt = ''] = /^\$5\$(rounds=(\d+)\$)?([^$]*)/.exec(setting) ?? []
  const key = encode(password)
  const saltBytes = encode(salt)
  const b = hash(key, saltBytes, key)
  const first = [key, saltBytes, repeated(b, key.length)]
  for (let n = key.length; n > 0; n >>= 1) first.push(n & 1 ? b : key)
  let a = hash(...first)
  const p = repeated(hash(...Array<Uint8Array>(key.length).fill(key)), key.length)
  const s = repeated(hash(...Array<Uint8Array>(16 + a[0]!).fill(saltBytes)), saltBytes.length)
  for (let i = 0; i < Number(rounds ?? 5000); i++) {
    const odd = i % 2 === 1
    const parts = [odd ? p : a]
    if (i % 3) parts.push(s)
    if (i % 7) parts.push(p)
    parts.push(odd ? a : p)
    a = hash(...parts)
  }
  return `$5$${rounds ? `rounds=${rounds}$` : ''}${salt}$${text(a)}`
}

/** The bytes in the order of the method, six bits a letter. */
function text(a: Uint8Array): string {
  let found = ''
  const put = (w: number, letters: number): void => {
    for (let i = 0; i < letters; i++) found += LETTERS[(w >> (6 * i)) & 63]
  }
  let [x, y, z] = [0, 10, 20]
  for (let i = 0; i < 10; i++) {
    put((a[x]! << 16) | (a[y]! << 8) | a[z]!, 4)
    ;[x, y, z] = [(z + 1) % 30, (x + 1) % 30, (y + 1) % 30]
  }
  put((a[31]! << 8) | a[30]!, 3)
  return found
}

/** A new hash, with salt from the kernel. */
export function newHash(sys: Sys, password: string): string {
  const salt = [...sys.getrandom(16)].map(byte => LETTERS[byte & 63]).join('')
  return crypt(password, `$5$rounds=${ROUNDS}$${salt}`)
}

/** Whether a password is the one of a hash in shadow. An empty field lets everybody in, a locked one nobody. */
export const isPassword = (password: string, stored: string): boolean =>
  stored === '' || (stored.startsWith('$5$') && crypt(password, stored) === stored)

/** Whether a user has to say a password at all. */
export function* hasPassword(sys: Sys, name: string): Blocking<boolean> {
  return (yield* readAccounts(sys)).shadow.get(name)?.[1] !== ''
}

/** Whether it is the password of a user. Computing it takes its time, right or wrong. */
export function* isPasswordOf(sys: Sys, name: string, password: string | undefined): Blocking<boolean> {
  const { shadow } = yield* readAccounts(sys)
  yield* sys.burn(2e6)
  return password !== undefined && isPassword(password, shadow.get(name)?.[1] ?? '!')
}
