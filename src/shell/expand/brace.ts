/**
 * Brace expansion: `a{b,c}` and `{1..5..2}` become several words before anything else is expanded. Works on the text
 * of a word, so quotes and `${…}` are skipped as wholes. Bash: braces.c.
 */

/** The words that `text` stands for, in order. */
export function braceExpand(text: string): string[] {
  const open = findOpen(text, 0)
  if (!open) return [text]
  const { start, end, commas } = open
  const before = text.slice(0, start)
  const rest = braceExpand(text.slice(end + 1))
  const inner = text.slice(start + 1, end)
  const middle = commas.length ? pieces(text, start, end, commas).flatMap(braceExpand) : sequence(inner)
  if (!middle) return rest.flatMap(tail => braceExpandAfter(before, inner, tail))
  return middle.flatMap(piece => rest.map(tail => before + piece + tail))
}

/** `{x}` is no expansion, but one may be inside it. */
const braceExpandAfter = (before: string, inner: string, tail: string): string[] =>
  braceExpand(inner).map(it => `${before}{${it}}${tail}`)

const pieces = (text: string, start: number, end: number, commas: readonly number[]): string[] =>
  [...commas, end].map((to, i) => text.slice((i ? commas[i - 1]! : start) + 1, to))

interface Braces {
  readonly start: number
  readonly end: number
  readonly commas: number[]
}

/** The first brace that closes again and has a comma or a `..` inside. */
function findOpen(text: string, from: number): Braces | undefined {
  for (let i = from; i < text.length; i = skip(text, i)) {
    if (text[i] !== '{') continue
    const braces = close(text, i)
    if (
      braces &&
      (braces.commas.length ||
        sequence(text.slice(i + 1, braces.end)) ||
        findOpen(text.slice(0, braces.end), i + 1))
    )
      return braces
  }
  return undefined
}

function close(text: string, start: number): Braces | undefined {
  const commas: number[] = []
  let depth = 0
  for (let i = start; i < text.length; i = skip(text, i)) {
    const c = text[i]
    if (c === '{') depth++
    else if (c === ',' && depth === 1) commas.push(i)
    else if (c === '}' && --depth === 0) return { start, end: i, commas }
  }
  return undefined
}

/** The index after the character, quoted string or expansion at `i`. */
export function skip(text: string, i: number): number {
  const c = text[i]
  if (c === '\\') return i + 2
  if (c === "'") return after(text.indexOf("'", i + 1), text)
  if (c === '`') return after(text.indexOf('`', i + 1), text)
  if (c === '"') {
    let k = i + 1
    while (k < text.length && text[k] !== '"') k = text[k] === "'" ? k + 1 : skip(text, k)
    return k + 1
  }
  if (c === '$' && text[i + 1] === '{') return balanced(text, i + 1, '{', '}')
  if (c === '$' && text[i + 1] === '(') return balanced(text, i + 1, '(', ')')
  return i + 1
}

const after = (end: number, text: string): number => (end < 0 ? text.length : end + 1)

function balanced(text: string, from: number, open: string, shut: string): number {
  let depth = 0
  let i = from
  while (i < text.length) {
    if (text[i] === open) depth++
    else if (text[i] === shut && --depth === 0) return i + 1
    i = skip(text, i)
  }
  return text.length
}

const NUMBERS = /^([-+]?\d+)\.\.([-+]?\d+)(?:\.\.([-+]?\d+))?$/
const LETTERS = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.([-+]?\d+))?$/

function sequence(inner: string): string[] | undefined {
  const numbers = NUMBERS.exec(inner)
  if (numbers) return numberSequence(numbers[1]!, numbers[2]!, numbers[3] ?? '0')
  const letters = LETTERS.exec(inner)
  if (!letters) return undefined
  const codes = range(letters[1]!.charCodeAt(0), letters[2]!.charCodeAt(0), Number(letters[3] ?? 0))
  // A backslash quotes what follows it, and is gone.
  return codes.map(code => (code === 92 ? "''" : code === 96 ? '\\`' : String.fromCharCode(code)))
}

/** More words than these no memory holds. */
const MOST = 2 ** 24

/** Undefined if a number does not fit 64 bits, or there were too many words. Bash: braces.c:mkseq(). */
function numberSequence(first: string, last: string, step: string): string[] | undefined {
  const numbers = [first, last, step].map(BigInt)
  if (numbers.some(it => BigInt.asIntN(64, it) !== it)) return undefined
  const [from = 0n, to = 0n, by = 0n] = numbers
  const stride = (by < 0n ? -by : by) || 1n
  const distance = to - from
  if (BigInt.asIntN(64, distance) !== distance || BigInt.asIntN(64, stride) !== stride) return undefined
  if ((distance < 0n ? -distance : distance) / stride >= MOST) return undefined
  const padded = /^[-+]?0\d/.test(first) || /^[-+]?0\d/.test(last)
  const width = padded ? Math.max(first.length, last.length) : 0
  const show = (n: bigint): string =>
    n < 0n ? `-${String(-n).padStart(width - 1, '0')}` : String(n).padStart(width, '0')
  const out: string[] = []
  if (from <= to) for (let n = from; n <= to; n += stride) out.push(show(n))
  else for (let n = from; n >= to; n -= stride) out.push(show(n))
  return out
}

function range(from: number, to: number, step: number): number[] {
  const by = Math.abs(step) || 1
  const out: number[] = []
  if (from <= to) for (let n = from; n <= to; n += by) out.push(n)
  else for (let n = from; n >= to; n -= by) out.push(n)
  return out
}
