hash; hash -r; ls >/dev/null; cat /dev/null; ls > /dev/null; hash; hash -l; hash -t ls; hash -t ls cat; hash -t nosuch; echo $?; hash nosuch; echo $?; hash -p /bin/foo foo; hash -t foo; foo; echo $?; hash -d foo; echo $?; hash -d foo; echo $?; hash -x; echo $?; hash -t; echo $?; hash -d; echo $?; hash -p; echo $?; hash -p /x; echo $?; hash ls date; hash | sort; hash -r; hash cd; hash
hash -p /tmp/dir x; mkdir -p /tmp/dir; hash -p /tmp x; echo $?
hash -r; set +h; hash; echo $?; hash ls; echo $?; set -h
mkdir one two; PATH=one:two:$PATH; echo 'echo two' > two/mycmd; chmod +x two/mycmd; mycmd; echo 'echo one' > one/mycmd; chmod +x one/mycmd; mycmd; rm two/mycmd; mycmd; echo $?; shopt -s checkhash; mycmd; echo $?; shopt -u checkhash
hash -r; mycmd; hash -l
PATH=/usr/bin:/bin
touch nx; PATH=.:$PATH; type -t nx; command -v nx; echo $?; nx; echo $?; type nx; type -p nx; PATH=/usr/bin:/bin
type -p cd; echo $?; type -P cd; echo $?; type -ap cd; echo $?; type -aP ls; type -a ls; type -t if cd ls nosuch f; echo $?; type nosuch; echo $?; type -z; echo $?; type; echo $?; type if; type cd; type -a pwd; type :; type eval
f() { echo "hi" $1; if true; then :; fi; }; type f; type -t f; type -f f; echo $?; alias ll='ls -l'; type ll; type -a ll; command -v ll; command -V ll f if ls cd; command -v if f cd; command -V nosuch; echo $?; command -v nosuch; echo $?; command -v -x; echo $?; command -v /bin/ls ./nosuch /etc/passwd; echo $?; command -pv ls; command -pV ls; command; echo $?; command -p nosuchx; echo $?; command nosuchx; echo $?; command -- echo dd
ls > /dev/null; type ls; type -a ls; command -V ls
