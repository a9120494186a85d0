/**
 * The words of a terminal's screen that name files, as xterm links: while the pointer is on one, whoever wants to know
 * is told. Which directory a name is in is not written beside it, so what stands above it is tried.
 */
import type { IDisposable, ILink, Terminal as Xterm } from '@xterm/xterm'

/** How far above a name its command line may be. */
const FAR = 60
const PROMPT = /^\S*[#$] (.*)$|^\S+@\S+:[^#$]*[#$] (.*)$/
/** A word, without the mark that `ls -F` puts behind it. */
const WORD = /[^\s'"|;&<>()]*[^\s'"|;&<>()*@=]/g

/** `merged/etc:`, which ls puts above what it lists of several directories. */
const HEADING = /^(\S.*):$/

/** What may be the directory of a name in line `y`: the heading above it, else the words of its command line. */
function directories(xterm: Xterm, y: number): readonly string[] {
  const buffer = xterm.buffer.active
  for (let at = y; at >= Math.max(0, y - FAR); at--) {
    const text = buffer.getLine(at)?.translateToString(true) ?? ''
    const heading = at < y ? HEADING.exec(text)?.[1] : undefined
    if (heading) return [heading]
    const found = PROMPT.exec(text)
    if (found) return (found[1] ?? found[2] ?? '').split(/\s+/).filter(word => word && !word.startsWith('-'))
  }
  return []
}

/** `meaning` gives what a word stands for; `onhover` is told when the pointer comes to it, and undefined when it goes. */
export function pathLinks<T>(
  xterm: Xterm,
  meaning: (word: string, among: readonly string[]) => T | undefined,
  onhover: (it: T | undefined) => void,
): IDisposable {
  return xterm.registerLinkProvider({
    provideLinks(line, callback) {
      const text = xterm.buffer.active.getLine(line - 1)?.translateToString(true) ?? ''
      const among = directories(xterm, line - 1)
      const links: ILink[] = []
      for (const { 0: word, index } of text.matchAll(WORD)) {
        const it = meaning(word.replace(/\/$/, ''), among)
        if (it === undefined) continue
        links.push({
          text: word,
          range: { start: { x: index + 1, y: line }, end: { x: index + word.length, y: line } },
          decorations: { pointerCursor: false, underline: true },
          activate: () => {},
          hover: () => onhover(it),
          leave: () => onhover(undefined),
        })
      }
      callback(links.length ? links : undefined)
    },
  })
}
