# user: setpriv --reuid still opens what root may, for the program itself
mkdir -p /root/p; cp /bin/id /root/p/prog; chmod 755 /root/p/prog; chmod 700 /root /root/p
setpriv --reuid 1000 --regid 1000 --clear-groups /root/p/prog -u; setpriv --reuid 1000 --regid 1000 --clear-groups cat /root/p/prog 2>&1 | head -1
setpriv --reuid 1000 --regid 1000 --clear-groups --inh-caps +dac_override --ambient-caps +dac_override cat /etc/shadow | head -1 | cut -d: -f1
capsh --uid=1000 -- -c 'cat /etc/shadow' 2>&1; capsh --keep=1 --uid=1000 --caps=cap_dac_override+ep --current
