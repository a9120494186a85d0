/** `npm run validation`: the scheduler against what was measured on a real kernel. See tests/validation. */
import { load } from './bundle.mjs'
import { root } from './install.mjs'

const { main } = await load('tests/validation/main')
process.exitCode = await main(process.argv.slice(2), root)
