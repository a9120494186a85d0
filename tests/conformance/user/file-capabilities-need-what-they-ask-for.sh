# user: file capabilities beyond the bounding set, no_new_privs, nosuid, set-user-ID
cp /bin/grep /tmp/g; cd /tmp; setcap cap_sys_admin+ep g; capsh --drop=cap_sys_admin -- -c '/tmp/g CapEff /proc/self/status'; capsh --drop=cap_sys_admin --user=user -- -c '/tmp/g CapEff /proc/self/status'
setcap cap_sys_admin+p g; capsh --drop=cap_sys_admin --user=user -- -c '/tmp/g CapPrm /proc/self/status'; setcap cap_net_raw+ep g; su user -c '/tmp/g CapEff /proc/self/status; setpriv --nnp /tmp/g CapEff /proc/self/status'
setcap cap_net_raw+i g; setpriv --inh-caps +net_raw --reuid user --regid user --clear-groups /tmp/g Cap /proc/self/status; chmod u+s g; setcap cap_net_raw+ep g; su user -c '/tmp/g -E "Cap|Uid" /proc/self/status'; setcap -r g; su user -c '/tmp/g -E "CapEff|Uid" /proc/self/status; setpriv --nnp /tmp/g -E "CapEff|Uid" /proc/self/status'
mkdir m; mount -t tmpfs -o nosuid none m; cp -p g m/; chmod u+s m/g; setcap cap_chown+ep m/g; su user -c 'm/g -E "CapEff|Uid" /proc/self/status'; chown user g; chgrp 5 g; chmod 6755 g; ./g -E 'Uid|Gid|CapEff' /proc/self/status
capsh --caps= --no-new-privs -- -c 'grep Cap /proc/self/status'
