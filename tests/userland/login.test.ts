/** What the account and package programs compute: hashes, versions, sizes, free ids. */
import { expect, test } from 'vitest'
import { sizeText } from '../../src/userland/lib/apt.ts'
import { crypt, isPassword } from '../../src/userland/lib/crypt.ts'
import { compareVersions, dependencies, parseStanzas } from '../../src/userland/lib/dpkg.ts'
import { dayOf, freeId, isValidName } from '../../src/userland/lib/shadow/files.ts'

test('a password hashed with SHA-256 is the one that libcrypt makes', () => {
  const hash = '$5$rounds=1000$abcdefgh$XIppta5rT8zJUu4vAOKQXrwq9uY4Ijlz6VjyOmkx5i4'
  expect(crypt('secret', '$5$rounds=1000$abcdefgh')).toBe(hash)
  expect(isPassword('secret', hash)).toBe(true)
  expect(isPassword('Secret', hash)).toBe(false)
  expect(isPassword('', '!')).toBe(false)
})

test('versions of packages sort as deb-version(7) says', () => {
  const sorted = ['1.0~rc1', '1.0', '1.0-1', '1.0-1+b1', '1.0+dfsg-1', '1.2', '1.10', '1:0.1']
  for (const [i, a] of sorted.entries())
    for (const [k, b] of sorted.entries()) expect(Math.sign(compareVersions(a, b))).toBe(Math.sign(i - k))
})

test('dependencies are lists of alternatives', () => {
  const [it] = parseStanzas('Package: a\nDepends: b (>= 1) | c, d:any\n')
  expect(dependencies(it!).map(one => one.map(({ name, operator }) => name + operator))).toEqual([
    ['b>=', 'c'],
    ['d'],
  ])
})

test('apt shortens sizes from 10,000 of a unit on', () => {
  expect([2912, 20480, 152152, 3002300, 225280].map(sizeText)).toEqual([
    '2912 B',
    '20.5 kB',
    '152 kB',
    '3002 kB',
    '225 kB',
  ])
})

test('ids are given above the highest, for system accounts below the lowest', () => {
  expect(freeId(new Set([0, 1000, 1005]), 1000, 60000, false)).toBe(1006)
  expect(freeId(new Set([0, 999]), 101, 999, true)).toBe(998)
  expect(freeId(new Set([101, 106]), 101, 999, true)).toBe(999)
})

test('names may be odd but must not break the files', () => {
  expect(['bob', 'Bob', '1x', 'x$', 'a.b'].every(isValidName)).toBe(true)
  expect(['', '-x', 'a b', 'a:b', 'a/b', 'x'.repeat(33)].some(isValidName)).toBe(false)
})

test('days are counted from 1970', () => {
  expect([dayOf('1970-01-02'), dayOf('2030-01-01'), dayOf('7'), dayOf(''), dayOf('soon')]).toEqual([
    1,
    21915,
    7,
    -1,
    undefined,
  ])
})
