/**
 * chage - change user password expiry information
 * Linux: shadow 4.13 src/chage.c; chage(1). A set-group-id program of group shadow.
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import type { Flags, Options, Process } from '../lib/command.ts'
import { dayField, dayOf, die, readAccounts, shadowCommand, withAccounts } from '../lib/shadow/files.ts'
import { readPrompt } from '../lib/shadow/prompt.ts'
import { localtime, strftime } from '../lib/time.ts'

const OPTIONS = {
  lastday: { short: 'd', value: 'LAST_DAY' },
  expiredate: { short: 'E', value: 'EXPIRE_DATE' },
  iso8601: { short: 'i' },
  inactive: { short: 'I', value: 'INACTIVE' },
  list: { short: 'l' },
  mindays: { short: 'm', value: 'MIN_DAYS' },
  maxdays: { short: 'M', value: 'MAX_DAYS' },
  root: { short: 'R', value: 'CHROOT_DIR' },
  warndays: { short: 'W', value: 'WARN_DAYS' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

export default shadowCommand({
  name: 'chage',
  summary: 'change user password expiry information',
  help: `Usage: chage [options] LOGIN

Options:
  -d, --lastday LAST_DAY        set date of last password change to LAST_DAY
  -E, --expiredate EXPIRE_DATE  set account expiration date to EXPIRE_DATE
  -h, --help                    display this help message and exit
  -i, --iso8601                 use YYYY-MM-DD when printing dates
  -I, --inactive INACTIVE       set password inactive after expiration
                                to INACTIVE
  -l, --list                    show account aging information
  -m, --mindays MIN_DAYS        set minimum number of days before password
                                change to MIN_DAYS
  -M, --maxdays MAX_DAYS        set maximum number of days before password
                                change to MAX_DAYS
  -R, --root CHROOT_DIR         directory to chroot into
  -W, --warndays WARN_DAYS      set expiration warning days to WARN_DAYS

`,
  options: OPTIONS,

  *main(sys, flags, args, me, wrongUsage) {
    for (const it of [flags.lastday, flags.expiredate])
      if (it !== undefined && (dayOf(it) ?? -2) < -1) throw wrongUsage(`invalid date '${it}'`)
    for (const it of [flags.inactive, flags.mindays, flags.maxdays, flags.warndays])
      if (it !== undefined && !/^-?\d+$/.test(it)) throw wrongUsage(`invalid numeric argument '${it}'`)
    const { lastday, expiredate, inactive, mindays, maxdays, warndays } = flags
    const isGiven = [lastday, expiredate, inactive, mindays, maxdays, warndays].some(it => it !== undefined)
    if (args.length !== 1) throw wrongUsage()
    if (flags.list && isGiven) throw wrongUsage('do not include "l" with other flags')
    const name = args[0]!
    if (sys.getuid() !== 0 && !flags.list) throw die('Permission denied.')
    const files = yield* readAccounts(sys)
    const row = files.passwd.get(name)
    if (!row) throw die(`user '${name}' does not exist in /etc/passwd`)
    const shadow = files.shadow.get(name) ?? []
    if (flags.list) {
      if (sys.getuid() !== 0 && row[2] !== String(sys.getuid())) throw die('Permission denied.')
      list(me, shadow, flags.iso8601 ? '%Y-%m-%d' : '%b %d, %Y')
      return 0
    }
    const values = isGiven ? flags : yield* ask(sys, me, name, shadow)
    yield* withAccounts(
      sys,
      me,
      ['passwd', 'shadow'],
      () => 1,
      function* (locked) {
        const put = (field: number, day: number | undefined): void => {
          if (day !== undefined) locked.shadow.set(name, field, dayField(day))
        }
        put(2, values.lastday === undefined ? undefined : dayOf(values.lastday))
        put(3, values.mindays === undefined ? undefined : Number(values.mindays))
        put(4, values.maxdays === undefined ? undefined : Number(values.maxdays))
        put(5, values.warndays === undefined ? undefined : Number(values.warndays))
        put(6, values.inactive === undefined ? undefined : Number(values.inactive))
        put(7, values.expiredate === undefined ? undefined : dayOf(values.expiredate))
      },
    )
    return 0
  },
})

const dateOf = (day: number, format: string): string =>
  strftime(format, localtime({ sec: day * 86400, nsec: 0 }))

/** Linux: list_fields(). */
function list(me: Process, shadow: readonly string[], format: string): void {
  const number = (field: number): number => (shadow[field] ? Number(shadow[field]) : -1)
  const [last, max, inactive, expire] = [number(2), number(4), number(6), number(7)]
  const print = (label: string, tabs: number, value: string | number): void =>
    me.out.line(`${label}${'\t'.repeat(tabs)}: ${value}`)
  const date = (day: number): string => (day < 0 ? 'never' : dateOf(day, format))
  const mustChange = 'password must be changed'
  const expires = max < 0 || last < 0 || max >= 10000 ? -1 : last + max
  print('Last password change', 5, last === 0 ? mustChange : date(last))
  print('Password expires', 5, last === 0 ? mustChange : date(expires))
  print(
    'Password inactive',
    5,
    last === 0 ? mustChange : date(expires < 0 || inactive < 0 ? -1 : expires + inactive),
  )
  print('Account expires', 6, date(expire))
  print('Minimum number of days between password change', 2, number(3))
  print('Maximum number of days between password change', 2, max)
  print('Number of days of warning before password expires', 1, number(5))
}

/** Without options every value is asked for. */
function* ask(sys: Sys, me: Process, name: string, shadow: readonly string[]): Blocking<Given> {
  const day = (field: number): string => (shadow[field] ? dateOf(Number(shadow[field]), '%Y-%m-%d') : '-1')
  me.out.print(
    `Changing the aging information for ${name}\nEnter the new value, or press ENTER for the default\n\n`,
  )
  const number = function* (prompt: string, field: number): Blocking<string> {
    const answer =
      (yield* readPrompt(sys, me, `\t${prompt}`, shadow[field] || '-1')) ?? (shadow[field] || '-1')
    if (!/^-?\d+$/.test(answer)) throw die('error changing fields')
    return answer
  }
  const date = function* (prompt: string, field: number): Blocking<string> {
    const answer = (yield* readPrompt(sys, me, `\t${prompt}`, day(field))) ?? day(field)
    if (dayOf(answer) === undefined) throw die('error changing fields')
    return answer
  }
  return {
    mindays: yield* number('Minimum Password Age', 3),
    maxdays: yield* number('Maximum Password Age', 4),
    lastday: yield* date('Last Password Change (YYYY-MM-DD)', 2),
    warndays: yield* number('Password Expiration Warning', 5),
    inactive: yield* number('Password Inactive', 6),
    expiredate: yield* date('Account Expiration Date (YYYY-MM-DD)', 7),
  }
}
