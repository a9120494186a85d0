/**
 * From unbash's syntax tree to what the shell executes (tree.ts). Keeps the raw text of words, for messages,
 * `declare -f` and job names.
 */
import {
  parse as unbash,
  type ParsedScript,
  type Word as UWord,
  type WordPart,
  type ParameterExpansionPart,
} from 'unbash'
import type * as U from 'unbash'
import { decodeAnsi } from './expand/ansi.ts'
import { braceExpand, skip } from './expand/brace.ts'
import { rejoin, rejoinCommand } from './rejoin.ts'
import type {
  Arithmetic,
  Assign,
  Command,
  Element,
  List,
  Literal,
  Operation,
  Part,
  Redirect,
  Simple,
  Test,
  Word,
} from './tree.ts'

/** Where words stand: it decides which quotes count and where `~` is expanded. */
type Place = 'word' | 'string' | 'assign' | 'quoted' | 'heredoc' | 'pattern'

const NO_REDIRECTS: readonly Redirect[] = Object.freeze([])
export const EMPTY_WORD: Word = { text: '', parts: [], plain: '', braces: undefined, assign: undefined }

const ESAC = /((?:;|\s)esac)\)/

/** Make the tree of one complete command (or a few) that starts on line `firstLine`. */
export function parseCommands(source: string, firstLine: number, braces = true): List {
  const script = unbash(source)
  if (!script.errors?.length || !ESAC.test(source))
    return new Converter(source, firstLine, braces).list(script.commands, firstLine)
  // unbash takes the `)` after `esac` for a pattern's.
  const spaced = source.replace(new RegExp(ESAC, 'g'), '$1 )')
  return new Converter(spaced, firstLine, braces).list(unbash(spaced).commands, firstLine)
}

const words = new Map<string, Word>()
const WORDS_LIMIT = 1000

/** What `make` makes of a text that becomes known only when the shell runs; the same each time it is asked for. */
function remembered(key: string, make: () => Word): Word {
  let word = words.get(key)
  if (!word) {
    if (words.size > WORDS_LIMIT) words.clear()
    word = make()
    words.set(key, word)
  }
  return word
}

/** The word that `text` spells, e.g. one piece of a brace expansion. */
export const parseWord = (text: string, place: Place = 'word'): Word =>
  remembered(`${place} ${text}`, () => parseAnyWord(text, place))

function parseAnyWord(text: string, place: Place): Word {
  if (/\s/.test(text)) return parseBlankWord(text, place)
  const source = `x=${text}`
  const command = unbash(source).commands[0]?.command
  const assignment = command?.type === 'Command' ? command.prefix[0] : undefined
  if (assignment?.type !== 'Assignment' || assignment.value.type !== 'Word') return literalWord(text)
  return new Converter(source, 0).word(assignment.value, place)
}

/** A text with blanks is one word where `${…}` holds it. */
function parseBlankWord(text: string, place: Place): Word {
  const source = `x=\${_-${text}}`
  const command = unbash(source).commands[0]?.command
  const assignment = command?.type === 'Command' ? command.prefix[0] : undefined
  const part =
    assignment?.type === 'Assignment' && assignment.value.type === 'Word'
      ? assignment.value.parts?.[0]
      : undefined
  if (part?.type !== 'ParameterExpansion' || part.operation?.type !== 'Default') return literalWord(text)
  return new Converter(source, 0).word(part.operation.operand, place)
}

/** The expression of `$((…))`, `((…))` or a subscript: expanded like a double-quoted string. */
export function parseArithmeticText(text: string): Word {
  return /[$`"'\\]/.test(text)
    ? remembered(`arithmetic ${text}`, () => withoutQuotes(parseQuoted(text)))
    : literalWord(text)
}

/** Double quotes mean nothing in an expression; those in its substitutions are theirs. */
const withoutQuotes = (word: Word): Word =>
  makeWord(
    word.text,
    word.parts.map(it => (it.type === 'literal' ? { ...it, text: it.text.replace(/(?<!\\)"/g, '') } : it)),
  )

/** A text to be expanded as if between double quotes: PS1, here-documents, arithmetic. */
export const parseQuoted = (text: string): Word => remembered(`quoted ${text}`, () => parseAnyQuoted(text))

function parseAnyQuoted(text: string): Word {
  const delimiter = 'VITRINE_END_OF_TEXT'
  const source = `:<<${delimiter}\n${text}\n${delimiter}\n`
  const command = unbash(source).commands[0]?.command
  const doc = command?.type === 'Command' ? command.redirects[0] : undefined
  if (doc?.type !== 'HereDoc') return literalWord(text)
  const parts = new Converter(source, 0).parts(doc.body.parts, doc.body.text, 'heredoc')
  return trimNewline(makeWord(text, parts))
}

function trimNewline(word: Word): Word {
  const last = word.parts.at(-1)
  if (last?.type !== 'literal') return word
  const text = last.text.replace(/\n$/, '')
  return makeWord(word.text, [
    ...word.parts.slice(0, -1),
    ...(text || word.parts.length === 1 ? [{ ...last, text }] : []),
  ])
}

export const literalWord = (text: string): Word => ({
  ...EMPTY_WORD,
  text,
  plain: text,
  parts: [literal(text, true)],
})
const literal = (text: string, quoted: boolean): Literal => ({ type: 'literal', text, quoted })

const GLOB = /[*?[\]\\]|[@+!]\(/

function makeWord(text: string, parts: readonly Part[], braces?: readonly Word[], assign?: Assign): Word {
  const isPlain = !braces && parts.every(it => it.type === 'literal' && (it.quoted || !GLOB.test(it.text)))
  const plain = isPlain ? parts.map(it => (it as Literal).text).join('') : undefined
  return { text, parts, plain, braces, assign }
}

class Converter {
  readonly #source: string
  readonly #firstLine: number
  readonly #newlines: number[] = []
  /** The line of the simple command whose words are looked at: where its substitutions begin to count. */
  #commandLine: number | undefined

  readonly #braces: boolean

  constructor(source: string, firstLine: number, braces = true) {
    this.#braces = braces
    this.#source = source
    this.#firstLine = firstLine
    for (let i = source.indexOf('\n'); i >= 0; i = source.indexOf('\n', i + 1)) this.#newlines.push(i)
  }

  #line(pos: number): number {
    let low = 0
    let high = this.#newlines.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#newlines[middle]! < pos) low = middle + 1
      else high = middle
    }
    return this.#firstLine + low
  }

  list(statements: readonly U.Statement[], line: number): List {
    const items = statements.map(it => ({ command: this.command(it.command), background: !!it.background }))
    return { type: 'list', line: items[0]?.command.line ?? line, items }
  }

  #body(it: U.CompoundList): List {
    return this.list(it.commands, this.#line(it.pos))
  }

  command(
    node: U.PipelineNode | U.AndOr | U.CompoundList,
    redirects: readonly Redirect[] = NO_REDIRECTS,
  ): Command {
    const line = this.#line(node.pos)
    switch (node.type) {
      case 'Command':
        return this.#simple(node)
      case 'Redirected':
        return this.command(
          node.command,
          node.redirects.map(it => this.#redirect(it)),
        )
      case 'Pipeline':
        return this.#pipeline(node, line)
      case 'AndOr':
        return {
          type: 'andor',
          line,
          commands: node.commands.map(it => this.command(it)),
          operators: node.operators,
        }
      case 'CompoundList':
        return this.#body(node)
      case 'If':
        return this.#if(node, line, redirects)
      case 'For':
      case 'Select': {
        const words = node.wordlist && rejoin(node.wordlist).map(it => this.word(it))
        const type = node.type === 'For' ? 'for' : 'select'
        return { type, line, redirects, name: node.name.value, words, body: this.#body(node.body) }
      }
      case 'ArithmeticFor':
        return this.#arithmeticFor(node, line, redirects)
      case 'While':
        return {
          type: node.kind,
          line,
          redirects,
          test: this.#body(node.clause),
          body: this.#body(node.body),
        }
      case 'Case':
        return this.#case(node, line, redirects)
      case 'Subshell':
        return { type: 'subshell', line, redirects, body: this.#body(node.body) }
      case 'BraceGroup':
        return { type: 'group', line, redirects, body: this.#body(node.body) }
      case 'ArithmeticCommand':
        return { type: 'arith', line, redirects, word: parseArithmeticText(this.#between(node, '((', '))')) }
      case 'TestCommand':
        return { type: 'cond', line, redirects, test: this.#test(node.expression) }
      case 'Function':
        return { type: 'function', line, redirects, name: node.name.value, body: this.command(node.body) }
      case 'Coproc':
        return {
          type: 'coproc',
          line,
          redirects,
          name: node.name?.value ?? 'COPROC',
          body: this.command(node.body),
        }
    }
  }

  #between(node: { pos: number; end: number }, open: string, close: string): string {
    const text = this.#source.slice(node.pos, node.end)
    return text.slice(text.indexOf(open) + open.length, text.lastIndexOf(close))
  }

  /** Where bash's parser is when it makes a simple command: behind the first word it must look at the next one. */
  #simpleLine(node: U.Command): number {
    const [first] = node.prefix
    if (first) return this.#line(first.end)
    const [next] = node.suffix
    if (!next) return this.#line(node.name?.end ?? node.pos)
    return this.#line(next.type === 'Word' || next.type === 'Assignment' ? next.end : next.pos)
  }

  #simple(split: U.Command): Simple {
    const node = rejoinCommand(split, this.#source)
    const line = this.#simpleLine(node)
    const outerLine = this.#commandLine
    this.#commandLine = line
    const assigns: Assign[] = []
    const words: Word[] = node.name ? [this.word(node.name)] : []
    const redirects: Redirect[] = []
    for (const it of node.prefix)
      if (it.type === 'Assignment') assigns.push(this.#assign(it))
      else redirects.push(this.#redirect(it))
    for (const it of node.suffix)
      if (it.type === 'Word') words.push(this.word(it))
      else if (it.type === 'Assignment') words.push(...this.#assignWords(it))
      else redirects.push(this.#redirect(it))
    const quick =
      !redirects.length &&
      words.every(it => !it.assign && !it.braces && it.parts.every(isQuick)) &&
      assigns.every(it => it.index === undefined && !it.elements && it.value.parts.every(isQuick))
    this.#commandLine = outerLine
    return {
      type: 'simple',
      line,
      assigns,
      words,
      redirects: redirects.length ? redirects : NO_REDIRECTS,
      quick,
    }
  }

  #pipeline(node: U.Pipeline, line: number): Command {
    const negated = node.prefixes.filter(it => it.type === 'Negation').length % 2 === 1
    const time = node.prefixes.find(it => it.type === 'Time')
    const isPosix = time && (time.posix || time.endOfOptions)
    const timed = time ? (isPosix ? 'time -p' : 'time') : ''
    const commands = node.commands.map(it => this.command(it))
    return { type: 'pipeline', line, commands, both: node.operators.map(it => it === '|&'), negated, timed }
  }

  #if(node: U.If, line: number, redirects: readonly Redirect[]): Command {
    const clauses = [node, ...node.elif].map(it => ({
      test: this.#body(it.clause),
      then: this.#body(it.then),
    }))
    return { type: 'if', line, redirects, clauses, otherwise: node.else && this.#body(node.else) }
  }

  #arithmeticFor(node: U.ArithmeticFor, line: number, redirects: readonly Redirect[]): Command {
    const header = this.#source.slice(node.pos, node.body.pos)
    const open = header.indexOf('((') + 2
    const [init = '', test = '', update = ''] = header.slice(open, header.lastIndexOf('))')).split(';')
    const [a, b, c] = [init, test, update].map(it => parseArithmeticText(it.trim()))
    return { type: 'arithfor', line, redirects, init: a!, test: b!, update: c!, body: this.#body(node.body) }
  }

  #case(node: U.Case, line: number, redirects: readonly Redirect[]): Command {
    const items = node.items.map(it => ({
      patterns: it.pattern.map(word => this.word(word, 'pattern')),
      body: this.#body(it.body),
      end: it.terminator ?? ';;',
    }))
    return { type: 'case', line, redirects, word: this.word(node.word, 'pattern'), items }
  }

  #test(node: U.TestExpression): Test {
    switch (node.type) {
      case 'TestUnary':
        return { type: 'unary', operator: node.operator, operand: this.word(node.operand, 'pattern') }
      case 'TestBinary': {
        const right = this.word(node.right, 'pattern')
        return { type: 'binary', operator: node.operator, left: this.word(node.left, 'pattern'), right }
      }
      case 'TestLogical':
        return {
          type: node.operator === '&&' ? 'and' : 'or',
          operands: node.operands.map(it => this.#test(it)),
        }
      case 'TestNot': {
        const operand = this.#test(node.operand)
        return node.negations.length % 2 ? { type: 'not', operand } : operand
      }
      case 'TestGroup':
        return { type: 'paren', operand: this.#test(node.expression) }
    }
  }

  // Assignments and redirections

  #assign(node: U.Assignment): Assign {
    const base = { name: node.name, index: node.index?.text, append: !!node.append, text: node.text }
    if (node.value.type === 'Word')
      return { ...base, value: this.word(node.value, 'assign'), elements: undefined }
    return { ...base, value: EMPTY_WORD, elements: this.#elements(node.value) }
  }

  /** unbash ends words at blanks, also those inside `[two words]=`. */
  #elements(array: U.ArrayValue): Element[] {
    const out: Element[] = []
    const words = rejoin(array.elements)
    for (let i = 0; i < words.length; i++) {
      const first = words[i]!
      let text = first.text
      while (text[0] === '[' && !subscriptEnd(text) && i + 1 < words.length)
        text = this.#source.slice(first.pos, words[++i]!.end)
      out.push(this.#element(first, text))
    }
    return out
  }

  #element(word: UWord, text: string): Element {
    const close = text[0] === '[' ? subscriptEnd(text) : 0
    const append = close > 0 && text.startsWith('+=', close)
    if (!close || (text[close] !== '=' && !append))
      return { index: undefined, append: false, value: withoutAssignment(this.word(word)) }
    const texts = this.#braces && text.includes('{') ? braceExpand(text) : []
    return {
      ...(texts.length > 1 ? { braces: texts.map(it => parseWord(it, 'pattern')) } : {}),
      index: text.slice(1, close - 1),
      append,
      value: parseWord(text.slice(close + (append ? 2 : 1)), 'assign'),
    }
  }

  /** An argument of declare and its like: several ones if it has braces. */
  #assignWords(node: U.Assignment): Word[] {
    const isPlain = !this.#braces || node.value.type !== 'Word' || !node.text.includes('{')
    const texts = isPlain ? [node.text] : braceExpand(node.text)
    if (texts.length < 2) return [this.#assignWord(node)]
    const source = `export ${texts.join(' ')}`
    const command = unbash(source).commands[0]?.command
    if (command?.type !== 'Command') return [this.#assignWord(node)]
    const its = new Converter(source, 0, false)
    return command.suffix.flatMap(it => (it.type === 'Assignment' ? its.#assignWord(it) : []))
  }

  #assignWord(node: U.Assignment): Word {
    return { ...EMPTY_WORD, text: node.text, plain: undefined, assign: this.#assign(node) }
  }

  #redirect(node: U.Redirection): Redirect {
    const fd = node.descriptor?.type === 'FileDescriptor' ? node.descriptor.value : undefined
    const variable = node.descriptor?.type === 'FileDescriptorVariable' ? node.descriptor.name : undefined
    const base = {
      operator: node.operator,
      fd,
      variable,
      delimiter: undefined,
      quotedDelimiter: false,
      body: '',
    }
    if (node.type !== 'HereDoc')
      return {
        ...base,
        target: node.target
          ? this.word(node.target, node.operator === '<<<' ? 'string' : 'word')
          : EMPTY_WORD,
      }
    const quoted = !!node.delimiter?.quoted
    const strip = (text: string) => (node.operator === '<<-' ? text.replace(/^\t+/gm, '') : text)
    const raw = strip(node.body.text)
    const target = quoted || !/[$`\\]/.test(raw) ? literalWord(raw) : this.#hereDoc(node, raw)
    return { ...base, target, delimiter: node.delimiter?.text ?? '', quotedDelimiter: quoted, body: raw }
  }

  #hereDoc(node: U.HereDoc, raw: string): Word {
    if (node.operator === '<<-') return parseHereDoc(raw)
    return makeWord(raw, this.parts(node.body.parts, raw, 'heredoc'))
  }

  // Words

  word(word: UWord, place: Place = 'word'): Word {
    if (this.#braces && place === 'word' && word.parts?.some(it => it.type === 'BraceExpansion')) {
      const texts = braceExpand(word.text)
      if (texts.length !== 1 || texts[0] !== word.text)
        return {
          ...EMPTY_WORD,
          text: word.text,
          plain: undefined,
          braces: texts.filter(it => it !== '').map(it => parseWord(it)),
        }
    }
    const parts = withTildes(this.parts(word.parts, word.text, place), word.text, place)
    return makeWord(word.text, parts)
  }

  parts(parts: readonly WordPart[] | undefined, text: string, place: Place): Part[] {
    const out: Part[] = []
    if (!parts) addLiteral(out, text, place)
    else for (const it of parts) this.#part(out, it, place)
    return out
  }

  #part(out: Part[], part: WordPart, place: Place): void {
    const quoted = place === 'quoted' || place === 'heredoc'
    switch (part.type) {
      case 'Literal':
        if (place === 'heredoc')
          out.push(
            literal(
              part.text.replace(/\\([$`\\\n])/g, (_, c: string) => (c === '\n' ? '' : c)),
              true,
            ),
          )
        else addLiteral(out, part.text, place)
        return
      case 'SingleQuoted':
        // Between double quotes an apostrophe is an ordinary character.
        out.push(literal(quoted ? part.text : part.value, true))
        return
      case 'AnsiCQuoted':
        out.push(literal(quoted ? part.text : decodeAnsi(part.text.slice(2, -1)), true))
        return
      case 'LocaleString':
      case 'DoubleQuoted':
        if (!part.parts.length) out.push(literal('', true))
        else if (part.parts.every(it => it.type === 'Literal'))
          out.push(literal(part.parts.map(it => (it as { value: string }).value).join(''), true))
        else
          for (const it of part.parts) {
            if (it.type === 'Literal') out.push(literal(it.value, true))
            else this.#part(out, it, 'quoted')
          }
        return
      case 'Glob':
      case 'ExtendedGlob':
      case 'BraceExpansion':
        return this.#pattern(out, part, place)
      case 'SimpleExpansion':
        out.push(placed(simpleParameter(part.text, quoted), place))
        return
      case 'ParameterExpansion':
        out.push(placed(this.#parameter(part, quoted), place))
        return
      case 'CommandExpansion':
        out.push(this.#substitution(part, quoted))
        return
      case 'ArithmeticExpansion':
        out.push(arithmetic(part.text, quoted))
        return
      case 'ProcessSubstitution': {
        const { operator } = part
        if (quoted) out.push(literal(part.text, true))
        else out.push({ type: 'process', operator, list: this.#lazyList(part.script, part.pos) })
      }
    }
  }

  #pattern(
    out: Part[],
    part: WordPart & { parts?: readonly WordPart[] | undefined; text: string },
    place: Place,
  ): void {
    const quoted = place === 'quoted' || place === 'heredoc'
    if (!part.parts?.length || quoted) {
      if (part.type === 'BraceExpansion' && !quoted) addLiteral(out, part.text, place)
      else out.push(literal(part.text, quoted))
      return
    }
    const first = part.parts[0]!
    const last = part.parts.at(-1)!
    out.push(literal(this.#source.slice(part.pos, first.pos), false))
    for (const it of part.parts) this.#part(out, it, place)
    out.push(literal(this.#source.slice(last.end, part.end), false))
  }

  #lazyList(script: ParsedScript | undefined, pos: number): () => List {
    let list: List | undefined
    const line = this.#substitutionLine(script, pos)
    return () => {
      if (list) return list
      if (!script) list = { type: 'list', line, items: [] }
      else if (script.source !== undefined)
        list = new Converter(script.source, line, this.#braces).list(script.commands, line)
      else {
        const isBackquote = this.#source[pos] === '`'
        const shift = line - this.#line(isBackquote ? pos : (script.commands[0]?.pos ?? pos))
        const its = shift ? new Converter(this.#source, this.#firstLine + shift, this.#braces) : this
        list = its.list(script.commands, line)
      }
      return list
    }
  }

  /** The first command of `$(…)` is on the line of the command it is part of; backquotes keep their newlines. */
  #substitutionLine(script: ParsedScript | undefined, pos: number): number {
    if (this.#commandLine === undefined) return this.#line(pos)
    const isBackquote = this.#source[pos] === '`'
    const leading = isBackquote ? '' : (/^\s*/.exec(script?.source ?? '')?.[0] ?? '')
    return this.#commandLine - (leading.split('\n').length - 1)
  }

  #substitution(part: U.CommandExpansionPart, quoted: boolean): Part {
    const line = this.#line(part.pos)
    const source = part.script?.errors?.length
      ? (part.script.source ?? part.text.replace(/^(\$\(|`)|[)`]$/g, ''))
      : undefined
    return { type: 'substitution', quoted, list: this.#lazyList(part.script, part.pos), source, line }
  }

  #parameter(part: ParameterExpansionPart, quoted: boolean): Part {
    const { parameter: name, text, prefix } = part
    const index = part.index ? this.word(part.index, 'quoted') : undefined
    const op = part.operation ? this.#operation(part.operation, quoted, text) : undefined
    const simple = !prefix && !index && !op
    const bad = !name || (simple && !/^(\w+|[@*#?$!-])$/.test(name))
    return {
      type: 'parameter',
      name,
      text,
      quoted,
      prefix,
      index,
      op: bad ? { type: 'bad' } : op,
      simple: simple && !bad,
    }
  }

  #operation(op: U.ParameterOperation, quoted: boolean, text: string): Operation {
    const place: Place = quoted ? 'quoted' : 'word'
    switch (op.type) {
      case 'Default':
        return {
          type: 'default',
          operator: op.operator,
          word: this.word(op.operand, quoted ? 'quoted' : 'assign'),
        }
      case 'Remove':
        return { type: 'remove', operator: op.operator, pattern: this.word(op.operand, 'pattern') }
      case 'Replace': {
        const by = this.word(op.replacement, place === 'quoted' ? 'pattern' : 'assign')
        return { type: 'replace', operator: op.operator, pattern: this.word(op.pattern, 'pattern'), by }
      }
      case 'Slice':
        if (!op.offset.text && !op.length) return { type: 'bad' }
        return {
          type: 'slice',
          offset: parseArithmeticText(op.offset.text),
          length: op.length && parseArithmeticText(op.length.text),
        }
      case 'CaseModification':
        return {
          type: 'case',
          operator: op.operator,
          pattern: op.operand && this.word(op.operand, 'pattern'),
        }
      case 'Transform':
        return /^[UuLQEPAKak]$/.test(op.operand.text)
          ? { type: 'transform', letter: op.operand.text }
          : { type: 'transform', letter: 'bad' }
      case 'Names':
        return { type: 'names', operator: op.operator }
      case 'Unknown': {
        // `${x~}` and `${x~~}` swap case; no manual mentions them.
        const swap = /^\$\{\w+(?:\[[^\]]*\])?(~~?)\}$/.exec(text)
        return swap ? { type: 'case', operator: swap[1]!, pattern: undefined } : { type: 'bad' }
      }
    }
  }
}

function placed(part: Part, place: Place): Part {
  if (place !== 'heredoc' || part.type !== 'parameter') return part
  return part.name === '*' || part.prefix === '!' ? { ...part, isInHereDoc: true } : part
}

function parseHereDoc(text: string): Word {
  const delimiter = 'VITRINE_END_OF_TEXT'
  const source = `:<<${delimiter}\n${text}${delimiter}\n`
  const command = unbash(source).commands[0]?.command
  const doc = command?.type === 'Command' ? command.redirects[0] : undefined
  if (doc?.type !== 'HereDoc') return literalWord(text)
  return makeWord(text, new Converter(source, 0).parts(doc.body.parts, text, 'heredoc'))
}

const isQuick = (part: Part): boolean =>
  part.type === 'literal' || part.type === 'parameter' || part.type === 'arithmetic'

const simpleParameter = (text: string, quoted: boolean): Part => ({
  type: 'parameter',
  name: text.slice(1),
  text,
  quoted,
  prefix: undefined,
  index: undefined,
  op: undefined,
  simple: true,
})

function arithmetic(text: string, quoted: boolean): Arithmetic {
  const inner = text.startsWith('$((') ? text.slice(3, -2) : text.slice(2, -1)
  return { type: 'arithmetic', quoted, word: parseArithmeticText(inner) }
}

/** Literal text with its backslashes. */
function addLiteral(out: Part[], text: string, place: Place): void {
  if (!text.includes('\\')) {
    out.push(literal(text, place === 'quoted' || place === 'heredoc'))
    return
  }
  if (place === 'quoted' || place === 'heredoc') {
    const escaped = place === 'heredoc' ? /\\([$`\\\n])/g : /\\([$`"\\}\n])/g
    out.push(
      literal(
        text.replace(escaped, (_, c: string) => (c === '\n' ? '' : c)),
        true,
      ),
    )
    return
  }
  for (const piece of text.match(/\\[\s\S]?|[^\\]+/g) ?? [])
    if (piece[0] !== '\\') out.push(literal(piece, false))
    else if (piece !== '\\\n') out.push(literal(piece[1] ?? '\\', true))
}

/** `x=~` in a list is no assignment, so its `~` is none either. */
function withoutAssignment(word: Word): Word {
  const at = word.parts.findIndex(it => it.type === 'tilde')
  if (at <= 0) return word
  const parts = word.parts.map((it): Part => (it.type === 'tilde' ? literal(`~${it.user}`, true) : it))
  return { ...word, parts }
}

/** Where `]` of the subscript at the start of `text` is, plus one. */
export function subscriptEnd(text: string): number {
  let depth = 0
  for (let i = 0; i < text.length; i = skip(text, i)) {
    const c = text[i]
    if (c === '[') depth++
    else if (c === ']' && --depth === 0) return i + 1
    else if ((c === '"' || c === "'") && !isClosed(text, i)) return 0
  }
  return 0
}

/** Whether the quote at `i` has its end. */
const isClosed = (text: string, i: number): boolean => {
  const end = skip(text, i) - 1
  return end > i && end < text.length && text[end] === text[i]
}

const ASSIGNMENT = /^[A-Za-z_]\w*=/

/** Turn `~` and `~user` into parts: at the start of a word, in assignments also after `=` and `:`. */
function withTildes(parts: Part[], text: string, place: Place): Part[] {
  if (!text.includes('~') || place === 'quoted' || place === 'heredoc') return parts
  const inWord = place === 'word' && ASSIGNMENT.test(text)
  return parts.flatMap((part, i): Part[] => {
    if (part.type !== 'literal' || part.quoted || !part.text.includes('~')) return [part]
    const starts =
      inWord || place === 'assign'
        ? i
          ? /(?<=:)~[\w.+-]*(?=[/:]|$)/g
          : inWord
            ? /(?<=[=:])~[\w.+-]*(?=[/:]|$)/g
            : /(?<=:|^)~[\w.+-]*(?=[/:]|$)/g
        : i
          ? /$^/g
          : /^~[\w.+-]*(?=[/:]|$)/g
    return splitTildes(part.text, starts, i === parts.length - 1, inWord)
  })
}

function splitTildes(text: string, tilde: RegExp, isLast: boolean, inWord: boolean): Part[] {
  const out: Part[] = []
  let from = 0
  for (const match of text.matchAll(tilde)) {
    // `~"x"` and `~$x` are no tilde prefixes: something that is not plain text follows.
    if (match.index + match[0].length === text.length && !isLast) continue
    if (match.index > from) out.push(literal(text.slice(from, match.index), false))
    out.push({ type: 'tilde', user: match[0].slice(1), inWord })
    from = match.index + match[0].length
  }
  if (from < text.length || !out.length) out.push(literal(text.slice(from), false))
  return out
}
