/**
 * Reading JSON text character by character, as jq does: an error is noticed, and placed, where the character
 * stands that shows it. jq: jv_parse.c.
 */
import { fail, type Json } from './value.ts'

const MOST_DEPTH = 256
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\',
  '"': '"',
  '/': '/',
  b: '\b',
  f: '\f',
  t: '\t',
  n: '\n',
  r: '\r',
}

/** Text that is not JSON. */
export class ReadError {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

/** What is being built: a list, an object, or an object whose key has been read. */
type Open = { list: Json[] } | { members: Map<string, Json>; key: string | undefined }

/** Linux: struct jv_parser. */
export class Parser {
  readonly #seq: boolean
  #text = ''
  #at = 0
  #line = 1
  #column = 0
  #token = ''
  #state: 'normal' | 'string' | 'escape' | 'lost' = 'normal'
  #afterBlank = false
  /** The value read last, which no comma or bracket has taken yet. */
  #next: Json | undefined
  #open: Open[] = []
  #values: Json[] = []
  #stream: Stream | undefined

  constructor(streaming: boolean, seq: boolean) {
    this.#seq = seq
    if (streaming) this.#stream = new Stream()
    if (seq) this.#state = 'lost'
  }

  /** More text follows what there was. */
  feed(text: string): void {
    this.#text = this.#text.slice(this.#at) + text
    this.#at = 0
  }

  /** The next value, if the text that was fed has one whole. Throws ReadError. */
  next(): Json | undefined {
    while (!this.#values.length && this.#at < this.#text.length) this.#scan(this.#text[this.#at++]!)
    return this.#values.shift()
  }

  /** The last value, after everything was fed. */
  finish(): Json | undefined {
    if (this.#state === 'lost') throw this.#error('Unfinished abandoned text at EOF')
    if (this.#state !== 'normal') throw this.#error('Unfinished string at EOF')
    this.#literal(' at EOF')
    if (this.#open.length || this.#stream?.depth) throw this.#error('Unfinished JSON term at EOF')
    this.#done()
    const last = this.#values.shift()
    if (this.#seq && typeof last === 'number' && !this.#afterBlank)
      throw this.#error('Potentially truncated top-level numeric value at EOF')
    return last
  }

  #error(what: string): ReadError {
    const [line, column] = [this.#line, this.#column]
    this.#forget()
    return new ReadError(`${what} at line ${line}, column ${column}`)
  }

  /** Wrong text: with --seq, all up to the next separator is passed over. */
  #wrong(what: string): never {
    const lost = this.#seq
    const error = this.#error(what)
    if (!lost) throw error
    this.#state = 'lost'
    throw new ReadError(`${error.message} (need RS to resync)`)
  }

  #forget(): void {
    this.#token = ''
    this.#next = undefined
    this.#open = []
    this.#state = 'normal'
    if (this.#stream) this.#stream = new Stream()
  }

  #scan(char: string): void {
    if (char === '\n') {
      this.#line++
      this.#column = 0
    } else {
      const code = char.charCodeAt(0)
      this.#column += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3
    }
    if (char === '\x1e') this.#separator()
    else if (this.#state === 'lost') return
    else if (this.#state === 'normal') this.#plain(char)
    else if (char === '"' && this.#state === 'string') {
      this.#value(this.#string())
      this.#token = ''
      this.#state = 'normal'
      this.#done()
    } else {
      this.#token += char
      this.#state = char === '\\' && this.#state === 'string' ? 'escape' : 'string'
    }
  }

  #plain(char: string): void {
    this.#afterBlank = ' \t\r\n'.includes(char)
    const structure = '[]{},:'.includes(char)
    if (!this.#afterBlank && !structure && char !== '"') {
      this.#token += char
      return
    }
    this.#literal('')
    this.#done()
    if (char === '"') this.#state = 'string'
    else if (structure) {
      const problem = this.#stream ? this.#stream.take(char) : this.#take(char)
      if (problem) this.#wrong(problem)
    }
    this.#done()
  }

  /** RS, which stands before every text of a sequence (RFC 7464). */
  #separator(): void {
    if (this.#seq && this.#state !== 'lost' && !this.#afterBlank && (this.#open.length || this.#token))
      this.#wrong('Truncated value')
    this.#literal('')
    this.#done()
    this.#forget()
  }

  #literal(where: string): void {
    // A C string: it ends at a NUL.
    const token = this.#token.replace(/\0.*$/s, '')
    if (!this.#token) return
    this.#token = ''
    const word = token[0]
    const pattern = word === 't' ? 'true' : word === 'f' ? 'false' : word === 'n' ? 'null' : undefined
    if (pattern && !(word === 'n' && token.length === 3)) {
      if (token !== pattern) this.#wrong(`Invalid literal${where}`)
      this.#value(pattern === 'null' ? null : pattern === 'true')
    } else if (/^[-+]?nan$/i.test(token)) this.#value(Number.NaN)
    else if (NUMBER.test(token)) this.#value(Number(token))
    else this.#wrong(`Invalid numeric literal${where}`)
  }

  #string(): string {
    const token = this.#token
    if (/[\x01-\x1e]/.test(token.replace(/\\./gs, '')))
      this.#wrong('Invalid string: control characters from U+0000 through U+001F must be escaped')
    return token.replace(/\\(u.{0,4}(?:\\u.{0,4})?|.)/gs, (_, escape: string) => {
      if (escape[0] !== 'u') return ESCAPES[escape] ?? this.#wrong('Invalid escape')
      return this.#unicode(escape)
    })
  }

  #unicode(escape: string): string {
    const hex = escape.slice(1, 5)
    if (hex.length < 4) this.#wrong('Invalid \\uXXXX escape')
    if (!/^[0-9A-Fa-f]{4}$/.test(hex)) this.#wrong('Invalid characters in \\uXXXX escape')
    const first = Number.parseInt(hex, 16)
    const rest = escape.slice(5)
    if (first >= 0xd800 && first < 0xdc00) {
      const second = /^\\u[dD][c-fC-F][0-9A-Fa-f]{2}$/.test(rest) ? Number.parseInt(rest.slice(2), 16) : 0
      if (!second) this.#wrong('Invalid \\uXXXX\\uXXXX surrogate pair escape')
      return String.fromCharCode(first, second)
    }
    const char = first >= 0xdc00 && first < 0xe000 ? '\ufffd' : String.fromCharCode(first)
    return rest ? char + this.#unicode(rest.slice(1)) : char
  }

  #value(it: Json): void {
    if (this.#stream) {
      if (!this.#stream.value(it)) this.#wrong('Expected separator between values')
      return
    }
    if (this.#next !== undefined) this.#wrong('Expected separator between values')
    this.#next = it
  }

  /** Whether something is ready. */
  #done(): void {
    if (this.#stream) this.#values.push(...this.#stream.ready())
    else if (!this.#open.length && this.#next !== undefined) {
      this.#values.push(this.#next)
      this.#next = undefined
    }
  }

  /** A bracket, comma or colon; what is wrong with it. */
  #take(char: string): string | undefined {
    const value = this.#next
    const top = this.#open.at(-1)
    const keyed = top && 'members' in top && top.key !== undefined
    switch (char) {
      case '[':
      case '{':
        if (this.#open.length + this.#pending() >= MOST_DEPTH) return 'Exceeds depth limit for parsing'
        if (value !== undefined) return 'Expected separator between values'
        this.#open.push(char === '[' ? { list: [] } : { members: new Map(), key: undefined })
        return
      case ':':
        if (value === undefined) return "Expected string key before ':'"
        if (!top || !('members' in top) || keyed) return "':' not as part of an object"
        if (typeof value !== 'string') return 'Object keys must be strings'
        top.key = value
        break
      case ',':
        if (value === undefined) return "Expected value before ','"
        if (!top) return "',' not as part of an object or array"
        if (!this.#append(top, value)) return 'Objects must consist of key:value pairs'
        break
      case ']':
        if (!top || !('list' in top)) return "Unmatched ']'"
        if (value !== undefined) top.list.push(value)
        else if (top.list.length) return 'Expected another array element'
        break
      default:
        if (!top) return "Unmatched '}'"
        if (value !== undefined) {
          if ('list' in top || !this.#append(top, value)) return 'Objects must consist of key:value pairs'
        } else if ('list' in top || keyed) return "Unmatched '}'"
        else if (top.members.size) return 'Expected another key-value pair'
    }
    this.#next = char === ']' || char === '}' ? this.#close() : undefined
    return undefined
  }

  /** How many keys wait for their values: each takes a place of jq's stack. */
  #pending(): number {
    return this.#open.filter(it => 'members' in it && it.key !== undefined).length
  }

  #append(top: Open, value: Json): boolean {
    if ('list' in top) top.list.push(value)
    else {
      if (top.key === undefined) return false
      top.members.set(top.key, value)
      top.key = undefined
    }
    return true
  }

  #close(): Json {
    const top = this.#open.pop()!
    return 'list' in top ? top.list : top.members
  }
}

/** --stream: the leaves of a value with their paths, while it is being read. */
class Stream {
  #path: Json[] = []
  #last: 'none' | 'array' | 'object' | 'comma' | 'colon' | 'value' = 'none'
  #next: Json | undefined
  #output: Json[] = []

  get depth(): number {
    return this.#path.length
  }

  value(it: Json): boolean {
    if (this.#next !== undefined || this.#last === 'value') return false
    this.#last = this.#path.length ? 'value' : 'none'
    this.#next = it
    return true
  }

  /** What can be given out by now. */
  ready(): Json[] {
    if (!this.#path.length && this.#next !== undefined) {
      this.#output.push([[], this.#next])
      this.#next = undefined
    }
    return this.#output.splice(0)
  }

  take(char: string): string | undefined {
    const place = this.#path.at(-1)
    switch (char) {
      case '[':
        if (this.#next !== undefined) return 'Expected a separator between values'
        this.#path.push(0)
        this.#last = 'array'
        return
      case '{':
        if (this.#last === 'value') return 'Expected a separator between values'
        this.#path.push(null)
        this.#last = 'object'
        return
      case ':':
        if (place === undefined || typeof place === 'number') return "':' not as part of an object"
        if (this.#next === undefined || this.#last === 'none') return "Expected string key before ':'"
        if (typeof this.#next !== 'string') return 'Object keys must be strings'
        if (this.#last !== 'value') return "':' should follow a key"
        this.#path.splice(-1, 1, this.#next)
        this.#next = undefined
        this.#last = 'colon'
        return
      case ',':
        return this.#comma(place)
      default:
        return this.#close(char, place)
    }
  }

  #leaf(): void {
    if (this.#next !== undefined) this.#output.push([[...this.#path], this.#next])
    this.#next = undefined
  }

  #comma(place: Json | undefined): string | undefined {
    if (this.#last !== 'value') return "Expected value before ','"
    if (place === undefined) return "',' not as part of an object or array"
    if (typeof place !== 'number' && typeof place !== 'string')
      return 'Objects must consist of key:value pairs'
    this.#leaf()
    this.#path.splice(-1, 1, typeof place === 'number' ? place + 1 : true)
    this.#last = 'comma'
    return undefined
  }

  #close(char: string, place: Json | undefined): string | undefined {
    const isList = char === ']'
    if (place === undefined) return `Unmatched '${char}' at the top-level`
    if (this.#last === 'comma')
      return isList ? 'Expected another array element' : 'Expected another key:value pair'
    if ((typeof place === 'number') !== isList)
      return `Unmatched '${char}' in the middle of an ${isList ? 'object' : 'array'}`
    if (this.#next !== undefined && !isList && typeof place !== 'string')
      return 'Objects must consist of key:value pairs'
    if (this.#last === 'colon') return 'Missing value in key:value pair'
    const empty = this.#last === 'array' || this.#last === 'object'
    this.#leaf()
    if (!empty) this.#output.push([[...this.#path]])
    this.#path.pop()
    if (empty) this.#output.push([[...this.#path], isList ? [] : new Map()])
    this.#last = this.#path.length ? 'value' : 'none'
    return undefined
  }
}

/** All values of a text. Throws ReadError. */
export function readAllJson(text: string): Json[] {
  const parser = new Parser(false, false)
  const values: Json[] = []
  parser.feed(text.replace(/^\ufeff/, ''))
  for (let it = parser.next(); it !== undefined; it = parser.next()) values.push(it)
  const last = parser.finish()
  return last === undefined ? values : [...values, last]
}

/** The one value of a text, with jq's message for anything else. Linux: jv_parse. */
export function readJson(text: string): Json {
  try {
    const [value, another] = readAllJson(text)
    if (another !== undefined) fail(`Unexpected extra JSON values (while parsing '${text}')`)
    return value === undefined ? fail(`Expected JSON value (while parsing '${text}')`) : value
  } catch (e) {
    if (!(e instanceof ReadError)) throw e
    return fail(`${e.message} (while parsing '${text}')`)
  }
}
