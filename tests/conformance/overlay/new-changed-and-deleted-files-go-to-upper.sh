# overlay: lab 3: write, change and delete in merged; what is then in upper and in lower
mkdir lower upper work merged; echo one > lower/a; echo two > lower/b; echo three > lower/c
mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged; ls merged; ls upper
echo new > merged/n; echo more >> merged/b; rm merged/c
ls merged; cat merged/b; ls -l upper | awk 'NR>1 {print $1, $5, $6, $NF}'; cat upper/b; ls lower
cat lower/b
mount | grep overlay; umount merged; ls merged | wc -l; ls upper; ls work
