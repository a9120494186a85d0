/**
 * What busybox's shell has of its own: it is dash's sister and much of bash, and words its messages in its own way.
 * Linux: busybox shell/ash.c (ash_vmsg, raise_error_syntax, helpcmd), libbb/verror_msg.c.
 *
 * Left out: `[[` as a command of words (it is bash's here), FUNCNAME, `read -u`.
 */
import { names } from '../userland/lib/busybox/standalone.ts'
import type { Shell } from './shell.ts'

export const BANNER = `

BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) built-in shell (ash)
Enter 'help' for a list of built-in commands.

`

/** The builtins, in the order in which `help` shows them. */
export const ASH_BUILTINS = (
  '. : [ [[ alias bg break cd chdir command continue echo eval exec exit export false fg getopts hash help history ' +
  'jobs kill let local printf pwd read readonly return set shift source test times trap true type ulimit umask ' +
  'unalias unset wait'
).split(' ')

/** Builtins that complain as applets do: without a line number. */
const APPLETS = new Set(['test', '[', '[[', 'kill', 'printf', 'read', 'ulimit'])
const NAMED = new Set(ASH_BUILTINS)

/** What dash says and what ash says instead, without the name of the builtin. */
const WORDINGS: readonly (readonly [RegExp, string])[] = [
  [/^cannot create (.*): Directory nonexistent$/, "can't create $1: nonexistent directory"],
  [/^cannot open (.*): No such file$/, "can't open $1: no such file"],
  [/^No such job: (.*)$/, '$1: no such job'],
  [/^cannot (create|open) /, "can't $1 "],
  [/^arithmetic expression: division by zero.*/, 'divide by zero'],
  [/^arithmetic expression: .*/, 'arithmetic syntax error'],
  [/^.*: division by 0.*/s, 'divide by zero'],
  [
    /^.*: (?:(?:arithmetic )?syntax error|missing|attempted|expression expected).*/s,
    'arithmetic syntax error',
  ],
  [/^Bad substitution$/, 'syntax error: bad substitution'],
  [/^Illegal option/, 'illegal option'],
  [/^`([^=']*).*': not a valid identifier$/, '$1: bad variable name'],
]
const OF_BUILTINS: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  getopts: [[/^[Uu]sage: .*/, 'usage: getopts optstring var [arg]']],
  kill: [
    [/^[Uu]sage: [\s\S]*/, 'you need to specify whom to kill'],
    [/^\((.*)\) - (.*)$/, "can't kill pid $1: $2"],
    [/^Illegal (?:number|pid): (.*)$/, "invalid number '$1'"],
    [/^(.*): arguments must be .*$/, "invalid number '$1'"],
    [/^invalid signal number or name: (.*)/, "bad signal name '$1'"],
  ],
  printf: [
    [/^usage: .*/, 'usage: printf FORMAT [ARGUMENT...]'],
    [/^(.*): expected numeric value$/, "invalid number '$1'"],
    [/^(.*): invalid directive$/, '$1: invalid format'],
  ],
  read: [[/^(\S+): bad variable name$/, "read: '$1': bad variable name"]],
  test: [
    [/^Illegal number: (.*)$/, '$1: bad number'],
    [/^(\S+): unexpected operator$/, '$1: unknown operand'],
    [/^(.*): integer expression expected$/, '$1: bad number'],
  ],
  trap: [[/^(.*): bad trap$/, '$1: invalid signal specification']],
  ulimit: [
    [/^Illegal option (-.)$/, "invalid option -- '$1'"],
    [/^bad number$/, "invalid number '{last}'"],
  ],
  umask: [[/^Illegal (?:number|mode): (.*)$/, 'illegal mode: $1']],
  '.': [[/^cannot open (.*): (?:No such file|(.*))$/, "can't open '$1': $2"]],
}

/** The line that ash writes for what dash would say. */
export function ashLine(sh: Shell, message: string, line = lineOf(sh)): string {
  const [, builtin = '', rest = ''] = /^([a-z[.:]+): ([\s\S]*)$/.exec(message) ?? []
  const isBuiltin = NAMED.has(builtin)
  const text = reworded(sh, isBuiltin ? builtin : '', isBuiltin ? rest : message)
  if (isBuiltin && APPLETS.has(builtin) && !/^illegal option/.test(text)) return `${applet(sh)}: ${text}\n`
  const where = isBuiltin ? builtin : source(sh)
  if (where === undefined) return `${sh.name}: ${text}\n`
  return `${sh.name}: ${where && where !== sh.name ? `${where}: ` : ''}line ${line}: ${text}\n`
}

function reworded(sh: Shell, builtin: string, message: string): string {
  for (const [from, to] of [...(OF_BUILTINS[builtin === '[' ? 'test' : builtin] ?? []), ...WORDINGS])
    if (from.test(message)) return message.replace(from, to).replace('{last}', sh.lastArgument)
  return message
}

/** Where commands come from, for messages that are no builtin's: a script; nothing for -c and standard input. */
export const source = (sh: Shell): string | undefined =>
  sh.sources.at(-1) ?? (sh.input === 'file' || sh.isNamedString ? sh.name : undefined)

/** ash does not count the lines of `-c`. */
export const lineOf = (sh: Shell): number => (sh.input === 'string' && !sh.sources.length ? 0 : sh.line)

export const applet = (sh: Shell): string => sh.programName.split('/').at(-1)!.replace(/^-/, '')

/** What `help` prints: the builtins and the applets. */
export function helpText(): string {
  let text = 'Built-in commands:\n------------------\n'
  let column = 0
  for (const name of [...ASH_BUILTINS, ...names()]) {
    text += `${column === 0 ? '\t' : ' '}${name}`
    column += name.length + 1
    if (column > 60) {
      text += '\n'
      column = 0
    }
  }
  return `${text}\n\n`
}

/** What `history` prints: the lines that were typed. */
export const historyText = (sh: Shell): string =>
  sh.history.lines.map((line, i) => `${String(i).padStart(4)} ${line}\n`).join('')

/** dash's syntax errors as ash has them. */
export function ashSyntax(text: string): string {
  const words = text
    .replace(/^(end of file|word|newline|redirection|".*?") unexpected/, 'unexpected $1')
    .replace(/^(Unterminated|Bad|Missing)/, it => it.toLowerCase())
    .replace(/\(expecting word\)/, '(expecting word)')
  return `syntax error: ${words}`
}
