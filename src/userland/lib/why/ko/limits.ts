/** 한도, 커널이 만들어 내는 파일, cgroup: 한국어. */
import { bytes, octal, type Part } from '../dictionary.ts'
import { eul, eun, i, ro } from './josa.ts'

const RIGHT = ['', '', '쓸', '', '읽을'] as const
/** 컨트롤러의 파일. */
const CONTROLLED = /^(cpu|cpuset|hugetlb|io|memory|misc|pids|rdma)\./
/** System V 객체와 그 크기의 단위. */
const IPC: Readonly<Record<string, readonly [objects: string, unit: string]>> = {
  shm: ['공유 메모리 세그먼트', '페이지'],
  sem: ['세마포어 집합', '세마포어'],
  msg: ['메시지 큐', '바이트'],
}

export const limits = {
  nproc: ({ uid, limit }) => [
    'RLIMIT_NPROC(ulimit -u)는 한 사용자의 태스크를 모두 합친 한도이며, root는 예외입니다.',
    `uid ${uid}의 태스크가 ${limit}개 이상이고, 이 프로세스의 한도는 ${limit}입니다.`,
  ],
  'threads-max': ({ max }) => [
    'kernel.threads-max는 호스트의 태스크 전체의 한도입니다.',
    `한도 ${max}에 이르렀습니다.`,
  ],
  'pid-max': ({ max }) => [
    '태스크마다 자기가 속한 pid 네임스페이스 각각에서 kernel.pid_max보다 작은 빈 번호가 필요합니다(300보다 작은 번호는 한 번만 쓰입니다).',
    `kernel.pid_max는 ${max}이고 빈 번호가 없습니다.`,
  ],
  nofile: ({ limit }) => [
    'RLIMIT_NOFILE(ulimit -n)보다 작은 파일 디스크립터 번호만 쓸 수 있습니다.',
    `${limit}보다 작은 번호가 모두 쓰이고 있습니다.`,
    'ls -l /proc/PID/fd로 열린 파일을 볼 수 있습니다.',
  ],
  'file-max': ({ max }) => [
    'fs.file-max는 호스트 전체에서 열 수 있는 파일의 한도입니다.',
    `한도 ${max}에 이르렀습니다.`,
  ],
  'nr-open': ({ max }) => [
    'RLIMIT_NOFILE(ulimit -n)은 fs.nr_open을 넘을 수 없습니다.',
    `fs.nr_open은 ${max}입니다.`,
  ],
  'rlimit-raise': ({ max, wanted }) => [
    '하드 한도는 누구나 낮출 수 있지만 올리려면 CAP_SYS_RESOURCE가 필요합니다.',
    `지금 하드 한도는 ${max}이고, 요청한 값은 ${Number.isFinite(wanted) ? wanted : '무제한'}입니다.`,
  ],
  'rlimit-soft': ({ soft, hard }) => [
    '소프트 한도는 하드 한도를 넘을 수 없습니다.',
    `소프트 한도 ${eun(Number.isFinite(soft) ? soft : '무제한')} 하드 한도 ${hard}보다 큽니다.`,
  ],
  'arg-strlen': ({ max }) => [
    '프로그램의 인자(또는 환경 변수) 하나에는 길이 한도가 있습니다.',
    `${bytes(max)}보다 긴 것이 있습니다.`,
    '파이프나 파일로 넘기세요.',
  ],
  'arg-max': ({ total, max }) => [
    '프로그램의 인자와 환경 변수를 합친 크기에는 한도가 있습니다.',
    `지금 ${bytes(total)}이고 한도는 ${bytes(max)}입니다.`,
    'xargs가 여러 번으로 나누어 실행해 줍니다.',
  ],
  'memory-limit': ({ bytes: wanted, limit }) => [
    'RLIMIT_DATA와 RLIMIT_AS(ulimit -d, -v)는 프로세스의 메모리를 제한합니다.',
    `${bytes(wanted)}를 요청했고 한도는 ${bytes(limit)}입니다.`,
  ],
  'memory-host': ({ bytes: wanted, memory }) => [
    '한 번에 호스트 전체보다 많은 메모리를 요청하면 바로 거부됩니다(vm.overcommit_memory가 0).',
    `${bytes(wanted)}를 요청했고 호스트에는 ${bytes(memory)}가 있습니다.`,
  ],
  'pipe-max': ({ max }) => [
    'fs.pipe-max-size는 CAP_SYS_RESOURCE 없이 파이프를 키울 수 있는 한도입니다.',
    `한도는 ${bytes(max)}입니다.`,
  ],
  'name-length': ({ max }) => [
    '호스트 이름과 도메인 이름에는 길이 한도가 있습니다.',
    `한도는 ${max}바이트입니다.`,
  ],
  'path-length': ({ of, max }) => [
    '경로의 이름 하나와 경로 전체에는 길이 한도가 있습니다.',
    of === 'name' ? `이름 하나가 ${max}바이트보다 깁니다.` : `경로가 ${max}바이트보다 깁니다.`,
  ],
  'fs-blocks': ({ type, size, used }) => [
    '가득 찬 파일 시스템에는 더 쓸 수 없습니다(디스크의 일부는 root 몫으로 남겨 둘 수 있습니다).',
    `이 ${eun(type)} ${bytes(size)} 가운데 ${bytes(used)}를 쓰고 있습니다.`,
    type === 'tmpfs' ? 'mount -o remount,size=…로 키울 수 있습니다.' : 'df -h',
  ],
  'fs-inodes': ({ type, max }) => [
    '파일마다 아이노드가 필요하고 그 수에는 한도가 있습니다.',
    `이 ${type}의 아이노드 ${max}개가 모두 쓰이고 있습니다.`,
    type === 'tmpfs' ? 'mount -o remount,nr_inodes=…' : 'df -i',
  ],
  'mqueue-max': ({ max }) => [
    'fs.mqueue.queues_max는 ipc 네임스페이스 하나에 둘 수 있는 메시지 큐의 수입니다.',
    `한도 ${max}에 이르렀습니다.`,
  ],
  'msgqueue-limit': ({ limit }) => [
    'RLIMIT_MSGQUEUE(ulimit -q)는 한 사용자의 메시지 큐가 모두 합쳐 쓸 수 있는 크기의 한도입니다.',
    `한도는 ${bytes(limit)}${limit < 1024 ? '바이트' : ''}입니다.`,
  ],
  'inotify-max': ({ of, max }) => [
    `user.max_inotify_${of}는 한 사용자가 가질 수 있는 inotify ${of === 'watches' ? '감시' : '인스턴스'}의 수입니다.`,
    `한도 ${max}에 이르렀습니다.`,
    'tail -f처럼 파일을 지켜보는 프로그램이 씁니다.',
  ],
  'ipc-limit': ({ kind, of, most }) => [
    `ipc 네임스페이스마다 ${IPC[kind]?.[0]}의 수와 전체 크기에 한도가 있습니다.`,
    of === 'objects' ? `한도 ${most}에 이르렀습니다.` : `합치면 ${IPC[kind]?.[1]} ${most}개를 넘게 됩니다.`,
    'ipcs -l로 한도를, ipcs로 있는 것을 볼 수 있고, ipcrm으로 지웁니다.',
  ],

  value: ({ path, text }) => [
    '커널이 만들어 내는 파일은 정해진 낱말이나 범위 안의 숫자만 받습니다.',
    `${eun(path)} ${eul(`"${text}"`)} 받지 않습니다.`,
  ],
  'write-at-once': ({ path }) => [
    '이 파일은 처음부터 한 번의 write(2)로 전부를 받습니다.',
    `${path}에 두 번째로 썼거나 한 번에 너무 많이 썼습니다.`,
    'bash의 echo와 printf는 한 줄씩 씁니다. 줄들을 파일에 담아 cat으로 쓰세요.',
  ],
  'sysctl-mode': ({ name, mode, want, uid }) => [
    'sysctl은 모드만 봅니다. root에게는 소유자 비트가 적용되고 캐퍼빌리티는 소용이 없으며, 사용자 네임스페이스의 root는 여기서 root가 아닙니다.',
    `${name || '디렉터리'}의 모드는 ${octal(mode)}이고, uid ${eun(uid)} ${RIGHT[want & 6] ?? '읽고 쓸'} 수 없습니다.`,
  ],
  'pseudo-mode': ({ path, want }) => [
    '커널의 파일 가운데에는 root라도 읽기만 또는 쓰기만 되는 것이 있습니다.',
    `${eun(path)} ${want === 4 ? '읽을' : '쓸'} 수 없습니다.`,
  ],
  'pseudo-create': ({ type, name }) => [
    '이 파일 시스템의 이름은 커널이 만들어 냅니다.',
    `${type}에 ${eul(name)} 만들 수 없습니다.`,
    type === 'cgroup2' && CONTROLLED.test(name)
      ? `이 파일은 부모가 컨트롤러를 줄 때만 있습니다. 부모에서: echo +${name.split('.')[0]} > cgroup.subtree_control`
      : undefined,
  ],
  'pseudo-remove': ({ type, name }) => [
    '이 파일 시스템의 이름은 커널이 만들어 냅니다.',
    `${type}에서 ${eul(name)} 지울 수 없습니다.`,
    type.startsWith('cgroup') ? 'cgroup은 rmdir로 지웁니다. 안의 파일도 함께 사라집니다.' : undefined,
  ],
  'not-empty': ({ count }) => [
    '빈 디렉터리만 지우거나 mv로 덮을 수 있습니다.',
    `안에 이름이 ${count}개 있습니다.`,
    'ls -A로 볼 수 있고, rm -r은 안의 것까지 지웁니다.',
  ],
  'module-used': ({ name }) => [
    '쓰이고 있는 모듈은 내릴 수 없습니다.',
    `${i(name)} 쓰이고 있습니다.`,
    'lsmod로 누가 쓰는지 볼 수 있습니다.',
  ],

  'cgroup-descendants': ({ cgroup, max }) => [
    'cgroup.max.descendants는 그 아래에 둘 수 있는 cgroup의 수입니다.',
    `${cgroup}의 한도는 ${max}이고, 이미 찼습니다.`,
  ],
  'cgroup-depth': ({ cgroup, max }) => [
    'cgroup.max.depth는 그 아래로 cgroup을 둘 수 있는 단계의 수입니다.',
    `${cgroup}의 한도는 ${max}입니다.`,
  ],
  'cgroup-busy': ({ cgroup, tasks, children }) => [
    'cgroup은 안에 프로세스가 없고 아래에 cgroup이 없을 때 지울 수 있습니다.',
    `${cgroup}에 ${[tasks && `태스크 ${tasks}개`, children && `하위 cgroup ${children}개`].filter(Boolean).join(', ')}가 있습니다.`,
    tasks
      ? '다른 cgroup으로 옮기거나(그곳에서 echo PID > cgroup.procs) 끝내세요.'
      : '먼저 아래 cgroup을 rmdir 하세요.',
  ],
  'cgroup-rename': () => ['cgroup v2에서는 이름을 바꿀 수 없습니다.', '이것은 v2입니다.'],
  'cgroup-type': ({ cgroup }) => [
    'cgroup.type에는 threaded라는 낱말만 쓸 수 있고, 되돌릴 수 없습니다.',
    `${cgroup}의 cgroup.type에 다른 낱말을 썼습니다.`,
  ],
  'cgroup-threaded-used': ({ cgroup, populated }) => [
    '안과 아래에 프로세스가 없고, 도메인 컨트롤러(memory, io)를 자식에게 주지 않을 때만 threaded로 바꿀 수 있습니다.',
    populated
      ? `${cgroup}의 안이나 아래에 프로세스가 있습니다.`
      : `${i(cgroup)} 그런 컨트롤러를 자식에게 주고 있습니다.`,
  ],
  'cgroup-threaded-parent': ({ cgroup, parent }) => [
    'threaded cgroup 바로 위의 cgroup은 도메인이어야 하고, 도메인 컨트롤러(memory, io)를 자식에게 주지 않으며, 다른 자식에 프로세스가 없어야 합니다.',
    `${cgroup} 위의 ${eun(parent)} 그렇지 않습니다.`,
  ],
  'cgroup-threaded-control': ({ cgroup, controllers }) => [
    '스레드 하위 트리에서는 스레드를 구별하는 컨트롤러(cpu, cpuset, perf_event, pids)만 내려줄 수 있습니다.',
    `${controllers} 컨트롤러는 그렇지 못하고, ${eun(cgroup)} threaded이거나 threaded 자식이 있습니다.`,
  ],
  'cgroup-domain-invalid': ({ cgroup }) => [
    'threaded cgroup의 옆과 아래에서는 쓰기 전에 모두 threaded로 바꿔야 합니다.',
    `${cgroup}의 유형이 아직 "domain invalid"입니다.`,
    'echo threaded > cgroup.type',
  ],
  'cgroup-internal': ({ cgroup, controllers }) => [
    '내부 프로세스 금지: 자식에게 컨트롤러를 주는 cgroup에는 프로세스를 둘 수 없습니다(루트는 예외).',
    `${eun(cgroup)} 자식에게 ${controllers} 컨트롤러를 주고 있습니다.`,
    '그 아래 cgroup에 프로세스를 넣으세요.',
  ],
  'cgroup-has-tasks': ({ cgroup, tasks }) => [
    '내부 프로세스 금지: 프로세스가 든 cgroup은 자식에게 컨트롤러를 줄 수 없습니다(루트는 예외).',
    `${cgroup}에 태스크 ${tasks}개가 있습니다.`,
    '먼저 그 아래 cgroup으로 옮기세요.',
  ],
  'cgroup-controller-word': ({ word }) => [
    'cgroup.subtree_control에는 컨트롤러의 이름을 +이름, -이름으로 씁니다.',
    `${eun(`"${word}"`)} 그렇지 않습니다.`,
    'cat cgroup.controllers',
  ],
  'cgroup-controller-absent': ({ name, cgroup, parent }) => [
    'cgroup은 자기가 가진 컨트롤러(cgroup.controllers), 곧 부모가 준 것만 자식에게 줄 수 있습니다.',
    `${cgroup}에는 ${name} 컨트롤러가 없습니다.`,
    parent
      ? `먼저 ${parent}에서: echo +${name} > cgroup.subtree_control`
      : `${name} 컨트롤러는 v1 계층에 있습니다.`,
  ],
  'cgroup-control-passed-on': ({ name, child }) => [
    '자식이 다시 내려주고 있는 컨트롤러는 거둘 수 없습니다.',
    `${i(child)} ${name} 컨트롤러를 내려주고 있습니다.`,
    `먼저 ${child}에서: echo -${name} > cgroup.subtree_control`,
  ],
  'cgroup-other-domain': ({ from, to }) => [
    'cgroup.threads로는 스레드를 프로세스의 도메인 안에서만 옮길 수 있습니다.',
    `프로세스의 도메인은 ${from}이고, ${eun(to)} 다른 도메인에 속합니다.`,
    'cgroup.procs는 프로세스 전체를 옮깁니다.',
  ],
  'cgroup-procs-threaded': ({ cgroup }) => [
    'threaded cgroup에는 스레드가 있으므로 cgroup.procs를 읽을 수 없습니다.',
    `${eun(cgroup)} threaded입니다.`,
    'cgroup.threads에 목록이 있습니다.',
  ],
  'cgroup-migrate': ({ cgroup, uid, ouid }) => [
    '프로세스를 옮기려면 출발지와 목적지를 모두 포함하는 가장 가까운 cgroup의 cgroup.procs에 쓸 수 있어야 합니다.',
    `그 cgroup은 ${cgroup}이고 cgroup.procs의 소유자는 uid ${ouid}인데, 나는 uid ${uid}입니다.`,
    '위임받은 부분 안에서는 마음대로 옮길 수 있습니다. 첫 프로세스는 root가 넣어 주어야 합니다.',
  ],
  'cgroup-namespace-root': ({ cgroup, file }) => [
    'cgroup 네임스페이스의 루트에 걸린 한도는 안에서 바꿀 수 없고 바깥에서 정합니다(마운트 옵션 nsdelegate).',
    `${eun(cgroup)} 내 cgroup 네임스페이스의 루트라서 ${file}에 쓸 수 없습니다.`,
    '그 아래에 cgroup을 만들고 거기에 한도를 정하세요.',
  ],
  'cgroup-delegate': ({ from, to }) => [
    'cgroup 네임스페이스의 안팎으로 프로세스를 옮기는 일은 바깥에서만 됩니다(마운트 옵션 nsdelegate). 출발지와 목적지가 모두 내 네임스페이스 안에 있어야 합니다.',
    `내 cgroup 네임스페이스에서 보아 ${from}에서 ${ro(to)} 옮기려 했습니다.`,
  ],
  'cgroup-no-task': ({ pid }) => [
    'cgroup.procs에는 쓰는 쪽의 pid 네임스페이스에서 본 프로세스의 번호를 씁니다.',
    `프로세스 ${eun(pid)} 없습니다.`,
  ],
  'kthread-bound': ({ pid, comm }) => [
    'CPU나 작업자 풀에 속한 커널 스레드와 kthreadd는 커널이 둔 자리에서 옮길 수 없습니다.',
    `${eun(pid)} [${comm}]입니다.`,
  ],
  'cgroup1-others': ({ pid, uid, tuid }) => [
    'cgroup v1에서 root는 누구나, 그 밖의 사용자는 자기 프로세스만 옮길 수 있습니다.',
    `프로세스 ${eun(pid)} uid ${tuid}의 것이고, 나는 uid ${uid}입니다.`,
  ],
  'cgroup1-name-taken': ({ name }) => [
    '이름 있는 계층은 컨트롤러 구성이 하나입니다.',
    `${name} 계층은 다른 컨트롤러로 이미 있습니다.`,
  ],
  'cgroup1-new-hierarchy': () => [
    'v1의 새 계층은 초기 cgroup·사용자 네임스페이스에서만 만들 수 있습니다.',
    '지금은 다른 네임스페이스에 있습니다.',
  ],
  'cgroup1-option': ({ message }) => [
    '버전 1 계층의 옵션은 어떤 컨트롤러를 갖는지, 이름이 있다면 무엇인지를 말합니다.',
    `커널이 발견한 문제: ${message}.`,
  ],
  'cgroup1-populated': () => [
    '계층의 컨트롤러는 루트 말고 다른 cgroup이 없을 때만 바꿀 수 있습니다.',
    '이 계층에는 다른 cgroup이 있습니다.',
  ],
  'cgroup1-controller-taken': ({ name, version }) => [
    '컨트롤러는 한 번에 한 계층에만 속합니다.',
    `${eun(name)} v${version} 계층에서 쓰이고 있습니다.`,
  ],
  'pids-max': ({ cgroup, current, max }) => [
    'pids.max는 cgroup과 그 아래 전체의 태스크 한도입니다.',
    `${cgroup}에 ${current}개가 있고 한도는 ${max}입니다.`,
    'pids.events에 거부 횟수가 있습니다.',
  ],
  'deadline-bandwidth': ({ runtime, period }) => [
    '모든 deadline 태스크는 합해서 CPU마다 kernel.sched_rt_period_us 중 kernel.sched_rt_runtime_us까지만 받을 수 있습니다.',
    `매 ${period} ns 가운데 ${runtime} ns는 남은 양보다 많습니다.`,
  ],
  'cpuset-empty': ({ cgroup }) => [
    '태스크가 있는 cpuset에는 CPU가(v1에서는 메모리 노드도) 남아 있어야 합니다.',
    `${cgroup}에 태스크가 있습니다.`,
  ],
  'cpuset-no-cpus': ({ cgroup }) => [
    '쓸 CPU가 있는 곳으로만 태스크를 옮길 수 있습니다.',
    `${cgroup}에는 CPU가 없습니다.`,
  ],
  'cpuset-no-node': () => ['있는 메모리 노드만 쓸 수 있습니다.', '이 호스트에는 노드 0뿐입니다.'],
  'cpuset1-children': ({ cgroup }) => [
    'cpuset은 자식이 가진 것을 모두 포함해야 합니다.',
    `없애려는 것을 ${cgroup}의 자식이 가지고 있습니다.`,
  ],
  'cpuset1-parent': ({ parent }) => [
    'cpuset은 부모가 가진 것만 가질 수 있습니다.',
    `${parent}에 다 있지는 않습니다.`,
  ],
  'cpuset1-exclusive': ({ cgroup }) => [
    '배타적인 cpuset은 형제와 아무것도 나누지 않습니다.',
    `${cgroup}의 형제가 일부를 가지고 있고, 둘 가운데 하나가 배타적입니다.`,
  ],
  'cpuset1-root': () => ['루트 cpuset은 언제나 모든 것을 가집니다.', '이것은 루트입니다.'],
  'cpuset1-unset': ({ cgroup, cpus, mems }) => [
    'v1의 cpuset은 CPU와 메모리 노드를 정하기 전에는 태스크를 받지 않습니다.',
    `${cgroup}의 ${[!cpus && 'cpuset.cpus', !mems && 'cpuset.mems'].filter(Boolean).join('와 ')}가 비어 있습니다.`,
    'echo 0 > cpuset.cpus; echo 0 > cpuset.mems',
  ],
  'devices-parent': ({ cgroup }) => [
    '부모가 막은 장치를 자식이 허용할 수 없습니다.',
    `${cgroup}의 부모가 이것의 전부나 일부를 막고 있습니다.`,
  ],
  'devices-children': ({ cgroup }) => [
    '하위 cgroup이 없을 때만 "a"(모든 장치)를 쓸 수 있습니다.',
    `${cgroup} 아래에 cgroup이 있습니다.`,
  ],
  'device-cgroup': ({ cgroup, device, access }) => [
    'devices.list는 cgroup의 태스크가 읽고(r) 쓰고(w) 파일로 만들(m) 수 있는 장치를 정하며, root에게도 적용됩니다.',
    `${eun(cgroup)} ${eul(`"${device} ${access}"`)} 허용하지 않습니다.`,
  ],
  'cpu-period': ({ period, min, max }) => [
    'CPU 한도의 주기에는 범위가 있습니다.',
    `${period}µs는 ${min}–${max}µs를 벗어납니다.`,
  ],
  'cpu-quota': ({ quota, min }) => [
    'CPU 한도의 할당량(quota)에는 범위가 있습니다.',
    quota < min ? `${quota}µs는 ${min}µs보다 작습니다.` : `${quota}µs는 너무 큽니다.`,
  ],
  'cpu-burst': ({ burst, quota }) => [
    '버스트는 할당량(quota)을 넘을 수 없습니다.',
    `버스트 ${burst}µs는 할당량 ${quota}µs보다 큽니다.`,
  ],
  'cpu-idle-weight': ({ cgroup }) => [
    '유휴 cgroup(cpu.idle이 1)과 루트의 가중치는 고정입니다.',
    `${eun(cgroup)} ${cgroup === '/' ? '루트입니다' : '유휴 cgroup입니다'}.`,
  ],
  'cpu1-parent': ({ cgroup }) => [
    'cgroup v1에서는 자식의 할당량이 주기에 비해 부모의 것보다 클 수 없습니다.',
    `부모인 ${cgroup}의 것이 더 작습니다.`,
  ],
  'cpu1-child': ({ cgroup }) => [
    'cgroup v1에서는 자식의 할당량이 주기에 비해 부모의 것보다 클 수 없습니다.',
    `아래에 있는 ${cgroup}의 것이 더 큽니다.`,
  ],
  'memory1-memsw': () => [
    'memory.limit_in_bytes(메모리)는 memory.memsw.limit_in_bytes(메모리와 스왑)를 넘을 수 없습니다.',
    '이대로 쓰면 넘게 됩니다.',
    '둘 다 올릴 때는 memory.memsw.limit_in_bytes를, 둘 다 내릴 때는 memory.limit_in_bytes를 먼저 쓰세요.',
  ],
  'memory1-usage': ({ usage, limit }) => [
    'cgroup v1에서는 쓰이고 있어 회수할 수 없는 양보다 낮게 메모리 한도를 정할 수 없습니다.',
    `${bytes(usage)}를 쓰고 있고 새 한도는 ${bytes(limit)}가 됩니다.`,
  ],
  'memory-reclaim': ({ cgroup, bytes: wanted }) => [
    'memory.reclaim은 요청한 만큼 회수하지 못하면 실패합니다.',
    `${cgroup}에서 ${bytes(wanted)}를 회수할 수 없었습니다.`,
  ],

  'device-name-taken': ({ name }) => [
    '네트워크 네임스페이스 하나에 같은 이름의 네트워크 장치는 하나뿐입니다.',
    `${name} 장치가 이미 있습니다.`,
    `ip link show ${name}`,
  ],
  'device-down': ({ name }) => [
    '켜진(up) 네트워크 장치가 필요합니다.',
    `${name} 장치가 꺼져 있습니다.`,
    `ip link set ${name} up`,
  ],
  'device-stays': ({ name }) => [
    '네트워크 네임스페이스를 떠날 수 없는 장치가 있습니다. lo는 네임스페이스마다 따로 있습니다.',
    `${name} 장치가 그렇습니다.`,
  ],
  'ipv6-off': ({ name }) => [
    'IPv6 주소는 IPv6가 켜진 장치에만 붙일 수 있습니다.',
    `net.ipv6.conf.${name}.disable_ipv6가 1입니다.`,
    `sysctl -w net.ipv6.conf.${name}.disable_ipv6=0`,
  ],
  'address-taken': ({ address, name }) => [
    '네트워크 장치 하나에 같은 주소는 한 번만 붙일 수 있습니다.',
    `${name} 장치에 ${address} 주소가 이미 있습니다.`,
    `ip addr show ${name}`,
  ],
  'route-taken': ({ network }) => [
    '라우팅 테이블에는 같은 네트워크로 가는 같은 메트릭의 경로가 하나뿐입니다.',
    `${ro(network)} 가는 경로가 이미 있습니다.`,
    'ip route show로 볼 수 있고, ip route replace로 바꿀 수 있습니다.',
  ],
  'gateway-unreachable': ({ gateway }) => [
    '게이트웨이는 켜진 장치에 바로 이어진 네트워크 안의 이웃이어야 합니다.',
    `${i(gateway)} 든 네트워크에 이어진 장치가 없습니다.`,
    '먼저 장치에 그 네트워크의 주소를 붙이고 켜세요: ip addr add, ip link set … up',
  ],
} satisfies Part
