# userland: grep -i -v -n -c -l -o -w -x and statuses 0, 1, 2
printf 'Apple pie\nbanana\napple tart\npineapple\n\n' > f; printf 'cherry\n' > g
grep apple f; echo "status $?"; grep zzz f; echo "status $?"; grep apple nosuch; echo "status $?"
grep -i apple f; grep -v apple f; grep -n an f; grep -c apple f g; grep -l apple f g
grep -L apple f g
grep -o 'a.' f | head -2; grep -w apple f; grep -x banana f; grep -q banana f && echo quiet
grep -h r f g; grep r f g; grep -H tart f; grep -m1 apple f; grep -nv . f
