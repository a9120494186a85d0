# proc: coredump_filter, timerslack_ns, comm, loginuid, autogroup and files that take nothing
bash -c 'cd /proc/$$; for v in 7f 0x7f 0x200 010; do echo $v > coredump_filter; cat coredump_filter; done; for v in 1000 0 -1; do echo $v > timerslack_ns; cat timerslack_ns; done
printf %s abcdefghijklmnopqrstuvwxyz > comm; cat comm; printf %s "a b)" > comm; cat comm; cut -d" " -f2-3 stat; echo x > /proc/1/comm'
cd /proc/self; cat loginuid sessionid; echo; echo 1000 > loginuid; cat loginuid; echo
for f in sessionid limits environ personality maps cgroup status cmdline; do echo 5 > $f; done
echo 5 > autogroup; cut -d' ' -f2- autogroup; echo 50 > autogroup; echo 1 > clear_refs; echo 9 > clear_refs; cat clear_refs; echo x > attr/current; echo 'changeprofile nosuch' > attr/current; cat attr/exec; cat attr/current; echo x > attr/prev
