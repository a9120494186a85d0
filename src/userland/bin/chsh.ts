/**
 * chsh - change login shell
 * Linux: shadow 4.13 src/chsh.c; chsh(1). A set-user-id program.
 */
import { type Blocking, type Sys, X_OK } from '../../abi/index.ts'
import { isPasswordOf } from '../lib/crypt.ts'
import { askPassword } from '../lib/become-user.ts'
import { procText } from '../lib/proc.ts'
import {
  die,
  exists,
  noSuch,
  quietly,
  readAccounts,
  shadowCommand,
  withAccounts,
} from '../lib/shadow/files.ts'
import { readPrompt } from '../lib/shadow/prompt.ts'

export default shadowCommand({
  name: 'chsh',
  summary: 'change login shell',
  help: `Usage: chsh [options] [LOGIN]

Options:
  -h, --help                    display this help message and exit
  -R, --root CHROOT_DIR         directory to chroot into
  -s, --shell SHELL             new login shell for the user account

`,
  options: {
    root: { short: 'R', value: 'CHROOT_DIR' },
    shell: { short: 's', value: 'SHELL' },
  },

  *main(sys, flags, args, me, wrongUsage) {
    if (args.length > 1) throw wrongUsage()
    const { passwd } = yield* readAccounts(sys)
    const isRoot = sys.getuid() === 0
    const row = args.length ? passwd.get(args[0]!) : passwd.rows.find(it => it[2] === String(sys.getuid()))
    if (!row) throw args.length ? noSuch('user', args[0]!, 1) : die('Cannot determine your user name.')
    const name = row[0]!
    if (!isRoot && row[2] !== String(sys.getuid())) {
      yield* sys.write(2, `You may not change the shell for '${name}'.\n`)
      return 1
    }
    if (!isRoot && !(yield* isPasswordOf(sys, name, yield* askPassword(sys, 'Password: ')))) {
      yield* sys.nanosleep(2e9)
      throw die('PAM: Authentication failure')
    }
    let shell = flags.shell
    if (shell === undefined) {
      me.out.print(
        `Changing the login shell for ${name}\nEnter the new value, or press ENTER for the default\n`,
      )
      shell = (yield* readPrompt(sys, me, '\tLogin Shell', row[6] ?? '')) ?? row[6] ?? ''
    }
    if (/[:\n]/.test(shell)) throw die(`Invalid entry: ${shell}`)
    if (!isRoot && !(yield* isListed(sys, shell))) throw die(`${shell} is an invalid shell`)
    if (shell && !exists(sys, shell)) yield* me.warn(`Warning: ${shell} does not exist`)
    else if (shell && !quietly(() => sys.access(shell!, X_OK, true)))
      yield* me.warn(`Warning: ${shell} is not executable`)
    yield* withAccounts(
      sys,
      me,
      ['passwd'],
      () => 1,
      function* (files) {
        files.passwd.set(name, 6, shell!)
      },
    )
    return 0
  },
})

/** Whether /etc/shells has it. getusershell(3) */
function* isListed(sys: Sys, shell: string): Blocking<boolean> {
  const lines = ((yield* procText(sys, '/etc/shells')) ?? '').split('\n')
  return lines.map(line => line.replace(/#.*/, '').trim()).includes(shell)
}
