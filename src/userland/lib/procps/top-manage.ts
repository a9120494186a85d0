/** The screen where fields of top are chosen and put in order. Linux: procps-ng src/top/top.c:fields_utility(). */
import type { Blocking } from '../../../abi/index.ts'
import type { Screen } from '../raw-terminal.ts'
import { about } from './top-fields.ts'
import { BOLD, keysOf, REVERSE } from './top-screen.ts'
import type { TopView } from './top.ts'

/** Lines above the fields. */
const HEAD = 4
/** The columns of the name of a field, and what an entry takes at least. */
const NAME = 8
const ENTRY = 13
const HOUR = 3_600_000

/** Until q or Escape: arrows choose a field, d or a space shows or hides it, s sorts by it, right and left move it. */
export function* manageFields(screen: Screen, view: TopView): Blocking<void> {
  let at = Math.max(0, view.columns.order.indexOf(view.sort))
  let isMoving = false
  while (!screen.quit) {
    yield* screen.draw(lines(screen, view, at, isMoving))
    for (const key of keysOf(yield* screen.keys(HOUR))) {
      if (key === 'q' || key === '\x1b') return
      const { order, shown } = view.columns
      const name = order[at]!
      if (key === 's') {
        view.sort = name
        view.ascending = false
      }
      if (key === 'd' || key === ' ') {
        if (!shown.delete(name)) shown.add(name)
      }
      if (key === 'right') isMoving = true
      if (key === 'left' || key === '\r' || key === '\n') isMoving = false
      const to = target(key, at, order.length)
      if (isMoving && to !== at) order.splice(to, 0, ...order.splice(at, 1))
      at = to
    }
  }
}

function target(key: string, at: number, count: number): number {
  if (key === 'up') return Math.max(0, at - 1)
  if (key === 'down') return Math.min(count - 1, at + 1)
  if (key === 'home') return 0
  return key === 'end' ? count - 1 : at
}

/** Columns of fields as many as are needed; what they mean is cut where there is no room. */
function lines(screen: Screen, view: TopView, at: number, isMoving: boolean): string[] {
  const { order, shown } = view.columns
  const rows = Math.max(1, screen.rows - HEAD)
  const columns = Math.ceil(order.length / rows)
  const width = Math.max(ENTRY, Math.floor(screen.cols / columns))
  const entry = (name: string, i: number): string => {
    const meaning = ` = ${about(name)}`.slice(0, Math.max(0, width - NAME - 2)).padEnd(width - NAME - 2)
    const isChosen = i === at
    const title = name.padEnd(NAME)
    const text =
      isChosen && isMoving ? REVERSE(title + meaning) : (isChosen ? REVERSE(title) : title) + meaning
    return `${shown.has(name) ? '*' : ' '} ${shown.has(name) ? BOLD(text) : text}`
  }
  const table = Array.from({ length: rows }, (_, row) =>
    order
      .map((name, i) => ({ name, i }))
      .filter(it => it.i % rows === row)
      .map(it => entry(it.name, it.i))
      .join(''),
  )
  return [
    `${BOLD('Fields Management')} for window ${REVERSE('1:Def')}, whose current sort field is ${BOLD(view.sort)}`,
    '   Navigate with Up/Dn, Right selects for move then <Enter> or Left commits,',
    "   'd' or <Space> toggles display, 's' sets sort.  Use 'q' or <Esc> to end!",
    '',
    ...table,
  ]
}
