/**
 * What the arguments of commands are that nobody has said anything about with `complete`: options, users, jobs,
 * processes, signals, mount points. On a Debian host the package bash-completion does this.
 */
import { decode, type Blocking } from '../../../abi/index.ts'
import { readFile } from '../../exec/script.ts'
import { OPTION_LETTERS, type Shell } from '../../shell.ts'
import { commandMatches, listed } from './actions.ts'
import { takesCommand, type Context } from './context.ts'
import { entriesOf } from '../paths.ts'
import { programOptions } from './program-options.ts'
import { signalNames } from './signals.ts'

const COMMANDS = new Set('which type man hash strace watch unshare whatis timeout'.split(' '))
const VARIABLES = new Set('unset export declare typeset local readonly printenv'.split(' '))
const USERS = new Set('su id groups passwd userdel finger chage usermod'.split(' '))
const JOBS = new Set('fg bg jobs kill wait disown'.split(' '))
const PROCESSES = new Set('kill strace nsenter renice taskset prlimit wait pmap pwdx'.split(' '))
/** Options whose value is the id of a process. */
const PROCESS_OPTION = /^(-p|-t|--pid|--target)$/

const WORDS: Readonly<Record<string, string>> = {
  alias: 'alias',
  unalias: 'alias',
  shopt: 'shopt',
  help: 'helptopic',
  builtin: 'builtin',
  bind: 'binding',
  groupdel: 'group',
  newgrp: 'group',
}

/** The words that the command takes; undefined for files. */
export function* argumentMatches(sh: Shell, { before, word }: Context): Blocking<string[] | undefined> {
  const name = before[0] ?? ''
  const last = before.at(-1)
  const starts = (words: Iterable<string>) => [...words].filter(it => it.startsWith(word))
  const some = (words: string[]) => (words.length ? words : undefined)
  const signals = signalMatches(before, word)
  if (signals) return some(starts(signals)) ?? (yield* optionMatches(sh, before, word))
  if (word.startsWith('-')) return yield* optionMatches(sh, before, word)
  if (JOBS.has(name) && word.startsWith('%')) return starts(jobSpecs(sh))
  if (VARIABLES.has(name) && !word.includes('=')) return starts(sh.variables.names())
  if (WORDS[name]) return yield* listed(sh, WORDS[name], word)
  if (last === '-o' && name === 'set') return starts(Object.keys(OPTION_LETTERS))
  if (last === '-u' && /^(sudo|ps|pgrep|pkill|top)$/.test(name)) return yield* listed(sh, 'user', word)
  if (USERS.has(name)) return yield* listed(sh, 'user', word)
  if (name === 'chown' && before.length === 1 && word && !word.includes('/')) return yield* owners(sh, word)
  if (name === 'umount') return some(starts(yield* mountPoints(sh)))
  if (name === 'mount' && last === '-t') return starts(yield* fileSystems(sh))
  const wantsProcess =
    PROCESSES.has(name) && (name === 'kill' || name === 'wait' || PROCESS_OPTION.test(last!))
  if (wantsProcess && /^\d*$/.test(word)) return starts(yield* processes(sh))
  const isFirst = before.slice(1).every(it => it.startsWith('-'))
  if ((COMMANDS.has(name) || takesCommand(name)) && isFirst && word && !word.includes('/'))
    return some(yield* commandMatches(sh, word))
  return undefined
}

/** The signals of kill, trap and their like, as they are written there. */
function signalMatches(before: readonly string[], word: string): string[] | undefined {
  const [name] = before
  const last = before.at(-1)
  if (name === 'trap' && before.length > 1) return bothNames('')
  if (!/^(kill|killall|pkill|timeout|skill|snice)$/.test(name ?? '')) return undefined
  if (last === '-s' || last === '--signal') return bothNames('')
  return /^-[A-Z]/.test(word) || (word === '-' && name !== 'timeout') ? bothNames('-') : undefined
}

const bothNames = (lead: string): string[] =>
  signalNames.flatMap(it =>
    it.startsWith('SIG') && !it.includes('(') ? [lead + it.slice(3), lead + it] : lead ? [] : [it],
  )

const jobSpecs = (sh: Shell): string[] => sh.jobs.list.map(it => `%${it.text().split(' ')[0]}`)

function* optionMatches(sh: Shell, before: readonly string[], word: string): Blocking<string[] | undefined> {
  const name = before[0]!
  const inner = takesCommand(name) && before.find((it, i) => i > 0 && !it.startsWith('-'))
  const options = yield* programOptions(sh, inner || name)
  const matching = options.filter(it => it.startsWith(word))
  return matching.length ? matching : undefined
}

/** `user`, or `user:group`. */
function* owners(sh: Shell, word: string): Blocking<string[]> {
  const cut = word.indexOf(':')
  if (cut < 0) return yield* listed(sh, 'user', word)
  const groups = yield* listed(sh, 'group', word.slice(cut + 1))
  return groups.map(it => word.slice(0, cut + 1) + it)
}

function* wordsOf(
  sh: Shell,
  path: string,
  field: (line: string[]) => string | undefined,
): Blocking<string[]> {
  try {
    const text = decode(yield* readFile(sh, path))
    return text.split('\n').flatMap(line => field(line.split(/\s+/)) || [])
  } catch {
    return []
  }
}

const mountPoints = (sh: Shell): Blocking<string[]> =>
  wordsOf(sh, '/proc/self/mounts', it => it[1]?.replace(/\\040/g, ' '))
const fileSystems = (sh: Shell): Blocking<string[]> => wordsOf(sh, '/proc/filesystems', it => it.at(-1))

function* processes(sh: Shell): Blocking<string[]> {
  const entries = yield* entriesOf(sh, '/proc')
  return entries.map(it => it.name).filter(it => /^\d+$/.test(it))
}
