# userland: ENAMETOOLONG, trailing slashes, dots and doubled slashes
n=$(printf 'x%.0s' {1..255}); touch $n; ls | wc -c; touch ${n}y 2>&1 | tail -c 20; touch f
cat f/; echo "status $?"; cat f/.; ls -d .//. /..//etc; mkdir d/; ls d/..; rm f/; cd d/../d; pwd
touch ../d/./g; ls; touch ''; mkdir ''
