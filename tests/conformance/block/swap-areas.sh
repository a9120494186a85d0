# block: mkswap and swapon --show
truncate -s 4M s; chmod 600 s
mkswap -U 11111111-2222-3333-4444-555555555555 -L swp s; echo $?
blkid s; file -b s
swapon --show; swapon s; echo $?
dd if=/dev/zero of=t bs=1M count=4 status=none; mkswap t | head -1; swapon t; echo $?
chmod 600 t; swapon t; echo $?; swapon --show; cat /proc/swaps; free -m | grep Swap | awk '{print $2}'
swapon t; echo $?; swapoff t; echo $?; swapoff t; echo $?; swapon --show
mkswap nosuch; echo $?; swapon nosuch; echo $?; swapon /etc/passwd; echo $?; : > e; mkswap e; echo $?
