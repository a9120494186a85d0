/**
 * getopt_long(3) with GNU's semantics: options and operands may mix, short options cluster, long ones may be
 * abbreviated. Options are data; see `Options`. Linux: glibc posix/getopt.c, whose messages these are.
 *
 * Left out: -W foo, getopt_long_only.
 */

/** One option. The long name is `long`, or else the key in kebab-case; a key of one letter is a short option only. */
export interface Option {
  readonly short?: string
  /** The long name; `''` for none. */
  readonly long?: string
  /** Further long names that mean the same, e.g. `silent` for `quiet`. */
  readonly also?: readonly string[]
  /** How --help shows the value: `<n>` or `=<n>` is required, `[=<dir>]` optional (then '' when absent). */
  readonly value?: string
  /** Only the long form takes the value. */
  readonly bareShort?: true
  /** Collect all occurrences: an array of the values, or their number for an option without a value. */
  readonly repeat?: true
  /** What --help says. An option without is hidden. `\n` continues on the next line. */
  readonly help?: string
}

export type Options = Readonly<Record<string, Option>>

type FlagOf<O extends Option> = O extends { readonly value: string }
  ? O extends { readonly repeat: true }
    ? string[]
    : string
  : O extends { readonly repeat: true }
    ? number
    : boolean

/** The options that were given, by key. */
export type Flags<O extends Options> = { -readonly [K in keyof O]?: FlagOf<O[K]> | undefined }

/** An option as it came; `operand` is how many operands stood before it. */
export interface Given<K = string> {
  readonly key: K
  readonly value: string
  readonly operand: number
}

export interface Parsed<O extends Options> {
  readonly flags: Flags<O>
  readonly args: string[]
  /** All options in the order they were given, repeated ones too. */
  readonly order: Given<Extract<keyof O, string>>[]
}

/** A command line that getopt refuses; the message is what follows `prog: `. */
export class GetoptError {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

const kebab = (key: string): string => key.replace(/[A-Z]/g, c => `-${c.toLowerCase()}`)

/** The short letter of an option, '' if it has none. */
export const shortOf = (key: string, option: Option): string =>
  option.short ?? (key.length === 1 && option.long === undefined ? key : '')

/** The long names of an option, the first being the one --help shows. */
export function longsOf(key: string, option: Option): readonly string[] {
  const first = option.long ?? (key.length === 1 ? '' : kebab(key))
  return first ? [first, ...(option.also ?? [])] : (option.also ?? [])
}

const takesOptional = (option: Option): boolean => option.value?.startsWith('[') ?? false

interface Table {
  readonly shorts: ReadonlyMap<string, string>
  readonly longs: readonly (readonly [name: string, key: string])[]
}
const tables = new WeakMap<Options, Table>()

function tableOf(options: Options): Table {
  const known = tables.get(options)
  if (known) return known
  const shorts = new Map<string, string>()
  const longs: [string, string][] = []
  for (const [key, option] of Object.entries(options)) {
    for (const letter of shortOf(key, option)) shorts.set(letter, key)
    for (const name of longsOf(key, option)) longs.push([name, key])
  }
  const table = { shorts, longs }
  tables.set(options, table)
  return table
}

/** Parse the arguments after argv[0]. Throws GetoptError; then `order` has what came before. */
export function getopt<O extends Options>(
  options: O,
  argv: readonly string[],
  { stopAtOperand = false } = {},
  order: Given[] = [],
): Parsed<O> {
  const { shorts, longs } = tableOf(options)
  const flags: Record<string, unknown> = {}
  const args: string[] = []

  function give(key: string, value: string | undefined): void {
    const option = options[key]!
    order.push({ key, value: value ?? '', operand: args.length })
    if (option.repeat && option.value) (flags[key] = (flags[key] as string[]) ?? []).push(value ?? '')
    else if (option.repeat) flags[key] = ((flags[key] as number) ?? 0) + 1
    else flags[key] = option.value ? (value ?? '') : true
  }

  let i = 0
  while (i < argv.length) {
    const arg = argv[i++]!
    if (arg === '--') {
      args.push(...argv.slice(i))
      break
    }
    if (arg[0] !== '-' || arg === '-') {
      args.push(arg)
      if (!stopAtOperand) continue
      args.push(...argv.slice(i))
      break
    }
    if (arg[1] === '-') {
      const equals = arg.indexOf('=')
      const key = findLong(longs, equals < 0 ? arg.slice(2) : arg.slice(2, equals), arg)
      const option = options[key.key]!
      let value = equals < 0 ? undefined : arg.slice(equals + 1)
      if (value !== undefined && !option.value)
        throw new GetoptError(`option '--${key.name}' doesn't allow an argument`)
      if (option.value && !takesOptional(option) && value === undefined) {
        if (i >= argv.length) throw new GetoptError(`option '--${key.name}' requires an argument`)
        value = argv[i++]!
      }
      give(key.key, value)
      continue
    }
    const letters = [...arg.slice(1)]
    for (let at = 0; at < letters.length; at++) {
      const letter = letters[at]!
      const key = shorts.get(letter)
      if (key === undefined) throw new GetoptError(`invalid option -- '${letter}'`)
      const option = options[key]!
      if (!option.value || option.bareShort) {
        give(key, undefined)
        continue
      }
      let value: string | undefined = letters.slice(at + 1).join('')
      if (!value && takesOptional(option)) value = undefined
      else if (!value) {
        if (i >= argv.length) throw new GetoptError(`option requires an argument -- '${letter}'`)
        value = argv[i++]!
      }
      give(key, value)
      break
    }
  }
  return { flags: flags as Flags<O>, args, order: order as Given<Extract<keyof O, string>>[] }
}

/** The option that a long name or an abbreviation of it means. */
function findLong(longs: Table['longs'], name: string, arg: string): { name: string; key: string } {
  const exact = longs.find(([long]) => long === name)
  if (exact) return { name: exact[0], key: exact[1] }
  const candidates = longs.filter(([long]) => long.startsWith(name))
  const first = candidates[0]
  if (!first) throw new GetoptError(`unrecognized option '${arg}'`)
  if (candidates.some(([, key]) => key !== first[1])) {
    const possibilities = candidates.map(([long]) => `'--${long}'`).join(' ')
    throw new GetoptError(`option '--${name}' is ambiguous; possibilities: ${possibilities}`)
  }
  return { name: first[0], key: first[1] }
}
