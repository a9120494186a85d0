/** The applets that are programs of their own, since they print otherwise than the host's programs. */
import type { Program } from '../../../abi/index.ts'
import { date } from './date.ts'
import { df } from './df.ts'
import { free } from './free.ts'
import { kill, killall } from './kill.ts'
import { ls } from './ls.ts'
import { ps } from './ps.ts'
import { wc } from './wc.ts'

export const PROGRAMS: Readonly<Record<string, Program>> = { date, df, free, kill, killall, ls, ps, wc }
