# shell: status of a pipeline, PIPESTATUS, pipefail, !
false | true; echo "$?"
true | false | true; echo "${PIPESTATUS[@]}"
set -o pipefail; false | true; echo "$?"; set +o pipefail
! true; echo $?; ! false | false; echo $?
echo a b c | { read x y z; echo "$y"; }; echo "y is [$y]"
seq 5 | while read n; do last=$n; done; echo "last is [$last]"
ls /nosuch |& wc -l
yes | head -2; echo "${PIPESTATUS[*]}"
