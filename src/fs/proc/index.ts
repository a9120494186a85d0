export { proc } from './proc.ts'
