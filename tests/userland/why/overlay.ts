/** Overlays: what is wrong with their layers and options. */
import { type Cases, root } from './provoke.ts'

const DIRS = 'cd /tmp; mkdir l l2 u w m; '
const mount = (options: string, at = 'm') => `mount -t overlay o -o ${options} ${at}`
const FULL = 'lowerdir=l,upperdir=u,workdir=w'

export const overlay = {
  'overlay-no-lowerdir': [root(DIRS + mount('upperdir=u,workdir=w'), "overlayfs: missing 'lowerdir'")],
  'overlay-too-many': [
    root(
      `${DIRS} ${mount('lowerdir=$(for i in $(seq 501); do printf l:; done)l2')}`,
      'overlayfs: too many lower directories, limit is 500',
    ),
  ],
  'overlay-depth': [
    root(
      `${DIRS} mkdir m2 m3; ${mount('lowerdir=l:l2')}; ${mount('lowerdir=m:l', 'm2')}; ${mount('lowerdir=m2:l', 'm3')}`,
      'overlayfs: maximum fs stacking depth exceeded',
    ),
  ],
  'overlay-not-directory': [
    root(`${DIRS} ${mount('lowerdir=/etc/passwd:l')}`, "overlayfs: '/etc/passwd' not a directory"),
  ],
  'overlay-upper-type': [
    root(
      `${DIRS} mkdir m2; ${mount(FULL)}; mkdir m/u m/w; ${mount('lowerdir=l,upperdir=m/u,workdir=m/w', 'm2')}`,
      "overlayfs: filesystem on 'm/u' not supported as upperdir",
    ),
  ],
  'overlay-no-workdir': [root(DIRS + mount('lowerdir=l,upperdir=u'), "overlayfs: missing 'workdir'")],
  'overlay-upper-ro': [
    root(
      `${DIRS} mount --bind . .; cd /tmp; mount -o remount,bind,ro /tmp; ${mount('lowerdir=/tmp/l,upperdir=/tmp/u,workdir=/tmp/w', '/mnt')}`,
      'overlayfs: upper fs is r/o, try multi-lower layers mount',
    ),
  ],
  'overlay-work-mount': [
    root(
      `${DIRS} mount -t tmpfs t w; ${mount(FULL)}`,
      'overlayfs: workdir and upperdir must reside under the same mount',
    ),
  ],
  'overlay-work-inside': [
    root(
      `${DIRS} mkdir u/w; ${mount('lowerdir=l,upperdir=u,workdir=u/w')}`,
      'overlayfs: workdir and upperdir must be separate subtrees',
    ),
  ],
  'overlay-empty-lower': [root(DIRS + mount('lowerdir=l::l2'), 'overlayfs: empty lowerdir')],
  'overlay-one-lower': [
    root(DIRS + mount('lowerdir=l'), 'overlayfs: at least 2 lowerdir are needed while upperdir nonexistent'),
  ],
  'overlay-conflicting': [root(DIRS + mount('lowerdir=l:l'), 'overlayfs: conflicting lowerdir path')],
  'overlay-overlapping': [
    root(`${DIRS} mkdir l/in; ${mount('lowerdir=l:l/in')}`, 'overlayfs: overlapping lowerdir path'),
  ],
  'overlay-origin': [
    root(
      `${DIRS} ${mount(`${FULL},index=on`)}; umount m; ${mount('lowerdir=l2,upperdir=u,workdir=w,index=on')}`,
      'overlayfs: failed to verify upper root origin',
    ),
  ],
  'overlay-index': [
    root(
      `${DIRS} mkdir u2; ${mount(`${FULL},index=on`)}; umount m; ${mount('lowerdir=l,upperdir=u2,workdir=w,index=on')}`,
      "overlayfs: try deleting index dir or mounting with '-o index=off' to disable inodes index.",
    ),
  ],
  'overlay-option': [
    root(
      DIRS + mount(`${FULL},nonsense`),
      'overlayfs: unrecognized mount option "nonsense" or missing value',
    ),
  ],
  'overlay-options-conflict': [
    root(
      DIRS + mount(`${FULL},metacopy=on,redirect_dir=off`),
      'overlayfs: conflicting options: metacopy=on,redirect_dir=off',
    ),
  ],
  'overlay-incompat': [
    root(
      `${DIRS} ${mount(`${FULL},volatile`)}; umount m; ${mount(FULL)}`,
      "overlayfs: overlay with incompat feature 'volatile' cannot be mounted",
    ),
  ],
  'overlay-in-use': [
    root(
      `${DIRS} mkdir m2; ${mount(`${FULL},index=on`)}; ${mount(`${FULL},index=on`, 'm2')}`,
      "overlayfs: upperdir is in-use as upperdir/workdir of another mount, mount with '-o index=off' to override exclusive upperdir protection.",
    ),
  ],
  'overlay-read-only': [
    root(
      `${DIRS} ${mount('lowerdir=l:l2')}; mount -o remount,rw m`,
      'This one has none, or it is read-only.',
    ),
  ],
  'overlay-owner-unmapped': [
    root(
      `${DIRS} touch l/f; chown -R user:user /tmp/?; chown daemon l/f; chmod 666 l/f; su user -c "unshare -Urm bash -c 'cd /tmp; ${mount(FULL)}; echo x > m/f'"`,
      'The file belongs to a user or group that it does not map.',
    ),
  ],
  'overlay-upper-changed': [
    root(
      `${DIRS} ${mount(FULL)}; echo 1 > m/f; ls m; rm u/f; echo 2 > u/f; rm m/f`,
      'f in the upper layer is not what the overlay put there.',
    ),
  ],
  'overlay-redirect': [
    root(
      `${DIRS} mkdir l/d; ${mount(FULL)}; python3 -c "import os; os.rename('m/d', 'm/e')"`,
      'd is on a lower layer.',
    ),
  ],
} satisfies Cases
