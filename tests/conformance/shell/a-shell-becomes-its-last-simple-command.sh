# shell: bash -c replaces itself for a last simple command only; a redirection, if, braces or & before it keep the shell
bash -c 'sleep 100' &
bash -c 'true; sleep 101' &
bash -c 'true && sleep 102' &
bash -c 'sleep 103 & sleep 104' &
bash -c 'if true; then sleep 105; fi' &
bash -c '{ sleep 106; }' &
bash -c 'sleep 107 > /dev/null' &
sleep 1
ps -C bash,sleep --forest -o args | grep -v sh$ 
