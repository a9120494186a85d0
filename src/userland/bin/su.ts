/**
 * su - run a command with substitute user and group ID
 * Linux: util-linux login-utils/su-common.c; su(1). A set-user-id program.
 *
 * Left out: --pty.
 */

import { command, fatal } from '../lib/command.ts'
import { hasPassword, isPasswordOf } from '../lib/crypt.ts'
import { askPassword } from '../lib/become-user.ts'
import { requireUser, runShell, SU_OPTIONS } from '../lib/su.ts'
import { readUsers } from '../lib/users.ts'

export default command({
  name: 'su',
  summary: 'change the effective user ID and group ID',
  suite: 'util-linux',
  usage: 'su [options] [-] [<user> [<argument>...]]',
  help: `
Usage:
 su [options] [-] [<user> [<argument>...]]

Change the effective user ID and group ID to that of <user>.
A mere - implies -l.  If <user> is not given, root is assumed.

Options:
 -m, -p, --preserve-environment      do not reset environment variables
 -w, --whitelist-environment <list>  don't reset specified variables

 -g, --group <group>             specify the primary group
 -G, --supp-group <group>        specify a supplemental group

 -, -l, --login                  make the shell a login shell
 -c, --command <command>         pass a single command to the shell with -c
 --session-command <command>     pass a single command to the shell with -c
                                   and do not create a new session
 -f, --fast                      pass -f to the shell (for csh or tcsh)
 -s, --shell <shell>             run <shell> if /etc/shells allows it
 -P, --pty                       create a new pseudo-terminal

 -h, --help                      display this help
 -V, --version                   display version

For more details see su(1).
`,
  options: SU_OPTIONS,

  *main(sys, flags, args, me) {
    const rest = [...args]
    if (rest[0] === '-') {
      rest.shift()
      flags.login = true
    }
    const name = rest.shift() ?? 'root'
    const users = yield* readUsers(sys)
    if (sys.getuid() !== 0 && (flags.group !== undefined || flags.suppGroup))
      throw fatal('only root can specify alternative groups')
    const user = requireUser(users, name)
    if (sys.getuid() !== 0) {
      const answer = (yield* hasPassword(sys, user.name)) ? yield* askPassword(sys, 'Password: ') : ''
      if (!(yield* isPasswordOf(sys, user.name, answer))) {
        yield* sys.nanosleep(2e9)
        throw fatal('Authentication failure')
      }
    }
    return yield* runShell(sys, me, flags, users, user, rest)
  },
})
