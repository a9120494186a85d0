/** What of /proc comes late (later.ts): files that only programs read, and the directories that are made of them. */
import type * as whole from './later.ts'

export type Later = typeof whole

let later: Later | undefined

/** It has come. */
export const registerProc = (it: Later): void => {
  later = it
}

/** Once it is there. */
export const procLater = (): Later | undefined => later
