/** why(1): 한국어. */
import type { Dictionary, Phrases } from '../dictionary.ts'
import { files } from './files.ts'
import { limits } from './limits.ts'
import { mounts } from './mounts.ts'
import { namespaces } from './namespaces.ts'
import { eul, eun } from './josa.ts'

export const ko: Dictionary = { ...files, ...mounts, ...namespaces, ...limits }

export const phrases: Phrases = {
  rule: '규칙:',
  here: '상태:',
  advice: '방법:',
  befell: '실패한 호출 없음',
  nothing:
    '마지막 명령은 커널의 규칙으로 거부된 것이 없습니다. "No such file or directory", "File exists", "Not a directory"는 이름에 관한 것이고(ls로 확인하세요), mount와 su처럼 누가 불렀는지 보고 스스로 거부하는 프로그램도 있습니다.',
  earlier: '앞선 명령이 거부된 기록은 why -a로 볼 수 있습니다.',
  noProcess: pid => `프로세스 ${eun(pid)} 없고, 그 번호의 프로세스가 거부당한 기록도 없습니다`,
  notAllowed: pid => `프로세스 ${eul(pid)} 들여다볼 권한이 없습니다`,
  badPid: text => `${text}: 프로세스 번호가 아닙니다`,
}
