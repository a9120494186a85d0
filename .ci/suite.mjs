/** `npm run suite:NAME -- …`: a public test suite that is not part of the project. See tests/suites/README.md. */
import { load } from './bundle.mjs'

const [name, ...args] = process.argv.slice(2)
const { main } = await load(`tests/suites/${name}`)
process.exitCode = await main(args, process.env.INIT_CWD ?? process.cwd())
