/** kill and jobs as dash has them. dash: src/jobs.c. */
import { SIGSTKFLT, signalName, signalNumber, type Blocking } from '../../abi/index.ts'
import { stateText } from '../exec/jobs.ts'
import { stateOf, type Job } from '../exec/job-table.ts'
import { Complaint, reason, type Shell } from '../shell.ts'
import { output } from './echo.ts'
import { findJob } from './jobs.ts'

const refusal = (message: string): Complaint => new Complaint(message, 2)

const usage = (): Complaint =>
  refusal('Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]')

/** A signal by its number, or its name without SIG. Bash would know more; of SIGSTKFLT dash knows the number. */
function decodeSignal(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) <= 64 ? Number(text) : undefined
  return /^sig/i.test(text) || /^stkflt$/i.test(text) ? undefined : signalNumber(text)
}

const nameOf = (signal: number): string | undefined =>
  signal === SIGSTKFLT ? undefined : signalName(signal)?.replace(/^SIG/, '')

export function* dashKill(sh: Shell, argv: readonly string[]): Blocking<number> {
  const [, word, operand] = argv
  if (word === undefined) throw usage()
  let signal = 15
  let i = 1
  const direct = word[0] === '-' ? decodeSignal(word.slice(1)) : undefined
  if (direct !== undefined) {
    signal = direct
    i = 2
  } else if (word === '-l') return yield* listSignal(sh, operand)
  else if (word.startsWith('-s')) {
    const name = word.slice(2) || operand
    if (name === undefined) throw refusal('No arg for -s option')
    const known = decodeSignal(name)
    if (known === undefined) throw refusal(`invalid signal number or name: ${name}`)
    signal = known
    i = word.length > 2 ? 2 : 3
  } else if (word.length > 1 && word[0] === '-' && word !== '--') throw refusal(`Illegal option -${word[1]}`)
  if (argv[i] === '--') i++
  if (i >= argv.length) throw usage()
  let status = 0
  for (const target of argv.slice(i)) status = (yield* send(sh, target, signal)) ? status : 1
  return status
}

function* send(sh: Shell, target: string, signal: number): Blocking<boolean> {
  const job = target[0] === '%' ? findJob(sh, target) : undefined
  if (target[0] === '%' && !job) throw refusal(`No such job: ${target}`)
  if (!job && !/^-?\d+$/.test(target)) throw refusal(`Illegal number: ${target}`)
  try {
    yield* sh.sys.kill(job ? (job.hasJobControl ? -job.pgid : job.processes[0]!.pid) : Number(target), signal)
    return true
  } catch (e) {
    yield* sh.complain(`kill: ${reason(e)}\n`)
    return false
  }
}

function* listSignal(sh: Shell, text: string | undefined): Blocking<number> {
  if (text === undefined) {
    const name = (it: number) => nameOf(it) ?? String(it)
    return yield* output(sh, `0\n${Array.from({ length: 64 }, (_, i) => `${name(i + 1)}\n`).join('')}`)
  }
  if (!/^\d+$/.test(text)) throw refusal(`Illegal number: ${text}`)
  const number = Number(text) > 128 ? Number(text) - 128 : Number(text)
  const isKnown = number > 0 && number <= 64 && signalName(number) !== undefined
  if (!isKnown) throw refusal(`invalid signal number or exit status: ${text}`)
  return yield* output(sh, `${nameOf(number) ?? number}\n`)
}

/** One line of `jobs`: without job control dash does not keep the commands' texts. */
export function dashJobLine(sh: Shell, job: Job): string {
  const text = sh.options.has('monitor') ? job.text() : job.processes.map(() => '').join(' | ')
  const state = stateText(sh, job, job).replace(/^Exit (\d+)$/, 'Done($1)')
  const { list } = sh.jobs
  const mark = job === list.at(-1) ? '+' : job === list.at(-2) ? '-' : ' '
  return `[${job.id}] ${mark} ${state.padEnd(27)}${text}\n`
}

/** The job that fg or bg is to continue. */
export function dashJob(sh: Shell, spec: string | undefined): Job {
  const job = findJob(sh, spec ?? '%+')
  if (!job) throw refusal(spec === undefined ? 'No current job' : `No such job: ${spec}`)
  if (!job.hasJobControl) throw refusal(`job ${spec ?? '(null)'} not created under job control`)
  if (stateOf(job) === 'Done') throw refusal(`job ${spec ?? '(null)'} has terminated`)
  return job
}
