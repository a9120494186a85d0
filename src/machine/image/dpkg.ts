/**
 * What dpkg and apt find on a fresh host: the database of installed packages with the files of each, and a mirror of
 * all packages below /usr/share/mirror. Linux: /var/lib/dpkg/status, /var/lib/dpkg/info/*.list; deb(5).
 *
 * An archive has its control file and, in place of the data, the list of its files: programs of this host are
 * made of nothing but a name. Its size is an estimate of what the real one has.
 */
import { PACKAGES, type Package } from './debian.ts'
import type { ImageFile } from './tree.ts'

export const MIRROR = '/usr/share/mirror'

/** A file that a package can bring: how it is written in the list of an archive, and where it lies. */
export interface Payload {
  readonly path: string
  readonly line: string
}

export interface Database {
  readonly directories: readonly string[]
  readonly files: readonly (ImageFile & { readonly size?: number })[]
}

/** The names of programs that are not on a fresh host. */
export const LATER_PROGRAMS: ReadonlySet<string> = new Set(
  PACKAGES.filter(it => it.isNew).flatMap(it => it.files.map(name => name.replace('/', ''))),
)

/** Make the database from what was unpacked; `payload` by base name. */
export function database(payload: ReadonlyMap<string, Payload>): Database {
  const has = (it: Package): boolean => it.files.some(name => payload.has(name.replace('/', '')))
  const wanted = new Set<string>()
  for (const it of PACKAGES)
    if (!it.isNew && !it.isAutomatic && (has(it) || !it.files.length)) withNeeded(it, wanted)
  const installed = PACKAGES.filter(it => wanted.has(it.name))
  const available = PACKAGES.filter(it => has(it))
  const files: (ImageFile & { size?: number })[] = [
    { path: '/var/lib/dpkg/status', text: installed.map(it => `${stanza(it, true)}\n`).join('') },
    { path: '/var/lib/dpkg/available', text: '' },
    { path: '/var/lib/dpkg/arch', text: 'amd64\n' },
    ...['lock', 'lock-frontend'].map(it => ({ path: `/var/lib/dpkg/${it}`, text: '', mode: 0o640 })),
    { path: '/var/lib/apt/lists/lock', text: '', mode: 0o640 },
    { path: '/var/cache/apt/archives/lock', text: '', mode: 0o640 },
    {
      path: '/var/lib/apt/extended_states',
      text: installed
        .filter(it => it.isAutomatic)
        .map(automatic)
        .join(''),
    },
    { path: '/etc/apt/sources.list', text: `deb [trusted=yes] file:${MIRROR} bookworm main\n` },
    { path: `${MIRROR}/dists/bookworm/Release`, text: RELEASE },
    {
      path: `${MIRROR}/dists/bookworm/main/binary-amd64/Packages`,
      text: available.map(it => `${stanza(it, false)}\n`).join(''),
    },
  ]
  for (const it of installed) files.push(listOf(it, payload))
  const directories = [...DIRECTORIES]
  for (const it of available) {
    const path = `${MIRROR}/${archive(it)}`
    files.push({ path, text: deb(it, payload), size: archiveSize(it) })
    const parts = path.split('/').slice(1, -1)
    for (let i = 1; i <= parts.length; i++) directories.push(`/${parts.slice(0, i).join('/')}`)
  }
  return { directories: [...new Set(directories)], files }
}

/** A package, and what came with it because it is needed. */
function withNeeded(it: Package, found: Set<string>): void {
  if (found.has(it.name)) return
  found.add(it.name)
  for (const text of `${it.depends}, ${it.preDepends}`.split(/[,|]/)) {
    const name = text.trim().replace(/[ :].*/, '')
    const needed = PACKAGES.find(other => other.name === name && !other.isNew)
    if (needed) withNeeded(needed, found)
  }
}

const DIRECTORIES = [
  '/etc/apt/sources.list.d',
  '/etc/apt/apt.conf.d',
  '/etc/apt/preferences.d',
  '/etc/apt/trusted.gpg.d',
  '/etc/dpkg',
  '/var/lib/dpkg',
  '/var/lib/dpkg/info',
  '/var/lib/dpkg/updates',
  '/var/lib/apt',
  '/var/lib/apt/lists',
  '/var/lib/apt/lists/partial',
  '/var/cache/apt',
  '/var/cache/apt/archives',
  '/var/cache/apt/archives/partial',
  '/var/log/apt',
  '/usr/share/mirror',
  '/usr/share/mirror/dists',
  '/usr/share/mirror/dists/bookworm',
  '/usr/share/mirror/dists/bookworm/main',
  '/usr/share/mirror/dists/bookworm/main/binary-amd64',
]

const RELEASE = `Origin: Debian
Label: Debian
Suite: stable
Codename: bookworm
Version: 12.15
Architectures: amd64
Components: main
Description: Debian 12 behind glass
`

function stanza(it: Package, isInstalled: boolean): string {
  const lines = [
    `Package: ${it.name}`,
    ...(it.isEssential ? ['Essential: yes'] : []),
    ...(isInstalled ? ['Status: install ok installed'] : []),
    `Priority: ${it.priority}`,
    `Section: ${it.section}`,
    `Installed-Size: ${it.size}`,
    `Architecture: ${it.architecture}`,
    ...(it.multiArch ? [`Multi-Arch: ${it.multiArch}`] : []),
    `Version: ${it.version}`,
    ...(it.depends ? [`Depends: ${it.depends}`] : []),
    ...(it.preDepends ? [`Pre-Depends: ${it.preDepends}`] : []),
    ...(isInstalled ? [] : [`Filename: ${archive(it)}`, `Size: ${archiveSize(it)}`]),
    `Description: ${it.summary}`,
  ]
  return `${lines.join('\n')}\n`
}

const automatic = (it: Package): string =>
  `Package: ${it.name}\nArchitecture: ${it.architecture}\nAuto-Installed: 1\n\n`

function archive(it: Package): string {
  const letter = it.name.startsWith('lib') ? it.name.slice(0, 4) : it.name[0]!
  const version = it.version.replace(/^\d+:/, '')
  return `pool/main/${letter}/${it.name}/${it.name}_${version}_${it.architecture}.deb`
}

const archiveSize = (it: Package): number => Math.round(it.size * 1024 * 0.41) + 172

/** Where the package says that the file lies, which is not where it does since /bin is a link. */
function packaged(name: string, payload: ReadonlyMap<string, Payload>): string | undefined {
  if (/^\/.*\//.test(name)) return name
  const path = payload.get(name.replace('/', ''))?.path
  return name.startsWith('/') ? path?.replace(/^\/usr/, '') : path
}

function listOf(it: Package, payload: ReadonlyMap<string, Payload>): ImageFile {
  const paths = new Set(['/.'])
  for (const name of it.files) {
    const path = packaged(name, payload)
    if (path === undefined) continue
    const parts = path.split('/').slice(1)
    for (let i = 1; i <= parts.length; i++) paths.add(`/${parts.slice(0, i).join('/')}`)
  }
  const qualified = it.multiArch === 'same' ? `${it.name}:${it.architecture}` : it.name
  return { path: `/var/lib/dpkg/info/${qualified}.list`, text: [...paths].map(path => `${path}\n`).join('') }
}

/** ar(5) with three members. */
function deb(it: Package, payload: ReadonlyMap<string, Payload>): string {
  const lines = it.files.flatMap(name => {
    const found = payload.get(name.replace('/', ''))
    return found ? [`${packaged(name, payload)} ${found.line}\n`] : []
  })
  const members = [
    ['debian-binary', '2.0\n'],
    ['control', stanza(it, true).replace(/^Status:.*\n/m, '')],
    ['files', lines.join('')],
  ] as const
  const text = members.map(([name, body]) => {
    const size = new TextEncoder().encode(body).length
    const head = `${name.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'100644'.padEnd(8)}`
    return `${head}${String(size).padEnd(10)}\`\n${body}${size % 2 ? '\n' : ''}`
  })
  return `!<arch>\n${text.join('')}`
}
