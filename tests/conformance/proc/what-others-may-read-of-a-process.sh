# proc: the entries of another user's process
sleep 100 & p=$!; sleep 0.2; su user -c "cd /proc/$p; for f in *; do [ -d \$f ] || if head -c 1 \$f >/dev/null 2>&1; then echo ok \$f; else echo no \$f; fi; done; ls fd fdinfo ns map_files 2>&1; ls attr task/$p | wc -l; readlink exe cwd ns/pid; echo \$?; echo 5 > oom_score_adj; echo x > comm; echo 1 > clear_refs; kill $p; cat wchan; echo; cut -d' ' -f 26-30,35 stat; tr '\\0' ' ' < cmdline" 2>&1 | sed "s/$p/P/g"
cut -d' ' -f 35 /proc/$p/stat; cat /proc/$p/wchan; echo
