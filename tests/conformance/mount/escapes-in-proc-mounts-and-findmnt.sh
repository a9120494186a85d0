# mount: blanks, tabs, newlines, backslashes and # in sources and directories
for n in 'a b' $'t\tb' 'b\s' '#h' 'k#' $'n\nl' 'q"q' 'ü' 'a,b' 'x=y'; do mkdir "$n"
mount -t tmpfs "s$n" "$n" || continue; done; grep /root /proc/self/mounts
grep /root /proc/self/mountinfo | cut -d' ' -f5-; grep -a 'root' /proc/self/mountstats; mount | grep /root
findmnt -lno SOURCE,TARGET | grep /root; findmnt -rno SOURCE,TARGET | grep /root; findmnt -J -o TARGET 'q"q'
findmnt -no TARGET 'a b'; df 'a b' | tail -1; umount 'sa b'; echo "status $?"; umount '#h' 'b\s'
echo "status $?"
