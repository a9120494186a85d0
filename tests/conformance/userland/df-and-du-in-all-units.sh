# userland: df and du with every unit, wrong ones and chosen columns
mkdir m; mount -t tmpfs -o size=10M,nr_inodes=100 mytmp m; head -c 1234567 /dev/zero > m/f; truncate -s 5M m/sp; ln m/f m/g
df m; df -h m; df -H m; df -i m; df -T m; df -m m; df -B1 m; df -P m; df -Ph m; df -Pi m; df --total -h m; df --output=pcent,file m/f; df --block-size=KiB m; df -k --output=size,used,avail m
for b in 1024x x 0 -1 1Q 1KiBB; do df -B $b m; du -B $b m; df --block-size=$b m; done; df -t nosuch m; echo $?; df nosuch; echo $?; df --output=bogus m; df -i --output m; echo $?
du m; du -a m | sort -k2; du -b m; du -h m; du -l m; du -c m m/f; du --si m; du -t 2M m; du -t -2M -a m | sort -k2; du --inodes m; du -m m; du --apparent-size -k m; du -0 m | od -c | tail -2; du -d x m; du -s -a m; echo $?
BLOCK_SIZE=human-readable df m; DF_BLOCK_SIZE=1 df m; BLOCKSIZE=512 du m; POSIXLY_CORRECT=1 df m; DU_BLOCK_SIZE=1K du m
