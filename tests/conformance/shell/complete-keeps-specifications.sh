# shell: complete -p, -r, -D, -E, -I and compopt
complete foo; complete -p
complete -F f -W 'a b' -o default -o nospace -A user -A file -c -a -X '*.o' -P p -S s -G '*.c' -C cmd bar; complete -p bar
complete -abcdefgjksuv baz; complete -p baz; complete -W "it's a 'test'" quoted; complete -p quoted
complete -A signal -A helptopic -A arrayvar x; complete -p x nosuch; echo $?; complete -r nosuch; echo $?
complete -o nosuch foo; echo $?; complete -A nosuch foo; echo $?; complete -z; echo $?; complete -F; echo $?; complete -W x; echo $?
complete -D -F _d; complete -E -W e; complete -I -W i; complete -p -D; complete -p -E; complete -p -I; complete -p
complete -r -D; complete -r; complete -p; echo $?; complete -F 'a b' foo; echo $?; complete -F f -- -y; complete -p -- -y
complete -o nospace foo; compopt foo; compopt +o nospace -o filenames foo; complete -p foo; compopt nosuch; echo $?; compopt -o bad foo; echo $?
