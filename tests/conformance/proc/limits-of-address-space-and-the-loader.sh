for v in 100 300 1000 2000 2800 4000 8000; do
  for c in 'ls -d /' 'bash -c :' 'dash -c :' 'cat /dev/null'; do
    rm -f /tmp/e
    (ulimit -v $v; exec $c > /dev/null 2> /tmp/e); s=$?
    echo "$v $c: $s $(cat /tmp/e)"
  done
done 2> /dev/null
(ulimit -v 100; ls) 2>&1 | sed 's/.*line [0-9]*: *[0-9]* //'
sh -c 'ulimit -v 100; ls; echo $?' 2>&1
(ulimit -v 2000; strace -e trace=none ls) 2>&1 | tail -1
