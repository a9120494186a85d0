# proc: setarch and its names: machine, release, flags
setarch --list; for a in linux32 linux64 i386 x86_64 'setarch i686' 'setarch x86_64'; do echo "$($a uname -m) $($a cat /proc/self/personality)"; done
setarch -R cat /proc/self/personality; setarch x86_64 -R -B -3 cat /proc/self/personality; setarch x86_64 --uname-2.6 uname -r | cut -c1-4
setarch -v -R -B -3 -L -X -Z -S -I -T -F true; linux32 arch; linux32 bash -c 'linux64 arch'
setarch foo true; setarch x86_64 nosuch; echo $?; setarch; echo $?; setarch --bad; echo $?; setarch ppc true; echo $?; setarch -V
