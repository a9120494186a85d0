/**
 * The text of --help, made from the description of a command in the manner of the package it comes from.
 */
import type { Spec } from './command.ts'
import { longsOf, type Option, type Options, shortOf } from './getopt.ts'

/** What `name --help` prints. */
export function helpText(spec: Spec<Options>, name: string, options: Options): string {
  if (spec.help) return spec.help.replaceAll('%s', name)
  return spec.suite === 'util-linux' || spec.suite === 'procps'
    ? linuxHelp(spec, name, options)
    : gnuHelp(spec, name, options)
}

const usageLines = (spec: Spec<Options>, name: string): string[] =>
  (typeof spec.usage === 'string' ? spec.usage.split('\n') : [...spec.usage]).map(line =>
    line.replace(/^\S+/, name),
  )

const visible = (options: Options): [string, Option][] =>
  Object.entries(options).filter(([, option]) => option.help !== undefined)

function gnuHelp(spec: Spec<Options>, name: string, options: Options): string {
  const lines = usageLines(spec, name).map((line, i) => `${i ? '  or:  ' : 'Usage: '}${line}\n`)
  const rows = visible(options).map(([key, option]) => gnuOption(key, option))
  const summary = spec.summary[0]!.toUpperCase() + spec.summary.slice(1)
  return `${lines.join('')}${summary}${summary.endsWith('.') ? '' : '.'}\n\n${rows.join('')}${
    spec.epilogue ? `\n${spec.epilogue}\n` : ''
  }`
}

function gnuOption(key: string, option: Option): string {
  const short = shortOf(key, option)[0]
  const long = longsOf(key, option)[0]
  const value = option.value ? (/^[[=]/.test(option.value) ? option.value : `=${option.value}`) : ''
  const names = long
    ? `${short ? `-${short}, ` : '    '}--${long}${value}`
    : `-${short}${value.startsWith('=') ? ` ${value.slice(1)}` : value}`
  return described(`  ${names}`, option.help!, 29)
}

function linuxHelp(spec: Spec<Options>, name: string, options: Options): string {
  const { help, version, ...others } = options
  const rows = visible(others).map(it => linuxNames(it))
  const last = visible({ ...(help && { help }), ...(version && { version }) }).map(it => linuxNames(it))
  const width = Math.min(Math.max(...[...rows, ...last].map(([names]) => names.length)) + 2, 28)
  const print = (list: [string, string][]) =>
    list.map(([names, text]) => described(names, text, width)).join('')
  const usages = usageLines(spec, name).map(line => ` ${line}\n`)
  const summary =
    spec.suite === 'util-linux' ? `\n${spec.summary[0]!.toUpperCase()}${spec.summary.slice(1)}.\n` : ''
  return `\nUsage:\n${usages.join('')}${summary}\nOptions:\n${print(rows)}\n${print(last)}${
    spec.epilogue ? `\n${spec.epilogue}\n` : ''
  }\nFor more details see ${spec.name}(1).\n`
}

function linuxNames([key, option]: [string, Option]): [string, string] {
  const short = shortOf(key, option)[0]
  const long = longsOf(key, option)[0]
  const value = option.value ? (/^[[= ]/.test(option.value) ? option.value : ` ${option.value}`) : ''
  const names = [...(short ? [`-${short}`] : []), ...(long ? [`--${long}`] : [])].join(', ')
  return [` ${short || !long ? '' : '    '}${names}${value}`, option.help!]
}

function described(names: string, text: string, column: number): string {
  const indent = '\n' + ' '.repeat(column)
  const body = text.replaceAll('\n', indent)
  return names.length + 2 > column ? `${names}${indent}${body}\n` : `${names.padEnd(column)}${body}\n`
}
