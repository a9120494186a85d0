/**
 * runcon - run command with specified security context
 * https://www.gnu.org/software/coreutils/manual/html_node/runcon-invocation.html
 * There is no SELinux: without arguments it tells the context that the kernel reports, else it refuses.
 */
import { command, fatal, must, readFile, usage } from '../lib/command.ts'

const PARTS = { user: 'users', role: 'roles', type: 'types', range: 'levelranges' } as const

export default command({
  name: 'runcon',
  summary: 'Run a program in a different SELinux security context.',
  usage: [
    'runcon CONTEXT COMMAND [args]',
    'runcon [ -c ] [-u USER] [-r ROLE] [-t TYPE] [-l RANGE] COMMAND [args]',
  ],
  authors: 'Russell Coker',
  stopAtOperand: true,
  options: {
    compute: { short: 'c', help: 'compute process transition context before modifying' },
    type: { short: 't', value: '=TYPE', repeat: true, help: 'type (for same role as parent)' },
    user: { short: 'u', value: '=USER', repeat: true, help: 'user identity' },
    role: { short: 'r', value: '=ROLE', repeat: true, help: 'role' },
    range: { short: 'l', value: '=RANGE', repeat: true, help: 'levelrange' },
  },

  *main(sys, flags, args, me) {
    for (const [part, name] of Object.entries(PARTS))
      if ((flags[part as keyof typeof PARTS]?.length ?? 0) > 1) throw fatal(`multiple ${name}`)
    if (!args.length) {
      me.out.line(yield* must('failed to get current context', readFile(sys, '/proc/self/attr/current')))
      return
    }
    const inParts = Object.keys(PARTS).some(part => flags[part as keyof typeof PARTS])
    const words = flags.compute || inParts ? args : args.slice(1)
    if (!words.length) throw usage('no command specified')
    throw fatal('runcon may be used only on a SELinux kernel')
  },
})
