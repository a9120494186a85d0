# fs: ENAMETOOLONG for a component over 255 bytes and a path over 4095
long=$(printf 'x%.0s' $(seq 255))
touch $long && ls | wc -c; touch ${long}y; mkdir ${long}y; cat ${long}y; ls ${long}y/z; stat -c %s $long
ln -s $long short; cat short; ln -s ${long}y bad; cat bad; rm $long bad short
u=$(printf 'é%.0s' $(seq 127)); touch $u && ls | wc -c; touch ${u}a && ls | wc -l
p=$(printf './%.0s' $(seq 2047)); touch ${p}f; echo $?; touch ${p}ff; touch ${p}fff; ls | wc -l
ln -s $(printf 'y%.0s' $(seq 4095)) l; readlink l | wc -c; ln -s $(printf 'y%.0s' $(seq 4096)) m; cat l 2>&1 | tail -c 20
d=$(printf 'd%.0s' $(seq 200)); for i in $(seq 25); do mkdir $d; cd $d || break; done; pwd | wc -c; /bin/pwd | wc -c; touch here; ls; cat "$PWD/here" 2>&1 | tail -c 20
