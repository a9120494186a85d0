# shell: name=(…) is the first thing in a function's body, in all the forms of functions
f() { a=(1 2); echo "${#a[@]}"; }; f
g() { b=(x "y z") c=3; echo "${b[1]} $c"; }; g
function h { d=(1); }; h; echo "${d[0]}"
k() ( e=(1 2 3); echo "${e[@]}" ); k
l() { m=(); m+=(9); echo "${m[@]}"; }; l
n() { local o=(4 5); echo "${o[1]}"; }; n
