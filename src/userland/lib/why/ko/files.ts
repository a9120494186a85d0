/** 캐퍼빌리티, 경로 탐색, 파일: 한국어. */
import { bits, bytes, capName, classBits, isRedirection, NOBODY, octal, type Part } from '../dictionary.ts'
import { eul, eun, i } from './josa.ts'

const LETTERS = ['', 'x', 'w', 'w와 x', 'r', 'r과 x', 'r과 w', 'r, w, x']
/** 디렉터리에서 비트가 뜻하는 것. */
const IN_DIRECTORY = ['', '통과', '이름 변경', '이름을 만들거나 지우기', '목록 읽기']
const CLASSES = {
  owner: '소유자 비트',
  group: '그룹 비트',
  other: '그 밖의 사용자 비트',
  acl: '접근 제어 목록(ACL, 마스크는 그룹 비트)',
} as const
const OWNED: Readonly<Record<string, string>> = {
  mount: '내 마운트 네임스페이스를 소유한 사용자 네임스페이스',
  umount2: '내 마운트 네임스페이스를 소유한 사용자 네임스페이스',
  pivot_root: '내 마운트 네임스페이스를 소유한 사용자 네임스페이스',
  sethostname: '내 UTS 네임스페이스를 소유한 사용자 네임스페이스',
  setdomainname: '내 UTS 네임스페이스를 소유한 사용자 네임스페이스',
  unshare: '내가 속한 사용자 네임스페이스',
  clone: '내가 속한 사용자 네임스페이스',
  setns: '들어가려는 네임스페이스를 소유한 사용자 네임스페이스, 그리고 내 사용자 네임스페이스',
}
/** 네트워크 코드에 대한 요청은 시스템 콜이 아니다. */
const inFull = (call: string): string => (!call || call.startsWith('RTM_') ? call || '이 작업' : `${call}(2)`)
const whose = (call: string): string => {
  const text = call.startsWith('RTM_') ? '내 네트워크 네임스페이스를 소유한 사용자 네임스페이스' : OWNED[call]
  return text ? `(${text})` : ''
}
const owner = (uid: number): string =>
  uid === NOBODY ? '이 사용자 네임스페이스에 매핑되지 않은 사용자' : `uid ${uid}`

export const files = {
  capable: ({ cap, owner: needed, mine, uid, held, bounded }, { call }) => [
    `${inFull(call)}에는 ${needed}${whose(call)}의 ${capName(cap)} 캐퍼빌리티가 필요합니다.`,
    held && needed !== mine
      ? `이 프로세스는 그 캐퍼빌리티를 ${mine}에서만 가지고 있습니다. 캐퍼빌리티는 자기 사용자 네임스페이스와 그 아래에서만 통합니다.`
      : `이 프로세스(${mine}의 uid ${uid})에는 그 캐퍼빌리티가 없습니다${bounded ? '. 한계 집합(bounding set)에서도 빠져 있어 다시 얻을 수 없습니다' : ''}.`,
    held && needed !== mine
      ? undefined
      : call === 'unshare' || call === 'mount' || call === 'sethostname'
        ? 'root로 실행하거나(sudo), 모든 캐퍼빌리티를 갖는 사용자 네임스페이스를 먼저 만드세요: unshare --user --map-root-user'
        : 'root로 실행하거나(sudo), 그 캐퍼빌리티를 가진 프로그램에 맡기세요.',
  ],
  mode: ({ path, isDirectory, mode, want, decides, uid, ouid, ogid }, refusal) => [
    isDirectory
      ? '디렉터리에서 r은 목록 읽기, x는 통과, w와 x는 이름을 만들거나 지우는 권한입니다. 소유자, 그룹, 그 밖의 사용자 순서로 처음 맞는 분류 하나만 봅니다.'
      : '파일에는 소유자, 그룹, 그 밖의 사용자마다 r, w, x 비트가 있고, 처음 맞는 분류 하나만 봅니다.',
    `${path || '대상'}의 모드는 ${octal(mode)}(${bits(mode)}), 소유자는 ${owner(ouid)}, 그룹은 ${ogid === NOBODY ? '매핑되지 않은 그룹' : `gid ${ogid}`}입니다. 나(uid ${uid})에게 적용되는 것은 ${CLASSES[decides]}${decides === 'acl' ? '' : ` ${classBits(mode, decides)}`}인데, ${isDirectory && IN_DIRECTORY[want] ? `${IN_DIRECTORY[want]}에 ` : ''}${LETTERS[want]} 비트가 필요합니다.`,
    decides === 'acl'
      ? 'getfacl로 목록을 볼 수 있습니다.'
      : isRedirection(refusal)
        ? '리디렉션(>)은 sudo가 실행되기 전에 셸 자신이 엽니다. sudo를 쓰려면: … | sudo tee FILE'
        : undefined,
  ],
  'not-executable': ({ path, mode }) => [
    '실행 비트가 하나도 없는 파일은 root도 실행하지 못합니다.',
    `${path || '파일'}의 모드는 ${octal(mode)}(${bits(mode)})입니다.`,
    `chmod +x ${path || 'FILE'}`,
  ],
  'not-owner': ({ path, uid, ouid }) => [
    '파일의 소유자이거나 그 파일에 대해 CAP_FOWNER가 있어야 바꿀 수 있습니다.',
    `${path || '대상'}의 소유자는 ${owner(ouid)}이고, 나는 uid ${uid}입니다.`,
  ],
  chown: ({ path, uid, ouid }) => [
    '파일의 소유자를 바꾸려면 소유자 자신이라도 CAP_CHOWN이 필요합니다.',
    `${path || '대상'}의 소유자는 ${owner(ouid)}이고, 나는 이 파일에 대해 CAP_CHOWN이 없는 uid ${uid}입니다.`,
  ],
  chgrp: ({ path, gid, uid, ouid }) => [
    'CAP_CHOWN이 없으면 소유자만, 그것도 자기가 속한 그룹으로만 그룹을 바꿀 수 있습니다.',
    uid === ouid
      ? `${eun(path || '대상')} 내 것이지만, 나는 그룹 ${gid}에 속해 있지 않습니다.`
      : `${path || '대상'}의 소유자는 ${owner(ouid)}이고, 나는 uid ${uid}입니다.`,
  ],
  sticky: ({ path, name, uid, ouid, duid }) => [
    '스티키 비트(t)가 있는 디렉터리에서는 자기 것만 지우거나 이름을 바꿀 수 있습니다.',
    `${path || '그 디렉터리'}의 ${eun(name)} ${owner(ouid)}의 것이고 디렉터리는 ${owner(duid)}의 것입니다. 나는 uid ${uid}입니다.`,
  ],
  immutable: ({ path }) => [
    '변경 불가(chattr +i) 파일은 root도 바꾸거나 지우거나 이름을 바꾸거나 링크할 수 없습니다.',
    `${path || '대상'}에 i 플래그가 있습니다.`,
    'lsattr로 확인하고, root가 chattr -i로 없앨 수 있습니다.',
  ],
  'append-only': ({ path }) => [
    '추가 전용(chattr +a) 파일은 끝에 덧붙일 수만 있습니다. 자르거나 지우거나 이름을 바꿀 수 없습니다.',
    `${path || '대상'}에 a 플래그가 있습니다.`,
    'lsattr로 확인하고, root가 chattr -a로 없앨 수 있습니다.',
  ],
  'read-only-mount': ({ path }) => [
    'ro 옵션이 있는 마운트를 통해서는 아무것도 쓸 수 없습니다.',
    `${path}의 마운트가 읽기 전용입니다. 같은 파일 시스템이라도 다른 마운트로는 쓸 수 있을지 모릅니다.`,
    `mount -o remount,bind,rw ${path}`,
  ],
  'read-only-fs': ({ path, type }) => [
    type === 'overlay'
      ? '위(upper) 계층이 없는 오버레이는 언제나 읽기 전용입니다.'
      : '읽기 전용 파일 시스템에는 어느 마운트로도 쓸 수 없습니다.',
    `${path || '그곳'}의 ${type} 파일 시스템이 읽기 전용입니다.`,
    type === 'overlay' ? 'upperdir와 workdir를 주고 마운트하세요.' : undefined,
  ],
  nodev: ({ path }) => [
    'nodev 옵션이 있는 마운트에서는 장치 파일을 열 수 없습니다.',
    `${i(path || '장치 파일')} 그런 마운트에 있습니다. 사용자 네임스페이스 안에서 만든 마운트는 늘 그렇습니다.`,
  ],
  'no-device': ({ path, kind, major, minor }) => [
    '장치 파일은 종류와 번호일 뿐이며, 그 번호를 맡은 드라이버가 있어야 열 수 있습니다.',
    `${eun(path || '대상')} ${kind} ${major}:${minor}인데 이 번호를 맡은 드라이버가 없습니다.`,
  ],
  noexec: ({ path, mount }) => [
    'noexec 옵션이 있는 마운트의 파일은 root도 실행할 수 없습니다.',
    `${eun(path)} noexec로 마운트된 ${mount}에 있습니다.`,
    `스크립트라면 인터프리터에 읽힐 수는 있습니다: sh ${path}`,
  ],
  nofollow: () => [
    'O_NOFOLLOW이면 경로의 마지막 이름이 심볼릭 링크여서는 안 됩니다.',
    '마지막 이름이 심볼릭 링크입니다.',
  ],
  'swap-file': ({ path }) => [
    '스왑으로 쓰이는 파일은 바꾸거나 지우거나 다시 추가할 수 없습니다.',
    `${i(path || '이 파일')} 스왑으로 쓰이고 있습니다.`,
    `swapoff ${path || 'FILE'}`,
  ],
  nosymfollow: ({ path }) => [
    'nosymfollow 옵션이 있는 마운트에서는 심볼릭 링크를 따라가지 않습니다.',
    `${path}의 마운트에 이 옵션이 있습니다.`,
  ],
  'links-max': ({ max }) => [
    `경로를 찾을 때 심볼릭 링크는 최대 ${max}개까지 따라갑니다.`,
    '여기서는 그보다 많습니다. 링크가 서로를 가리키며 돌고 있을 가능성이 큽니다.',
  ],
  'protected-symlinks': ({ path, ouid, duid }) => [
    'fs.protected_symlinks: 누구나 쓸 수 있는 스티키 디렉터리의 링크는, 링크가 자기 것이거나 디렉터리 소유자의 것일 때만 따라갑니다.',
    `${path || '그곳'}의 링크는 ${owner(ouid)}의 것이고 디렉터리는 ${owner(duid)}의 것입니다.`,
  ],
  'protected-hardlinks': ({ path, uid, ouid }) => [
    'fs.protected_hardlinks: 자기 소유이거나 읽고 쓸 수 있는(set-user-ID가 아닌) 파일에만 하드 링크를 만들 수 있습니다.',
    `${path}의 소유자는 ${owner(ouid)}이고, 나는 uid ${uid}입니다.`,
  ],
  'protected-create': ({ path, uid, ouid, duid }) => [
    'fs.protected_regular와 fs.protected_fifos: 남도 쓸 수 있는 스티키 디렉터리에서는 O_CREAT(>가 씁니다)로 다른 사용자의 기존 파일을 열 수 없습니다.',
    `${path || '그곳'}의 파일은 ${owner(ouid)}의 것이고 디렉터리는 ${owner(duid)}의 것입니다. 나는 uid ${uid}이며, root에게도 똑같이 적용됩니다.`,
  ],
  'link-directory': ({ path }) => [
    '디렉터리의 이름은 하나뿐입니다. 디렉터리에 하드 링크를 허용하면 순환이 생깁니다.',
    `${eun(path)} 디렉터리입니다.`,
    '심볼릭 링크(ln -s)나 바인드 마운트를 쓰세요.',
  ],
  'cross-mount': ({ from, to }) => [
    'link(2)와 rename(2)는 한 마운트 안에서만 됩니다. 두 마운트가 같은 파일 시스템을 보여 주더라도 마찬가지입니다.',
    `한 이름은 ${from}의 마운트에, 다른 이름은 ${to}의 마운트에 있습니다.`,
    'mv는 대신 복사하고 지웁니다. 하드 링크는 안 되지만 심볼릭 링크는 됩니다.',
  ],
  'is-mountpoint': ({ path }) => [
    '내 마운트 네임스페이스에서 무언가가 마운트된 이름은 지우거나 바꿀 수 없습니다.',
    `${eun(path)} 마운트 지점입니다.`,
    `umount ${path}`,
  ],
  'rename-into-itself': ({ path }) => [
    '디렉터리를 자기 안으로 옮길 수는 없습니다.',
    `새 위치가 ${path} 아래입니다.`,
  ],
  'text-busy': ({ path }) => [
    '프로그램이 실행되는 동안 그 파일에는 쓸 수 없습니다.',
    `지금 ${eul(path || '파일')} 실행하는 프로세스가 있습니다.`,
    '지우고 새 파일을 그 자리에 두세요. 실행 중인 프로그램은 옛 파일을 계속 씁니다.',
  ],
  'exec-while-written': ({ path }) => [
    '쓰기용으로 열려 있는 파일은 실행할 수 없습니다.',
    `${eul(path)} 쓰기용으로 열어 둔 프로세스가 있습니다.`,
  ],
  'exec-not-file': ({ path }) => ['일반 파일만 실행할 수 있습니다.', `${eun(path)} 일반 파일이 아닙니다.`],
  'open-socket': ({ path }) => ['소켓은 여는 것이 아니라 연결하는 것입니다.', `${eun(path)} 소켓입니다.`],
  'fifo-no-reader': ({ path }) => [
    'O_NONBLOCK이면 읽기용으로 열어 둔 프로세스가 있을 때만 FIFO를 쓰기용으로 열 수 있습니다.',
    `${eul(path)} 읽는 프로세스가 없습니다.`,
    '읽는 쪽을 먼저 시작하거나, O_NONBLOCK 없이 기다리세요.',
  ],
  'no-tty': () => [
    '/dev/tty는 그것을 여는 프로세스의 제어 터미널입니다.',
    '이 프로세스에는 제어 터미널이 없습니다. 터미널 없는 세션(setsid)에 있습니다.',
  ],
  'lock-held': ({ path, pid }) => [
    '배타 잠금은 혼자만, 공유 잠금은 다른 공유 잠금과만 함께 가질 수 있습니다.',
    `${i(pid ? `프로세스 ${pid}` : '보이지 않는 프로세스')} ${eul(path || '그 파일')} 잠그고 있습니다.`,
    'lslocks로 볼 수 있고, LOCK_NB(flock -n)가 없으면 기다립니다.',
  ],
  'no-direct-io': ({ path, type }) => [
    'O_DIRECT는 페이지 캐시를 거치지 않으므로 장치가 있는 파일 시스템에서만 됩니다.',
    `${eun(path)} 캐시뿐인 ${type}에 있습니다.`,
  ],
  fsize: ({ limit }) => [
    'RLIMIT_FSIZE(ulimit -f)는 프로세스가 만들 수 있는 파일 크기의 한도이며, 넘으면 SIGXFSZ를 받습니다.',
    `내 한도는 ${bytes(limit)}입니다.`,
  ],
  'file-max-bytes': ({ max }) => [
    '파일 시스템마다 파일 하나의 최대 크기가 있습니다.',
    `여기서는 약 ${bytes(max)}입니다.`,
  ],
  'xattr-user': ({ path }) => [
    'user.* 확장 속성은 일반 파일과 디렉터리에만 붙일 수 있습니다.',
    `${eun(path || '대상')} 둘 다 아닙니다.`,
  ],
  'acl-default': ({ path }) => [
    '기본(default) ACL은 디렉터리 안에 새로 생기는 파일에 물려주는 목록입니다.',
    `${eun(path || '대상')} 디렉터리가 아닙니다.`,
  ],
  'acl-invalid': () => [
    'ACL에는 소유자, 그룹, 그 밖의 사용자 항목이 하나씩 있어야 하고, 사용자나 그룹을 더 지정하면 마스크도 있어야 합니다.',
    '주어진 목록은 그렇지 않습니다.',
  ],
} satisfies Part
