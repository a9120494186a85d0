import { expect, test } from 'vitest'
import { diff } from './diff.ts'
import { normalize } from '../../src/normalize.ts'

test.for([
  ['mnt:[4026531841] and net:[4026531840]', 'mnt:[NS1] and net:[NS2]'],
  ['4026531841 mnt\nmnt:[4026531841]', 'NS1 mnt\nmnt:[NS1]'],
  ['pid_for_children:[4026532999]', 'pid_for_children:[NS1]'],
  ['4026530000 4026549999 1234026531841 4026531841.5', '4026530000 4026549999 1234026531841 4026531841.5'],
  ['(4026531841)', '(NS1)'],
] as const)('namespace numbers are renumbered in order of appearance: %s', ([text, wanted]) => {
  expect(normalize(text)).toBe(wanted)
})

test('equal texts have an empty diff', () => {
  expect(diff('a\nb\n', 'a\nb\n', ['x', 'y'])).toBe('--- x\n+++ y')
})

test('a diff shows the changed lines with their surroundings', () => {
  const from = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine'
  const to = 'one\ntwo\nthree\nfour\nFIVE\nsix\nseven\neight\nnine'
  expect(diff(from, to, ['x', 'y'])).toBe(
    '--- x\n+++ y\n@@ -2 +2 @@\n two\n three\n four\n-five\n+FIVE\n six\n seven\n eight',
  )
})

test('a diff shows blanks at the end of a line', () => {
  expect(diff('a ', 'a', ['x', 'y'])).toContain('\n-a·\n+a')
})
