# shell: the directory stack
cd /; pushd /tmp; pushd /usr; dirs; dirs -v; popd; pwd; pushd; popd; popd; echo "status $?"
pushd /nosuch; echo "status $?"; pushd; echo "status $?"
