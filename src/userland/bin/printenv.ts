/**
 * printenv - print all or part of environment
 * https://www.gnu.org/software/coreutils/manual/html_node/printenv-invocation.html
 */
import { command } from '../lib/command.ts'

export default command({
  name: 'printenv',
  summary:
    'Print the values of the specified environment VARIABLE(s).\nIf no VARIABLE is specified, print name and value pairs for them all.',
  usage: 'printenv [OPTION]... [VARIABLE]...',
  authors: 'David MacKenzie and Richard Mlynarik',
  failure: 2,
  stopAtOperand: true,
  options: { null: { short: '0', help: 'end each output line with NUL, not newline' } },

  *main(_sys, flags, args, me) {
    const end = flags.null ? '\0' : '\n'
    if (!args.length) for (const entry of me.envp) me.out.print(entry + end)
    let status = 0
    for (const name of args) {
      const value = me.env.get(name)
      if (value === undefined) status = 1
      else me.out.print(value + end)
    }
    return status
  },
})
