# user: capsh --mode: HYBRID, PURE1E, PURE1E_INIT, NOPRIV
capsh --modes; capsh --mode; for m in PURE1E PURE1E_INIT NOPRIV HYBRID x; do capsh --mode=$m --print; done
capsh --inh=cap_chown --mode=PURE1E --mode --current; capsh --inmode=HYBRID; echo $?; capsh --inmode=NOPRIV; echo $?
capsh --mode=NOPRIV -- -c 'grep -E "Cap|NoNew" /proc/self/status; su -c id'
