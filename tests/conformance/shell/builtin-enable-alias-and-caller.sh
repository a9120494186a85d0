builtin; echo $?; builtin nosuch; echo $?; builtin ls; echo $?; builtin echo a; builtin -x; echo $?
enable | head -3; enable -n echo; type echo; enable -n; enable echo; enable -p | head -2; enable -a | head -2; enable -s; enable nosuch; echo $?; enable -x; echo $?; enable -d echo; echo $?; enable -f /nosuch foo; echo $?
alias -p; alias nosuch; echo $?; unalias nosuch; echo $?; unalias; echo $?; alias 'a b=c'; echo $?; alias x-y=1 x/y=2; echo $?; unalias -a; alias; alias -x; echo $?
caller; echo $?; g() { caller; caller 0; caller 1; echo $?; caller x; echo $?; }; h() { g; }; h
