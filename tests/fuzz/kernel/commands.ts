/** Commands as fast-check makes them: short names first, so that shrinking turns what does not matter into nothing. */
import fc from 'fast-check'
import { type Command, OPERATIONS, WEIGHTS } from './operations.ts'

const NAMES = Object.keys(OPERATIONS).flatMap(name => Array<string>(WEIGHTS[name] ?? 1).fill(name))

/** How many numbers a command has. */
const NUMBERS = 5

export const command: fc.Arbitrary<Command> = fc.record({
  what: fc.constantFrom(...NAMES),
  who: fc.nat(13),
  numbers: fc.array(fc.nat(719), { minLength: NUMBERS, maxLength: NUMBERS }),
})

export const commands = (length: number): fc.Arbitrary<Command[]> =>
  fc.array(command, { minLength: 1, maxLength: length, size: 'max' })
