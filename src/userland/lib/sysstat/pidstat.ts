/** The tables of pidstat: columns, what counts as active, what stands in a row. Linux: sysstat 12.6, pidstat.c. */
import { HZ } from '../proc.ts'
import type { Paint } from './common.ts'
import type { Counts, TaskCounters } from './tasks.ts'

/** A task between two moments that are so many seconds apart. */
export interface Span {
  readonly before: TaskCounters | undefined
  readonly after: TaskCounters
  readonly seconds: number
  /** Of a table of averages: no processor, and the means of what does not grow. */
  readonly isAverage: boolean
}

/** What columns depend on besides. */
export interface Style {
  readonly paint: Paint
  /** --human. */
  readonly human: boolean
  /** -I: shares of all processors; 1 without. */
  readonly cpus: number
  /** KiB of memory. */
  readonly memory: number
}

export type Letter = 'u' | 'r' | 's' | 'd' | 'w' | 'v' | 'R'

/** A table: its heading, whether a task has anything to show there, and its cells. */
export interface Table {
  readonly heads: string
  isActive(span: Span): boolean
  cells(span: Span, style: Style): string
}

/** How much a counter has grown; one that is hidden has not. */
const grown = ({ before, after }: Span, key: keyof Counts): number =>
  after.counts[key] - Math.max(0, before?.counts[key] ?? 0)
const rate = (span: Span, key: keyof Counts): number => grown(span, key) / span.seconds
const anyGrown = (span: Span, ...keys: readonly (keyof Counts)[]): boolean =>
  keys.some(key => grown(span, key) > 0)
const share = (span: Span, ...keys: readonly (keyof Counts)[]): number =>
  (keys.reduce((sum, key) => sum + grown(span, key), 0) * 100) / HZ / span.seconds

const POLICIES = ['NORMAL', 'FIFO', 'RR', 'BATCH', '', 'IDLE', 'DEADLN']

const wide = (values: readonly number[], show: (value: number, width: number) => string): string =>
  values.map(it => show(it, 10)).join('')

/** Of the tasks themselves, in the order of the tables. */
export const TASK: Readonly<Record<Letter, Table>> = {
  u: {
    heads: '    %usr %system  %guest   %wait    %CPU   CPU',
    isActive: span => anyGrown(span, 'user', 'system', 'guest'),
    cells: (span, { paint, cpus }) => {
      const wait = grown(span, 'waited') / 1e7 / span.seconds
      const used = share(span, 'user', 'system') / cpus
      const guest = share(span, 'guest')
      const user = Math.max(0, share(span, 'user') - guest)
      const shares = [user, share(span, 'system'), guest, wait, used].map(it => paint.share(it, 8)).join('')
      return shares + paint.item((span.isAverage ? '-' : String(span.after.processor)).padStart(6))
    },
  },
  r: {
    heads: '  minflt/s  majflt/s     VSZ     RSS   %MEM',
    isActive: span => anyGrown(span, 'minflt', 'majflt'),
    cells: (span, { paint, human, memory }) => {
      const { vsz, rss } = span.after
      const faults = wide([rate(span, 'minflt'), rate(span, 'majflt')], (it, n) => paint.number(it, n))
      const sizes = [vsz, rss].map(it => (human ? paint.size(it, 8) : paint.whole(it, 8))).join('')
      const part = memory ? (100 * rss) / memory : 0
      return faults + sizes + (human ? percent(paint, part) : paint.share(part, 7))
    },
  },
  s: {
    heads: ' StkSize  StkRef',
    isActive: ({ after }) => after.stack[0] > 0,
    cells: ({ after }, { paint, human }) =>
      after.stack.map(it => (human ? paint.size(it, 8) : paint.whole(it, 8))).join(''),
  },
  d: {
    heads: '   kB_rd/s   kB_wr/s kB_ccwr/s iodelay',
    isActive: span => anyGrown(span, 'read', 'written', 'cancelled'),
    cells: (span, { paint, human }) => {
      const { counts, iodelay } = span.after
      const kib = (key: 'read' | 'written' | 'cancelled') => (counts[key] < 0 ? -1 : rate(span, key) / 1024)
      const delay = iodelay - (span.before?.iodelay ?? 0)
      return (
        wide([kib('read'), kib('written'), kib('cancelled')], (it, n) =>
          human && it >= 0 ? paint.size(it, n) : paint.number(it, n),
        ) + paint.whole(delay, 8)
      )
    },
  },
  w: {
    heads: '   cswch/s nvcswch/s',
    isActive: span => anyGrown(span, 'voluntary', 'forced'),
    cells: (span, { paint }) =>
      wide([rate(span, 'voluntary'), rate(span, 'forced')], (it, n) => paint.number(it, n)),
  },
  v: {
    heads: ' threads   fd-nr',
    isActive: ({ after }) => after.threads > 0,
    cells: ({ after }, { paint }) => paint.whole(after.threads, 8) + paint.whole(after.files, 8),
  },
  R: {
    heads: ' prio policy',
    isActive: ({ after }) => after.rtprio > 0,
    cells: ({ after }, { paint }) =>
      paint.whole(after.rtprio, 5) + paint.text((POLICIES[after.policy] ?? '?').padStart(7)),
  },
}

const percent = (paint: Paint, value: number): string => paint.text(`${value.toFixed(1)}%`.padStart(7))

/** Of a task and its children that have ended; only these two know of them. */
export const CHILD: Partial<Readonly<Record<Letter, Table>>> = {
  u: {
    heads: '    usr-ms system-ms  guest-ms',
    isActive: span => anyGrown(span, 'user', 'system', 'childUser', 'childSystem'),
    cells: (span, { paint }) => {
      const ms = (...keys: readonly (keyof Counts)[]) =>
        keys.reduce((sum, key) => sum + (grown(span, key) * 1000) / HZ, 0)
      return wide(
        [ms('user', 'childUser'), ms('system', 'childSystem'), ms('guest', 'childGuest')],
        (it, n) => paint.whole(it, n),
      )
    },
  },
  r: {
    heads: ' minflt-nr majflt-nr',
    isActive: span => anyGrown(span, 'minflt', 'majflt', 'childMinflt', 'childMajflt'),
    cells: (span, { paint }) =>
      wide(
        [
          grown(span, 'minflt') + grown(span, 'childMinflt'),
          grown(span, 'majflt') + grown(span, 'childMajflt'),
        ],
        (it, n) => paint.whole(it, n),
      ),
  },
}
