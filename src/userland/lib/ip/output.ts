/** How ip prints: as text, on one line each, coloured, or as JSON. iproute2: lib/json_print.c, json_writer.c, color.c. */
import type { Output } from '../command.ts'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

export interface Style {
  /** 0 for both, AF_INET, AF_INET6, or `link`. */
  readonly family: number | 'link'
  /** `ip link`, which shows link modes. */
  readonly mode: boolean
  readonly json: boolean
  readonly pretty: boolean
  readonly oneline: boolean
  readonly brief: boolean
  readonly color: boolean
  readonly details: boolean
  readonly stats: number
}

const COLORS = { ifname: 36, mac: 33, inet: 35, inet6: 34, up: 32, down: 31 } as const
export type Color = keyof typeof COLORS

/** What a command prints: text, and the same as values. */
export class Printer {
  readonly out: Output
  readonly style: Style
  readonly #values: Json[] = []

  constructor(out: Output, style: Style) {
    this.out = out
    this.style = style
  }

  /** One thing: its text, and what it is in JSON. */
  put(text: string, value: Json): void {
    if (this.style.json) this.#values.push(value)
    else this.out.print(this.style.oneline ? `${text.replace(/\n$/, '').replaceAll('\n', '\\')}\n` : text)
  }

  paint(text: string, color: Color): string {
    return this.style.color ? `\x1b[${COLORS[color]}m${text}\x1b[0m` : text
  }

  /** JSON comes at the end, all of it in one list. */
  finish(): void {
    if (this.style.json)
      this.out.print(`${this.style.pretty ? pretty(this.#values, 0) : JSON.stringify(this.#values)}\n`)
  }
}

/** Lists stay on a line, the members of objects get one each. */
function pretty(value: Json, depth: number): string {
  if (Array.isArray(value)) {
    const items = value.map((it: Json) => pretty(it, depth + 1))
    return items.length ? `[ ${items.join(',')} ]` : '[ ]'
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const indent = (n: number): string => '    '.repeat(n)
  const members = Object.entries(value).map(
    ([key, it]) => `\n${indent(depth + 1)}${JSON.stringify(key)}: ${pretty(it, depth + 1)}`,
  )
  return members.length ? `{${members.join(',')}\n${indent(depth)}}` : '{}'
}
