/** The tables of mpstat, for people and as JSON. Linux: sysstat 12.6, mpstat.c. */
import type { Paint } from './common.ts'
import { COLUMNS, type Counters, type Interrupt, type Node, type Place, rate, shares } from './cpus.ts'

/** `all`, a processor or a node. */
export type Item = 'all' | number

/** What is asked for. */
export interface Plan {
  readonly cpu: boolean
  readonly node: boolean
  readonly sum: boolean
  readonly hard: boolean
  readonly soft: boolean
  readonly items: readonly Item[]
  /** -P was given: the table of single interrupts has these only, else all. */
  readonly chosen: boolean
  readonly nodeItems: readonly Item[]
  readonly topology: boolean
}

/** The host's processors, where they are, its nodes. */
export interface Host {
  readonly cpus: readonly number[]
  readonly places: ReadonlyMap<number, Place>
  readonly nodes: readonly Node[]
}

/** Two moments, and the times that stand before headings and rows. */
export interface Span {
  readonly before: Counters | undefined
  readonly after: Counters
  readonly head: string
  readonly row: string
}

/** One heading and its rows, without line ends. */
interface Table {
  readonly json: string
  readonly heads: string
  readonly rows: readonly string[]
  readonly values: readonly string[]
}

const cpusOf = (host: Host, item: Item): readonly number[] => (item === 'all' ? host.cpus : [item])
const nodeCpus = (host: Host, item: Item): readonly number[] =>
  item === 'all' ? host.cpus : (host.nodes.find(it => it.number === item)?.cpus ?? [])
const LOADS = COLUMNS.map(it => `%${it}`.padStart(8)).join('')

/** The tables of a moment, in their order. */
export function tables(plan: Plan, host: Host, span: Span, paint: Paint): Table[] {
  const { before, after } = span
  const loads = (item: Item, cpus: readonly number[], kind: string) => {
    const values = shares(before, after, cpus)
    const topology = kind === 'cpu' && plan.topology ? placeText(host, item) : ''
    const names = COLUMNS.map((it, i) => `"${it}": ${values[i]!.toFixed(paint.decimals)}`).join(', ')
    return {
      row: label(item, paint) + topology + values.map(it => paint.share(it, 8)).join(''),
      value: `{"${kind}": "${item}", ${names}}`,
    }
  }
  const table = (json: string, heads: string, rows: readonly { row: string; value: string }[]): Table => ({
    json,
    heads,
    rows: rows.map(it => it.row),
    values: rows.map(it => it.value),
  })
  const found: Table[] = []
  if (plan.cpu)
    found.push(
      table(
        'cpu-load',
        `  CPU${plan.topology ? ' CORE SOCK NODE' : ''}${LOADS}`,
        plan.items.map(it => loads(it, cpusOf(host, it), 'cpu')),
      ),
    )
  if (plan.node)
    found.push(
      table(
        'node-load',
        ` NODE${LOADS}`,
        plan.nodeItems.map(it => loads(it, nodeCpus(host, it), 'node')),
      ),
    )
  if (plan.sum)
    found.push(
      table(
        'sum-interrupts',
        '  CPU    intr/s',
        plan.items.map(it => sums(it, span, paint)),
      ),
    )
  const single = plan.chosen ? plan.items.filter(it => it !== 'all') : host.cpus
  const each = (json: string, of: (it: Counters) => readonly Interrupt[]) =>
    table(
      json,
      `  CPU${of(after)
        .map(it => ` ${it.name.padStart(8)}/s`)
        .join('')}`,
      single.map(cpu => interrupts(cpu, of, span, paint)),
    )
  if (plan.hard) found.push(each('individual-interrupts', it => it.hard))
  if (plan.soft) found.push(each('soft-interrupts', it => it.soft))
  return found
}

const label = (item: Item, paint: Paint): string => paint.item(String(item).padStart(5))

function placeText(host: Host, item: Item): string {
  const place = item === 'all' ? undefined : host.places.get(item)
  const cell = (value: number | undefined): string => ` ${String(value ?? '').padStart(4)}`
  return cell(place?.core) + cell(place?.socket) + cell(place?.node)
}

/** All interrupts of the host, or those of a processor. */
function sums(item: Item, { before, after }: Span, paint: Paint): { row: string; value: string } {
  const of = (it: Counters): number =>
    item === 'all' ? it.interrupts : it.hard.reduce((sum, one) => sum + (one.counts[item] ?? 0), 0)
  const value = rate(before, after, of)
  return {
    row: label(item, paint) + paint.number(value, 10),
    value: `{"cpu": "${item}", "intr": ${value.toFixed(paint.decimals)}}`,
  }
}

function interrupts(
  cpu: number,
  of: (it: Counters) => readonly Interrupt[],
  { before, after }: Span,
  paint: Paint,
): { row: string; value: string } {
  const values = of(after).map(({ name }, i) => ({
    name,
    value: rate(before, after, it => of(it)[i]?.counts[cpu] ?? 0),
  }))
  const entries = values.map(it => `\t{"name": "${it.name}", "value": ${it.value.toFixed(paint.decimals)}}`)
  return {
    row: label(cpu, paint) + values.map(it => paint.number(it.value, 11)).join(''),
    value: `{"cpu": "${cpu}", "intr": [\n${entries.map(it => `\t\t\t\t\t\t${it}`).join(',\n')}\n\t\t\t\t\t\t] }`,
  }
}

/** Headings are repeated where more than one kind of row stands below each other. */
export function text(found: readonly Table[], { head, row }: Span, isHeaded: boolean): string {
  return found
    .map(({ heads, rows }) => {
      const lines = rows.map(it => `${row.padEnd(11)}${it}\n`).join('')
      return isHeaded ? `\n${head.padEnd(11)}${heads}\n${lines}` : lines
    })
    .join('')
}

/** An element of "statistics". */
export function json(found: readonly Table[], time: string): string {
  const parts = found.map(
    ({ json, values }) =>
      `\t\t\t\t\t"${json}": [\n${values.map(it => `\t\t\t\t\t\t${it}`).join(',\n')}\n\t\t\t\t\t]`,
  )
  return `\t\t\t\t{\n\t\t\t\t\t"timestamp": "${time}",\n${parts.join(',\n')}\n\t\t\t\t}`
}
