/** What Vitrine's virtual host prints for a sequence of shell commands. */
import { encode } from '../../../src/abi/index.ts'
import { requestOf, runScript } from '../../../src/twin.ts'
import { outputsOf, scriptOf } from './script.ts'
import type { ShellSequence } from './sequence.ts'

export function runInVitrine(sequence: ShellSequence): string {
  const { output, last } = runScript(requestOf('fuzz.sh', encode(scriptOf([sequence]))))
  const printed = new TextDecoder().decode(output)
  return outputsOf(printed)[0] ?? `${printed}${last}\n`
}
