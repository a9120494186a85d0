/**
 * Printing and checking digests of files: what md5sum, the sha*sum programs, b2sum and cksum have in common.
 * Linux: coreutils digest.c.
 */
import { type Blocking, decode, Errno, type Sys } from '../../abi/index.ts'
import { blake2b } from './blake2b.ts'
import { fatal, type Process, readAll, usage } from './command.ts'
import { md5, sha1, sha224, sha256 } from './digest.ts'
import { closeInput, openInput } from './input.ts'
import { quotef } from './quote.ts'
import { sha384, sha512 } from './sha512.ts'
import { sm3 } from './sm3.ts'

/** A way to compute digests. `bits` is the length of the digest, the longest one of BLAKE2b. */
export interface Digest {
  readonly tag: string
  readonly bits: number
  readonly of: (bytes: Uint8Array, bits: number) => string
}

export const DIGESTS: Readonly<Record<string, Digest>> = {
  md5: { tag: 'MD5', bits: 128, of: md5 },
  sha1: { tag: 'SHA1', bits: 160, of: sha1 },
  sha224: { tag: 'SHA224', bits: 224, of: sha224 },
  sha256: { tag: 'SHA256', bits: 256, of: sha256 },
  sha384: { tag: 'SHA384', bits: 384, of: sha384 },
  sha512: { tag: 'SHA512', bits: 512, of: sha512 },
  blake2b: { tag: 'BLAKE2b', bits: 512, of: blake2b },
  sm3: { tag: 'SM3', bits: 256, of: sm3 },
}

/** The options that the programs share. */
export const CHECK_OPTIONS = {
  check: { short: 'c', help: 'read checksums from the FILEs and check them' },
  zero: { short: 'z', help: 'end each output line with NUL, not newline,\nand disable file name escaping' },
  ignoreMissing: { help: "don't fail or report status for missing files" },
  quiet: { help: "don't print OK for each successfully verified file" },
  status: { help: "don't output anything, status code shows success" },
  strict: { help: 'exit non-zero for improperly formatted checksum lines' },
  warn: { short: 'w', help: 'warn about improperly formatted checksum lines' },
} as const

type CheckFlags = { readonly [K in keyof typeof CHECK_OPTIONS]?: boolean | undefined }

/** Refuses options that do not go with each other. */
export function checkFlags(flags: CheckFlags): void {
  if (flags.zero && flags.check) throw usage('the --zero option is not supported when verifying checksums')
  if (flags.check) return
  const verifying = ['ignoreMissing', 'status', 'warn', 'quiet', 'strict'] as const
  const wrong = verifying.find(it => flags[it])
  if (!wrong) return
  const name = wrong === 'ignoreMissing' ? 'ignore-missing' : wrong
  throw usage(`the --${name} option is meaningful only when verifying checksums`)
}

/** The length that -l asks for, in bits; 0 for the longest. */
export function digestLength(text: string | undefined): number {
  if (text === undefined) return 0
  if (!/^\s*\+?\d+$/.test(text)) throw fatal(`invalid length: ‘${text}’`)
  return Number(text)
}

/** Why a length cannot be had, before the program gives up. */
export function* refuseLength(me: Process, text: string, why: string): Blocking<never> {
  yield* me.warn(`invalid length: ‘${text}’`)
  throw fatal(why)
}

/** The digest length of BLAKE2b out of -l; dies if there is no such. */
export function* blakeBits(me: Process, text: string | undefined): Blocking<number> {
  const bits = digestLength(text)
  if (bits % 8) yield* refuseLength(me, text!, 'length is not a multiple of 8')
  if (bits > 512) yield* refuseLength(me, text!, 'maximum digest length for ‘BLAKE2b’ is 512 bits')
  return bits || 512
}

/** CPU time for a byte. */
const COST = 3

/** The contents of a file; an errno if it cannot be read. */
export function* contents(sys: Sys, name: string): Blocking<Uint8Array | Errno> {
  let fd = 0
  try {
    fd = yield* openInput(sys, name)
    const bytes = yield* readAll(sys, fd)
    closeInput(sys, fd)
    yield* sys.burn(bytes.length * COST)
    return bytes
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    if (fd) sys.close(fd)
    return e
  }
}

const escapeName = (name: string): string =>
  name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r')

/** How a digest is printed. */
export interface Style {
  readonly tagged: boolean
  readonly binary: boolean
  readonly zero: boolean
}

/** Print the digests of the files; whether all could be read. */
export function* printDigests(
  sys: Sys,
  me: Process,
  names: readonly string[],
  digest: Digest,
  bits: number,
  style: Style,
): Blocking<boolean> {
  let fine = true
  for (const name of names.length ? names : ['-']) {
    const bytes = yield* contents(sys, name)
    if (bytes instanceof Errno) {
      yield* me.warn(quotef(name), bytes)
      fine = false
      continue
    }
    const escapes = !style.zero && /[\\\n\r]/.test(name)
    const shown = escapes ? escapeName(name) : name
    const sum = digest.of(bytes, bits)
    const tag = bits < digest.bits ? `${digest.tag}-${bits}` : digest.tag
    const line = style.tagged ? `${tag} (${shown}) = ${sum}` : `${sum} ${style.binary ? '*' : ' '}${shown}`
    me.out.print(`${escapes ? '\\' : ''}${line}${style.zero ? '\0' : '\n'}`)
    if (me.out.full) yield* me.out.flush()
  }
  return fine
}

// ---- Checking

/** A line of a list: what the digest of which file should be. */
interface Listed {
  readonly sum: string
  readonly name: string
  readonly digest: Digest
  readonly bits: number
}

/** Reads lines of a list. `digest` is the one in force: cksum takes it from each line's tag. */
class ListReader {
  digest: Digest | undefined
  readonly #fromTag: boolean
  /** Whether lines have one space instead of two before the name; decided by the first. */
  #reversed: boolean | undefined

  constructor(digest: Digest | undefined) {
    this.digest = digest
    this.#fromTag = digest === undefined
  }

  /** coreutils: split_3(). Undefined if the line is not properly formatted. */
  read(line: string): Listed | undefined {
    const [, slash, rest] = /^[ \t]*(\\?)(.*)$/s.exec(line) as unknown as [string, string, string]
    const escaped = slash !== ''
    if (this.#fromTag) {
      const known = Object.values(DIGESTS).find(it => new RegExp(`^${it.tag}[-( ]`).test(rest))
      if (known) this.digest = known
    }
    const digest = this.digest
    if (!digest) return undefined
    if (rest.startsWith(digest.tag)) return tagged(rest.slice(digest.tag.length), digest, escaped)
    return this.#plain(rest, digest, escaped)
  }

  #plain(rest: string, digest: Digest, escaped: boolean): Listed | undefined {
    const digits = /^[0-9a-fA-F]*/.exec(rest)![0].length
    const bits = digest.tag === 'BLAKE2b' ? digits * 4 : digest.bits
    if (digits * 4 !== bits || !bits || bits % 8 || bits > digest.bits) return undefined
    if (!/^[ \t]/.test(rest.slice(digits))) return undefined
    let name = rest.slice(digits + 1)
    if (!name) return undefined
    if (name.length === 1 || !/^[ *]/.test(name)) {
      if (this.#reversed === false) return undefined
      this.#reversed = true
    } else if (!this.#reversed) {
      this.#reversed = false
      name = name.slice(1)
    }
    return listed(rest.slice(0, digits), name, digest, bits, escaped)
  }
}

/** What follows the tag: a length, the name in parentheses, the digest. coreutils: bsd_split_3(). */
function tagged(text: string, digest: Digest, escaped: boolean): Listed | undefined {
  const match = /^(?:-(\d+))? ?\((.*)\)[ \t]*=[ \t]*([0-9a-fA-F]+)$/s.exec(text)
  if (!match) return undefined
  const [, length, name, sum] = match as unknown as [string, string | undefined, string, string]
  if (length !== undefined && digest.tag !== 'BLAKE2b') return undefined
  const bits = length === undefined ? digest.bits : Number(length)
  if (!bits || bits % 8 || bits > digest.bits || sum.length * 4 !== bits) return undefined
  return listed(sum, name, digest, bits, escaped)
}

function listed(
  sum: string,
  name: string,
  digest: Digest,
  bits: number,
  escaped: boolean,
): Listed | undefined {
  if (!escaped) return { sum, name, digest, bits }
  if (/\\([^\\nr]|$)/.test(name.replace(/\\\\/g, ''))) return undefined
  const plain = name.replace(/\\(.)/g, (_, letter: string) => ({ n: '\n', r: '\r' })[letter] ?? '\\')
  return { sum, name: plain, digest, bits }
}

const many = (n: number, one: string, more: string): string => `WARNING: ${n} ${n === 1 ? one : more}`

/** Check the files of a list; whether all is well. `digest` undefined: every line's tag says which. */
export function* checkList(
  sys: Sys,
  me: Process,
  flags: CheckFlags,
  list: string,
  digest: Digest | undefined,
): Blocking<boolean> {
  const bytes = yield* contents(sys, list)
  const shown = list === '-' ? "'standard input'" : quotef(list)
  if (bytes instanceof Errno) {
    yield* me.warn(shown, bytes)
    return false
  }
  // Of --status, --quiet and --warn the last one given counts.
  const last = me.order.findLast(it => it.key === 'status' || it.key === 'quiet' || it.key === 'warn')?.key
  const say = { status: last === 'status', quiet: last === 'quiet', warn: last === 'warn' }
  const reader = new ListReader(digest)
  const found = { proper: 0, wrong: 0, failed: 0, missing: 0, matched: 0 }
  for (const [i, raw] of decode(bytes).split('\n').entries()) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw
    if (!line || line.startsWith('#')) continue
    const it = reader.read(line)
    if (!it || (list === '-' && it.name === '-')) {
      found.wrong++
      if (say.warn)
        yield* me.warn(
          `${shown}: ${i + 1}: improperly formatted ${reader.digest?.tag ?? 'CRC'} checksum line`,
        )
      continue
    }
    found.proper++
    const result = yield* checkFile(sys, me, it, Boolean(flags.ignoreMissing))
    if (!result) continue
    if (result === 'OK') found.matched++
    else if (result === 'FAILED') found.failed++
    else found.missing++
    if (say.status || (say.quiet && result === 'OK')) continue
    me.out.line(`${it.name.includes('\n') ? `\\${escapeName(it.name)}` : it.name}: ${result}`)
  }
  if (!found.proper) {
    yield* me.warn(`${shown}: no properly formatted checksum lines found`)
    return false
  }
  if (!say.status) yield* summary(me, found, shown, Boolean(flags.ignoreMissing))
  return found.matched > 0 && !found.failed && !found.missing && !(flags.strict && found.wrong)
}

/** Undefined for a missing file that may be missing. */
function* checkFile(
  sys: Sys,
  me: Process,
  it: Listed,
  mayMiss: boolean,
): Blocking<'OK' | 'FAILED' | 'FAILED open or read' | undefined> {
  const bytes = yield* contents(sys, it.name)
  if (!(bytes instanceof Errno))
    return it.digest.of(bytes, it.bits) === it.sum.toLowerCase() ? 'OK' : 'FAILED'
  if (mayMiss && bytes.name === 'ENOENT') return undefined
  yield* me.warn(quotef(it.name), bytes)
  return 'FAILED open or read'
}

function* summary(
  me: Process,
  found: { wrong: number; missing: number; failed: number; matched: number },
  shown: string,
  mayMiss: boolean,
): Blocking<void> {
  const { wrong, missing, failed } = found
  if (wrong) yield* me.warn(many(wrong, 'line is improperly formatted', 'lines are improperly formatted'))
  if (missing)
    yield* me.warn(many(missing, 'listed file could not be read', 'listed files could not be read'))
  if (failed)
    yield* me.warn(many(failed, 'computed checksum did NOT match', 'computed checksums did NOT match'))
  if (mayMiss && !found.matched) yield* me.warn(`${shown}: no file was verified`)
}
