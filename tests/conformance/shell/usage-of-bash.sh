# shell: what bash says of its own options
bash --help; echo "status $?"
bash -z; echo "status $?"
bash --nosuch; echo "status $?"
bash -c; echo "status $?"
sh -z; echo "status $?"
