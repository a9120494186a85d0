/** `[[ … ]]`. Bash: execute_cmd.c:execute_cond_command(); regular expressions as regcomp(3) with REG_EXTENDED. */
import type { Blocking } from '../../abi/index.ts'
import { isReference, isVariableSet } from '../builtins/test.ts'
import { evaluate } from '../expand/arithmetic.ts'
import { expandText, expandToPattern, expandToRegExp, expanding } from '../expand/command.ts'
import { matches } from '../expand/pattern.ts'
import { RegexError, compileRegex } from '../../userland/lib/regex.ts'
import { compareNumbers } from '../../userland/lib/test/expression.ts'
import { compareFiles, fileTest, isTerminal } from '../../userland/lib/test/files.ts'
import { Complaint, type Shell } from '../shell.ts'
import type { Conditional, Test, Word } from '../tree.ts'
import { writable } from '../expand/assign.ts'
import { fromLatin, narrow, toLatin } from '../locale.ts'
import { commandText } from '../print.ts'
import { debugTrap, trace } from './simple.ts'

export function* conditional(sh: Shell, command: Conditional): Blocking<number> {
  if (yield* debugTrap(sh, () => commandText(command))) return 0
  try {
    return (yield* holds(sh, command.test)) ? 0 : 1
  } catch (e) {
    if (!(e instanceof Complaint) || e.fatal === 'exit') throw e
    if (e.message) yield* sh.complain(`[[: ${e.message}`)
    return e.status
  }
}

/** Words are traced as they are. Bash: print_cmd.c:xtrace_print_cond_term(). */
const shown = (text: string): string => text || "''"

function* holds(sh: Shell, test: Test, sign = ''): Blocking<boolean> {
  switch (test.type) {
    case 'and':
      for (const it of test.operands) if (!(yield* holds(sh, it))) return false
      return true
    case 'or':
      for (const it of test.operands) if (yield* holds(sh, it)) return true
      return false
    case 'not':
      return !(yield* holds(sh, test.operand, '! '))
    case 'paren':
      return yield* holds(sh, test.operand)
    case 'unary':
      return yield* unary(sh, test.operator, test.operand, sign)
    case 'binary':
      return yield* binary(sh, test, sign)
  }
}

function* unary(sh: Shell, operator: string, operand: Word, sign: string): Blocking<boolean> {
  const text = yield* expandText(sh, operand)
  if (sh.options.has('xtrace')) yield* trace(sh, `[[ ${sign}${operator} ${shown(text)} ]]`)
  if (operator === '-z') return text === ''
  if (operator === '-n') return text !== ''
  if (operator === '-v') return yield* expanding(sh, () => isVariableSet(sh, text))
  if (operator === '-R') return isReference(sh, text)
  if (operator === '-o') return sh.options.has(text)
  if (operator === '-t') return isTerminal(sh.sys, Number(text))
  return fileTest(sh.sys, operator, text)
}

function* binary(sh: Shell, test: Test & { type: 'binary' }, sign: string): Blocking<boolean> {
  const { operator, left, right } = test
  const text = yield* expandText(sh, left)
  if (operator === '=~') return yield* regex(sh, text, right, sign)
  if (operator === '==' || operator === '=' || operator === '!=') {
    const pattern = yield* expandToPattern(sh, right)
    if (sh.options.has('xtrace'))
      yield* trace(sh, `[[ ${sign}${shown(text)} ${operator} ${pattern || "''"} ]]`)
    return (
      matches(narrow(sh, text), narrow(sh, pattern), {
        extglob: true,
        ignoreCase: sh.shopts.has('nocasematch'),
      }) ===
      (operator !== '!=')
    )
  }
  const other = yield* expandText(sh, right)
  if (sh.options.has('xtrace')) yield* trace(sh, `[[ ${sign}${shown(text)} ${operator} ${shown(other)} ]]`)
  if (operator === '<') return text < other
  if (operator === '>') return text > other
  if (/^-(eq|ne|lt|le|gt|ge)$/.test(operator))
    return yield* expanding(sh, () => compareNumbers(evaluate(sh, text), operator, evaluate(sh, other)))
  return compareFiles(sh.sys, text, operator, other)
}

function* regex(sh: Shell, text: string, right: Word, sign: string): Blocking<boolean> {
  const source = yield* expandToRegExp(sh, right)
  if (sh.options.has('xtrace')) yield* trace(sh, `[[ ${sign}${shown(text)} =~ ${source} ]]`)
  const regexp = compiled(toLatin(sh, source), sh.shopts.has('nocasematch'))
  const match = regexp.exec(toLatin(sh, text))
  const variable = writable(sh, 'BASH_REMATCH')
  variable.value = match ? [...match].map(it => fromLatin(sh, it ?? '')) : []
  return match !== null
}

const cache = new Map<string, RegExp>()

/** A regular expression that is none makes the status 2, without a message. */
function compiled(source: string, ignoreCase: boolean): RegExp {
  const key = `${ignoreCase ? 'i' : ''}:${source}`
  let regexp = cache.get(key)
  if (regexp) return regexp
  // A repetition of nothing, which grep takes for a character, regcomp(3) refuses.
  if (/^(?:\^|\()*[*+?{]/.test(source)) throw new Complaint('', 2)
  try {
    regexp = compileRegex(source, { extended: true, ignoreCase })
  } catch (e) {
    if (e instanceof RegexError) throw new Complaint('', 2)
    throw e
  }
  if (cache.size > 500) cache.clear()
  cache.set(key, regexp)
  return regexp
}
