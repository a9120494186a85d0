# userland: df - columns, units, kinds of file systems, mistakes
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
mkdir m; mount -t tmpfs -o size=10M,nr_inodes=100 tm m; head -c 1000000 /dev/zero > m/x
t df m
t df -h m
t df -H m
t df -m m
t df -k m
t df -i m
t df -ih m
t df -T m
t df -Th m
t df -P m
t df -PT m
t df -P -B 1 m
t df -B 1 m
t df -BM m
t df -B MB m
t df -B KiB m
t df --block-size=512 m
t df --block-size=x m
t df --total m
t df --total -h m m
t df --total -i m
t df --output m
t df --output=source,size,used,avail,pcent,target m
t df --output=target m
t df --output=fstype,itotal,iused,iavail,ipcent m
t df --output=file,target m m/x
t df --output=bad m
t df --output=size,size m
t df --output -T m
t df --output=size -i m
t df --output=size -P m
t df -t tmpfs -x tmpfs m
t df -t tmpfs m
t df -t ext4 m
t df -x tmpfs m
t df -t nosuch
t df -t ext4 --output=target,fstype
t df -x tmpfs -x ext4 -x devtmpfs
t df -l m
t df --local m
t df nosuch
t df m nosuch
t df m/x
t df m m
t df /proc
t df /dev/null
t df -a /proc
t df --sync m
t df --no-sync m
t df -v m
t df -z m
t df --nosuch
t df ''
t df -i /proc
t df --output=source,target | head -3
t df -a --output=fstype | sort -u
t df --total --output=target,size m
t df --total --output=source,size m
t df -a -t proc
t df -a -t proc --total
POSIXLY_CORRECT=1 t df m
DF_BLOCK_SIZE=M t df m
BLOCKSIZE=1000 t df m
t df -h --si m
t df --si -h m
t df -hi m
t df -Pi m
