# shell: a function that calls itself for ever, with and without FUNCNEST
FUNCNEST=20
f() { f; }
f; echo "status $?"
bash -c 'ulimit -s 256; f() { f; }; f' | cat; echo "status ${PIPESTATUS[0]}"
