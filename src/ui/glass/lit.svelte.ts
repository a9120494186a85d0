/** The row of an overlay that the pointer means in a terminal: the glass lights it. */
export interface Lit {
  readonly id: number
  readonly path: string
}

let current = $state.raw<Lit>()

export const lit = {
  get current(): Lit | undefined {
    return current
  },
  set current(it: Lit | undefined) {
    current = it
  },
}
