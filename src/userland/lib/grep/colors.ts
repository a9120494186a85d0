/** The colours of grep: $GREP_COLORS, and $GREP_COLOR before it. Linux: grep src/grep.c:parse_grep_colors(). */

/** The parameters of colours (SGR) for the parts of a line. */
export interface Colors {
  /** Matching text in selected lines, and in context lines. */
  ms: string
  mc: string
  /** Whole selected lines and context lines. */
  sl: string
  cx: string
  /** File names, line numbers, byte offsets, separators. */
  fn: string
  ln: string
  bn: string
  se: string
  /** Whether -v swaps the meanings of sl and cx; whether nothing is erased to the end of the line. */
  rv: boolean
  ne: boolean
}

export function grepColors(setting: string | undefined, single: string | undefined): Colors {
  const colors: Colors = {
    ms: '01;31',
    mc: '01;31',
    sl: '',
    cx: '',
    fn: '35',
    ln: '32',
    bn: '32',
    se: '36',
    rv: false,
    ne: false,
  }
  if (single) colors.ms = colors.mc = single
  for (const part of (setting ?? '').split(':')) {
    const [, name = '', value] = /^([a-z]{2})(?:=([0-9;]*))?$/.exec(part) ?? []
    if (name === 'mt' && value !== undefined) colors.ms = colors.mc = value
    else if (name === 'rv' || name === 'ne') colors[name] = true
    else if (value !== undefined && /^(ms|mc|sl|cx|fn|ln|bn|se)$/.test(name))
      colors[name as 'ms' | 'mc' | 'sl' | 'cx' | 'fn' | 'ln' | 'bn' | 'se'] = value
  }
  return colors
}

/** Text in a colour. */
export function painted(colors: Colors | undefined, text: string, code: string): string {
  if (!colors || !text || !code) return text
  return `${begun(colors, code)}${text}\x1b[m${colors.ne ? '' : '\x1b[K'}`
}

/** Where a colour begins. */
export const begun = (colors: Colors, code: string): string =>
  code && `\x1b[${code}m${colors.ne ? '' : '\x1b[K'}`
