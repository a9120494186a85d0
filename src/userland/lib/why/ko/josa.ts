/**
 * Korean particles, which depend on the sound before them: 은 after a consonant, 는 after a vowel. Digits are read in
 * Sino-Korean (10 십, 1000 천); how a Latin word is read nobody can tell, so it gets both, as 은(는).
 */
const HANGUL_FIRST = 0xac00
const HANGUL_LAST = 0xd7a3
const FINALS = 28
const RIEUL = 8
/** Whether the digits 0 to 9 end in a consonant, and in ㄹ: 영(십, 백, 천) 일 이 삼 사 오 육 칠 팔 구. */
const DIGITS = 'CL-C--CLL-'

/** C a consonant, L the consonant ㄹ, - a vowel, undefined not known. */
function endOf(word: string): string | undefined {
  if (/[KMGT]iB$/.test(word)) return '-' // 바이트
  const last = /([^"'\])}]?)["'\])}]*$/.exec(word)![1]!
  if (last >= '0' && last <= '9') return DIGITS[Number(last)]
  const code = last.charCodeAt(0)
  if (!(code >= HANGUL_FIRST && code <= HANGUL_LAST)) return undefined
  const final = (code - HANGUL_FIRST) % FINALS
  return final === 0 ? '-' : final === RIEUL ? 'L' : 'C'
}

const particle =
  (afterConsonant: string, afterVowel: string, unknown: string) =>
  (word: string | number): string => {
    const end = endOf(`${word}`)
    return `${word}${end === undefined ? unknown : end === '-' ? afterVowel : afterConsonant}`
  }

export const eun = particle('은', '는', '은(는)')
export const i = particle('이', '가', '이(가)')
export const eul = particle('을', '를', '을(를)')
/** 로 after ㄹ, too. */
export const ro = (word: string | number): string => {
  const end = endOf(`${word}`)
  return `${word}${end === undefined ? '(으)로' : end === 'C' ? '으로' : '로'}`
}
