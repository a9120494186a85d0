# proc: SIGHUP and SIGCONT when a stopped group loses its last link to the session, and only then
cat > t.sh <<'X'
trap 'echo got HUP' HUP; trap 'echo got CONT' CONT
kill -STOP $$; echo resumed
X
# The job is in a group of its own; when the shell between it and the session's leader dies, it is orphaned.
setsid -w bash -c 'bash -c "set -m; sh t.sh & sleep 0.6; kill -9 \$\$"; sleep 0.6'
# In the group of the leader itself, whose parent is of another session: nobody cares.
setsid -w sh -c 'sh t.sh & sleep 0.5'; sleep 0.3; ps -eo stat,args | grep '[t].sh'; pkill -CONT -f t.sh; sleep 0.3
