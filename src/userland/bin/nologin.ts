/**
 * nologin - politely refuse a login
 * Linux: util-linux login-utils/nologin.c; nologin(8).
 */
import { command } from '../lib/command.ts'

export default command({
  name: 'nologin',
  summary: 'politely refuse a login',
  suite: 'util-linux',
  usage: 'nologin [options]',
  options: {
    command: { short: 'c', value: '<command>', help: 'does nothing (for compatibility with su -c)' },
  },

  *main(_sys, _flags, _args, me) {
    me.out.line('This account is currently not available.')
    return 1
  },
})
