export interface ExpandedLine { readonly text: string; readonly error?: string | undefined; readonly printOnly?: boolean }
export function expandHistory(_history: readonly string[], _base: number, line: string): ExpandedLine { return { text: line } }
