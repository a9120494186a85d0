/** why(1): 한국어. */
import type { Dictionary, Phrases } from '../dictionary.ts'
import { files } from './files.ts'
import { limits } from './limits.ts'
import { mounts } from './mounts.ts'
import { namespaces } from './namespaces.ts'

export const ko: Dictionary = { ...files, ...mounts, ...namespaces, ...limits }

export const phrases: Phrases = {
  rule: '규칙:',
  here: '상태:',
  advice: '방법:',
  befell: '호출의 오류가 아님',
  nothing:
    '커널이 이 셸의 명령에 거부한 것이 없습니다. 실패는 프로그램이 스스로 정한 것입니다. 예를 들어 mount와 su는 커널에 묻기 전에 누가 불렀는지 보고, "not found"는 이름에 관한 것입니다.',
  noProcess: pid => `프로세스 ${pid}은(는) 없고, 그 번호의 프로세스가 거부당한 기록도 없습니다`,
  notAllowed: pid => `프로세스 ${pid}을(를) 들여다볼 권한이 없습니다`,
  badPid: text => `${text}: 프로세스 번호가 아닙니다`,
}
