/** The names of signals as `trap` and completion list them. Bash: siglist.c, trap.c:signal_names. */
import { signalName } from '../../../abi/index.ts'

const LAST = 64

export const signalNames: readonly string[] = [
  'EXIT',
  ...Array.from({ length: LAST }, (_, i) => signalName(i + 1) ?? `SIGJUNK(${i + 1})`),
  'DEBUG',
  'ERR',
  'RETURN',
]
