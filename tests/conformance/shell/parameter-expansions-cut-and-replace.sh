# shell: # ## % %% / // ^ , substring and length
p=/usr/local/lib/libfoo.so.1
echo ${p##*/} ${p%/*} ${p#*/} ${p%%.*} ${#p}
echo ${p/l/L} ${p//l/L} ${p/#\/usr/X} ${p/%1/2} ${p//lib}
w=hello; echo ${w^} ${w^^} ${w:1:3} ${w: -3} ${w:2} ${w:0:-1}
W=HELLO; echo ${W,} ${W,,}
v=w; echo ${!v}
echo ${w@Q} "${p@U}"
