# mount: rmdir, rm -r, mv and unlink of what something is mounted on; in another namespace the mount goes
mkdir -p d/e x; touch d/f; mount -t tmpfs t d/e; rmdir d/e; echo "status $?"; rm -r d; echo "status $?"
mv d/e g; echo "status $?"; mv d dd; echo "status $?"; findmnt -no TARGET -S t; mv x dd/e; echo "status $?"
ls dd/e; umount dd/e; mkdir dd/e 2>/dev/null; touch dd/h; mount --bind /etc/hostname dd/h; rm dd/h
ln dd/h q; mv dd/h q; umount dd/h
unshare -m bash -c '
	mount -t tmpfs t dd/e; touch dd/e/in; echo > r1; until [ -e r2 ]; do sleep 0.1; done
	mountpoint dd/e; ls dd/e; findmnt -S t' & until [ -e r1 ]
do sleep 0.1; done; rmdir dd/e; echo "status $?"; touch r2; wait
