/**
 * man - an interface to the reference manuals
 * The pages are made from what the programs of the host say of themselves: usage, options, help.
 *
 * Left out: every other page, sections, searching, formatting for other devices.
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { applets } from '../lib/applets.ts'
import { allOptions, type Command, command, type Process } from '../lib/command.ts'
import { longsOf, type Option, shortOf } from '../lib/getopt.ts'
import { helpText } from '../lib/help.ts'
import { execProgram, waitFor } from '../lib/namespaces.ts'

export default command({
  name: 'man',
  summary: 'an interface to the system reference manuals',
  suite: 'other',
  usage: 'man [section] page...',
  options: { whatis: { short: 'f', help: 'display a short description of a page' } },

  *main(sys, flags, args, me) {
    const names = args.filter(it => !/^\d$/.test(it))
    if (!names.length) {
      yield* sys.write(2, "What manual page do you want?\nFor example, try 'man man'.\n")
      return 1
    }
    let status = 0
    for (const name of names) {
      const page = applets.get(name) as Partial<Command> | undefined
      if (!page?.spec) {
        yield* sys.write(
          2,
          flags.whatis ? `${name}: nothing appropriate.\n` : `No manual entry for ${name}\n`,
        )
        status = 16
      } else if (flags.whatis)
        me.out.line(`${name} (1)${' '.repeat(Math.max(1, 17 - name.length))}- ${page.spec.summary}`)
      else yield* show(sys, me, text(name, page.spec))
    }
    return status
  },
})

/** On a terminal through the pager, if there is one. */
function* show(sys: Sys, me: Process, page: string): Blocking<void> {
  if (!me.out.isTty || !applets.has('less')) {
    me.out.print(page)
    return
  }
  const [read, write] = sys.pipe2(0)
  const child = sys.clone(0, its => {
    its.dup2(read, 0)
    its.close(read)
    its.close(write)
    return execProgram(its, ['less'], me.envp)
  })
  sys.close(read)
  yield* sys.write(write, page)
  sys.close(write)
  yield* waitFor(sys, child)
}

const indent = (lines: string, by = '       '): string =>
  lines
    .split('\n')
    .map(line => (line ? by + line : ''))
    .join('\n')

function text(name: string, spec: Command['spec']): string {
  const head = `${name.toUpperCase()}(1)`
  const title = `${head}${'User Commands'.padStart(Math.floor((80 + 13) / 2) - head.length).padEnd(80 - 2 * head.length)}${head}`
  const usage = typeof spec.usage === 'string' ? spec.usage.split('\n') : [...spec.usage]
  const sections = [
    ['NAME', `${name} - ${spec.summary}`],
    ['SYNOPSIS', usage.join('\n')],
    spec.help ? ['DESCRIPTION', helpText(spec, name, allOptions(spec)).trim()] : ['OPTIONS', options(spec)],
  ]
  return `${title}\n\n${sections.map(([heading, body]) => `${heading}\n${indent(body!)}\n`).join('\n')}\n`
}

function options(spec: Command['spec']): string {
  const named = (key: string, option: Option): string =>
    [
      ...[...shortOf(key, option)].map(letter => `-${letter}`),
      ...longsOf(key, option).map(long => `--${long}`),
    ].join(', ') + (option.value ?? '')
  return Object.entries(allOptions(spec))
    .filter(([, option]) => option.help !== undefined)
    .map(([key, option]) => `${named(key, option)}\n${indent(option.help!)}\n`)
    .join('\n')
}
