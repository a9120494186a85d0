# userland: making and removing System V objects, and what is refused
ipcmk; echo $?; ipcmk -M; echo $?; ipcmk -M 0; echo $?; ipcmk -M x; echo $?; ipcmk -S 0; echo $?; ipcmk -S x; echo $?; ipcmk -S 99999; echo $?
ipcmk -Q -p 600; ipcmk -Q -p 999; echo $?; ipcmk -Q x; echo $?; ipcmk -M 1M -p 0666; ipcmk -M 1KiB; ipcmk -M 1KB; ipcmk -M 10MB -S 2 -Q
ipcs | sed 's/0x[0-9a-f]\{8\}/KEY/'
ipcrm -q 0; ipcrm -m 1; ipcrm -s 0; echo $?; ipcrm -q 0; echo $?; ipcrm -m 7 -s 8; echo $?; ipcrm; echo $?; ipcrm -q x; echo $?; ipcrm -Q 0; echo $?
ipcrm -Q 0x12; echo $?; ipcrm -M zz; echo $?; ipcrm --bad; echo $?; ipcrm foo; echo $?; ipcrm msg 30; echo $?; ipcrm msg; echo $?; ipcrm shm 2; echo $?
ipcrm --all=shm; ipcs -m | wc -l; ipcrm -a=foo; echo $?; ipcrm --all=foo; echo $?; ipcrm -v -a; ipcs | grep -c 0x
ipcmk -M 5; su user -s /bin/sh -c 'ipcrm -m 5; echo $?; ipcs -m -i 5; ipcmk -Q; ipcs -q | cut -c11-'; unshare -i sh -c 'ipcs | grep -c 0x; ipcmk -Q'
