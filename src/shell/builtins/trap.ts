/** trap. Bash: builtins/trap.def. */
import { signalName, signalNumber, type Blocking } from '../../abi/index.ts'
import { noteIgnored, setTrap } from '../exec/trap.ts'
import { singleQuote } from '../expand/quote.ts'
import { Complaint, type Shell } from '../shell.ts'
import { output } from './echo.ts'
import { signalTable } from './jobs.ts'
import { options, usageOnly } from './options.ts'

const PSEUDO = ['DEBUG', 'ERR', 'RETURN']

/** The key of a signal in the table of traps. */
function keyOf(sh: Shell, name: string): number | string | undefined {
  if (sh.isDash && !sh.isAsh && /^SIG/i.test(name)) return undefined
  const upper = name.toUpperCase()
  if (upper === 'EXIT' || (sh.isAsh && upper === 'SIGEXIT') || name === '0') return 0
  if ((sh.isAsh ? upper === 'ERR' : !sh.isDash) && PSEUDO.includes(upper)) return upper
  // The two that the C library keeps for itself have numbers only.
  if (name === '32' || name === '33') return Number(name)
  return signalNumber(name)
}

export function* trap(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { given, rest } = options(argv, sh.isDash ? '' : 'lp')
  if (given.has('l')) return yield* output(sh, signalTable())
  if (given.has('p') || !rest.length) return yield* show(sh, rest, given.has('p') && sh.options.has('posix'))
  const [first, ...names] = rest
  const resets = !names.length || first === '-'
  if (!names.length && (first === '-' || keyOf(sh, first!) === undefined)) {
    if (sh.isAsh) throw new Complaint(`${first}: bad trap`, 1)
    if (sh.isDash) return yield* badTrap(sh, first!)
    throw usageOnly('trap')
  }
  const asNumber = /^\d+$/.test(first!) && names.length > 0 && keyOf(sh, first!) !== undefined
  const targets = !names.length ? [first!] : asNumber ? rest : names
  let status = 0
  for (const name of targets) {
    const key = keyOf(sh, name)
    if (key === undefined) {
      if (sh.isAsh) yield* sh.complain(`trap: ${name}: bad trap`)
      else if (sh.isDash) yield* badTrap(sh, name)
      else yield* sh.complain(`trap: ${name}: invalid signal specification`)
      status = 1
    } else setTrap(sh, key, resets || asNumber ? undefined : first!)
  }
  return status
}

/** dash says so without its own name. */
function* badTrap(sh: Shell, name: string): Blocking<number> {
  yield* sh.print(2, `trap: ${name}: bad trap\n`)
  return 1
}

const nameOf = (sh: Shell, key: number | string): string => {
  if (key === 0) return 'EXIT'
  const name = typeof key === 'string' ? key : (signalName(key) ?? String(key))
  return sh.isDash || sh.options.has('posix') ? name.replace(/^SIG/, '') : name
}

function* show(sh: Shell, names: readonly string[], all: boolean): Blocking<number> {
  let text = ''
  let status = 0
  const rank = (key: number | string) => (typeof key === 'number' ? key : 65 + PSEUDO.indexOf(key))
  const keys: (number | string)[] = []
  for (const name of names) {
    const key = keyOf(sh, name)
    if (key !== undefined) keys.push(key)
    else {
      yield* sh.complain(`trap: ${name}: invalid signal specification`)
      status = 1
    }
  }
  if (!sh.isForked && !sh.isDash) for (let signal = 1; signal <= 64; signal++) noteIgnored(sh, signal)
  const traps = (sh.isDash ? undefined : sh.listedTraps) ?? sh.traps
  // "-p with no arguments ... displays all signals" in posix mode.
  const lists = all && !names.length
  if (lists) for (let signal = 0; signal <= 64; signal++) if (!signal || signalName(signal)) keys.push(signal)
  for (const key of names.length || lists ? keys : [...traps.keys()].sort((a, b) => rank(a) - rank(b))) {
    const action = traps.get(key)
    if (action !== undefined || lists)
      text += `trap -- ${action === undefined ? '-' : singleQuote(action)} ${nameOf(sh, key)}\n`
  }
  return (yield* output(sh, text)) || status
}
