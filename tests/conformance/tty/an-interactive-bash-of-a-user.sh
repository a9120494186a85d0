# tty: the user's prompt ends in $; su and unshare -Ur bash change it
# tty: 1
# user: 1
cat > typed <<'END'
cd /usr/bin
id -u
exit
END
bash -i < typed; echo 'cd; exit' > typed2; unshare -Ur bash -i < typed2; unshare -U bash -i < typed2; sudo bash -i < typed2; bash --norc -i < typed2; sh -i < typed2
