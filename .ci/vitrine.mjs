/** `npm run -s vitrine -- run|sh|test …`: the command line twin. What it does is in src/twin.ts. */
import { load } from './bundle.mjs'

const cwd = process.cwd()
const { main } = await load('src/twin')
process.exitCode = await main(process.argv.slice(2), process.env.INIT_CWD ?? cwd)
