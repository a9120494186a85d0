# proc: what /proc says of a thread that has no program and no memory
cd /proc/2; cut -d' ' -f 1-9,16-20,23-38,39-52 stat; cat /proc/16/stat | cut -d' ' -f 2-9,18-19,38-41
grep -v 'ctxt\|^Mems\|SigQ' status; cat statm comm cgroup cpuset oom_score oom_score_adj oom_adj wchan syscall personality stack; echo
for f in auxv autogroup cmdline coredump_filter environ ksm_stat ksm_merging_pages maps mem numa_maps pagemap smaps arch_status timers; do echo "$f: $(wc -c < $f)"; done
cat smaps_rollup; readlink exe; echo $?; readlink cwd root; ls fd fdinfo map_files; ls task; wc -w < task/2/children; sed -n 1,9p limits; cat io | head -1; readlink ns/mnt ns/pid; head -2 mountinfo
for f in oom_score_adj coredump_filter autogroup clear_refs; do echo 5 > $f; echo "$f $?"; done; echo x > comm; cat oom_score_adj oom_score
readlink /proc/26/ns/mnt | grep -c "$(readlink /proc/1/ns/mnt)"; cut -d' ' -f 4- /proc/26/mountinfo; lsns -t mnt -o USER,COMMAND -n | tail -1
for p in 3 7 11 14 26 28 30 31 34 35 36 45 108; do echo "$(cat /proc/$p/comm) $(cat /proc/$p/wchan) $(sed -n 's/^State:\t//p' /proc/$p/status)"; done
pmap 2; pwdx 2; getpcaps 2
