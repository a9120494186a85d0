/** The shortest edit script between two sequences. Linux: gnulib diffseq.h (Myers 1986), with its divide and conquer. */

/** A run of lines that differ: `a` from..to of the first is replaced by `b` from..to of the second; ends exclusive. */
export interface Hunk {
  readonly aFrom: number
  readonly aTo: number
  readonly bFrom: number
  readonly bTo: number
}

/** The differing runs, in order. */
export function diffSequences(a: readonly string[], b: readonly string[]): Hunk[] {
  const removed = new Uint8Array(a.length + 1)
  const added = new Uint8Array(b.length + 1)
  mark(a, b, removed, added)
  shift(a, removed, added)
  shift(b, added, removed)
  const hunks: Hunk[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (!removed[i] && !added[j]) {
      i++
      j++
      continue
    }
    const [aFrom, bFrom] = [i, j]
    while (i < a.length && removed[i]) i++
    while (j < b.length && added[j]) j++
    hunks.push({ aFrom, aTo: i, bFrom, bTo: j })
  }
  return hunks
}

/** Myers' greedy algorithm, remembering how far each diagonal got at each step. */
function mark(a: readonly string[], b: readonly string[], removed: Uint8Array, added: Uint8Array): void {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let aEnd = a.length
  let bEnd = b.length
  while (aEnd > start && bEnd > start && a[aEnd - 1] === b[bEnd - 1]) {
    aEnd--
    bEnd--
  }
  const n = aEnd - start
  const m = bEnd - start
  const most = n + m
  const reach = new Int32Array(2 * most + 3)
  const trace: Int32Array[] = []
  for (let d = 0; d <= most; d++) {
    trace.push(reach.slice(most - d, most + d + 3))
    for (let k = -d; k <= d; k += 2) {
      const at = most + 1 + k
      let x = k === -d || (k !== d && reach[at - 1]! < reach[at + 1]!) ? reach[at + 1]! : reach[at - 1]! + 1
      while (x < n && x - k < m && a[start + x] === b[start + x - k]) x++
      reach[at] = x
      if (x >= n && x - k >= m) {
        backtrack(trace, d, n, m, start, removed, added)
        return
      }
    }
  }
}

function backtrack(
  trace: readonly Int32Array[],
  steps: number,
  n: number,
  m: number,
  start: number,
  removed: Uint8Array,
  added: Uint8Array,
): void {
  let x = n
  let y = m
  for (let d = steps; d > 0; d--) {
    // trace[d] holds the diagonals -d-1 to d+1 as they were before step d.
    const reach = (k: number): number => trace[d]![k + d + 1]!
    const k = x - y
    const down = k === -d || (k !== d && reach(k - 1) < reach(k + 1))
    const from = down ? k + 1 : k - 1
    const px = reach(from)
    const py = px - from
    if (down) added[start + py] = 1
    else removed[start + px] = 1
    x = px
    y = py
  }
}

/** Move runs of changes down as far as they go, and join them with others, as diff's shift_boundaries() does. */
function shift(lines: readonly string[], changed: Uint8Array, other: Uint8Array): void {
  let i = 0
  let j = 0
  const end = lines.length
  for (;;) {
    while (i < end && !changed[i]) {
      while (other[j]) j++
      j++
      i++
    }
    if (i === end) return
    let start = i
    while (changed[++i]);
    while (other[j]) j++
    let length: number
    let corresponding: number
    do {
      length = i - start
      while (start > 0 && lines[start - 1] === lines[i - 1]) {
        changed[--start] = 1
        changed[--i] = 0
        while (start > 0 && changed[start - 1]) start--
        while (other[--j]);
      }
      corresponding = j > 0 && other[j - 1] ? i : end
      while (i !== end && lines[start] === lines[i]) {
        changed[start++] = 0
        changed[i++] = 1
        while (changed[i]) i++
        j++
        while (other[j]) {
          corresponding = i
          j++
        }
      }
    } while (length !== i - start)
    while (corresponding < i) {
      changed[--start] = 1
      changed[--i] = 0
      while (other[--j]);
    }
  }
}
