/** set and shopt. Bash: builtins/set.def, shopt.def. */
import type { Blocking } from '../../abi/index.ts'
import { Complaint, OPTION_LETTERS, type Shell } from '../shell.ts'
import { enableMonitor } from '../exec/monitor.ts'
import { assign } from '../expand/assign.ts'
import { ownSettings } from '../readline/startup.ts'
import { listAll } from './declare.ts'
import { output } from './echo.ts'
import { invalidOption, options } from './options.ts'

const LETTERS = new Map(
  Object.entries(OPTION_LETTERS)
    .filter(([, letter]) => letter)
    .map(([name, letter]) => [letter as string, name]),
)
const NAMES = Object.keys(OPTION_LETTERS)
const DASH_NAMES = [
  'errexit',
  'noglob',
  'ignoreeof',
  'interactive',
  'monitor',
  'noexec',
  'stdin',
  'xtrace',
  'verbose',
  'vi',
  'emacs',
  'noclobber',
  'allexport',
  'notify',
  'nounset',
  'privileged',
  'nolog',
  'debug',
]

export function* set(sh: Shell, argv: readonly string[]): Blocking<number> {
  if (argv.length === 1) return yield* listAll(sh)
  let i = 1
  for (; i < argv.length; i++) {
    const word = argv[i]!
    if (word === '--') {
      sh.args = argv.slice(i + 1)
      return 0
    }
    if (word === '-') {
      sh.setOption('xtrace', false)
      sh.setOption('verbose', false)
      if (i + 1 < argv.length) sh.args = argv.slice(i + 1)
      return 0
    }
    // "A single + is an ignored flag", to bash.
    if (word === '+' && !sh.isDash) continue
    if (!/^[-+]./.test(word)) break
    const on = word[0] === '-'
    for (const letter of word.slice(1)) {
      if (letter === 'o') {
        const name = argv[++i]
        if (name === undefined) return yield* listOptions(sh, on)
        yield* setNamed(sh, name, on)
      } else {
        const name = LETTERS.get(letter)
        if (!name) throw invalidOption('set', word[0]! + letter)
        yield* change(sh, name, on)
      }
    }
  }
  if (i < argv.length) sh.args = argv.slice(i)
  return 0
}

/** Turn an option on or off by name. */
export function* setNamed(sh: Shell, name: string, on: boolean): Blocking<void> {
  if (!NAMES.includes(name))
    throw new Complaint(
      sh.isDash ? `Illegal option -o ${name}` : `${name}: invalid option name`,
      sh.isAsh ? 1 : 2,
    )
  if (sh.isDash && !sh.isAsh && name === 'pipefail')
    throw new Complaint(`set: Illegal option -o ${name}`, 2, 'exit')
  yield* change(sh, name, on)
}

/** What posix mode changes besides, and `set +o posix` puts back. Bash: general.c:get_posix_options(). */
const POSIX_SHOPTS = ['expand_aliases', 'inherit_errexit', 'shift_verbose', 'sourcepath']

function restoreShopts(sh: Shell, wereOn: readonly string[]): void {
  for (const name of POSIX_SHOPTS)
    if (wereOn.includes(name)) sh.shopts.add(name)
    else sh.shopts.delete(name)
  sh.beforePosix = undefined
}

function* change(sh: Shell, name: string, on: boolean): Blocking<void> {
  if (name === 'vi' && on) sh.setOption('emacs', false)
  if (name === 'emacs' && on) sh.setOption('vi', false)
  if ((name === 'vi' || name === 'emacs') && on && !sh.isDash) ownSettings(sh).editingMode(name)
  if (name === 'noexec' && sh.isInteractive) return
  const before = sh.options.has(name)
  if (name === 'posix' && on && !before) sh.beforePosix = POSIX_SHOPTS.filter(it => sh.shopts.has(it))
  sh.setOption(name, on)
  if (name === 'ignoreeof' && on) assign(sh, 'IGNOREEOF', '10')
  else if (name === 'ignoreeof') sh.variables.unset('IGNOREEOF')
  if (name === 'posix' && !on && sh.beforePosix) restoreShopts(sh, sh.beforePosix)
  if (name === 'monitor' && on !== before) yield* enableMonitor(sh, on)
}

export function* listOptions(sh: Shell, readable: boolean): Blocking<number> {
  if (sh.isDash)
    return yield* output(
      sh,
      !readable
        ? DASH_NAMES.map(it => `set ${sh.options.has(it) ? '-' : '+'}o ${it}\n`).join('')
        : `Current option settings\n${DASH_NAMES.map(it => `${it.padEnd(15)} ${sh.options.has(it) ? 'on' : 'off'}\n`).join('')}`,
    )
  const line = (name: string) =>
    readable
      ? `${name.padEnd(15)}\t${sh.options.has(name) ? 'on' : 'off'}\n`
      : `set ${sh.options.has(name) ? '-' : '+'}o ${name}\n`
  return yield* output(sh, NAMES.map(line).join(''))
}

export const SHOPTS = (
  'autocd assoc_expand_once cdable_vars cdspell checkhash checkjobs checkwinsize cmdhist compat31 compat32 compat40 compat41 compat42 ' +
  'compat43 compat44 complete_fullquote direxpand dirspell dotglob execfail expand_aliases extdebug extglob extquote failglob ' +
  'force_fignore globasciiranges globskipdots globstar gnu_errfmt histappend histreedit histverify hostcomplete huponexit ' +
  'inherit_errexit interactive_comments lastpipe lithist localvar_inherit localvar_unset login_shell mailwarn no_empty_cmd_completion ' +
  'nocaseglob nocasematch noexpand_translation nullglob patsub_replacement progcomp progcomp_alias promptvars restricted_shell ' +
  'shift_verbose sourcepath varredir_close xpg_echo'
).split(' ')

export const SHOPTS_ON = (
  'checkwinsize cmdhist complete_fullquote extquote force_fignore globasciiranges globskipdots hostcomplete interactive_comments ' +
  'patsub_replacement progcomp promptvars sourcepath'
).split(' ')

export const listShopts = (sh: Shell, readable: boolean): Blocking<number> =>
  shopt(sh, readable ? ['shopt', '-p'] : ['shopt'])

export function* shopt(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { given, rest } = options(argv, 'pqsuo')
  const isSet = given.has('o')
  const known = isSet ? NAMES : SHOPTS
  const has = (name: string) => (isSet ? sh.options.has(name) : sh.shopts.has(name))
  if (given.has('s') && given.has('u'))
    throw new Complaint('cannot set and unset shell options simultaneously', 1)
  let status = 0
  const sets = given.has('s') || given.has('u')
  const line = (name: string) =>
    given.has('p')
      ? isSet
        ? `set ${has(name) ? '-' : '+'}o ${name}\n`
        : `shopt ${has(name) ? '-s' : '-u'} ${name}\n`
      : `${name.padEnd(15)}\t${has(name) ? 'on' : 'off'}\n`
  for (const name of rest)
    if (!known.includes(name)) {
      yield* sh.complain(`shopt: ${name}: invalid ${isSet ? 'option' : 'shell option'} name`)
      if (!isSet || !sets) status = 1
    } else if (sets && isSet) yield* setNamed(sh, name, given.has('s'))
    else if (sets && given.has('s')) sh.shopts.add(name)
    else if (sets) sh.shopts.delete(name)
    else {
      if (!has(name)) status = 1
      if (!given.has('q')) yield* output(sh, line(name))
    }
  if (rest.length || given.has('q')) return status
  const shown = known.filter(it => !given.has('s') || has(it)).filter(it => !given.has('u') || !has(it))
  return yield* output(sh, shown.map(line).join(''))
}
