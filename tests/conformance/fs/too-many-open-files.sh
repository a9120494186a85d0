# fs: EMFILE at the limit of descriptors
ulimit -n 10; exec 3</dev/null 4</dev/null 5</dev/null 6</dev/null 7</dev/null 8</dev/null 9</dev/null; ls /proc/self/fd 2>&1 | head -3; cat /etc/hostname; : </dev/null; echo $?
exec 8<&-; ulimit -n; ulimit -n 5; ulimit -Hn 20; ulimit -n 30; ulimit -n 3; echo x; cat /etc/hostname | cat; exec 3<&- 4<&- 5<&- 6<&- 7<&- 9<&-; ulimit -n 20; echo "$(echo sub)"; cat <(echo p)
