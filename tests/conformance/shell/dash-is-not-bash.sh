# shell: /bin/sh is dash: what it does not know and how it says so
sh -c '[[ a = a ]]'; echo "status $?"; sh -c 'a=(1 2)'; echo "status $?"
sh -c 'nosuch'; echo "status $?"; sh -c 'cd /nosuch'; echo "status $?"
sh -c 'echo $((1+1)) ${x:-d}; f() { echo $1; }; f a'
sh -c 'if'; echo "status $?"; sh -c 'cat < /nosuch'; echo "status $?"; sh -c 'echo {a,b}; echo $0'
sh /nosuch; echo "status $?"
sh -c 'exec kill -9 $$' | cat; echo "status $?"; sh -ec 'false; echo no'; echo "status $?"
sh -uc 'echo $x'; echo "status $?"
