# find: arguments that are missing or wrong, options out of place, -exec's corners, formats.
t() { echo "--- $*"; find "$@"; echo "[$?]"; }
mkdir -p d/e; echo hello > d/a.txt; echo x > d/e/b; ln -s a.txt d/link; chmod 640 d/a.txt; touch -d '2026-01-01 10:00:00.5' d/a.txt
for p in inum links uid gid name newermt newer perm size type mtime maxdepth regextype exec ok printf fprint samefile user; do t d -$p; done
t d -newerXX x; t d -newert x; t d -name a , ; t d , ; t d -o -name a; t d \( ; t d \( \); t d !; t d -perm 999; t d -size 1z; t d -type f,; t d -type ff; t d -regex '['; t d -regextype foo; t d -mtime x; t d -foo; t -O; t -D; t -D foo d -name b; t d -exec \;; t d -exec echo {} {} +; t d -name b -exec nope {} \;; PATH=.:$PATH find d -execdir echo \;; echo $?
printf 'd/e\0\0' > f0; t -files0-from f0; t -files0-from nope; t d -files0-from f0
for f in '%p %P %f %h %H %d' '%s %m %M %u %g %y %Y %n' '%5d|%05s|%-10f|%.2f' '%TY-%Tm-%Td %T+ %TT' '%' '%q' 'x\cy' '\e'; do t d/a.txt -printf "$f\n"; done; t d/link -printf '%l %y %Y\n'
