/**
 * The text of --help, made from the description of a command in the manner of the package it comes from.
 */
import type { Spec } from './command.ts'
import { longsOf, type Option, type Options, shortOf } from './getopt.ts'

/** What `name --help` prints. */
export function helpText(spec: Spec<Options>, name: string, options: Options): string {
  if (typeof spec.help === 'function') return spec.help(name.slice(name.lastIndexOf('/') + 1))
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
  const { help, version, ...own } = options
  const column = Math.min(
    29,
    Math.max(0, ...visible(own).map(([key, option]) => gnuNames(key, option).length)) + 3,
  )
  const row = ([key, option]: [string, Option]): string =>
    described(gnuNames(key, option), option.help!, column)
  const rows = visible(own).map(row)
  const summary = spec.summary[0]!.toUpperCase() + spec.summary.slice(1)
  const coreutils = (spec.suite ?? 'coreutils') === 'coreutils'
  const mandatory =
    coreutils &&
    visible(own).some(
      ([key, option]) => option.value && !/^\[/.test(option.value) && longsOf(key, option).length,
    )
  const last = coreutils
    ? '      --help        display this help and exit\n      --version     output version information and exit\n'
    : visible({ ...(help && { help }), ...(version && { version }) })
        .map(row)
        .join('')
  return (
    `${lines.join('')}${summary}${/[.:]$/.test(summary) ? '' : '.'}\n\n` +
    (mandatory ? 'Mandatory arguments to long options are mandatory for short options too.\n' : '') +
    `${rows.join('')}${last}${spec.epilogue ? `\n${spec.epilogue}\n` : ''}${coreutils ? documentation(spec.name) : ''}`
  )
}

const documentation = (name: string): string => `
GNU coreutils online help: <https://www.gnu.org/software/coreutils/>
Report any translation bugs to <https://translationproject.org/team/>
Full documentation <https://www.gnu.org/software/coreutils/${name}>
or available locally via: info '(coreutils) ${name} invocation'
`

/** Which of the names of a program it was called by. */
export function programName(spec: Spec<Options>, name: string): string {
  const base = name.slice(name.lastIndexOf('/') + 1)
  return spec.aliases?.includes(base) ? base : spec.name
}

/** An option and what it does, as far to the right as the longest of them needs; at most at column 29. */
function gnuNames(key: string, option: Option): string {
  const short = shortOf(key, option)[0]
  const long = longsOf(key, option)[0]
  const value = option.value ? (/^[[=]/.test(option.value) ? option.value : `=${option.value}`) : ''
  const names = long
    ? `${short ? `-${short}, ` : '    '}--${long}${value}`
    : `-${short}${value.startsWith('=') ? ` ${value.slice(1)}` : value}`
  return `  ${names}`
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
