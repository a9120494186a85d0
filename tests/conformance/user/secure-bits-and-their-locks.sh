# user: securebits: what root still gets, locks, who may change them
capsh --secbits=1 -- -c 'grep Cap /proc/self/status'; capsh --secbits=0x2f -- -c 'grep CapEff /proc/self/status; capsh --print | tail -9'
capsh --secbits=4 --uid=1000 -- -c 'grep CapPrm /proc/self/status; capsh --print | grep secure'
capsh --secbits=0x40 --inh=cap_chown --addamb=cap_chown; capsh --secbits=0xffff; capsh --secbits=3 --secbits=1; echo $?
capsh --secbits=0x30 --keep=0; echo $?; capsh --caps='=ep cap_setpcap-ep' --secbits=1; capsh --drop=cap_setpcap --secbits=1; echo $?
setpriv --securebits +noroot,+noroot_locked setpriv -d | grep Secure; setpriv --securebits foo true; setpriv --securebits +foo true; setpriv --securebits +keep_caps true; echo $?
su user -c 'setpriv --securebits +noroot true; echo $?; capsh --secbits=1; capsh --keep=1 --print | grep keep'
