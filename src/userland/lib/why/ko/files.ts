/** 캐퍼빌리티, 경로 탐색, 파일: 한국어. */
import { bits, bytes, capName, classBits, NOBODY, octal, type Part } from '../dictionary.ts'

const RIGHTS = ['', '실행(통과)', '쓰기', '쓰기와 실행', '읽기', '읽기와 실행', '읽기와 쓰기']
const CLASSES = {
  owner: '소유자',
  group: '그룹',
  other: '그 밖의 사용자',
  acl: '접근 제어 목록(ACL)',
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
const owner = (uid: number): string =>
  uid === NOBODY ? '이 사용자 네임스페이스에 매핑되지 않은 사용자' : `uid ${uid}`

export const files = {
  capable: ({ cap, owner: needed, mine, uid, held, bounded }, { call }) => [
    `${call ? `${call}(2)` : '이 작업'}에는 ${needed}${OWNED[call] ? `(${OWNED[call]})` : ''}에서 ${capName(cap)}이 필요합니다.`,
    held && needed !== mine
      ? `이 프로세스는 ${mine}에서만 이 권한을 가집니다. 캐퍼빌리티는 자기 사용자 네임스페이스와 그 아래에서만 통합니다.`
      : `이 프로세스(${mine}의 uid ${uid})에는 그 캐퍼빌리티가 없습니다${bounded ? '. 한계 집합(bounding set)에서도 빠져 있어 다시 얻을 수 없습니다' : ''}.`,
    held && needed !== mine
      ? undefined
      : call === 'unshare' || call === 'mount' || call === 'sethostname'
        ? 'root로 실행하거나, 모든 캐퍼빌리티를 갖는 사용자 네임스페이스를 먼저 만드세요: unshare --user --map-root-user'
        : 'root로 실행하거나(sudo), 그 캐퍼빌리티를 가진 프로그램에 맡기세요.',
  ],
  mode: ({ path, mode, want, decides, uid, ouid, ogid }) => [
    `${RIGHTS[want]} 권한은 자기가 속한 분류의 비트로 정해집니다. 소유자, 그룹, 그 밖의 사용자 순서로 처음 맞는 분류 하나만 봅니다.`,
    `${path || '대상'}의 모드는 ${octal(mode)}(${bits(mode)}), 소유자는 ${owner(ouid)}, 그룹은 ${ogid === NOBODY ? '여기서는 알 수 없음' : ogid}입니다. 나(uid ${uid})에게 적용되는 것은 ${CLASSES[decides]}${decides === 'acl' ? '이고, 그 마스크는 그룹 비트에 있습니다' : `: ${classBits(mode, decides)}`}. ${RIGHTS[want]} 권한이 없습니다.`,
    decides === 'acl' ? 'getfacl로 목록을 볼 수 있습니다.' : undefined,
  ],
  'not-executable': ({ path, mode }) => [
    '실행 비트가 하나도 없는 파일은 root도 실행하지 못합니다.',
    `${path || '파일'}의 모드는 ${octal(mode)}(${bits(mode)})입니다.`,
    'chmod +x로 실행 비트를 줄 수 있습니다.',
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
      ? `${path || '대상'}은(는) 내 것이지만, 나는 그룹 ${gid}에 속해 있지 않습니다.`
      : `${path || '대상'}의 소유자는 ${owner(ouid)}이고, 나는 uid ${uid}입니다.`,
  ],
  sticky: ({ path, name, uid, ouid, duid }) => [
    '스티키 비트(t)가 있는 디렉터리에서는 자기 것만 지우거나 이름을 바꿀 수 있습니다.',
    `${path || '그 디렉터리'}의 ${name}은(는) ${owner(ouid)}의 것이고 디렉터리는 ${owner(duid)}의 것입니다. 나는 uid ${uid}입니다.`,
  ],
  immutable: ({ path }) => [
    '변경 불가(chattr +i) 파일은 root도 바꾸거나 지우거나 이름을 바꾸거나 링크할 수 없습니다.',
    `${path || '대상'}에 i 플래그가 있습니다.`,
    'lsattr로 확인하고, root가 chattr -i로 없앨 수 있습니다.',
  ],
  'append-only': ({ path }) => [
    '추가 전용(chattr +a) 파일은 끝에 덧붙이는 것 말고는 쓸 수 없습니다.',
    `${path || '대상'}에 a 플래그가 있습니다.`,
    'lsattr로 확인하고, root가 chattr -a로 없앨 수 있습니다.',
  ],
  'read-only-mount': ({ path }) => [
    'ro 옵션이 있는 마운트를 통해서는 아무것도 쓸 수 없습니다.',
    `${path}의 마운트가 읽기 전용입니다. 같은 파일 시스템이라도 다른 마운트로는 쓸 수 있을지 모릅니다.`,
    '바꿀 권한이 있다면 mount -o remount,bind,rw로 바꿀 수 있습니다.',
  ],
  'read-only-fs': ({ path }) => [
    '읽기 전용으로 마운트된 파일 시스템은 어느 마운트로도 쓸 수 없습니다.',
    `${path || '그곳'}의 파일 시스템이 읽기 전용입니다.`,
  ],
  nodev: ({ path }) => [
    'nodev 옵션이 있는 마운트에서는 장치 파일을 열 수 없습니다.',
    `${path || '장치 파일'}이(가) 그런 마운트에 있습니다. 사용자 네임스페이스 안에서 만든 마운트는 늘 그렇습니다.`,
  ],
  'no-device': ({ path, kind, major, minor }) => [
    '장치 파일은 번호일 뿐이며, 열려면 그 번호를 맡은 드라이버가 있어야 합니다.',
    `${path || '대상'}은(는) ${kind} ${major}:${minor}인데 이 번호를 맡은 드라이버가 없습니다.`,
  ],
  noexec: ({ path, mount }) => [
    'noexec 옵션이 있는 마운트의 파일은 누구도 실행할 수 없습니다.',
    `${path}은(는) noexec로 마운트된 ${mount}에 있습니다.`,
    `스크립트라면 인터프리터에 넘길 수는 있습니다: sh ${path}`,
  ],
  nosymfollow: ({ path }) => [
    'nosymfollow 옵션이 있는 마운트에서는 심볼릭 링크를 따라가지 않습니다.',
    `${path}의 마운트에 이 옵션이 있습니다.`,
  ],
  'links-max': ({ max }) => [
    `경로를 찾을 때 심볼릭 링크는 최대 ${max}개까지 따라갑니다.`,
    '그보다 많았습니다. 링크가 서로를 가리키며 돌고 있을 가능성이 큽니다.',
  ],
  'protected-symlinks': ({ path, ouid, duid }) => [
    'fs.protected_symlinks: 누구나 쓸 수 있는 스티키 디렉터리에서는 링크의 소유자이거나 디렉터리 소유자가 만든 링크일 때만 따라갑니다.',
    `${path || '그곳'}의 링크는 ${owner(ouid)}의 것이고 디렉터리는 ${owner(duid)}의 것입니다.`,
  ],
  'protected-hardlinks': ({ path, uid, ouid }) => [
    'fs.protected_hardlinks: 자기 소유이거나 읽고 쓸 수 있는(set-user-ID가 아닌) 파일에만 하드 링크를 만들 수 있습니다.',
    `${path}의 소유자는 ${owner(ouid)}이고, 나는 uid ${uid}입니다.`,
  ],
  'protected-create': ({ path, uid, ouid, duid }) => [
    'fs.protected_regular와 fs.protected_fifos: 남도 쓸 수 있는 스티키 디렉터리에서 O_CREAT(> 등)로 다른 사람의 기존 파일을 열 수 없습니다.',
    `${path || '그곳'}의 파일은 ${owner(ouid)}의 것이고 디렉터리는 ${owner(duid)}의 것입니다. 나는 uid ${uid}이며, root에게도 똑같이 적용됩니다.`,
  ],
  'link-directory': ({ path }) => [
    '디렉터리의 이름은 하나뿐입니다. 하드 링크를 허용하면 순환이 생깁니다.',
    `${path}은(는) 디렉터리입니다.`,
    '심볼릭 링크(ln -s)나 바인드 마운트를 쓰세요.',
  ],
  'cross-mount': ({ from, to }) => [
    '링크와 이름 바꾸기는 한 마운트 안에서만 됩니다. 두 마운트가 같은 파일 시스템을 보여 주더라도 마찬가지입니다.',
    `하나는 ${from}, 다른 하나는 ${to}의 마운트에 있습니다.`,
    'mv는 대신 복사하고 지웁니다. 하드 링크로는 방법이 없습니다.',
  ],
  'is-mountpoint': ({ path }) => [
    '내 마운트 네임스페이스에서 무언가가 마운트된 이름은 지우거나 바꿀 수 없습니다.',
    `${path}은(는) 마운트 지점입니다.`,
    `umount ${path}`,
  ],
  'rename-into-itself': ({ path }) => [
    '디렉터리를 자기 안으로 옮길 수는 없습니다.',
    `새 위치가 ${path} 아래입니다.`,
  ],
  'text-busy': ({ path }) => [
    '실행 중인 프로그램 파일에는 쓸 수 없습니다.',
    `${path || '파일'}이(가) 지금 실행 중입니다.`,
    '지우고 새 파일을 그 자리에 두세요. 실행 중인 프로그램은 옛 파일을 계속 씁니다.',
  ],
  'exec-while-written': ({ path }) => [
    '쓰기용으로 열려 있는 파일은 실행할 수 없습니다.',
    `아직 누군가 ${path}에 쓰고 있습니다.`,
  ],
  'exec-not-file': ({ path }) => ['일반 파일만 실행할 수 있습니다.', `${path}은(는) 일반 파일이 아닙니다.`],
  'open-socket': ({ path }) => ['소켓은 여는 것이 아니라 연결하는 것입니다.', `${path}은(는) 소켓입니다.`],
  'no-direct-io': ({ path, type }) => [
    'O_DIRECT는 페이지 캐시를 거치지 않는 방식이라 장치 위의 파일 시스템에서만 됩니다.',
    `${path}은(는) 캐시뿐인 ${type}에 있습니다.`,
  ],
  fsize: ({ limit }) => [
    'RLIMIT_FSIZE(ulimit -f)는 프로세스가 파일을 키울 수 있는 한도이며, 넘으면 SIGXFSZ가 옵니다.',
    `내 한도는 ${bytes(limit)}입니다.`,
  ],
  'file-max-bytes': ({ max }) => [
    '파일 시스템마다 파일 하나의 최대 크기가 있습니다.',
    `여기서는 ${bytes(max)}입니다.`,
  ],
  'xattr-user': ({ path }) => [
    'user.* 확장 속성은 일반 파일과 디렉터리에만 붙일 수 있습니다.',
    `${path || '대상'}은(는) 둘 다 아닙니다.`,
  ],
  'acl-default': ({ path }) => [
    '기본(default) ACL은 디렉터리 안에 새로 생기는 파일에 물려주는 목록입니다.',
    `${path || '대상'}은(는) 디렉터리가 아닙니다.`,
  ],
  'acl-invalid': () => [
    'ACL에는 소유자, 그룹, 그 밖의 사용자 항목이 하나씩 있어야 하고, 사용자나 그룹을 더 지정하면 마스크도 있어야 합니다.',
    '주어진 목록은 그렇지 않습니다.',
  ],
} satisfies Part
