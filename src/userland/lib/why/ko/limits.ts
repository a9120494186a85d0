/** 한도, 커널이 만들어 내는 파일, cgroup: 한국어. */
import { bytes, octal, type Part } from '../dictionary.ts'

const RIGHT = ['', '', '쓸', '', '읽을'] as const

export const limits = {
  nproc: ({ uid, limit }) => [
    'RLIMIT_NPROC(ulimit -u)는 한 사용자의 프로세스를 모두 합친 한도이며, root는 예외입니다.',
    `uid ${uid}의 프로세스가 한도인 ${limit}개에 이르렀습니다.`,
  ],
  'threads-max': ({ max }) => ['kernel.threads-max는 태스크 전체의 한도입니다.', `한도는 ${max}입니다.`],
  'pid-max': ({ max }) => [
    '태스크마다 자기가 속한 pid 네임스페이스 각각에서 kernel.pid_max보다 작은 번호가 필요합니다.',
    `${max}보다 작은 번호가 모두 쓰이고 있습니다.`,
  ],
  nofile: ({ limit }) => [
    'RLIMIT_NOFILE(ulimit -n)보다 작은 파일 디스크립터 번호만 쓸 수 있습니다.',
    `${limit}개가 모두 쓰이고 있습니다.`,
    'ls -l /proc/PID/fd로 열린 파일을 볼 수 있습니다.',
  ],
  'file-max': ({ max }) => [
    'fs.file-max는 전체에서 열 수 있는 파일의 수입니다.',
    `한도인 ${max}개에 이르렀습니다.`,
  ],
  'nr-open': ({ max }) => ['파일 디스크립터 한도는 fs.nr_open을 넘을 수 없습니다.', `그 값은 ${max}입니다.`],
  'rlimit-raise': ({ max, wanted }) => [
    '하드 한도는 누구나 낮출 수 있지만 올리려면 CAP_SYS_RESOURCE가 필요합니다.',
    `지금은 ${max}이고, 요청한 값은 ${Number.isFinite(wanted) ? wanted : '무제한'}입니다.`,
  ],
  'rlimit-soft': ({ soft, hard }) => [
    '소프트 한도는 하드 한도를 넘을 수 없습니다.',
    `${Number.isFinite(soft) ? soft : '무제한'}은(는) ${hard}보다 큽니다.`,
  ],
  'arg-strlen': ({ max }) => [
    'execve(2)의 인자나 환경 변수 하나에는 길이 한도가 있습니다.',
    `한도는 ${bytes(max)}입니다.`,
  ],
  'arg-max': ({ total, max }) => [
    '프로그램의 인자와 환경 변수를 합친 크기에는 한도가 있습니다.',
    `지금 ${bytes(total)}이고 한도는 ${bytes(max)}입니다.`,
    'xargs가 나누어 실행해 줍니다.',
  ],
  'memory-limit': ({ bytes: wanted, limit }) => [
    'RLIMIT_DATA와 RLIMIT_AS(ulimit -d, -v)는 프로세스의 메모리를 제한합니다.',
    `${bytes(wanted)}를 요청했고 한도는 ${bytes(limit)}입니다.`,
  ],
  'memory-host': ({ bytes: wanted, memory }) => [
    '호스트가 가진 것보다 많은 메모리는 줄 수 없습니다.',
    `${bytes(wanted)}를 요청했고 모두 ${bytes(memory)}가 있습니다.`,
  ],
  'pipe-max': ({ max }) => [
    'fs.pipe-max-size는 파이프를 키울 수 있는 한도입니다.',
    `한도는 ${bytes(max)}입니다.`,
  ],
  'name-length': ({ max }) => [
    '호스트 이름과 도메인 이름에는 길이 한도가 있습니다.',
    `한도는 ${max}바이트입니다.`,
  ],
  'fs-blocks': ({ type, size, used }) => [
    '가득 찬 파일 시스템에는 더 쓸 수 없습니다(디스크의 일부는 root 몫으로 남겨 둘 수 있습니다).',
    `이 ${type}은(는) ${bytes(size)} 가운데 ${bytes(used)}를 쓰고 있습니다.`,
    type === 'tmpfs' ? 'mount -o remount,size=…로 키울 수 있습니다.' : 'df -h',
  ],
  'fs-inodes': ({ type, max }) => [
    '파일마다 아이노드가 필요하고 그 수에는 한도가 있습니다.',
    `이 ${type}의 ${max}개가 모두 쓰이고 있습니다.`,
    type === 'tmpfs' ? 'mount -o remount,nr_inodes=…' : 'df -i',
  ],
  'mqueue-max': ({ max }) => ['fs.mqueue.queues_max는 메시지 큐의 수입니다.', `한도는 ${max}입니다.`],
  'msgqueue-limit': ({ limit }) => [
    'RLIMIT_MSGQUEUE(ulimit -q)는 한 사용자의 메시지 큐가 쓸 수 있는 바이트 수입니다.',
    `한도는 ${bytes(limit)}입니다.`,
  ],
  'ipc-limit': ({ kind, most, total }) => [
    'ipc 네임스페이스마다 System V 객체의 한도가 있습니다.',
    `${kind}: 객체 ${most}개, 모두 ${total}.`,
    'ipcs -l',
  ],

  value: ({ path, text }) => [
    '이런 파일은 정해진 낱말이나 범위 안의 숫자만 받습니다.',
    `${path}은(는) "${text}"을(를) 받지 않습니다.`,
  ],
  'sysctl-mode': ({ name, mode, want, uid }) => [
    'sysctl은 모드만 봅니다. root는 소유자 비트를 가질 뿐 캐퍼빌리티는 소용이 없고, 사용자 네임스페이스 안의 root는 여기서 root가 아닙니다.',
    `${name || '디렉터리'}의 모드는 ${octal(mode)}이고, uid ${uid}은(는) ${RIGHT[want & 6] ?? '읽고 쓸'} 수 없습니다.`,
  ],
  'pseudo-mode': ({ path, want }) => [
    '커널의 파일 가운데에는 root라도 읽기만 또는 쓰기만 되는 것이 있습니다.',
    `${path}은(는) ${want === 4 ? '읽을' : '쓸'} 수 없습니다.`,
  ],
  'pseudo-create': ({ type, name }) => [
    '이 파일 시스템의 내용은 커널이 만들어 냅니다.',
    `${type}에 ${name}을(를) 만들 수 없습니다.`,
  ],
  'pseudo-remove': ({ type, name }) => [
    '이 파일 시스템의 내용은 커널이 만들어 냅니다.',
    `${type}에서 ${name}을(를) 지울 수 없습니다.`,
    type.startsWith('cgroup') ? 'cgroup은 파일이 있어도 rmdir로 지웁니다.' : undefined,
  ],
  'not-empty': ({ count }) => ['빈 디렉터리만 지울 수 있습니다.', `안에 이름이 ${count}개 있습니다.`],
  'module-used': ({ name }) => [
    '쓰이고 있는 모듈은 내릴 수 없습니다.',
    `${name}이(가) 쓰이고 있습니다.`,
    'lsmod로 누가 쓰는지 볼 수 있습니다.',
  ],

  'cgroup-descendants': ({ cgroup, max }) => [
    'cgroup.max.descendants는 그 아래에 둘 수 있는 cgroup의 수입니다.',
    `${cgroup}의 한도는 ${max}입니다.`,
  ],
  'cgroup-depth': ({ cgroup, max }) => [
    'cgroup.max.depth는 그 아래로 내려갈 수 있는 깊이입니다.',
    `${cgroup}의 한도는 ${max}입니다.`,
  ],
  'cgroup-busy': ({ cgroup, tasks, children }) => [
    'cgroup은 안에 프로세스가 없고 아래에 cgroup이 없을 때 지울 수 있습니다.',
    `${cgroup}에 ${[tasks && `태스크 ${tasks}개`, children && `하위 cgroup ${children}개`].filter(Boolean).join(', ')}가 있습니다.`,
    tasks
      ? '다른 cgroup의 cgroup.procs로 옮기거나 echo 1 > cgroup.kill 하세요.'
      : '먼저 아래 cgroup을 rmdir 하세요.',
  ],
  'cgroup-rename': () => ['cgroup v2에서는 이름을 바꿀 수 없습니다.', '이것은 v2입니다.'],
  'cgroup-type': ({ cgroup }) => [
    'cgroup.type에는 threaded만 쓸 수 있고 되돌릴 수 없습니다.',
    `${cgroup}에 다른 낱말을 썼습니다.`,
  ],
  'cgroup-threaded-used': ({ cgroup, populated }) => [
    '안과 아래에 아무도 없고, 도메인 컨트롤러(memory, io)를 자식에게 주지 않을 때만 threaded로 바꿀 수 있습니다.',
    populated ? `${cgroup}에 태스크가 있습니다.` : `${cgroup}이(가) 그런 컨트롤러를 주고 있습니다.`,
  ],
  'cgroup-threaded-parent': ({ cgroup, parent }) => [
    'threaded cgroup 위에는 도메인 컨트롤러를 나눠 주지 않고, 옆에 태스크가 든 도메인이 없는 도메인이 있어야 합니다.',
    `${cgroup} 위의 ${parent}은(는) 그럴 수 없습니다.`,
  ],
  'cgroup-threaded-control': ({ cgroup, controllers }) => [
    '스레드 하위 트리에서는 스레드를 구별하는 컨트롤러(cpu, cpuset, perf_event, pids)만 내려줄 수 있습니다.',
    `${controllers}은(는) 그렇지 못하고, ${cgroup}은(는) threaded(또는 스레드의 루트)입니다.`,
  ],
  'cgroup-domain-invalid': ({ cgroup }) => [
    'threaded cgroup 아래에서는 쓰기 전에 모두 threaded로 바꿔야 합니다.',
    `${cgroup}의 유형이 아직 "domain invalid"입니다.`,
    'echo threaded > cgroup.type',
  ],
  'cgroup-internal': ({ cgroup, controllers }) => [
    '내부 프로세스 금지: 자식에게 컨트롤러를 주는 cgroup에는 프로세스를 둘 수 없습니다(루트는 예외).',
    `${cgroup}은(는) 자식에게 ${controllers} 컨트롤러를 주고 있습니다.`,
    '그 아래 cgroup에 프로세스를 넣으세요.',
  ],
  'cgroup-has-tasks': ({ cgroup, tasks }) => [
    '내부 프로세스 금지: 프로세스가 든 cgroup은 자식에게 컨트롤러를 줄 수 없습니다(루트는 예외).',
    `${cgroup}에 태스크 ${tasks}개가 있습니다.`,
    '먼저 그 아래 cgroup으로 옮기세요.',
  ],
  'cgroup-controller-word': ({ word }) => [
    'cgroup.subtree_control에는 아는 컨트롤러의 +이름과 -이름을 씁니다.',
    `"${word}"은(는) 그렇지 않습니다.`,
  ],
  'cgroup-controller-absent': ({ name, cgroup, parent }) => [
    'cgroup은 자기가 가진 컨트롤러(cgroup.controllers), 곧 부모가 준 것만 자식에게 줄 수 있습니다.',
    `${cgroup}에는 ${name} 컨트롤러가 없습니다.`,
    parent ? `먼저 ${parent}에서 echo +${name} > cgroup.subtree_control` : 'v1으로 마운트되어 있습니다.',
  ],
  'cgroup-control-passed-on': ({ name, child }) => [
    '자식이 다시 내려주고 있는 컨트롤러는 거둘 수 없습니다.',
    `${child}이(가) ${name}을(를) 내려주고 있습니다.`,
    `먼저 거기서 echo -${name} > cgroup.subtree_control`,
  ],
  'cgroup-other-domain': ({ from, to }) => [
    '스레드 하나는 프로세스의 도메인 안에서만 옮길 수 있습니다.',
    `지금은 ${from}에 있고 ${to}은(는) 다른 도메인입니다.`,
    'cgroup.procs는 프로세스 전체를 옮깁니다.',
  ],
  'cgroup-procs-threaded': ({ cgroup }) => [
    'threaded cgroup에는 프로세스가 아니라 스레드가 있습니다.',
    `${cgroup}이(가) 그렇습니다.`,
    'cgroup.threads에 목록이 있습니다.',
  ],
  'cgroup-migrate': ({ cgroup, uid, ouid }) => [
    '프로세스를 옮기려면 출발지와 목적지의 공통 조상 cgroup의 cgroup.procs에 쓸 수 있어야 합니다.',
    `그 조상은 ${cgroup}이고 파일의 소유자는 uid ${ouid}인데, 나는 uid ${uid}입니다.`,
    '위임받은 부분 안에서는 옮길 수 있습니다. 첫 프로세스는 권한 있는 쪽이 넣어 줍니다.',
  ],
  'cgroup-delegate': ({ from, to }) => [
    'nsdelegate가 있으면 cgroup 네임스페이스가 벽이 되어, 출발지와 목적지가 모두 그 안에 있어야 합니다.',
    `${from}에서 ${to}(으)로 옮기려 했습니다.`,
  ],
  'cgroup-no-task': ({ pid, zombie }) => [
    'cgroup.procs에는 쓰는 쪽의 pid 네임스페이스에서 본 살아 있는 프로세스의 번호를 씁니다.',
    zombie ? `프로세스 ${pid}은(는) 좀비입니다.` : `프로세스 ${pid}은(는) 없습니다.`,
  ],
  'cgroup1-others': ({ pid, uid, tuid }) => [
    'cgroup v1에서 root는 누구나, 그 밖의 사용자는 자기 프로세스만 옮길 수 있습니다.',
    `프로세스 ${pid}은(는) uid ${tuid}의 것이고, 나는 uid ${uid}입니다.`,
  ],
  'cgroup1-name-taken': ({ name }) => [
    '이름 있는 계층은 컨트롤러 구성이 하나입니다.',
    `${name} 계층은 다른 컨트롤러로 이미 있습니다.`,
  ],
  'cgroup1-new-hierarchy': () => [
    'v1의 새 계층은 초기 cgroup·사용자 네임스페이스에서만 만들 수 있습니다.',
    '지금은 다른 네임스페이스에 있습니다.',
  ],
  'cgroup1-controller-taken': ({ name, version }) => [
    '컨트롤러는 한 번에 한 계층에만 속합니다.',
    `${name}은(는) v${version} 계층에서 쓰이고 있습니다.`,
  ],
  'pids-max': ({ cgroup, current, max }) => [
    'pids.max는 cgroup과 그 아래 전체의 태스크 한도입니다.',
    `${cgroup}에 ${current}개가 있고 한도는 ${max}입니다.`,
    'pids.events에 거부 횟수가 있습니다.',
  ],
  'cpuset-empty': ({ cgroup }) => [
    '태스크가 있는 cpuset은 CPU가 비어 있을 수 없습니다.',
    `${cgroup}에 태스크가 있습니다.`,
  ],
  'cpuset-no-cpus': ({ cgroup }) => [
    '쓸 CPU가 있는 곳으로만 태스크를 옮길 수 있습니다.',
    `${cgroup}에는 CPU가 없습니다.`,
  ],
  'cpuset-no-node': () => ['있는 메모리 노드만 쓸 수 있습니다.', '이 호스트에는 노드 0뿐입니다.'],
  'cpuset1-children': ({ cgroup }) => [
    'cpuset은 자식이 가진 것을 모두 포함해야 합니다.',
    `${cgroup}의 자식이 더 많이 가지고 있습니다.`,
  ],
  'cpuset1-parent': ({ parent }) => [
    'cpuset은 부모의 cpuset 안에 있어야 합니다.',
    `${parent}이(가) 더 적게 가지고 있습니다.`,
  ],
  'cpuset1-exclusive': ({ cgroup }) => [
    '배타적인 것은 형제와 나눌 수 없습니다.',
    `${cgroup}의 형제가 일부를 가지고 있습니다.`,
  ],
  'cpuset1-root': () => ['루트 cpuset은 언제나 모든 것을 가집니다.', '이것은 루트입니다.'],
  'cpuset1-unset': ({ cgroup, cpus, mems }) => [
    'v1의 cpuset은 CPU와 메모리 노드를 정하기 전에는 태스크를 받지 않습니다.',
    `${cgroup}의 ${[!cpus && 'cpuset.cpus', !mems && 'cpuset.mems'].filter(Boolean).join('와 ')}가 비어 있습니다.`,
    'echo 0 > cpuset.cpus; echo 0 > cpuset.mems',
  ],
  'devices-parent': ({ cgroup }) => [
    '부모가 막은 장치를 자식이 허용할 수 없습니다.',
    `${cgroup}의 부모에 이 권한이 다 있지는 않습니다.`,
  ],
  'devices-children': ({ cgroup }) => [
    '하위 cgroup이 없을 때만 전체를 허용하거나 막을 수 있습니다.',
    `${cgroup} 아래에 cgroup이 있습니다.`,
  ],
  'device-cgroup': ({ cgroup, device, access }) => [
    'devices.list는 cgroup의 태스크가 읽고 쓰고 만들 수 있는 장치를 정하며, root에게도 적용됩니다.',
    `${cgroup}은(는) "${device} ${access}"을(를) 허용하지 않습니다.`,
  ],
  'cpu-period': ({ period, min, max }) => [
    'cpu.max의 주기에는 범위가 있습니다.',
    `${period}µs는 ${min}–${max}µs를 벗어납니다.`,
  ],
  'cpu-quota': ({ quota, min }) => [
    'cpu.max의 할당량은 1밀리초 이상이어야 합니다.',
    `${quota}µs는 ${min}µs보다 작거나 지나치게 큽니다.`,
  ],
  'cpu-burst': ({ burst, quota }) => [
    '버스트는 할당량을 넘을 수 없습니다.',
    `${burst}µs는 ${quota}µs보다 큽니다.`,
  ],
  'cpu-idle-weight': ({ cgroup }) => [
    '유휴(idle) cgroup과 루트의 가중치는 고정입니다.',
    `${cgroup}이(가) 그렇습니다.`,
  ],
  'cpu1-parent': ({ cgroup }) => [
    'v1에서는 자식이 부모보다 큰 비율을 가질 수 없습니다.',
    `${cgroup}은(는) 더 적게 허용합니다.`,
  ],
  'cpu1-child': ({ cgroup }) => [
    'v1에서는 자식이 부모보다 큰 비율을 가질 수 없습니다.',
    `아래의 ${cgroup}이(가) 더 많이 가지고 있습니다.`,
  ],
  'memory1-memsw': () => [
    'memory.limit_in_bytes는 memory.memsw.limit_in_bytes를 넘을 수 없습니다.',
    '넘게 됩니다.',
    '커지는 쪽을 먼저 쓰세요.',
  ],
  'memory1-usage': ({ usage, limit }) => [
    'v1에서는 돌려받을 수 없는 사용량보다 낮게 한도를 정할 수 없습니다.',
    `${bytes(usage)}를 쓰고 있고 ${bytes(limit)}를 요청했습니다.`,
  ],
  'memory-reclaim': ({ cgroup, bytes: wanted }) => [
    'memory.reclaim은 요청한 만큼 회수하거나, 못 했다고 알립니다.',
    `${cgroup}에서 ${bytes(wanted)}를 회수할 수 없었습니다.`,
  ],
} satisfies Part
