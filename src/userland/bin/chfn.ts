/**
 * chfn - change real user name and information
 * Linux: shadow 4.13 src/chfn.c; chfn(1). A set-user-id program.
 */
import { isPasswordOf } from '../lib/crypt.ts'
import type { Options, Process } from '../lib/command.ts'
import { askPassword } from '../lib/become-user.ts'
import { die, loginDefs, noSuch, readAccounts, shadowCommand, withAccounts } from '../lib/shadow/files.ts'
import { readPrompt } from '../lib/shadow/prompt.ts'
import type { Blocking, Sys } from '../../abi/index.ts'

const OPTIONS = {
  fullName: { short: 'f', value: 'FULL_NAME' },
  homePhone: { short: 'h', value: 'HOME_PHONE' },
  other: { short: 'o', value: 'OTHER_INFO' },
  room: { short: 'r', value: 'ROOM_NUMBER' },
  root: { short: 'R', value: 'CHROOT_DIR' },
  help: { short: 'u' },
  workPhone: { short: 'w', value: 'WORK_PHONE' },
} as const satisfies Options

/** The parts of the field: what they are called, their letter in CHFN_RESTRICT, how a message names them. */
const PARTS = [
  ['fullName', 'Full Name', 'f', 'name'],
  ['room', 'Room Number', 'r', 'room number'],
  ['workPhone', 'Work Phone', 'w', 'work phone'],
  ['homePhone', 'Home Phone', 'h', 'home phone'],
] as const

export default shadowCommand({
  name: 'chfn',
  summary: 'change real user name and information',
  help: `Usage: chfn [options] [LOGIN]

Options:
  -f, --full-name FULL_NAME     change user's full name
  -h, --home-phone HOME_PHONE   change user's home phone number
  -o, --other OTHER_INFO        change user's other GECOS information
  -r, --room ROOM_NUMBER        change user's room number
  -R, --root CHROOT_DIR         directory to chroot into
  -u, --help                    display this help message and exit
  -w, --work-phone WORK_PHONE   change user's office phone number

`,
  options: OPTIONS,

  *main(sys, flags, args, me) {
    const isRoot = sys.getuid() === 0
    const { passwd } = yield* readAccounts(sys)
    const allowed = (yield* loginDefs(sys)).text('CHFN_RESTRICT') ?? ''
    const isGiven = [...PARTS.map(([key]) => key), 'other' as const].some(key => flags[key] !== undefined)
    for (const [key, , letter] of PARTS)
      if (!isRoot && flags[key] !== undefined && !allowed.includes(letter)) throw die('Permission denied.')
    if (!isRoot && flags.other !== undefined) throw die('Permission denied.')
    const row = args.length ? passwd.get(args[0]!) : passwd.rows.find(it => it[2] === String(sys.getuid()))
    if (!row) throw args.length ? noSuch('user', args[0]!, 1) : die('Cannot determine your user name.')
    const name = row[0]!
    if (!isRoot && row[2] !== String(sys.getuid())) throw die('Permission denied.')
    if (!isRoot && !(yield* isPasswordOf(sys, name, yield* askPassword(sys, 'Password: ')))) {
      yield* sys.nanosleep(2e9)
      throw die('PAM: Authentication failure')
    }
    const [first = '', room = '', work = '', home = '', ...rest] = (row[4] ?? '').split(',')
    const old = [first, room, work, home, rest.join(',')]
    const values = isGiven
      ? [...PARTS.map(([key], i) => flags[key] ?? old[i]!), flags.other ?? old[4]!]
      : yield* ask(sys, me, name, old, isRoot, allowed)
    checkValues(values)
    const gecos = values.slice(0, 4).join(',') + (values[4] ? `,${values[4]}` : '')
    yield* withAccounts(
      sys,
      me,
      ['passwd'],
      () => 1,
      function* (files) {
        files.passwd.set(name, 4, gecos)
      },
    )
    return 0
  },
})

/** Every part in turn; what one may not change is shown only. */
function* ask(
  sys: Sys,
  me: Process,
  name: string,
  old: readonly string[],
  isRoot: boolean,
  allowed: string,
): Blocking<string[]> {
  me.out.print(
    `Changing the user information for ${name}\nEnter the new value, or press ENTER for the default\n`,
  )
  const values: string[] = []
  for (const [i, [, label, letter]] of PARTS.entries()) {
    if (isRoot || allowed.includes(letter))
      values.push((yield* readPrompt(sys, me, `\t${label}`, old[i]!)) ?? old[i]!)
    else {
      me.out.line(`\t${label}: ${old[i]}`)
      values.push(old[i]!)
    }
  }
  values.push(isRoot ? ((yield* readPrompt(sys, me, '\tOther', old[4]!)) ?? old[4]!) : old[4]!)
  return values
}

function checkValues(values: readonly string[]): void {
  for (const [i, value] of values.entries()) {
    if (!(i === 4 ? /[:\n]/ : /[:,=\n]/).test(value)) continue
    const [, , , what = ''] = PARTS[i] ?? []
    throw i === 4 ? die(`'${value}' contains illegal characters`) : die(`invalid ${what}: '${value}'`)
  }
}
