/**
 * The command line of sudo and what it must not ask for together.
 * Linux: sudo 1.9 src/parse_args.c; sudo(8).
 *
 * Left out: hosts other than this one (-h), SELinux roles (-r, -t).
 */

export const HELP = `sudo - execute a command as another user

usage: sudo -h | -K | -k | -V
usage: sudo -v [-ABkNnS] [-g group] [-h host] [-p prompt] [-u user]
usage: sudo -l [-ABkNnS] [-g group] [-h host] [-p prompt] [-U user] [-u user]
            [command [arg ...]]
usage: sudo [-ABbEHkNnPS] [-r role] [-t type] [-C num] [-D directory] [-g
            group] [-h host] [-p prompt] [-R directory] [-T timeout] [-u user]
            [VAR=value] [-i | -s] [command [arg ...]]
usage: sudo -e [-ABkNnS] [-r role] [-t type] [-C num] [-D directory] [-g group]
            [-h host] [-p prompt] [-R directory] [-T timeout] [-u user] file ...

Options:
  -A, --askpass                 use a helper program for password prompting
  -b, --background              run command in the background
  -B, --bell                    ring bell when prompting
  -C, --close-from=num          close all file descriptors >= num
  -D, --chdir=directory         change the working directory before running
                                command
  -E, --preserve-env            preserve user environment when running command
      --preserve-env=list       preserve specific environment variables
  -e, --edit                    edit files instead of running a command
  -g, --group=group             run command as the specified group name or ID
  -H, --set-home                set HOME variable to target user's home dir
  -h, --help                    display help message and exit
  -h, --host=host               run command on host (if supported by plugin)
  -i, --login                   run login shell as the target user; a command
                                may also be specified
  -K, --remove-timestamp        remove timestamp file completely
  -k, --reset-timestamp         invalidate timestamp file
  -l, --list                    list user's privileges or check a specific
                                command; use twice for longer format
  -n, --non-interactive         non-interactive mode, no prompts are used
  -P, --preserve-groups         preserve group vector instead of setting to
                                target's
  -p, --prompt=prompt           use the specified password prompt
  -R, --chroot=directory        change the root directory before running command
  -r, --role=role               create SELinux security context with specified
                                role
  -S, --stdin                   read password from standard input
  -s, --shell                   run shell as the target user; a command may
                                also be specified
  -t, --type=type               create SELinux security context with specified
                                type
  -T, --command-timeout=timeout terminate command after the specified time limit
  -U, --other-user=user         in list mode, display privileges for user
  -u, --user=user               run command (or edit file) as specified user
                                name or ID
  -V, --version                 display version information and exit
  -v, --validate                update user's timestamp without running a
                                command
  --                            stop processing command line arguments
`
export const USAGE = HELP.slice(HELP.indexOf('usage: sudo -h'), HELP.indexOf('\nOptions:'))
export const SUDOEDIT_USAGE = `usage: sudoedit -h | -V
usage: sudoedit [-ABkNnS] [-r role] [-t type] [-C num] [-D directory] [-g
                group] [-h host] [-p prompt] [-R directory] [-T timeout] [-u
                user] file ...
`

/** What the command line asks for. */
export interface Plan {
  user: string | undefined
  group: string | undefined
  login: boolean
  shell: boolean
  keepEnv: boolean
  keepNames: string[]
  setHome: boolean
  list: number
  validate: boolean
  stdin: boolean
  reset: boolean
  forget: boolean
  otherUser: string | undefined
  nonInteractive: boolean
  askpass: boolean
  edit: boolean
  closeFrom: string | undefined
  timeout: string | undefined
  host: boolean
  background: boolean
  preserveGroups: boolean
  prompt: string
  dir: string | undefined
  root: string | undefined
  stop: '' | 'help' | 'version'
  assignments: string[]
  args: string[]
}

/** A message that ends sudo; with the usage after it where the command line is wrong. */
export class Refused {
  readonly message: string
  readonly usage: boolean
  constructor(message: string, usage: boolean) {
    this.message = message
    this.usage = usage
  }
}

const LONG: Readonly<Record<string, string>> = {
  user: 'u',
  group: 'g',
  login: 'i',
  shell: 's',
  'set-home': 'H',
  list: 'l',
  'other-user': 'U',
  'non-interactive': 'n',
  background: 'b',
  'preserve-groups': 'P',
  'preserve-env': 'E',
  prompt: 'p',
  chdir: 'D',
  chroot: 'R',
  help: 'h',
  version: 'V',
  validate: 'v',
  'reset-timestamp': 'k',
  'remove-timestamp': 'K',
  stdin: 'S',
  askpass: 'A',
  edit: 'e',
  bell: 'B',
  'close-from': 'C',
  host: 'h',
  'command-timeout': 'T',
}

/** The command line of sudo, or of sudoedit, taken apart and checked. */
export function planOf(args: readonly string[], isSudoedit: boolean): Plan {
  const plan: Plan = {
    user: undefined,
    group: undefined,
    login: false,
    shell: false,
    keepEnv: false,
    keepNames: [],
    setHome: false,
    list: 0,
    validate: false,
    stdin: false,
    reset: false,
    forget: false,
    otherUser: undefined,
    nonInteractive: false,
    askpass: false,
    edit: isSudoedit,
    closeFrom: undefined,
    timeout: undefined,
    host: false,
    background: false,
    preserveGroups: false,
    prompt: '',
    dir: undefined,
    root: undefined,
    stop: '',
    assignments: [],
    args: [],
  }
  let i = 0
  const value = (rest: string | undefined, letter: string): string => {
    const found = rest || args[i++]
    if (found === undefined) throw new Refused(`sudo: option requires an argument -- '${letter}'\n`, true)
    return found
  }
  while (i < args.length) {
    const arg = args[i]!
    if (!arg.startsWith('-') || arg === '-') break
    i++
    if (arg === '--') break
    if (arg.startsWith('--')) {
      const [name, text] = arg.slice(2).split(/=(.*)/s)
      const letter = LONG[name!]
      if (!letter) throw new Refused(`sudo: unrecognized option '${arg}'\n`, true)
      if (name === 'preserve-env' && text !== undefined) plan.keepNames.push(...text.split(','))
      else option(plan, letter, () => value(text, letter))
      continue
    }
    for (let k = 1; k < arg.length; k++) {
      const letter = arg[k]!
      let taken = false
      option(plan, letter, () => {
        taken = true
        return value(arg.slice(k + 1), letter)
      })
      if (taken) break
    }
  }
  while (/^[^=]+=/.test(args[i] ?? '') && !plan.edit) plan.assignments.push(args[i++]!)
  plan.args = args.slice(i)
  if (plan.stop === 'help' && plan.args.length) {
    plan.stop = ''
    plan.host = true
    plan.args.shift()
  }
  check(plan)
  return plan
}

/** Options that exclude each other. Linux: src/parse_args.c. */
function check(plan: Plan): void {
  if (plan.stop) return
  if (plan.login && plan.shell)
    throw new Refused('sudo: you may not specify both the -i and -s options\n', true)
  if (plan.login && plan.keepEnv)
    throw new Refused('sudo: you may not specify both the -i and -E options\n', true)
  if (plan.otherUser !== undefined && !plan.list)
    throw new Refused('sudo: the -U option may only be used with the -l option\n', true)
  const isShell = plan.login || plan.shell
  const isMixed =
    (plan.list > 0 && (isShell || (plan.user !== undefined && !plan.args.length))) ||
    (plan.validate && plan.args.length > 0) ||
    (plan.forget && plan.args.length > 0) ||
    (plan.edit && (isShell || plan.background || plan.list > 0 || !plan.args.length))
  if (isMixed) throw new Refused('', true)
}

function option(plan: Plan, letter: string, value: () => string): void {
  switch (letter) {
    case 'u':
      plan.user = value()
      return
    case 'g':
      plan.group = value()
      return
    case 'i':
      plan.login = true
      return
    case 's':
      plan.shell = true
      return
    case 'E':
      plan.keepEnv = true
      return
    case 'H':
      plan.setHome = true
      return
    case 'l':
      plan.list++
      return
    case 'U':
      plan.otherUser = value()
      return
    case 'n':
      plan.nonInteractive = true
      return
    case 'b':
      plan.background = true
      return
    case 'P':
      plan.preserveGroups = true
      return
    case 'p':
      plan.prompt = value()
      return
    case 'D':
      plan.dir = value()
      return
    case 'R':
      plan.root = value()
      return
    case 'C':
      plan.closeFrom = value()
      if (!/^\d+$/.test(plan.closeFrom) || Number(plan.closeFrom) < 3)
        throw new Refused('sudo: the argument to -C must be a number greater than or equal to 3\n', true)
      return
    case 'T':
      plan.timeout = value()
      return
    case 'r':
    case 't':
      value()
      return
    case 'h':
      plan.stop = 'help'
      return
    case 'e':
      plan.edit = true
      return
    case 'A':
      plan.askpass = true
      return
    case 'V':
      plan.stop = 'version'
      return
    case 'v':
      plan.validate = true
      return
    case 'K':
      plan.forget = true
      plan.reset = true
      return
    case 'k':
      plan.reset = true
      return
    case 'S':
      plan.stdin = true
      return
    case 'B':
    case 'N':
      return
    default:
      throw new Refused(`sudo: invalid option -- '${letter}'\n`, true)
  }
}
