# shell: $( ) and backquotes, nesting, trailing newlines, status, stderr stays
x=$(echo one; echo two); echo "$x"; echo $x
y=$(printf 'end\n\n\n'); echo "[$y]"
z=`echo \`echo nested\``; echo $z $(echo $(echo deep))
e=$(ls /nosuch); echo "status $? [$e]"; e=$(ls /nosuch 2>&1); echo "[$e]"
local_status() { local v=$(false); echo "local hides: $?"; }; local_status
echo "$(cat <<END
here in it
END
)"; n=$(printf 'a\0b'); echo "$n"
echo $(< /etc/hostname); cd /tmp; d=$(cd /usr; pwd); echo $d $PWD
