# ex: d, m, t, j, g, v, normal, r, put, >
cd /tmp
try() { seq 8 > f; printf '%s\n' "$@" wq | ex -s f; echo "status $?: $(tr '\n' ' ' < f)"; }
try '2,3d'
try '2m$'
try '5,6m0'
try '1,2t4'
try '3,5j'
try '3,5j!'
try 'g/[246]/d'
try 'v/[246]/d'
try 'g/3/m0'
try 'g/[12]/s/$/!/'
try '2' 'd 3'
try '/4/,/6/d'
try '$-1,$d'
try '2;+2d'
try 'g/5/normal Ax'
try '2,3y a' '$put a'
try '2>' '3>>'
try '4ka' "'a,\$d"
try 'g/^/m0'
