/** The shells: bash, and sh as Debian has it, dash. */
export { latePart } from './late.ts'
export { bash, sh } from './main.ts'
