/**
 * env - run a program in a modified environment
 * https://www.gnu.org/software/coreutils/manual/html_node/env-invocation.html
 */
import { EINVAL, ENOENT, Errno, SIG_DFL, SIG_IGN, signalNumber } from '../../abi/index.ts'
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
    debug: { short: 'v', help: 'print verbose information for each processing step' },
  },
  obsolete(args) {
    const at = args.findIndex(arg => /^(-[iv0]*S.*|--split-string(=.*)?)$/s.test(arg))
    const before = args.slice(0, at)
    if (at < 0 || before.some(arg => !arg.startsWith('-'))) return args
    const arg = args[at]!
    const inline = /^(-[iv0]*)S(.+)$/s.exec(arg) ?? /^(--split-string)=(.*)$/s.exec(arg)
    const text = inline ? inline[2]! : args[at + 1]
    if (text === undefined) return args
    const cluster = inline?.[1] && inline[1] !== '-' && inline[1] !== '--split-string' ? [inline[1]] : []
    return [...before, ...cluster, ...splitWords(text), ...args.slice(at + (inline ? 1 : 2))]
  },

  *main(sys, flags, args, me) {
    let ignore = Boolean(flags.ignoreEnvironment)
    let at = 0
    if (args[0] === '-') {
      ignore = true
      at = 1
    }
    let env = ignore ? [] : [...me.envp]
    for (const name of flags.unset ?? []) {
      if (!name || name.includes('=')) throw fatal(`cannot unset ${quote(name)}`, EINVAL)
      env = env.filter(entry => !entry.startsWith(`${name}=`))
    }
    for (; args[at]?.includes('='); at++) {
      const name = args[at]!.slice(0, args[at]!.indexOf('=') + 1)
      const old = env.findIndex(entry => entry.startsWith(name))
      if (old < 0) env.push(args[at]!)
      else env[old] = args[at]!
    }
    for (const { key, value } of me.order) {
      const action = key === 'defaultSignal' ? SIG_DFL : key === 'ignoreSignal' ? SIG_IGN : undefined
      if (action) for (const signal of signals(value)) sys.sigaction(signal, action)
    }
    if (args[at] === undefined) {
      if (flags.chdir !== undefined) throw usage('must specify command with --chdir (-C)')
      for (const entry of env) me.out.print(entry + (flags.null ? '\0' : '\n'))
      return 0
    }
    if (flags.null) throw usage('cannot specify --null (-0) with command')
    if (flags.chdir !== undefined)
      must(`cannot change directory to ${quoteaf(flags.chdir)}`, () => sys.chdir(flags.chdir!))
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

function signals(list: string): number[] {
  if (!list) return [1, 2, 3, 13, 15]
  return list.split(',').map(name => {
    const signal = signalNumber(name)
    if (signal === undefined) throw usage(`${quote(name)}: invalid signal`)
    return signal
  })
}

/** Words as -S splits them: quotes and a few escapes. */
function splitWords(text: string): string[] {
  const words: string[] = []
  for (const match of text.matchAll(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/gs))
    words.push(
      match[0].replace(
        /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/gs,
        (_, double?: string, single?: string, char?: string) =>
          double !== undefined ? double.replace(/\\(.)/gs, '$1') : (single ?? (char === '_' ? ' ' : char!)),
      ),
    )
  return words
}
