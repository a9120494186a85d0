/**
 * What `:set` sets. Linux: vim's option.c; the defaults are those of Debian's vim.tiny, called vi (vi-compatible) or vim.
 *
 * Left out: every option that changes nothing here; the common ones among them are accepted (IGNORED).
 */

export type Value = boolean | number | string

const COMPATIBLE = {
  autoindent: false,
  autowrite: false,
  backspace: '',
  compatible: true,
  cpoptions: 'aAbBcCdDeEfFgHiIjJkKlLmMnoOpPqrRsStuvwWxXyZ$!%*-+<>;',
  esckeys: false,
  expandtab: false,
  fileformat: 'unix',
  fixendofline: true,
  gdefault: false,
  hidden: false,
  history: 0,
  hlsearch: false,
  ignorecase: false,
  incsearch: false,
  insertmode: false,
  list: false,
  magic: true,
  modifiable: true,
  number: false,
  readonly: false,
  relativenumber: false,
  report: 2,
  ruler: false,
  scroll: 0,
  scrolloff: 0,
  shiftround: false,
  shiftwidth: 8,
  shortmess: 'S',
  showcmd: false,
  showmode: false,
  smartcase: false,
  softtabstop: 0,
  startofline: true,
  tabstop: 8,
  textwidth: 0,
  tildeop: false,
  whichwrap: '',
  wrap: true,
  wrapscan: true,
  write: true,
}

export type ViOptions = typeof COMPATIBLE
export type OptionName = keyof ViOptions

const IMPROVED: Partial<ViOptions> = {
  backspace: 'indent,eol,start',
  compatible: false,
  cpoptions: 'aABceFsz',
  esckeys: true,
  history: 200,
  incsearch: false,
  ruler: true,
  scrolloff: 0,
  shortmess: 'filnxtToOS',
  showmode: true,
  whichwrap: 'b,s',
}

const SHORT: Readonly<Record<string, OptionName>> = {
  ai: 'autoindent',
  aw: 'autowrite',
  bs: 'backspace',
  cp: 'compatible',
  cpo: 'cpoptions',
  ek: 'esckeys',
  et: 'expandtab',
  ff: 'fileformat',
  fixeol: 'fixendofline',
  gd: 'gdefault',
  hid: 'hidden',
  hi: 'history',
  hls: 'hlsearch',
  ic: 'ignorecase',
  is: 'incsearch',
  im: 'insertmode',
  ma: 'modifiable',
  nu: 'number',
  ro: 'readonly',
  rnu: 'relativenumber',
  ru: 'ruler',
  scr: 'scroll',
  so: 'scrolloff',
  sr: 'shiftround',
  sw: 'shiftwidth',
  shm: 'shortmess',
  sc: 'showcmd',
  smd: 'showmode',
  scs: 'smartcase',
  sts: 'softtabstop',
  sol: 'startofline',
  ts: 'tabstop',
  tw: 'textwidth',
  top: 'tildeop',
  ww: 'whichwrap',
  ws: 'wrapscan',
}

/** Options that change nothing here and may be set nonetheless. */
const IGNORED = new Set(
  (
    'autochdir acd autoread ar background bg backup bk cindent cin cmdheight ch cursorline cul encoding enc ' +
    'errorbells eb fileencoding fenc fileencodings fencs fileformats ffs filetype ft formatoptions fo laststatus ls ' +
    'lazyredraw lz linebreak lbr listchars lcs matchpairs mps modeline ml more mouse numberwidth nuw paste pt ' +
    'pastetoggle scrolljump shell sh showmatch sm smartindent si smarttab sta splitbelow sb splitright spr swapfile ' +
    'swf syntax syn t_Co term terse timeout to timeoutlen tm title titlestring ttimeout ttimeoutlen ttm ttyfast tf ' +
    'undolevels ul updatetime ut visualbell vb warn wildmenu wmnu wildmode wim wrapmargin wm writebackup wb'
  ).split(' '),
)

export class OptionError {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

export const optionDefaults = (compatible: boolean): ViOptions =>
  compatible ? { ...COMPATIBLE } : { ...COMPATIBLE, ...IMPROVED }

const nameOf = (word: string): OptionName | undefined =>
  Object.hasOwn(COMPATIBLE, word) ? (word as OptionName) : SHORT[word]

const shown = (name: string, value: Value): string =>
  typeof value === 'boolean' ? `${value ? '  ' : 'no'}${name}` : `  ${name}=${value}`

/** Do `:set` with these words; what there is to show. Throws OptionError. */
export function setOptions(options: ViOptions, text: string): string[] {
  const words = text.match(/(?:\\.|\S)+/g) ?? []
  if (!words.length || words[0] === 'all') return listing(options, words[0] === 'all')
  return words.flatMap(word => setOne(options, word))
}

function listing(options: ViOptions, all: boolean): string[] {
  const defaults = optionDefaults(options.compatible)
  const names = (Object.keys(options) as OptionName[]).filter(it => all || options[it] !== defaults[it])
  return ['--- Options ---', ...names.map(it => shown(it, options[it]))]
}

function setOne(options: ViOptions, word: string): string[] {
  const [, no = '', name = '', operator = '', value = ''] =
    /^(no|inv)?([a-zA-Z_]+)([?!&]|[-+^]?[=:])?(.*)$/.exec(word) ?? []
  const whole = nameOf(no + name)
  const key = whole ?? nameOf(name)
  const prefix = whole ? '' : no
  if (key === undefined) {
    if (IGNORED.has(no + name) || IGNORED.has(name)) return []
    throw new OptionError(`E518: Unknown option: ${word}`)
  }
  const old: Value = options[key]
  if (operator === '?') return [shown(key, old)]
  const next = changedValue(key, word, old, prefix, operator, value)
  if (next === undefined) return [shown(key, old)]
  if (key === 'compatible' && next !== old) Object.assign(options, optionDefaults(next as boolean))
  ;(options as Record<string, Value>)[key] = next
  return []
}

/** The value an option gets; undefined to show it. */
function changedValue(
  key: OptionName,
  word: string,
  old: Value,
  prefix: string,
  operator: string,
  value: string,
): Value | undefined {
  if (operator === '&') return optionDefaults(false)[key]
  if (typeof old === 'boolean') {
    if (operator.includes('=') || operator.includes(':'))
      throw new OptionError(`E474: Invalid argument: ${word}`)
    return prefix === 'inv' || operator === '!' ? !old : prefix !== 'no'
  }
  if (prefix) throw new OptionError(`E474: Invalid argument: ${word}`)
  if (!operator) return undefined
  if (typeof old === 'string') {
    const text = value.replace(/\\(.)/g, '$1')
    return operator[0] === '+' ? old + text : operator[0] === '-' ? old.replace(text, '') : text
  }
  if (!/^-?\d+$/.test(value)) throw new OptionError(`E521: Number required after =: ${word}`)
  const number = Number(value)
  if (key === 'tabstop' && number <= 0) throw new OptionError(`E487: Argument must be positive: ${word}`)
  if (number < 0) throw new OptionError(`E487: Argument must be positive: ${word}`)
  return operator[0] === '+' ? old + number : operator[0] === '-' ? old - number : Math.min(number, 9999)
}
