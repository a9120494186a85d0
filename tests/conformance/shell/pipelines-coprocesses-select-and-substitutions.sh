true | false | true; echo $? ${PIPESTATUS[@]}; echo ${PIPESTATUS[@]}
(exit 3) | (exit 4) | (exit 5); echo "${PIPESTATUS[*]}" $?
! true | false; echo $? ${PIPESTATUS[@]}
! false; echo $? ${PIPESTATUS[@]}
! ! true; echo $?
set -o pipefail; true | (exit 4) | true; echo $? ${PIPESTATUS[@]}; (exit 2) | (exit 3) | true; echo $?; ! (exit 2) | true; echo $?; set +o pipefail
shopt -s lastpipe; echo a b | read x y; echo $x $y; echo 1 | { read z; exit_status=5; (exit 7); }; echo $? $z $exit_status ${PIPESTATUS[@]}; shopt -u lastpipe
echo a b | read x1; echo "[$x1]"
{ echo o; echo e >&2; } |& sort
x=$(exit 3); echo $? ${PIPESTATUS[@]}
[[ a = b ]]; echo ${PIPESTATUS[@]}; (( 0 )); echo ${PIPESTATUS[@]}
if false; then :; fi; echo ${PIPESTATUS[@]}
false | true && echo ok ${PIPESTATUS[@]}
f() { return 9; }; f; echo ${PIPESTATUS[@]}; f | f; echo ${PIPESTATUS[@]}
nosuch 2>/dev/null | true; echo ${PIPESTATUS[@]}
yes | head -1; echo ${PIPESTATUS[@]}
sh -c 'kill -9 $$' | true; echo ${PIPESTATUS[@]}
coproc cat; echo hi >&${COPROC[1]}; read -u ${COPROC[0]} l; echo $l; exec {COPROC[1]}>&-; wait $COPROC_PID; echo $?; echo "${COPROC[@]}" ${COPROC_PID-unset}
coproc NAME { read x; echo "got $x"; }; echo abc >&${NAME[1]}; read l <&${NAME[0]}; echo $l; wait; echo ${NAME[0]-gone}
coproc NM sed -u s/a/b/; echo $?; kill $COPROC_PID; wait 2>/dev/null
coproc 1x { :; }
coproc X (echo sub); cat <&${X[0]}; wait
coproc while read l; do echo "<$l>"; done; echo z >&${COPROC[1]}; read l <&${COPROC[0]}; echo $l; eval "exec ${COPROC[1]}>&-"; wait
select i in a b c; do echo $i $REPLY; [ "$i" ] || break; done <<E
1

3
9
E
select i in one two three four five six seven eight nine ten eleven twelve thirteen fourteen; do break; done <<< 11; echo $i
select i; do echo no; done; echo $?
set -- x y; select i; do echo $i; break; done <<< 2
PS3='pick> '; select i in a; do echo "[$i]"; done <<< $'1\nfoo'; echo $?
COLUMNS=30; select i in aa bb cc dd ee ff gg; do break; done <<< 1
select i in a b; do REPLY=; break; done <<< 2
select i in a b; do REPLY=; done <<< $'2\n1'
echo | exit 3; echo $?
echo x | while read l; do exit 4; done; echo $?
cat /dev/zero | head -c 3 | od -c | head -1
for i in 1 2 3; do echo $i; done | while read a; do echo "got $a"; done
echo $(echo a | tr a b)$(echo c)
x=`echo \`echo nested\``; echo $x
echo "$(echo "$(echo "deep")")"
echo $(echo 'a)b'; echo "c)d"; # comment )
echo e)
echo "`echo "q \"in\" q"`"
x=$(cat <<'E'
a) b
E
); echo "$x"
echo $(
case x in
 (x) echo y;;
esac )
x=$(printf 'a\n\n\n'); echo "[$x]"
x=$(printf 'a\0b'); echo "[$x]"
echo $(exit 5) $?; x=$(exit 5); echo $?; echo "$(exit 6)$?"; local_=$(false) true; echo $?
y=$(exit 1)$(exit 2); echo $?; y=$(exit 1) z=$(true); echo $?; > /dev/null $(exit 3); echo $?; $(exit 4); echo $?; $(true); echo $?; $(echo echo cmd); `echo`; echo $?
