# shell: a backslash at the very end stands for itself in -c and eval, and joins with nothing in a file
bash -c 'echo a\'; printf 'echo b\\' > s; bash s; bash < s; eval 'echo c\'; sh -c 'echo d\'
printf '%99999999999s|' x; printf '%9999999999d|\n' 1
DIRSTACK[0]=/usr; pushd /tmp; DIRSTACK[1]=/zz; dirs; unset 'DIRSTACK[1]'; dirs
