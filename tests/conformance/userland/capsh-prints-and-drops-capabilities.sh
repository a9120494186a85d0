# userland: capsh --print of what is held, dropping from the bounding set, decoding; getpcaps
capsh --print | sed -n '1,3p'; capsh --drop=cap_net_raw,cap_sys_admin --print | grep -c cap_sys_admin; capsh --decode=00000000a80425fb
capsh --drop=cap_chown -- -c 'touch f; chown user f; echo "status $?"'; capsh --has-p=cap_chown; echo "status $?"; capsh --drop=cap_nosuch; echo "status $?"
capsh --user=user -- -c 'id -u; grep CapEff /proc/self/status'; getpcaps $$ | sed 's/^[0-9]*/PID/'; getpcaps 99999 2>&1 | head -1; echo "status $?"
