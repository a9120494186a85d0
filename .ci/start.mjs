/** `npm start`: installs what is missing, then serves the page and prints its address. Needs Node and npm only. */
import { install } from './install.mjs'

install()
const { createServer } = await import('vite')
const server = await createServer({ server: { host: '127.0.0.1', port: Number(process.env.PORT) || 5173 } })
await server.listen()
console.log(`\n  Vitrine is at ${server.resolvedUrls.local[0]}   (Ctrl-C stops it)\n`)
