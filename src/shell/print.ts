/** Commands as text again: `declare -f`, jobs, BASH_COMMAND. Bash: print_cmd.c. */
import type { Case, Command, FunctionDefinition, If, List, Redirect, Simple, Test } from './tree.ts'

const texts = new WeakMap<Command, string>()

/** A command as `jobs` shows it. */
export function commandText(command: Command): string {
  let text = texts.get(command)
  if (text === undefined) {
    text = new Printer(false).show(command)
    texts.set(command, text)
  }
  return text
}

/** A function as `declare -f` shows it. */
export const functionText = (it: FunctionDefinition): string => new Printer(true).definition(it, false)

/** A function as the environment carries it: `() {  commands`. */
export const exportedText = (it: FunctionDefinition): string =>
  new Printer(true, 1).definition(it, false).replace(/^[^\n]*\n\{ \n/, '() { ')

class Printer {
  #out = ''
  #indent = 0
  #skipIndent = false
  /** Inside a function every command has a line of its own. */
  #inFunction: boolean
  #heredocs: Redirect[] = []
  readonly #step: number

  constructor(inFunction: boolean, step = 4) {
    this.#step = step
    this.#inFunction = inFunction
  }

  show(command: Command): string {
    this.#skipIndent = true
    this.#command(command)
    this.#flushHereDocs('')
    return this.#out
  }

  definition(it: FunctionDefinition, keyword: boolean): string {
    this.#function(it, keyword)
    return this.#out
  }

  #print(text: string): void {
    this.#out += text
  }

  #startLine(): void {
    if (this.#skipIndent) this.#skipIndent = false
    else this.#print(this.#margin())
  }

  /** What the environment carries is not indented further than by one. */
  #margin(): string {
    return ' '.repeat(this.#step === 1 ? Math.min(this.#indent, 1) : this.#indent)
  }

  #newline(text: string): void {
    this.#print(`\n${this.#margin()}${text}`)
  }

  #semicolon(): void {
    if (!/[&\n]$/.test(this.#out)) this.#print(';')
  }

  #command(command: Command): void {
    if (command.type === 'list') return this.#list(command)
    if (command.type === 'andor') {
      command.commands.forEach((it, i) => {
        if (i) {
          this.#print(` ${command.operators[i - 1]} `)
          this.#skipIndent = true
        }
        this.#command(it)
      })
      return
    }
    if (command.type === 'pipeline') {
      this.#startLine()
      if (command.timed) this.#print(`${command.timed} `)
      if (command.negated) this.#print('! ')
      command.commands.forEach((it, i) => {
        if (i) {
          this.#print(command.both[i - 1] ? ' |& ' : ' | ')
          this.#flushHereDocs(' ')
        }
        this.#skipIndent = true
        this.#command(it)
      })
      return
    }
    this.#startLine()
    this.#compound(command)
    if (command.type !== 'simple' && command.type !== 'function')
      for (const it of command.redirects) this.#print(` ${this.#redirect(it)}`)
  }

  #list(list: List): void {
    list.items.forEach((it, i) => {
      this.#command(it.command)
      const isLast = i === list.items.length - 1
      if (it.background) {
        this.#print(' &')
        if (!isLast) {
          this.#print(' ')
          this.#skipIndent = true
        }
      } else if (!isLast) {
        if (this.#heredocs.length) {
          this.#flushHereDocs('')
          if (this.#inFunction) this.#print('\n')
          else this.#skipIndent = true
        } else this.#separate(';')
      }
    })
  }

  #separate(mark: string): void {
    this.#print(mark)
    if (this.#inFunction) this.#print('\n')
    else {
      this.#print(' ')
      this.#skipIndent = true
    }
  }

  #block(list: List): void {
    this.#indent += this.#step
    this.#command(list)
    this.#flushHereDocs('')
    this.#indent -= this.#step
  }

  #compound(command: Exclude<Command, { type: 'list' | 'andor' | 'pipeline' }>): void {
    switch (command.type) {
      case 'simple':
        return this.#simple(command)
      case 'if':
        return this.#if(command, 0)
      case 'while':
      case 'until':
        this.#print(`${command.type} `)
        this.#skipIndent = true
        this.#inline(command.test)
        this.#semicolon()
        this.#print(' do\n')
        this.#block(command.body)
        this.#semicolon()
        return this.#newline('done')
      case 'for':
      case 'select':
        this.#print(
          `${command.type} ${command.name} in ${command.words ? command.words.map(it => it.text).join(' ') : '"$@"'};`,
        )
        return this.#doGroup(command.body)
      case 'arithfor':
        this.#print(`for ((${command.init.text}; ${command.test.text}; ${command.update.text}))`)
        return this.#doGroup(command.body)
      case 'case':
        return this.#case(command)
      case 'group':
        return this.#group(command.body)
      case 'subshell':
        this.#print('( ')
        this.#skipIndent = true
        this.#inline(command.body)
        return this.#print(' )')
      case 'arith':
        return this.#print(`((${command.word.text}))`)
      case 'cond':
        return this.#print(`[[ ${testText(command.test)} ]]`)
      case 'function':
        return this.#function(command, true)
      case 'coproc':
        this.#print(`coproc ${command.name} `)
        this.#skipIndent = true
        return this.#command(command.body)
    }
  }

  #inline(list: List): void {
    this.#command(list)
  }

  #doGroup(body: List): void {
    this.#newline('do\n')
    this.#block(body)
    this.#semicolon()
    this.#newline('done')
  }

  #if(command: If, at: number): void {
    const clause = command.clauses[at]!
    this.#print('if ')
    this.#skipIndent = true
    this.#inline(clause.test)
    this.#semicolon()
    this.#print(' then\n')
    this.#block(clause.then)
    const isNested = at + 1 < command.clauses.length
    if (isNested || command.otherwise) {
      this.#semicolon()
      this.#newline('else\n')
      if (isNested) {
        this.#indent += this.#step
        this.#startLine()
        this.#if(command, at + 1)
        this.#indent -= this.#step
      } else this.#block(command.otherwise!)
    }
    this.#semicolon()
    this.#newline('fi')
  }

  #case(command: Case): void {
    this.#print(`case ${command.word.text} in `)
    this.#indent += this.#step
    for (const item of command.items) {
      this.#newline('')
      this.#print(`${item.patterns.map(it => it.text).join(' | ')})\n`)
      if (item.body.items.length) this.#block(item.body)
      this.#newline(item.end)
    }
    this.#indent -= this.#step
    this.#newline('esac')
  }

  #group(body: List): void {
    this.#print('{ ')
    if (this.#inFunction) {
      this.#print('\n')
      this.#block(body)
      this.#newline('}')
    } else {
      this.#skipIndent = true
      this.#command(body)
      this.#semicolon()
      this.#print(' }')
    }
  }

  #function(it: FunctionDefinition, keyword: boolean): void {
    const outer = this.#inFunction
    this.#inFunction = true
    this.#print(`${keyword ? 'function ' : ''}${it.name} () \n${this.#margin()}{ \n`)
    const { body } = it
    this.#indent += this.#step
    if (body.type === 'group') this.#command(body.body)
    else this.#command(body)
    this.#flushHereDocs('')
    this.#indent -= this.#step
    this.#newline('}')
    if (body.type === 'group')
      for (const redirect of body.redirects) this.#print(` ${this.#redirect(redirect)}`)
    this.#inFunction = outer
  }

  #simple(command: Simple): void {
    const words = [
      ...command.assigns.map(it => it.text),
      ...command.words.map(it => it.text),
      ...command.redirects.map(it => this.#redirect(it)),
    ]
    this.#print(words.join(' '))
  }

  #redirect(it: Redirect): string {
    const { operator } = it
    const fd = it.variable
      ? `{${it.variable}}`
      : it.fd === undefined || it.fd === (operator[0] === '<' ? 0 : 1)
        ? ''
        : String(it.fd)
    if (it.delimiter !== undefined) {
      this.#heredocs.push(it)
      return `${fd}${operator}${it.quotedDelimiter ? it.delimiter : it.delimiter}`
    }
    if (operator === '<<<') return `${fd}<<< ${it.target.text}`
    if (operator === '<&' && it.target.text === '-') return `${fd || '0'}>&-`
    if (operator === '>&' && (it.fd !== undefined || /^[\d$-]/.test(it.target.text)))
      return `${fd || '1'}>&${it.target.text}`
    if (operator === '<&') return `${fd || (/^[\d-]/.test(it.target.text) ? '0' : '')}<&${it.target.text}`
    if (operator === '>&') return `&> ${it.target.text}`
    return `${fd}${operator} ${it.target.text}`
  }

  #flushHereDocs(_after: string): void {
    for (const it of this.#heredocs.splice(0))
      this.#print(`\n${it.body}${it.delimiter!.replace(/['"\\]/g, '')}\n`)
  }
}

function testText(test: Test): string {
  switch (test.type) {
    case 'and':
      return test.operands.map(testText).join(' && ')
    case 'or':
      return test.operands.map(testText).join(' || ')
    case 'not':
      return `! ${testText(test.operand)}`
    case 'paren':
      return `( ${testText(test.operand)} )`
    case 'unary':
      return `${test.operator} ${test.operand.text}`
    case 'binary':
      return `${test.left.text} ${test.operator} ${test.right.text}`
  }
}
