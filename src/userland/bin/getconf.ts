/**
 * getconf - query system configuration variables
 * Linux: glibc posix/getconf.c; getconf(1).
 *
 * Left out: most variables, -a.
 */
import { RLIMIT_NOFILE, type Sys } from '../../abi/index.ts'
import { command } from '../lib/command.ts'
import { cpuTimes, HZ, PAGE } from '../lib/proc.ts'

const CONSTANTS: Readonly<Record<string, string>> = {
  PAGESIZE: String(PAGE),
  PAGE_SIZE: String(PAGE),
  CLK_TCK: String(HZ),
  ARG_MAX: '2097152',
  LONG_BIT: '64',
  INT_MAX: '2147483647',
  NAME_MAX: '255',
  PATH_MAX: '4096',
  PIPE_BUF: '4096',
  PATH: '/bin:/usr/bin',
  GNU_LIBC_VERSION: 'glibc 2.36',
  HOST_NAME_MAX: '64',
}

export default command({
  name: 'getconf',
  summary: 'query system configuration variables',
  suite: 'other',
  usage: 'getconf [-v specification] variable_name [pathname]',
  raw: true,

  *main(sys, _flags, args, me) {
    const [name] = args
    if (name === undefined || name.startsWith('-')) {
      yield* sys.write(
        2,
        'Usage: getconf [-v specification] variable_name [pathname]\n       getconf -a [pathname]\n',
      )
      return 2
    }
    const cpus = (yield* cpuTimes(sys)).length - 1
    const value = CONSTANTS[name] ?? measured(sys, name, cpus)
    if (value === undefined) {
      yield* sys.write(2, `getconf: Unrecognized variable \`${name}'\n`)
      return 2
    }
    me.out.line(value)
    return 0
  },
})

function measured(sys: Sys, name: string, cpus: number): string | undefined {
  switch (name) {
    case '_NPROCESSORS_ONLN':
    case '_NPROCESSORS_CONF':
      return String(cpus)
    case 'OPEN_MAX':
      return String(sys.prlimit(0, RLIMIT_NOFILE).cur)
    case '_PHYS_PAGES':
      return String(Math.floor(sys.sysinfo().totalram / PAGE))
    case '_AVPHYS_PAGES':
      return String(Math.floor(sys.sysinfo().freeram / PAGE))
    default:
      return undefined
  }
}
