/**
 * The keys that readline binds by itself, those of the terminals linux and xterm included. Readline: emacs_keymap.c,
 * vi_keymap.c. A line is a function and its keys. Recorded with `bind -p`; /etc/inputrc adds to them.
 */

export const EMACS = String.raw`
  abort \C-g \C-x\C-g \e\C-g
  accept-line \C-j \C-m
  backward-char \C-b \eOD \e[D
  backward-delete-char \C-h \C-?
  backward-kill-line \C-x\C-?
  backward-kill-word \e\C-h \e\C-?
  backward-word \e[1;3D \eb \e[1;5D
  beginning-of-history \e<
  beginning-of-line \C-a \eOH \e[H \e[1~
  bracketed-paste-begin \e[200~
  call-last-kbd-macro \C-xe
  capitalize-word \ec
  character-search \C-]
  character-search-backward \e\C-]
  clear-display \e\C-l
  clear-screen \C-l
  complete \C-i \e\e
  complete-command \e!
  complete-filename \e/
  complete-hostname \e@
  complete-into-braces \e{
  complete-username \e~
  complete-variable \e$
  delete-char \C-d \e[3~
  delete-horizontal-space \e\\
  digit-argument \e- \e0 \e1 \e2 \e3 \e4 \e5 \e6 \e7 \e8 \e9
  display-shell-version \C-x\C-v
  downcase-word \el
  dynamic-complete-history \e\C-i
  edit-and-execute-command \C-x\C-e
  end-kbd-macro \C-x)
  end-of-history \e>
  end-of-line \C-e \eOF \e[F \e[4~
  exchange-point-and-mark \C-x\C-x
  forward-char \C-f \eOC \e[C
  forward-search-history \C-s
  forward-word \e[1;3C \ef \e[1;5C
  glob-complete-word \eg
  glob-expand-word \C-x*
  glob-list-expansions \C-xg
  history-expand-line \e^
  history-search-backward \e[5~
  history-search-forward \e[6~
  insert-comment \e#
  insert-completions \e*
  insert-last-argument \e. \e_
  kill-line \C-k
  kill-word \e[3;5~ \ed
  next-history \C-n \eOB \e[B
  non-incremental-forward-search-history \en
  non-incremental-reverse-search-history \ep
  operate-and-get-next \C-o
  possible-command-completions \C-x!
  possible-completions \e= \e?
  possible-filename-completions \C-x/
  possible-hostname-completions \C-x@
  possible-username-completions \C-x~
  possible-variable-completions \C-x$
  previous-history \C-p \eOA \e[A
  quoted-insert \C-q \C-v
  re-read-init-file \C-x\C-r
  reverse-search-history \C-r
  revert-line \e\C-r \er
  set-mark \C-@ \eSPC
  shell-backward-word \e\C-b
  shell-expand-line \e\C-e
  shell-forward-word \e\C-f
  shell-kill-word \e\C-d
  shell-transpose-words \e\C-t
  spell-correct-word \C-xs
  start-kbd-macro \C-x(
  tilde-expand \e&
  transpose-chars \C-t
  transpose-words \et
  undo \C-x\C-u \C-_
  unix-line-discard \C-u
  unix-word-rubout \C-w
  upcase-word \eu
  yank \C-y
  yank-nth-arg \e\C-y
  yank-pop \ey
  do-lowercase-version \C-xA \C-xB \C-xC \C-xD \C-xE \C-xF \C-xG \C-xH \C-xI \C-xJ \C-xK \C-xL \C-xM \C-xN \C-xO \C-xP \C-xQ \C-xR \C-xS \C-xT \C-xU \C-xV \C-xW \C-xX \C-xY \C-xZ \eA \eB \eC \eD \eE \eF \eG \eH \eI \eJ \eK \eL \eM \eN \eP \eQ \eR \eS \eT \eU \eV \eW \eX \eY \eZ
  overwrite-mode \e[2~
`

export const VI_MOVE = String.raw`
  bash-vi-complete \\ * =
  abort \C-g
  accept-line \C-j \C-m
  backward-char \C-h \eOD \e[D h
  backward-word \e[1;3D \e[1;5D
  beginning-of-line \eOH \e[H 0
  clear-screen \C-l
  delete-char \e[3~
  end-of-line \eOF \e[F $
  forward-char \eOC \e[C SPC l
  forward-search-history \C-s
  forward-word \e[1;3C \e[1;5C
  history-search-backward \e[5~
  history-search-forward \e[6~
  insert-comment #
  kill-line \C-k
  kill-word \e[3;5~
  next-history \C-n \eOB \e[B + j
  posix-edit-macros @
  overwrite-mode \e[2~
  previous-history \C-p \eOA \e[A - k
  quoted-insert \C-q \C-v
  reverse-search-history \C-r
  revert-line U
  transpose-chars \C-t
  unix-line-discard \C-u
  vi-append-eol A
  vi-append-mode a
  vi-arg-digit 1 2 3 4 5 6 7 8 9
  vi-change-case ~
  vi-change-char r
  vi-change-to C c
  vi-char-search , ; F T f t
  vi-column |
  vi-delete x
  vi-delete-to D d
  vi-edit-and-execute-command v
  vi-end-word E e
  vi-eof-maybe \C-d
  vi-fetch-history G
  vi-first-print ^
  vi-goto-mark \`
  vi-insert-beg I
  vi-insertion-mode i
  vi-match %
  vi-next-word W w
  vi-prev-word B b
  vi-put P p
  vi-redo .
  vi-replace R
  vi-rubout X
  vi-search / ?
  vi-search-again N n
  vi-set-mark m
  vi-subst S s
  vi-tilde-expand &
  vi-undo \C-_ u
  vi-unix-word-rubout \C-w
  vi-yank-arg _
  vi-yank-to Y y
  yank \C-y
`

export const VI_INSERT = String.raw`
  accept-line \C-j \C-m
  backward-char \eOD \e[D
  backward-delete-char \C-h \C-?
  backward-word \e[1;3D \e[1;5D
  beginning-of-line \eOH \e[H
  bracketed-paste-begin \e[200~
  complete \C-i
  delete-char \e[3~
  end-of-line \eOF \e[F
  forward-char \eOC \e[C
  forward-search-history \C-s
  forward-word \e[1;3C \e[1;5C
  history-search-backward \e[5~
  history-search-forward \e[6~
  kill-word \e[3;5~
  menu-complete \C-n
  menu-complete-backward \C-p
  next-history \eOB \e[B
  overwrite-mode \e[2~
  previous-history \eOA \e[A
  quoted-insert \C-v
  reverse-search-history \C-r
  transpose-chars \C-t
  unix-line-discard \C-u
  vi-eof-maybe \C-d
  vi-movement-mode \e
  vi-undo \C-_
  vi-unix-word-rubout \C-w
  yank \C-y
`
