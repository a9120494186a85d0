/** `npm run fuzz:kernel`: random sequences of system calls, with invariants checked after each. See tests/fuzz. */
import { load } from './bundle.mjs'

const { main } = await load('tests/fuzz/kernel/main')
process.exitCode = main(process.argv.slice(2))
