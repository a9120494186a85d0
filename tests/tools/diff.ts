/** A unified diff of two texts, by lines: `-` stands only in the first, `+` only in the second. */
export function diff(from: string, to: string, names: readonly [string, string], context = 3): string {
  const edits = compare(from.split('\n'), to.split('\n'))
  const shown = new Set<number>()
  edits.forEach(([mark], at) => {
    if (mark !== ' ') for (let i = at - context; i <= at + context; i++) shown.add(i)
  })
  const lines = [`--- ${names[0]}`, `+++ ${names[1]}`]
  let [left, right, gap] = [1, 1, true]
  edits.forEach(([mark, text], at) => {
    if (shown.has(at)) {
      if (gap) lines.push(`@@ -${left} +${right} @@`)
      lines.push(mark + visible(text))
    }
    gap = !shown.has(at)
    if (mark !== '+') left++
    if (mark !== '-') right++
  })
  return lines.join('\n')
}

type Edit = readonly [mark: ' ' | '-' | '+', text: string]

/** The longest common subsequence after cutting off equal ends; long middles are shown as replaced whole. */
function compare(a: readonly string[], b: readonly string[]): Edit[] {
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++
  const same = (lines: readonly string[]): Edit[] => lines.map(text => [' ', text])
  const middle = align(a.slice(head, a.length - tail), b.slice(head, b.length - tail))
  return [...same(a.slice(0, head)), ...middle, ...same(a.slice(a.length - tail))]
}

function align(a: readonly string[], b: readonly string[]): Edit[] {
  if (a.length * b.length > 4_000_000)
    return [...a.map((text): Edit => ['-', text]), ...b.map((text): Edit => ['+', text])]
  const width = b.length + 1
  const common = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] =
        a[i] === b[j]
          ? common[(i + 1) * width + j + 1]! + 1
          : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!)
  const edits: Edit[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      edits.push([' ', a[i++]!])
      j++
    } else if (j >= b.length || (i < a.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!))
      edits.push(['-', a[i++]!])
    else edits.push(['+', b[j++]!])
  }
  return edits
}

/** Control characters and trailing blanks can be the whole difference: shows them. */
const visible = (text: string) =>
  text
    .replace(/[\0-\x08\x0b-\x1f\x7f]/g, c => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`)
    .replace(/[ \t]+$/, blanks => blanks.replaceAll(' ', '·').replaceAll('\t', '→'))
