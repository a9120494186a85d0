/** `npm run conformance [-- filter…]`: the recorded cases, run in the twin. See tests/tools/conformance.ts. */
import { load } from './bundle.mjs'

const { main } = await load('tests/tools/conformance')
process.exitCode = await main(process.argv.slice(2))
