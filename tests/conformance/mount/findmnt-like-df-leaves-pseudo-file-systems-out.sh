# mount: findmnt --df, --real and --pseudo, alone and together
mount -t tmpfs t /mnt; mkdir /mnt/l /mnt/u /mnt/w /mnt/m
mount -t overlay ov -o lowerdir=/mnt/l,upperdir=/mnt/u,workdir=/mnt/w /mnt/m
findmnt --df -n -o SOURCE,FSTYPE,TARGET
findmnt --df -t overlay; echo $?
findmnt --df /mnt/m; echo $?
findmnt --df -A -n -o TARGET /mnt/m; echo $?
findmnt --df --real -n -o TARGET,FSTYPE
findmnt --df --pseudo -n -o TARGET,FSTYPE
findmnt --real -n -o TARGET; findmnt --pseudo -n -l -o TARGET | sort | tail -3
findmnt --shadowed; echo $?
