/**
 * less - opposite of more
 * https://www.greenwoodsoftware.com/less/
 *
 * Left out: tags, filters (lesspipe), key files, brackets, log files, history files, prompts made with -P.
 */
import { type Blocking, Errno, isDir, O_RDWR, type Sys } from '../../abi/index.ts'
import { command, type Process, unheeded } from '../lib/command.ts'
import { closeInput, openInput } from '../lib/input.ts'
import { LESS_HELP } from '../lib/less/help.ts'
import { Less } from '../lib/less/screen.ts'
import { parseOptions, type Settings } from '../lib/less/options.ts'

const VERSION = `less 590 (GNU regular expressions)
Copyright (C) 1984-2021  Mark Nudelman

less comes with NO WARRANTY, to the extent permitted by law.
For information about the terms of redistribution,
see the file named README in the less distribution.
Home page: https://greenwoodsoftware.com/less
`

export default command({
  name: 'less',
  writeFailure: unheeded,
  aliases: ['pager'],
  summary: 'opposite of more',
  usage: 'less [options] [file]...',
  suite: 'other',
  raw: true,
  help: LESS_HELP,
  version: VERSION,

  *main(sys, _flags, args, me) {
    const settings: Settings = { on: new Set(), first: '', files: [], help: '', complaints: [] }
    const fromEnvironment = me.env.get('LESS')
    if (fromEnvironment)
      parseOptions(
        settings,
        fromEnvironment
          .split(/[\s$]+/)
          .map(it => (/^[-+]/.test(it) ? it : it && `-${it}`))
          .filter(Boolean),
      )
    settings.files = []
    parseOptions(settings, args)
    for (const text of settings.complaints) yield* sys.write(2, `${text}\n`)
    if (settings.help) {
      me.out.print(settings.help === 'version' ? VERSION : LESS_HELP)
      return 0
    }
    if (!settings.files.length && sys.isatty(0)) {
      yield* sys.write(2, 'Missing filename ("less --help" for help)\n')
      return 1
    }
    const names = settings.files.length ? settings.files : ['-']
    const terminal = me.out.isTty ? yield* openTerminal(sys) : undefined
    if (terminal === undefined) return yield* concatenate(sys, me, names)
    return yield* new Less(sys, me, settings, terminal).run(names)
  },
})

function* openTerminal(sys: Sys): Blocking<number | undefined> {
  try {
    return yield* sys.open('/dev/tty', O_RDWR)
  } catch (e) {
    if (e instanceof Errno) return sys.isatty(2) ? 2 : undefined
    throw e
  }
}

/** Without a terminal less is cat. */
function* concatenate(sys: Sys, me: Process, names: readonly string[]): Blocking<number> {
  for (const name of names) {
    try {
      const fd = yield* openInput(sys, name)
      if (isDir(sys.fstat(fd))) yield* sys.write(2, `${name} is a directory\n`)
      else
        for (;;) {
          const chunk = yield* sys.read(fd, 8192)
          if (!chunk.length) break
          me.out.print(chunk)
          yield* me.out.drain()
        }
      closeInput(sys, fd)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* me.out.flush()
      yield* sys.write(2, `${name}: ${e.message}\n`)
    }
  }
  return 0
}
