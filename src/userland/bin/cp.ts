/**
 * cp - copy files and directories
 * https://www.gnu.org/software/coreutils/manual/html_node/cp-invocation.html
 *
 * Left out: security contexts (there is no SELinux).
 */
import { isReg } from '../../abi/index.ts'
import { oneOf } from '../lib/argmatch.ts'
import { BACKUP_OPTIONS, backupKind, backupName } from '../lib/backup.ts'
import { command, type Flags, type Given, must, usage } from '../lib/command.ts'
import { type CopyOptions, copyFile, copyRun } from '../lib/copy.ts'
import { dirname, isDirectory, joinPath, lstatOf } from '../lib/path.ts'
import { TARGET_OPTIONS, targets } from '../lib/target.ts'
import { quoteaf } from '../lib/quote.ts'

const OPTIONS = {
  archive: { short: 'a', help: 'same as -dR --preserve=all' },
  attributesOnly: { help: "don't copy the file data, just the attributes" },
  ...BACKUP_OPTIONS,
  copyContents: { help: 'copy contents of special files when recursive' },
  d: { help: 'same as --no-dereference --preserve=links' },
  force: { short: 'f', help: 'if an existing destination file cannot be\nopened, remove it and try again' },
  interactive: { short: 'i', help: 'prompt before overwrite (overrides a previous -n option)' },
  H: { help: 'follow command-line symbolic links in SOURCE' },
  link: { short: 'l', help: 'hard link files instead of copying' },
  dereference: { short: 'L', help: 'always follow symbolic links in SOURCE' },
  noClobber: { short: 'n', help: 'do not overwrite an existing file' },
  noDereference: { short: 'P', help: 'never follow symbolic links in SOURCE' },
  p: { help: 'same as --preserve=mode,ownership,timestamps' },
  preserve: { value: '[=ATTR_LIST]', help: 'preserve the specified attributes' },
  noPreserve: { value: '=ATTR_LIST', help: "don't preserve the specified attributes" },
  parents: { help: 'use full source file name under DIRECTORY' },
  recursive: { short: 'rR', help: 'copy directories recursively' },
  reflink: { value: '[=WHEN]', help: 'control clone/CoW copies' },
  removeDestination: { help: 'remove each existing destination file before\nattempting to open it' },
  sparse: { value: '=WHEN', help: 'control creation of sparse files' },
  stripTrailingSlashes: { help: 'remove any trailing slashes from each SOURCE\nargument' },
  symbolicLink: { short: 's', help: 'make symbolic links instead of copying' },
  ...TARGET_OPTIONS,
  update: {
    short: 'u',
    help: 'copy only when the SOURCE file is newer\nthan the destination file or when the\ndestination file is missing',
  },
  verbose: { short: 'v', help: 'explain what is being done' },
  oneFileSystem: { short: 'x', help: 'stay on this file system' },
  Z: { help: 'set SELinux security context of destination\nfile to default type' },
  context: {
    value: '[=CTX]',
    help: 'like -Z, or if CTX is specified then set the\nSELinux or SMACK security context to CTX',
  },
} as const

const SPARSE = [
  ['never', 'never'],
  ['auto', 'auto'],
  ['always', 'always'],
] as const
const REFLINK = [
  ['auto', 'auto'],
  ['always', 'always'],
  ['never', 'never'],
] as const
const NO_CONTEXTS = 'warning: ignoring --context; it requires an SELinux-enabled kernel'

type Preserve = CopyOptions['preserve']

const ATTRIBUTES = [
  ['mode', 'mode'],
  ['timestamps', 'timestamps'],
  ['ownership', 'ownership'],
  ['links', 'links'],
  ['context', 'context'],
  ['xattr', 'xattr'],
  ['all', 'all'],
] as const

export default command({
  name: 'cp',
  summary: 'Copy SOURCE to DEST, or multiple SOURCE(s) to DIRECTORY.',
  usage: [
    'cp [OPTION]... [-T] SOURCE DEST',
    'cp [OPTION]... SOURCE... DIRECTORY',
    'cp [OPTION]... -t DIRECTORY SOURCE...',
  ],
  options: OPTIONS,
  authors: 'Torbjorn Granlund, David MacKenzie, and Jim Meyering',

  *main(sys, flags, args, me) {
    for (const it of me.order) if (it.key === 'context' && it.value) yield* me.warn(NO_CONTEXTS)
    const sparse = flags.sparse === undefined ? 'auto' : oneOf('--sparse', flags.sparse, SPARSE)
    const reflink =
      flags.reflink === undefined ? 'auto' : oneOf('--reflink', flags.reflink || 'always', REFLINK)
    if (reflink === 'always' && sparse !== 'auto')
      throw usage('--reflink can be used only with --sparse=auto')
    const backup = backupKind(flags, me.env)
    const { preserve, dereference, overwrite, defaultMode, requireXattrs } = choices(flags, me.order)
    if (flags.link && flags.symbolicLink) throw usage('cannot make both hard and symbolic links')
    if (backup !== 'none' && overwrite === 'never')
      throw usage('options --backup and --no-clobber are mutually exclusive')
    const run = copyRun({
      sys,
      name: me.name,
      move: false,
      recursive: Boolean(flags.recursive || flags.archive),
      dereference,
      preserve,
      defaultMode,
      overwrite,
      unlinkOnFailure: Boolean(flags.force),
      removeFirst: Boolean(flags.removeDestination),
      update: Boolean(flags.update),
      instead: flags.link
        ? 'link'
        : flags.symbolicLink
          ? 'symlink'
          : flags.attributesOnly
            ? 'attributes'
            : 'copy',
      copyContents: Boolean(flags.copyContents) || !(flags.recursive || flags.archive),
      oneFileSystem: Boolean(flags.oneFileSystem),
      requireXattrs,
      sparse,
      reflink: reflink === 'always',
      backup,
      suffix: flags.suffix || me.env.get('SIMPLE_BACKUP_SUFFIX') || '~',
      verbose: flags.verbose ? line => me.out.line(line) : undefined,
      complain: me.warn,
    })
    let status = 0
    const into = flags.targetDirectory !== undefined || isDirectory(sys, args.at(-1) ?? '')
    const sources =
      flags.stripTrailingSlashes && into
        ? args.map((it, i) => (i < args.length - 1 ? it.replace(/(.)\/+$/, '$1') : it))
        : args
    for (const [from, to] of targets(sys, flags, sources)) {
      let target = to
      if (flags.parents) {
        const dir = flags.targetDirectory ?? args.at(-1)!
        if (!isDirectory(sys, dir)) throw usage('with --parents, the destination must be a directory')
        target = joinPath(dir, from)
        makeParents(target, dirname(from))
      }
      const self = flags.force && backup !== 'none' && from === target ? lstatOf(sys, from) : undefined
      if (self && isReg(self)) {
        // "cp makes a backup of SOURCE when the force and backup options are given and SOURCE and DEST are the same"
        target = yield* backupName(sys, from, backup, run.suffix)
        if (!(yield* copyFile({ ...run, backup: 'none' }, from, target))) status = 1
      } else if (!(yield* copyFile(run, from, target))) status = 1
      yield* me.out.drain()
    }
    return status

    /** Make the directories that lead to `path`, like those that lead to the source. */
    function makeParents(path: string, like: string): void {
      const dir = dirname(path)
      if (isDirectory(sys, dir)) return
      makeParents(dir, dirname(like))
      must(`cannot make directory ${quoteaf(dir)}`, () => sys.mkdir(dir, 0o777))
      if (flags.verbose) me.out.line(`${like} -> ${dir}`)
    }
  },
})

/** What depends on the order of the options. */
function choices(flags: Flags<typeof OPTIONS>, order: readonly Given<keyof typeof OPTIONS>[]) {
  const preserve: Preserve = { mode: false, ownership: false, timestamps: false, links: false, xattr: false }
  let dereference: CopyOptions['dereference'] | undefined
  let overwrite: CopyOptions['overwrite'] = 'default'
  let defaultMode = false
  let requireXattrs: CopyOptions['requireXattrs'] = 'told'
  const set = (list: string, on: boolean, option: string): void => {
    for (const word of list.split(',')) {
      const what = oneOf(option, word, ATTRIBUTES)
      if (what === 'all')
        Object.assign(preserve, { mode: on, ownership: on, timestamps: on, links: on, xattr: on })
      else if (what !== 'context') preserve[what] = on
      if (what === 'xattr') requireXattrs = on ? 'always' : 'told'
      if (!on && (what === 'mode' || what === 'all')) defaultMode = true
    }
  }
  for (const { key, value } of order) {
    if (key === 'archive') {
      set('all', true, '')
      if (requireXattrs === 'told') requireXattrs = 'never'
      dereference ??= 'never'
    } else if (key === 'd') {
      preserve.links = true
      dereference = 'never'
    } else if (key === 'noDereference') dereference = 'never'
    else if (key === 'H') dereference = 'command line'
    else if (key === 'dereference') dereference = 'always'
    else if (key === 'p') set('mode,ownership,timestamps', true, '')
    else if (key === 'preserve') set(value || 'mode,ownership,timestamps', true, '--preserve')
    else if (key === 'noPreserve') set(value, false, '--no-preserve')
    else if (key === 'interactive') overwrite = 'ask'
    else if (key === 'noClobber') overwrite = 'never'
  }
  const recursive = flags.recursive || flags.archive
  return {
    preserve,
    dereference: dereference ?? (recursive && !flags.link ? 'never' : 'always'),
    overwrite,
    defaultMode,
    requireXattrs,
  } as const
}
