/**
 * who - print information about users who are currently logged in
 * Linux: coreutils src/who.c; who(1).
 *
 * Left out: users. Nobody logs in here: there is no /run/utmp.
 */
import { command, usage } from '../lib/command.ts'
import { quote } from '../lib/quote.ts'

export default command({
  name: 'who',
  summary: 'show who is logged on',
  suite: 'coreutils',
  authors: 'Joseph Arceneaux, David MacKenzie, and Michael Stone',
  usage: 'who [OPTION]... [ FILE | ARG1 ARG2 ]',
  options: {
    all: { short: 'a', help: 'same as -b -d --login -p -r -t -T -u' },
    boot: { short: 'b', help: 'time of last system boot' },
    heading: { short: 'H', help: 'print line of column headings' },
    count: { short: 'q', help: 'all login names and number of users logged on' },
    short: { short: 's', help: 'print only name, line, and time (default)' },
    users: { short: 'u', help: 'list users logged in' },
    m: { help: 'only hostname and user associated with stdin' },
  },

  *main(_sys, flags, args, me) {
    if (args.length > 2) throw usage(`extra operand ${quote(args[2]!)}`)
    if (flags.heading) me.out.line('NAME     LINE         TIME             COMMENT')
    if (flags.count) me.out.print('\n# users=0\n')
    return 0
  },
})
