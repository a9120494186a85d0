/**
 * env - run a program in a modified environment
 * https://www.gnu.org/software/coreutils/manual/html_node/env-invocation.html
 */
import {
  EINVAL,
  ENOENT,
  Errno,
  SIG_BLOCK,
  SIG_DFL,
  SIG_IGN,
  SIGKILL,
  SIGSTOP,
  sigmask,
  signalName,
  signalNumber,
  type Sys,
} from '../../abi/index.ts'
import { command, execvp, fatal, must, usage } from '../lib/command.ts'
import { quote, quoteaf } from '../lib/quote.ts'

export default command({
  name: 'env',
  summary: 'Set each NAME to VALUE in the environment and run COMMAND.',
  usage: 'env [OPTION]... [-] [NAME=VALUE]... [COMMAND [ARG]...]',
  authors: 'Richard Mlynarik, David MacKenzie, and Assaf Gordon',
  failure: 125,
  stopAtOperand: true,
  options: {
    ignoreEnvironment: { short: 'i', help: 'start with an empty environment' },
    null: { short: '0', help: 'end each output line with NUL, not newline' },
    unset: { short: 'u', value: '=NAME', repeat: true, help: 'remove variable from the environment' },
    chdir: { short: 'C', value: '=DIR', help: 'change working directory to DIR' },
    splitString: {
      short: 'S',
      value: '=S',
      help: 'process and split S into separate arguments;\nused to pass multiple arguments on shebang lines',
    },
    blockSignal: { value: '[=SIG]', help: 'block delivery of SIG signal(s) to COMMAND' },
    defaultSignal: { value: '[=SIG]', help: 'reset handling of SIG signal(s) to the default' },
    ignoreSignal: { value: '[=SIG]', help: 'set handling of SIG signal(s) to do nothing' },
    listSignalHandling: { help: 'list non default signal handling to stderr' },
    debug: { short: 'v', help: 'print verbose information for each processing step' },
  },
  obsolete(args, env) {
    const it = splitOption(args)
    if (!it) return args
    const before = args.slice(0, it.at)
    return [
      ...before,
      ...(it.cluster ? [it.cluster] : []),
      ...splitWords(it.text, env),
      ...args.slice(it.at + it.length),
    ]
  },

  *main(sys, flags, args, me) {
    let ignore = Boolean(flags.ignoreEnvironment)
    let at = 0
    if (args[0] === '-') {
      ignore = true
      at = 1
    }
    const told = (text: string): void => {
      if (flags.debug) notes.push(text)
    }
    const notes: string[] = []
    const split = splitOption(me.argv.slice(1))
    if (split) {
      told(`split -S:  ${quote(split.text)}`)
      for (const [i, word] of splitWords(split.text, me.env).entries())
        told(`${i ? '     &    ' : ' into:    '}${quote(word)}`)
    }
    if (ignore) told('cleaning environ')
    let env = ignore ? [] : [...me.envp]
    for (const name of flags.unset ?? []) {
      if (!name || name.includes('=')) throw fatal(`cannot unset ${quote(name)}`, EINVAL)
      told(`unset:    ${name}`)
      env = env.filter(entry => !entry.startsWith(`${name}=`))
    }
    for (; args[at]?.includes('='); at++) {
      told(`setenv:   ${args[at]}`)
      const name = args[at]!.slice(0, args[at]!.indexOf('=') + 1)
      const old = env.findIndex(entry => entry.startsWith(name))
      if (old < 0) env.push(args[at]!)
      else env[old] = args[at]!
    }
    for (const { key, value } of me.order) {
      const action = key === 'defaultSignal' ? SIG_DFL : key === 'ignoreSignal' ? SIG_IGN : undefined
      if (action)
        for (const signal of signals(value))
          must(`failed to set signal action for signal ${signal}`, () => sys.sigaction(signal, action))
      if (key === 'blockSignal') sys.sigprocmask(SIG_BLOCK, setOf(signals(value)))
    }
    if (flags.listSignalHandling) yield* sys.write(2, handling(sys))
    if (args[at] === undefined) {
      if (flags.chdir !== undefined) throw usage('must specify command with --chdir (-C)')
      for (const entry of env) me.out.print(entry + (flags.null ? '\0' : '\n'))
      return 0
    }
    if (flags.null) throw usage('cannot specify --null (-0) with command')
    if (flags.chdir !== undefined)
      must(`cannot change directory to ${quoteaf(flags.chdir)}`, () => sys.chdir(flags.chdir!))
    if (flags.chdir !== undefined) told(`chdir:    ${quoteaf(flags.chdir)}`)
    told(`executing: ${args[at]}`)
    for (const [i, word] of args.slice(at).entries()) told(`   arg[${i}]= ${quote(word)}`)
    if (notes.length) yield* sys.write(2, `${notes.join('\n')}\n`)
    try {
      return yield* execvp(sys, args.slice(at), env)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* me.warn(quote(args[at]!), e)
      if (e === ENOENT && args[at]!.includes(' '))
        yield* me.warn('use -[v]S to pass options in shebang lines')
      return e === ENOENT ? 127 : 126
    }
  },
})

const setOf = (list: readonly number[]): bigint => list.reduce((set, signal) => set | sigmask(signal), 0n)

/** What is not as usual about signals, a line each. */
function handling(sys: Sys): string {
  const blocked = sys.sigprocmask(SIG_BLOCK, 0n)
  let text = ''
  for (let signal = 1; signal < 65; signal++) {
    const name = signalName(signal)?.replace(/^SIG/, '')
    if (!name || signal === SIGKILL || signal === SIGSTOP) continue
    const handler = sys.sigaction(signal, SIG_DFL)
    sys.sigaction(signal, handler)
    const words = [
      ...(blocked & sigmask(signal) ? ['BLOCK'] : []),
      ...(handler === SIG_IGN ? ['IGNORE'] : []),
    ]
    if (words.length) text += `${name.padEnd(10)} (${String(signal).padStart(2)}): ${words.join(',')}\n`
  }
  return text
}

/** What an option without a list means: those that can be changed, and not the C library's own two. */
const ALL_SIGNALS = Array.from({ length: 64 }, (_, i) => i + 1).filter(
  signal => ![SIGKILL, 32, 33, SIGSTOP].includes(signal),
)

function signals(list: string): readonly number[] {
  if (!list) return ALL_SIGNALS
  return list.split(',').map(name => {
    const signal = signalNumber(name)
    if (signal === undefined) throw usage(`${quote(name)}: invalid signal`)
    return signal
  })
}

/** Where -S stands among the leading options, and its text. */
function splitOption(args: readonly string[]) {
  const at = args.findIndex(arg => /^(-[iv0]*S.*|--split-string(=.*)?)$/s.test(arg))
  if (at < 0 || args.slice(0, at).some(arg => !arg.startsWith('-'))) return undefined
  const inline = /^(-[iv0]*)S(.+)$/s.exec(args[at]!) ?? /^(--split-string)=(.*)$/s.exec(args[at]!)
  const text = inline ? inline[2]! : args[at + 1]
  const cluster = /^-[iv0]+(?=S)/.exec(args[at]!)?.[0]
  return text === undefined ? undefined : { at, text, cluster, length: inline ? 1 : 2 }
}

const CONTROLS: Readonly<Record<string, string>> = { f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** Words as -S splits them: quotes, escapes, comments and ${VARIABLES}. */
function splitWords(text: string, env: ReadonlyMap<string, string>): string[] {
  const words: string[] = []
  let word: string | undefined
  let quoted = ''
  const end = (): void => {
    if (word !== undefined) words.push(word)
    word = undefined
  }
  const add = (more: string): void => {
    word = (word ?? '') + more
  }
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    if (char === quoted) quoted = ''
    else if (!quoted && (char === "'" || char === '"')) {
      quoted = char
      add('')
    } else if (quoted === "'" && !(char === '\\' && /[\\']/.test(text[i + 1] ?? ''))) add(char)
    else if (!quoted && /[ \t\n\v\f\r]/.test(char)) end()
    else if (!quoted && char === '#' && word === undefined) break
    else if (char === '\\') {
      const next = text[++i]
      if (next === undefined) throw fatal('invalid backslash at end of string in -S')
      if (next === 'c' && quoted) throw fatal("'\\c' must not appear in double-quoted -S string")
      if (next === 'c') break
      if (next === '_' && !quoted) end()
      else add(escapedChar(next))
    } else if (char === '$') {
      const match = /^\$\{([A-Za-z_]\w*)\}/.exec(text.slice(i))
      if (!match) throw fatal(`only \${VARNAME} expansion is supported, error at: ${text.slice(i)}`)
      const value = env.get(match[1]!)
      if (value !== undefined) add(value)
      i += match[0].length - 1
    } else add(char)
  }
  if (quoted) throw fatal('no terminating quote in -S string')
  end()
  return words
}

function escapedChar(char: string): string {
  if (char === '_') return ' '
  if (CONTROLS[char]) return CONTROLS[char]
  if ('"#$\'\\'.includes(char)) return char
  throw fatal(`invalid sequence '\\${char}' in -S`)
}
