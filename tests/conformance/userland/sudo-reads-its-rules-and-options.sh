# sudo: rules with aliases and tags, settings, who is asked for a password, options that exclude each other, sudo -e
rm -f /etc/sudoers.d/user; echo user:pw | chpasswd
as() { su user -c "$1"; echo "[$?]"; }
as 'echo pw | sudo -S id'
as 'sudo id'
as 'printf "no\npw\n" | sudo -S id'
as 'printf "no\n" | sudo -S id'
as 'echo pw | sudo -S -p "%u %U %h %p %%: " id'
as 'sudo -v'
as 'sudo -A id'
as 'sudo -u user id'
as 'sudo nosuch'
cat > /etc/sudoers.d/i <<'X'
User_Alias ADMINS = user, daemon
Cmnd_Alias WHO = /usr/bin/id, /usr/bin/whoami
Runas_Alias OP = root, daemon
ADMINS ALL = (OP) NOPASSWD: WHO
user ALL=(daemon : adm) NOPASSWD:SETENV: /usr/bin/env, NOEXEC: /usr/bin/vi
user other=(ALL) /bin/ls
X
visudo -c
chmod 440 /etc/sudoers.d/i
as 'sudo -n id -u; sudo -n whoami; sudo -n -u daemon whoami; sudo -n ls'
as 'sudo -l; sudo -ll; FOO=1 sudo -n -E -u daemon env | grep FOO'
as 'sudo -l id; sudo -l cat'
echo 'Defaults:user !authenticate' > /etc/sudoers.d/i; echo 'user ALL=(ALL) ALL' >> /etc/sudoers.d/i
as 'sudo id -u; sudo -l'
echo 'Defaults passwd_tries=2, passprompt="PW: ", secure_path=/bin, env_keep += "FOO"' >> /etc/sudoers.d/i
echo 'Defaults:user authenticate' >> /etc/sudoers.d/i
as 'printf "a\nb\n" | sudo -S id; echo pw | FOO=1 sudo -S sh -c "echo \$PATH \$FOO"'
echo garbage > /etc/sudoers.d/i; sudo id; visudo -c; echo $?
chmod 666 /etc/sudoers.d/i; sudo id
rm /etc/sudoers.d/i
for it in '-i -s' '-i -E' '-l -s' '-v ls' '-K ls' '-U root ls' '-C 2 id' '-e' '-u user -l'; do sudo $it 2>&1 | head -1; done
sudo -C 5 id; sudo -T x id; sudo -T 5 id; sudo -u '#5555' id; sudo -R /tmp pwd; sudo -D /tmp pwd
printf '#!/bin/sh\necho added >> "$1"\n' > ed; chmod +x ed; export EDITOR=$PWD/ed
echo hi > y; sudo -e y; cat y
sudoedit new; cat new
EDITOR=true sudoedit y
sudoedit /etc; echo $?
sudoedit; echo $?
