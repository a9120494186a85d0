/** declare, typeset, local, export, readonly, unset. Bash: builtins/declare.def, setattr.def, set.def. */
import type { Blocking } from '../../abi/index.ts'
import { conform, fillArray, splitReference, toIndexed, assignElement, indexOf } from '../expand/assign.ts'
import { declaration, singleQuote, quoteWord, traceQuote, arrayText, attributesOf } from '../expand/quote.ts'
import { evaluate } from '../expand/arithmetic.ts'
import { trace, type CompoundArgument } from '../exec/simple.ts'
import { functionText } from '../print.ts'
import { Complaint, Discard, type Shell } from '../shell.ts'
import { Variable, isName } from '../variables.ts'
import { output } from './echo.ts'
import { options } from './options.ts'

type Compounds = ReadonlyMap<number, CompoundArgument> | undefined
type Given = ReadonlyMap<string, string>

export function* declare(sh: Shell, argv: readonly string[], compounds?: Compounds): Blocking<number> {
  const isLocal = argv[0] === 'local'
  if (isLocal && !sh.functionDepth)
    throw new Complaint(sh.isDash ? 'not in a function' : 'can only be used in a function', 1)
  const { given, rest } = options(argv, 'aAfFgiIlnprtux', true)
  if (given.has('f') || given.has('F')) return yield* functions(sh, given, rest)
  if (!rest.length) return isLocal && !given.size ? yield* listLocals(sh) : yield* listVariables(sh, given)
  if (given.has('p')) return yield* printVariables(sh, argv[0]!, rest)
  const scoped = sh.functionDepth > 0 && !given.has('g')
  return yield* each(sh, argv, rest, compounds, (word, compound) =>
    declareOne(sh, given, word, compound, scoped),
  )
}

/** Do it for each argument; one that fails does not keep the others from it. */
function* each(
  sh: Shell,
  argv: readonly string[],
  rest: readonly string[],
  compounds: Compounds,
  act: (word: string, compound: CompoundArgument | undefined) => void,
): Blocking<number> {
  let status = 0
  const first = argv.length - rest.length
  for (const [i, word] of rest.entries()) {
    try {
      act(word, compounds?.get(first + i))
    } catch (e) {
      if (!(e instanceof Complaint) || e.fatal === 'exit') throw e
      yield* sh.complain(
        e.fatal && argv[0] !== 'declare' && argv[0] !== 'typeset' && argv[0] !== 'local'
          ? e.message
          : `${argv[0]}: ${e.message}`,
      )
      status = 1
      // A bad expression abandons the command, once it has been told.
      if (e.message.includes('(error token is')) throw new Discard(1)
    }
  }
  return status
}

interface Parsed {
  readonly name: string
  readonly index: string | undefined
  readonly value: string | undefined
  readonly append: boolean
}

/** `name`, `name=value`, `name+=value` or `name[i]=value`. */
function parse(word: string): Parsed {
  const match = /^([A-Za-z_]\w*)(?:\[([^=]*)\])?(?:(\+?)=([\s\S]*))?$/.exec(word)
  if (!match) throw new Complaint(`\`${word}': not a valid identifier`, 1)
  return { name: match[1]!, index: match[2], value: match[4], append: match[3] === '+' }
}

function declareOne(
  sh: Shell,
  given: Given,
  word: string,
  compound: CompoundArgument | undefined,
  scoped: boolean,
): void {
  const it = compound
    ? { name: compound.name, index: undefined, value: undefined, append: compound.append }
    : parse(word)
  const variable = variableFor(sh, it.name, scoped, given)
  if (variable.readonly && (it.value !== undefined || compound || given.has('+r')))
    throw new Complaint(`${it.name}: readonly variable`, 1)
  setAttributes(sh, it.name, variable, given)
  if (compound) fillArray(sh, prepare(variable), it.name, compound.elements, compound.append)
  else if (it.value !== undefined) setValue(sh, it, variable)
  if (given.has('r')) variable.readonly = true
  sh.onAssign(it.name)
}

function variableFor(sh: Shell, name: string, scoped: boolean, given: Given): Variable {
  if (scoped) {
    const variable = sh.variables.local(name)
    return variable
  }
  if (given.has('n') || given.has('+n')) {
    const known = sh.variables.find(name) ?? new Variable()
    sh.variables.map.set(name, known)
    return known
  }
  return sh.variables.make(name)
}

const prepare = (variable: Variable): Variable => {
  if (!(variable.value instanceof Map)) toIndexed(variable)
  return variable
}

function setValue(sh: Shell, it: Parsed, variable: Variable): void {
  const text = it.value!
  if (it.index !== undefined) return assignElement(sh, it.name, it.index, text, it.append)
  if (variable.nameref) {
    if (!/^[A-Za-z_]\w*(\[.*\])?$/.test(text))
      throw new Complaint(`\`${text}': invalid variable name for name reference`, 1)
    if (text === it.name) throw new Complaint(`${it.name}: nameref variable self references not allowed`, 1)
    variable.value = text
  } else if (variable.set) variable.set(text)
  else if (Array.isArray(variable.value)) variable.value[0] = conform(sh, variable, text)
  else if (variable.value instanceof Map) variable.value.set('0', conform(sh, variable, text))
  else if (it.append)
    variable.value = variable.integer
      ? String(BigInt(evaluate(sh, (variable.value ?? '') || '0')) + BigInt(evaluate(sh, text)))
      : conform(sh, variable, (variable.value ?? '') + text)
  else variable.value = conform(sh, variable, text)
}

function setAttributes(sh: Shell, name: string, variable: Variable, given: Given): void {
  if (given.has('a')) {
    if (variable.value instanceof Map)
      throw new Complaint(`${name}: cannot convert associative to indexed array`, 1)
    toIndexed(variable)
  }
  if (given.has('A')) {
    if (Array.isArray(variable.value))
      throw new Complaint(`${name}: cannot convert indexed to associative array`, 1)
    if (!(variable.value instanceof Map))
      variable.value = new Map(variable.value === undefined ? [] : [['0', variable.value]])
  }
  if (given.has('i')) variable.integer = true
  if (given.has('l')) variable.case = 'l'
  if (given.has('u')) variable.case = 'u'
  if (given.has('x')) variable.exported = true
  if (given.has('n')) variable.nameref = true
  if (given.has('+i')) variable.integer = false
  if (given.has('+x')) variable.exported = false
  if (given.has('+n')) variable.nameref = false
  if (given.has('+l') || given.has('+u')) variable.case = ''
  if (sh.options.has('allexport')) variable.exported = true
}

// Listing

function* functions(sh: Shell, given: Given, names: readonly string[]): Blocking<number> {
  const isShort = given.has('F')
  let status = 0
  let text = ''
  for (const name of names.length ? names : [...sh.functions.keys()].sort()) {
    const it = sh.functions.get(name)
    if (!it) status = 1
    else if (given.has('r')) sh.readonlyFunctions.add(name)
    else if (given.has('x')) sh.exportedFunctions.add(name)
    else if (isShort) text += names.length ? `${name}\n` : `declare -f ${name}\n`
    else text += `${functionText(it)}\n`
  }
  return (yield* output(sh, text)) || status
}

const matchesGiven = (variable: Variable, given: Given): boolean => {
  const attributes = attributesOf(variable)
  return [...given.keys()].every(it => it === 'p' || it === 'g' || attributes.includes(it))
}

function* listVariables(sh: Shell, given: Given): Blocking<number> {
  if (![...given.keys()].some(it => it !== 'g')) return yield* listAll(sh)
  let text = ''
  for (const name of sh.variables.names()) {
    const variable = sh.variables.find(name)!
    if (matchesGiven(variable, given)) text += `${declaration(name, variable)}\n`
  }
  return yield* output(sh, text)
}

function* listLocals(sh: Shell): Blocking<number> {
  let text = ''
  for (const name of [...(sh.variables.frames.at(-1)?.keys() ?? [])].sort()) {
    const variable = sh.variables.find(name)
    if (variable) text += assignmentText(name, variable)
  }
  return yield* output(sh, text)
}

/** `name=value` as `set` shows it. */
export function assignmentText(name: string, variable: Variable): string {
  if (variable.isUnlisted) return ''
  const value = variable.current()
  if (value === undefined) return ''
  if (typeof value !== 'string') return `${name}=${arrayText(value)}\n`
  const plain = value === '' || /^[\w%+,./:=@^-]+$/.test(value)
  return `${name}=${plain && !/^[~#]/.test(value) ? value : quoteWord(value)}\n`
}

/** What `set` and `declare` without arguments print. */
export function* listAll(sh: Shell): Blocking<number> {
  let text = ''
  for (const name of sh.variables.names())
    text += sh.isDash ? dashAssignment(sh, name) : assignmentText(name, sh.variables.find(name)!)
  if (!sh.isDash)
    for (const name of [...sh.functions.keys()].sort()) text += `${functionText(sh.functions.get(name)!)}\n`
  return yield* output(sh, text)
}

const dashAssignment = (sh: Shell, name: string): string => {
  const value = sh.get(name)
  return value === undefined ? '' : `${name}=${singleQuote(value)}\n`
}

function* printVariables(sh: Shell, builtin: string, names: readonly string[]): Blocking<number> {
  let status = 0
  let text = ''
  for (const name of names) {
    const variable = sh.variables.find(name)
    if (variable) text += `${declaration(name, variable)}\n`
    else if (sh.functions.has(name) && builtin === 'typeset -f') text += functionText(sh.functions.get(name)!)
    else {
      yield* sh.complain(`${builtin}: ${name}: not found`)
      status = 1
    }
  }
  return (yield* output(sh, text)) || status
}

/** export and readonly. */
export function* exportNames(sh: Shell, argv: readonly string[], compounds?: Compounds): Blocking<number> {
  const isExport = argv[0] === 'export'
  const { given, rest } = options(argv, isExport ? 'fnp' : 'aAfp')
  if (!rest.length) return yield* listMarked(sh, isExport)
  if (given.has('f')) return yield* markFunctions(sh, rest, isExport, given.has('n'))
  if (sh.options.has('xtrace'))
    for (const word of rest) if (/^\w+=/.test(word)) yield* traceAssignment(sh, word)
  return yield* each(sh, argv, rest, compounds, (word, compound) => {
    const it = compound
      ? { name: compound.name, index: undefined, value: undefined, append: compound.append }
      : parse(word)
    if (it.index !== undefined && it.value === undefined)
      throw new Complaint(`\`${word}': not a valid identifier`, 1)
    const variable = sh.variables.make(it.name)
    if (variable.readonly && (it.value !== undefined || compound))
      throw new Complaint(`${it.name}: readonly variable`, 1, 'discard')
    if (given.has('A') && !(variable.value instanceof Map)) variable.value = new Map()
    if (compound || given.has('a')) prepare(variable)
    if (compound) fillArray(sh, variable, it.name, compound.elements, compound.append)
    else if (it.value !== undefined) setValue(sh, it, variable)
    if (isExport) variable.exported = !given.has('n')
    else variable.readonly = true
    sh.onAssign(it.name)
  })
}

function* traceAssignment(sh: Shell, word: string): Blocking<void> {
  const equals = word.indexOf('=')
  yield* trace(sh, `${word.slice(0, equals)}=${traceQuote(word.slice(equals + 1))}`)
}

function* markFunctions(
  sh: Shell,
  names: readonly string[],
  isExport: boolean,
  off: boolean,
): Blocking<number> {
  let status = 0
  for (const name of names) {
    if (!sh.functions.has(name)) {
      yield* sh.complain(`${isExport ? 'export' : 'readonly'}: ${name}: not a function`)
      status = 1
    } else if (!isExport) sh.readonlyFunctions.add(name)
    else if (off) sh.exportedFunctions.delete(name)
    else sh.exportedFunctions.add(name)
  }
  return status
}

function* listMarked(sh: Shell, isExport: boolean): Blocking<number> {
  let text = ''
  for (const name of sh.variables.names()) {
    const variable = sh.variables.find(name)!
    if (!(isExport ? variable.exported : variable.readonly)) continue
    if (!sh.isDash) text += `${declaration(name, variable)}\n`
    else {
      const value = sh.get(name)
      text += `${isExport ? 'export' : 'readonly'} ${name}${value === undefined ? '' : `=${singleQuote(value)}`}\n`
    }
  }
  return yield* output(sh, text)
}

export function* unset(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { given, rest } = options(argv, 'fvn')
  let status = 0
  for (const word of rest) {
    if (given.has('f')) {
      sh.functions.delete(word)
      continue
    }
    try {
      if (!unsetVariable(sh, word, given.has('n')) && !given.has('v') && isName(word))
        sh.functions.delete(word)
    } catch (e) {
      if (!(e instanceof Complaint)) throw e
      yield* sh.complain(`unset: ${e.message}`)
      status = 1
    }
  }
  return status
}

function unsetVariable(sh: Shell, word: string, reference: boolean): boolean {
  const it = splitReference(word)
  if (!it) {
    if (sh.functions.has(word)) return false
    if (/^\d+$/.test(word)) return false
    throw new Complaint(`\`${word}': not a valid identifier`, 1)
  }
  const name = reference ? it.name : sh.variables.target(it.name)
  const variable = sh.variables.find(name)
  if (!variable) return false
  if (variable.readonly) throw new Complaint(`${it.name}: cannot unset: readonly variable`, 1)
  if (it.index === undefined) {
    sh.variables.unset(name)
    sh.onAssign(name)
    return true
  }
  const { value } = variable
  if (it.index === '@' || it.index === '*') {
    if (value instanceof Map) value.clear()
    else variable.value = []
  } else if (value instanceof Map) value.delete(it.index.replace(/^(["'])(.*)\1$/s, '$2'))
  else if (Array.isArray(value)) removeElement(value, indexOf(sh, value, it.index, name))
  else if (it.index !== '0') throw new Complaint(`${name}: not an array variable`, 1)
  else sh.variables.unset(name)
  return true
}

function removeElement(array: string[], at: number): void {
  delete array[at]
  while (array.length && array[array.length - 1] === undefined) array.length--
}
