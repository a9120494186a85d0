/** Commands as fast-check makes them: short names first, so that shrinking turns what does not matter into nothing. */
import fc from 'fast-check'
import { type Command, OPERATIONS, WEIGHTS } from './operations.ts'
import type { Sequence } from './sequence.ts'

const NAMES = Object.keys(OPERATIONS).flatMap(name => Array<string>(WEIGHTS[name] ?? 1).fill(name))

/** How many numbers a command has. */
const NUMBERS = 5

const command: fc.Arbitrary<Command> = fc.record({
  what: fc.constantFrom(...NAMES),
  who: fc.nat(13),
  numbers: fc.array(fc.nat(719), { minLength: NUMBERS, maxLength: NUMBERS }),
})

/** Sequences of up to `length` commands; of some a snapshot is taken on the way. */
export const sequence = (length: number): fc.Arbitrary<Sequence> =>
  fc.record({
    commands: fc.array(command, { minLength: 1, maxLength: length, size: 'max' }),
    snapshotAt: fc.oneof(
      { weight: 9, arbitrary: fc.constant(null) },
      fc.integer({ min: 1, max: length >> 1 }),
    ),
  })
