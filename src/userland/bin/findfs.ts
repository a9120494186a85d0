/**
 * findfs - find a filesystem by label or UUID
 * util-linux: misc-utils/findfs.c; findfs(8).
 */
import { findTag } from '../lib/blkid/cache.ts'
import { command, fatal, usage } from '../lib/command.ts'

/** FINDFS_USAGE_ERROR */
const EX_USAGE = 2

export default command({
  name: 'findfs',
  summary: 'find a filesystem by label or UUID',
  suite: 'util-linux',
  usage: 'findfs [options] {LABEL,UUID,PARTUUID,PARTLABEL}=<value>',
  wrongStatus: EX_USAGE,

  *main(sys, _flags, args, me) {
    if (args.length !== 1) throw usage('bad usage', EX_USAGE)
    const tag = /^(LABEL|UUID|PARTUUID|PARTLABEL)=(.*)$/s.exec(args[0]!)
    const path = tag ? yield* findTag(sys, tag[1]!, tag[2]!.replace(/^"(.*)"$/, '$1')) : args[0]!
    if (path === undefined) throw fatal(`unable to resolve '${args[0]}'`)
    me.out.line(path)
    return 0
  },
})
