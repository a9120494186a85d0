/**
 * What comes after the first prompt (see late.ts): the functions of readline, completion, the history's expansion, and
 * the builtins that people type rather than scripts.
 */
export { bind } from './builtins/bind.ts'
export { compgen, complete, compopt } from './builtins/complete.ts'
export { dirs, popd, pushd } from './builtins/dirs.ts'
export { fc } from './builtins/fc.ts'
export { mapfile } from './builtins/mapfile.ts'
export { runShellCommand } from './readline/commands/shell-words.ts'
export { isChange } from './readline/commands/vi.ts'
export { expandHistory } from './readline/expand-history.ts'
export { commandOf } from './readline/functions.ts'
export { extendHistory, openPart } from './readline/multi-line.ts'
