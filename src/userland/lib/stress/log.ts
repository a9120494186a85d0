/** stress-ng's messages: who says what, where it goes. Linux: stress-ng 0.15, core-log.c. */
import { type Blocking, CLOCK_REALTIME, type Sys } from '../../../abi/index.ts'
import { localtime, strftime } from '../time.ts'

export type Kind = 'info' | 'debug' | 'warn' | 'fail' | 'error' | 'metrc'

/** How much is said and in what form; children inherit it with the descriptors. */
export interface Log {
  readonly quiet: boolean
  readonly verbose: boolean
  readonly brief: boolean
  readonly timestamp: boolean
  /** --log-file, open. */
  readonly file: number | undefined
}

export type Say = (kind: Kind, text: string) => Blocking<void>

/** Messages carry the pid of who says them. */
export const sayer = (sys: Sys, log: Log): Say =>
  function* (kind, text) {
    if (log.quiet || (kind === 'debug' && !log.verbose)) return
    const stamp = log.timestamp ? ` ${clock(sys)}` : ''
    const head = log.brief ? '' : `stress-ng:${stamp} ${`${kind}:`.padEnd(6)} [${sys.getpid()}] `
    yield* sys.write(2, `${head}${text}\n`)
    if (log.file !== undefined) yield* sys.write(log.file, `${head}${text}\n`)
  }

function clock(sys: Sys): string {
  const now = sys.clock_gettime(CLOCK_REALTIME)
  const hundredths = String(Math.floor(now.nsec / 1e7)).padStart(2, '0')
  return `${strftime('%H:%M:%S', localtime(now))}.${hundredths}`
}
