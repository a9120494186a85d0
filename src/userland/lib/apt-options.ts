/** The command line of the apt family. Linux: apt 2.6 apt-pkg/contrib/cmndline.cc. */
import type { Blocking, Sys } from '../../abi/index.ts'
import { AptError, FAILURE } from './apt.ts'
import type { Wishes } from './apt-install.ts'
import type { Process } from './command.ts'

export interface Parsed {
  readonly command: string
  readonly args: readonly string[]
  readonly wishes: Wishes
  /** All options that were given, by their long names. */
  readonly given: ReadonlySet<string>
}

const LETTERS: Readonly<Record<string, string>> = {
  h: 'help',
  v: 'version',
  y: 'yes',
  q: 'quiet',
  s: 'simulate',
  d: 'download-only',
  f: 'fix-broken',
  m: 'fix-missing',
  u: 'show-upgraded',
  V: 'verbose-versions',
  a: 'all-versions',
  n: 'names-only',
  i: 'installed',
}
const LONG = new Set([
  ...Object.values(LETTERS),
  ...[
    'assume-yes',
    'assume-no',
    'dry-run',
    'just-print',
    'no-act',
    'recon',
    'reinstall',
    'purge',
    'auto-remove',
  ],
  ...['autoremove', 'no-install-recommends', 'install-recommends', 'install-suggests', 'no-install-suggests'],
  ...['allow-remove-essential', 'allow-downgrades', 'allow-unauthenticated', 'allow-change-held-packages'],
  ...[
    'no-upgrade',
    'only-upgrade',
    'upgradable',
    'upgradeable',
    'manual-installed',
    'show-progress',
    'force-yes',
  ],
  ...[
    'fix-broken',
    'ignore-missing',
    'print-uris',
    'no-remove',
    'trivial-only',
    'full',
    'allow-insecure-repositories',
  ],
])

/** Options and operands, in any order; -o, -c and -t take a value. */
export function parse(args: readonly string[], isApt: boolean): Parsed {
  const given = new Set<string>()
  const operands: string[] = []
  let quiet = 0
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    if (arg === '--') {
      operands.push(...args.slice(i + 1))
      break
    }
    if (!arg.startsWith('-') || arg === '-') operands.push(arg)
    else if (arg.startsWith('--')) {
      const [name, value] = arg.slice(2).split('=')
      if (['option', 'config-file', 'target-release', 'default-release'].includes(name!)) {
        if (value === undefined) i++
        continue
      }
      if (!LONG.has(name!))
        throw new AptError(
          `Command line option ${arg} is not understood in combination with the other options`,
        )
      if (name === 'quiet') quiet = Number(value ?? quiet + 1)
      given.add(name!)
    } else if (/^-[oct]/.test(arg)) {
      if (arg.length === 2) i++
    } else if (/^-q=\d$/.test(arg)) quiet = Number(arg[3])
    else
      for (const letter of arg.slice(1)) {
        const name = LETTERS[letter]
        if (!name)
          throw new AptError(
            `Command line option '${letter}' [from ${arg}] is not understood in combination with the other options.`,
          )
        if (name === 'quiet') quiet++
        given.add(name)
      }
  }
  const any = (...names: readonly string[]): boolean => names.some(it => given.has(it))
  return {
    command: operands[0] ?? '',
    args: operands.slice(1),
    given,
    wishes: {
      yes: any('yes', 'assume-yes', 'force-yes') || quiet > 1,
      quiet,
      simulate: any('simulate', 'dry-run', 'just-print', 'no-act', 'recon'),
      downloadOnly: any('download-only'),
      reinstall: any('reinstall'),
      purge: any('purge'),
      autoremove: any('auto-remove', 'autoremove'),
      allowRemoveEssential: any('allow-remove-essential', 'force-yes'),
      isApt,
    },
  }
}

/** Run a command of the family; its errors are printed with E: and end it with 100. */
export function* reporting(sys: Sys, me: Process, body: () => Blocking<number>): Blocking<number> {
  try {
    return yield* body()
  } catch (e) {
    if (!(e instanceof AptError)) throw e
    yield* me.out.flush()
    yield* sys.write(2, e.messages.map(it => `E: ${it}\n`).join(''))
    return e.messages.length ? FAILURE : 1
  }
}
