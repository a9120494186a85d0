/** Random sequences of system calls, as many as there is time for; `npm run fuzz:kernel` has more. */
import { expect, test } from 'vitest'
import { fuzz } from './main.ts'

test.for([1, 2, 3, 4, 5])(
  'whatever processes do, the accounts of the kernel agree (seeds from %i000)',
  { timeout: 300_000 },
  thousands => {
    expect(fuzz({ steps: 10_000, seed: 1000 * thousands })).toBeUndefined()
  },
)
