# namespaces: who may write kernel.shm*, msg*, sem and fs.mqueue.* of an ipc namespace of one's own
# user: 1
files='kernel/shmmni kernel/shmmax kernel/msgmni kernel/sem kernel/shm_rmid_forced kernel/msg_next_id fs/mqueue/queues_max'
for f in $files; do stat -c '%a %u %g %n' /proc/sys/$f; done
export files
unshare -Uri sh -c 'for f in $files kernel/hostname vm/swappiness; do stat -c "%a %u %g %n" /proc/sys/$f; echo 1 >/proc/sys/$f && cat /proc/sys/$f; done'
unshare -Ur sh -c 'for f in $files; do echo 1 >/proc/sys/$f; done'
cat /proc/sys/kernel/sem /proc/sys/kernel/shmmni /proc/sys/fs/mqueue/queues_max
unshare -Uri sh -c 'echo 1 >/proc/sys/kernel/shmmni; ipcmk -M 4096 >/dev/null; echo $?; ipcmk -M 4096; echo "1 1 1 1" >/proc/sys/kernel/sem; ipcs -ls; ipcmk -S 2'
unshare -Urpf --mount-proc sh -c 'echo 100 >/proc/sys/kernel/ns_last_pid; sh -c "echo \$\$"; true'
unshare -Ur sh -c 'echo 100 >/proc/sys/kernel/ns_last_pid'
