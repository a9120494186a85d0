/** `test` and `[`. Bash: test.c, builtins/test.def; the rules for few arguments are POSIX's. */
import {
  R_OK,
  S_ISGID,
  S_ISUID,
  S_ISVTX,
  W_OK,
  X_OK,
  isBlk,
  isChr,
  isDir,
  isFifo,
  isLink,
  isReg,
  isSock,
  type Blocking,
  type Stat,
} from '../../abi/index.ts'
import { keyOf, referredValue, splitReference, subscriptValue } from '../expand/assign.ts'
import { expanding } from '../expand/command.ts'
import { Complaint, type Shell } from '../shell.ts'

export function* test(sh: Shell, argv: readonly string[]): Blocking<number> {
  return yield* expanding(sh, () => testQuickly(sh, argv))
}

/** test, as far as no subscript of -v has a command substitution. */
export function testQuickly(sh: Shell, argv: readonly string[]): number {
  let args = argv.slice(1)
  if (argv[0] === '[') {
    if (args.at(-1) !== ']') throw new Complaint(sh.isDash ? 'missing ]' : "missing `]'", 2)
    args = args.slice(0, -1)
  }
  return new Expression(sh, args).value() ? 0 : 1
}

const BINARY = new Set([
  '=',
  '==',
  '!=',
  '<',
  '>',
  '-eq',
  '-ne',
  '-lt',
  '-le',
  '-gt',
  '-ge',
  '-nt',
  '-ot',
  '-ef',
  '-a',
  '-o',
])
const UNARY = /^-[abcdefghknoprstuvwxzGLNORS]$/

class Expression {
  readonly #sh: Shell
  readonly #args: readonly string[]
  #at = 0

  constructor(sh: Shell, args: readonly string[]) {
    this.#sh = sh
    this.#args = args
  }

  value(): boolean {
    const a = this.#args
    switch (a.length) {
      case 0:
        return false
      case 1:
        return a[0] !== ''
      case 2:
        return this.#two(a[0]!, a[1]!)
      case 3:
        return this.#three(a[0]!, a[1]!, a[2]!)
      case 4:
        if (a[0] === '!') return !this.#three(a[1]!, a[2]!, a[3]!)
        if (a[0] === '(' && a[3] === ')') return this.#two(a[1]!, a[2]!)
    }
    const value = this.#or()
    if (this.#at < a.length)
      throw new Complaint(
        this.#sh.isDash ? `${a[this.#at - 1]}: unexpected operator` : 'too many arguments',
        2,
      )
    return value
  }

  #two(first: string, second: string): boolean {
    if (first === '!') return second === ''
    if (!UNARY.test(first))
      throw new Complaint(
        this.#sh.isDash ? `${first}: unexpected operator` : `${first}: unary operator expected`,
        2,
      )
    return this.#unary(first, second)
  }

  #three(first: string, operator: string, second: string): boolean {
    if (BINARY.has(operator)) return this.#binary(first, operator, second)
    if (first === '!') return !this.#two(operator, second)
    if (first === '(' && second === ')') return operator !== ''
    throw new Complaint(
      this.#sh.isDash ? `${first}: unexpected operator` : `${operator}: binary operator expected`,
      2,
    )
  }

  #or(): boolean {
    let value = this.#and()
    while (this.#args[this.#at] === '-o') {
      this.#at++
      const right = this.#and()
      value = value || right
    }
    return value
  }

  #and(): boolean {
    let value = this.#term()
    while (this.#args[this.#at] === '-a') {
      this.#at++
      const right = this.#term()
      value = value && right
    }
    return value
  }

  #term(): boolean {
    const a = this.#args
    const word = a[this.#at]
    if (word === undefined) throw new Complaint('argument expected', 2)
    if (word === '!') {
      this.#at++
      return !this.#term()
    }
    if (word === '(') {
      this.#at++
      const value = this.#or()
      if (a[this.#at] !== ')')
        throw new Complaint(this.#sh.isDash ? 'closing paren expected' : "`)' expected", 2)
      this.#at++
      return value
    }
    const next = a[this.#at + 1]
    if (
      next !== undefined &&
      BINARY.has(next) &&
      next !== '-a' &&
      next !== '-o' &&
      a[this.#at + 2] !== undefined
    ) {
      this.#at += 3
      return this.#binary(word, next, a[this.#at - 1]!)
    }
    if (UNARY.test(word) && next !== undefined) {
      this.#at += 2
      return this.#unary(word, next)
    }
    this.#at++
    return word !== ''
  }

  #unary(operator: string, operand: string): boolean {
    if (operator === '-z') return operand === ''
    if (operator === '-n') return operand !== ''
    if (operator === '-v') return isVariableSet(this.#sh, operand)
    if (operator === '-R') return isReference(this.#sh, operand)
    if (operator === '-o') return this.#sh.options.has(operand)
    if (operator === '-t' && !/^\s*\d+\s*$/.test(operand)) {
      if (this.#sh.isDash) throw this.#notInteger(operand)
      return false
    }
    return fileTest(this.#sh, operator, operand)
  }

  #binary(left: string, operator: string, right: string): boolean {
    switch (operator) {
      case '=':
      case '==':
        if (operator === '==' && this.#sh.isDash) throw new Complaint(`${left}: unexpected operator`, 2)
        return left === right
      case '!=':
        return left !== right
      case '<':
        return left < right
      case '>':
        return left > right
      case '-a':
        return left !== '' && right !== ''
      case '-o':
        return left !== '' || right !== ''
      case '-eq':
        return this.#number(left) === this.#number(right)
      case '-ne':
        return this.#number(left) !== this.#number(right)
      case '-lt':
        return this.#number(left) < this.#number(right)
      case '-le':
        return this.#number(left) <= this.#number(right)
      case '-gt':
        return this.#number(left) > this.#number(right)
      case '-ge':
        return this.#number(left) >= this.#number(right)
    }
    return binaryTest(this.#sh, left, operator, right)
  }

  #number(text: string): number | bigint {
    if (!/^\s*[-+]?\d+\s*$/.test(text)) throw this.#notInteger(text)
    if (text.length < 16) return Number(text)
    const value = BigInt(text)
    if (BigInt.asIntN(64, value) !== value) throw this.#notInteger(text)
    return value
  }

  #notInteger(text: string): Complaint {
    return new Complaint(
      this.#sh.isDash ? `Illegal number: ${text}` : `${text}: integer expression expected`,
      2,
    )
  }
}

/** -nt, -ot and -ef. */
export function binaryTest(sh: Shell, left: string, operator: string, right: string): boolean {
  const [a, b] = [statOf(sh, left), statOf(sh, right)]
  if (operator === '-ef') return !!a && !!b && a.dev === b.dev && a.ino === b.ino
  const time = (it: Stat | undefined) => (it ? it.mtime.sec + it.mtime.nsec / 1e9 : -1)
  return operator === '-nt' ? !!a && time(a) > time(b) : !!b && time(a) < time(b)
}

function statOf(sh: Shell, path: string): Stat | undefined {
  try {
    const fd = /^\/dev\/fd\/(\d+)$/.exec(path)
    return fd ? sh.sys.fstat(Number(fd[1])) : sh.sys.stat(path)
  } catch {
    return undefined
  }
}

const can = (sh: Shell, path: string, mode: number): boolean => {
  try {
    sh.sys.access(path, mode, true)
    return true
  } catch {
    return false
  }
}

/** -e, -f and the other questions about files. */
export function fileTest(sh: Shell, operator: string, path: string): boolean {
  switch (operator) {
    case '-t':
      return sh.sys.isatty(Number(path))
    case '-r':
      return path !== '' && can(sh, path, R_OK)
    case '-w':
      return path !== '' && can(sh, path, W_OK)
    case '-x':
      return path !== '' && can(sh, path, X_OK)
    case '-h':
    case '-L':
      try {
        return isLink(sh.sys.lstat(path))
      } catch {
        return false
      }
  }
  const it = path === '' ? undefined : statOf(sh, path)
  return it !== undefined && holds(sh, operator, it)
}

function holds(sh: Shell, operator: string, it: Stat): boolean {
  switch (operator) {
    case '-f':
      return isReg(it)
    case '-d':
      return isDir(it)
    case '-s':
      return it.size > 0
    case '-b':
      return isBlk(it)
    case '-c':
      return isChr(it)
    case '-p':
      return isFifo(it)
    case '-S':
      return isSock(it)
    case '-g':
      return (it.mode & S_ISGID) !== 0
    case '-u':
      return (it.mode & S_ISUID) !== 0
    case '-k':
      return (it.mode & S_ISVTX) !== 0
    case '-O':
      return it.uid === sh.sys.geteuid()
    case '-G':
      return it.gid === sh.sys.getegid()
    case '-N':
      return it.mtime.sec > it.atime.sec || (it.mtime.sec === it.atime.sec && it.mtime.nsec > it.atime.nsec)
  }
  return operator === '-e' || operator === '-a'
}

/** -v: a variable, an element, or with [@] any element. */
export function isVariableSet(sh: Shell, text: string): boolean {
  if (/^\d+$/.test(text)) return Number(text) <= sh.args.length
  const it = splitReference(text)
  if (!it) return false
  if (it.index === undefined)
    return (sh.variables.scalar(it.name) ?? referredValue(sh, it.name)) !== undefined
  const value = sh.variables.resolve(it.name)?.current()
  const isAll = it.index === '@' || it.index === '*'
  if (value instanceof Map) return isAll ? value.size > 0 : value.has(keyOf(sh, it.name, it.index))
  if (isAll) return value !== undefined && value.length > 0
  return subscriptValue(sh, it.name, it.index) !== undefined
}

/** -R: a name reference that is set. */
export function isReference(sh: Shell, text: string): boolean {
  const variable = sh.variables.find(text)
  return !!variable?.nameref && typeof variable.value === 'string'
}
