/** The command line of pidstat. Linux: sysstat 12.6, pidstat.c:main(). */
import { compileRegex, RegexError } from '../regex.ts'
import { decimalsOf, type Rounds, roundsOf, Usage } from './common.ts'
import type { Letter } from './pidstat.ts'

export interface Wish {
  /** Tables of tasks and tables of their children, in their order. */
  readonly tables: readonly Letter[]
  readonly task: boolean
  readonly child: boolean
  /** The processes of -p; undefined for all. 0 is pidstat itself. */
  readonly pids: readonly number[] | undefined
  /** What has nothing to show is left out, but for processes that were named. */
  readonly onlyActive: boolean
  readonly command: RegExp | undefined
  readonly process: RegExp | undefined
  readonly user: string | undefined
  readonly letters: ReadonlySet<string>
  readonly human: boolean
  readonly decimals: number
  readonly rounds: Rounds
  /** The program of -e and its arguments. */
  readonly program: readonly string[]
}

/** The order of the tables, and of the columns of -h. */
const TABLES: readonly Letter[] = ['u', 'r', 's', 'd', 'w', 'v', 'R']
/** What matches nothing: a wrong expression. */
const NOTHING = /(?!)/

/** What is asked for; undefined for the version. Throws Usage. */
export function wishOf(args: readonly string[]): Wish | undefined {
  const letters = new Set<string>()
  const words: string[] = []
  let pids: Set<number> | undefined
  let isAll = false
  let of = 'TASK'
  let command: RegExp | undefined
  let process: RegExp | undefined
  let user: string | undefined
  let human = false
  let decimals = 2
  let program: readonly string[] = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    const value = (): string => {
      const it = args[++i]
      if (it === undefined) throw new Usage()
      return it
    }
    if (arg === '-p') {
      const list = value()
      if (list === 'ALL') isAll = true
      else pids = new Set([...(pids ?? []), ...list.split(',').map(pidOf)])
    } else if (arg === '-e') {
      program = args.slice(i + 1)
      if (!program.length) throw new Usage()
      break
    } else if (arg === '-T') of = value()
    else if (arg === '-C') command = expression(value())
    else if (arg === '-G') process = expression(value())
    else if (arg === '-U') {
      letters.add('U')
      if (args[i + 1] !== undefined && !/^[-\d]/.test(args[i + 1]!)) user = value()
    } else if (arg === '--human') human = true
    else if (arg.startsWith('--dec')) decimals = decimalsOf(arg)
    else if (/^-[dHhIlRrstuVvwU]+$/.test(arg)) for (const letter of arg.slice(1)) letters.add(letter)
    else words.push(arg)
  }
  if (!['TASK', 'CHILD', 'ALL'].includes(of)) throw new Usage()
  if (letters.has('V')) return undefined
  const asked = TABLES.filter(it => letters.has(it))
  return {
    tables: asked.length ? asked : ['u'],
    task: of !== 'CHILD',
    child: of !== 'TASK',
    pids: pids && !isAll ? [...pids].sort((a, b) => a - b) : undefined,
    onlyActive: !pids && !isAll && !program.length,
    command,
    process,
    user,
    letters,
    human,
    decimals,
    rounds: roundsOf(words),
    program,
  }
}

function pidOf(text: string): number {
  if (text === 'SELF') return 0
  if (!/^\d+$/.test(text) || Number(text) < 1) throw new Usage()
  return Number(text)
}

function expression(text: string): RegExp {
  try {
    return compileRegex(text, { extended: true })
  } catch (e) {
    if (e instanceof RegexError) return NOTHING
    throw e
  }
}
