import { expect, test } from 'vitest'
import { NO_PROGRESS, progressOf, withOpen, withoutSteps, withStep } from '../../src/labs/index.ts'

test('a step that passed stays passed when another is shown', () => {
  const it = withStep(withStep(NO_PROGRESS, 'overlay', 1, true), 'overlay', 2, false)
  expect(progressOf(it, 'overlay')).toEqual({ at: 2, passed: [1] })
  expect(progressOf(it, 'cpu-quota')).toEqual({ at: 0, passed: [] })
})

test('the document before a change is as it was', () => {
  const before = withOpen(NO_PROGRESS, 'overlay')
  withStep(before, 'overlay', 3, true)
  expect(before).toEqual({ open: 'overlay', labs: {} })
})

test('a fresh host forgets the steps, not which lab is open', () => {
  expect(withoutSteps(withStep(withOpen(NO_PROGRESS, 'overlay'), 'overlay', 1, true))).toEqual({
    open: 'overlay',
    labs: {},
  })
})
