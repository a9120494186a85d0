/**
 * chpasswd - update passwords in batch mode
 * Linux: shadow 4.13 src/chpasswd.c with PAM; chpasswd(8).
 *
 * Left out: methods other than SHA256.
 */
import { type Blocking, decode, type Sys } from '../../abi/index.ts'
import { type Process, readAll } from '../lib/command.ts'
import { newHash } from '../lib/crypt.ts'
import { type AccountFile, shadowCommand, today, withAccounts } from '../lib/shadow/files.ts'

const METHODS = ['NONE', 'DES', 'MD5', 'SHA256', 'SHA512', 'YESCRYPT']

export default shadowCommand({
  name: 'chpasswd',
  summary: 'update passwords in batch mode',
  help: `Usage: chpasswd [options]

Options:
  -c, --crypt-method METHOD     the crypt method (one of NONE DES MD5 SHA256 SHA512 YESCRYPT)
  -e, --encrypted               supplied passwords are encrypted
  -h, --help                    display this help message and exit
  -m, --md5                     encrypt the clear text password using
                                the MD5 algorithm
  -R, --root CHROOT_DIR         directory to chroot into
  -s, --sha-rounds              number of rounds for the SHA, BCRYPT
                                or YESCRYPT crypt algorithms

`,
  options: {
    cryptMethod: { short: 'c', value: 'METHOD' },
    encrypted: { short: 'e' },
    md5: { short: 'm' },
    root: { short: 'R', value: 'CHROOT_DIR' },
    shaRounds: { short: 's', value: 'ROUNDS' },
  },

  *main(sys, flags, _args, me, wrongUsage) {
    if (flags.cryptMethod !== undefined && !METHODS.includes(flags.cryptMethod))
      throw wrongUsage(`unsupported crypt method: ${flags.cryptMethod}`)
    if (flags.shaRounds !== undefined && flags.cryptMethod === undefined)
      throw wrongUsage('-s flag is only allowed with the -c flag')
    const lines = decode(yield* readAll(sys, 0)).split('\n')
    if (lines.at(-1) === '') lines.pop()
    if (!lines.length) return 0
    if (sys.geteuid() !== 0) {
      for (const [i, line] of lines.entries()) {
        const name = line.split(':')[0]!
        me.out.line(`Changing password for ${name}.`)
        yield* refuse(me, name, i + 1)
      }
      return 1
    }
    return yield* withAccounts(
      sys,
      me,
      ['passwd', 'shadow'],
      () => 1,
      function* (files) {
        let status = 0
        for (const [i, line] of lines.entries())
          if (!(yield* change(sys, me, files.shadow, line, i + 1, flags.encrypted ?? false))) status = 1
        if (!status || !flags.encrypted) return status
        yield* me.warn('error detected, changes ignored')
        files.shadow.changed = false
        return status
      },
    )
  },
})

function* refuse(me: Process, name: string, number: number): Blocking<void> {
  yield* me.warn(`(user ${name}) pam_chauthtok() failed, error:\nAuthentication token manipulation error`)
  yield* me.warn(`(line ${number}, user ${name}) password not changed`)
}

function* change(
  sys: Sys,
  me: Process,
  shadow: AccountFile,
  line: string,
  number: number,
  isHashed: boolean,
): Blocking<boolean> {
  const colon = line.indexOf(':')
  const name = line.slice(0, colon)
  if (colon < 0) yield* me.warn(`line ${number}: missing new password`)
  else if (!shadow.get(name) && isHashed) yield* me.warn(`line ${number}: user '${name}' does not exist`)
  else if (!shadow.get(name)) {
    yield* refuse(me, name, number)
  } else {
    const password = line.slice(colon + 1)
    shadow.set(name, 1, isHashed ? password : newHash(sys, password))
    shadow.set(name, 2, String(today(sys)))
    return true
  }
  return false
}
