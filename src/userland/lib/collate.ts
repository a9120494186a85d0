/** Orders of text: that of the bytes, as strcoll(3) has it in C.UTF-8, and that of version numbers. */

/** Compare as the UTF-8 bytes would: by code points. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    let x = a.charCodeAt(i)
    let y = b.charCodeAt(i)
    if (x === y) continue
    // UTF-16 puts U+E000 to U+FFFF after the surrogates; UTF-8 before what they stand for.
    if (x >= 0xd800 && y >= 0xd800) {
      if (x < 0xe000) x += 0x2800
      if (y < 0xe000) y += 0x2800
    }
    return x < y ? -1 : 1
  }
  return a.length - b.length
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57
const isAlpha = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122)

function weight(text: string, at: number, end: number): number {
  if (at >= end) return -1
  const code = text.charCodeAt(at)
  if (isDigit(code)) return 0
  if (code === 126) return -2
  return isAlpha(code) ? code : code + 256
}

/** Where the file name suffix begins: `.tar.gz` of `a-1.tar.gz`. */
function prefixEnd(text: string): number {
  const match = /(?:\.[A-Za-z~][A-Za-z0-9~]*)*$/.exec(text)
  return match ? match.index : text.length
}

function compareParts(a: string, aEnd: number, b: string, bEnd: number): number {
  let i = 0
  let j = 0
  while (i < aEnd || j < bEnd) {
    while ((i < aEnd && !isDigit(a.charCodeAt(i))) || (j < bEnd && !isDigit(b.charCodeAt(j)))) {
      const difference = weight(a, i, aEnd) - weight(b, j, bEnd)
      if (difference) return difference
      i++
      j++
    }
    while (i < aEnd && a[i] === '0') i++
    while (j < bEnd && b[j] === '0') j++
    let first = 0
    while (i < aEnd && j < bEnd && isDigit(a.charCodeAt(i)) && isDigit(b.charCodeAt(j))) {
      if (!first) first = a.charCodeAt(i) - b.charCodeAt(j)
      i++
      j++
    }
    if (i < aEnd && isDigit(a.charCodeAt(i))) return 1
    if (j < bEnd && isDigit(b.charCodeAt(j))) return -1
    if (first) return first
  }
  return 0
}

/** Natural order of version numbers within text. gnulib: filevercmp(). */
export function compareVersions(a: string, b: string): number {
  if (a === b) return 0
  for (const special of ['', '.', '..']) {
    if (a === special) return -1
    if (b === special) return 1
  }
  if ((a[0] === '.') !== (b[0] === '.')) return a[0] === '.' ? -1 : 1
  const [aEnd, bEnd] = [prefixEnd(a), prefixEnd(b)]
  const same = a.slice(0, aEnd) === b.slice(0, bEnd)
  const order = same ? 0 : compareParts(a, aEnd, b, bEnd)
  return order || compareParts(a, a.length, b, b.length) || compareText(a, b)
}
