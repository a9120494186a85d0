/** 마운트와 오버레이: 한국어. */
import { flagNames, NOBODY, type Part } from '../dictionary.ts'

const LOG = 'dmesg에 그 줄이 있습니다.'

export const mounts = {
  'mount-no-type': () => [
    '새 마운트에는 파일 시스템 유형이 필요합니다.',
    '유형이 주어지지 않았습니다.',
    'mount -t tmpfs …',
  ],
  'mount-no-source': () => ['바인드와 이동에는 원본 위치가 필요합니다.', '원본이 주어지지 않았습니다.'],
  'fs-unknown': ({ type }) => [
    '커널은 자기가 아는 유형의 파일 시스템만 마운트합니다.',
    `${type} 유형은 모릅니다.`,
    'cat /proc/filesystems로 목록을 볼 수 있습니다.',
  ],
  'fs-userns': ({ type }) => [
    '사용자 네임스페이스 안에서는 일부 파일 시스템(tmpfs, proc, sysfs, overlay, devpts, cgroup2 등)만 마운트할 수 있습니다. 그 밖의 것은 권한 없는 사용자가 쓴 내용을 커널이 읽게 되기 때문입니다.',
    `${type}은(는) 거기에 들지 않으며, 초기 사용자 네임스페이스의 CAP_SYS_ADMIN이 필요합니다.`,
  ],
  'fs-owner': ({ type }) => [
    `${type}은(는) 다른 네임스페이스의 내용을 보여 주므로, 그 네임스페이스를 소유한 사용자 네임스페이스의 CAP_SYS_ADMIN이 있어야 마운트할 수 있습니다.`,
    '사용자 네임스페이스는 새로 만들었지만, 보여 줄 네임스페이스는 아직 호스트의 것입니다.',
    '그 네임스페이스도 새로 만드세요(proc: unshare --pid --fork, sysfs: unshare --net, mqueue: unshare --ipc).',
  ],
  'mount-revealing': ({ type }) => [
    `사용자 네임스페이스 안에서 ${type}은(는) 이미 온전히 보이는 것이 있을 때만 새로 마운트할 수 있습니다. 가려지거나 읽기 전용인 부분이 새 마운트로 드러나면 안 되기 때문입니다.`,
    `내 마운트 네임스페이스에는 온전히 보이는 ${type}이(가) 없습니다(일부가 다른 마운트로 덮였거나, 읽기 전용이거나, 아예 없습니다).`,
  ],
  'mount-foreign': ({ path, mine }) => [
    '여기에는 내 마운트 네임스페이스의 마운트만 쓸 수 있습니다.',
    `${path || '그곳'}의 마운트는 ${mine}의 것이 아닙니다. 다른 네임스페이스의 것이거나 떼어낸 마운트입니다.`,
  ],
  'mount-twice': ({ path }) => [
    '같은 파일 시스템을 같은 자리에 잇달아 두 번 마운트할 수 없습니다.',
    `${path}에는 이미 그것이 보입니다.`,
  ],
  'mount-kind': ({ path, directory }) => [
    '디렉터리는 디렉터리에, 파일은 파일에 마운트합니다.',
    directory
      ? `${path}은(는) 디렉터리인데 덮으려는 것은 아닙니다.`
      : `${path}은(는) 디렉터리가 아닌데 덮으려는 것은 디렉터리입니다.`,
  ],
  'mount-locked': ({ path, mine }) => [
    '더 권한 있는 마운트 네임스페이스에서 딸려 온 마운트들은 한데 잠깁니다. 하나를 떼면 그 아래 가려진 것이 드러나기 때문입니다.',
    `${path}의 마운트는 ${mine}이(가) 만들어질 때 이미 있던 것입니다.`,
    '트리 전체를 재귀 바인드(mount --rbind)하고 그 사본을 쓰세요.',
  ],
  'mount-max': ({ ns, count, more, max }) => [
    'fs.mount-max는 마운트 네임스페이스 하나에 둘 수 있는 마운트 수입니다.',
    `${ns}에 ${count}개가 있고 ${more}개가 더해지는데, 한도는 ${max}개입니다.`,
    '공유 마운트를 재귀 바인드하면 매번 두 배로 늘어납니다. 먼저 mount --make-private 하세요.',
  ],
  'mountpoint-removed': ({ path }) => [
    '지워진 디렉터리에는 마운트할 수 없습니다.',
    `${path}은(는) 이미 지워졌고 누군가 열어 두고 있을 뿐입니다.`,
  ],
  'not-mountpoint': ({ path }) => [
    '이 작업은 마운트의 루트에만 됩니다. 마운트 안의 디렉터리에는 되지 않습니다.',
    `${path}은(는) 마운트 지점이 아닙니다.`,
    `findmnt --target ${path}로 어느 마운트에 있는지 볼 수 있고, mount --bind ${path} ${path}로 마운트 지점이 됩니다.`,
  ],
  'mnt-ns-loop': ({ path, mine }) => [
    '마운트 네임스페이스 안에 자기 자신이나 더 오래된 네임스페이스의 파일을 둘 수 없습니다. 스스로를 살려 두게 되기 때문입니다.',
    `${path}은(는) ${mine}보다 나중 것이 아닙니다.`,
    'unshare --mount=FILE처럼 바깥에서 바인드하세요.',
  ],
  'mnt-ns-propagates': ({ path }) => [
    '마운트 네임스페이스의 파일은 다른 네임스페이스로 전파될 수 없습니다.',
    `${path}의 마운트가 공유(shared)라서 바인드가 복사됩니다.`,
    '먼저 그곳을 mount --make-private 하세요.',
  ],
  'bind-unbindable': ({ path }) => [
    'unbindable 마운트는 바인드의 원본이 될 수 없습니다.',
    `${path}의 마운트가 unbindable입니다.`,
  ],
  'bind-locked': ({ path }) => [
    '아래 마운트를 빼고 바인드하면 잠긴 마운트가 가린 것이 드러납니다.',
    `${path}의 마운트가 잠겨 있습니다.`,
    'mount --rbind로 함께 가져오세요.',
  ],
  'propagation-several': () => [
    '한 번에 전파 유형 하나(shared, private, slave, unbindable)만 정할 수 있고, 덧붙일 수 있는 것은 MS_REC뿐입니다.',
    '한꺼번에 더 많은 것을 요청했습니다.',
  ],
  'move-root': ({ path }) => [
    '옮길 마운트는 다른 마운트에 붙어 있어야 합니다.',
    `${path}의 마운트는 트리의 뿌리입니다.`,
  ],
  'move-from-shared': ({ path, parent }) => [
    '부모가 공유(shared) 마운트이면 그 위의 마운트를 옮길 수 없습니다. 피어들도 따라가야 하기 때문입니다.',
    `${path}은(는) 공유 마운트인 ${parent}에 마운트되어 있습니다.`,
    `mount --make-private ${parent}`,
  ],
  'move-unbindable': ({ path, to }) => [
    'unbindable 마운트가 든 트리는 복사가 일어나는 공유 마운트로 옮길 수 없습니다.',
    `${path}의 마운트는 unbindable이고 ${to}의 마운트는 공유입니다.`,
  ],
  'move-into-itself': ({ path, to }) => [
    '마운트를 자기 아래로 옮길 수 없습니다.',
    `${to}은(는) ${path}의 마운트 안에 있습니다.`,
  ],
  'mount-busy': ({ path, inside, file, files, directories, programs }) => [
    'umount는 아무도 쓰지 않는 것만 뗍니다. 그 위의 마운트, 열린 파일, 작업 디렉터리나 루트, 실행 중인 프로그램이 없어야 합니다.',
    inside
      ? `${path} 위에 ${inside}이(가) 마운트되어 있습니다.`
      : files + directories + programs
        ? `${path}에서 ${[files && `파일 ${files}개가 열려 있습니다(${file})`, directories && `프로세스 ${directories}개가 작업 디렉터리나 루트로 쓰고 있습니다`, programs && `프로그램 ${programs}개가 실행 중입니다`].filter(Boolean).join(', ')}.`
        : `다른 마운트 네임스페이스에 있는 ${path}의 사본이 쓰이고 있고, 함께 떼어져야 합니다.`,
    inside
      ? `먼저 umount ${inside}, 또는 umount -R ${path}`
      : `fuser -vm ${path}로 누구인지 볼 수 있고, umount -l은 곧바로 보이지 않게 뗍니다.`,
  ],
  'remount-busy': ({ path, file }) => [
    '쓰기용으로 열린 파일(또는 지워졌지만 쓰이는 파일)이 있으면 읽기 전용으로 바꿀 수 없습니다.',
    file
      ? `${path ? `${path}에서 ` : ''}${file}이(가) 열려 있습니다.`
      : '호스트의 서비스가 그곳의 파일을 열어 두고 있습니다.',
  ],
  'remount-locked': ({ path, flags, mine }) => [
    '더 권한 있는 마운트 네임스페이스가 건 제한은 권한이 적은 쪽에서 없앨 수 없습니다.',
    flags
      ? `${mine}에서는 ${path}의 ${flagNames(flags)} 플래그가 잠겨 있습니다.`
      : `${mine}에서는 ${path}의 접근 시각 방식이 잠겨 있습니다.`,
    '그 플래그를 다시 적으세요: mount -o remount,bind,' +
      (flagNames(flags).replaceAll(' ', '') || 'relatime') +
      ',…',
  ],
  'pivot-shared': ({ which, path }) => [
    'pivot_root(2)는 변화가 전파될 곳에서는 거부합니다. put_old가 있는 마운트, new_root와 루트의 부모 마운트가 공유(shared)여서는 안 됩니다.',
    `${which}의 경우 그것은 ${path}의 마운트이고, 공유 상태입니다.`,
    '먼저 자기 마운트 네임스페이스에서 mount --make-rprivate / 하세요(unshare --mount가 해 줍니다).',
  ],
  'pivot-same': ({ which, path }) => [
    'pivot_root(2)는 두 마운트를 맞바꿉니다. new_root와 put_old는 지금 루트인 마운트에 있어서는 안 됩니다.',
    `${path}(${which})이(가) 그 마운트에 있습니다.`,
    which === 'new_root'
      ? `따로 마운트로 만드세요: mount --bind ${path} ${path}`
      : 'put_old는 new_root 아래에 있어야 합니다.',
  ],
  'pivot-chrooted': ({ mine }) => [
    '부르는 쪽의 루트가 마운트의 루트여야 합니다.',
    `내 루트는 마운트 안의 디렉터리입니다. ${mine}의 chroot 안에 있습니다.`,
  ],
  'pivot-rootfs': () => [
    '커널이 처음 시작하는 rootfs는 맞바꿀 수 없습니다.',
    '내 루트가 그것입니다.',
    '거기서는 switch_root를 쓰세요.',
  ],
  'pivot-outside': ({ path, newRoot }) => [
    'put_old는 new_root이거나 그 아래여야 합니다.',
    `${path}은(는) ${newRoot} 아래에 있지 않습니다.`,
  ],
  'pivot-unreachable': ({ path }) => [
    'new_root는 지금 루트에서 닿을 수 있어야 합니다.',
    `${path}은(는) 닿을 수 없습니다.`,
  ],
  'fs-options': ({ type, options }) => [
    `${type}이(가) 옵션이나 장치의 내용을 받아들이지 않았습니다.`,
    options ? `주어진 옵션: ${options}` : '옵션은 주어지지 않았습니다.',
    'dmesg에 자세한 내용이 있을 수 있습니다.',
  ],
  'not-block-device': ({ path }) => [
    '이 파일 시스템은 블록 장치 위에 있습니다.',
    `${path}은(는) 블록 장치가 아닙니다.`,
    '파일은 losetup(또는 mount -o loop)으로 블록 장치가 됩니다.',
  ],
  'device-mounted': ({ path, type, readOnly }) => [
    '장치는 한 번 마운트되고, 더 마운트하면 같은 것이 같은 유형과 같은 쓰기 상태로 보입니다.',
    `${path}은(는) ${type}(${readOnly ? '읽기 전용' : '쓰기 가능'})으로 마운트되어 있습니다.`,
  ],
  'disk-read-only': ({ name }) => [
    '읽기 전용 장치에는 쓸 수 없습니다.',
    `${name}은(는) 읽기 전용입니다.`,
    '-o ro로 마운트하세요.',
  ],
  'loop-free': ({ name }) => [
    '파일이 연결되지 않은 루프 장치에는 아무것도 없습니다.',
    `${name}에는 파일이 없습니다.`,
  ],
  'loop-taken': ({ name, file }) => [
    '루프 장치는 한 번에 파일 하나를 보여 줍니다.',
    file ? `${name}은(는) ${file}을(를) 보여 주고 있습니다.` : `${name}은(는) 쓰이고 있습니다.`,
    'losetup -f로 빈 장치를 찾을 수 있습니다.',
  ],
  'overlay-no-lowerdir': ({ line }) => [
    '오버레이에는 아래(lower) 계층이 하나는 있어야 합니다.',
    `overlayfs: ${line}`,
    '-o lowerdir=…',
  ],
  'overlay-too-many': ({ line }) => ['오버레이의 아래 계층은 최대 500개입니다.', `overlayfs: ${line}`],
  'overlay-depth': ({ line }) => ['오버레이는 두 겹까지만 쌓을 수 있습니다.', `overlayfs: ${line}`],
  'overlay-not-directory': ({ line }) => ['계층은 모두 디렉터리여야 합니다.', `overlayfs: ${line}`],
  'overlay-upper-type': ({ line }) => [
    '위(upper) 계층은 오버레이의 표시를 담을 수 있는 파일 시스템에 있어야 하며, 오버레이 자신은 그럴 수 없습니다.',
    `overlayfs: ${line}`,
    'upperdir와 workdir를 tmpfs나 디스크에 두세요.',
  ],
  'overlay-no-workdir': ({ line }) => [
    'upperdir가 있으면 파일이 나타나기 전에 준비되는 workdir도 있어야 합니다.',
    `overlayfs: ${line}`,
    '-o …,workdir=DIR: upperdir와 같은 마운트의 빈 디렉터리',
  ],
  'overlay-upper-ro': ({ line }) => ['위 계층에는 쓰기가 일어납니다.', `overlayfs: ${line}`],
  'overlay-work-mount': ({ line }) => [
    '파일을 workdir에서 upperdir로 옮기는데, 이는 한 마운트 안에서만 됩니다.',
    `overlayfs: ${line}`,
  ],
  'overlay-work-inside': ({ line }) => [
    'workdir와 upperdir는 서로의 안에 있을 수 없습니다.',
    `overlayfs: ${line}`,
  ],
  'overlay-empty-lower': ({ line }) => [
    '아래 계층마다 이름이 있어야 합니다.',
    `overlayfs: ${line}`,
    'lowerdir에 쌍점이 남지 않았는지 보세요.',
  ],
  'overlay-one-lower': ({ line }) => [
    '위 계층이 없으면 아래 계층이 둘은 있어야 합니다.',
    `overlayfs: ${line}`,
  ],
  'overlay-conflicting': ({ line }) => [
    '한 디렉터리는 한 오버레이에서 한 번만 계층이 됩니다.',
    `overlayfs: ${line}`,
  ],
  'overlay-overlapping': ({ line }) => ['계층은 다른 계층 안에 있을 수 없습니다.', `overlayfs: ${line}`],
  'overlay-origin': ({ line }) => [
    '위 계층은 어느 아래 계층을 위해 만들어졌는지 기억합니다.',
    `overlayfs: ${line}`,
    '-o index=off면 따지지 않습니다.',
  ],
  'overlay-index': ({ line }) => ['인덱스는 위 계층 하나에 속합니다.', `overlayfs: ${line}`],
  'overlay-option': ({ line }) => ['오버레이는 아는 옵션만 받습니다.', `overlayfs: ${line}`, LOG],
  'overlay-options-conflict': ({ line }) => ['함께 쓸 수 없는 옵션이 있습니다.', `overlayfs: ${line}`, LOG],
  'overlay-incompat': ({ line }) => [
    '위 계층이 다시 마운트하면 안 되는 상태(volatile)로 남았습니다.',
    `overlayfs: ${line}`,
    '내용을 믿어도 된다면 작업 디렉터리의 incompat을 지우세요.',
  ],
  'overlay-in-use': ({ line }) => [
    'upperdir나 workdir는 한 번에 오버레이 하나에만 속합니다.',
    `overlayfs: ${line}`,
  ],
  'overlay-read-only': () => [
    '위 계층이 없는 오버레이에는 쓸 수 없습니다.',
    '이 오버레이에는 위 계층이 없거나 읽기 전용입니다.',
    'upperdir와 workdir를 주고 마운트하세요.',
  ],
  'overlay-owner-unmapped': ({ ouid, ogid }) => [
    '올려 복사(copy-up)는 소유자를 유지하므로, 마운트의 사용자 네임스페이스가 그 소유자를 알아야 합니다.',
    ouid === NOBODY || ogid === NOBODY
      ? '이 파일의 소유자는 매핑되지 않은 사용자입니다.'
      : `이 파일의 소유자는 ${ouid}:${ogid}입니다.`,
  ],
  'overlay-upper-changed': ({ name }) => [
    '오버레이 뒤에서 계층을 바꾸면 안 됩니다.',
    `위 계층의 ${name}은(는) 오버레이가 둔 것이 아닙니다.`,
  ],
  'overlay-redirect': ({ name }) => [
    '아래 계층에도 있는 디렉터리는 redirect_dir=on일 때만 이름을 바꿀 수 있고, 아니면 프로그램이 복사합니다.',
    `${name}이(가) 그런 디렉터리입니다.`,
  ],
} satisfies Part
