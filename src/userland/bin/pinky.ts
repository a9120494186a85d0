/**
 * pinky - lightweight finger
 * https://www.gnu.org/software/coreutils/manual/html_node/pinky-invocation.html
 *
 * Left out: lines about sessions; nobody logs in, utmp is empty.
 */
import { type Blocking, Errno, type Sys } from '../../abi/index.ts'
import { command, type Process, readFile, usage } from '../lib/command.ts'
import { type Passwd, readUsers } from '../lib/users.ts'

export default command({
  name: 'pinky',
  summary: 'lightweight finger',
  usage: 'pinky [OPTION]... [USER]...',
  authors: 'Joseph Arceneaux, David MacKenzie, and Kaveh Ghazi',
  options: {
    l: { help: 'produce long format output for the specified USERs' },
    b: { help: "omit the user's home directory and shell in long format" },
    h: { help: "omit the user's project file in long format" },
    p: { help: "omit the user's plan file in long format" },
    s: { help: 'do short format output, this is the default' },
    f: { help: 'omit the line of column headings in short format' },
    w: { help: "omit the user's full name in short format" },
    i: { help: "omit the user's full name and remote host in short format" },
    q: { help: "omit the user's full name, remote host and idle time\nin short format" },
  },

  *main(sys, flags, args, me) {
    const long = me.order.findLast(it => it.key === 'l' || it.key === 's')?.key === 'l'
    if (!long) {
      if (!flags.f) me.out.line(heading(flags))
      return
    }
    if (!args.length) throw usage('no username specified; at least one must be specified when using -l')
    const { passwd } = yield* readUsers(sys)
    for (const name of args) {
      const user = passwd.find(it => it.name === name)
      me.out.line(`Login name: ${name.padEnd(28)}In real life:  ${user ? realName(user) : '???'}`)
      if (!user) continue
      if (!flags.b) me.out.line(`Directory: ${user.dir.padEnd(29)}Shell:  ${user.shell}`)
      if (!flags.h) yield* show(sys, me, 'Project: ', `${user.dir}/.project`)
      if (!flags.p) yield* show(sys, me, 'Plan:\n', `${user.dir}/.plan`)
      me.out.line('')
    }
  },
})

function heading(flags: { w?: boolean; i?: boolean; q?: boolean } | Record<string, unknown>): string {
  const brief = flags.i || flags.q
  const parts = [
    'Login'.padEnd(8),
    ...(brief || flags.w ? [] : ['Name'.padEnd(19)]),
    ' TTY'.padEnd(9),
    ...(flags.q ? [] : ['Idle'.padEnd(6)]),
    'When'.padEnd(16),
    ...(brief ? [] : ['Where']),
  ]
  return parts.join(' ')
}

/** The first part of the comment field, where & stands for the capitalised login name. */
const realName = (user: Passwd): string =>
  user.gecos.split(',')[0]!.replaceAll('&', user.name[0]!.toUpperCase() + user.name.slice(1))

function* show(sys: Sys, me: Process, title: string, path: string): Blocking<void> {
  try {
    me.out.print(title + (yield* readFile(sys, path)))
  } catch (e) {
    if (!(e instanceof Errno)) throw e
  }
}
