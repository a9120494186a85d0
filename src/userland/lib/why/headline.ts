/** What was refused, on one line, with the arguments that are numbers spelled as strace(1) does. */
import { CLONE_THREAD, errnoOf, O_CREAT, type Refusal } from '../../../abi/index.ts'
import {
  cloneFlags,
  FCNTL,
  flagsText,
  FLOCK,
  mountFlags,
  nameText,
  openFlags,
  PRCTL,
  RLIMITS,
  signalText,
  UMOUNT,
} from '../strace/flags.ts'
import type { Phrases } from './dictionary.ts'

type Argument = string | number
type Spell = (value: number) => string

/** A process tells its parent of its end by SIGCHLD. */
const forkFlags: Spell = flags => (flags ? `${cloneFlags(flags)}|SIGCHLD` : 'SIGCHLD')
const octal: Spell = mode => `0${mode.toString(8)}`
/** Which argument of a call is what. */
const SPELLED: Readonly<Record<string, Readonly<Record<number, Spell>>>> = {
  open: { 1: openFlags, 2: octal },
  mkdir: { 1: octal },
  chmod: { 1: octal },
  mount: { 3: mountFlags },
  umount2: { 1: flags => flagsText(flags, UMOUNT) },
  unshare: { 0: cloneFlags },
  clone: { 0: flags => (flags & CLONE_THREAD ? cloneFlags(flags) : forkFlags(flags)) },
  setns: { 1: cloneFlags },
  kill: { 1: signalText },
  prctl: { 0: option => nameText(option, PRCTL) },
  prlimit: { 1: resource => `RLIMIT_${RLIMITS[resource] ?? resource}` },
  fcntl: { 1: command => nameText(command, FCNTL) },
  flock: { 1: operation => flagsText(operation, FLOCK) },
}

function argument(it: Argument, spell: Spell | undefined): string {
  if (typeof it === 'string') return JSON.stringify(it.length > 48 ? `${it.slice(0, 48)}…` : it)
  if (spell) return spell(it)
  return it > 0xffff ? `0x${it.toString(16)}` : `${it}`
}

/** A mode counts only for a file that is made. */
const given = (call: string, args: readonly Argument[]): readonly Argument[] =>
  call === 'open' && !((args[1] as number) & O_CREAT) ? args.slice(0, 2) : args

/** `mount[1001]: mount("t", "/mnt", "tmpfs", 0) = EPERM (Operation not permitted)`. */
export function headline({ call, args, errno, comm, pid }: Refusal, { befell }: Phrases): string {
  const who = `${comm}${pid ? `[${pid}]` : ''}`
  if (!call) return `${who}: ${befell}`
  const shown = given(call, args).map((it, i) => argument(it, SPELLED[call]?.[i]))
  return `${who}: ${call}(${shown.join(', ')}) = ${errnoOf(errno)?.name} (${errnoOf(errno)?.message})`
}
