/**
 * mv - move (rename) files
 * https://www.gnu.org/software/coreutils/manual/html_node/mv-invocation.html
 */
import { BACKUP_OPTIONS, backupKind } from '../lib/backup.ts'
import { command, usage } from '../lib/command.ts'
import { copyFile, copyRun } from '../lib/copy.ts'
import { TARGET_OPTIONS, targets } from '../lib/target.ts'

export default command({
  name: 'mv',
  summary: 'Rename SOURCE to DEST, or move SOURCE(s) to DIRECTORY.',
  usage: [
    'mv [OPTION]... [-T] SOURCE DEST',
    'mv [OPTION]... SOURCE... DIRECTORY',
    'mv [OPTION]... -t DIRECTORY SOURCE...',
  ],
  options: {
    ...BACKUP_OPTIONS,
    force: { short: 'f', help: 'do not prompt before overwriting' },
    interactive: { short: 'i', help: 'prompt before overwrite' },
    noClobber: { short: 'n', help: 'do not overwrite an existing file' },
    stripTrailingSlashes: { help: 'remove any trailing slashes from each SOURCE\nargument' },
    ...TARGET_OPTIONS,
    update: {
      short: 'u',
      help: 'move only when the SOURCE file is newer\nthan the destination file or when the\ndestination file is missing',
    },
    verbose: { short: 'v', help: 'explain what is being done' },
    context: { short: 'Z', help: 'set SELinux security context of destination\nfile to default type' },
  },
  authors: 'Mike Parker, David MacKenzie, and Jim Meyering',

  *main(sys, flags, args, me) {
    const last = me.order.findLast(
      it => it.key === 'force' || it.key === 'interactive' || it.key === 'noClobber',
    )?.key
    const backup = backupKind(flags, me.env)
    if (backup !== 'none' && last === 'noClobber')
      throw usage('options --backup and --no-clobber are mutually exclusive')
    const run = copyRun({
      sys,
      name: me.name,
      move: true,
      recursive: true,
      dereference: 'never',
      preserve: { mode: true, ownership: true, timestamps: true, links: true, xattr: true },
      defaultMode: false,
      overwrite:
        last === 'force'
          ? 'force'
          : last === 'interactive'
            ? 'ask'
            : last === 'noClobber'
              ? 'never'
              : 'default',
      unlinkOnFailure: true,
      removeFirst: false,
      update: Boolean(flags.update),
      instead: 'copy',
      copyContents: false,
      sparse: 'auto',
      reflink: false,
      oneFileSystem: false,
      requireXattrs: 'told',
      backup,
      suffix: flags.suffix || me.env.get('SIMPLE_BACKUP_SUFFIX') || '~',
      verbose: flags.verbose ? line => me.out.line(line) : undefined,
      complain: me.warn,
    })
    const sources = flags.stripTrailingSlashes ? args.map(it => it.replace(/(.)\/+$/, '$1')) : args
    let status = 0
    for (const [from, to] of targets(sys, flags, sources)) if (!(yield* copyFile(run, from, to))) status = 1
    return status
  },
})
