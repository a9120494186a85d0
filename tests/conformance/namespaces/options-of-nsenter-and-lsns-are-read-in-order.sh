# namespaces: nsenter opens a file, and both look at numbers, before they read the next option
sleep 100 & P=$!; for o in '-mi -S x' '-up -e' '-mU -S x' '-pC -e' '-mip -e' '-t x -m' '-m -i -S x' '-S x -m' '-mx' '-m=x' '-a -mi' '-e' '-rx' '-F -mi' '-G x -mi' '-t 99999 -S x' '-t 99999 -m -Q' '-t 0 -m' '-t -1 -m' '-up -t x'; do echo "# $o"; nsenter -t $P $o true; echo $?; done
nsenter -t $P -up -e; nsenter -t -up -e true
for o in '-n -p x -o NS -t uts -P' '-n -p -o NS -t uts -P' '-p 99999 -J' '-p 99999 -J -o NS,PID' '-p 99999' '-t nosuch' '-P' '-p x' '-p' '-Q' 'x' '-J 99999' '-p 1 -o Q' '-o Q -p x' '-p x -t nosuch' '-t nosuch -p x'; do echo "# $o"; lsns $o; echo $?; done
umount -l /proc; nsenter -t 1 -a echo in
