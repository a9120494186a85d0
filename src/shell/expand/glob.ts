/** File name expansion. Bash: pathexp.c, lib/glob/glob.c; POSIX: glob(7). */
import { O_DIRECTORY, S_IFDIR, S_IFLNK, S_IFMT, type Blocking, type Dirent } from '../../abi/index.ts'
import { Complaint, type Shell } from '../shell.ts'
import { narrow } from '../locale.ts'
import { byName } from '../variables.ts'
import { globRegex } from './pattern.ts'

const SPECIAL = /[*?[]|[@+!]\(/
const unescape = (text: string): string => text.replace(/\\(.)/gs, '$1')

/** The names that match `pattern`, or what the options say if there are none. */
export function* globField(sh: Shell, pattern: string, text: string): Blocking<string[]> {
  const found = hasPattern(sh, pattern) ? yield* glob(sh, pattern) : undefined
  if (found === undefined) return [text]
  const names = kept(sh, found)
  if (names.length) return names
  if (sh.shopts.has('failglob')) throw new Complaint(`no match: ${text}`, 1, 'discard')
  return sh.shopts.has('nullglob') ? [] : [text]
}

/** Names that GLOBIGNORE does not leave out. Bash: pathexp.c:glob_name_is_acceptable(). */
function kept(sh: Shell, names: string[]): string[] {
  const ignore = sh.get('GLOBIGNORE')
  if (!ignore) return names
  const patterns = ignorePatterns(ignore).map(it =>
    it.split('/').map(part => globRegex(part, { extglob: sh.shopts.has('extglob') })),
  )
  // No wildcard matches a slash.
  const isIgnored = (name: string) => {
    const parts = name.split('/')
    return patterns.some(it => it.length === parts.length && it.every((regexp, i) => regexp.test(parts[i]!)))
  }
  return names.filter(it => !/(?:^|\/)\.\.?$/.test(it) && !isIgnored(it))
}

/** Split at colons, but not at those of `[[:alpha:]]`. */
const ignorePatterns = (text: string): string[] =>
  text.match(/(?:\\[\s\S]|\[[!^]?\]?(?:\[[:.=][^\]]*[:.=]\]|[^\]])*\]|[^:])+/g) ?? []

/** A `[` that never closes is no pattern. */
const hasPattern = (sh: Shell, pattern: string): boolean => {
  const bare = pattern.replace(/\\./gs, '')
  return /[*?]|\[.*\]/.test(bare) || (sh.shopts.has('extglob') && /[@+!]\(/.test(bare))
}

/** All existing paths that match, sorted. */
export function* glob(sh: Shell, pattern: string): Blocking<string[]> {
  const isAbsolute = pattern.startsWith('/')
  const segments = pattern.replace(/^\/+/, '').split('/')
  let paths = [isAbsolute ? '/' : '']
  for (const [i, segment] of segments.entries()) {
    const isLast = i === segments.length - 1
    const next: string[] = []
    for (const path of paths) for (const it of yield* step(sh, path, segment, isLast)) next.push(it)
    paths = next
    if (!paths.length) return []
  }
  return [...new Set(paths)].sort(byName)
}

function* step(sh: Shell, base: string, segment: string, isLast: boolean): Blocking<string[]> {
  // Slashes stay as many as they were written.
  if (segment === '') {
    if (base === '' || !isDirectory(sh, base)) return []
    const slash = base.endsWith('/')
    return [isLast ? (slash ? base : `${base}/`) : slash ? `${base}/` : `${base}//`]
  }
  const join = (name: string) => (base === '' || base.endsWith('/') ? base + name : `${base}/${name}`)
  if (segment === '**' && sh.shopts.has('globstar')) return yield* recurse(sh, base, isLast)
  if (!SPECIAL.test(segment.replace(/\\./gs, ''))) {
    const path = join(unescape(segment))
    return exists(sh, path) ? [path] : []
  }
  const regexp = globRegex(narrow(sh, segment), {
    extglob: sh.shopts.has('extglob'),
    ignoreCase: sh.shopts.has('nocaseglob'),
  })
  const isDotted = segment[0] === '.' || segment.startsWith('\\.')
  const hidden = isDotted || sh.shopts.has('dotglob') || !!sh.get('GLOBIGNORE')
  const isAcceptable = (name: string) =>
    name === '.' || name === '..' ? isDotted && !sh.shopts.has('globskipdots') : hidden || name[0] !== '.'
  const entries = yield* list(sh, base)
  const out: string[] = []
  for (const it of entries) {
    if (!isAcceptable(it.name) || !regexp.test(narrow(sh, it.name))) continue
    const path = join(it.name)
    if (isLast || mayBeDirectory(sh, it, path)) out.push(path)
  }
  return out
}

/** `**`: this directory and all below. */
function* recurse(sh: Shell, base: string, isLast: boolean, isTop = true): Blocking<string[]> {
  const out: string[] =
    isLast && base === '' ? [] : [isLast && isTop && !base.endsWith('/') ? `${base}/` : base]
  for (const it of yield* list(sh, base)) {
    if (it.name === '.' || it.name === '..' || (it.name[0] === '.' && !sh.shopts.has('dotglob'))) continue
    const path = base === '' || base.endsWith('/') ? base + it.name : `${base}/${it.name}`
    const isDir = (it.type & S_IFMT) === S_IFDIR
    if (isDir) for (const below of yield* recurse(sh, path, isLast, false)) out.push(below)
    else if (isLast) out.push(path)
  }
  return out
}

function* list(sh: Shell, path: string): Blocking<Dirent[]> {
  try {
    const fd = yield* sh.sys.open(path || '.', O_DIRECTORY)
    const out: Dirent[] = []
    for (let more = sh.sys.getdents(fd); more.length; more = sh.sys.getdents(fd)) out.push(...more)
    sh.sys.close(fd)
    return out
  } catch {
    return []
  }
}

const mayBeDirectory = (sh: Shell, it: Dirent, path: string): boolean =>
  (it.type & S_IFMT) === S_IFDIR || ((it.type & S_IFMT) === S_IFLNK && isDirectory(sh, path))

function isDirectory(sh: Shell, path: string): boolean {
  try {
    return (sh.sys.stat(path || '.').mode & S_IFMT) === S_IFDIR
  } catch {
    return false
  }
}

function exists(sh: Shell, path: string): boolean {
  try {
    sh.sys.lstat(path)
    return true
  } catch {
    return false
  }
}
