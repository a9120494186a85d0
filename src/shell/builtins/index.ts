/** The builtins by name. */
import type { Blocking } from '../../abi/index.ts'
import type { CompoundArgument } from '../exec/simple.ts'
import { ASH_BUILTINS } from '../ash.ts'
import type { Shell } from '../shell.ts'
import { cd, pwd } from './cd.ts'
import { declare, exportNames, unset } from './declare.ts'
import { echo, printf } from './echo.ts'
import { builtin, command, evalBuiltin, exec, source } from './eval.ts'
import { breakLoop, continueLoop, exit, letBuiltin, letQuickly, logout, returnFrom, shift } from './flow.ts'
import { getopts } from './getopts.ts'
import { caller, enable, help } from './help.ts'
import { history } from './history.ts'
import { bg, disown, fg, jobs, kill, suspend, wait } from './jobs.ts'
import { late } from './late.ts'
import { times, ulimit, umask } from './limits.ts'
import { read } from './read.ts'
import { set, shopt } from './set.ts'
import { test, testQuickly } from './test.ts'
import { trap } from './trap.ts'
import { alias, hash, type, unalias } from './type.ts'

/** A builtin: its status, or the work that leads to it if it may sleep. Refuses by throwing a `Complaint`. */
export type Builtin = (
  sh: Shell,
  argv: string[],
  compounds?: ReadonlyMap<number, CompoundArgument>,
  tail?: boolean,
) => number | Blocking<number>

const yes: Builtin = () => 0
const no: Builtin = () => 1

export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ['.', source],
  [':', yes],
  ['[', test],
  ['alias', alias],
  ['bg', bg],
  ['bind', late('bind')],
  ['break', breakLoop],
  ['builtin', builtin],
  ['caller', caller],
  ['cd', cd],
  ['command', command],
  ['compgen', late('compgen')],
  ['complete', late('complete')],
  ['compopt', late('compopt')],
  ['continue', continueLoop],
  ['declare', declare],
  ['dirs', late('dirs')],
  ['disown', disown],
  ['echo', echo],
  ['enable', enable],
  ['eval', evalBuiltin],
  ['exec', exec],
  ['exit', exit],
  ['export', exportNames],
  ['false', no],
  ['fc', late('fc')],
  ['fg', fg],
  ['getopts', getopts],
  ['hash', hash],
  ['help', help],
  ['history', history],
  ['jobs', jobs],
  ['kill', kill],
  ['let', letBuiltin],
  ['local', declare],
  ['logout', logout],
  ['mapfile', late('mapfile')],
  ['popd', late('popd')],
  ['printf', printf],
  ['pushd', late('pushd')],
  ['pwd', pwd],
  ['read', read],
  ['readarray', late('mapfile')],
  ['readonly', exportNames],
  ['return', returnFrom],
  ['set', set],
  ['shift', shift],
  ['shopt', shopt],
  ['source', source],
  ['suspend', suspend],
  ['test', test],
  ['times', times],
  ['trap', trap],
  ['true', yes],
  ['type', type],
  ['typeset', declare],
  ['ulimit', ulimit],
  ['umask', umask],
  ['unalias', unalias],
  ['unset', unset],
  ['wait', wait],
])

/** POSIX's special builtins. */
export const SPECIAL: ReadonlySet<string> = new Set(
  'break : . continue eval exec exit export readonly return set shift times trap unset'.split(' '),
)

const DASH_LACKS = new Set(
  'bind builtin caller compgen complete compopt declare dirs disown enable fc help history let logout mapfile popd pushd readarray shopt source suspend typeset'.split(
    ' ',
  ),
)

const ASH_HAS: ReadonlySet<string> = new Set(ASH_BUILTINS)

export const isDisabled = (sh: Shell, name: string): boolean =>
  sh.disabled.has(name) || (sh.isAsh ? !ASH_HAS.has(name) : sh.isDash && DASH_LACKS.has(name))

/** The builtins that never sleep, unless they complain: the fast path runs them. */
const QUICK = new Map<string, (sh: Shell, argv: string[]) => number>([
  [':', yes],
  ['true', yes],
  ['false', no],
  ['[', testQuickly],
  ['test', testQuickly],
  ['let', letQuickly],
] as never)

export const quickBuiltin = (name: string): ((sh: Shell, argv: string[]) => number) | undefined =>
  QUICK.get(name)
