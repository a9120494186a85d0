# overlay: what /sys/module/overlay/parameters shows and takes
cd /sys/module/overlay/parameters
for f in *; do echo "$f=$(cat $f) $(stat -c '%a %s' $f)"; done
for v in true false foo yes NO 2 '' ON oN of; do echo "$v" > index && cat index; done
for v in 0x10 010 +7 70000 abc; do echo "$v" > redirect_max && cat redirect_max; done
su user -c 'echo 1 > index'
echo Y > check_copy_up; cat check_copy_up
echo Y > nope
rm index
