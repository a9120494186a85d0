import { deflateRawSync, gunzipSync, gzipSync } from 'node:zlib'
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { parseAwk } from '../../src/userland/lib/awk/parse.ts'
import { compareVersions } from '../../src/userland/lib/collate.ts'
import { columns } from '../../src/userland/lib/columns.ts'
import { crc32 } from '../../src/userland/lib/crc32.ts'
import { gunzip, gzip } from '../../src/userland/lib/gzip/container.ts'
import { diffSequences } from '../../src/userland/lib/diff/sequences.ts'
import { md5, sha1, sha224, sha256 } from '../../src/userland/lib/digest.ts'
import { fnmatch } from '../../src/userland/lib/fnmatch.ts'
import { type GetoptError, getopt } from '../../src/userland/lib/getopt.ts'
import { humanSize } from '../../src/userland/lib/numbers.ts'
import { parseDate } from '../../src/userland/lib/date/parse.ts'
import { fixed, formatFloat, runPrintf } from '../../src/userland/lib/printf.ts'
import { sha384, sha512 } from '../../src/userland/lib/sha512.ts'
import { quote, quoteaf, quotef, quoteShell } from '../../src/userland/lib/quote.ts'
import { compileRegex, type RegexError } from '../../src/userland/lib/regex.ts'
import { adjustMode, parseMode, strmode } from '../../src/userland/lib/strmode.ts'
import { readTar, tarBlocks } from '../../src/userland/lib/tar/format.ts'
import { localtime, strftime, UTC } from '../../src/userland/lib/time.ts'
import { textWidth } from '../../src/userland/lib/wcwidth.ts'

describe('getopt_long', () => {
  const options = {
    all: { short: 'a' },
    width: { short: 'w', value: '=COLS' },
    mountProc: { value: '[=<dir>]' },
    mapUser: { value: '=<uid>' },
    mapRootUser: { short: 'r' },
    include: { value: '=GLOB', repeat: true },
  } as const
  const refusal = (...argv: string[]): string => {
    try {
      getopt(options, argv)
      return ''
    } catch (e) {
      return (e as GetoptError).message
    }
  }

  test('options and operands mix, short options cluster, -- ends them', () => {
    const { flags, args } = getopt(options, ['x', '-aw', '80', 'y', '--', '-r'])
    expect(flags).toEqual({ all: true, width: '80' })
    expect(args).toEqual(['x', 'y', '-r'])
  })
  test('an optional value stands in the same word', () => {
    expect(getopt(options, ['--mount-proc', 'p']).flags.mountProc).toBe('')
    expect(getopt(options, ['--mount-proc=/p']).flags.mountProc).toBe('/p')
  })
  test('repeated options are collected in order', () => {
    expect(getopt(options, ['--include=a', '--include', 'b']).flags.include).toEqual(['a', 'b'])
  })
  test('parsing stops at the first operand when asked to', () => {
    expect(getopt(options, ['-a', 'ls', '-a'], { stopAtOperand: true }).args).toEqual(['ls', '-a'])
  })
  test.for([
    [['--w'], "option '--width' requires an argument"],
    [['-w'], "option requires an argument -- 'w'"],
    [['-z'], "invalid option -- 'z'"],
    [['--zap=1'], "unrecognized option '--zap=1'"],
    [['--all=1'], "option '--all' doesn't allow an argument"],
    [['--map'], "option '--map' is ambiguous; possibilities: '--map-user' '--map-root-user'"],
  ] as const)('%s is refused as glibc does', ([argv, message]) => {
    expect(refusal(...argv)).toBe(message)
  })
})

test.for([
  ['plain', 'plain', "'plain'", '‘plain’'],
  ['a b', "'a b'", "'a b'", '‘a b’'],
  ["it's", `"it's"`, `"it's"`, "‘it's’"],
  [`a'b"c`, `'a'\\''b"c'`, `'a'\\''b"c'`, `‘a'b"c’`],
  ['a\nb', "'a'$'\\n''b'", "'a'$'\\n''b'", '‘a\\nb’'],
  ['', "''", "''", '‘’'],
  ['~x', "'~x'", "'~x'", '‘~x’'],
  ['x~', 'x~', "'x~'", '‘x~’'],
  ['한글', '한글', "'한글'", '‘한글’'],
] as const)('%j is quoted as gnulib quotes it', ([text, shell, always, message]) => {
  expect([quoteShell(text), quoteaf(text), quote(text)]).toEqual([shell, always, message])
})

test('a name with a colon is quoted in messages only', () => {
  expect([quotef('a:b'), quoteShell('a:b')]).toEqual(["'a:b'", 'a:b'])
})

describe('regular expressions', () => {
  test.for([
    ['a\\+b', false, 'caab', 'aab'],
    ['a+b', false, 'a+b', 'a+b'],
    ['\\(a\\)\\1', false, 'baa', 'aa'],
    ['*a', false, 'x*a', '*a'],
    ['a|ab', true, 'abc', 'ab'],
    ['[]a]+', true, 'x]a]', ']a]'],
    ['[[:digit:]]{2,3}', true, 'a1234', '123'],
    ['a{,2}b', true, 'aaab', 'aab'],
    ['\\<o\\w*', false, 'foo of', 'of'],
  ] as const)('%s finds what POSIX finds', ([pattern, extended, text, found]) => {
    expect(compileRegex(pattern, { extended }).exec(text)?.[0]).toBe(found)
  })
  test.for([
    ['\\(', false, 'Unmatched ( or \\('],
    ['[a', false, 'Unmatched [, [^, [:, [., or [='],
    ['a\\', false, 'Trailing backslash'],
    ['\\1', false, 'Invalid back reference'],
    ['[z-a]', true, 'Invalid range end'],
    ['a{1', true, 'Unmatched \\{'],
  ] as const)('%s is refused as regcomp refuses it', ([pattern, extended, message]) => {
    expect(() => compileRegex(pattern, { extended })).toThrow(
      expect.objectContaining({ message }) as RegexError,
    )
  })
})

test.for([
  ['*.c', 'x.c', true],
  ['*', '.x', false],
  ['[!a-c]?', 'dx', true],
  ['[!a-c]?', 'ax', false],
  ['\\*', '*', true],
  ['@(a|b)*(c)', 'bccc', true],
  ['!(*.c)', 'x.c', false],
  ['!(*.c)', 'x.h', true],
  ['[', '[', true],
] as const)('the shell pattern %s against %s', ([pattern, text, fits]) => {
  expect(fnmatch(pattern, text, { period: true, extglob: true })).toBe(fits)
})

describe('printf', () => {
  const texts = {
    number: (text: string) => text,
    conversion: (spec: string) => spec,
    escape: (it: string) => it,
  }
  const output = (format: string, ...args: string[]): string =>
    runPrintf(format, args, texts)
      .pieces.map(it => (typeof it === 'string' ? it : `<${it.error}>`))
      .join('')
  test('the format is used again until the arguments are used up', () => {
    expect(output('%s-%s\n', 'a', 'b', 'c')).toBe('a-b\nc-\n')
  })
  test('conversions', () => {
    expect(
      output(
        '%5.2f|%-5s|%05d|%+d|%x|%#o|%e|%g|%c|%%',
        '3.14159',
        'ab',
        '-42',
        '5',
        '255',
        '8',
        '12345.678',
        '0.0001',
        'xyz',
      ),
    ).toBe(' 3.14|ab   |-0042|+5|ff|010|1.234568e+04|0.0001|x|%')
  })
  test('64-bit integers are exact', () =>
    expect(output('%d %u', '9223372036854775807', '18446744073709551615')).toBe(
      '9223372036854775807 18446744073709551615',
    ))
  test('ties round to even, as glibc does', () =>
    expect([fixed(0.5, 0), fixed(1.5, 0), fixed(0.125, 2), fixed(2.675, 2)]).toEqual([
      '0',
      '2',
      '0.12',
      '2.67',
    ]))
  test('%g drops zeros', () =>
    expect(
      [1e6, 1e-5, 100, 0.1].map(it => formatFloat(it, { flags: '', width: 0, precision: 6, letter: 'g' })),
    ).toEqual(['1e+06', '1e-05', '100', '0.1']))
})

test.for([
  ['u+x,go-r', 0o644, 0o700],
  ['a=rX', 0o755, 0o555],
  ['g=u', 0o640, 0o660],
  ['+t', 0o777, 0o1777],
  ['4755', 0o644, 0o4755],
  ['u+s,o=', 0o755, 0o4750],
] as const)('chmod %s', ([text, from, to]) => {
  expect(adjustMode(from, false, 0o022, parseMode(text)!)).toBe(to)
})
test('ls -l shows a sticky directory and a set-id file', () => {
  expect([strmode(0o041777), strmode(0o104755)]).toEqual(['drwxrwxrwt', '-rwsr-xr-x'])
})

test('sizes for people are rounded up', () => {
  expect([0, 1023, 1024, 1025, 10240, 1048575, 1.5 * 2 ** 30].map(it => humanSize(it))).toEqual([
    '0',
    '1023',
    '1.0K',
    '1.1K',
    '10K',
    '1.0M',
    '1.5G',
  ])
})

test('version numbers sort by value', () => {
  expect(['v1.10', 'v1.9', 'v1.2~rc', 'v1.2', '.x'].sort(compareVersions)).toEqual([
    '.x',
    'v1.2~rc',
    'v1.2',
    'v1.9',
    'v1.10',
  ])
})

test('names run down the columns', () => {
  const cells = ['a', 'bb', 'c', 'd', 'e'].map(text => ({ text, width: text.length }))
  expect(columns(cells, { width: 10, across: false, tabSize: 0 })).toBe('a   d\nbb  e\nc\n')
})

test('East Asian characters are two cells wide, combining ones none', () => {
  expect(['日本', 'é', 'e\u0301', '한', '😀'].map(textWidth)).toEqual([4, 1, 1, 2, 2])
})

describe('time', () => {
  const now = { sec: 1767268802, nsec: 5 } // Thu Jan 1 12:00:02 2026
  test('strftime', () => {
    expect(strftime('%a %b %e %H:%M:%S %Z %Y|%F %T|%j %V %u|%-d %_H %^a|%s|%3N', localtime(now, UTC))).toBe(
      'Thu Jan  1 12:00:02 UTC 2026|2026-01-01 12:00:02|001 01 4|1 12 THU|1767268802|000',
    )
  })
  test.for([
    ['2026-02-28 +1 day', '2026-03-01 00:00:00'],
    ['yesterday', '2025-12-31 12:00:02'],
    ['next month', '2026-02-01 12:00:02'],
    ['2 days ago 15:30', '2025-12-30 15:30:00'],
    ['@86400', '1970-01-02 00:00:00'],
    ['3 Feb 2024 10pm', '2024-02-03 22:00:00'],
    ['2024-02-03T10:20:30Z', '2024-02-03 10:20:30'],
    ['next monday', '2026-01-05 00:00:00'],
    ['tomorrow', '2026-01-02 12:00:02'],
  ] as const)('date -d %j', ([text, expected]) => {
    expect(strftime('%F %T', localtime(parseDate(text, now, UTC)!, UTC))).toBe(expected)
  })
  test('nonsense is no date', () => expect(parseDate('not a date', now, UTC)).toBeUndefined())
})

test('digests agree with OpenSSL', () => {
  for (const text of ['', 'abc', 'x'.repeat(200)]) {
    const bytes = new TextEncoder().encode(text)
    for (const [name, digest] of Object.entries({ md5, sha1, sha224, sha256, sha384, sha512 }))
      expect(digest(bytes)).toBe(createHash(name).update(bytes).digest('hex'))
  }
})

test('gzip data is read and written as zlib does', () => {
  const bytes = new TextEncoder().encode(
    Array.from({ length: 3000 }, (_, i) => `line ${i % 37} ${i}`).join('\n'),
  )
  expect(gunzip(gzipSync(bytes))).toEqual(bytes)
  expect(new Uint8Array(gunzipSync(gzip(bytes, 'name', 0)))).toEqual(bytes)
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
  expect(deflateRawSync(bytes).length).toBeLessThan(bytes.length)
})

test('an archive member survives the trip, long names too', () => {
  const name = `${'d/'.repeat(80)}file`
  const member = {
    name,
    type: '0',
    mode: 0o640,
    uid: 1000,
    gid: 5,
    user: 'user',
    group: 'tty',
    size: 3,
    mtime: { sec: 1e9, nsec: 0 },
    link: '',
    major: 0,
    minor: 0,
  }
  const how = { format: 'gnu', sparseVersion: 'gnu', records: [], pid: 1 } as const
  const [read] = [...readTar(tarBlocks(member, new TextEncoder().encode('abc'), how))]
  expect(read!.member).toEqual(member)
  expect(new TextDecoder().decode(read!.data)).toBe('abc')
})

test('the shortest edit script is found', () => {
  expect(
    diffSequences([...'abcabba'], [...'cbabac']).reduce(
      (sum, it) => sum + it.aTo - it.aFrom + it.bTo - it.bFrom,
      0,
    ),
  ).toBe(5)
  expect(diffSequences(['a', 'b', 'c'], ['a', 'B', 'c', 'd'])).toEqual([
    { aFrom: 1, aTo: 2, bFrom: 1, bTo: 2 },
    { aFrom: 3, aTo: 3, bFrom: 3, bTo: 4 },
  ])
})

test('awk tells a division from a regular expression', () => {
  expect(parseAwk('/a\\/b/ { x = 4 / 2 / 1; print x > "f" }', 'mawk').rules[0]!.pattern).toEqual({
    t: 'regex',
    source: 'a/b',
  })
})
