trap -p SIGEXIT; echo $?
trap x SIGERR; echo $?
trap x SIGDEBUG SIGRETURN sigexit; echo $?
trap 'echo e' err; trap -p; trap - ERR
dash -c 'trap x SIGINT; echo $?; trap "echo i" INT; trap; (trap)'
dash -c 'kill -s STKFLT $$; echo $?; kill -l 16; set -o pipefail; echo no'
kill -l 0 nope 9; echo $?
kill -0 $$ 99999; echo $?
kill -0 99998 99999; echo $?
