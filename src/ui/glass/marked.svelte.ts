/** The task or cgroup that the pointer means, or that a click has chosen, wherever in the glass that was. */
export interface Mark {
  /** Ids of the tables; a slice has both. The task is a process: the leader of its threads. */
  readonly task?: number
  readonly cgroup?: number
}

let hovered = $state.raw<Mark>()
let chosen = $state.raw<Mark>()

const same = (a: Mark | undefined, b: Mark | undefined): boolean =>
  a?.task === b?.task && a?.cgroup === b?.cgroup

export const marked = {
  /** What to light. */
  get current(): Mark | undefined {
    return hovered ?? chosen
  },
  get chosen(): Mark | undefined {
    return chosen
  },
  hover(it?: Mark): void {
    if (!same(hovered, it)) hovered = it
  },
  /** A second click on the same lets it go. */
  choose(it?: Mark): void {
    chosen = same(chosen, it) ? undefined : it
  },
}
