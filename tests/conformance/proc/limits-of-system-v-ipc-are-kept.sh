# proc: kernel.shm*, msg* and sem of a namespace bound what is made in it
sysctl kernel.msgmax kernel.msgmnb kernel.msgmni kernel.shmall kernel.shmmax kernel.shmmni kernel.sem
echo 100 > /proc/sys/kernel/shmmax; ipcmk -M 200; echo $?; ipcmk -M 100; echo 1 > /proc/sys/kernel/shmmni; ipcmk -M 10; echo $?
sysctl -w kernel.msgmni=1; ipcmk -Q; ipcmk -Q; echo $?; unshare -i sysctl kernel.shmmax kernel.msgmni
sysctl -w kernel.sem='10 20 5 1'; ipcmk -S 11; echo $?; ipcmk -S 10; ipcmk -S 1; echo $?; ipcs -l -s
sysctl -w kernel.sem='10 12 5 9'; ipcmk -S 3; echo $?; ipcmk -S 2; sysctl -w kernel.shmmni=9 kernel.shmall=2; ipcmk -M 90; ipcmk -M 90; echo $?; ipcs -u
