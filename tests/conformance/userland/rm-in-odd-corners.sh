# userland: rm: trailing slashes, refused directories, mount points, answers
ln -s nosuch dang; rm dang/; echo $?; rm -f dang/; echo $?; rmdir dang/; echo $?; rm dang
ln -s L L; rm L/; echo $?; rm -f L/; echo $?; rm L; mkdir D; ln -s D DL; rm DL/; rm -r DL/; echo $?; rmdir DL/; rmdir DL; rm DL
mkdir q; touch q/1 q/2; printf 'y\ny\nn\ny\n' | rm -ri q; echo; ls q; printf 'y\ny\nn\n' | rm -ri q; echo; ls q
mkdir -p q/s/t; touch q/s/t/1; printf 'y\nn\ny\n' | rm -ri q; echo; printf 'y\ny\nn\nn\n' | rm -ri q; echo; ls q
mkdir t; mount -t tmpfs none t; touch t/k; rm -r --preserve-root=all t; echo $?; ls t; rm -rf t; echo $?; ls t; umount t
mkdir a; mount -t tmpfs -o ro none a; rm a/x; rm -f a/x; echo $?; rm -r a; umount a
rm --preserve-root=bogus x; echo $?; rm f/x; rm -f D/x/y; echo $?; rm ''; rm -r D/.; rm -d D nosuch; echo $?; rm -rf -- -x; echo $?
