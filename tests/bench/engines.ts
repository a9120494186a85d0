/** The workloads in a browser: the page calls back with the medians. */
import { fetchAll } from '../../src/machine/index.ts'
import { justBash } from './peers.ts'
import { vitrine } from './vitrine.ts'
import { type Medians, measure } from './workloads.ts'

declare global {
  var medians: (samples: number) => Promise<Medians[]>
}

await fetchAll()
globalThis.medians = async samples => (await measure([vitrine, justBash], samples)).map(row => row.medians)
