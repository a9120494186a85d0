# mount: a directory bound below itself: who goes round and who notices
cd /tmp; mkdir -p d/x/y d/p; touch d/f; mount --bind d d/x/y
find d | sort; find d -name f; echo $?; find d -depth | sort; find d/x | sort; ls -R d; echo $?
du d | cut -f2; chmod -R u+x d; echo $?; chown -Rv 0 d; grep -r foo d; echo $?; cp -r d e; echo $?; find e | sort
cp -rl d e2; echo $?; rm -r d; echo $?; find d
mkdir -p k/l/m/n; mount --bind k/l k/l/m; cp -r k q; echo $?; find q | sort; find k; ls -R k
