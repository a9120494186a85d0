/** `npm run fuzz`: compares random sequences of file-system operations with a real kernel. See tests/fuzz. */
import { load } from './bundle.mjs'
import { root } from './install.mjs'

const { main } = await load('tests/fuzz/main')
process.exitCode = await main(process.argv.slice(2), root)
