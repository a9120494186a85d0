# overlay: in a user namespace without userxattr a directory with whiteouts cannot be removed, nor be made over a whiteout
mkdir -p l/d/e u w m; touch l/d/x l/d/e/y l/f; chown -R user: .; chmod 755 /root
su user -c 'unshare -Urm sh' <<'S'
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; rm m/f; ls m; rm -r m/d; ls m; rmdir m/d
mkdir m/f; echo "status $?"; mkdir m/new; mv m/d m/dd; ls m; grep ' /root/m ' /proc/mounts
S
dmesg | sed -n 's/.*] overlayfs: //p'; find u w -printf '%d %f\n' | sort
