/**
 * Perl's regular expressions as JavaScript's. Linux: PCRE2, whose messages these are; pcre2pattern(3).
 *
 * Left out: recursion, conditions, branch reset, verbs, \X and \G.
 */

/** A pattern that PCRE2 refuses, with its message. */
export class PerlError {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

/** The name of the empty group that stands where `\K` was. */
export const KEEP = '_keep'

/** What [:name:] stands for inside a class. */
const POSIX: Readonly<Record<string, string>> = {
  alpha: '\\p{L}',
  digit: '0-9',
  alnum: '\\p{L}\\p{N}',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  space: '\\s',
  blank: '\\t ',
  punct: '\\p{P}\\p{S}',
  print: '\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Zs}',
  graph: '\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}',
  cntrl: '\\x00-\\x1f\\x7f-\\x9f',
  xdigit: '0-9A-Fa-f',
  word: '\\p{L}\\p{N}_',
  ascii: '\\x00-\\x7f',
}
const WORD = '\\p{L}\\p{N}_'
/** Escapes that stand for classes: inside brackets, and alone. */
const CLASSES: Readonly<Record<string, readonly [inside: string, alone: string]>> = {
  d: ['0-9', '[0-9]'],
  D: ['', '[^0-9]'],
  w: [WORD, `[${WORD}]`],
  W: ['', `[^${WORD}]`],
  s: ['\\s', '\\s'],
  S: ['\\S', '\\S'],
  h: ['\\t \\xa0', '[\\t \\xa0]'],
  H: ['', '[^\\t \\xa0]'],
  v: ['\\n-\\r\\x85', '[\\n-\\r\\x85]'],
  V: ['', '[^\\n-\\r\\x85]'],
  N: ['', '[^\\n]'],
  R: ['', '(?:\\r\\n|[\\n-\\r\\x85])'],
}
/** Escapes that stand for a place. */
const PLACES: Readonly<Record<string, string>> = {
  b: `(?:(?<=[${WORD}])(?![${WORD}])|(?<![${WORD}])(?=[${WORD}]))`,
  B: `(?:(?<=[${WORD}])(?=[${WORD}])|(?<![${WORD}])(?![${WORD}]))`,
  A: '(?<![^])',
  z: '(?![^])',
  Z: '(?=\\n?(?![^]))',
}
const CHARACTERS: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, f: 12, a: 7, e: 27 }

/** The options that (?imsx) sets, for the rest of a group. */
interface Options {
  readonly ignoreCase: boolean
  readonly dotAll: boolean
  readonly extended: boolean
  readonly lines: boolean
}

/** The pattern in JavaScript's syntax, for the flags `u` and `m`. Throws PerlError. */
export const perlSource = (pattern: string, ignoreCase: boolean): string =>
  new Translation(pattern).run({ ignoreCase, dotAll: false, extended: false, lines: false })

class Translation {
  readonly #text: string
  #at = 0
  /** JavaScript's number of each group of Perl's; those that stand for possessive parts come between. */
  readonly #groups: number[] = [0]
  readonly #names = new Map<string, number>()
  #made = 0
  #kept = false

  constructor(pattern: string) {
    this.#text = pattern
  }

  run(options: Options): string {
    const source = this.#choice(options)
    if (this.#at < this.#text.length) throw new PerlError('unmatched closing parenthesis')
    return source.replace(/\0(\d+)\0/g, (_, number: string) => {
      const group = this.#groups[Number(number)]
      if (group === undefined) throw new PerlError('reference to non-existent subpattern')
      return `(?:\\${group})`
    })
  }

  #choice(outer: Options): string {
    let options = outer
    let source = ''
    while (this.#at < this.#text.length && this.#text[this.#at] !== ')') {
      const change = /^\(\?([imsx]*)(?:-([imsx]*))?\)/.exec(this.#text.slice(this.#at))
      if (change) {
        this.#at += change[0].length
        options = changed(options, change[1] ?? '', change[2] ?? '')
      } else source += this.#repeated(options)
    }
    return source
  }

  #repeated(options: Options): string {
    const from = this.#at
    if (this.#skipped(options)) return ''
    const groups = this.#made
    const atom = this.#atom(options)
    if (atom === '' || atom === '|') return atom
    const match = /^(?:[*+?]|\{(\d+)(?:,(\d*))?\})([+?]?)/.exec(this.#text.slice(this.#at))
    if (!match) return atom
    if (match[2] && Number(match[2]) < Number(match[1]))
      throw new PerlError('numbers out of order in {} quantifier')
    this.#at += match[0].length
    const isPlace = /^(?:[\^$]|\(\?<?[=!])/.test(this.#text.slice(from))
    const quantified =
      (isPlace ? `(?:${atom})` : atom) + match[0].replace(/\+$/, match[0].length > 1 ? '' : '+')
    return match[3] === '+' ? this.#possessive(quantified, groups) : quantified
  }

  /** A part that gives nothing back: matched ahead, then taken as it was. */
  #possessive(source: string, before: number): string {
    const number = before + 1
    this.#made++
    for (const [i, group] of this.#groups.entries()) if (group > before) this.#groups[i] = group + 1
    return `(?=(${source}))(?:\\${number})`
  }

  /** Comments, and blanks under (?x). */
  #skipped(options: Options): boolean {
    const match = /^\(\?#[^)]*\)/.exec(this.#text.slice(this.#at))
    const blank = options.extended ? /^(?:\s+|#[^\n]*\n?)/.exec(this.#text.slice(this.#at)) : null
    const length = (match ?? blank)?.[0].length ?? 0
    this.#at += length
    return length > 0
  }

  #atom(options: Options): string {
    const char = String.fromCodePoint(this.#text.codePointAt(this.#at)!)
    if (char === '(') return this.#parenthesis(options)
    if (char === '[') return this.#bracket(options)
    if (char === '\\') return this.#escape(options)
    if ('*+?'.includes(char) || /^\{\d+(,\d*)?\}/.test(this.#text.slice(this.#at)))
      throw new PerlError('quantifier does not follow a repeatable item')
    this.#at += char.length
    if (char === '|') return '|'
    if (char === '.') return options.dotAll ? '[^]' : '[^\\n]'
    if (char === '^') return options.lines ? '(?<![^\\n])' : '^'
    if (char === '$') return options.lines ? '(?![^\\n])' : '$'
    return literal(char, options)
  }

  #parenthesis(options: Options): string {
    const rest = this.#text.slice(this.#at)
    const call = /^\(\?(?:(\d+)|&(\w+)|P>(\w+)|R)\)/.exec(rest)
    if (call) throw new PerlError('recursion is not supported here')
    const backward = /^\(\?P=(\w+)\)/.exec(rest)
    if (backward) {
      this.#at += backward[0].length
      return this.#named(backward[1]!)
    }
    const scoped = /^\(\?([imsx]*)(?:-([imsx]*))?:/.exec(rest)
    if (scoped)
      return this.#group(scoped[0].length, '(?:', changed(options, scoped[1] ?? '', scoped[2] ?? ''))
    const look = /^\(\?(?:<?[=!])/.exec(rest)
    if (look) return this.#group(look[0].length, look[0], options)
    if (rest.startsWith('(?>')) {
      const before = this.#made
      return this.#possessive(this.#group(3, '(?:', options), before)
    }
    const name = /^\(\?(?:P?<(\w+)>|'(\w+)')/.exec(rest)
    if (rest.startsWith('(?') && !name) throw new PerlError('unrecognized character after (? or (?-')
    const number = this.#groups.push(++this.#made) - 1
    if (name) this.#names.set(name[1] ?? name[2]!, number)
    return this.#group(name?.[0].length ?? 1, '(', options)
  }

  #group(skip: number, opening: string, options: Options): string {
    this.#at += skip
    const inner = this.#choice(options)
    if (this.#text[this.#at] !== ')') throw new PerlError('missing closing parenthesis')
    this.#at++
    return `${opening}${inner})`
  }

  #named(name: string): string {
    const number = this.#names.get(name)
    if (number === undefined) throw new PerlError('reference to non-existent subpattern')
    return `\0${number}\0`
  }

  #escape(options: Options): string {
    const rest = this.#text.slice(this.#at)
    if (rest.length < 2) throw new PerlError('\\ at end of pattern')
    const quoted = /^\\Q([\s\S]*?)(?:\\E|$)/.exec(rest)
    if (quoted) {
      this.#at += quoted[0].length
      const text = [...quoted[1]!].map(it => literal(it, options)).join('')
      return text && `(?:${text})`
    }
    if (rest.startsWith('\\E')) {
      this.#at += 2
      return ''
    }
    const named = /^\\(?:k(?:<(\w+)>|\{(\w+)\}|'(\w+)')|g\{([A-Za-z_]\w*)\})/.exec(rest)
    const numbered = /^\\(?:g\{?(-?\d+)\}?|([1-9]\d*))/.exec(rest)
    if (named) {
      this.#at += named[0].length
      return this.#named(named.slice(1).find(it => it !== undefined)!)
    }
    if (numbered) {
      this.#at += numbered[0].length
      const number = Number(numbered[1] ?? numbered[2])
      return `\0${number < 0 ? this.#groups.length + number : number}\0`
    }
    const letter = rest[1]!
    if (letter === 'K') {
      this.#at += 2
      if (this.#kept) return ''
      this.#kept = true
      this.#made++
      return `(?<${KEEP}>)`
    }
    const property = /^\\([pP])(?:\{(\^?)([^}]*)\}|(\w))/.exec(rest)
    if (property) {
      this.#at += property[0].length
      return `\\${property[2] ? 'P' : property[1]}{${property[3] ?? property[4]}}`
    }
    if (PLACES[letter] ?? CLASSES[letter]) {
      this.#at += 2
      return PLACES[letter] ?? CLASSES[letter]![1]
    }
    return literal(this.#character(), options)
  }

  /** The character that an escape stands for. */
  #character(): string {
    const rest = this.#text.slice(this.#at)
    const code = /^\\(?:x\{([0-9a-fA-F]+)\}|x([0-9a-fA-F]{0,2})|o\{([0-7]+)\}|(0[0-7]{0,2}))/.exec(rest)
    if (code) {
      this.#at += code[0].length
      const value = Number.parseInt(
        code[1] ?? code[2] ?? code[3] ?? code[4] ?? '0',
        (code[1] ?? code[2]) === undefined ? 8 : 16,
      )
      return String.fromCodePoint(value || 0)
    }
    const char = String.fromCodePoint(rest.codePointAt(1)!)
    this.#at += 1 + char.length
    if (CHARACTERS[char] !== undefined) return String.fromCharCode(CHARACTERS[char])
    if (/[A-Za-z]/.test(char)) throw new PerlError('unrecognized character follows \\')
    return char
  }

  #bracket(options: Options): string {
    const text = this.#text
    this.#at++
    const isNegated = text[this.#at] === '^'
    if (isNegated) this.#at++
    let [inside, excluded] = ['', '']
    const start = this.#at
    while (this.#at < text.length && (text[this.#at] !== ']' || this.#at === start)) {
      const posix = /^\[:(\^?)(\w+):\]/.exec(text.slice(this.#at))
      if (posix) {
        this.#at += posix[0].length
        const set = POSIX[posix[2]!]
        if (set === undefined) throw new PerlError('unknown POSIX class name')
        if (posix[1]) excluded += `|[^${set}]`
        else inside += set
        continue
      }
      const item = this.#classItem()
      if (item.set !== undefined) {
        if (item.set) inside += item.set
        else excluded += `|${item.alone}`
        continue
      }
      inside += this.#range(item.char!, options)
    }
    if (this.#at >= text.length) throw new PerlError('missing terminating ] for character class')
    this.#at++
    if (!excluded) return `[${isNegated ? '^' : ''}${inside}]`
    const any = `(?:[${inside}]${excluded})`
    return isNegated ? `(?:(?!${any})[^])` : any
  }

  /** One item of a class: a character, or an escape that stands for several. */
  #classItem(): { char?: string; set?: string; alone?: string } {
    const rest = this.#text.slice(this.#at)
    const letter = rest[0] === '\\' ? (rest[1] ?? '') : ''
    const property = /^\\([pP])(?:\{(\^?)([^}]*)\}|(\w))/.exec(rest)
    if (property) {
      this.#at += property[0].length
      return { set: `\\${property[2] ? 'P' : property[1]}{${property[3] ?? property[4]}}` }
    }
    if (letter && CLASSES[letter]) {
      this.#at += 2
      return { set: CLASSES[letter][0], alone: CLASSES[letter][1] }
    }
    if (letter === 'b') {
      this.#at += 2
      return { char: '\b' }
    }
    if (letter) return { char: this.#character() }
    const char = String.fromCodePoint(rest.codePointAt(0)!)
    this.#at += char.length
    return { char }
  }

  #range(low: string, options: Options): string {
    const text = this.#text
    if (text[this.#at] !== '-' || text[this.#at + 1] === ']' || this.#at + 1 >= text.length)
      return inClass(low, options)
    const back = this.#at
    this.#at++
    const high = this.#classItem().char
    if (high === undefined) {
      this.#at = back + 1
      return `${inClass(low, options)}\\-`
    }
    if (high.codePointAt(0)! < low.codePointAt(0)!)
      throw new PerlError('range out of order in character class')
    const both = (a: string, b: string): string => `${escaped(a)}-${escaped(b)}`
    const isLetters = /^[a-z]{2}$|^[A-Z]{2}$/.test(low + high)
    if (!options.ignoreCase || !isLetters) return both(low, high)
    return both(low.toLowerCase(), high.toLowerCase()) + both(low.toUpperCase(), high.toUpperCase())
  }
}

const changed = (options: Options, on: string, off: string): Options => {
  const has = (letter: string, old: boolean): boolean =>
    off.includes(letter) ? false : on.includes(letter) || old
  return {
    ignoreCase: has('i', options.ignoreCase),
    dotAll: has('s', options.dotAll),
    extended: has('x', options.extended),
    lines: has('m', options.lines),
  }
}

const escaped = (char: string): string => (/[\\^$.*+?()[\]{}|/-]/.test(char) ? `\\${char}` : char)
const cases = (char: string): string[] => [...new Set([char, char.toLowerCase(), char.toUpperCase()])]

function inClass(char: string, options: Options): string {
  return (options.ignoreCase ? cases(char) : [char]).map(escaped).join('')
}

function literal(char: string, options: Options): string {
  const all = options.ignoreCase ? cases(char) : [char]
  if (all.length > 1) return `[${all.map(escaped).join('')}]`
  return char === '-' ? '-' : escaped(char)
}
