/**
 * uuencode, uudecode - files as lines of printable characters and back
 * Linux: busybox coreutils/uuencode.c, uudecode.c; uuencode(1p).
 */
import {
  type Blocking,
  type Errno,
  encode,
  O_CREAT,
  O_RDONLY,
  O_TRUNC,
  O_WRONLY,
  type Sys,
} from '../../../abi/index.ts'
import { fatal, must, readAll, writeAll } from '../command.ts'
import { concat } from '../output.ts'
import { applet, textOf } from './applet.ts'

const TRADITIONAL = Array.from({ length: 64 }, (_, i) => (i ? String.fromCharCode(32 + i) : '`')).join('')
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
/** Bytes a line. */
const LINE = 45

export const uuencode = applet('uuencode', function* (sys, given, args, me) {
  const [file, stored = file!] = args.length > 1 ? args : [undefined, args[0]]
  let mode = 0o666 & ~umask(sys)
  let fd = 0
  if (file !== undefined && file !== '-') {
    mode = must(file, () => sys.stat(file)).mode & 0o777
    fd = yield* must(file, sys.open(file, O_RDONLY))
  }
  const bytes = yield* readAll(sys, fd)
  const base64 = given.m === true
  me.out.print(`begin${base64 ? '-base64' : ''} ${mode.toString(8)} ${stored}`)
  for (let at = 0; at < bytes.length; at += LINE) {
    const part = bytes.subarray(at, at + LINE)
    const size = base64 ? '' : TRADITIONAL[part.length]
    me.out.print(`\n${size}${encoded(part, base64 ? BASE64 : TRADITIONAL, base64)}`)
    yield* me.out.drain()
  }
  me.out.print(base64 ? '\n====\n' : '\n`\nend\n')
  return 0
})

/** The mask for new files, which can only be asked by setting it. */
function umask(sys: Sys): number {
  const mask = sys.umask(0)
  sys.umask(mask)
  return mask
}

/** Three bytes as four characters; base64 marks with = what the last three lack. */
function encoded(bytes: Uint8Array, alphabet: string, marks: boolean): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    const four = [18, 12, 6, 0].map(shift => alphabet[(word >> shift) & 63]!)
    const lacking = Math.max(0, i + 3 - bytes.length)
    if (marks) for (let k = 4 - lacking; k < 4; k++) four[k] = '='
    text += four.join('')
  }
  return text
}

export const uudecode = applet('uudecode', function* (sys, given, args) {
  const [name] = args
  let fd = 0
  if (name !== undefined && name !== '-') {
    try {
      fd = yield* sys.open(name, O_RDONLY)
    } catch (e) {
      throw fatal(name, e as Errno)
    }
  }
  const lines = new TextDecoder('latin1').decode(yield* readAll(sys, fd)).split('\n')
  const start = lines.findIndex(it => /^begin(-base64)? \d+ ./.test(it))
  if (start < 0) throw fatal("no 'begin' line")
  const [, base64, mode, stored] = /^begin(-base64)? (\d+) (.*?)\s*$/.exec(lines[start]!)!
  const bytes = decoded(lines.slice(start + 1), base64 !== undefined)
  if (!bytes) throw fatal('short file')
  yield* store(sys, textOf(given.o) ?? stored!, Number.parseInt(mode!, 8), bytes)
  return 0
})

function* store(sys: Sys, name: string, mode: number, bytes: Uint8Array): Blocking<void> {
  if (name === '-' || name === '/dev/stdout') return yield* writeAll(sys, 1, bytes)
  const fd = yield* must(`can't open '${name}'`, sys.open(name, O_WRONLY | O_CREAT | O_TRUNC, 0o666))
  yield* writeAll(sys, fd, bytes)
  sys.fchmod(fd, mode & 0o777)
  sys.close(fd)
}

/** The bytes of the lines up to the end mark; undefined if there is none. */
function decoded(lines: readonly string[], base64: boolean): Uint8Array | undefined {
  const chunks: Uint8Array[] = []
  for (const line of lines) {
    if (base64 ? line.startsWith('====') : line === 'end') return concat([encode(''), ...chunks])
    if (base64) {
      const text = line.replace(/[^A-Za-z0-9+/]/g, '')
      const values = [...text].map(it => BASE64.indexOf(it))
      chunks.push(joined(values).subarray(0, Math.floor((text.length * 6) / 8)))
      continue
    }
    const size = (line.charCodeAt(0) - 32) & 63
    if (!size) continue
    const values = [...line.slice(1)].map(it => (it.charCodeAt(0) - 32) & 63)
    chunks.push(joined(values).subarray(0, size))
  }
  return undefined
}

/** Four times six bits are three bytes. */
function joined(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(values.length / 4) * 3)
  for (let i = 0, at = 0; i < values.length; i += 4) {
    const word = [0, 1, 2, 3].reduce((sum, k) => (sum << 6) | (values[i + k] ?? 0), 0)
    bytes[at++] = word >> 16
    bytes[at++] = word >> 8
    bytes[at++] = word
  }
  return bytes
}
