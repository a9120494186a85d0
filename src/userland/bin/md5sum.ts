/**
 * md5sum, sha1sum, sha224sum, sha256sum, sha384sum, sha512sum - compute and check message digests
 * https://www.gnu.org/software/coreutils/manual/html_node/md5sum-invocation.html
 */
import { type Blocking, decode, Errno } from '../../abi/index.ts'
import { command, fatal, readAll, usage } from '../lib/command.ts'
import { md5, sha1, sha224, sha256, sha384, sha512 } from '../lib/digest.ts'
import { closeInput, openInput } from '../lib/input.ts'
import { basename } from '../lib/path.ts'
import { quotef } from '../lib/quote.ts'

interface Kind {
  readonly tag: string
  readonly digits: number
  readonly digest: (bytes: Uint8Array) => string
}

const KINDS: Readonly<Record<string, Kind>> = {
  md5sum: { tag: 'MD5', digits: 32, digest: md5 },
  sha1sum: { tag: 'SHA1', digits: 40, digest: sha1 },
  sha224sum: { tag: 'SHA224', digits: 56, digest: sha224 },
  sha256sum: { tag: 'SHA256', digits: 64, digest: sha256 },
  sha384sum: { tag: 'SHA384', digits: 96, digest: sha384 },
  sha512sum: { tag: 'SHA512', digits: 128, digest: sha512 },
}

/** CPU time for a byte. */
const COST = 3

export default command({
  name: 'md5sum',
  aliases: ['sha1sum', 'sha224sum', 'sha256sum', 'sha384sum', 'sha512sum'],
  summary: 'Print or check checksums.\n\nWith no FILE, or when FILE is -, read standard input.',
  usage: 'md5sum [OPTION]... [FILE]...',
  authors: 'Ulrich Drepper, Scott Miller, and David Madore',
  options: {
    binary: { short: 'b', help: 'read in binary mode' },
    check: { short: 'c', help: 'read checksums from the FILEs and check them' },
    tag: { help: 'create a BSD-style checksum' },
    text: { short: 't', help: 'read in text mode (default)' },
    zero: { short: 'z', help: 'end each output line with NUL, not newline,\nand disable file name escaping' },
    ignoreMissing: { help: "don't fail or report status for missing files" },
    quiet: { help: "don't print OK for each successfully verified file" },
    status: { help: "don't output anything, status code shows success" },
    strict: { help: 'exit non-zero for improperly formatted checksum lines' },
    warn: { short: 'w', help: 'warn about improperly formatted checksum lines' },
  },

  *main(sys, flags, args, me) {
    const kind = KINDS[basename(me.argv[0] ?? '')] ?? KINDS['md5sum']!
    for (const it of ['ignoreMissing', 'quiet', 'status', 'strict', 'warn'] as const)
      if (flags[it] && !flags.check)
        throw usage(
          `the --${it.replace(/[A-Z]/, c => `-${c.toLowerCase()}`)} option is meaningful only when verifying checksums`,
        )
    let status = 0
    for (const name of args.length ? args : ['-']) {
      if (flags.check) {
        if (!(yield* check(name))) status = 1
        continue
      }
      const digest = yield* digestOf(name)
      if (digest === undefined) {
        status = 1
        continue
      }
      const escaped = !flags.zero && /[\\\n\r]/.test(name)
      const shown = escaped
        ? name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
        : name
      const end = flags.zero ? '\0' : '\n'
      if (flags.tag) me.out.print(`${escaped ? '\\' : ''}${kind.tag} (${shown}) = ${digest}${end}`)
      else me.out.print(`${escaped ? '\\' : ''}${digest} ${flags.binary ? '*' : ' '}${shown}${end}`)
    }
    return status

    function* digestOf(name: string, quiet = false): Blocking<string | undefined> {
      let fd = 0
      try {
        fd = yield* openInput(sys, name)
        const bytes = yield* readAll(sys, fd)
        closeInput(sys, fd)
        yield* sys.burn(bytes.length * COST)
        return kind.digest(bytes)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        if (fd) sys.close(fd)
        if (!(quiet && e.name === 'ENOENT')) yield* me.warn(quotef(name), e)
        return undefined
      }
    }

    function* check(list: string): Blocking<boolean> {
      let text: string
      try {
        const fd = yield* openInput(sys, list)
        text = decode(yield* readAll(sys, fd))
        closeInput(sys, fd)
      } catch (e) {
        yield* me.warn(quotef(list), e)
        return false
      }
      let proper = 0
      let wrong = 0
      let failed = 0
      let missing = 0
      let matched = 0
      for (const [i, line] of text.split('\n').entries()) {
        if (!line || line.startsWith('#')) continue
        const match = /^\\?([0-9a-fA-F]+) [ *](.*)$/s.exec(line)
        const tagged = /^\\?(\w+) \((.*)\) = ([0-9a-fA-F]+)$/s.exec(line)
        const [digest, name] = match
          ? [match[1]!, match[2]!]
          : tagged?.[1] === kind.tag
            ? [tagged[3]!, tagged[2]!]
            : ['', '']
        if (digest.length !== kind.digits) {
          wrong++
          if (flags.warn) yield* me.warn(`${list}: ${i + 1}: improperly formatted ${kind.tag} checksum line`)
          continue
        }
        proper++
        const actual = yield* digestOf(name, flags.ignoreMissing)
        if (actual === undefined) {
          if (flags.ignoreMissing) continue
          missing++
          if (!flags.status) me.out.line(`${quotef(name)}: FAILED open or read`)
        } else if (actual === digest.toLowerCase()) {
          matched++
          if (!flags.status && !flags.quiet) me.out.line(`${quotef(name)}: OK`)
        } else {
          failed++
          if (!flags.status) me.out.line(`${quotef(name)}: FAILED`)
        }
      }
      if (!proper) throw fatal(`${quotef(list)}: no properly formatted checksum lines found`)
      const many = (n: number, one: string, more: string): string => `WARNING: ${n} ${n === 1 ? one : more}`
      if (!flags.status) {
        if (wrong)
          yield* me.warn(many(wrong, 'line is improperly formatted', 'lines are improperly formatted'))
        if (missing)
          yield* me.warn(many(missing, 'listed file could not be read', 'listed files could not be read'))
        if (failed)
          yield* me.warn(many(failed, 'computed checksum did NOT match', 'computed checksums did NOT match'))
        if (flags.ignoreMissing && !matched) yield* me.warn(`${quotef(list)}: no file was verified`)
      }
      return !missing && !failed && !(flags.strict && wrong) && !(flags.ignoreMissing && !matched)
    }
  },
})
