# userland: realpath and readlink -f count no links, only loops stop them
touch f; ln -s f c0; i=0; while [ $i -lt 60 ]; do ln -s c$i c$((i + 1)); i=$((i + 1)); done
readlink -f c60; realpath c60; realpath -e c60; cat c60; realpath -m c60; readlink -e c60
ln -s loop loop; ln -s b a; ln -s a b; realpath loop; echo $?; readlink -f loop; echo $?; realpath a; realpath -m loop/x a; realpath -e b; readlink -fv a; realpath -q a; echo $?
mkdir d; ln -s .. d/up; realpath d/up/d/up/d/up/d/up/d; ln -s d/up/d x; realpath x/up/x/up/x; readlink -m x/nosuch/../y
