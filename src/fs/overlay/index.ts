/** The overlay file system. */
export { overlay } from './super.ts'
