/** What less shows after h. */
export const LESS_HELP = `
                   SUMMARY OF LESS COMMANDS

      A number N may be typed before those marked with *.
      ^K is the Ctrl key together with K.

  h  H                 This text.
  q  :q  Q  :Q  ZZ     Leave.
 ---------------------------------------------------------------------------

                           MOVING

  e  ^E  j  ^N  CR  *  One line forward, or N.
  y  ^Y  k  ^K  ^P  *  One line back, or N.
  f  ^F  ^V  SPACE  *  One window forward, or N lines.
  b  ^B  ESC-v      *  One window back, or N lines.
  d  ^D             *  Half a window forward; N is kept for d and u.
  u  ^U             *  Half a window back; N is kept for d and u.
  RIGHTARROW  ESC-) *  Half a screen to the right.
  LEFTARROW   ESC-( *  Half a screen to the left.
  F                    Wait for more at the end, as tail -f does.
  r  ^R  ^L            Draw the screen again.
 ---------------------------------------------------------------------------

                          SEARCHING

  /pattern          *  Forward to the N-th line that matches.
  ?pattern          *  Back to the N-th line that matches.
  n                 *  The same search again.
  N                 *  The same search again, the other way.
  ESC-u                Highlighting of matches on or off.
  &pattern          *  Show only lines that match; all without a pattern.
        A ! before the pattern means lines that do not match.
 ---------------------------------------------------------------------------

                           JUMPING

  g  <  ESC-<       *  To the first line, or line N.
  G  >  ESC->       *  To the last line, or line N.
  p  %              *  To the beginning, or N percent of the file.
  m<letter>            Mark the top line.
  '<letter>            Go to a mark; '' to where we came from.
 ---------------------------------------------------------------------------

                        CHANGING FILES

  :e file              Show another file.
  :n                *  To the next file.
  :p                *  To the file before.
  :x                *  To the first file, or the N-th.
  :d                   Take this file from the list.
  =  ^G  :f            Name and position.
 ---------------------------------------------------------------------------

                    MISCELLANEOUS

  -<option>            Switch an option.
  _<option>            Show how an option is set.
  !command             Run a command in the shell.
  v                    Edit the file with $VISUAL or $EDITOR.
  s file               Save what came from a pipe.
 ---------------------------------------------------------------------------

                           OPTIONS

  -e  --quit-at-eof             Leave when the end is reached twice.
  -E  --QUIT-AT-EOF             Leave when the end is reached.
  -F  --quit-if-one-screen      Leave at once when all fits on one screen.
  -i  --ignore-case             Searches ignore case unless they have capitals.
  -I  --IGNORE-CASE             Searches ignore case.
  -m  --long-prompt             The prompt has percent.
  -M  --LONG-PROMPT             The prompt has lines and percent.
  -N  --LINE-NUMBERS            Number the lines.
  -R  --RAW-CONTROL-CHARS       Colours reach the terminal.
  -s  --squeeze-blank-lines     One blank line for several.
  -S  --chop-long-lines         Cut long lines instead of folding them.
  -X  --no-init                 Leave the text on the screen at the end.
  +command                      Do a command first: +G, +100, +/pattern, +F.
`
