# userland: find: tests, actions, -printf, errors
mkdir -p /tmp/f/a/b /tmp/f/.h /tmp/f/empty
cd /tmp/f
echo hi > a/one.txt
echo hello > a/b/two.TXT
: > zero
head -c 3000 /dev/zero > big
ln -s a/one.txt link
ln -s nowhere dang
ln big hard
mkfifo pipe
chmod 600 zero
chmod 4755 big
touch -d '2025-12-30 12:00' zero
touch -d '2025-06-01' a/one.txt
chown user:user a/b/two.TXT
s() { sort; }
find | s
find . -name '*.txt' | s
find . -iname '*.txt' | s
find a -type f | s
find . -type d | s
find . -type l | s
find . -type f,l | s
find . -type p
find . -maxdepth 1 | s
find . -mindepth 2 | s
find . -path './a/*' | s
find . -ipath './A/*' | s
find . -wholename './a/b'
find . -name 'a' -prune -o -print | s
find . -empty | s
find . -size 0 | s
find . -size +2k | s
find . -size -2k -type f | s
find . -size 3000c | s
find . -size 6 | s
find . -size 1M | s
find . -perm 600
find . -perm -4000 | s
find . -perm /6000 | s
find . -perm -u+s | s
find . -perm u=rw
find . -perm /a+x -type f | s
find . -perm +4000
find . -links 2 -type f | s
find . -samefile big | s
find . -user user
find . -user 1000
find . -group user
find . -uid 0 -name big
find . -gid +999
find . -nouser
find . -newer zero -type f | s
find . ! -newer zero -type f | s
find . -mtime +30 | s
find . -mtime 2
find . -mtime -1 -type f | s
find . -mmin +60 -type f| s
find . -newermt 2025-12-31 -type f | s
find . -newermt '2026-01-01' ! -type d | s
find . -regex '.*/[a-z]*\.txt'
find . -regextype posix-extended -regex '.*/(one|two)\.(txt|TXT)' | s
find . -iregex '.*TXT' | s
find . -lname 'a*'
find . -xtype l
find . -xtype f | s
find -L . -type l
find -L . -name link -type f
find -H link -type f
find . -name link -type l -printf '%l\n'
find . -readable -name zero
find . -executable -type f | s
find . -true -name zero
find . -false
find . -not -name '*'
find . \( -name zero -o -name big \) | s
find . -name zero -a -type f
find . -name zero -and -type d -or -name big
find . -name zero , -name big | s
find a -print0 | sort -z | tr '\0' '|'
echo
find a -type f -exec echo {} \; | s
find a -type f -exec echo X {} +
find a -type f -exec echo {} {} \; | s
find a -name one.txt -execdir echo {} \;
find a -name one.txt -execdir pwd \;
find a -name one.txt -exec sh -c 'echo "$1"' _ {} \;
find a -name one.txt -exec false \; -print
find a -name one.txt -exec true \; -print
find a -type f -ok echo {} \; </dev/null
find a -depth | head -1
find a -name b -delete
find empty -delete
ls
find a -name two.TXT -delete -print
find . -maxdepth 1 -name 'z*' -quit
find . -name zero -print -quit
find a -ls | awk '{print $3,$5,$6,$11}'
find zero -printf '%p %f %h %P %H %s %m %M %u %g %U %G %n %y %Y %d %D\n' | sed 's/ [0-9]*$//'
find a -printf '%f|%h|%P|%d|%y\n' | s
find zero -printf '%TY-%Tm-%Td %TH:%TM:%TS %Ta %Tb %T@\n'
find zero -printf '%t\n'
find zero -printf '%A@ %Cy\n' | wc -l
find zero -printf '%5s|%-5s|%05m|%b %k\n'
find zero -printf 'a\tb\\n\101\n'
find zero -printf '%%\n%z\n'
find zero -printf '%'
echo
find link dang -printf '%p %l %y %Y\n'
find zero -fprintf /tmp/o '%p\n'
cat /tmp/o
find zero -fprint /tmp/o
cat /tmp/o
find zero -printf '\c'
find zero -printf 'x'
echo
find big -printf '%s %S\n' | wc -w
find zero -print -print
find zero -printf '%F\n'
find nofile
echo $?
find . -foo
find . -name
find . -type x
find . -type
find . -maxdepth x
find . -size x
find . -size 1x
find . -perm 9
find . -mtime x
find . -newer nofile
find . -user nobodyx
find . -group nog
find . -regextype foo
find . -exec
find . -exec echo
find . -exec echo {}
find . \( -name a
find . -name a \)
find . -name a -o
find . !
find . -a
find . -name a -maxdepth 1 2>&1 | head -2
find -name zero .
find . -name *.nope
find . big zero -name big -o -name
find -P zero
find -O3 zero
find -D help zero 2>&1 | head -3
find --version | head -1
find . -printf
find . -newerXY x
find . -newermt foo
find . -samefile nofile
find . -inum x
find . -links x
find . -empty -foo
find ""
find . -name a/b
find . -delete -prune 2>&1 | head -1
find zero -exec echo a{}b \;
find zero -exec {} \;
find zero -exec nocmd {} \;
echo $?
find zero -exec nocmd {} +
echo $?
find zero -exec false {} +
echo $?
find zero -exec false \;
echo $?
find / -maxdepth 1 -name etc
find /proc/self/ -maxdepth 0
find // -maxdepth 0
find a/ -maxdepth 1 -name one.txt
find ./a/. -maxdepth 1 | s
find . -mount -name zero
find . -xdev -name zero
find . -noleaf -name zero
find . -warn -name zero
find . -ignore_readdir_race -name zero
find . -daystart -mtime 0 -name big
find . -fstype ext4 -name zero
find . -fstype tmpfs -name zero
find . -context x 2>&1 | head -1
find . -amin -1000000 -name zero
find . -cnewer zero -name big
find . -anewer zero -name big
find . -files0-from /dev/null
printf 'zero\0big\0' | find -files0-from -
find . -writable -name zero
find . -ilname 'A*'
find . -size +1000000c -size -1G
chmod 000 a
su user -c 'find /tmp/f -name zero'
su user -c 'find a'
chmod 755 a
