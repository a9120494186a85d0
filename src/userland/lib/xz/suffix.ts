/** Names of compressed files. xz: suffix.c. */
export type Format = 'auto' | 'xz' | 'lzma' | 'raw'

const ENDINGS = [
  ['xz', '.xz', ''],
  ['xz', '.txz', '.tar'],
  ['lzma', '.lzma', ''],
  ['lzma', '.tlz', '.tar'],
] as const

const endsWith = (name: string, suffix: string): boolean =>
  name.endsWith(suffix) && name.length > suffix.length && name.at(-suffix.length - 1) !== '/'

/** What the file is called when it is expanded; undefined if its name does not say that it is compressed. */
export function expandedName(name: string, format: Format, custom: string | undefined): string | undefined {
  for (const [kind, suffix, instead] of ENDINGS)
    if ((format === 'auto' || format === kind) && endsWith(name, suffix))
      return name.slice(0, -suffix.length) + instead
  return custom !== undefined && endsWith(name, custom) ? name.slice(0, -custom.length) : undefined
}

/** The suffix that the file has already. */
export function compressedSuffix(
  name: string,
  format: Format,
  custom: string | undefined,
): string | undefined {
  const known = ENDINGS.filter(([kind]) => kind === format).map(([, suffix]) => suffix)
  return [...known, ...(custom === undefined ? [] : [custom])].find(it => endsWith(name, it))
}

export const suffixFor = (format: Format): string => (format === 'lzma' ? '.lzma' : '.xz')
