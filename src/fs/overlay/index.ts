/** The overlay file system. */
export { overlayParameters } from './module.ts'
export { overlay } from './super.ts'
