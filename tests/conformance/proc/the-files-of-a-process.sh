# proc: what /proc/PID holds: names, modes, and the files that do not change
sleep 100 &
cd /proc/$!
until [ "$(cat wchan)" = hrtimer_nanosleep ]; do sleep 0.1; done
stat -c '%A %s %h %U %n' *
ls task/$! | tr '\n' ' '
for f in limits stack mountstats personality timerslack_ns ksm_stat cpu_resctrl_groups coredump_filter clear_refs; do
  echo "== $f"
  cat $f
done
od -An -v -t u8 auxv | awk '{ print $1 }' | grep -v '^2[56]$\|^31$\|^15$' | sort -n | tr '\n' ' '
grep -c . numa_maps maps >/dev/null && sed -n 1p numa_maps | cut -d' ' -f2,3
head -2 sched | sed 's/([0-9]*,/(N,/'
sed -n '$p' sched
awk '{ print NF }' schedstat
for value in 0 1 5 6 x; do echo $value > clear_refs; echo "$value: $?"; done
stat -c %w . status
kill %1
