/**
 * add-shell, remove-shell - change the list of login shells
 * Linux: Debian debianutils add-shell, remove-shell; add-shell(8).
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { command, must, readFile, writeFile } from '../lib/command.ts'

const SHELLS = '/etc/shells'

export default command({
  name: 'add-shell',
  aliases: ['remove-shell'],
  summary: 'add or remove shells to the list of valid login shells',
  suite: 'other',
  usage: ['add-shell shellname [shellname ...]', 'remove-shell shellname [shellname ...]'],
  raw: true,

  *main(sys, _flags, args, me) {
    const removes = me.name.endsWith('remove-shell')
    const program = removes ? 'remove-shell' : 'add-shell'
    if (!args.length) {
      me.out.line(`usage: /usr/sbin/${program} shellname [shellname ...]`)
      return 1
    }
    const lines = (yield* must(SHELLS, readFile(sys, SHELLS))).split('\n').filter(it => it)
    const named = args.flatMap(bothNames)
    yield* rewrite(
      sys,
      removes
        ? lines.filter(it => !named.includes(it))
        : [...lines, ...named.filter((it, i) => !lines.includes(it) && named.indexOf(it) === i)],
    )
    return 0
  },
})

/** /bin is a link to /usr/bin: a shell goes by both names. */
function bothNames(shell: string): string[] {
  if (/^\/(bin|sbin)\//.test(shell)) return [shell, `/usr${shell}`]
  return /^\/usr\/s?bin\//.test(shell) ? [shell.slice('/usr'.length), shell] : [shell]
}

function* rewrite(sys: Sys, lines: readonly string[]): Blocking<void> {
  yield* must(SHELLS, writeFile(sys, `${SHELLS}.tmp`, lines.map(it => `${it}\n`).join('')))
  sys.rename(`${SHELLS}.tmp`, SHELLS)
}
