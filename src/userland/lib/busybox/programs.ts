/** The applets that are programs of their own, since they print otherwise than the host's programs. */
import type { Program } from '../../../abi/index.ts'
import { ps } from './ps.ts'

export const PROGRAMS: Readonly<Record<string, Program>> = { ps }
