/**
 * What `sudo -l` shows: the settings and the rules that hold for a user, short and long.
 * Linux: sudo 1.9 plugins/sudoers/display.c.
 */
import type { Output } from '../command.ts'
import type { Permission, Policy, Rule } from './policy.ts'

/** Print the rules; with `isLong` an entry of several lines for each. */
export function listRules(
  out: Output,
  user: string,
  host: string,
  policy: Policy,
  rules: readonly Rule[],
  isLong: boolean,
): void {
  if (!rules.length) return out.line(`User ${user} is not allowed to run sudo on ${host}.`)
  const defaults = policy.defaultsFor(user).map(it => it.replaceAll('"', '').replaceAll(':', '\\:'))
  out.print(`Matching Defaults entries for ${user} on ${host}:\n    ${defaults.join(', ')}\n\n`)
  out.print(`User ${user} may run the following commands on ${host}:\n`)
  for (const it of rules) {
    if (isLong) out.print(entries(it))
    else out.line(`    (${it.runas.replace(/\s*:\s*/, ' : ')}) ${shortText(it)}`)
  }
}

/** A tag is shown where it changes. */
function shortText({ permissions }: Rule): string {
  let before: Permission | undefined
  const texts: string[] = []
  for (const it of permissions) {
    const tags = [
      it.setEnv !== (before?.setEnv ?? false) ? (it.setEnv ? 'SETENV: ' : 'NOSETENV: ') : '',
      it.noExec !== (before?.noExec ?? false) ? (it.noExec ? 'NOEXEC: ' : 'EXEC: ') : '',
      it.noPassword !== before?.noPassword && (it.noPassword || it.isTagged)
        ? `${it.noPassword ? 'NO' : ''}PASSWD: `
        : '',
    ]
    before = it
    texts.push(`${tags.join('')}${it.isDenied ? '!' : ''}${it.command}`)
  }
  return texts.join(', ')
}

/** The long form of -ll: commands with the same options stand together. */
function entries({ runas, permissions }: Rule): string {
  const [user = '', group] = runas.split(':').map(it => it.trim())
  const head = `\nSudoers entry:\n    RunAsUsers: ${user}\n${group ? `    RunAsGroups: ${group}\n` : ''}`
  let text = ''
  let last: string | undefined
  for (const it of permissions) {
    const options = [it.setEnv && 'setenv', it.noExec && 'noexec', it.noPassword && '!authenticate']
    const shown = options.filter(name => name).join(', ')
    if (shown !== last) text += `${head}${shown && `    Options: ${shown}\n`}    Commands:\n`
    last = shown
    text += `\t${it.isDenied ? '!' : ''}${it.command}\n`
  }
  return text
}
