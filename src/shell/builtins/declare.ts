/** declare, typeset, local, export, readonly, unset. Bash: builtins/declare.def, setattr.def, set.def. */
import type { Blocking } from '../../abi/index.ts'
import { assignElement, conform, fillArray, keyOf, splitReference, toIndexed } from '../expand/assign.ts'
import { declaration, singleQuote, quoteWord, traceQuote, arrayText, attributesOf } from '../expand/quote.ts'
import { evaluate, isExpressionError } from '../expand/arithmetic.ts'
import { expanding } from '../expand/command.ts'
import { elementsOf, trace, type CompoundArgument } from '../exec/simple.ts'
import { parseCommands, subscriptEnd } from '../parse/index.ts'
import { functionText } from '../print.ts'
import { Complaint, Exit, type Shell } from '../shell.ts'
import type { FunctionDefinition } from '../tree.ts'
import { Variable, isName } from '../variables.ts'
import { output } from './echo.ts'
import { options } from './options.ts'

type Compounds = ReadonlyMap<number, CompoundArgument> | undefined
type Given = ReadonlyMap<string, string>

export function* declare(sh: Shell, argv: readonly string[], compounds?: Compounds): Blocking<number> {
  const isLocal = argv[0] === 'local'
  if (isLocal && !sh.functionDepth)
    throw sh.isDash
      ? new Complaint('local: not in a function', 2, 'exit')
      : new Complaint('can only be used in a function', 1)
  if (sh.isDash) return dashLocal(sh, argv.slice(1))
  const { given, rest } = options(argv, 'aAcfFgiIlnprtux', true)
  if (given.has('f') || given.has('F')) return yield* functions(sh, given, rest)
  if (!rest.length) return isLocal ? yield* listLocals(sh) : yield* listVariables(sh, given)
  if (given.has('p')) return yield* printVariables(sh, argv[0]!, rest, isLocal)
  const scoped = sh.functionDepth > 0 && !given.has('g')
  const parsed = yield* parseCompounds(sh, given, argv, rest, compounds)
  return yield* each(sh, argv, rest, parsed, (word, compound) =>
    isLocal && word === '-' ? keepOptions(sh) : declareOne(sh, given, word, compound, scoped),
  )
}

/** `local -`: options set in the function are as before when it returns. */
function keepOptions(sh: Shell): void {
  sh.localOptions ??= new Set(sh.options)
}

/** dash's local has no options; a variable without a value keeps the one it has. */
function dashLocal(sh: Shell, words: readonly string[]): number {
  for (const word of words) {
    const match = /^([A-Za-z_]\w*)(?:=([\s\S]*))?$/.exec(word)
    if (!match) throw new Complaint(`local: ${word}: bad variable name`, 2, 'exit')
    const old = sh.get(match[1]!)
    const variable = sh.variables.local(match[1]!)
    variable.value = match[2] ?? variable.value ?? old
  }
  return 0
}

/** `declare -a 'x=(1 2)'`: with an attribute of arrays, or for what is one already, the text is an array's. */
function* parseCompounds(
  sh: Shell,
  given: Given,
  argv: readonly string[],
  rest: readonly string[],
  compounds: Compounds,
): Blocking<Compounds> {
  const first = argv.length - rest.length
  let out: Map<number, CompoundArgument> | undefined
  for (const [i, word] of rest.entries()) {
    const match = /^([A-Za-z_]\w*)\+?=\(.*\)$/s.exec(word)
    if (!match || compounds?.has(first + i)) continue
    const old = sh.variables.resolve(match[1]!)
    const isMap = given.has('A') || old?.value instanceof Map
    if (!isMap && !given.has('a') && !Array.isArray(old?.value)) continue
    const command = parseCommands(word, sh.line).items[0]?.command
    const assign = command?.type === 'simple' ? command.assigns[0] : undefined
    if (!assign?.elements) continue
    out ??= new Map(compounds)
    out.set(first + i, {
      name: assign.name,
      append: assign.append,
      elements: yield* elementsOf(sh, assign, isMap),
    })
  }
  return out ?? compounds
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
      if (sh.isDash) throw new Complaint(`${word.replace(/=.*/s, '')}: bad variable name`, 2)
      status = 1
      if (!e.message) continue
      const isBare =
        e.message.endsWith(': bad array subscript') || (e.fatal && /^(export|readonly)$/.test(argv[0]!))
      if (isExpressionError(e)) throw new Complaint(`${argv[0]}: ${e.message}`, 1, 'discard')
      const message = isBare ? e.message : `${argv[0]}: ${e.message}`
      yield* sh.complain(message)
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
  const name = /^[A-Za-z_]\w*/.exec(word)?.[0] ?? ''
  const close = word[name.length] === '[' ? subscriptEnd(word.slice(name.length)) : 0
  const match = /^(?:(\+?)=([\s\S]*))?$/.exec(word.slice(name.length + close))
  if (!name || !match) throw new Complaint(`\`${word}': not a valid identifier`, 1)
  const index = close ? word.slice(name.length + 1, name.length + close - 1) : undefined
  return { name, index, value: match[2], append: match[1] === '+' }
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
  const isReference = given.has('n') || given.has('+n')
  if (given.has('n')) checkReference(sh, it, compound, scoped)
  const name = isReference || scoped ? it.name : nameOf(sh, it)
  const variable = variableFor(sh, name, scoped, given)
  if (variable.readonly && (it.value !== undefined || compound || given.has('+r')))
    throw new Complaint(`${name}: readonly variable`, 1)
  // "declare -ni": what is an integer cannot be a reference.
  if (given.has('n') && (given.has('i') || variable.integer)) throw new Complaint('', 1)
  setAttributes(sh, name, variable, given)
  if (it.index !== undefined && it.value === undefined && !compound) prepare(variable)
  if (compound) fillArray(sh, prepare(variable), name, compound.elements, compound.append)
  else if (it.value !== undefined) setValue(sh, { ...it, name }, variable)
  if (given.has('r')) variable.readonly = true
  sh.onAssign(name)
}

/** The variable that is meant: what a reference refers to. */
const nameOf = (sh: Shell, { name }: Parsed): string => {
  const target = sh.variables.target(name)
  return isName(target) ? target : name
}

/** What cannot become a name reference. */
function checkReference(
  sh: Shell,
  it: Parsed,
  compound: CompoundArgument | undefined,
  scoped: boolean,
): void {
  const old = scoped ? undefined : sh.variables.find(it.name)
  if (compound || Array.isArray(old?.value) || old?.value instanceof Map)
    throw new Complaint(`${it.name}: reference variable cannot be an array`, 1)
  const target = it.value ?? (old?.nameref ? undefined : (old?.value as string | undefined))
  if (target === undefined || (target === '' && it.value === undefined)) return
  if (!isReferenceTarget(target))
    throw new Complaint(`\`${target}': invalid variable name for name reference`, 1)
  if (target.replace(/\[.*$/s, '') !== it.name) return
  if (!scoped) throw new Complaint(`${it.name}: nameref variable self references not allowed`, 1)
  sh.warn(`local: warning: ${it.name}: circular name reference`)
}

const isReferenceTarget = (text: string): boolean => {
  const it = splitReference(text)
  return it !== undefined && it.index !== ''
}

function variableFor(sh: Shell, name: string, scoped: boolean, given: Given): Variable {
  if (scoped) {
    const old = sh.variables.find(name)
    if (old?.readonly && !(old.scope && old.context)) throw new Complaint(`${name}: readonly variable`, 1)
    const variable = sh.variables.local(name)
    const inherits = given.has('I') || sh.shopts.has('localvar_inherit')
    if (inherits && old && variable !== old) inherit(variable, old)
    return variable
  }
  if (given.has('n') || given.has('+n')) {
    const known = sh.variables.find(name) ?? new Variable()
    sh.variables.map.set(name, known)
    return known
  }
  return sh.variables.make(name)
}

function inherit(variable: Variable, old: Variable): void {
  const { scope, context } = variable
  Object.assign(variable, old.copy(), { scope, context, nameref: false })
}

const prepare = (variable: Variable): Variable => {
  if (!(variable.value instanceof Map)) toIndexed(variable)
  return variable
}

function setValue(sh: Shell, it: Parsed, variable: Variable): void {
  const text = it.value!
  if (it.index !== undefined) return assignElement(sh, it.name, it.index, text, it.append)
  if (variable.nameref) variable.value = text
  else if (variable.set) variable.set(text)
  else if (Array.isArray(variable.value) || variable.value instanceof Map)
    return assignElement(sh, it.name, '0', text, it.append)
  else if (it.append)
    variable.value = variable.integer
      ? String(BigInt(evaluate(sh, (variable.value ?? '') || '0')) + BigInt(evaluate(sh, text)))
      : conform(sh, variable, (variable.value ?? '') + text)
  else variable.value = conform(sh, variable, text)
}

function setAttributes(sh: Shell, name: string, variable: Variable, given: Given): void {
  for (const [letter, isOther, made] of [
    ['a', variable.value instanceof Map, 'indexed'],
    ['A', Array.isArray(variable.value), 'associative'],
  ] as const) {
    if (given.has(`+${letter}`) && typeof variable.value === 'object')
      throw new Complaint(`${name}: cannot destroy array variables in this way`, 1)
    if (!given.has(letter)) continue
    if (isOther)
      throw new Complaint(
        `${name}: cannot convert ${made === 'indexed' ? 'associative to indexed' : 'indexed to associative'} array`,
        1,
      )
    const old = variable.current()
    if (typeof old === 'object') continue
    variable.blank = old === undefined
    if (letter === 'a') toIndexed(variable)
    else variable.value = new Map(old === undefined ? [] : [['0', old]])
  }
  if (given.has('i')) variable.integer = true
  if (given.has('l')) variable.case = given.has('u') ? '' : 'l'
  else if (given.has('u')) variable.case = 'u'
  if (given.has('c')) variable.case = 'c'
  if (given.has('x')) variable.exported = true
  if (given.has('n')) variable.nameref = true
  if (given.has('+i')) variable.integer = false
  if (given.has('+x')) variable.exported = false
  if (given.has('+n')) variable.nameref = false
  if (given.has('+l') || given.has('+u') || given.has('+c')) variable.case = ''
  if (sh.options.has('allexport')) variable.exported = true
}

// Listing

function* functions(sh: Shell, given: Given, names: readonly string[]): Blocking<number> {
  if (!names.length) return yield* listFunctions(sh, given)
  const marks = [...given.keys()].some(it => 'rtx'.includes(it.at(-1)!))
  let status = 0
  let text = ''
  for (const name of names) {
    const it = sh.functions.get(name)
    if (!it) {
      status = 1
      if (given.has('p')) yield* sh.complain(`declare: ${name}: not found`)
    } else if (marks) markFunction(sh, given, name)
    else if (given.has('F') && !given.has('p')) text += `${shortText(sh, name, it)}\n`
    else
      text += `${given.has('F') ? '' : `${functionText(it)}\n`}${given.has('p') ? attributesText(sh, name) : ''}`
  }
  return (yield* output(sh, text)) || status
}

function markFunction(sh: Shell, given: Given, name: string): void {
  if (given.has('r')) sh.readonlyFunctions.add(name)
  if (given.has('t')) sh.tracedFunctions.add(name)
  if (given.has('+t')) sh.tracedFunctions.delete(name)
  if (given.has('x')) sh.exportedFunctions.add(name)
  if (given.has('+x')) sh.exportedFunctions.delete(name)
}

/** All functions that have the attributes given, each followed by its attributes if it has any. */
function* listFunctions(sh: Shell, given: Given): Blocking<number> {
  const wanted = [...given.keys()].filter(it => 'rtx'.includes(it))
  let text = ''
  for (const name of [...sh.functions.keys()].sort()) {
    const attributes = functionAttributes(sh, name)
    if (!wanted.every(it => attributes.includes(it))) continue
    if (given.has('F')) text += `declare -f${attributes} ${name}\n`
    else text += `${functionText(sh.functions.get(name)!)}\n${attributesText(sh, name)}`
  }
  return yield* output(sh, text)
}

const functionAttributes = (sh: Shell, name: string): string =>
  `${sh.readonlyFunctions.has(name) ? 'r' : ''}${sh.tracedFunctions.has(name) ? 't' : ''}${sh.exportedFunctions.has(name) ? 'x' : ''}`

function attributesText(sh: Shell, name: string): string {
  const attributes = functionAttributes(sh, name)
  return attributes ? `declare -f${attributes} ${name}\n` : ''
}

/** With extdebug `declare -F name` says where the function was defined. */
const shortText = (sh: Shell, name: string, it: FunctionDefinition): string =>
  sh.shopts.has('extdebug') ? `${name} ${it.line} ${it.source ?? ''}` : name

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
  for (const name of sh.variables.names()) {
    const variable = sh.variables.find(name)!
    if (variable.scope === 'local' && variable.context === sh.variables.depth)
      text += `${declaration(name, variable)}\n`
  }
  return yield* output(sh, text)
}

/** `name=value` as `set` shows it. */
export function assignmentText(name: string, variable: Variable): string {
  if (variable.isUnlisted || variable.blank) return ''
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

function* printVariables(
  sh: Shell,
  builtin: string,
  names: readonly string[],
  isLocal: boolean,
): Blocking<number> {
  let status = 0
  let text = ''
  for (const name of names) {
    const found = sh.variables.find(name)
    const variable =
      isLocal && (found?.scope !== 'local' || found.context !== sh.variables.depth) ? undefined : found
    if (variable) text += `${declaration(name, variable)}\n`
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
  const { given, rest } = options(argv, isExport ? 'fnp' : 'aAfnp')
  if (given.has('f') && !rest.length) return yield* listFunctions(sh, new Map([[isExport ? 'x' : 'r', '']]))
  if (!rest.length || (given.has('p') && !sh.isDash))
    return rest.length ? 0 : yield* listMarked(sh, isExport, given)
  if (given.has('f')) return yield* markFunctions(sh, rest, isExport, given.has('n'))
  if (sh.options.has('xtrace') && !sh.isDash)
    for (const word of rest) if (/^\w+=/.test(word)) yield* traceAssignment(sh, word)
  return yield* each(sh, argv, rest, compounds, (word, compound) => {
    const it = compound
      ? { name: compound.name, index: undefined, value: undefined, append: compound.append }
      : parse(word)
    if (it.index !== undefined) throw new Complaint(`\`${it.name}[${it.index}]': not a valid identifier`, 1)
    const variable = markedVariable(sh, it.name)
    if (variable.readonly && (it.value !== undefined || compound))
      throw sh.isDash
        ? new Complaint(`${argv[0]}: ${it.name}: is read only`, 2, 'exit')
        : new Complaint(`${it.name}: readonly variable`, 1, 'discard')
    if (given.has('A') && compound && !(variable.value instanceof Map)) variable.value = new Map()
    if (compound || (given.has('a') && it.value !== undefined)) prepare(variable)
    if (compound) fillArray(sh, variable, it.name, compound.elements, compound.append)
    else if (it.value !== undefined) setValue(sh, it, variable)
    if (isExport) variable.exported = !given.has('n')
    else if (!given.has('n')) variable.readonly = true
    sh.onAssign(it.name)
  })
}

/** What export and readonly mark. A variable that the command itself was given outlives it then. */
function markedVariable(sh: Shell, name: string): Variable {
  const target = sh.variables.target(name)
  const variable = sh.variables.make(isName(target) ? target : name)
  const hidden = variable.scope === 'temporary' ? sh.variables.frames.at(-1)?.hidden : undefined
  if (hidden?.has(name)) {
    const outer = hidden.get(name) ?? new Variable()
    outer.value = variable.value
    outer.exported = true
    hidden.set(name, outer)
  }
  return variable
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

function* listMarked(sh: Shell, isExport: boolean, given: Given): Blocking<number> {
  let text = ''
  for (const name of sh.variables.names()) {
    const variable = sh.variables.find(name)!
    if (!(isExport ? variable.exported : variable.readonly)) continue
    if (given.has('a') && !Array.isArray(variable.value)) continue
    if (given.has('A') && !(variable.value instanceof Map)) continue
    if (sh.options.has('posix'))
      text +=
        declaration(name, variable).replace(
          /^declare -([aA]?)\w*/,
          (_, kind: string) => `${isExport ? 'export' : 'readonly'}${kind ? ` -${kind}` : ''}`,
        ) + '\n'
    else if (!sh.isDash) text += `${declaration(name, variable)}\n`
    else {
      const value = sh.get(name)
      text += `${isExport ? 'export' : 'readonly'} ${name}${value === undefined ? '' : `=${singleQuote(value)}`}\n`
    }
  }
  return yield* output(sh, text)
}

export function* unset(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { given, rest } = options(argv, 'fvn')
  if (given.has('f') && given.has('v'))
    throw new Complaint('cannot simultaneously unset a function and a variable', 1)
  let status = 0
  for (const word of rest) {
    try {
      if (given.has('f')) unsetFunction(sh, word)
      else if (!(yield* unsetVariable(sh, word, given)) && !given.has('v') && !given.has('n'))
        unsetFunction(sh, word)
    } catch (e) {
      if (!(e instanceof Complaint) || e.fatal === 'discard') throw e
      yield* sh.complain(`unset: ${e.message}`)
      status = 1
      if (sh.isDash) throw new Exit(2)
    }
  }
  return status
}

function unsetFunction(sh: Shell, name: string): void {
  if (sh.readonlyFunctions.has(name) && sh.functions.has(name))
    throw new Complaint(`${name}: cannot unset: readonly function`, 1)
  sh.functions.delete(name)
  sh.exportedFunctions.delete(name)
}

/** Returns false if there is no such variable. */
function* unsetVariable(sh: Shell, word: string, flags: Given): Blocking<boolean> {
  const isReference = flags.has('n')
  const given = splitReference(word) ?? keyedReference(sh, word)
  if (!given) {
    // It may be the name of a function.
    if (!flags.has('v') && !sh.isDash) return false
    throw new Complaint(sh.isDash ? `${word}: bad variable name` : `\`${word}': not a valid identifier`, 1)
  }
  const reference =
    sh.variables.find(given.name)?.nameref && !isReference ? sh.variables.target(given.name) : given.name
  const it =
    given.index === undefined ? (splitReference(reference) ?? given) : { name: reference, index: given.index }
  const { name, index } = it
  const variable = sh.variables.find(name)
  if (!variable) return false
  if (variable.readonly)
    throw new Complaint(sh.isDash ? `${name}: is read only` : `${name}: cannot unset: readonly variable`, 1)
  // The next pipeline would bring it back.
  if (index === undefined && name === 'PIPESTATUS') return true
  if (index === undefined) {
    sh.variables.unset(name, sh.shopts.has('localvar_unset'))
    sh.onAssign(name)
    return true
  }
  const key = yield* expanding(sh, () => keyOf(sh, name, index))
  unsetElement(sh, name, variable, key)
  return true
}

/** `m[x]y]` of an associative array: the last bracket closes. */
function keyedReference(sh: Shell, word: string): ReturnType<typeof splitReference> {
  const [, name, index] = /^([A-Za-z_]\w*)\[(.+)\]$/s.exec(word) ?? []
  return name && sh.variables.resolve(name)?.value instanceof Map ? { name, index } : undefined
}

function unsetElement(sh: Shell, name: string, variable: Variable, index: string): void {
  if (variable.get) return
  const { value } = variable
  if (value instanceof Map) {
    if (!value.delete(index) && (index === '@' || index === '*')) value.clear()
  } else if (index === '@' || index === '*') {
    if (!Array.isArray(value)) throw new Complaint(`${name}: not an array variable`, 1)
    variable.value = []
  } else if (Array.isArray(value)) removeElement(value, elementNumber(sh, value, index))
  else if (Number(evaluate(sh, index)) !== 0) throw new Complaint(`${name}: not an array variable`, 1)
  else sh.variables.unset(name)
}

function elementNumber(sh: Shell, array: readonly string[], index: string): number {
  const at = Number(evaluate(sh, index))
  if (at < -array.length) throw new Complaint(`[${index}]: bad array subscript`, 1)
  return at < 0 ? array.length + at : at
}

function removeElement(array: string[], at: number): void {
  delete array[at]
  while (array.length && array[array.length - 1] === undefined) array.length--
}
