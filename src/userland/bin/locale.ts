/**
 * locale - the locale's names and values
 * Linux: glibc locale/programs/locale.c; locale(1).
 *
 * Left out: -m, since there are no character maps; values of other locales than C and C.UTF-8, which are the same.
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { command, type Process } from '../lib/command.ts'
import { DAYS, MONTHS } from '../lib/time.ts'

const CATEGORIES =
  'CTYPE NUMERIC TIME COLLATE MONETARY MESSAGES PAPER NAME ADDRESS TELEPHONE MEASUREMENT IDENTIFICATION'
    .split(' ')
    .map(it => `LC_${it}`)

/** A value: text, a number, or several texts. */
type Value = string | number | readonly string[]

const short = (names: readonly string[]): string[] => names.map(it => it.slice(0, 3))

/** The keywords of a category, in order. */
const KEYWORDS: Readonly<Record<string, Readonly<Record<string, Value>>>> = {
  LC_NUMERIC: {
    decimal_point: '.',
    thousands_sep: '',
    grouping: -1,
    'numeric-decimal-point-wc': 46,
    'numeric-thousands-sep-wc': 0,
    'numeric-codeset': 'UTF-8',
  },
  LC_TIME: {
    abday: short(DAYS),
    day: DAYS,
    abmon: short(MONTHS),
    mon: MONTHS,
    am_pm: ['AM', 'PM'],
    d_t_fmt: '%a %b %e %H:%M:%S %Y',
    d_fmt: '%m/%d/%y',
    t_fmt: '%H:%M:%S',
    t_fmt_ampm: '%I:%M:%S %p',
    'week-ndays': 7,
    'week-1stday': 19971130,
    'week-1stweek': 4,
    first_weekday: 1,
    first_workday: 2,
    cal_direction: 1,
    timezone: '',
    date_fmt: '%a %b %e %H:%M:%S %Z %Y',
    'time-codeset': 'UTF-8',
  },
  LC_MESSAGES: { yesexpr: '^[yY]', noexpr: '^[nN]', yesstr: '', nostr: '', 'messages-codeset': 'UTF-8' },
  LC_PAPER: { height: 297, width: 210, 'paper-codeset': 'UTF-8' },
  LC_MEASUREMENT: { measurement: 1, 'measurement-codeset': 'UTF-8' },
}

export default command({
  name: 'locale',
  summary: 'Get locale-specific information.',
  suite: 'other',
  usage: ['locale [OPTION...] NAME', 'locale [OPTION...] [-a|-m]'],
  wrongUsage: "Try `locale --help' or `locale --usage' for more information.\n",
  failure: 64,
  options: {
    allLocales: { short: 'a', help: 'Write names of available locales' },
    charmaps: { short: 'm', help: 'Write names of available charmaps' },
    categoryName: { short: 'c', help: 'Write names of selected categories' },
    keywordName: { short: 'k', help: 'Write names of selected keywords' },
    verbose: { short: 'v', help: 'Print more information' },
  },

  *main(sys, flags, args, me) {
    if (flags.allLocales) {
      me.out.print('C\nC.utf8\nPOSIX\n')
      return 0
    }
    yield* complain(sys, me)
    if (flags.charmaps) {
      const directory = '/usr/share/i18n/charmaps'
      yield* sys.write(
        2,
        `locale: [error] cannot read character map directory \`${directory}': No such file or directory\n`,
      )
      return 1
    }
    if (!args.length) showNames(me)
    for (const name of args) {
      const found = lookUp(name, codesetOf(me))
      if (!found) {
        yield* me.warn(`unknown name "${name}"`)
        return 1
      }
      if (flags.categoryName) me.out.line(found.category)
      for (const [key, value] of found.values)
        me.out.line(flags.keywordName ? `${key}=${spelled(value, true)}` : spelled(value, false))
    }
    return 0
  },
})

/** What setlocale(3) makes of the environment for a category. */
function localeOf(me: Process, category: string): string {
  return me.env.get('LC_ALL') || me.env.get(category) || me.env.get('LANG') || 'POSIX'
}

const isKnown = (name: string): boolean => /^(C|POSIX|C\.utf-?8)$/i.test(name)

function codesetOf(me: Process): string {
  return /utf-?8/i.test(localeOf(me, 'LC_CTYPE')) ? 'UTF-8' : 'ANSI_X3.4-1968'
}

/** Messages about locales that are not installed. */
function* complain(sys: Sys, me: Process): Blocking<void> {
  for (const category of ['LC_CTYPE', 'LC_MESSAGES', 'LC_ALL']) {
    const isUnknown =
      category === 'LC_ALL'
        ? CATEGORIES.some(it => !isKnown(localeOf(me, it)))
        : !isKnown(localeOf(me, category))
    if (isUnknown)
      yield* sys.write(2, `locale: Cannot set ${category} to default locale: No such file or directory\n`)
  }
}

/** The names of all categories; those that follow from LANG or LC_ALL are quoted. */
function showNames(me: Process): void {
  const all = me.env.get('LC_ALL') ?? ''
  me.out.line(`LANG=${me.env.get('LANG') ?? ''}`)
  me.out.line(`LANGUAGE=${me.env.get('LANGUAGE') ?? ''}`)
  for (const category of CATEGORIES) {
    const own = all ? '' : (me.env.get(category) ?? '')
    me.out.line(`${category}=${own || `"${localeOf(me, category)}"`}`)
  }
  me.out.line(`LC_ALL=${all}`)
}

interface Found {
  readonly category: string
  readonly values: readonly (readonly [key: string, value: Value])[]
}

function lookUp(name: string, codeset: string): Found | undefined {
  if (name === 'charmap') return { category: 'LC_CTYPE', values: [['charmap', codeset]] }
  const whole = KEYWORDS[name]
  if (whole) return { category: name, values: Object.entries(whole) }
  for (const [category, keywords] of Object.entries(KEYWORDS)) {
    const value = keywords[name]
    if (value !== undefined) return { category, values: [[name, value]] }
  }
  return undefined
}

function spelled(value: Value, quoted: boolean): string {
  if (typeof value === 'number') return String(value)
  const text = typeof value === 'string' ? value : value.join(';')
  return quoted ? `"${text}"` : text
}
