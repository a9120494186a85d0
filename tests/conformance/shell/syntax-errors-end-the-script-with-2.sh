# shell: what is said about a token that does not fit
bash -c 'if true; then echo x'; echo "status $?"
bash -c 'echo a; )'; echo "status $?"
bash -c 'for i in 1 2; echo $i; done'; echo "status $?"
bash -c "echo 'never closed"; echo "status $?"
bash -c 'echo $(ls'; echo "status $?"
bash -c 'case x in'; echo "status $?"
bash -c '| cat'; echo "status $?"
bash -c 'f() { echo'; echo "status $?"
eval 'done'; echo "eval $?"
echo before; fi
echo unreached
