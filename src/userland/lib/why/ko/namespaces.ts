/** 네임스페이스, ID 매핑, 자격 증명, 다른 태스크, 태스크에 일어난 일: 한국어. */
import { bytes, capName, octal, type Part, signal } from '../dictionary.ts'
import { eun, i, ro } from './josa.ts'

const OUTER = 'user_namespaces(7)에 규칙이 있습니다.'

export const namespaces = {
  'unshare-flags': () => [
    'unshare(2)는 네임스페이스 플래그와 clone(2)의 몇몇 플래그만 압니다.',
    '다른 플래그가 주어졌습니다.',
  ],
  'setns-own-user': ({ mine }) => [
    '이미 속해 있는 사용자 네임스페이스에는 다시 들어갈 수 없습니다. 버린 캐퍼빌리티를 모두 되찾게 되기 때문입니다.',
    `지금 ${mine}에 있습니다.`,
  ],
  'setns-kind': ({ kind }) => [
    'setns(2)에는 부르는 쪽이 말한 종류의 네임스페이스 파일이 필요합니다.',
    kind ? `이것은 ${kind} 네임스페이스의 파일입니다.` : '이 파일은 네임스페이스를 나타내지 않습니다.',
    'ls -l /proc/PID/ns',
  ],
  'has-threads': () => [
    '스레드가 하나뿐인 프로세스만 사용자 네임스페이스를 만들거나, 사용자·시간 네임스페이스에 들어갈 수 있습니다.',
    '이 프로세스에는 스레드가 여럿 있습니다.',
  ],
  'shares-fs': ({ kind }) => [
    `${kind} 네임스페이스에 들어가려면 루트와 작업 디렉터리를 다른 태스크와 공유(CLONE_FS)하지 않아야 합니다.`,
    '이 태스크는 스레드처럼 그것을 공유하고 있습니다.',
  ],
  'shares-memory': ({ ns }) => [
    '메모리를 함께 쓰는 태스크(스레드, vfork한 자식)는 같은 pid·시간 네임스페이스에 있어야 합니다.',
    `새 태스크는 ${ns}에 생기게 되어 있습니다.`,
    '먼저 보통 자식을 만드세요(fork).',
  ],
  'setns-pid-ancestor': ({ ns, mine }) => [
    'setns(2)로는 자기 pid 네임스페이스나 그 아래로만 들어갈 수 있고, 밖으로는 나갈 수 없습니다.',
    `${eun(ns)} ${mine} 아래에 있지 않습니다.`,
  ],
  'time-frozen': ({ ns }) => [
    '프로세스가 하나라도 들어간 시간 네임스페이스의 오프셋은 바꿀 수 없습니다.',
    `${ns}에는 프로세스가 있거나 있었습니다.`,
    'unshare(2)와 첫 자식 사이에 정하세요: unshare --time --boottime=N',
  ],
  'time-range': ({ sec, now }) => [
    '오프셋을 더한 시계는 음수여서는 안 되고 끝에 가까워도 안 됩니다.',
    `시계는 지금 ${now}초이고 ${sec}초를 더하려 합니다.`,
  ],
  'userns-clone-off': () => [
    'kernel.unprivileged_userns_clone이 0이면 사용자 네임스페이스를 만드는 데 CAP_SYS_ADMIN이 필요합니다.',
    '그 값이 0이고, 이 프로세스에는 초기 사용자 네임스페이스의 CAP_SYS_ADMIN이 없습니다.',
    'root로: sysctl -w kernel.unprivileged_userns_clone=1',
  ],
  'userns-depth': ({ level, max }) => [
    `사용자 네임스페이스는 ${max + 1}단계까지만 중첩할 수 있습니다.`,
    `지금 ${level}단계에 있습니다.`,
  ],
  'userns-chrooted': () => [
    'chroot 안에서는 사용자 네임스페이스를 만들 수 없습니다. 그 안에서 다시 chroot해 빠져나갈 수 있기 때문입니다.',
    '내 루트 디렉터리가 마운트 네임스페이스의 루트가 아닙니다.',
    'pivot_root는 마운트 네임스페이스의 루트 자체를 바꿉니다.',
  ],
  'userns-unmapped': ({ kind, mine }) => [
    '사용자 네임스페이스를 만들려면 지금 속한 사용자 네임스페이스에 내 uid와 gid가 매핑되어 있어야 합니다.',
    `내 ${kind}가 ${mine}에 매핑되어 있지 않습니다. 맵에 없거나 맵이 아직 비어 있습니다.`,
    '먼저 맵을 쓰세요: unshare --map-root-user, 또는 newuidmap과 newgidmap',
  ],
  ucount: ({ kind, max, uid, ns }) => [
    `user.max_${kind}_namespaces는 한 사용자가 사용자 네임스페이스와 그 아래에서 만들 수 있는 ${kind} 네임스페이스의 수입니다.`,
    `${ns}의 한도는 ${max}이고 ${i(`uid ${uid}`)} 그 한도에 이르렀습니다.`,
    max === 0
      ? `root로: sysctl -w user.max_${kind}_namespaces=NUMBER`
      : '네임스페이스는 마지막 프로세스, 열린 파일, 마운트와 함께 사라집니다: lsns',
  ],
  'pid-ns-dead': ({ ns }) => [
    'pid 네임스페이스의 init(pid 1)이 죽으면 그 안에서는 더 이상 프로세스를 만들 수 없습니다.',
    `${ns}의 init이 죽었는데, 내 자식은 거기에 생기게 되어 있습니다.`,
    'unshare --pid --fork를 쓰세요. --fork가 없으면 첫 자식이 init이 되어, 그것이 끝나면 네임스페이스도 끝납니다.',
  ],
  'pid-ns-twice': ({ ns, mine }) => [
    '자식이 자기와 다른 pid 네임스페이스에 생기게 되어 있는 프로세스는 pid 네임스페이스를 또 만들 수 없습니다.',
    `나는 ${mine}에 있고, 자식은 ${ns}에 생기게 되어 있습니다.`,
    '자식에서 만드세요: unshare --pid --fork',
  ],
  'pid-ns-depth': ({ max }) => [
    `pid 네임스페이스는 ${max}단계까지만 중첩할 수 있습니다.`,
    '지금 그만큼 깊이 있습니다.',
  ],

  'setgroups-word': ({ text }) => [
    '/proc/PID/setgroups에는 allow와 deny 두 낱말만 쓸 수 있습니다.',
    `${eun(`"${text.trim()}"`)} 둘 다 아닙니다.`,
  ],
  'setgroups-denied': ({ ns }) => [
    '사용자 네임스페이스에서 setgroups(2)가 한번 거부(deny)되면 되돌릴 수 없습니다. 접근을 막던 그룹을 스스로 버려서는 안 되기 때문입니다.',
    `${ns}에서는 거부되어 있습니다.`,
    'newgidmap(/etc/subgid)은 거부하지 않고 gid_map을 씁니다.',
  ],
  'setgroups-unmapped': ({ ns }) => [
    'gid_map을 쓴 다음에야 setgroups(2)를 할 수 있습니다.',
    `${ns}의 gid_map이 비어 있습니다.`,
  ],
  'setgroups-after-map': ({ ns }) => [
    'setgroups는 gid_map을 쓰기 전에 거부해야 합니다.',
    `${ns}의 gid_map은 이미 쓰였습니다.`,
  ],
  'map-outside': ({ ns, mine }) => [
    '사용자 네임스페이스의 맵은 그 안이나 바로 위 부모에 있는 프로세스만 쓸 수 있습니다.',
    ns === mine
      ? `${eun(ns)} 맵이 고정된 초기 사용자 네임스페이스입니다.`
      : `나는 ${mine}에 있는데, ${ns}도 그 부모도 아닙니다.`,
    OUTER,
  ],
  'map-written': ({ kind, ns }) => [
    '맵은 한 번만, 한 번의 write(2)로 쓸 수 있습니다.',
    `${ns}의 ${kind}_map은 이미 쓰였습니다.`,
    '사용자 네임스페이스를 새로 만들고 모든 줄을 한꺼번에 쓰세요.',
  ],
  'map-root': ({ parent }) => [
    '부모의 uid 0을 매핑하려면 부모의 CAP_SETFCAP이 필요합니다. 아니면 파일 캐퍼빌리티를 위조할 수 있기 때문입니다.',
    `나에게, 또는 네임스페이스를 만든 프로세스에 ${parent}의 CAP_SETFCAP이 없었습니다.`,
    '내 uid를 매핑하세요.',
  ],
  'map-setgroups': ({ ns }) => [
    'CAP_SETGID 없이 내 그룹을 매핑하려면 먼저 setgroups(2)를 포기해야 합니다. 그룹은 접근을 막는 데에도 쓰이기 때문입니다.',
    `${ns}의 /proc/PID/setgroups가 아직 allow입니다.`,
    'echo deny > /proc/PID/setgroups 다음에 gid_map을 쓰세요.',
  ],
  'map-others': ({ kind, uid, gid, parent }) => [
    `부모의 CAP_SET${kind.toUpperCase()}가 없으면 내가 만든 사용자 네임스페이스에 내 ID 하나만 매핑할 수 있습니다.`,
    `나는 ${parent}의 ${i(`${kind} ${kind === 'uid' ? uid : gid}`)}며, 그 캐퍼빌리티가 없습니다.`,
    `new${kind}map은 /etc/sub${kind}가 준 범위를 매핑합니다.`,
  ],
  'map-unmapped': ({ kind, first, last, parent }) => [
    '바깥쪽 ID는 부모 사용자 네임스페이스의 맵 한 줄에 모두 들어 있어야 합니다.',
    first === last
      ? `${kind} ${eun(first)} ${parent}에 매핑되어 있지 않습니다.`
      : `${parent}에는 ${kind} ${first}–${last} 전체를 매핑하는 한 줄이 없습니다.`,
    `cat /proc/self/${kind}_map`,
  ],
  'map-syntax': ({ line }) => [
    '맵의 각 줄은 숫자 셋입니다: 안쪽 첫 ID, 바깥쪽 첫 ID, 개수.',
    `${eun(`"${line}"`)} 그렇지 않습니다.`,
  ],
  'map-range': ({ line }) => [
    '줄마다 ID를 하나 이상, 4294967294까지만 매핑합니다.',
    `${eun(`"${line}"`)} 이를 벗어납니다.`,
  ],
  'map-overlap': ({ line }) => [
    '맵의 줄들은 안쪽이든 바깥쪽이든 겹칠 수 없습니다.',
    `${i(`"${line}"`)} 앞줄과 겹칩니다.`,
  ],
  'map-extents': ({ count, max }) => [`맵은 1줄에서 ${max}줄까지입니다.`, `이 맵은 ${count}줄입니다.`],
  'id-unmapped': ({ kind, id, mine }) => [
    '프로세스는 자기 사용자 네임스페이스에 매핑된 ID만 쓸 수 있습니다.',
    `${kind} ${eun(id)} ${mine}에 매핑되어 있지 않습니다.`,
    `cat /proc/self/${kind}_map`,
  ],

  'cap-inheritable': ({ cap }) => [
    '한계 집합(bounding set)에 있는 캐퍼빌리티만 상속 가능(inheritable)해질 수 있습니다.',
    `${capName(cap)} 캐퍼빌리티가 거기에 없습니다.`,
  ],
  'cap-permitted': ({ cap }) => [
    '허용(permitted) 집합은 execve(2) 말고는 줄어들기만 합니다.',
    `${capName(cap)} 캐퍼빌리티가 그 집합에 없습니다.`,
  ],
  'cap-effective': ({ cap }) => [
    '허용된 캐퍼빌리티만 유효(effective)해질 수 있습니다.',
    `${capName(cap)} 캐퍼빌리티가 허용되지 않은 채 유효해지려 합니다.`,
  ],
  'cap-ambient': ({ cap, forbidden, permitted, inheritable }) => [
    '허용되고 상속 가능한 캐퍼빌리티만, securebits가 막지 않을 때 앰비언트(ambient)로 올릴 수 있습니다.',
    forbidden
      ? 'no_cap_ambient_raise 비트가 켜져 있습니다.'
      : `${capName(cap)} 캐퍼빌리티는 ${permitted ? '상속 가능하지' : inheritable ? '허용되어 있지' : '허용되어 있지도 상속 가능하지도'} 않습니다.`,
  ],
  'securebits-locked': () => [
    '잠긴 securebit는 바꿀 수 없습니다.',
    '이 비트는 잠겨 있습니다.',
    'capsh --print로 볼 수 있습니다.',
  ],
  'file-caps-lacking': ({ path }) => [
    '유효(effective) 파일 캐퍼빌리티가 있는 프로그램은 그것을 모두 얻을 수 있을 때만 시작됩니다.',
    `${i(path)} 요구하는 것 가운데 프로세스의 한계 집합에 없는 것이 있습니다.`,
    'getcap으로 파일을, capsh --print로 한계 집합을 볼 수 있습니다.',
  ],
  kill: ({ pid, comm, uid, euid, tuid, owner }) => [
    '같은 사용자의 프로세스에 시그널을 보낼 수 있습니다(내 실제·유효 uid가 상대의 실제·저장 uid와 같을 때). 그 밖에는 상대의 사용자 네임스페이스의 CAP_KILL이 필요합니다.',
    `${eun(`프로세스 ${pid || '?'}(${comm})`)} ${owner}의 uid ${tuid}이고, 나는 uid ${uid}${euid === uid ? '' : `(유효 uid ${euid})`}입니다.`,
  ],
  'ptrace-self': () => [
    '프로세스는 자기 자신을 추적할 수 없습니다.',
    '대상이 추적하는 프로세스의 스레드입니다.',
  ],
  'ptrace-kthread': ({ pid, comm }) => [
    '커널 스레드는 추적할 수 없습니다. 시스템 콜을 하지 않고 프로그램의 메모리도 없기 때문입니다.',
    `${eun(pid)} [${comm}]입니다.`,
  ],
  'ptrace-taken': ({ tracer }) => [
    '프로세스의 추적자는 하나뿐이고, 좀비는 추적할 수 없습니다.',
    tracer ? `프로세스 ${i(tracer)} 이미 추적하고 있습니다.` : '대상은 좀비입니다.',
  ],
  'ptrace-access': ({ pid, comm, uid, tuid, reason, owner, mine }) => [
    '프로세스를 들여다보려면 uid와 gid가 모두 같고, 상대의 캐퍼빌리티를 모두 가지며, 상대가 덤프 가능(dumpable)해야 합니다. 아니면 상대의 사용자 네임스페이스의 CAP_SYS_PTRACE가 필요합니다.',
    `${eun(`프로세스 ${pid || '?'}(${comm})`)} ${
      reason === 'user'
        ? `uid ${tuid}이고, 나는 uid ${uid}입니다.`
        : reason === 'dumpable'
          ? '덤프 가능하지 않습니다. ID를 바꾸었거나 캐퍼빌리티를 얻었거나, 그 프로그램을 읽을 권한이 없는 경우입니다.'
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
    'CAP_SYS_RESOURCE가 없으면 oom_score_adj를 권한 있는 프로세스가 정한 값보다 낮출 수 없습니다.',
    `${eun(value)} ${minimum}보다 낮습니다.`,
  ],
  'setpgid-execed': () => [
    '자식은 프로그램을 실행하기 전에만 다른 프로세스 그룹으로 옮길 수 있습니다.',
    '이 자식은 이미 실행했습니다.',
  ],
  'setpgid-leader': () => ['세션 리더는 프로세스 그룹을 바꿀 수 없습니다.', '이 프로세스가 세션 리더입니다.'],
  'setsid-leader': ({ pid }) => [
    '프로세스 그룹 리더는 새 세션을 시작할 수 없습니다. 한 그룹이 두 세션에 걸치게 되기 때문입니다.',
    `프로세스 ${eun(pid)} 그룹 리더입니다.`,
    'setsid --fork는 자식에서 시작합니다.',
  ],
  'ipc-mode': ({ key, mode, uid, ouid }) => [
    'System V IPC 객체에도 파일처럼 소유자와 모드가 있습니다.',
    `키가 0x${key.toString(16)}인 객체의 모드는 ${octal(mode)}, 소유자는 uid ${ouid}이고, 나는 uid ${uid}입니다.`,
  ],
  'ipc-owner': ({ id, uid, ouid }) => [
    'System V IPC 객체는 소유자나 만든 사용자, 또는 CAP_SYS_ADMIN이 있는 프로세스만 지울 수 있습니다.',
    `객체 ${id}의 소유자는 uid ${ouid}이고, 나는 uid ${uid}입니다.`,
  ],

  'exec-format': ({ path, starts }) => [
    '커널은 ELF 파일과, #!와 인터프리터로 시작하는 스크립트를 실행합니다.',
    starts === '#!'
      ? `${eun(path)} #!로 시작하지만 인터프리터가 없습니다.`
      : `${eun(path)} ${ro(`"${starts}"`)} 시작합니다.`,
    '스크립트를 #!/bin/sh로 시작하세요. (셸에서는 없어도 됩니다. 셸이 자기 스크립트로 읽기 때문입니다.)',
  ],
  'interpreter-missing': ({ path, interpreter }) => [
    '파일을 실행하려면 그 인터프리터(#!가 가리키는 것, 또는 ELF 파일의 로더)도 있어야 합니다. "No such file"은 인터프리터에 대한 말입니다.',
    `${eun(path)} 있지만 ${i(interpreter)} 없습니다.`,
    'chroot라면 로더와 라이브러리도 복사하세요. ldd로 목록을 볼 수 있습니다. 스크립트라면 #! 줄에 오타나 캐리지 리턴이 없는지 보세요.',
  ],
  'interpreters-max': ({ max }) => [
    `스크립트의 인터프리터도 스크립트일 수 있지만, ${max}번까지만 이어질 수 있습니다.`,
    '여기서는 더 이어집니다.',
  ],

  'no-new-privs': ({ path }) => [
    'no_new_privs가 켜져 있으면 set-user-ID 비트나 파일 캐퍼빌리티로 권한을 얻지 못합니다.',
    `${eun(path)} 부른 쪽의 ID 그대로 시작되었습니다.`,
    'grep NoNewPrivs /proc/self/status',
  ],
  nosuid: ({ path }) => [
    'nosuid 옵션이 있는 마운트(또는 다른 사용자·마운트 네임스페이스의 마운트)에서는 set-user-ID 비트가 효과가 없습니다.',
    `${eun(path)} 부른 쪽의 ID 그대로 시작되었습니다.`,
    `findmnt -T ${path}`,
  ],
  'suid-unmapped': ({ path }) => [
    'set-user-ID 비트는 내 사용자 네임스페이스에 파일의 소유자와 그룹이 매핑되어 있을 때만 효과가 있습니다.',
    `${path}의 소유자나 그룹은 매핑되어 있지 않습니다.`,
  ],
  'kthread-ignores': ({ pid, comm, signal: number }) => [
    '커널 스레드는 SIGKILL까지 모든 시그널을 무시하고, 커널이 끝낼 때만 끝납니다.',
    `${pid}[${comm}]에 보낸 ${eun(signal(number))} 버려졌습니다.`,
  ],
  'init-ignores': ({ signal: number, comm, ns, fromInside }) => [
    fromInside
      ? 'pid 네임스페이스의 init(pid 1)은 안에서 온 시그널 가운데 핸들러를 둔 것만 받습니다. SIGKILL도 예외가 아닙니다.'
      : 'pid 네임스페이스의 init(pid 1)이 바깥에서 받는 것은 SIGKILL, SIGSTOP과 핸들러를 둔 시그널입니다.',
    `${ns}의 init인 ${comm}에 보낸 ${eun(signal(number))} 버려졌습니다.`,
    fromInside ? '바깥 pid 네임스페이스에서 SIGKILL을 보내세요.' : 'kill -KILL PID',
  ],
  'init-died': ({ comm, ns }) => [
    'pid 네임스페이스의 init(pid 1)이 끝나면 커널이 그 안의 다른 프로세스를 모두 죽입니다.',
    `${ns}의 init인 ${i(comm)} 끝났습니다.`,
  ],
  'oom-host': ({ rss, memory }) => [
    '호스트의 메모리가 바닥나면 OOM 킬러가 메모리를 가장 많이 돌려줄 프로세스를 죽입니다.',
    `이 프로세스는 호스트의 ${bytes(memory)} 가운데 ${bytes(rss)}를 쓰고 있었습니다.`,
    'dmesg에 자세한 내용이 있습니다. oom_score_adj를 낮추면 프로세스를 지킬 수 있습니다.',
  ],
  'oom-memcg': ({ cgroup, max, rss }) => [
    'cgroup이 메모리 한도에 이르고 더 회수할 것이 없으면 OOM 킬러가 그 안에서 가장 큰 프로세스를 죽입니다.',
    `${cgroup}의 한도는 ${bytes(max)}이고, 이 프로세스는 ${bytes(rss)}를 쓰고 있었습니다.`,
    'memory.events의 oom_kill에 횟수가, dmesg에 자세한 내용이 있습니다.',
  ],
  'cpu-limit': ({ limit }) => [
    'RLIMIT_CPU(ulimit -t): CPU 시간을 그만큼(초) 쓰면 SIGXCPU를, 하드 한도에서는 SIGKILL을 받습니다.',
    `한도는 ${limit}초입니다.`,
  ],
} satisfies Part
