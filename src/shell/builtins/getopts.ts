/** getopts. Bash: builtins/getopts.def. */
import type { Blocking } from '../../abi/index.ts'
import { assign } from '../expand/assign.ts'
import { Complaint, type Shell } from '../shell.ts'
import { isName } from '../variables.ts'
import { options, usageOnly } from './options.ts'

export function* getopts(sh: Shell, argv: readonly string[]): Blocking<number> {
  if (!sh.isDash) options(argv.slice(0, 2), '')
  const [letters, name, ...rest] = argv[1] === '--' ? argv.slice(2) : argv.slice(1)
  if (letters === undefined || name === undefined)
    throw sh.isDash ? new Complaint('Usage: getopts optstring var [arg...]', 2) : usageOnly('getopts')
  const args = argv.length > 3 ? rest : sh.args
  let index = Math.min(Math.max(1, Number(sh.get('OPTIND') ?? 1) || 1), args.length + 1)
  const word = args[index - 1]
  let at = sh.getoptsAt || 1
  const finish = (status: number, value: string, next: number, within: number): number => {
    setIndex(sh, next, within)
    if (!isName(name))
      throw new Complaint(
        sh.isDash ? `${name}: bad variable name` : `\`${name}': not a valid identifier`,
        sh.isDash ? 2 : 1,
      )
    try {
      assign(sh, name, value)
    } catch (e) {
      if (!(e instanceof Complaint) || sh.isDash) throw e
      throw new Complaint(e.message, status ? 1 : 2, e.fatal)
    }
    return status
  }
  if (word === undefined || !/^-./s.test(word)) {
    sh.variables.unset('OPTARG')
    return finish(1, '?', index, 0)
  }
  if (word === '--') {
    sh.variables.unset('OPTARG')
    return finish(1, '?', index + 1, 0)
  }
  const letter = word[at]!
  at++
  const more = at < word.length
  const place = letters.indexOf(letter)
  const silent = letters[0] === ':'
  const quiet = silent || sh.get('OPTERR') === '0'
  if (letter === ':' || place < 0) {
    if (!quiet)
      yield* sh.print(
        2,
        sh.isDash ? `Illegal option -${letter}\n` : `${sh.name}: illegal option -- ${letter}\n`,
      )
    if (silent) assign(sh, 'OPTARG', letter)
    else sh.variables.unset('OPTARG')
    return finish(0, '?', more ? index : index + 1, more ? at : 0)
  }
  if (letters[place + 1] !== ':') {
    sh.variables.unset('OPTARG')
    return finish(0, letter, more ? index : index + 1, more ? at : 0)
  }
  const value = more ? word.slice(at) : args[index++]
  if (value !== undefined) {
    assign(sh, 'OPTARG', value)
    return finish(0, letter, index + 1, 0)
  }
  if (!quiet)
    yield* sh.print(
      2,
      sh.isDash ? `No arg for -${letter} option\n` : `${sh.name}: option requires an argument -- ${letter}\n`,
    )
  if (silent) assign(sh, 'OPTARG', letter)
  else sh.variables.unset('OPTARG')
  return finish(0, silent ? ':' : '?', index, 0)
}

function setIndex(sh: Shell, next: number, within: number): void {
  assign(sh, 'OPTIND', String(next))
  sh.getoptsAt = within
}
