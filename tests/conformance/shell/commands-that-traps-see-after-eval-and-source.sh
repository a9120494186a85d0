trap 'echo "E $? $BASH_COMMAND"' ERR
eval false; eval 'true; false'; trap - ERR
echo 'echo in; return 5' > s; set -T; trap 'echo "R $BASH_COMMAND"' RETURN; . ./s; trap - RETURN; set +T
bash -c 'trap : DEBUG; false | true | exit 3; echo ${PIPESTATUS[@]}; (exit 4) | (exit 5); echo ${PIPESTATUS[@]}'
unset PIPESTATUS; false | true; echo "[${PIPESTATUS[@]}]"
