/** What of /proc comes late (later.ts): files that only programs read, and the directories that are made of them. */
export type Later = typeof import('./later.ts')

let later: Later | undefined

export const loadProc = async (): Promise<void> => {
  later = await import('./later.ts')
}

/** Once it is there. */
export const procLater = (): Later | undefined => later
