/**
 * passwd - change user password
 * Linux: shadow 4.13 src/passwd.c with PAM; passwd(1), pam_unix(8). A set-user-id program.
 *
 * Left out: --repository, --keep-tokens; the strength of passwords beyond their length.
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { isPassword, newHash } from '../lib/crypt.ts'
import type { Flags, Options, Process } from '../lib/command.ts'
import { askPassword } from '../lib/become-user.ts'
import {
  type Accounts,
  die,
  noSuch,
  readAccounts,
  shadowCommand,
  today,
  withAccounts,
} from '../lib/shadow/files.ts'
import { localtime, strftime } from '../lib/time.ts'

const OPTIONS = {
  all: { short: 'a' },
  delete: { short: 'd' },
  expire: { short: 'e' },
  keepTokens: { short: 'k' },
  inactive: { short: 'i', value: 'INACTIVE' },
  lock: { short: 'l' },
  mindays: { short: 'n', value: 'MIN_DAYS' },
  quiet: { short: 'q' },
  repository: { short: 'r', value: 'REPOSITORY' },
  root: { short: 'R', value: 'CHROOT_DIR' },
  status: { short: 'S' },
  unlock: { short: 'u' },
  warndays: { short: 'w', value: 'WARN_DAYS' },
  maxdays: { short: 'x', value: 'MAX_DAYS' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

/** Statuses of passwd(1). */
const USAGE = 2
const FAILURE = 3
const BUSY = 5
const BAD_ARGUMENT = 6
const NOT_CHANGED = 10

export default shadowCommand({
  name: 'passwd',
  summary: 'change user password',
  help: `Usage: passwd [options] [LOGIN]

Options:
  -a, --all                     report password status on all accounts
  -d, --delete                  delete the password for the named account
  -e, --expire                  force expire the password for the named account
  -h, --help                    display this help message and exit
  -k, --keep-tokens             change password only if expired
  -i, --inactive INACTIVE       set password inactive after expiration
                                to INACTIVE
  -l, --lock                    lock the password of the named account
  -n, --mindays MIN_DAYS        set minimum number of days before password
                                change to MIN_DAYS
  -q, --quiet                   quiet mode
  -r, --repository REPOSITORY   change password in REPOSITORY repository
  -R, --root CHROOT_DIR         directory to chroot into
  -S, --status                  report password status on the named account
  -u, --unlock                  unlock the password of the named account
  -w, --warndays WARN_DAYS      set expiration warning days to WARN_DAYS
  -x, --maxdays MAX_DAYS        set maximum number of days before password
                                change to MAX_DAYS

`,
  wrong: BAD_ARGUMENT,
  options: OPTIONS,

  *main(sys, flags, args, me, wrongUsage) {
    for (const it of [flags.inactive, flags.mindays, flags.warndays, flags.maxdays])
      if (it !== undefined && !/^-?\d+$/.test(it)) throw wrongUsage(`invalid numeric argument '${it}'`)
    const changes = [flags.delete, flags.expire, flags.lock, flags.unlock].some(it => it)
    const ages = [flags.inactive, flags.mindays, flags.warndays, flags.maxdays].some(it => it !== undefined)
    if (args.length > 1 || ((changes || ages) && !args.length)) throw wrongUsage('', USAGE)
    if (flags.all && (!flags.status || args.length)) throw wrongUsage('', USAGE)
    if (flags.status && (changes || ages)) throw wrongUsage('', USAGE)

    const files = yield* readAccounts(sys)
    const own = files.passwd.rows.find(row => row[2] === String(sys.getuid()))?.[0]
    if (flags.all) {
      if (sys.getuid() !== 0) throw die('Permission denied.')
      for (const [name] of files.passwd.rows) me.out.line(statusLine(files, name!))
      return 0
    }
    const name = args[0] ?? own
    if (name === undefined) throw die('Cannot determine your user name.')
    if (!files.passwd.get(name)) throw noSuch('user', name, 1)
    if ((changes || ages) && sys.getuid() !== 0) throw die('Permission denied.')
    if (sys.getuid() !== 0 && name !== own)
      throw die(`You may not view or modify password information for ${name}.`)
    if (flags.status) {
      me.out.line(statusLine(files, name))
      return 0
    }
    if (!changes && !ages) return yield* changePassword(sys, me, files, name)
    yield* change(sys, me, flags, name)
    if (!flags.quiet) yield* me.warn('password changed.')
    return 0
  },
})

/** `user L 2026-11-21 0 99999 7 -1`: L is locked, NP none, P usable. */
function statusLine(files: Accounts, name: string): string {
  const [, password = '!', day, min, max, warn, inactive] = files.shadow.get(name) ?? []
  const state = password === '' ? 'NP' : /^[!*]/.test(password) ? 'L' : 'P'
  const date = strftime('%Y-%m-%d', localtime({ sec: Number(day || 0) * 86400, nsec: 0 }))
  return [name, state, date, ...[min, max, warn, inactive].map(it => it || '-1')].join(' ')
}

function* change(sys: Sys, me: Process, flags: Given, name: string): Blocking<void> {
  yield* withAccounts(
    sys,
    me,
    ['passwd', 'shadow'],
    () => BUSY,
    function* (files) {
      const { shadow } = files
      const password = shadow.get(name)?.[1] ?? ''
      const bare = password.replace(/^!/, '')
      if (flags.unlock && !flags.lock && password.startsWith('!') && !bare)
        throw die(
          'unlocking the password would result in a passwordless account.\nYou should set a password with usermod -p to unlock the password of this account.',
          FAILURE,
        )
      if (flags.delete) shadow.set(name, 1, '')
      else if (flags.unlock) shadow.set(name, 1, bare || password)
      else if (flags.lock) shadow.set(name, 1, `!${bare}`)
      const numbers = [
        [3, flags.mindays],
        [4, flags.maxdays],
        [5, flags.warndays],
        [6, flags.inactive],
      ] as const
      for (const [field, value] of numbers)
        if (value !== undefined) shadow.set(name, field, value.startsWith('-') ? '' : value)
      if (flags.expire) shadow.set(name, 2, '0')
    },
  )
}

/** pam_chauthtok(): the old password unless it is root who asks, then the new one twice. */
function* changePassword(sys: Sys, me: Process, files: Accounts, name: string): Blocking<number> {
  const isRoot = sys.getuid() === 0
  const stored = files.shadow.get(name)?.[1] ?? ''
  if (!isRoot) {
    me.out.line(`Changing password for ${name}.`)
    if (sys.isatty(1)) yield* me.out.flush()
    const old = stored === '' ? '' : yield* askPassword(sys, 'Current password: ')
    if (old === undefined || !isPassword(old, stored)) {
      yield* sys.nanosleep(2e9)
      return yield* refused(me)
    }
  }
  for (let attempt = 0; attempt < 3; attempt++) {
    const first = yield* askPassword(sys, 'New password: ')
    if (first === undefined) return yield* aborted(sys, me)
    const second = yield* askPassword(sys, 'Retype new password: ')
    if (second === undefined) return yield* aborted(sys, me)
    if (second !== first) {
      yield* say(sys, 'Sorry, passwords do not match.\n')
      return yield* refused(me)
    }
    const complaint = weakness(first, isRoot)
    if (complaint) {
      yield* say(sys, complaint)
      continue
    }
    yield* store(sys, me, name, first)
    yield* me.warn('password updated successfully')
    return 0
  }
  return yield* refused(me)
}

const weakness = (password: string, isRoot: boolean): string =>
  !password
    ? 'No password has been supplied.\n'
    : !isRoot && password.length < 6
      ? 'You must choose a longer password.\n'
      : ''

/** What PAM has to say goes to standard error. */
const say = (sys: Sys, text: string): Blocking<number> => sys.write(2, text)

function* aborted(sys: Sys, me: Process): Blocking<number> {
  yield* say(sys, 'Password change has been aborted.\n')
  return yield* refused(me)
}

function* refused(me: Process): Blocking<number> {
  yield* me.warn('Authentication token manipulation error')
  yield* me.warn('password unchanged')
  return NOT_CHANGED
}

function* store(sys: Sys, me: Process, name: string, password: string): Blocking<void> {
  yield* withAccounts(
    sys,
    me,
    ['passwd', 'shadow'],
    () => BUSY,
    function* (files) {
      files.shadow.set(name, 1, newHash(sys, password))
      files.shadow.set(name, 2, String(today(sys)))
    },
  )
}
