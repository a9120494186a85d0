import { expect, test } from 'vitest'
import { type Column, table } from '../../src/userland/lib/smartcols.ts'

const COLUMNS: readonly Column[] = [
  { name: 'TARGET', hint: 0.3, tree: true, noExtremes: true },
  { name: 'ID', hint: 5, right: true, json: 'number' },
  { name: 'OPTIONS', hint: 0.1, trunc: true },
]
const LINES = [
  {
    cells: ['/', '1', 'rw,relatime'],
    children: [
      { cells: ['/sys', '22', 'rw,nosuid'], children: [{ cells: ['/sys/fs', '1031', 'ro'] }] },
      { cells: ['/proc', '23', ''] },
    ],
  },
]

test('a tree is drawn in its column, and four digits make a column that wishes for five that wide', () => {
  expect(table(COLUMNS, LINES)).toBe(
    'TARGET         ID OPTIONS\n' +
      '/               1 rw,relatime\n' +
      '├─/sys         22 rw,nosuid\n' +
      '│ └─/sys/fs  1031 ro\n' +
      '└─/proc        23 \n',
  )
})

test('on a narrow terminal only the columns that may be cut are cut', () => {
  expect(table(COLUMNS, LINES, { width: 26 }).split('\n')[1]).toBe('/               1 rw,relat')
})

test('--raw escapes blanks, --json nests what --list leaves flat', () => {
  expect(table(COLUMNS.slice(0, 1), [{ cells: ['a b'] }], { format: 'raw' })).toBe('TARGET\na\\x20b\n')
  expect(
    JSON.parse(table(COLUMNS, LINES, { format: 'json', name: 'all' })).all[0].children[0].children[0].id,
  ).toBe(1031)
})
