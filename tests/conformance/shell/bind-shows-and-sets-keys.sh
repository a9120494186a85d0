# shell: bind in a script: functions, keys, macros, variables and errors
exec 2>&1
bind -l 2>/dev/null | head -5; bind -l 2>/dev/null | wc -l
b() { bind "$@" 2>&1 | grep -v 'line editing not enabled'; }
b -q accept-line; b -q vi-put; b -q nosuch; b -q yank-nth-arg; b -q self-insert; b -m nosuch -p; b -m vi-insert -q vi-movement-mode; b -m emacs-ctlx -q undo; b -m vi-move -q vi-search
for it in '"\C-x\C-y": "macro text"' '"\M-x": kill-word' 'Control-u: universal-argument' 'set bell-style none' 'set completion-query-items 20' 'TAB: menu-complete'; do bind "$it" 2>/dev/null; done
b -s; b -S; b -q kill-word; b -q universal-argument; b -q menu-complete; b -v | grep -e bell -e query; b -V | grep -e bell
bind -u menu-complete 2>/dev/null; b -q menu-complete; bind -r '\C-x\C-y' 2>/dev/null; b -s
bind -x '"\C-xt": echo hi' 2>/dev/null; b -X; b -x bad; b -x '"\C-xu" echo'; b 'set nosuch on'; b 'set bell-style foo'; b 'foo'
b -f /nosuch; b -z; b -u nosuch; b -P | grep -e ^accept-line -e ^digit -e ^dump-f; b -p | grep -e accept-line -e yank-pop -e dump-f
