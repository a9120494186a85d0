import type { Blocking } from '../../abi/index.ts'
import type { Shell } from '../shell.ts'
export function* completeCommands(_sh: Shell, _word: string): Blocking<string[]> { return [] }
export function* completeFiles(_sh: Shell, _word: string, _dirs: boolean): Blocking<string[]> { return [] }
export function completeUsers(_sh: Shell, _word: string): string[] { return [] }
