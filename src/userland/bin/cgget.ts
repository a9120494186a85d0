/**
 * cgget - print parameters of control groups
 * https://manpages.debian.org/bookworm/cgroup-tools/cgget.1.en.html
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { CgroupError, ECGINVAL, ECGOTHER, ECGVALUEEXISTS } from '../lib/libcgroup/error.ts'
import { type CgroupMount, mountOf } from '../lib/libcgroup/mounts.ts'
import { cgroupTool, mountsFor, ToolFailure, WrongInput } from '../lib/libcgroup/tool.ts'
import { parameterOf, parametersOf, type Value } from '../lib/libcgroup/values.ts'

/** What to print of a group: by controller the parameters that were named, or all of them where none was. */
interface Request {
  readonly group: string
  readonly wanted: ReadonlyMap<string, readonly string[]>
}

export default cgroupTool({
  name: 'cgget',
  summary: 'print parameter(s) of given group(s).',
  usage: [
    'cgget [-nv] [-r <name>] [-g <controllers>] [-a] <path> ...',
    'cgget [-nv] [-r <name>] -g <controllers>:<path> ...',
  ],
  hint: '-h',
  wrong: 1,
  needsArguments: true,
  options: {
    all: { short: 'a', help: 'Print the parameters of all controllers' },
    group: {
      short: 'g',
      long: '',
      value: '<controllers>[:<path>]',
      repeat: true,
      help: 'Controllers, of a group',
    },
    noHeaders: { short: 'n', long: '', help: 'Do not print the names of groups' },
    variable: { short: 'r', value: '<name>', repeat: true, help: 'A parameter to print' },
    valuesOnly: { short: 'v', help: 'Do not print the names of parameters' },
  },

  *main(sys, flags, args, me, order) {
    const table = yield* mountsFor(sys, `${me.name}: `)
    const all = new Map(table.map(it => [it.controller, [] as string[]]))
    const common = new Map<string, string[]>()
    const requests: Request[] = []
    for (const { key, value } of order) {
      if (key === 'variable') addVariable(common, value)
      else if (key === 'all') for (const name of all.keys()) add(common, name)
      else if (key === 'group' && value.includes(':')) requests.push(groupRequest(value))
      else if (key === 'group') add(common, value)
    }
    if (flags.variable && (flags.group || flags.all)) throw new WrongInput()
    if (!args.length && (flags.variable || common.size > 0) && !requests.length) throw new WrongInput(-1)
    if (args.length && requests.length) throw new WrongInput(-1)
    for (const group of args) requests.push({ group, wanted: common.size ? common : all })

    let text = ''
    for (const request of requests) {
      const lines = (yield* valuesOf(sys, table, request)).map(({ name, value }) => {
        const shown = value.split('\n').join('\n\t')
        return flags.valuesOnly ? `${shown}\n` : `${name}: ${shown}\n`
      })
      text += flags.noHeaders ? lines.join('') : `${request.group}:\n${lines.join('')}\n`
    }
    me.out.print(text)
    return 0
  },
})

function add(wanted: Map<string, string[]>, controller: string): string[] {
  const list = wanted.get(controller) ?? []
  wanted.set(controller, list)
  return list
}

/** The controller of a parameter is what stands before the dot. */
function addVariable(wanted: Map<string, string[]>, name: string): void {
  const dot = name.indexOf('.')
  if (dot < 0) throw new ToolFailure(`cgget: error parsing parameter name\n '${name}'`, ECGINVAL)
  const list = add(wanted, name.slice(0, dot))
  if (list.includes(name)) throw new CgroupError(ECGVALUEEXISTS)
  list.push(name)
}

function groupRequest(text: string): Request {
  const colon = text.indexOf(':')
  const controllers = text
    .slice(0, colon)
    .split(',')
    .filter(it => it)
  return { group: text.slice(colon + 1), wanted: new Map(controllers.map(it => [it, []])) }
}

function* valuesOf(sys: Sys, table: readonly CgroupMount[], { group, wanted }: Request): Blocking<Value[]> {
  const values: Value[] = []
  for (const [controller, names] of wanted) {
    const mount = mountOf(table, controller)
    if (!names.length) {
      const real = table.find(it => it.controller === controller)
      values.push(...((real && (yield* parametersOf(sys, real, group))) ?? []))
    }
    for (const name of names) {
      if (!mount) throw missing(controller, group)
      try {
        values.push({ name, value: yield* parameterOf(sys, mount, group, name) })
      } catch (e) {
        if (!(e instanceof CgroupError)) throw e
        throw new ToolFailure(`variable file read failed ${e.message}\n`, e.code)
      }
    }
  }
  return values
}

const missing = (controller: string, group: string): ToolFailure =>
  new ToolFailure(`cgget: cannot find controller '${controller}' in group '${group}'\n`, ECGOTHER)
