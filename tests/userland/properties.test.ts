/** The text tools and the digests against simple models and against Node's own, for whatever input. */
import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ENCODINGS } from '../../src/userland/lib/base-encoding.ts'
import { blake2b } from '../../src/userland/lib/blake2b.ts'
import { gunzip, gzip } from '../../src/userland/lib/gzip/container.ts'
import { md5, sha1, sha224, sha256 } from '../../src/userland/lib/digest.ts'
import { complement, inRanges, parseList } from '../../src/userland/lib/set-fields.ts'
import { sha384, sha512 } from '../../src/userland/lib/sha512.ts'
import { sm3 } from '../../src/userland/lib/sm3.ts'
import { comparison, parseKey } from '../../src/userland/lib/sort/keys.ts'
import { type Member, readTar, tarBlocks } from '../../src/userland/lib/tar/format.ts'
import { expand, rawExtents } from '../../src/userland/lib/tar/sparse.ts'
import { runScript, requestOf } from '../../src/twin.ts'

const bytes = fc.uint8Array({ maxLength: 600 })
const word = fc.stringMatching(/^[a-c]{0,3}$/)
const lines = fc.array(fc.stringMatching(/^[ -~é한]{0,6}$/), { maxLength: 12 })

/** What the script prints on a pristine host that has the texts as the files f0, f1, … */
function printed(script: string, ...texts: string[]): string {
  const made = texts.map((text, i) => `printf %s '${text.replaceAll("'", "'\\''")}' > f${i}\n`).join('')
  const { output } = runScript(requestOf('test', new TextEncoder().encode(made + script)))
  return new TextDecoder().decode(output)
}
const asFile = (all: readonly string[]): string => all.map(line => `${line}\n`).join('')
const few = { numRuns: 12 }

describe('digests are those of other programs', () => {
  const known = { md5, sha1, sha224, sha256, sha384, sha512, blake2b512: blake2b, sm3 } as const
  for (const [name, digest] of Object.entries(known))
    test(name, () => {
      const check = (data: Uint8Array): void => {
        expect(digest(data)).toBe(createHash(name).update(data).digest('hex'))
      }
      fc.assert(fc.property(bytes, check))
    })
})

describe('what is packed comes back', () => {
  test('gzip is understood by zlib, and understands it', () => {
    const check = (data: Uint8Array) => {
      expect(new Uint8Array(gunzipSync(gzip(data, 'name', 1)))).toEqual(data)
      expect(gunzip(new Uint8Array(gzipSync(data)))).toEqual(data)
    }
    fc.assert(fc.property(bytes, check))
  })

  test('base64 and base16 are those of Node, and every encoding is undone by its decoder', () => {
    const text = (data: Uint8Array | undefined) => Buffer.from(data ?? []).toString('latin1')
    const check = (data: Uint8Array) => {
      expect(text(ENCODINGS.base64.encode(data))).toBe(Buffer.from(data).toString('base64'))
      expect(text(ENCODINGS.base16.encode(data))).toBe(Buffer.from(data).toString('hex').toUpperCase())
      for (const encoding of Object.values(ENCODINGS)) {
        const encoded = encoding.encode(data)
        if (encoded) expect(encoding.decode(encoded)).toEqual({ data, valid: true })
      }
    }
    fc.assert(fc.property(bytes, check))
  })

  test('tar members keep their names, links and contents in all formats', () => {
    const path = fc.stringMatching(/^[a-z]{1,60}(\/[a-z한]{1,60}){0,4}$/)
    const check = (name: string, link: string, data: Uint8Array) => {
      const member: Member = {
        ...{ name, link, type: '0', mode: 0o644, uid: 1, gid: 2, user: 'u', group: 'g' },
        ...{ size: data.length, mtime: { sec: 3, nsec: 0 }, major: 0, minor: 0 },
      }
      for (const format of ['gnu', 'ustar', 'pax'] as const) {
        const [found] = readTar(
          tarBlocks(member, data, { format, sparseVersion: '1.0', records: [], pid: 1 }),
        )
        expect([found?.member.name, found?.member.link, found?.data]).toEqual([name, link, data])
      }
    }
    fc.assert(fc.property(path, path, bytes, check))
  })

  test('files with holes come back from the four kinds of sparse members', () => {
    const parts = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 2 })), { maxLength: 30 })
    const check = (pieces: [boolean, number][], tail: number) => {
      const data = new Uint8Array(pieces.reduce((sum, [, blocks]) => sum + blocks * 512, 0) + tail)
      let at = 0
      for (const [full, blocks] of pieces) {
        if (full) data.fill(7, at, at + blocks * 512)
        at += blocks * 512
      }
      const sparse = { extents: rawExtents(data), size: data.length }
      const plain = { name: 'd/f', link: '', type: '0', mode: 0o644, uid: 1, gid: 2, user: 'u', group: 'g' }
      const member = { ...plain, size: data.length, mtime: { sec: 3, nsec: 0 }, major: 0, minor: 0, sparse }
      for (const sparseVersion of ['gnu', '0.0', '0.1', '1.0'] as const) {
        const format = sparseVersion === 'gnu' ? 'gnu' : 'pax'
        const blocks = tarBlocks(member, data, { format, sparseVersion, records: [], pid: 1 })
        const [found] = readTar(blocks)
        expect([found?.member.name, found?.end]).toEqual(['d/f', blocks.length])
        expect(expand(found!.data, found!.member.sparse!)).toEqual(data)
      }
    }
    fc.assert(fc.property(parts, fc.integer({ min: 0, max: 600 }), check))
  })
})

describe('text tools do what simple models do', () => {
  const byteOrder = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

  test('the order of sort is that of the bytes, whatever the key', () => {
    const check = (all: string[], reverse: boolean) => {
      const global = reverse ? 'r' : ''
      const plain = { keys: [], global, separator: undefined, stable: false, salt: new Uint8Array(0) }
      const by = comparison(all, plain)
      const sorted = all.map((_, i) => i).sort(by)
      const expected = [...all].sort(reverse ? (a, b) => byteOrder(b, a) : byteOrder)
      expect(sorted.map(i => all[i])).toEqual(expected)
      const keyed = comparison(all, { ...plain, keys: [parseKey('1', global)] })
      expect(
        all
          .map((_, i) => i)
          .sort(keyed)
          .map(i => all[i]),
      ).toEqual(expected)
    }
    fc.assert(fc.property(fc.array(fc.string({ unit: 'binary' })), fc.boolean(), check))
  })

  test('sort -n orders whole numbers as numbers', () => {
    const check = (all: bigint[]) => {
      const texts = all.map(String)
      const by = comparison(texts, {
        keys: [],
        global: 'n',
        separator: undefined,
        stable: true,
        salt: new Uint8Array(0),
      })
      const sorted = texts.map((_, i) => i).sort(by)
      expect(sorted.map(i => all[i])).toEqual([...all].sort((a, b) => (a < b ? -1 : Number(a > b))))
    }
    fc.assert(fc.property(fc.array(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })), check))
  })

  test('a list of fields and its complement share all numbers between them', () => {
    const range = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 5 }))
    const check = (ranges: [number, number][]) => {
      const list = parseList(ranges.map(([low, more]) => `${low}-${low + more}`).join(','), { fields: true })
      for (let n = 1; n < 30; n++) {
        const wanted = ranges.some(([low, more]) => low <= n && n <= low + more)
        expect(inRanges(list, n)).toBe(wanted)
        expect(inRanges(complement(list), n)).toBe(!wanted)
      }
    }
    fc.assert(fc.property(fc.array(range, { minLength: 1, maxLength: 5 }), check))
  })

  test('sort -u, uniq and uniq -c', () => {
    const check = (all: string[]) => {
      const sorted = [...all].sort(byteOrder)
      const groups = [...new Set(sorted)]
      expect(printed('sort -u f0', asFile(all))).toBe(asFile(groups))
      expect(printed('sort f0 | uniq', asFile(all))).toBe(asFile(groups))
      const counted = groups.map(it => `${String(all.filter(line => line === it).length).padStart(7)} ${it}`)
      expect(printed('sort f0 | uniq -c', asFile(all))).toBe(asFile(counted))
    }
    fc.assert(fc.property(lines, check), few)
  })

  test('cut -f and tr', () => {
    const check = (all: string[][], field: number) => {
      const text = asFile(all.map(line => line.join(':')))
      const cut = all.map(line => (line.length === 1 ? line[0]! : (line[field - 1] ?? '')))
      expect(printed(`cut -d: -f${field} f0`, text)).toBe(asFile(cut))
      expect(printed('tr a-b B-C < f0', text)).toBe(text.replaceAll('b', 'C').replaceAll('a', 'B'))
      expect(printed('tr -d ab < f0', text)).toBe(text.replace(/[ab]/g, ''))
      expect(printed('tr -s a-c < f0', text)).toBe(text.replace(/([abc])\1+/g, '$1'))
    }
    const table = fc.array(fc.array(word, { minLength: 1, maxLength: 4 }), { maxLength: 5 })
    fc.assert(fc.property(table, fc.integer({ min: 1, max: 4 }), check), few)
  })

  test('join pairs what has the same key', () => {
    const rows = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.stringMatching(/^[x-z]$/)), {
      maxLength: 6,
    })
    const check = (left: [string, string][], right: [string, string][]) => {
      const order = (all: [string, string][]) => [...all].sort((a, b) => byteOrder(a[0], b[0]))
      const [a, b] = [order(left), order(right)]
      const pairs = a.flatMap(([key, x]) => b.filter(it => it[0] === key).map(it => `${key} ${x} ${it[1]}`))
      const file = (all: [string, string][]) => asFile(all.map(it => it.join(' ')))
      expect(printed('join f0 f1', file(a), file(b))).toBe(asFile(pairs))
    }
    fc.assert(fc.property(rows, rows, check), few)
  })
})
