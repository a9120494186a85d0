/**
 * cgset - set parameters of control groups
 * https://manpages.debian.org/bookworm/cgroup-tools/cgset.1.en.html
 */
import { type Blocking, SIGSEGV, type Sys } from '../../abi/index.ts'
import { CgroupError, ECGROUPNOTEXIST } from '../lib/libcgroup/error.ts'
import { modifyGroup, type Parameter } from '../lib/libcgroup/group.ts'
import type { CgroupMount } from '../lib/libcgroup/mounts.ts'
import { cgroupTool, mountsFor, ToolFailure, WrongInput } from '../lib/libcgroup/tool.ts'
import { parametersOf } from '../lib/libcgroup/values.ts'

type Parameters = Map<string, Parameter[]>

export default cgroupTool({
  name: 'cgset',
  summary: 'set the parameters of given cgroup(s)',
  usage: [
    'cgset [-r <name=value>] <cgroup_path> ...',
    'cgset --copy-from <source_cgroup_path> <cgroup_path> ...',
  ],
  hint: '--help',
  wrong: -1,
  options: {
    variable: { short: 'r', value: '<name>', help: 'A parameter to set' },
    copyFrom: { value: '<source_cgroup_path>', help: 'A group whose parameters to take over' },
  },

  *main(sys, flags, args, me, order) {
    if (me.argv.length < 2)
      throw new ToolFailure(`Usage is ${me.name} -r <name=value> <relative path to cgroup>\n`, -1)
    const settings: [name: string, value: string][] = []
    for (const { key, value } of order) {
      if (flags.copyFrom !== undefined && order.length > 1) throw new WrongInput()
      if (key === 'variable') settings.push(yield* setting(sys, me.name, value))
    }
    if (!args.length) throw new ToolFailure(`${me.name}: no cgroup specified\n`, -1)
    if (!order.length) throw new ToolFailure(`${me.name}: no name-value pair was set\n`, -1)

    const table = yield* mountsFor(sys, `${me.name}: `)
    const parameters =
      flags.copyFrom === undefined ? named(settings) : yield* copied(sys, table, flags.copyFrom)
    for (const group of args) {
      try {
        yield* modifyGroup(sys, table, group, parameters)
      } catch (e) {
        if (!(e instanceof CgroupError)) throw e
        throw new ToolFailure(`${me.name}: cgroup modify error: ${e.message} \n`, e.code)
      }
    }
    return 0
  },
})

/** `name=value`. The original reads what is not there when the = is missing, and dies of it. */
function* setting(sys: Sys, name: string, text: string): Blocking<[string, string]> {
  const wrong = `${name}: wrong parameter of option -r: ${text}\n`
  const parameter = text.split('=').find(it => it)
  if (parameter === undefined) throw new ToolFailure(wrong, -1)
  const equals = text.indexOf('=')
  if (equals < 0) yield* sys.kill(sys.getpid(), SIGSEGV)
  if (!text.slice(equals + 1)) throw new ToolFailure(wrong, -1)
  return [parameter, text.slice(equals + 1)]
}

/** The settings by controller, which is what stands before the dot. */
function named(settings: readonly (readonly [string, string])[]): Parameters {
  const parameters: Parameters = new Map()
  for (const [name, value] of settings) {
    if (!name.includes('.')) throw new ToolFailure(`wrong -r  parameter (${name}=${value})\n`, 0)
    const controller = name.split('.').find(it => it) ?? ''
    const list = parameters.get(controller) ?? []
    if (list.some(it => it.name === name))
      throw new ToolFailure(`name-value pair ${name}=${value} can't be set\n`, 0)
    parameters.set(controller, [...list, { name, value }])
  }
  return parameters
}

/** Everything another group has. */
function* copied(sys: Sys, table: readonly CgroupMount[], from: string): Blocking<Parameters> {
  const parameters: Parameters = new Map()
  for (const mount of table) {
    const list = yield* parametersOf(sys, mount, from)
    if (list)
      parameters.set(
        mount.controller,
        list.map(it => ({ ...it, copied: true })),
      )
  }
  if (parameters.size) return parameters
  throw new ToolFailure(`cgroup ${from} error: ${new CgroupError(ECGROUPNOTEXIST).message} \n`, 0)
}
