/** What a command line of ps asks for, once it has been read. Linux: procps-ng src/ps/common.h, global.c. */

/** A refused command line; the message stands after `error: `. */
export class PsError {
  readonly message: string
  /** `bare`: without the usage; `final`: reading the line as BSD's would not help. */
  readonly how: 'usual' | 'bare' | 'final'
  constructor(message: string, how: 'usual' | 'bare' | 'final' = 'usual') {
    this.message = message
    this.how = how
  }
}

/** One column of the output. */
export interface Chosen {
  readonly name: string
  readonly head: string
  readonly width: number
  /** In AIX's formats: what stands before the column instead of a blank, and behind the last one. */
  readonly before?: string
  readonly after?: string
}

/** Processes asked for by a list; a process that is in any is shown. */
export interface Wanted {
  readonly kind: 'pid' | 'ppid' | 'comm' | 'euid' | 'ruid' | 'egid' | 'rgid' | 'tty' | 'session' | 'leader'
  readonly value: string
}

export interface SortKey {
  readonly name: string
  readonly descending: boolean
}

/** Everything a command line of ps says. */
export interface PsOptions {
  all: boolean
  /** -a, -d and BSD a, x, r. */
  withTty: boolean
  noLeaders: boolean
  bsdAll: boolean
  bsdNoTty: boolean
  running: boolean
  negate: boolean
  /** BSD options were used: other defaults for selection and format. */
  bsd: boolean
  wanted: Wanted[]
  columns: Chosen[]
  /** -O: these are put between the usual ones. */
  insert: Chosen[]
  sort: SortKey[]
  forest: '' | 'ascii' | 'indent'
  full: boolean
  extraFull: boolean
  long: boolean
  jobs: boolean
  noFlags: boolean
  classes: boolean
  threads: '' | 'L' | 'T' | 'H'
  /** -m: a line for each thread below its process's. */
  threadLines: boolean
  /** -q: these pids, in this order. */
  quick: boolean
  /** --context: a format of its own. */
  context: boolean
  processor: boolean
  security: boolean
  bsdFormat: string
  bareNames: boolean
  environment: boolean
  headers: boolean
  wide: number
  columnsWidth: number | undefined
  /** Something else than processes is to be printed. */
  action: '' | 'version' | 'columns' | 'help'
  helpTopic: string
  numeric: boolean
}

/** What ps without any option does. */
export const fresh = (): PsOptions => ({
  all: false,
  withTty: false,
  noLeaders: false,
  bsdAll: false,
  bsdNoTty: false,
  running: false,
  negate: false,
  bsd: false,
  wanted: [],
  columns: [],
  insert: [],
  sort: [],
  forest: '',
  full: false,
  extraFull: false,
  long: false,
  jobs: false,
  noFlags: false,
  classes: false,
  threads: '',
  threadLines: false,
  quick: false,
  context: false,
  processor: false,
  security: false,
  bsdFormat: '',
  bareNames: false,
  environment: false,
  headers: true,
  wide: 0,
  columnsWidth: undefined,
  action: '',
  helpTopic: '',
  numeric: false,
})
