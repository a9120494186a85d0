/** The colours of the terminals: dark ground, sixteen colours that all read on it (WCAG AA). */
import type { ITheme } from '@xterm/xterm'

export const theme: ITheme = {
  background: '#10141a',
  foreground: '#dde3ea',
  cursor: '#8fd3ff',
  cursorAccent: '#10141a',
  selectionBackground: '#2d4a63',
  black: '#1d232c',
  red: '#ff8080',
  green: '#7ddb9b',
  yellow: '#ecc873',
  blue: '#7db4ff',
  magenta: '#d7a1ff',
  cyan: '#6fd6dd',
  white: '#c9d1da',
  brightBlack: '#8592a3',
  brightRed: '#ffa3a3',
  brightGreen: '#a5ebba',
  brightYellow: '#f7dd9c',
  brightBlue: '#a6ccff',
  brightMagenta: '#e6c4ff',
  brightCyan: '#9fe8ec',
  brightWhite: '#ffffff',
}

export const FONT =
  '"JetBrains Mono", "Cascadia Code", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK KR", D2Coding, monospace'
