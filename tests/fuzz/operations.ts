/**
 * Random sequences of file-system operations on an overlay and its layers, as lines of words:
 *
 *   sequence N tmpfs|disk      an empty /fuzz with the directories l1 l2 l3 up work m on that file system;
 *                              mixed: on the disk, but l2 is a tmpfs; with `wide` there is n, and flags are told
 *   mkdir up/d 0755            … then operations, with paths below /fuzz; numbers as in C
 *   mount OPTIONS FLAGS        an overlay on m
 *
 * First the layers are filled, then they are mounted, and most operations go through the mount.
 */
import {
  O_APPEND,
  O_CREAT,
  O_DIRECTORY,
  O_EXCL,
  O_RDONLY,
  O_RDWR,
  O_TRUNC,
  O_WRONLY,
} from '../../src/abi/index.ts'
import { randomOf } from './random.ts'

export interface Sequence {
  readonly name: string
  readonly base: 'tmpfs' | 'disk' | 'mixed'
  /** There are access lists, inode flags, fallocate(2) and an overlay n on the overlay m. */
  readonly wide: boolean
  readonly lines: readonly string[]
}

const LAYERS = ['l1', 'l2', 'l3', 'up'] as const
const NAMES = ['a', 'b', 'c', 'd', 'e']
const OPTIONS = [
  'redirect_dir=on',
  'redirect_dir=nofollow',
  'redirect_dir=off',
  'metacopy=on',
  'index=on',
  'index=on',
  'nfs_export=on',
  'xino=on',
  'xino=auto',
  'uuid=off',
  'volatile',
  'userxattr',
]

/** What the operations are taken from: `plain` leaves out all mount options but the directories. */
export interface Kinds {
  readonly plain?: boolean
  readonly wide?: boolean
}

export function sequenceOf(seed: number, length = 50, { plain = false, wide = false }: Kinds = {}): Sequence {
  const below = randomOf(seed)
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!
  const chance = (percent: number) => below(100) < percent
  const mode = () => pick(['0644', '0600', '0755', '0700', '04755', '02755', '01777', '0000'])
  const flags = () =>
    pick([
      O_RDONLY,
      O_WRONLY,
      O_RDWR,
      O_WRONLY | O_CREAT,
      O_WRONLY | O_CREAT | O_EXCL,
      O_WRONLY | O_CREAT | O_TRUNC,
      O_WRONLY | O_TRUNC,
      O_RDWR | O_CREAT | O_APPEND,
      O_RDONLY | O_DIRECTORY,
    ])
  /** A path one to three names deep; most names are the same few, so that operations meet. */
  const path = (top: string): string => {
    let it = `${top}/${pick(NAMES)}`
    while (chance(40)) it += `/${pick(NAMES)}`
    return it
  }
  const xattr = () =>
    pick(['user.x', 'user.y', 'trusted.x', 'security.x', 'trusted.overlay.x', 'user.overlay.x'])
  const letter = () => pick([...'xyz'])

  const create = (top: string): string =>
    pick([
      () => `open ${path(top)} ${O_WRONLY | O_CREAT}`,
      () => `open ${path(top)} ${O_WRONLY | O_CREAT}`,
      () => `write ${path(top)} 0 ${1 + below(5000)} ${letter()}`,
      () => `mkdir ${path(top)} ${pick(['0755', '0700', '01777', '02755'])}`,
      () => `mkdir ${path(top)} 0755`,
      () => `mkdir ${path(top)} 0755`,
      () => `symlink ${pick(['a', '../b', '/fuzz/m/c', 'nowhere'])} ${path(top)}`,
      () => `link ${path(top)} ${path(top)}`,
      () => `link ${path(top)} ${path(top)}`,
      () => `mknod ${path(top)} 0010644 0 0`,
      () => `setxattr ${path(top)} ${xattr()} v${below(3)} 0`,
      () => `chmod ${path(top)} ${mode()}`,
      () => `lchown ${path(top)} ${below(3) * 1000} ${below(3) * 1000}`,
      () => `utimes ${path(top)} ${1000 + below(3)}`,
    ])()
  const layerOnly = (top: string): string =>
    pick([
      () => `mknod ${path(top)} 0020000 0 0`,
      () => `setxattr ${path(top)} trusted.overlay.opaque y 0`,
      () => `setxattr ${path(top)} user.overlay.opaque y 0`,
    ])()

  /** Modes of fallocate(2): plain, KEEP_SIZE, PUNCH_HOLE, COLLAPSE_RANGE, ZERO_RANGE, INSERT_RANGE, and wrong ones. */
  const modes = () => pick([0, 0, 1, 3, 3, 2, 8, 16, 17, 32, 64])
  const blocks = () => pick([0, 100, 4096, 8192, 5000])
  const flagged = (top: string): string =>
    pick([
      () => `fallocate ${path(top)} ${modes()} ${blocks()} ${blocks()}`,
      () => `acl ${path(top)} access ${below(8)}`,
      () => `acl ${path(top)} default ${below(8)}`,
      () => `removexattr ${path(top)} system.posix_acl_${pick(['access', 'default'])}`,
      () => `chattr ${path(top)} ${pick([0, 0, 0, 0x10, 0x20, 0x30, 0x80, 0x40])}`,
    ])()
  const nested = (): string =>
    pick([
      () => `nest lowerdir=m${pick(['', ':l3', ':l1'])},upperdir=l2/a,workdir=l2/b`,
      () => `nest lowerdir=m:${pick(['l1', 'l2', 'l3'])}`,
      () => create('n'),
      () => `unlink ${path('n')}`,
      () => `rename ${path('n')} ${path('n')} 0`,
      () => 'unnest',
    ])()

  const slot = () => below(2)
  const act = (): string =>
    pick([
      () => create('m'),
      () => create('m'),
      () => create('m'),
      () => `open ${path('m')} ${flags()}`,
      () => `write ${path('m')} ${below(3) * 4096} ${1 + below(3000)} ${letter()}`,
      () => `append ${path('m')} ${1 + below(100)} ${letter()}`,
      () => `read ${path('m')}`,
      () => `truncate ${path('m')} ${below(6000)}`,
      () => `rename ${path('m')} ${path('m')} 0`,
      () => `rename ${path('m')} ${path('m')} 0`,
      () => `rename ${path('m')} ${path('m')} ${pick([1, 2, 4, 5])}`,
      () => `unlink ${path('m')}`,
      () => `unlink ${path('m')}`,
      () => `rmdir ${path('m')}`,
      () => `removexattr ${path('m')} ${xattr()}`,
      () => `setxattr ${path('m')} ${xattr()} w ${below(3)}`,
      () => `mknod ${path('m')} ${pick(['0020000 0 0', '0020600 1 3', '0060600 240 0'])}`,
      () => `hold ${slot()} ${path('m')} ${flags()}`,
      () => `hwrite ${slot()} ${1 + below(100)} ${letter()}`,
      () => `hread ${slot()}`,
      () => `hstat ${slot()}`,
      () => `htruncate ${slot()} ${below(5000)}`,
      () => `hchmod ${slot()} ${mode()}`,
      () => `hclose ${slot()}`,
    ])()

  const lowers = (): string => {
    const list = ['l1', 'l2', 'l3'].filter(() => chance(60))
    return (list.length ? list : ['l1']).join(':')
  }
  const mount = (): string => {
    const parts = [`lowerdir=${lowers()}`]
    if (chance(92)) parts.push('upperdir=up', 'workdir=work')
    if (!plain && chance(50)) parts.push(pick(OPTIONS))
    if (!plain && chance(15)) parts.push(pick(OPTIONS))
    return `mount ${parts.join(',')} ${chance(4) ? 1 : 0}`
  }

  const lines: string[] = []
  const fill = 6 + below(14)
  for (let i = 0; i < fill; i++) lines.push(chance(14) ? layerOnly(pick(LAYERS)) : create(pick(LAYERS)))
  if (wide) for (let i = 0; i < 4; i++) lines.push(flagged(pick(LAYERS)))
  lines.push(mount())
  while (lines.length < length)
    if (chance(3)) lines.push('umount 0', 'umount 2', mount())
    else if (chance(1)) lines.push(`remount - ${below(2)}`)
    else if (wide && chance(30)) lines.push(chance(70) ? flagged('m') : nested())
    else lines.push(act())
  return { name: String(seed), base: (['mixed', 'disk', 'tmpfs'] as const)[seed % 3]!, wide, lines }
}

export const textOf = ({ name, base, wide, lines }: Sequence): string =>
  [`sequence ${name} ${base}${wide ? ' wide' : ''}`, ...lines, ''].join('\n')
