/**
 * runuser - run a command with substitute user and group ID
 * Linux: util-linux login-utils/su-common.c; runuser(1).
 *
 * Left out: --pty.
 */
import { command, execvp, fatal } from '../lib/command.ts'
import { become } from '../lib/become-user.ts'
import { groupsFor, requireUser, runShell, SU_OPTIONS } from '../lib/su.ts'
import { readUsers } from '../lib/users.ts'

export default command({
  name: 'runuser',
  summary: 'run a command with substitute user and group ID',
  suite: 'util-linux',
  usage: 'runuser [options] -u <user> [[--] <command>]',
  help: `
Usage:
 runuser [options] -u <user> [[--] <command>]
 runuser [options] [-] [<user> [<argument>...]]

Run <command> with the effective user ID and group ID of <user>.  If -u is
not given, fall back to su(1)-compatible semantics and execute standard shell.
The options -c, -f, -l, and -s are mutually exclusive with -u.

Options:
 -u, --user <user>               username
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


For more details see runuser(1).
`,
  options: { ...SU_OPTIONS, user: { short: 'u', value: '<user>' } },

  *main(sys, flags, args, me) {
    if (sys.getuid() !== 0) throw fatal('may not be used by non-root users')
    const users = yield* readUsers(sys)
    if (flags.user !== undefined) {
      const { shell, fast, command: text, sessionCommand, login } = flags
      if (shell !== undefined || fast || text !== undefined || sessionCommand !== undefined || login)
        throw fatal('options --{shell,fast,command,session-command,login} and --user are mutually exclusive')
      if (!args.length) throw fatal('no command was specified')
      const user = requireUser(users, flags.user)
      const { gid, more } = groupsFor(flags, users, user)
      become(sys, users, user, gid, more)
      const env = new Map(me.env)
      env.set('HOME', user.dir).set('SHELL', user.shell).set('USER', user.name).set('LOGNAME', user.name)
      try {
        return yield* execvp(
          sys,
          args,
          [...env].map(([name, value]) => `${name}=${value}`),
        )
      } catch (e) {
        throw fatal(`failed to execute ${args[0]}`, e)
      }
    }
    const rest = [...args]
    if (rest[0] === '-') {
      rest.shift()
      flags.login = true
    }
    const name = rest.shift() ?? 'root'
    return yield* runShell(sys, me, flags, users, requireUser(users, name), rest)
  },
})
