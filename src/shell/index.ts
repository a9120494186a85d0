/** The shells: bash, and sh as Debian has it, dash. */
export { bash, sh } from './main.ts'
