pushd -z; echo $?
pushd; echo $?
popd; echo $?
pushd /tmp; pushd -- /usr; popd zzz; echo $?; popd -z; echo $?; popd --; echo $?
pushd . .; echo $?
dirs a; echo $?; dirs -l a; echo $?; dirs -v; dirs -p; dirs -l; dirs +0 ; dirs -0; dirs +9; echo $?; dirs -9; echo $?; dirs -z; echo $?; dirs +x; echo $?
pushd /etc >/dev/null; pushd /var > /dev/null; dirs -v
pushd +1; pushd -1; pushd +9; echo $?; pushd -9; echo $?; pushd +x; echo $?
pushd -n /bin; pushd -n +1; popd -n; popd -n +1; popd +9; echo $?; popd -9; echo $?; popd +1; popd -0; dirs
pushd /nosuch; echo $?
dirs -c; dirs
popd +0; echo $?
