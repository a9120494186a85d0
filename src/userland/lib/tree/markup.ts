/** The tree as JSON or XML. Linux: json.c, xml.c. */
import type { Output } from '../output.ts'
import { type Facts, kindOf } from './facts.ts'
import type { TreeNode } from './walk.ts'

/** Counts for the report; undefined where they are not given. */
export interface Report {
  readonly size: number | undefined
  readonly directories: number
  readonly files: number | undefined
}

const string = (text: string): string => JSON.stringify(text)

/** -J */
export function printJson(
  out: Output,
  facts: Facts,
  shown: (node: TreeNode) => string,
  roots: readonly TreeNode[],
  report: Report | undefined,
): void {
  out.print('[\n')
  for (const [i, root] of roots.entries()) {
    const tail = i < roots.length - 1 ? ',\n' : '\n'
    if (!root.stat)
      out.print(`,"name":${string(root.name)},"contents":[{"error": "${root.error}"}\n\n  ]}${tail}`)
    else node(root, '  ', tail)
  }
  if (report) {
    const { size, directories, files } = report
    const rest = `"directories":${directories}${files === undefined ? '' : `,"files":${files}`}`
    out.print(`,\n  {"type":"report",${size === undefined ? '' : `"size":${size},`}${rest}}`)
  }
  out.print('\n]\n')

  function node(it: TreeNode, indent: string, tail: string): void {
    const target = it.target === undefined ? '' : `,"target":${string(it.target)}`
    const about = facts
      .of(it)
      .map(({ key, value }) => `,"${key}":${typeof value === 'number' ? value : string(value)}`)
      .join('')
    out.print(`${indent}{"type":"${kindOf(it)}","name":${string(shown(it))}${target}${about}`)
    if (it.error && it.target !== undefined && it.error.startsWith('recursive'))
      return out.print(`}{"error": "${it.error}"}\n${tail}`)
    if (it.error) return out.print(`,"contents":[{"error": "${it.error}"}\n\n${indent}]}${tail}`)
    if (!it.children?.length) return out.print(`}${tail}`)
    out.print(',"contents":[\n')
    for (const [i, child] of it.children.entries())
      node(child, `${indent}  `, i < it.children.length - 1 ? ',\n' : '\n')
    out.print(`${indent}]}${tail}`)
  }
}

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')

/** -X */
export function printXml(
  out: Output,
  facts: Facts,
  shown: (node: TreeNode) => string,
  roots: readonly TreeNode[],
  report: Report | undefined,
): void {
  out.print('<?xml version="1.0" encoding="UTF-8"?>\n<tree>\n')
  for (const root of roots) {
    if (root.stat) node(root, '  ')
    else out.print(` name="${escaped(root.name)}"><error>${root.error}</error>\n  </unknown>\n`)
  }
  if (report) {
    const line = (name: string, value: number | undefined): string =>
      value === undefined ? '' : `    <${name}>${value}</${name}>\n`
    const { size, directories, files } = report
    out.print(
      `  <report>\n${line('size', size)}${line('directories', directories)}${line('files', files)}  </report>\n`,
    )
  }
  out.print('</tree>\n')

  function node(it: TreeNode, indent: string): void {
    const kind = kindOf(it)
    const target = it.target === undefined ? '' : ` target="${escaped(it.target)}"`
    const about = facts.of(it).map(({ key, value }) => ` ${key}="${escaped(String(value))}"`)
    out.print(`${indent}<${kind} name="${escaped(shown(it))}"${target}${about.join('')}>`)
    const error = it.error ? `<error>${it.error}</error>` : ''
    if (error && it.target === undefined) return out.print(`${error}\n${indent}</${kind}>\n`)
    if (!it.children?.length) return out.print(`${error}</${kind}>\n`)
    out.print('\n')
    for (const child of it.children) node(child, `${indent}  `)
    out.print(`${indent}</${kind}>\n`)
  }
}
