/** 마운트와 오버레이: 한국어. */
import { flagNames, NOBODY, type Part } from '../dictionary.ts'
import { eun, i } from './josa.ts'

const LOG = 'dmesg에 그 줄이 있습니다.'
/** 파일 시스템이 보여 주는 네임스페이스와, 그것을 새로 만드는 unshare(1)의 옵션. */
const SHOWS: Readonly<Record<string, readonly [namespace: string, options: string]>> = {
  proc: ['내 pid 네임스페이스', '--user --map-root-user --pid --fork --mount-proc'],
  sysfs: ['내 네트워크 네임스페이스', '--user --map-root-user --mount --net'],
  mqueue: ['내 ipc 네임스페이스', '--user --map-root-user --mount --ipc'],
  cgroup: ['내 cgroup 네임스페이스', '--user --map-root-user --mount --cgroup'],
  cgroup2: ['내 cgroup 네임스페이스', '--user --map-root-user --mount --cgroup'],
}

export const mounts = {
  'mount-no-type': () => [
    '새 마운트에는 파일 시스템 유형이 필요합니다.',
    '유형이 주어지지 않았습니다.',
    'mount -t tmpfs …',
  ],
  'mount-no-source': () => [
    'MS_BIND와 MS_MOVE에는 바인드하거나 옮길 원본이 필요합니다.',
    '원본이 주어지지 않았습니다.',
  ],
  'fs-unknown': ({ type }) => [
    '커널은 자기가 아는 유형의 파일 시스템만 마운트합니다.',
    `${type} 유형은 모릅니다.`,
    'cat /proc/filesystems로 목록을 볼 수 있습니다.',
  ],
  'fs-userns': ({ type }) => [
    '사용자 네임스페이스 안에서는 일부 파일 시스템(tmpfs, proc, sysfs, overlay, devpts, cgroup2 등)만 마운트할 수 있습니다. 다른 것은 보통 사용자가 디스크에 써 둔 내용을 커널이 믿어야 하기 때문입니다.',
    `${eun(type)} 거기에 들지 않습니다. 마운트하려면 초기 사용자 네임스페이스의 CAP_SYS_ADMIN이 필요합니다.`,
  ],
  'fs-owner': ({ type }) => [
    `${eun(type)} ${SHOWS[type]?.[0] ?? '다른 네임스페이스'}의 내용을 보여 주므로, 그것을 소유한 사용자 네임스페이스의 CAP_SYS_ADMIN이 있어야 마운트할 수 있습니다.`,
    `나는 사용자 네임스페이스 안에 있지만, ${SHOWS[type]?.[0] ?? '그 네임스페이스'}는 다른 사용자 네임스페이스의 것입니다.`,
    SHOWS[type] ? `그것도 새로 만드세요: unshare ${SHOWS[type][1]}` : undefined,
  ],
  'mount-revealing': ({ type }) => [
    `사용자 네임스페이스 안에서 ${eun(type)} 이미 온전히 보이는 것이 있을 때만 새로 마운트할 수 있습니다. 가려진 부분이 새 마운트로 드러나면 안 되기 때문입니다.`,
    `내 마운트 네임스페이스에는 온전히 보이는 ${i(type)} 없습니다. 일부가 다른 마운트로 덮였거나, 옵션이 더 엄격하거나, 아예 없습니다.`,
  ],
  'mount-foreign': ({ mine }) => [
    '여기에는 내 마운트 네임스페이스의 마운트만 쓸 수 있습니다.',
    `가리킨 것은 ${mine}에 없는 마운트에 있습니다. 다른 마운트 네임스페이스에 있거나, 이제 어디에도 없습니다.`,
  ],
  'mount-twice': ({ path }) => [
    '같은 파일 시스템을 그 자신 위에 마운트할 수 없습니다.',
    `${path}에 이미 마운트되어 있습니다.`,
  ],
  'mount-kind': ({ path, directory }) => [
    '디렉터리는 디렉터리에, 파일은 파일에 마운트합니다.',
    directory
      ? `${eun(path)} 디렉터리인데 원본은 디렉터리가 아닙니다.`
      : `${eun(path)} 디렉터리가 아닌데 원본은 디렉터리입니다.`,
    directory ? undefined : '마운트 지점을 mkdir로 만드세요(파일을 바인드할 때는 touch).',
  ],
  'mount-locked': ({ path, mine }) => [
    '권한이 적은 마운트 네임스페이스가 물려받은 마운트들은 한데 잠깁니다. 하나를 떼면 그 아래 가려진 것이 드러나기 때문입니다.',
    `${path}의 마운트는 그렇게 ${mine}에 들어왔습니다.`,
    '트리 전체를 mount --rbind로 바인드하고 그 사본을 쓰세요.',
  ],
  'mount-max': ({ ns, count, more, max }) => [
    'fs.mount-max는 마운트 네임스페이스 하나에 둘 수 있는 마운트 수입니다.',
    `${ns}에 ${count}개가 있고 ${more}개가 더해지는데, 한도는 ${max}개입니다.`,
    '공유 마운트를 재귀 바인드하면 매번 두 배로 늘어납니다. 먼저 mount --make-private 하세요.',
  ],
  'mountpoint-removed': ({ path }) => [
    '지워진 디렉터리에는 마운트할 수 없습니다.',
    `${eun(path.replace(/ \(deleted\)$/, ''))} 지워졌고, 아직 쓰고 있는 프로세스가 있을 뿐입니다.`,
  ],
  'not-mountpoint': ({ path }) => [
    '이 작업은 마운트 지점에만 됩니다. 마운트 안의 디렉터리에는 되지 않습니다.',
    `${path}에는 마운트된 것이 없습니다.`,
    `어느 마운트에 있는지 보기: findmnt --target ${path}, 마운트 지점으로 만들기: mount --bind ${path} ${path}`,
  ],
  'mnt-ns-loop': ({ path, mine }) => [
    '마운트 네임스페이스 안에 자기 자신이나 더 오래된 네임스페이스의 파일을 둘 수 없습니다. 스스로를 살려 두게 되기 때문입니다.',
    path === mine
      ? `${eun(path)} 지금 속해 있는 것입니다.`
      : `${eun(path)} 지금 속해 있는 ${mine}보다 먼저 만들어졌습니다.`,
    'unshare --mount=FILE처럼 바깥에서 바인드하세요.',
  ],
  'mnt-ns-propagates': ({ path }) => [
    '마운트 네임스페이스의 파일은 다른 네임스페이스로 전파될 수 없습니다.',
    `${path}의 마운트가 다른 마운트와 공유(shared)되어 있어 바인드가 그리로 복사됩니다.`,
    'private 마운트에 바인드하세요: mount --bind DIR DIR; mount --make-private DIR',
  ],
  'bind-unbindable': ({ path }) => [
    'unbindable 마운트는 바인드의 원본이 될 수 없습니다.',
    `${path}의 마운트가 unbindable입니다.`,
  ],
  'bind-locked': ({ path }) => [
    '아래의 마운트를 빼고 바인드하면 잠긴 마운트가 가린 것이 드러납니다.',
    `${path}의 마운트가 잠겨 있습니다.`,
    'mount --rbind로 함께 가져오세요.',
  ],
  'propagation-several': () => [
    '한 번에 전파 유형 하나(shared, private, slave, unbindable)만 정할 수 있습니다. 덧붙일 수 있는 것은 아래 전체를 뜻하는 MS_REC뿐입니다.',
    '플래그가 더 주어졌습니다.',
  ],
  'move-root': ({ path }) => [
    '옮길 마운트는 다른 마운트에 붙어 있어야 합니다.',
    `${path}의 마운트는 모든 마운트의 루트입니다.`,
  ],
  'move-from-shared': ({ path, parent }) => [
    '부모가 공유(shared) 마운트이면 그 위의 마운트를 옮길 수 없습니다. 피어들도 따라가야 하기 때문입니다.',
    `${eun(path)} 공유 마운트인 ${parent}에 마운트되어 있습니다.`,
    `mount --make-private ${parent}`,
  ],
  'move-unbindable': ({ path, to }) => [
    '공유 마운트로 옮기면 피어마다 복사되는데, unbindable 마운트는 복사되지 않습니다.',
    `${path}의 마운트는 unbindable이고 ${to}의 마운트는 공유입니다.`,
  ],
  'move-into-itself': ({ path, to }) => [
    '마운트를 자기 아래로 옮길 수 없습니다.',
    `${eun(to)} ${path}의 마운트 안에 있습니다.`,
  ],
  'mount-busy': ({ path, inside, file, files, directories, programs, mine }) => [
    '쓰이지 않는 마운트만 뗄 수 있습니다. 그 위의 마운트, 열린 파일, 그곳을 작업 디렉터리나 루트로 둔 프로세스, 실행 중인 프로그램이 없어야 합니다.',
    inside
      ? `그 위의 ${inside}에 마운트된 것이 있습니다.`
      : files + directories + programs
        ? `${path}에 있는 것: ${[files && `열린 파일 ${files}개(${file})`, directories && `작업 디렉터리나 루트 ${directories}개${mine ? '(내 것도)' : ''}`, programs && `실행 중인 프로그램 ${programs}개`].filter(Boolean).join(', ')}.`
        : `다른 마운트 네임스페이스에 있는 ${path}의 사본이 쓰이고 있는데, 함께 떼게 됩니다.`,
    inside
      ? `먼저 umount ${inside}, 또는 umount -R ${path}`
      : mine
        ? `먼저 스스로 나오세요: cd /. 누가 더 쓰는지 보기: fuser -vm ${path}`
        : `누가 쓰는지 보기: fuser -vm ${path}. umount -l은 지금 떼어 두고 아무도 쓰지 않을 때 정리합니다.`,
  ],
  'remount-busy': ({ path, file }) => [
    '쓰기용으로 열린 파일(또는 지워졌지만 쓰이는 파일)이 있으면 읽기 전용으로 바꿀 수 없습니다.',
    file ? `${i(file)} 열려 있습니다.` : `호스트의 서비스가 ${path || '그곳'}의 파일을 열어 두고 있습니다.`,
    path ? `누가 쓰는지 보기: fuser -vm ${path}` : undefined,
  ],
  'remount-locked': ({ path, flags, mine }) => [
    '더 권한 있는 마운트 네임스페이스에서 온 마운트의 제한은 없앨 수 없습니다.',
    flags
      ? `${mine}에서 ${path}의 마운트는 ${flagNames(flags)} 옵션을 지켜야 합니다.`
      : `${mine}에서 ${path}의 마운트는 접근 시각(atime) 방식을 지켜야 합니다.`,
    '그 옵션을 다시 적으세요: mount -o remount,bind,' +
      (flagNames(flags).replaceAll(' ', '') || 'relatime') +
      ',…',
  ],
  'pivot-shared': ({ which, path }) => [
    'pivot_root(2)의 결과는 전파되면 안 됩니다. put_old가 있는 마운트, new_root와 루트의 부모 마운트가 공유(shared)여서는 안 됩니다.',
    `${which}의 경우 그것은 ${path}의 마운트이고, 공유 상태입니다.`,
    'unshare --mount는 모든 마운트를 private으로 만듭니다. 또는 자기 마운트 네임스페이스에서 mount --make-rprivate /',
  ],
  'pivot-same': ({ which, path }) => [
    'pivot_root(2)는 두 마운트를 맞바꿉니다. new_root와 put_old는 지금 루트인 마운트에 있어서는 안 됩니다.',
    `${i(`${which}(${path})`)} 그 마운트에 있습니다.`,
    which === 'new_root'
      ? `따로 마운트로 만드세요: mount --bind ${path} ${path}`
      : 'put_old는 new_root 아래의 디렉터리여야 합니다.',
  ],
  'pivot-chrooted': ({ mine }) => [
    'pivot_root(2)를 부르려면 루트 디렉터리가 마운트 지점이어야 합니다.',
    `내 루트는 마운트 안의 디렉터리입니다. ${mine}에서 chroot 안에 있습니다.`,
  ],
  'pivot-rootfs': () => [
    '커널의 첫 파일 시스템(rootfs)은 맞바꿀 수 없습니다.',
    '내 루트 디렉터리가 거기에 있습니다.',
    '그럴 때는 switch_root(8)를 씁니다.',
  ],
  'pivot-outside': ({ path, newRoot }) => [
    'put_old는 new_root이거나 그 아래여야 합니다.',
    `${eun(path)} ${newRoot} 아래에 있지 않습니다.`,
  ],
  'pivot-unreachable': ({ path }) => [
    'new_root는 지금의 루트 디렉터리 아래에 있어야 합니다.',
    `${eun(path)} 그 바깥에 있습니다.`,
  ],
  'fs-options': ({ type, options }) => [
    `${i(type)} 옵션이나 장치의 내용을 받아들이지 않았습니다.`,
    options ? `주어진 옵션: ${options}` : '옵션은 주어지지 않았습니다.',
    'dmesg에 자세한 내용이 있을 수 있습니다.',
  ],
  'not-block-device': ({ path }) => [
    '이 파일 시스템에는 블록 장치가 필요합니다.',
    `${eun(path)} 블록 장치가 아닙니다.`,
    '파일은 losetup(또는 mount -o loop)으로 블록 장치가 됩니다.',
  ],
  'device-mounted': ({ path, type, readOnly }) => [
    '한 장치의 마운트는 모두 같은 파일 시스템을 보여 줍니다. 유형이 같고, 모두 읽기 전용이거나 모두 쓰기 가능해야 합니다.',
    `${eun(path)} ${type}(${readOnly ? '읽기 전용' : '쓰기 가능'})으로 마운트되어 있습니다.`,
  ],
  'disk-read-only': ({ name }) => [
    '읽기 전용 장치에는 쓸 수 없습니다.',
    `${eun(name)} 읽기 전용입니다.`,
    '-o ro로 마운트하세요.',
  ],
  'loop-free': ({ name }) => [
    '루프 장치에는 연결된 파일이 있어야 합니다.',
    `${name}에 연결된 파일이 없습니다.`,
  ],
  'loop-taken': ({ name, file }) => [
    '루프 장치에는 한 번에 파일 하나만 연결됩니다.',
    file ? `${name}에 ${i(file)} 연결되어 있습니다.` : `${eun(name)} 쓰이고 있습니다.`,
    'losetup -f로 빈 장치를 찾을 수 있습니다.',
  ],
  'overlay-no-lowerdir': ({ line }) => [
    '오버레이에는 아래(lower) 계층이 하나는 있어야 합니다.',
    `overlayfs: ${line}`,
    '-o lowerdir=DIR',
  ],
  'overlay-too-many': ({ line }) => ['오버레이의 아래 계층은 최대 500개입니다.', `overlayfs: ${line}`],
  'overlay-depth': ({ line }) => [
    '오버레이는 다른 오버레이의 계층이 될 수 있지만, 세 겹은 안 됩니다.',
    `overlayfs: ${line}`,
  ],
  'overlay-not-directory': ({ line }) => ['계층은 모두 디렉터리여야 합니다.', `overlayfs: ${line}`],
  'overlay-upper-type': ({ line }) => [
    '위(upper) 계층은 오버레이의 표시를 담을 수 있는 파일 시스템에 있어야 하며, 오버레이는 그럴 수 없습니다.',
    `overlayfs: ${line}`,
    'upperdir와 workdir를 tmpfs나 디스크에 두세요.',
  ],
  'overlay-no-workdir': ({ line }) => [
    'upperdir에는 workdir가 필요합니다. 파일은 거기서 준비된 뒤 upperdir에 나타납니다.',
    `overlayfs: ${line}`,
    '-o …,workdir=DIR: upperdir와 같은 마운트의 빈 디렉터리',
  ],
  'overlay-upper-ro': ({ line }) => ['위 계층은 쓸 수 있어야 합니다.', `overlayfs: ${line}`],
  'overlay-work-mount': ({ line }) => [
    'workdir와 upperdir는 같은 마운트에 있어야 합니다. 파일의 이름을 한쪽에서 다른 쪽으로 바꾸기 때문입니다.',
    `overlayfs: ${line}`,
  ],
  'overlay-work-inside': ({ line }) => [
    'workdir와 upperdir는 서로의 안에 있을 수 없습니다.',
    `overlayfs: ${line}`,
  ],
  'overlay-empty-lower': ({ line }) => [
    '아래 계층의 이름은 비어 있을 수 없습니다.',
    `overlayfs: ${line}`,
    'lowerdir=에 쌍점(:)이 하나 더 있지 않은지 보세요.',
  ],
  'overlay-one-lower': ({ line }) => [
    'upperdir가 없는 오버레이에는 아래 계층이 둘 이상 필요합니다.',
    `overlayfs: ${line}`,
  ],
  'overlay-conflicting': ({ line }) => [
    '한 디렉터리는 한 오버레이에서 한 번만 계층이 됩니다.',
    `overlayfs: ${line}`,
  ],
  'overlay-overlapping': ({ line }) => ['계층은 다른 계층 안에 있을 수 없습니다.', `overlayfs: ${line}`],
  'overlay-origin': ({ line }) => [
    'index=on이면 위 계층은 어느 아래 계층을 위해 만들어졌는지 기억합니다.',
    `overlayfs: ${line}`,
    'index=off로 마운트하세요.',
  ],
  'overlay-index': ({ line }) => ['index=on이면 workdir는 위 계층 하나에 속합니다.', `overlayfs: ${line}`],
  'overlay-option': ({ line }) => ['오버레이는 아는 옵션만 받습니다.', `overlayfs: ${line}`, LOG],
  'overlay-options-conflict': ({ line }) => ['함께 쓸 수 없는 옵션이 있습니다.', `overlayfs: ${line}`, LOG],
  'overlay-incompat': ({ line }) => [
    'volatile 옵션으로 마운트했던 위 계층은 온전하지 않을 수 있어 다시 마운트되지 않습니다.',
    `overlayfs: ${line}`,
    '내용을 믿는다면 workdir 안의 work/incompat 디렉터리를 지우세요.',
  ],
  'overlay-in-use': ({ line }) => [
    'index=on이면 upperdir나 workdir는 한 번에 오버레이 하나에만 속합니다.',
    `overlayfs: ${line}`,
  ],
  'overlay-read-only': () => [
    '쓸 수 있는 위 계층이 있어야 오버레이에 쓸 수 있습니다.',
    '이 오버레이에는 위 계층이 없거나 읽기 전용입니다.',
    'upperdir와 workdir를 주고 마운트하세요.',
  ],
  'overlay-owner-unmapped': ({ ouid, ogid }) => [
    '아래 계층의 파일을 바꾸려면 소유자까지 위로 복사(copy-up)하므로, 오버레이를 마운트한 사용자 네임스페이스에 그 소유자가 매핑되어 있어야 합니다.',
    ouid === NOBODY || ogid === NOBODY
      ? '이 파일의 소유자나 그룹이 매핑되어 있지 않습니다.'
      : `이 파일의 소유자는 ${ouid}:${ogid}입니다.`,
  ],
  'overlay-upper-changed': ({ name }) => [
    '마운트된 오버레이의 계층을 직접 바꾸면 안 됩니다.',
    `위 계층의 ${eun(name)} 오버레이가 둔 것이 아닙니다.`,
  ],
  'overlay-redirect': ({ name }) => [
    '아래 계층의 디렉터리는 redirect_dir=on일 때만 이름을 바꿀 수 있고, 아니면 프로그램이 복사해야 합니다(mv가 그렇게 합니다).',
    `${i(name)} 아래 계층에 있습니다.`,
  ],
} satisfies Part
