/** 네임스페이스, ID 매핑, 자격 증명, 다른 태스크, 태스크에 일어난 일: 한국어. */
import { bytes, capName, octal, type Part, signal } from '../dictionary.ts'

const OUTER = 'user_namespaces(7)의 "User and group ID mappings"를 보세요.'

export const namespaces = {
  'unshare-flags': () => [
    'unshare(2)는 네임스페이스 플래그와 clone(2)의 몇몇 플래그만 압니다.',
    '다른 플래그가 주어졌습니다.',
  ],
  'setns-own-user': ({ mine }) => [
    '이미 속해 있는 사용자 네임스페이스에는 다시 들어갈 수 없습니다. 버린 캐퍼빌리티를 모두 되찾게 되기 때문입니다.',
    `지금 ${mine}에 있습니다.`,
  ],
  'has-threads': () => [
    '스레드가 하나뿐인 프로세스만 자기 것을 바꿀 수 있습니다.',
    '이 프로세스에는 스레드가 여럿 있습니다.',
  ],
  'shares-fs': ({ kind }) => [
    `${kind} 네임스페이스를 바꾸려면 루트와 작업 디렉터리를 다른 태스크와 공유(CLONE_FS)하지 않아야 합니다.`,
    '이 프로세스는 공유하고 있습니다.',
  ],
  'setns-pid-ancestor': ({ ns, mine }) => [
    'setns(2)로는 자기 pid 네임스페이스나 그 아래로만 들어갈 수 있고, 밖으로는 나갈 수 없습니다.',
    `${ns}은(는) ${mine} 아래에 있지 않습니다.`,
  ],
  'time-frozen': ({ ns }) => [
    '프로세스가 살기 시작한 시간 네임스페이스의 오프셋은 바꿀 수 없습니다.',
    `${ns}에는 이미 누군가 있습니다.`,
    'unshare(2)와 첫 자식 사이에 정하세요: unshare --time --boottime=N',
  ],
  'time-range': ({ sec, now }) => [
    '오프셋을 더한 시계는 양수여야 하고 한계에서 멀어야 합니다.',
    `지금 ${now}초이고 ${sec}초를 더하려 합니다.`,
  ],
  'userns-clone-off': () => [
    'kernel.unprivileged_userns_clone이 0이면 root만 사용자 네임스페이스를 만들 수 있습니다.',
    '초기 사용자 네임스페이스의 CAP_SYS_ADMIN이 없습니다.',
    'root로 sysctl -w kernel.unprivileged_userns_clone=1',
  ],
  'userns-depth': ({ level, max }) => [
    '사용자 네임스페이스를 중첩할 수 있는 깊이에는 한도가 있습니다.',
    `지금 깊이는 ${level}, 한도는 ${max + 1}입니다.`,
  ],
  'userns-chrooted': () => [
    'chroot 안에서는 사용자 네임스페이스를 만들 수 없습니다. 다시 chroot할 권한을 얻어 빠져나갈 수 있기 때문입니다.',
    '내 루트가 마운트 네임스페이스의 루트가 아닙니다.',
    'pivot_root(2)는 네임스페이스의 루트 자체를 바꿉니다.',
  ],
  'userns-unmapped': ({ kind, mine }) => [
    '사용자 네임스페이스를 만들려면 지금 있는 곳에 자기 ID가 매핑되어 있어야 합니다.',
    `내 ${kind}가 ${mine}에 매핑되어 있지 않습니다. 맵에 없거나 맵이 아직 비어 있습니다.`,
    '먼저 맵을 쓰세요(unshare --map-root-user, newuidmap).',
  ],
  ucount: ({ kind, max, uid, ns }) => [
    `user.max_${kind}_namespaces는 한 사용자가 사용자 네임스페이스와 그 아래에서 만들 수 있는 ${kind} 네임스페이스의 수입니다.`,
    `${ns}의 한도는 ${max}이고 uid ${uid}가 그 한도에 이르렀습니다.`,
    max === 0
      ? '한도 0은 금지를 뜻합니다.'
      : '네임스페이스는 마지막 프로세스, 열린 파일, 마운트와 함께 사라집니다: lsns',
  ],
  'pid-ns-dead': ({ ns }) => [
    'pid 네임스페이스의 init(pid 1)이 죽으면 그 안에서는 더 이상 프로세스가 생길 수 없습니다.',
    `${ns}의 init이 죽었는데, 내 자식은 거기서 태어나게 되어 있습니다.`,
    'unshare --pid --fork를 쓰세요. --fork가 없으면 첫 자식이 init이 되어, 그것이 끝나면 네임스페이스도 끝납니다.',
  ],
  'pid-ns-twice': ({ ns, mine }) => [
    '새 pid 네임스페이스에 자식이 살기 전에는 또 하나를 만들 수 없습니다.',
    `나는 ${mine}에 있고, 자식은 이미 ${ns}에 생기게 되어 있습니다.`,
    '먼저 fork하세요(unshare --fork).',
  ],
  'pid-ns-depth': ({ max }) => [
    'pid 네임스페이스를 중첩할 수 있는 깊이에는 한도가 있습니다.',
    `한도는 ${max}입니다.`,
  ],

  'setgroups-word': ({ text }) => [
    '/proc/PID/setgroups에는 allow와 deny 두 낱말만 쓸 수 있습니다.',
    `"${text}"은(는) 둘 다 아닙니다.`,
  ],
  'setgroups-denied': ({ ns }) => [
    'setgroups가 한번 거부되면 되돌릴 수 없습니다. 접근을 막던 그룹을 스스로 버릴 수 있게 되기 때문입니다.',
    `${ns}에서는 거부되어 있습니다.`,
    '/etc/subgid가 있으면 newgidmap으로 거부하지 않고 맵을 쓸 수 있습니다.',
  ],
  'setgroups-unmapped': ({ ns }) => [
    'gid_map을 쓴 다음에야 그룹을 정할 수 있습니다.',
    `${ns}의 gid_map이 비어 있습니다.`,
  ],
  'setgroups-after-map': ({ ns }) => [
    'setgroups는 gid_map을 쓰기 전에 거부해야 합니다.',
    `${ns}의 gid_map은 이미 쓰였습니다.`,
  ],
  'map-outside': ({ ns, mine }) => [
    '맵은 그 사용자 네임스페이스 안이나 바로 위 부모에 있는 프로세스만 쓸 수 있습니다.',
    `${ns}은(는) 쓰는 쪽의 ${mine}도, 그 자식도 아닙니다(또는 맵이 고정된 초기 네임스페이스입니다).`,
    OUTER,
  ],
  'map-written': ({ kind, ns }) => [
    '맵은 한 번만, 한 번의 write(2)로 쓸 수 있습니다.',
    `${ns}의 ${kind}_map은 이미 쓰였습니다.`,
    '모든 줄을 한꺼번에 쓰세요.',
  ],
  'map-root': ({ parent }) => [
    '부모의 ID 0을 매핑하려면 CAP_SETFCAP이 필요합니다. 파일 캐퍼빌리티를 위조할 수 있기 때문입니다.',
    `네임스페이스를 만든 쪽에 ${parent}의 CAP_SETFCAP이 없었습니다.`,
  ],
  'map-setgroups': ({ ns }) => [
    'CAP_SETGID 없이 자기 그룹을 매핑하려면 먼저 setgroups(2)를 포기해야 합니다. 그룹은 접근을 막는 데에도 쓰이기 때문입니다.',
    `${ns}의 /proc/PID/setgroups가 아직 allow입니다.`,
    'echo deny > /proc/PID/setgroups 다음에 gid_map을 쓰세요.',
  ],
  'map-others': ({ kind, uid, gid, parent }) => [
    `부모에서 CAP_SET${kind.toUpperCase()}이 없으면 맵은 한 줄, 쓰는 사람 자신의 ID 하나만 매핑할 수 있습니다.`,
    `쓰는 쪽은 ${parent}의 ${kind} ${kind === 'uid' ? uid : gid}이고, 거기서 그 캐퍼빌리티가 없습니다.`,
    `new${kind}map은 /etc/sub${kind}가 허락한 범위를 매핑할 수 있습니다.`,
  ],
  'map-unmapped': ({ kind, first, last, parent }) => [
    '바깥쪽 ID는 부모 사용자 네임스페이스의 맵 한 줄 안에 있어야 합니다.',
    `${kind} ${first === last ? first : `${first}–${last}`}은(는) ${parent}에 (모두) 매핑되어 있지 않습니다.`,
  ],
  'map-syntax': ({ line }) => [
    '맵의 각 줄은 숫자 셋입니다: 안쪽 첫 ID, 바깥쪽 첫 ID, 개수.',
    `"${line}"은(는) 그렇지 않습니다.`,
  ],
  'map-range': ({ line }) => [
    '한 줄은 ID를 하나 이상, 4294967294까지만 매핑합니다.',
    `"${line}"은(는) 이를 벗어납니다.`,
  ],
  'map-overlap': ({ line }) => [
    '맵의 줄들은 안쪽이든 바깥쪽이든 겹칠 수 없습니다.',
    `"${line}"이(가) 앞줄과 겹칩니다.`,
  ],
  'map-extents': ({ count, max }) => [`맵은 1줄에서 ${max}줄까지입니다.`, `이 맵은 ${count}줄입니다.`],
  'id-unmapped': ({ kind, id, mine }) => [
    '프로세스는 자기 사용자 네임스페이스에 매핑된 ID만 쓸 수 있습니다.',
    `${kind} ${id}은(는) ${mine}에 매핑되어 있지 않습니다.`,
    `cat /proc/self/${kind}_map`,
  ],

  'cap-inheritable': ({ cap }) => [
    '새로 상속 가능하게 할 캐퍼빌리티는 한계 집합에 있어야 합니다.',
    `${capName(cap)}이 거기에 없습니다.`,
  ],
  'cap-permitted': ({ cap }) => [
    '허용(permitted) 집합은 execve 말고는 줄어들기만 합니다.',
    `${capName(cap)}은 그 집합에 없습니다.`,
  ],
  'cap-effective': ({ cap }) => [
    '허용된 캐퍼빌리티만 유효(effective)해질 수 있습니다.',
    `${capName(cap)}은 허용 집합에 없습니다.`,
  ],
  'cap-ambient': ({ cap, forbidden, permitted, inheritable }) => [
    '허용되고 상속 가능한 캐퍼빌리티만, securebits가 막지 않을 때 앰비언트(ambient)로 올릴 수 있습니다.',
    forbidden
      ? 'no_cap_ambient_raise 비트가 켜져 있습니다.'
      : `${capName(cap)}은 ${[!permitted && '허용되어 있지 않고', !inheritable && '상속 가능하지 않습니다'].filter(Boolean).join(' ')}${inheritable ? ' 있습니다' : ''}.`,
  ],
  'securebits-locked': () => ['잠긴 securebit는 바꿀 수 없습니다.', '이 비트는 잠겨 있습니다.'],
  'file-caps-lacking': ({ path }) => [
    '파일 캐퍼빌리티가 유효로 표시된 프로그램은 그것을 모두 얻을 수 없으면 시작되지 않습니다.',
    `${path}이(가) 요구하는 것 가운데 프로세스의 한계 집합에 없는 것이 있습니다.`,
    'getcap으로 파일을, capsh --print로 한계 집합을 볼 수 있습니다.',
  ],
  kill: ({ pid, comm, uid, euid, tuid, owner }) => [
    '같은 사용자의 프로세스에만 시그널을 보낼 수 있습니다(내 실제·유효 uid가 상대의 실제·저장 uid와 같을 때). 그 밖에는 상대의 사용자 네임스페이스에서 CAP_KILL이 필요합니다.',
    `프로세스 ${pid || '?'}(${comm})은(는) ${owner}의 uid ${tuid}이고, 나는 uid ${uid}${euid === uid ? '' : `(유효 uid ${euid})`}입니다.`,
  ],
  'ptrace-self': () => ['프로세스는 자기 자신을 추적할 수 없습니다.', '대상이 추적하는 쪽 자신입니다.'],
  'ptrace-taken': ({ tracer }) => [
    '프로세스의 추적자는 하나뿐이고, 죽은 프로세스는 추적할 수 없습니다.',
    tracer ? `프로세스 ${tracer}이(가) 추적하고 있습니다.` : '대상은 좀비입니다.',
  ],
  'ptrace-access': ({ pid, comm, uid, tuid, reason, owner, mine }) => [
    '다른 프로세스를 들여다보려면 모든 ID가 같은 사용자이고, 상대의 캐퍼빌리티를 모두 가지며, 상대가 덤프 가능(dumpable)해야 합니다. 아니면 상대의 사용자 네임스페이스에서 CAP_SYS_PTRACE가 필요합니다.',
    `프로세스 ${pid || '?'}(${comm})은(는) ${
      reason === 'user'
        ? `uid ${tuid}이고, 나는 uid ${uid}입니다.`
        : reason === 'dumpable'
          ? '덤프 가능하지 않습니다. ID나 캐퍼빌리티가 바뀌었거나 실행 파일을 읽을 수 없는 경우입니다.'
          : reason === 'userns'
            ? `${owner}에 있고, 나는 ${mine}에 있습니다.`
            : '내게 없는 캐퍼빌리티를 가지고 있습니다.'
    }`,
  ],
  hidepid: ({ hidepid }) => [
    'hidepid 마운트 옵션은 다른 사용자의 프로세스 디렉터리를 닫아 둡니다.',
    `이 proc은 hidepid=${hidepid}로 마운트되어 있습니다.`,
  ],
  'oom-adj': ({ value, minimum }) => [
    'CAP_SYS_RESOURCE가 없으면 oom_score_adj를 권한 있는 쪽이 정한 값보다 낮출 수 없습니다.',
    `${value}은(는) ${minimum}보다 낮습니다.`,
  ],
  'setpgid-execed': () => [
    '자식은 프로그램을 실행하기 전에만 다른 프로세스 그룹으로 옮길 수 있습니다.',
    '이미 실행했습니다.',
  ],
  'setpgid-leader': () => ['세션 리더는 자기 그룹을 떠날 수 없습니다.', '대상은 세션 리더입니다.'],
  'setsid-leader': ({ pid }) => [
    '프로세스 그룹 리더는 새 세션을 시작할 수 없습니다. 한 그룹이 두 세션에 걸치게 되기 때문입니다.',
    `프로세스 ${pid}은(는) 그룹 리더입니다.`,
    '먼저 fork하세요(setsid --fork).',
  ],
  'ipc-mode': ({ key, mode, uid, ouid }) => [
    'System V 객체에도 파일과 같은 모드가 있습니다.',
    `키 0x${key.toString(16)}의 모드는 ${octal(mode)}, 소유자는 uid ${ouid}이고, 나는 uid ${uid}입니다.`,
  ],
  'ipc-owner': ({ id, uid, ouid }) => [
    '소유자나 만든 사람, 또는 CAP_SYS_ADMIN이 있는 쪽만 지울 수 있습니다.',
    `객체 ${id}의 소유자는 uid ${ouid}이고, 나는 uid ${uid}입니다.`,
  ],

  'exec-format': ({ path, starts }) => [
    '커널은 ELF 파일과, 첫 줄이 #!인터프리터인 스크립트를 실행합니다.',
    starts === '#!'
      ? `${path}은(는) #!로 시작하지만 인터프리터가 없습니다.`
      : `${path}은(는) "${starts}"(으)로 시작합니다.`,
    '셸은 이런 파일을 자기 스크립트로 실행해 줍니다. #! 줄을 넣으면 어디서나 됩니다.',
  ],
  'interpreter-missing': ({ path, interpreter }) => [
    '파일을 실행하려면 그 인터프리터(#!가 가리키는 것, 또는 ELF 파일의 로더)도 있어야 합니다. "그런 파일이 없다"는 말은 인터프리터에 대한 것입니다.',
    `${path}은(는) 있지만 ${interpreter}이(가) 없습니다.`,
    'chroot나 컨테이너라면 로더와 라이브러리를 함께 복사하세요(ldd). #! 줄 끝에 캐리지 리턴이 없는지도 보세요.',
  ],
  'interpreters-max': ({ max }) => [
    '인터프리터가 다시 스크립트일 수 있는 횟수에는 한도가 있습니다.',
    `한도는 ${max}입니다.`,
  ],

  'no-new-privs': ({ path }) => [
    'no_new_privs가 켜져 있으면 set-user-ID 비트나 파일 캐퍼빌리티로 권한을 얻지 못합니다.',
    `${path}은(는) 부른 쪽의 ID 그대로 시작되었습니다.`,
    'grep NoNewPrivs /proc/self/status',
  ],
  nosuid: ({ path }) => [
    'nosuid 옵션이 있는 마운트(또는 다른 사용자·마운트 네임스페이스의 마운트)에서는 set-user-ID 비트가 통하지 않습니다.',
    `${path}은(는) 부른 쪽의 ID 그대로 시작되었습니다.`,
    `findmnt -T ${path}`,
  ],
  'suid-unmapped': ({ path }) => [
    'set-user-ID 비트는 사용자 네임스페이스에 파일 소유자의 ID가 매핑되어 있을 때만 통합니다.',
    `${path}의 소유자는 매핑되어 있지 않습니다.`,
  ],
  'init-ignores': ({ signal: number, comm, ns, fromInside }) => [
    fromInside
      ? 'pid 네임스페이스의 init은 안에서 온 시그널 가운데 핸들러가 있는 것만 받습니다. SIGKILL도 예외가 아닙니다.'
      : '바깥에서 pid 네임스페이스의 init에 통하는 것은 SIGKILL과 SIGSTOP, 그리고 init이 처리하는 시그널입니다.',
    `${ns}의 init인 ${comm}에 보낸 ${signal(number)}은(는) 아무 일도 하지 않았습니다.`,
    fromInside ? '바깥 네임스페이스에서 죽이세요.' : 'kill -KILL',
  ],
  'init-died': ({ comm, ns }) => [
    'pid 네임스페이스의 init이 죽으면 커널이 그 안의 모두를 죽입니다.',
    `${ns}의 init인 ${comm}이(가) 끝났습니다.`,
  ],
  'oom-host': ({ rss, memory }) => [
    '메모리가 바닥나면 OOM 킬러가 가장 많은 메모리를 돌려줄 프로세스를 끝냅니다.',
    `이 프로세스는 ${bytes(memory)} 가운데 ${bytes(rss)}를 쓰고 있었습니다.`,
    'oom_score_adj로 누구를 살릴지 알려 줄 수 있습니다.',
  ],
  'oom-memcg': ({ cgroup, max, rss }) => [
    'cgroup이 메모리 한도에 이르면 OOM 킬러가 그 안에서 가장 큰 프로세스를 끝냅니다.',
    `${cgroup}의 한도는 ${bytes(max)}이고, 이 프로세스는 ${bytes(rss)}를 쓰고 있었습니다.`,
    'memory.events의 oom_kill에 횟수가 있습니다.',
  ],
  'cpu-limit': ({ limit }) => [
    'RLIMIT_CPU(ulimit -t): CPU를 그만큼(초) 쓰면 SIGXCPU가, 하드 한도에서는 SIGKILL이 옵니다.',
    `한도는 ${limit}초입니다.`,
  ],
} satisfies Part
