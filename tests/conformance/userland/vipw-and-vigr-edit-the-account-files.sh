# userland: vipw, vigr - editors that change, fail or are missing, the shadow files, who may
vipw -x 2>&1 | head -1
EDITOR=true vipw; echo $?
EDITOR='sed -i s/user:x:1000:1000::/user:x:1000:1000:Me:/' vipw; echo $?; getent passwd user; ls /etc/passwd*
EDITOR='sed -i s/user/user/' vipw -s; echo $?
EDITOR=true vigr; echo $?
EDITOR=false vipw; echo $?
EDITOR=nosuchedit vipw; echo $?
VISUAL='sed -i $ahi:x:7777:' vigr; tail -1 /etc/group; ls -l /etc/group | cut -c 1-24
EDITOR='sed -i s/hi:x/ho:x/' vigr -q; echo $?; grep -c ho:x /etc/group
EDITOR='sed -i s/hi/ho/' vipw -g -s; EDITOR=true vigr -p
su user -c 'vipw; echo $?'
