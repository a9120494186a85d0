/**
 * rm - remove files or directories
 * https://www.gnu.org/software/coreutils/manual/html_node/rm-invocation.html
 */
import { oneOf } from '../lib/argmatch.ts'
import { command, fatal, usage } from '../lib/command.ts'
import { ask, lstatOf } from '../lib/path.ts'
import { quoteaf, quoteShell } from '../lib/quote.ts'
import { remove, type RemoveOptions } from '../lib/remove.ts'

const INTERACTIVE = [
  ['never', 'never'],
  ['no', 'never'],
  ['none', 'never'],
  ['once', 'once'],
  ['always', 'always'],
  ['yes', 'always'],
] as const

export default command({
  name: 'rm',
  summary: 'Remove (unlink) the FILE(s).',
  usage: 'rm [OPTION]... [FILE]...',
  authors: 'Paul Rubin, David MacKenzie, Richard M. Stallman,\nand Jim Meyering',
  options: {
    force: { short: 'f', help: 'ignore nonexistent files and arguments, never prompt' },
    i: { help: 'prompt before every removal' },
    I: { help: 'prompt once before removing more than three files, or\nwhen removing recursively' },
    interactive: {
      value: '[=WHEN]',
      help: 'prompt according to WHEN: never, once (-I), or\nalways (-i); without WHEN, prompt always',
    },
    oneFileSystem: {
      help: 'when removing a hierarchy recursively, skip any\ndirectory that is on a file system different from\nthat of the corresponding command line argument',
    },
    noPreserveRoot: { help: "do not treat '/' specially" },
    preserveRoot: { value: '[=all]', help: "do not remove '/' (default)" },
    recursive: { short: 'rR', help: 'remove directories and their contents recursively' },
    dir: { short: 'd', help: 'remove empty directories' },
    verbose: { short: 'v', help: 'explain what is being done' },
  },
  hint(sys, args) {
    const name = args.find(it => it.startsWith('-') && it !== '-' && lstatOf(sys, it))
    return name === undefined
      ? ''
      : `Try 'rm ${quoteShell(`./${name}`)}' to remove the file ${quoteaf(name)}.\n`
  },
  epilogue:
    'By default, rm does not remove directories.  Use the --recursive (-r or -R)\noption to remove each listed directory, too, along with all of its contents.',

  *main(sys, flags, args, me) {
    if (flags.preserveRoot && flags.preserveRoot !== 'all')
      throw fatal(`unrecognized --preserve-root argument: '${flags.preserveRoot}'`)
    let when = 'default'
    for (const { key, value } of me.order) {
      if (key === 'force') when = 'never'
      else if (key === 'i') when = 'always'
      else if (key === 'I') when = 'once'
      else if (key === 'interactive') when = value ? oneOf('--interactive', value, INTERACTIVE) : 'always'
    }
    const force = when === 'never' && Boolean(flags.force)
    if (!args.length) {
      if (force) return 0
      throw usage('missing operand')
    }
    if (when === 'once' && (flags.recursive || args.length > 3)) {
      const what = `${args.length} argument${args.length > 1 ? 's' : ''}${flags.recursive ? ' recursively' : ''}`
      if (!(yield* ask(sys, `${me.name}: remove ${what}? `))) return 0
    }
    const options: RemoveOptions = {
      sys,
      name: me.name,
      recursive: Boolean(flags.recursive),
      emptyDirs: Boolean(flags.dir),
      force,
      interactive: when === 'always',
      oneFileSystem: Boolean(flags.oneFileSystem),
      preserveRoot: !flags.noPreserveRoot,
      preserveAllRoot: flags.preserveRoot === 'all',
      stdinTty: when === 'default' && sys.isatty(0),
      verbose: flags.verbose ? line => me.out.line(line) : undefined,
      complain: me.warn,
    }
    let status = 0
    for (const path of args) if (!(yield* remove(options, path))) status = 1
    return status
  },
})
