/** A line's words as the history counts them: operators are words, quoted parts stay whole. Readline: history_tokenize(). */
export function splitWords(line: string): string[] {
  const words =
    /(?:\\.|'[^']*'|"(?:\\.|[^"\\])*"|`[^`]*`|\$?\([^)]*\)(?=\S)|\$\([^)]*\)|[^\s;&|<>()\\'"`])+|&&|\|\||;;|<<<?|>>|[<>]&|[;&|<>()]|\S/gs
  return line.match(words) ?? []
}
