/** Which command line brought something about, as far as the log of activity remembers. */
import type { ActivityEntry } from '../../../machine/index.ts'

/** The newest command line that started the process, or the thread, with this pid. */
export const causeOf = (entries: readonly ActivityEntry[], pid: number): ActivityEntry | undefined =>
  entries.find(entry =>
    entry.changes.some(
      ({ kind, verb, name }) =>
        (kind === 'task' || kind === 'thread') && verb === 'created' && name.startsWith(`${pid} `),
    ),
  )
