/**
 * nano - Nano's ANOther editor, inspired by Pico
 * https://www.nano-editor.org/dist/latest/nano.1.html
 *
 * Left out: what the files of lib/nano say; the options for backups, spelling, colours, the mouse, lock files.
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { command, type Flags, type Process, writeAll } from '../lib/command.ts'
import { drawNano } from '../lib/nano/draw.ts'
import { openBuffer, openStdin, tellBuffer } from '../lib/nano/files.ts'
import { nanoCommand } from '../lib/nano/keys.ts'
import { gotoPlace } from '../lib/nano/search.ts'
import { Nano, type NanoOptions, openFile } from '../lib/nano/state.ts'
import { Screen } from '../lib/screen.ts'

const VERSION = ` GNU nano, version 7.2
 (C) 2023 the Free Software Foundation and various contributors
 Compiled options: --disable-libmagic --enable-utf8
`

const OPTIONS = {
  smarthome: { short: 'A', help: 'Enable smart home key' },
  backup: { short: 'B', help: 'Save backups of existing files' },
  backupdir: { short: 'C', value: '<dir>', help: 'Directory for saving unique backup files' },
  boldtext: { short: 'D', help: 'Use bold instead of reverse video text' },
  tabstospaces: { short: 'E', help: 'Convert typed tabs to spaces' },
  multibuffer: { short: 'F', help: 'Read a file into a new buffer by default' },
  locking: { short: 'G', help: 'Use (vim-style) lock files' },
  historylog: { short: 'H', help: 'Save & reload old search/replace strings' },
  ignorercfiles: { short: 'I', help: "Don't look at nanorc files" },
  guidestripe: { short: 'J', value: '<number>', help: 'Show a guiding bar at this column' },
  rawsequences: { short: 'K', help: 'Fix numeric keypad key confusion problem' },
  nonewlines: { short: 'L', help: "Don't add an automatic newline" },
  trimblanks: { short: 'M', help: 'Trim tail spaces when hard-wrapping' },
  noconvert: { short: 'N', help: "Don't convert files from DOS/Mac format" },
  bookstyle: { short: 'O', help: 'Leading whitespace means new paragraph' },
  positionlog: { short: 'P', help: 'Save & restore position of the cursor' },
  quotestr: { short: 'Q', value: '<regex>', help: 'Regular expression to match quoting' },
  restricted: { short: 'R', help: 'Restrict access to the filesystem' },
  softwrap: { short: 'S', help: 'Display overlong lines on multiple rows' },
  tabsize: { short: 'T', value: '<number>', help: 'Make a tab this number of columns wide' },
  quickblank: { short: 'U', help: 'Wipe status bar upon next keystroke' },
  showVersion: { short: 'V', long: 'version', help: 'Print version information and exit' },
  wordbounds: { short: 'W', help: 'Detect word boundaries more accurately' },
  wordchars: { short: 'X', value: '<string>', help: 'Which other characters are word parts' },
  syntax: { short: 'Y', value: '<name>', help: 'Syntax definition to use for coloring' },
  zap: { short: 'Z', help: 'Let Bsp and Del erase a marked region' },
  atblanks: { short: 'a', help: 'When soft-wrapping, do it at whitespace' },
  breaklonglines: { short: 'b', help: 'Automatically hard-wrap overlong lines' },
  constantshow: { short: 'c', help: 'Constantly show cursor position' },
  rebinddelete: { short: 'd', help: 'Fix Backspace/Delete confusion problem' },
  emptyline: { short: 'e', help: 'Keep the line below the title bar empty' },
  rcfile: { short: 'f', value: '<file>', help: 'Use only this file for configuring nano' },
  showcursor: { short: 'g', help: 'Show cursor in file browser & help text' },
  showHelp: { short: 'h', long: 'help', help: 'Show this help text and exit' },
  autoindent: { short: 'i', help: 'Automatically indent new lines' },
  jumpyscrolling: { short: 'j', help: 'Scroll per half-screen, not per line' },
  cutfromcursor: { short: 'k', help: 'Cut from cursor to end of line' },
  linenumbers: { short: 'l', help: 'Show line numbers in front of the text' },
  mouse: { short: 'm', help: 'Enable the use of the mouse' },
  noread: { short: 'n', help: 'Do not read the file (only write it)' },
  operatingdir: { short: 'o', value: '<dir>', help: 'Set operating directory' },
  preserve: { short: 'p', help: 'Preserve XON (^Q) and XOFF (^S) keys' },
  indicator: { short: 'q', help: 'Show a position+portion indicator' },
  fill: { short: 'r', value: '<number>', help: 'Set width for hard-wrap and justify' },
  speller: { short: 's', value: '<program>', help: 'Use this alternative spell checker' },
  saveonexit: { short: 't', help: "Save changes on exit, don't prompt" },
  unix: { short: 'u', help: 'Save a file by default in Unix format' },
  view: { short: 'v', help: 'View mode (read-only)' },
  nowrap: { short: 'w', help: "Don't hard-wrap long lines [default]" },
  nohelp: { short: 'x', help: "Don't show the two help lines" },
  afterends: { short: 'y', help: 'Make Ctrl+Right stop at word ends' },
  stateflags: { short: '%', help: 'Show some states on the title bar' },
  minibar: { short: '_', help: 'Show a feedback bar at the bottom' },
  zero: { short: '0', help: 'Hide all bars, use whole terminal' },
} as const

const HELP = `Usage: nano [OPTIONS] [[+LINE[,COLUMN]] FILE]...

To place the cursor on a specific line of a file, put the line number with
a '+' before the filename.  The column number can be added after a comma.
When a filename is '-', nano reads data from standard input.

 Option         Long option             Meaning
${Object.entries(OPTIONS).map(row).join('')}`

function row([key, option]: [
  string,
  { short: string; long?: string; value?: string; help: string },
]): string {
  const name = option.long ?? key
  const short = `-${option.short}${option.value ? ` ${option.value}` : ''}`
  const long = `--${name}${option.value ? `=${option.value}` : ''}`
  return ` ${short.padEnd(15)}${long.padEnd(24)}${option.help}\n`
}

export default command({
  name: 'nano',
  aliases: ['rnano'],
  summary: "Nano's ANOther editor, inspired by Pico",
  usage: 'nano [OPTIONS] [[+LINE[,COLUMN]] FILE]...',
  suite: 'other',
  options: OPTIONS,
  help: HELP,
  wrongUsage: "Type 'nano -h' for a list of available options.\n",

  *main(sys, flags, args, me) {
    if (flags.showHelp || flags.showVersion) {
      me.out.print(flags.showHelp ? HELP : VERSION)
      return 0
    }
    const options = yield* optionsFrom(sys, flags, me)
    if (!options) return 1
    if (!args.includes('-') && !sys.isatty(0)) {
      yield* writeAll(sys, 2, 'Standard input is not a terminal\n')
      return 1
    }
    const screen = new Screen(sys, {
      input: sys.isatty(0) ? 0 : 2,
      alternate: true,
      paste: true,
      signalKeys: true,
    })
    const nano = new Nano(sys, me.env, me.envp, screen, options)
    nano.zap = flags.zap ?? false
    nano.draw = prompt => drawNano(nano, prompt)
    yield* screen.open()
    try {
      yield* openAll(nano, args)
      while (!nano.done) if (!(yield* nanoCommand(nano))) break
    } finally {
      yield* screen.close()
    }
    if (screen.quit) yield* rescue(nano)
    return screen.quit || !nano.done ? 1 : 0
  },
})

/** A number among the options; undefined after a message if it is none. */
function* number(sys: Sys, text: string, name: string, least: number): Blocking<number | undefined> {
  const value = Number(text)
  if (/^-?\d+$/.test(text) && value >= least) return value
  yield* writeAll(sys, 2, `Requested ${name} "${text}" is invalid\n`)
  return undefined
}

function* optionsFrom(
  sys: Sys,
  flags: Flags<typeof OPTIONS>,
  me: Process,
): Blocking<NanoOptions | undefined> {
  const fill = yield* number(sys, flags.fill ?? '-8', 'fill size', Number.NEGATIVE_INFINITY)
  const tabSize = yield* number(sys, flags.tabsize ?? '8', 'tab size', 1)
  if (fill === undefined || tabSize === undefined) return undefined
  return {
    autoindent: flags.autoindent ?? false,
    breakLongLines: (flags.breaklonglines ?? false) && !flags.nowrap,
    constantShow: flags.constantshow ?? false,
    cutFromCursor: flags.cutfromcursor ?? false,
    lineNumbers: flags.linenumbers ?? false,
    noHelp: (flags.nohelp ?? false) || (flags.zero ?? false),
    noNewlines: flags.nonewlines ?? false,
    noConvert: flags.noconvert ?? false,
    restricted: (flags.restricted ?? false) || me.name.endsWith('rnano'),
    saveOnExit: flags.saveonexit ?? false,
    smartHome: flags.smarthome ?? false,
    softWrap: flags.softwrap ?? false,
    tabsToSpaces: flags.tabstospaces ?? false,
    view: flags.view ?? false,
    fill,
    tabSize,
    caseSensitive: false,
    backwards: false,
    regexp: false,
  }
}

/** Open what the command line names; the first file is the one to begin with. */
function* openAll(nano: Nano, args: readonly string[]): Blocking<void> {
  let place: { line: number; column: number | undefined } | undefined
  for (const arg of args) {
    const match = /^\+(-?\d*)(?:,(-?\d+))?$/.exec(arg)
    if (match && arg !== args.at(-1)) {
      place = {
        line: match[1] ? Number(match[1]) : Infinity,
        column: match[2] ? Number(match[2]) : undefined,
      }
      continue
    }
    nano.index = nano.files.length - 1
    if (arg === '-') yield* openStdin(nano)
    else if (!(yield* openBuffer(nano, arg))) {
      // A file that cannot be opened leaves an empty buffer when there is nothing else.
      continue
    } else if (nano.options.view) nano.say(`${arg} is meant to be read-only`, 'alert')
    if (place) gotoPlace(nano, place.line === Infinity ? nano.text.length : place.line, place.column)
    place = undefined
  }
  nano.index = 0
  if (nano.files.length > 1) tellBuffer(nano)
  if (nano.files.length) return
  nano.files.push(openFile('', [''], false))
  if (!args.length) nano.say('Welcome to nano.  For basic help, type Ctrl+G.')
}

/** The terminal is gone: save what was changed, as nano does. */
function* rescue(nano: Nano): Blocking<void> {
  for (const file of nano.files) {
    if (!file.text.modified) continue
    const name = `${file.name || 'nano'}.save`
    try {
      const fd = yield* nano.sys.open(name, 0o1101, 0o600)
      yield* nano.sys.write(fd, file.text.lines.join('\n'))
      nano.sys.close(fd)
      yield* nano.sys.write(2, `\nBuffer written to ${name}\n`)
    } catch {
      // There is nobody to tell.
    }
  }
}
