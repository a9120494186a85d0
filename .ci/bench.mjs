/** `npm run bench`: the speed table, in Node and in Chromium. `-- --samples N` takes N samples instead of 5, `-- --only
 * scale` measures many processes instead. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { load } from './bundle.mjs'

setFlagsFromString('--expose-gc')
globalThis.gc = runInNewContext('gc')
const { main } = await load('tests/bench/main')
process.exitCode = await main(process.argv.slice(2))
