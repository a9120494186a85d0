/** Text in reverse video, with the columns it takes. */
import { reversed } from '../pager.ts'
import { textWidth } from '../wcwidth.ts'

/** What prompts and messages stand out with. */
export const standout = (text: string): { text: string; width: number } => ({
  text: reversed(text),
  width: textWidth(text),
})
