/** Prompts: the backslash escapes of PS1, PS2, PS4 and `${x@P}`. Bash: parse.y:decode_prompt_string(). */
import { parseQuoted } from './parse/index.ts'
import { expandString } from './expand/word.ts'
import type { Shell } from './shell.ts'
import { strftime } from './strftime.ts'
import type { Word } from './tree.ts'

const words = new Map<string, Word>()

/** The prompt's text, escapes and expansions done. `\[` and `\]` become \x01 and \x02, which take no room. */
export function expandPrompt(sh: Shell, text: string, marks = false): string {
  if (sh.isDash && !sh.isAsh) return expandVariables(sh, text)
  const decoded = decodePrompt(sh, text, marks)
  if (!sh.shopts.has('promptvars') || !/[$`]/.test(decoded)) return decoded.replace(/\\([$`\\])/g, '$1')
  return expandVariables(sh, decoded)
}

/** Throws NEEDED for a command substitution: see expand/command.ts. */
function expandVariables(sh: Shell, text: string): string {
  let word = words.get(text)
  if (!word) {
    if (words.size > 100) words.clear()
    words.set(text, (word = parseQuoted(text)))
  }
  return expandString(sh, word)
}

export function decodePrompt(sh: Shell, text: string, marks: boolean): string {
  return text.replace(
    /\\(?:D\{([^}]*)\}|([0-7]{3})|([\s\S]))/g,
    (all: string, date: string | undefined, octal: string | undefined, letter: string, at: number) => {
      if (date !== undefined) return strftime(sh, date, sh.now())
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff)
      // A backslash made of two still quotes a dollar sign behind it.
      if (letter === '\\' && /[$`"]/.test(text[at + 2] ?? '')) return '\\'
      return escapeOf(sh, letter, marks) ?? all
    },
  )
}

/** A value that must not be expanded again. */
const literal = (text: string): string => text.replace(/[\\$`"]/g, '\\$&')

function escapeOf(sh: Shell, letter: string, marks: boolean): string | undefined {
  switch (letter) {
    case 'u':
      return literal(sh.userName())
    case 'h':
      return literal(hostname(sh).split('.')[0]!)
    case 'H':
      return literal(hostname(sh))
    case 'w':
      return literal(trimmed(sh, directory(sh)))
    case 'W':
      return literal(lastPart(directory(sh)))
    case '$':
      return sh.sys.geteuid() === 0 ? '#' : '\\$'
    case 's':
      return literal(sh.programName.split('/').at(-1)!)
    case 'v':
      return '5.2'
    case 'V':
      return '5.2.15'
    case 'j':
      return String(sh.jobs.list.length)
    case '!':
      return String(sh.history.next)
    case '#':
      return String(sh.commandNumber)
    case 'l':
      return terminalName(sh)
    case 't':
      return strftime(sh, '%H:%M:%S', sh.now())
    case 'T':
      return strftime(sh, '%I:%M:%S', sh.now())
    case '@':
      return strftime(sh, '%I:%M %p', sh.now())
    case 'A':
      return strftime(sh, '%H:%M', sh.now())
    case 'd':
      return strftime(sh, '%a %b %d', sh.now())
    case 'n':
      return '\n'
    case 'r':
      return '\r'
    case 'a':
      return '\x07'
    case 'e':
      return '\x1b'
    case '\\':
      return '\\\\'
    case '[':
      return marks ? '\x01' : ''
    case ']':
      return marks ? '\x02' : ''
  }
  return undefined
}

/** The last part of the terminal's name. */
function terminalName(sh: Shell): string {
  try {
    return sh.sys.isatty(0) ? sh.sys.readlink('/proc/self/fd/0').split('/').at(-1)! : 'tty'
  } catch {
    return 'tty'
  }
}

const hostname = (sh: Shell): string => sh.hostName

function directory(sh: Shell): string {
  const path = sh.get('PWD') ?? '?'
  const home = sh.get('HOME')
  return home && home !== '/' && (path === home || path.startsWith(`${home}/`))
    ? `~${path.slice(home.length)}`
    : path
}

const lastPart = (path: string): string =>
  path === '/' || path === '~' ? path : path.slice(path.lastIndexOf('/') + 1)

/** PROMPT_DIRTRIM. */
function trimmed(sh: Shell, path: string): string {
  const keep = Number(sh.get('PROMPT_DIRTRIM') ?? 0)
  if (!(keep > 0)) return path
  const start = path.startsWith('~') ? '~/' : '/'
  const parts = path.slice(start.length).split('/').filter(Boolean)
  return parts.length > keep
    ? `${start}.../${parts.slice(-keep).join('/')}`.replace(/^\/\.\.\./, '...')
    : path
}
