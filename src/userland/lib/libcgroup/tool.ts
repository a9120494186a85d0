/**
 * What the tools of libcgroup have in common: their --help, their answer to a wrong option, `controllers:path`,
 * and the exit status of a failure. libcgroup: src/tools/tools-common.c.
 */
import type { Blocking, Sys } from '../../../abi/index.ts'
import { type Command, command, type Process, writeAll } from '../command.ts'
import { type Flags, getopt, GetoptError, type Given, longsOf, type Options, shortOf } from '../getopt.ts'
import { CgroupError } from './error.ts'
import { type CgroupMount, initialize } from './mounts.ts'

const HELP = { help: { short: 'h', help: 'Show this text' } } as const

/** A tool: its options, and what it does with them. */
export interface CgroupTool<O extends Options> {
  readonly name: string
  readonly summary: string
  readonly usage: readonly string[]
  readonly options: O
  /** What the line about wrong input points to. */
  readonly hint: '-h' | '--help'
  /** Exit status after wrong input. */
  readonly wrong: number
  /** Nothing at all is wrong input. */
  readonly needsArguments?: boolean
  readonly stopAtOperand?: boolean
  /** Needs: throws WRONG_INPUT where the operands make no sense. */
  main(
    sys: Sys,
    flags: Flags<O>,
    args: string[],
    me: Process,
    order: readonly Given<Extract<keyof O, string>>[],
  ): Blocking<number>
}

/** What a main function throws to get the line about wrong input, and this status. */
export class WrongInput {
  readonly status: number | undefined
  constructor(status?: number) {
    this.status = status
  }
}

/** What a main function throws to end with a message of its own. */
export class ToolFailure {
  readonly message: string
  readonly status: number
  constructor(message: string, status: number) {
    this.message = message
    this.status = status
  }
}

/** Make a program of it. */
export function cgroupTool<const O extends Options>(tool: CgroupTool<O>): Command {
  return command({
    name: tool.name,
    summary: tool.summary,
    usage: tool.usage,
    suite: 'other',
    options: { ...tool.options, ...HELP },
    raw: true,
    *main(sys, _, args, me) {
      try {
        return yield* run(sys, tool, args, me)
      } catch (e) {
        return yield* fail(sys, tool, me.name, e)
      }
    },
  })
}

function* run<O extends Options>(
  sys: Sys,
  tool: CgroupTool<O>,
  argv: string[],
  me: Process,
): Blocking<number> {
  if (tool.needsArguments && !argv.length) throw new WrongInput()
  const parsed = getopt({ ...tool.options, ...HELP }, argv, { stopAtOperand: tool.stopAtOperand ?? false })
  if (parsed.order.some(it => it.key === 'help')) {
    me.out.print(helpText(tool, me.name))
    return 0
  }
  const order = parsed.order as unknown as Given<Extract<keyof O, string>>[]
  return yield* tool.main(sys, parsed.flags as Flags<O>, parsed.args, me, order)
}

function* fail<O extends Options>(sys: Sys, tool: CgroupTool<O>, name: string, e: unknown): Blocking<number> {
  if (e instanceof CgroupError) return e.code
  if (e instanceof ToolFailure) {
    yield* writeAll(sys, 2, e.message)
    return e.status
  }
  if (!(e instanceof GetoptError) && !(e instanceof WrongInput)) throw e
  const said = e instanceof GetoptError ? `${name}: ${e.message}\n` : ''
  yield* writeAll(sys, 2, `${said}Wrong input parameters, try ${name} ${tool.hint}' for more information.\n`)
  return e instanceof WrongInput ? (e.status ?? tool.wrong) : tool.wrong
}

/** Usage, summary and options; their explanations begin at the first tab stop after the longest. */
function helpText<O extends Options>(tool: CgroupTool<O>, name: string): string {
  const usage = tool.usage.map((line, i) => `${i ? '   or: ' : 'Usage: '}${line.replace(/^\S+/, name)}\n`)
  const options: Options = { ...tool.options, ...HELP }
  const rows = Object.entries(options)
    .filter(([, option]) => option.help !== undefined)
    .map(([key, option]) => {
      const short = shortOf(key, option)
      const names = [...(short ? [`-${short}`] : []), ...longsOf(key, option).map(it => `--${it}`)]
      return [`  ${names.join(', ')}${option.value ? ` ${option.value}` : ''}`, option.help!] as const
    })
    .sort(([a], [b]) => (a.replace(/-/g, '') < b.replace(/-/g, '') ? -1 : 1))
  const column = Math.floor(Math.max(...rows.map(([names]) => names.length)) / 8) + 1
  const tabs = (names: string): string => '\t'.repeat(column - Math.floor(names.length / 8))
  const list = rows.map(([names, text]) => `${names}${tabs(names)}${text}\n`)
  return `${usage.join('')}${tool.summary[0]!.toUpperCase()}${tool.summary.slice(1)}\n${list.join('')}`
}

/** `cpu,memory:path`. libcgroup: struct cgroup_group_spec. */
export interface GroupSpec {
  readonly controllers: readonly string[]
  readonly path: string
}

/** What `controllers:path` means; undefined if it is not that. */
export function parseGroupSpec(text: string): GroupSpec | undefined {
  const [controllers, path] = text.split(':').filter(it => it)
  if (controllers === undefined || path === undefined) return undefined
  return { controllers: controllers.split(',').filter(it => it), path }
}

/** The table of mounts; without any the tool ends, and says so after `who` it is. */
export function* mountsFor(sys: Sys, who: string): Blocking<CgroupMount[]> {
  try {
    return yield* initialize(sys)
  } catch (e) {
    if (!(e instanceof CgroupError)) throw e
    throw new ToolFailure(`${who}libcgroup initialization failed: ${e.message}\n`, e.code)
  }
}
