# userland: capsh --explain --has-a --has-no-new-privs --iab --decode ==, unknown names
t() { "$@"; echo "[$?]"; }
capsh --explain=cap_sys_admin | head -1; capsh --explain=0 | head -1; t capsh --explain=foo; t capsh --decode=zz; t capsh --decode=0x3; t capsh --decode=3x
t capsh --caps=foo; t capsh --inh=foo; t capsh --has-p=foo; t capsh --has-a=cap_chown; t capsh --has-i=cap_chown; t capsh --has-b=cap_chown; t capsh --supports=foo; t capsh --mode=foo; t capsh --mode; t capsh --killit=9
t capsh --has-no-new-privs; t capsh --no-new-privs --has-no-new-privs; capsh --iab='^cap_chown' --print | head -1; capsh --iab='!cap_chown' --current; capsh --inh=cap_kill --addamb=cap_kill --has-a=cap_kill --current; t capsh == --current
